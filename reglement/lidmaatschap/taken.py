"""What taking part and safety ask of somebody now (reglement.overzicht)."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from kern.toegang import Rol
from kring.models import Deelnemer
from reglement.lidmaatschap.rijen import planned_counts, stops_after
from reglement.models import (
    Agendapunt,
    Gebiedswijziging,
    Incident,
    Incidentstap,
    Toelating,
    Veiligheidsblad,
)
from reglement.overzicht import Regel
from rooster.ruil.recht import own_practice

OUD = timedelta(days=365)
"""A sheet that nobody looked at for a year."""


def lines(request: Any, dag: date) -> list[Regel]:
    """Return what waits for this person; seven queries at most."""
    found = []
    if Rol.COORDINATOR in request.actor.rollen:
        found += _applications(request) + _area(request) + _incidents(request)
        found += _duties_after_end(request, dag)
    if praktijk := own_practice(request.actor):
        found += _sheet(request, praktijk, dag)
    return found


def _applications(request: Any) -> list[Regel]:
    """Decided ones are to be worked out; one without advice waits for it."""
    decided = Agendapunt.objects.filter(toelating=OuterRef("pk"), besluiten__isnull=False)
    called = Agendapunt.objects.filter(toelating=OuterRef("pk"))
    rows = Toelating.objects.filter(
        kring=request.kring, status=Toelating.Status.AANGEVRAAGD
    ).annotate(besloten=Exists(decided), geagendeerd=Exists(called))
    found = []
    for row in rows:
        words = {"praktijk": row.naam}
        url = _url(request, "toelating", toelating=row.pk)
        if row.besloten:
            found.append(Regel(_("Verwerk het besluit over %(praktijk)s") % words, url))
        elif not row.geagendeerd:
            found.append(Regel(_("Behandel de aanvraag van %(praktijk)s") % words, url))
    return found


def _area(request: Any) -> list[Regel]:
    decided = Agendapunt.objects.filter(gebiedswijziging=OuterRef("pk"), besluiten__isnull=False)
    rows = Gebiedswijziging.objects.filter(
        Exists(decided), kring=request.kring, status=Gebiedswijziging.Status.VOORSTEL
    )
    url = _url(request, "verzorgingsgebied")
    return [
        Regel(_("Verwerk het besluit over het gebied"), url, waarom="art. 10.1c")
    ] * rows.count()


def _incidents(request: Any) -> list[Regel]:
    closed = Incidentstap.objects.filter(incident=OuterRef("pk"), sluit=True)
    rows = Incident.objects.filter(~Exists(closed), kring=request.kring)
    return [
        Regel(
            _("Behandel het incident: %(soort)s") % {"soort": row.get_soort_display()},
            _url(request, "incident", incident=row.pk),
            waarom="par. 5.5",
        )
        for row in rows
    ]


def _duties_after_end(request: Any, dag: date) -> list[Regel]:
    stoppen = stops_after(request.kring.pk, dag)
    gepland = planned_counts(request.kring.pk, stoppen)
    names = dict(Deelnemer.objects.filter(pk__in=gepland).values_list("pk", "naam"))
    return [
        Regel(
            _("Regel vervanging voor %(praktijk)s: %(aantal)s diensten na de laatste dag")
            % {"praktijk": names[pk], "aantal": aantal},
            _url(request, "deelname", deelnemer=pk),
            uiterlijk=stoppen[pk],
            waarom="art. 7",
        )
        for pk, aantal in gepland.items()
    ]


def _sheet(request: Any, praktijk: UUID, dag: date) -> list[Regel]:
    row = Veiligheidsblad.objects.filter(deelnemer_id=praktijk).first()
    if row and row.nagekeken_op > dag - OUD:
        return []
    words = (
        _("Kijk de veiligheid van je praktijk na")
        if row
        else _("Vul de veiligheid van je praktijk in")
    )
    url = _url(request, "veiligheidsblad_wijzigen", deelnemer=praktijk)
    return [Regel(words, url, waarom="par. 5.5")]


def _url(request: Any, route: str, **kwargs: UUID) -> str:
    return reverse(f"reglement:{route}", kwargs={"kring": request.kring.slug, **kwargs})
