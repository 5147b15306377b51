"""Calendar links, and the feed that a calendar program reads."""

import hashlib

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _

from kern.tijd import db_now
from kern.toegang import Rol
from kring.formulierpagina import confirm_page, form_page
from rooster.actions import agenda as actions
from rooster.agenda.feed import feed, is_open
from rooster.forms.agenda import AgendalinkForm
from rooster.models import Agendalink


def agenda(request):
    """The own links, and a form for a new one; the coordinator sees those of everybody."""
    form = AgendalinkForm(
        request.POST or None,
        kring=request.kring,
        gebruiker=request.user,
        lidmaatschappen=request.lidmaatschappen,
    )
    links = Agendalink.objects.filter(kring=request.kring, ingetrokken_op__isnull=True)
    links = links.select_related("gebruiker", "deelnemer")
    if Rol.COORDINATOR not in request.actor.rollen:
        links = links.filter(gebruiker=request.user)
    return form_page(
        request,
        form,
        save=lambda velden: _show_once(
            request,
            *actions.make_agendalink(
                kring_id=request.kring.pk, gebruiker=request.user, by=request.actor, **velden
            ),
        ),
        titel=_("Agenda op je telefoon"),
        terug=_list(request),
        template="rooster/agenda.html",
        links=links,
    )


def intrekken(request, agendalink):
    """Let a link die, after one more question; the access table asks whose it is."""
    links = Agendalink.objects.filter(kring=request.kring, ingetrokken_op__isnull=True)
    row = get_object_or_404(links.select_related("gebruiker"), pk=agendalink)
    return confirm_page(
        request,
        act=lambda: actions.revoke_agendalink(row, by=request.actor),
        titel=_("Agendalink intrekken"),
        vraag=_("Agenda's met deze link van %(naam)s (%(wat)s) krijgen niets nieuws meer.")
        % {"naam": row.gebruiker.naam, "wat": row.get_soort_display()},
        knop=_("Intrekken"),
        terug=_list(request),
        gelukt=_("De link werkt niet meer."),
    )


def lezen(request, geheim):
    """The feed itself, for a calendar program: no login, the address is the secret."""
    link = (
        Agendalink.objects.filter(kring=request.kring, geheim_hash=actions.hash_geheim(geheim))
        .select_related("kring", "deelnemer")
        .first()
    )
    if link is None or not is_open(link):
        # The same answer for a link that never was, is revoked, or whose owner left.
        raise Http404
    body = feed(link, db_now())
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["ETag"] = etag
    response["Content-Disposition"] = 'inline; filename="spoeddienst.ics"'
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response = get_conditional_response(request, etag=etag, response=response)
    response["Cache-Control"] = "no-cache, private"
    return response


def _show_once(request, link: Agendalink, geheim: str):
    """Show the address of the new link; nobody can look it up afterwards."""
    path = reverse("rooster:agenda_lezen", kwargs={"kring": request.kring.slug, "geheim": geheim})
    response = render(
        request,
        "rooster/agendalink.html",
        {"link": link, "adres": settings.ADRES + path, "terug": _list(request)},
    )
    response["Cache-Control"] = "no-store, private"
    return response


def _list(request) -> str:
    return reverse("rooster:agenda", kwargs={"kring": request.kring.slug})
