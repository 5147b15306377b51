"""One request, one transaction, one kring: who is this, may they, what was shown, commit."""

import logging
import uuid

from django.apps import apps
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse

from kern import logboek, onderbreking, scherm, toegang
from kern.actor import Actor
from kern.bewijs import is_fresh, is_proved
from kern.tenancy import set_context

log = logging.getLogger(__name__)

_FEATURES = (
    *("accelerometer", "browsing-topics", "camera", "display-capture", "geolocation"),
    *("gyroscope", "hid", "idle-detection", "magnetometer", "microphone", "midi", "payment"),
    *("serial", "usb"),
)
_HEADERS = {
    "Cache-Control": "no-store",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in _FEATURES),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
}


class BrowserHeadersMiddleware:
    """Headers of every answer: nothing is stored, indexed or embedded elsewhere.

    Above all others, also Django's SecurityMiddleware: what that one refuses or redirects by
    itself is an answer too. Static files say themselves how long they may be kept.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        for name, value in _HEADERS.items():
            response.setdefault(name, value)
        return response


class NulMiddleware:
    """Refuse a NUL byte: PostgreSQL cannot hold one, and no honest link contains one."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if _has_nul(request):
            return TemplateResponse(request, "400.html", status=400).render()
        return self.get_response(request)


def _has_nul(request) -> bool:
    """Whether a NUL byte came along.

    In a cookie it hides as the octal escape of a quoted value; the session is looked up by it.
    """
    query = request.META.get("QUERY_STRING", "")
    return "\x00" in query or "%00" in query or any("\x00" in v for v in request.COOKIES.values())


class KringMiddleware:
    """Open the transaction, let the access table decide, set the tenant, write the log last."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.kring = None
        request.actor = None
        request.lidmaatschappen = []
        with transaction.atomic(), logboek.collect() as lines:
            response = self.get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
            else:
                logboek.write(lines)
        return response

    def process_view(self, request, view, args, kwargs):
        match = request.resolver_match
        row = toegang.find(match.view_name)
        if row is None:
            raise Http404
        mag = row.methoden.get(toegang.method_of(request))
        if mag is None:
            # Who reloads a refused form from the address bar needs a way on, not an empty page.
            return HttpResponseNotAllowed(row.methoden, render_to_string("405.html"))
        slug = kwargs.pop("kring", None)
        user = request.user
        if user.is_authenticated:
            request.lidmaatschappen = _memberships(user)
        if mag.openbaar:
            self._open_public(request, slug, mag)
        else:
            if not user.is_authenticated:
                return onderbreking.ask_login(request)
            if not (row.zonder_tweede_factor or is_proved(request.session)):
                return redirect("mfa_activate_totp")
            if (wall := scherm.address_of(request)) and not row.scherm:
                return redirect(wall)
            self._open_member(request, slug, mag)
        if mag.voorwaarde and not mag.voorwaarde(request, kwargs):
            raise Http404
        if mag.vers and not _fresh_enough(request, row):
            return onderbreking.ask_proof(request)
        by_itself = row.achtergrond or onderbreking.refreshes_itself(request)
        if not by_itself or (row.scherm and scherm.address_of(request)):
            request.session.touch()
        return None

    def _open_public(self, request, slug, mag) -> None:
        """A page without login: the kring in the URL is the context, there are no roles."""
        if slug is None:
            request.actor = _actor(request, None, frozenset(), mag)
            return
        request.kring = _kring_or_404(slug)
        set_context([request.kring.pk])
        request.actor = _actor(request, request.kring, frozenset({toegang.Rol.OPHALER}), mag)

    def _open_member(self, request, slug, mag) -> None:
        """A page of a member: another kring is a 404, a missing role a 403 with a log line."""
        user_id = request.user.pk
        if slug is None:
            kring, rows = None, request.lidmaatschappen
            kring_ids = sorted(
                {row.kring_id for row in rows if not mag.rollen or row.rol in mag.rollen}
            )
        else:
            rows = [row for row in request.lidmaatschappen if row.kring.slug == slug]
            if not rows:
                raise Http404
            kring = rows[0].kring
            kring_ids = [kring.pk]
        rollen = frozenset(row.rol for row in rows)
        request.kring = kring
        request.actor = _actor(request, kring, rollen, mag)
        set_context(kring_ids, user_id)
        if mag.rollen and not (mag.rollen & rollen):
            if kring:
                logboek.record("toegang.geweigerd", "E", by=request.actor, uitkomst="geweigerd")
            raise PermissionDenied


def _fresh_enough(request, row) -> bool:
    """A session without any second factor has nothing to show again: it may enrol, once."""
    first = row.zonder_tweede_factor and not is_proved(request.session)
    return first or is_fresh(request.session)


def _memberships(user) -> list:
    """Return the active memberships of the user, over all kringen, in one query."""
    set_context([], user.pk)
    model = apps.get_model(settings.LIDMAATSCHAP_MODEL)
    return list(model.objects.active().filter(gebruiker=user).select_related("kring"))


def _kring_or_404(slug: str):
    kring = apps.get_model(settings.KRING_MODEL).objects.filter(slug=slug).first()
    if kring is None:
        raise Http404
    return kring


def _actor(request, kring, rollen: frozenset[str], mag) -> Actor:
    user = request.user
    known = user.is_authenticated
    return Actor(
        naam=user.naam if known else "niet aangemeld",
        gebruiker_id=user.pk if known else None,
        kring_id=kring.pk if kring else None,
        rollen=rollen,
        doel=mag.doel,
        toegangspunt=request.META.get("REMOTE_ADDR", "")[:64],
        verzoek=f"{request.method} {request.resolver_match.view_name} {uuid.uuid4().hex[:12]}",
    )
