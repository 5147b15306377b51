"""The demo panel: log in as anyone with one click, see the mails and text messages."""

from allauth.account.internal.flows.login import record_authentication
from django.contrib.auth import login
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from kern.tenancy import all_kring_ids, kring_context
from kring.models import Gebruiker, Lidmaatschap
from spoeddienst.demo import checks, mail, sms

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def panel(request):
    """Show the demo persons per kring."""
    with kring_context(*all_kring_ids()):
        rows = list(
            Lidmaatschap.objects.active()
            .select_related("kring", "gebruiker")
            .order_by("kring__naam", "rol", "gebruiker__naam")
        )
    return render(request, "demo/paneel.html", {"lidmaatschappen": rows})


@require_POST
def login_as(request, gebruiker_id: int):
    """Log in as a demo person, second factor included."""
    if not checks.is_embedded_loopback():
        raise Http404
    gebruiker = get_object_or_404(Gebruiker, pk=gebruiker_id, is_active=True)
    record_authentication(request, gebruiker, "mfa", type="demo")
    login(request, gebruiker, backend=BACKEND)
    return redirect("home")


def messages_page(request):
    """Show what the demo's mail server and text-message gateway accepted."""
    return render(
        request, "demo/berichten.html", {"smsen": sms.messages(), "mails": mail.messages()}
    )
