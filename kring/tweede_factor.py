"""The second factor: an app, a passkey, or a recovery code, each code once (S22, S23)."""

import json
import time

from allauth.core import context as allauth_context
from allauth.mfa import app_settings as mfa_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.base.views import AuthenticateView, ReauthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.utils import decrypt, encrypt, is_mfa_enabled
from allauth.mfa.webauthn.internal import auth as passkeys
from allauth.mfa.webauthn.views import AddWebAuthnView, RemoveWebAuthnView
from django.db import transaction
from django.shortcuts import redirect
from django.urls import reverse
from django.views.generic.edit import FormView

from kern.bewijs import is_proved, prove, unprove
from kring.aanmeldingen import end_sessions, record_everywhere
from kring.passkeyforms import BewijsForm

LAATSTE_STAP = "laatste_stap"
"""In the data of an app: the time step of the last code that was accepted (RFC 6238 §5.2)."""


def _step() -> int:
    return int(time.time()) // mfa_settings.TOTP_PERIOD


def use_up(app: Authenticator) -> bool:
    """Take the code of this time step; False when it was taken already. Hold the row's lock."""
    step = _step()
    if app.data.get(LAATSTE_STAP, 0) >= step:
        return False
    app.data[LAATSTE_STAP] = step
    app.save(update_fields=["data"])
    return True


class _EenmaligeCode:
    """A code works once, whoever asks at the same moment in whatever worker.

    allauth remembers used codes in the cache only, and a cache may forget: it is culled when it
    is full, which a stranger can bring about. The row of the app does not, and its lock lets two
    requests pass one after the other.
    """

    def clean_code(self):
        # All rows, so that a recovery code is read and crossed off under the same lock.
        list(Authenticator.objects.select_for_update().filter(user=self.user).order_by("pk"))
        code = super().clean_code()
        app = self.authenticator
        if app.type == Authenticator.Type.TOTP and not use_up(app):
            self._emit_authentication_failed(app)
            raise get_adapter().validation_error("incorrect_code")
        return code


class CodeForm(_EenmaligeCode, AuthenticateForm):
    """The code after the password."""


class HercodeForm(_EenmaligeCode, ReauthenticateForm):
    """The code that makes a session fresh again."""


class AppForm(ActivateTOTPForm):
    """The first code of an app. Its seed waits sealed: sessions stand in every copy too (S22)."""

    def __init__(self, *args, **kwargs):
        session = allauth_context.request.session
        waiting = session.get(SECRET_SESSION_KEY)
        super().__init__(*args, **kwargs)
        if self.is_bound and waiting:
            self.secret = decrypt(waiting)
        else:
            session[SECRET_SESSION_KEY] = encrypt(self.secret)


class TweedeStap(AuthenticateView):
    """The step after the password: a passkey of this account, or a code."""

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        options = context["js_data"]["request_options"]
        if options["publicKey"].get("allowCredentials"):
            context["passkey"] = json.dumps(options)
        return context


class Bewijs(ReauthenticateView):
    """Show a second factor again, before export, rights or factors: one page for all of them."""

    template_name = "mfa/bewijs.html"

    def get_form_class(self):
        if "credential" in self.request.POST:
            return BewijsForm
        return HercodeForm

    def get_context_data(self, **kwargs):
        user = self.request.user
        context = super().get_context_data(**kwargs)
        if is_mfa_enabled(user, [Authenticator.Type.WEBAUTHN]):
            context["passkey"] = json.dumps(passkeys.begin_authentication(user))
        context["heeft_app"] = is_mfa_enabled(user, [Authenticator.Type.TOTP])
        return context


class _Factor:
    """A change of the own factors: a line in the log, and the other sessions end."""

    gebeurtenis = "gebruiker.tweede_factor_ingesteld"
    actie = "C"

    @transaction.atomic
    def form_valid(self, form):
        response = super().form_valid(form)
        record_everywhere(self.gebeurtenis, self.actie, by=self.request.actor)
        end_sessions(self.request.user, behalve=self.request.session.session_key)
        return response


class _Inschrijving(_Factor):
    """The pages that a session without a second factor may open, once.

    A session that did not prove the factor that the account has meanwhile (it is from before the
    enrolment) must log in again; whoever proved it was asked so again by the access table.
    """

    def dispatch(self, request, *args, **kwargs):
        if is_mfa_enabled(request.user) and not is_proved(request.session):
            return redirect("account_logout")
        # Past the view of allauth: it leads who has an app to a page that removes it.
        return FormView.dispatch(self, request, *args, **kwargs)

    def form_valid(self, form):
        response = super().form_valid(form)
        # Enrolling proves possession, in this session only; more rights, so a new key.
        self.request.session.cycle_key()
        prove(self.request.session)
        return response


class AppInstellen(_Inschrijving, ActivateTOTPView):
    """Set up the app; whoever has one already puts the new telephone in its place."""

    @transaction.atomic
    def form_valid(self, form):
        own = Authenticator.objects.filter(user=self.request.user, type=Authenticator.Type.TOTP)
        own.delete()
        response = super().form_valid(form)
        # The code that was just typed over may not log in as well.
        use_up(own.get())
        return response

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {"vervangt": is_proved(self.request.session)}


class PasskeyToevoegen(_Inschrijving, AddWebAuthnView):
    """Add a passkey: kept by the device and opened by its owner, so that it can log in alone."""

    template_name = "mfa/passkey_toevoegen.html"

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        context["passkey"] = json.dumps(passkeys.begin_registration(self.request.user, True))
        return context


class PasskeyWeg(_Factor, RemoveWebAuthnView):
    """Remove a passkey. Somebody who removes the last factor must enrol again at once."""

    template_name = "mfa/passkey_weg.html"
    gebeurtenis = "gebruiker.tweede_factor_gewist"
    actie = "D"

    def form_valid(self, form):
        response = super().form_valid(form)
        if not is_mfa_enabled(self.request.user):
            unprove(self.request.session)
        return response

    def get_success_url(self):
        return reverse("mfa_index")


class Herstelcodes(_Factor, GenerateRecoveryCodesView):
    """Make new recovery codes; the old ones die."""

    gebeurtenis = "gebruiker.herstelcodes_gemaakt"
