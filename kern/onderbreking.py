"""A request that comes too late: the session ended, or the proof is no longer fresh.

Nothing that was typed may be lost by it. A page is asked again after the login; an htmx request
gets a status of its own (static/js/verbinding.js says what to do and sends it again); the fields
of an ordinary form go back into the page, ready to be sent again. They stay in the browser: our
side keeps nothing of somebody it does not know.
"""

from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

# Passwords and tokens never travel back into a page; a file cannot. By their whole names: a part
# of one is also in achterwacht, postcode and tariefcodes, which must not vanish on the way.
_NIET_TERUG = frozenset(
    "wachtwoord herhaling password password1 password2 oldpassword code credential "  # noqa: SIM905
    "csrfmiddlewaretoken".split()
)


def refreshes_itself(request) -> bool:
    """Whether a page without JavaScript asked for itself again (a meta refresh)."""
    return request.GET.get("ververs") == "zelf"


def ask_login(request):
    """Answer somebody who is not logged in (any more)."""
    if request.htmx:
        return HttpResponse("uitgelogd", status=401, content_type="text/plain")
    if _fields(request):
        return _send_again(request, reverse("account_login"), "uitgelogd")
    return redirect_to_login(_path(request))


def ask_proof(request):
    """Ask for the second factor again, before the page that needs a fresh one."""
    if request.method in ("GET", "HEAD") and not request.htmx:
        return redirect_to_login(_path(request), reverse("bewijs"))
    if request.htmx:
        return HttpResponse("bewijs", status=401, content_type="text/plain")
    return _send_again(request, reverse("bewijs"), "bewijs")


def _path(request) -> str:
    """Return where to go on afterwards: back to where the form stood when it was empty."""
    return request.get_full_path() if request.method in ("GET", "HEAD") else "/"


def _fields(request) -> list[tuple[str, str]]:
    """Return what was typed in an ordinary form."""
    if request.method != "POST":
        return []
    return [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name.lower() not in _NIET_TERUG
    ]


def _send_again(request, where: str, reason: str):
    """Show the page from which the form can be sent again.

    A stranger's site cannot fill this page: the CSRF check comes before it.
    """
    context = {
        "velden": _fields(request),
        "doel": request.get_full_path(),
        "waarheen": where,
        "reden": reason,
        "bestanden": bool(request.FILES),
    }
    return render(request, "opnieuw_versturen.html", context, status=401)
