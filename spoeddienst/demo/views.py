"""The demo panel: log in as anyone with one click, see the mails, text messages and codes."""

import hashlib

from allauth.account.internal.flows.login import record_authentication
from django.contrib.auth import login, logout
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from kring.models import Gebruiker
from spoeddienst.demo import checks, mail, paneel, sms
from spoeddienst.demo.gegevens.accounts import WACHTWOORD, totp_seed
from spoeddienst.demo.totp import totp_code

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def panel(request):
    """Show the demo persons per kring and role."""
    context = {
        "kaarten": paneel.cards(),
        "wachtwoord": WACHTWOORD,
        "oud": paneel.is_stale(),
    }
    return render(request, "demo/paneel.html", context)


@require_POST
def login_as(request, gebruiker_id: int):
    """Log in as a demo person, second factor included."""
    if not checks.is_embedded_loopback():
        raise Http404
    gebruiker = get_object_or_404(Gebruiker, pk=gebruiker_id, is_active=True)
    # First out: logging in over another person empties the session, our record included.
    logout(request)
    record_authentication(request, gebruiker, "mfa", type="demo")
    login(request, gebruiker, backend=BACKEND)
    return redirect("home")


def messages_page(request):
    """Show what the demo's mail server and text-message gateway accepted."""
    context = {"smsen": sms.messages(), "mails": mail.messages()}
    return _polled(request, "demo/berichten.html", "demo/_berichten.html", context)


def codes_page(request):
    """Show what the authenticator apps of the demo persons show now."""
    people = Gebruiker.objects.filter(is_active=True, email__endswith=".example").order_by("naam")
    codes = [(person, totp_code(totp_seed(person.email))) for person in people]
    context = {"codes": codes, "wachtwoord": WACHTWOORD}
    return _polled(request, "demo/codes.html", "demo/_codes.html", context)


def _polled(request, page: str, fragment: str, context: dict) -> HttpResponse:
    """Render the page; for its own poll the fragment, or nothing when that has not changed.

    Without the comparison each poll would take the focus off the link one is about to follow.
    """
    html = render(request, fragment, context).content.decode()
    stand = hashlib.sha256(html.encode()).hexdigest()[:16]
    if not request.htmx:
        return render(request, page, {**context, "fragment": fragment, "stand": stand})
    if request.GET.get("stand") == stand:
        return HttpResponse(status=204)
    return render(request, "demo/_ververst.html", {**context, "fragment": fragment, "stand": stand})
