"""Safety on duty: the sheet of each address, incidents, and the card for who is on duty (§5.5)."""

from datetime import timedelta

from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kern import logboek
from kern.tijd import db_now
from kern.toegang import Rol
from kring.formulierpagina import form_page
from kring.models import Deelnemer
from reglement.actions import veiligheid as actions
from reglement.forms.veiligheid import BladForm, IncidentForm, VervolgForm
from reglement.models import Incident, Incidentstap, Veiligheidsblad
from reglement.veiligheid.recht import duty_practices, own_practices, readable_incidents
from rooster.models import Dienstplaats
from rooster.ruil.recht import own_practice

STRAKS = timedelta(hours=12)
LIJST = 50
"""Incidents on the page; a kring has a few a year."""


def overview(request):
    """The addresses where this person serves or which they keep, and the incidents they may see."""
    coordinator = Rol.COORDINATOR in request.actor.rollen
    practices = Deelnemer.objects.filter(kring=request.kring, actief=True).order_by("naam")
    if not coordinator:
        practices = practices.filter(
            pk__in=own_practices(request.actor) | duty_practices(request.actor)
        )
    keeps = own_practice(request.actor)
    rijen = [
        {"praktijk": row, "blad": _sheet_of(row), "beheert": coordinator or row.pk == keeps}
        for row in practices.select_related("veiligheidsblad")
    ]
    closed = Incidentstap.objects.filter(incident=OuterRef("pk"), sluit=True)
    incidents = (
        Incident.objects.filter(readable_incidents(request.actor), kring=request.kring)
        .select_related("deelnemer", "gemeld_door")
        .annotate(gesloten=Exists(closed))
    )
    context = {"rijen": rijen, "incidenten": incidents[:LIJST], "coordinator": coordinator}
    return render(request, "reglement/veiligheid/overzicht.html", context)


def _sheet_of(row: Deelnemer) -> Veiligheidsblad | None:
    # The reverse of a one-to-one field raises when there is none.
    return getattr(row, "veiligheidsblad", None)


def sheet(request, deelnemer):
    """What a duty at this address asks for."""
    row = get_object_or_404(
        Deelnemer.objects.select_related("veiligheidsblad__nagekeken_door"),
        pk=deelnemer,
        kring=request.kring,
    )
    coordinator = Rol.COORDINATOR in request.actor.rollen
    context = {
        "praktijk": row,
        "blad": _sheet_of(row),
        "beheert": coordinator or own_practice(request.actor) == row.pk,
    }
    return render(request, "reglement/veiligheid/blad.html", context)


def change_sheet(request, deelnemer):
    """Fill the sheet in; saving says that somebody looked at it today."""
    row = get_object_or_404(
        Deelnemer.objects.select_related("veiligheidsblad"), pk=deelnemer, kring=request.kring
    )
    return form_page(
        request,
        BladForm(request.POST or None, instance=_sheet_of(row)),
        save=lambda velden: actions.save_blad(row, by=request.actor, **velden),
        titel=_("Veiligheid bij %(praktijk)s") % {"praktijk": row.naam},
        terug=reverse(
            "reglement:veiligheidsblad", kwargs={"kring": request.kring.slug, "deelnemer": row.pk}
        ),
        gelukt=_("Opgeslagen. Wie hier dienst heeft, ziet dit op de startpagina."),
        template="reglement/formulier.html",
    )


def report(request):
    """Tell what happened; where and when are filled in for whoever is on duty now."""
    initial = {"gebeurd_op": db_now()}
    if place := _place_now(request):
        initial["deelnemer"] = place.praktijk.pk
    may_list = request.actor.rollen & {Rol.TANDARTS, Rol.VERTEGENWOORDIGER, Rol.COORDINATOR}
    return form_page(
        request,
        IncidentForm(request.POST or None, kring=request.kring, initial=initial),
        save=lambda velden: actions.report_incident(
            kring_id=request.kring.pk, by=request.actor, **velden
        ),
        titel=_("Incident melden"),
        terug=reverse(
            "reglement:veiligheid" if may_list else "kring:start",
            kwargs={"kring": request.kring.slug},
        ),
        gelukt=_("Gemeld. De coördinator ziet het en neemt het op met de praktijk."),
        template="reglement/veiligheid/melden.html",
    )


def incident(request, incident):
    """One incident and what was done about it; the coordinator adds to it."""
    rows = Incident.objects.select_related("deelnemer", "gemeld_door")
    row = get_object_or_404(rows, pk=incident, kring=request.kring)
    steps = list(row.stappen.select_related("gedaan_door"))
    closed = any(step.sluit for step in steps)
    if request.method != "POST":
        logboek.note_read(
            "incident.gezien",
            by=request.actor,
            kring_id=row.kring_id,
            object_soort="incident",
            object_id=row.pk,
        )
    return form_page(
        request,
        VervolgForm(request.POST or None),
        save=lambda velden: actions.follow_incident(row, by=request.actor, **velden),
        titel=_("Incident"),
        terug=reverse(
            "reglement:incident", kwargs={"kring": request.kring.slug, "incident": row.pk}
        ),
        gelukt=_("Vastgelegd."),
        template="reglement/veiligheid/incident.html",
        incident=row,
        stappen=steps,
        gesloten=closed,
        mag_vervolgen=Rol.COORDINATOR in request.actor.rollen and not closed,
    )


def duty_card(request) -> dict | None:
    """Return the sheet for who is on duty or begins within hours; None for anybody else."""
    if Rol.TANDARTS not in request.actor.rollen:
        return None
    place = _place_now(request)
    return place and {"plaats": place, "blad": _sheet_of(place.praktijk)}


def _place_now(request) -> Dienstplaats | None:
    now = db_now()
    rows = Dienstplaats.objects.filter(
        kring=request.kring,
        tandarts__gebruiker_id=request.user.pk,
        einde__gt=now,
        begin__lt=now + STRAKS,
    ).select_related("deelnemer__veiligheidsblad", "tandarts__deelnemer__veiligheidsblad", "dienst")
    return rows.order_by("begin").first()
