"""Login on django-allauth: no sign-up, sealed TOTP seeds, a second factor per session."""

import base64

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.signals import password_changed
from allauth.core import context as allauth_context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.signals import authentication_failed, authenticator_used
from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.dispatch import receiver
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kern import crypto
from kern.actor import Actor
from kern.bewijs import is_fresh, is_proved, prove
from kring import bekend
from kring.aanmeldingen import device_words, end_sessions, record_everywhere
from kring.models import Gebruiker, Sessie

VEEG = 500
"""Expired sessions that one login sweeps away."""


def seal_seed(text: str, gebruiker_id: int) -> str:
    """Return a seed as it stands in the data of a factor; only this person's row opens it."""
    return base64.b64encode(crypto.seal(text.encode(), place=_place(gebruiker_id))).decode()


def _place(gebruiker_id: int) -> str:
    return f"mfa_authenticator.data|{gebruiker_id}"


def _owner() -> int:
    """Return whose factor this request is about: allauth asks for a seed without saying whose."""
    request = allauth_context.request
    if request.user.is_authenticated:
        return request.user.pk
    return request._login_stage.login.user.pk


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
        """Ask what the access table asks (`vers`), but nothing before the first second factor.

        A session without one opens nothing else, and the password was typed a moment ago.
        """
        request = allauth_context.request
        return is_mfa_enabled(request.user) and not is_fresh(request.session)

    def get_reauthentication_methods(self, user):
        """Offer one page with every second factor; never the password, that is the first one."""
        return [{"id": "bewijs", "description": _("Tweede stap"), "url": reverse("bewijs")}]

    def _get_login_attempts_cache_key(self, request, **credentials):
        """Count the tries of a browser that logged in before apart from those of strangers."""
        key = super()._get_login_attempts_cache_key(request, **credentials)
        return f"{key}:{bekend.number_of(request, credentials.get('email', ''))}"

    def post_login(self, request, user, **kwargs):
        response = super().post_login(request, user, **kwargs)
        if is_proved(request.session):
            bekend.remember(request, response, user.email)
        return response

    def get_client_ip(self, request):
        return request.META["REMOTE_ADDR"]

    def send_mail(self, template_prefix, email, context):
        """Send nothing: every message of this house leaves through the outbox."""


class MFAAdapter(DefaultMFAAdapter):
    """Seal the seeds: allauth keeps them in clear text unless the adapter says otherwise."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("Deze code klopt niet. Wacht op de volgende code in je app."),
    }

    def encrypt(self, text):
        return seal_seed(text, _owner())

    def decrypt(self, encrypted_text):
        return crypto.unseal(base64.b64decode(encrypted_text), place=_place(_owner())).decode()

    def send_notification_mail(self, *args, **kwargs):
        """Send nothing, as above."""

    def generate_authenticator_name(self, user, type):
        """Return what the passkey is called when its owner gives it no name."""
        return device_words(allauth_context.request.META.get("HTTP_USER_AGENT", ""))

    def get_public_key_credential_rp_entity(self):
        return super().get_public_key_credential_rp_entity() | {"name": "Spoeddienst"}


@receiver(user_logged_in)
def mark_second_factor(sender, request, user, **kwargs):
    """Remember in the session that this very login proved a second factor."""
    methods = {record["method"] for record in get_authentication_records(request, user)}
    if "mfa" in methods:
        prove(request.session)
    Sessie.objects.filter(session_key=request.session.session_key).update(
        apparaat=device_words(request.META.get("HTTP_USER_AGENT", ""))
    )
    # Whoever comes in sweeps the floor: expired rows hold names of nobody any more.
    # No more than a few: a stranger can open a million sessions, and this login must not wait.
    Sessie.objects.filter(pk__in=Sessie.objects.ended().values("pk")[:VEEG]).delete()
    log_login(request, user, "gebruiker.aangemeld", "geslaagd")


@receiver(authenticator_used)
def renew_proof(sender, request, user, authenticator, reauthenticated, **kwargs):
    """Showing a second factor again makes the session fresh again."""
    if reauthenticated:
        # More rights, so a new key; the 12 hours go on (kring/sessies.py).
        request.session.cycle_key()
        prove(request.session)


@receiver(user_login_failed)
def log_failed_login(sender, credentials, request=None, **kwargs):
    """Log a failed attempt in the kringen of the account, if there is one."""
    gebruiker = Gebruiker.objects.filter(email__iexact=str(credentials.get("email") or "")).first()
    if gebruiker and request:
        log_login(request, gebruiker, "gebruiker.aanmelden_mislukt", "mislukt")


@receiver(authentication_failed)
def log_failed_code(sender, request, user, **kwargs):
    """Log a wrong code: after the right password it is the clearest sign of a stolen one."""
    log_login(request, user, "gebruiker.aanmelden_mislukt", "mislukt")


@receiver(password_changed)
def log_new_password(sender, request, user, **kwargs):
    """A new password is a line in the log, and ends every session that the old one opened."""
    record_everywhere("gebruiker.wachtwoord_gewijzigd", "U", by=request.actor)
    end_sessions(user, behalve=request.session.session_key)


def log_login(request, gebruiker: Gebruiker, gebeurtenis: str, uitkomst: str) -> None:
    """Write one line in each kring of the person: no kring needs the lines of another."""
    by = Actor(
        naam=gebruiker.naam,
        gebruiker_id=gebruiker.pk,
        kring_id=None,
        rollen=frozenset(),
        doel="aanmelden",
        toegangspunt=request.META.get("REMOTE_ADDR", "")[:64],
    )
    record_everywhere(gebeurtenis, "E", by=by, uitkomst=uitkomst)
