"""What the pages of a meeting share: the row, who looks, and the agenda as it may be shown."""

from dataclasses import dataclass
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.urls import reverse

from kern.tijd import db_now
from kern.toegang import Rol
from reglement.actions.vergadering.verloop import opens_from
from reglement.besluitnamen import name_of
from reglement.besluitvorming import Quorum
from reglement.deelnemend import knows_meeting
from reglement.lezing import Lezing
from reglement.models import Agendapunt, Besluit, Stuk, Vergadering
from reglement.oproep import point_quorum
from reglement.stemmen import inzage
from reglement.vergadering.post import public_title

Status = Vergadering.Status
KENT = frozenset({Rol.COORDINATOR, Rol.VERTEGENWOORDIGER})


@dataclass(frozen=True)
class Agendaregel:
    """A point as a page shows it; somebody who takes no part reads no name of a practice."""

    punt: Agendapunt
    titel: str
    toelichting: str
    soort: str
    quorum: Quorum | None
    stukken: list[Stuk]
    besluiten: list[Besluit]


def meeting_of(request, pk: UUID) -> Vergadering:
    """Return a meeting of this kring, or 404; a plan is for the coordinator alone."""
    rows = Vergadering.objects.select_related("kring", "versie", "voorzitter", "eerste")
    if not is_coordinator(request):
        rows = rows.exclude(opgeroepen_op__isnull=True)
    return get_object_or_404(rows, pk=pk, kring=request.kring)


def point_of(request, pk: UUID) -> Agendapunt:
    """Return a point of a meeting of this kring, or 404."""
    rows = Agendapunt.objects.select_related("vergadering__kring")
    return get_object_or_404(rows, pk=pk, kring=request.kring)


def page_of(vergadering: Vergadering, route: str = "vergadering") -> str:
    """Return the address of a page of this meeting."""
    kwargs = {"kring": vergadering.kring.slug, "vergadering": vergadering.pk}
    return reverse(f"reglement:{route}", kwargs=kwargs)


def is_coordinator(request) -> bool:
    return Rol.COORDINATOR in request.actor.rollen


def presides(request, vergadering: Vergadering) -> bool:
    """Whether this person leads the meeting: its chair, or the coordinator."""
    return inzage.presides(request.actor, vergadering)


def knows(request, vergadering: Vergadering) -> bool:
    """Whether this person may read what is said of a practice."""
    return bool(KENT & request.actor.rollen) and knows_meeting(request.actor, vergadering.pk)


def represented(request) -> frozenset[UUID]:
    """Return the practices for which this person speaks."""
    return frozenset(
        row.deelnemer_id
        for row in request.lidmaatschappen
        if row.rol == Rol.VERTEGENWOORDIGER and row.kring_id == request.kring.pk
    )


def agenda_of(
    vergadering: Vergadering, leden: int, lezing: Lezing, *, kent: bool
) -> list[Agendaregel]:
    """Return the agenda. Three queries, however long it is."""
    stukken: dict = {}
    for stuk in Stuk.objects.filter(vergadering=vergadering):
        stukken.setdefault(stuk.agendapunt_id, []).append(stuk)
    besluiten: dict = {}
    for besluit in Besluit.objects.filter(agendapunt__vergadering=vergadering).order_by("nummer"):
        besluiten.setdefault(besluit.agendapunt_id, []).append(besluit)
    return [
        Agendaregel(
            punt=punt,
            titel=punt.titel if kent else public_title(punt),
            toelichting=punt.toelichting if kent or public_title(punt) == punt.titel else "",
            soort=name_of(punt.besluitsoort),
            quorum=point_quorum(punt.besluitsoort, vergadering.zitting, leden, lezing)
            if punt.besluitsoort
            else None,
            stukken=stukken.get(punt.pk, []) if kent else [],
            besluiten=besluiten.get(punt.pk, []) if kent else [],
        )
        for punt in vergadering.agendapunten.order_by("volgorde")
    ]


def loose_documents(vergadering: Vergadering) -> list[Stuk]:
    """Return the documents that go with the whole meeting."""
    return list(Stuk.objects.filter(vergadering=vergadering, agendapunt__isnull=True))


def timing(vergadering: Vergadering) -> dict:
    """Return whether it is too early for what happens at the meeting, and who is there noted."""
    early = vergadering.status == Status.OPGEROEPEN and db_now() < opens_from(vergadering)
    return {
        "vroeg": early,
        "vanaf": opens_from(vergadering),
        "noteert": not early and vergadering.status in (Status.OPGEROEPEN, Status.OPEN),
    }
