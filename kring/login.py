"""Login on django-allauth: no sign-up, sealed TOTP seeds, a second factor per session."""

import base64
import time

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context as allauth_context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _

from kern import crypto, logboek
from kern.actor import Actor
from kern.middleware import SECOND_FACTOR
from kern.tenancy import kring_context
from kring.models import Gebruiker, Lidmaatschap

SEED_PLACE = "mfa_authenticator.data"
ENROLLED_AT = "tweede_factor_ingesteld"
"""Session key: when this session enrolled, in seconds since 1970."""
FRESH_SECONDS = 300


class Argon2Hasher(Argon2PasswordHasher):
    """Argon2id tuned for two cores: 64 MiB, 3 rounds, 1 lane.

    Django's default of 100 MiB and 8 lanes costs 286 ms and lets a few logins fill the machine.
    """

    time_cost = 3
    memory_cost = 65536
    parallelism = 1


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by a coordinator or beheerder, never by the visitor."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("E-mailadres of wachtwoord klopt niet. Probeer het opnieuw."),
        "too_many_login_attempts": _("Te veel pogingen. Wacht vijf minuten en probeer opnieuw."),
    }

    def is_open_for_signup(self, request):
        return False

    def is_reauthentication_required(self, *, app):
        """Ask the password again for changes, but not around the very first second factor.

        A session without one opens nothing else, and the password was typed a moment ago; right
        after it the recovery codes are shown.
        """
        request = allauth_context.request
        fresh = time.time() - request.session.get(ENROLLED_AT, 0) < FRESH_SECONDS
        if app == "allauth.mfa" and (fresh or not is_mfa_enabled(request.user)):
            return False
        return super().is_reauthentication_required(app=app)

    def send_mail(self, template_prefix, email, context):
        """Send nothing: every message of this house leaves through the outbox."""


class MFAAdapter(DefaultMFAAdapter):
    """Seal the seeds: allauth keeps them in clear text unless the adapter says otherwise."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("Deze code klopt niet. Wacht op de volgende code in je app."),
    }

    def encrypt(self, text):
        return base64.b64encode(crypto.seal(text.encode(), place=SEED_PLACE)).decode()

    def decrypt(self, encrypted_text):
        return crypto.unseal(base64.b64decode(encrypted_text), place=SEED_PLACE).decode()

    def send_notification_mail(self, *args, **kwargs):
        """Send nothing, as above."""


@receiver(user_logged_in)
def mark_second_factor(sender, request, user, **kwargs):
    """Remember in the session that this very login proved a second factor."""
    methods = {record["method"] for record in get_authentication_records(request, user)}
    if "mfa" in methods:
        request.session[SECOND_FACTOR] = True
    log_login(request, user, "gebruiker.aangemeld", "geslaagd")


@receiver(authenticator_added)
def mark_enrolment(sender, request, user, authenticator, **kwargs):
    """Enrolling proves possession, in this session only."""
    request.session[SECOND_FACTOR] = True
    if authenticator.type == Authenticator.Type.TOTP:
        # New recovery codes send this signal too, and may not put the password question off.
        request.session[ENROLLED_AT] = time.time()
    # The signal comes after the commit, perhaps after the session of this request was saved.
    request.session.save()


@receiver(user_login_failed)
def log_failed_login(sender, credentials, request=None, **kwargs):
    """Log a failed attempt in the kringen of the account, if there is one."""
    gebruiker = Gebruiker.objects.filter(email__iexact=str(credentials.get("email") or "")).first()
    if gebruiker and request:
        log_login(request, gebruiker, "gebruiker.aanmelden_mislukt", "mislukt")


def log_login(request, gebruiker: Gebruiker, gebeurtenis: str, uitkomst: str) -> None:
    """Write one line in each kring of the person: no kring needs the lines of another."""
    with kring_context(gebruiker_id=gebruiker.pk):
        rows = list(Lidmaatschap.objects.active().filter(gebruiker=gebruiker))
    for kring_id in {row.kring_id for row in rows}:
        actor = Actor(
            naam=gebruiker.naam,
            gebruiker_id=gebruiker.pk,
            kring_id=kring_id,
            rollen=frozenset(row.rol for row in rows if row.kring_id == kring_id),
            doel="aanmelden",
            toegangspunt=request.META.get("REMOTE_ADDR", "")[:64],
        )
        with kring_context(kring_id, gebruiker_id=gebruiker.pk):
            logboek.record(gebeurtenis, "E", by=actor, uitkomst=uitkomst)
