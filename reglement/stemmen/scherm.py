"""The panels of a vote on the screens of a running meeting: of the chair and of each voter."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from kern.toegang import Rol
from reglement.besluiten import may_repeat
from reglement.models import Agendapunt, Stemming, Vergadering
from reglement.stemmen.stand import Stand, excluded_from, read_stand
from reglement.vergaderscherm import Deel, register

Status = Stemming.Status


@dataclass(frozen=True)
class Kiezerblok:
    """What one practice of this person can do in a vote."""

    deelnemer_id: UUID
    naam: str
    gestemd: bool
    mag: bool
    uitgesloten: bool

    @property
    def sleutel(self) -> str:
        return str(self.deelnemer_id)


def key_of(vergadering: Vergadering) -> str:
    """Return the votes of a meeting as one text: it changes with each vote that comes in."""
    rows = (
        Stemming.objects.filter(agendapunt__vergadering=vergadering)
        .annotate(namen=Count("stemmen", distinct=True), kiezers=Count("opkomst", distinct=True))
        .order_by("pk")
        .values_list("pk", "status", "namen", "kiezers", "gewijzigd_op")
    )
    return ";".join(
        f"{str(pk)[:8]}{status}{namen + kiezers}-{changed.timestamp():.6f}"
        for pk, status, namen, kiezers, changed in rows
    )


def room_key_of(request: Any, vergadering: Vergadering) -> str:
    """Return what the phone of this person shows of the votes: not how many others voted.

    Else each of fifty votes would have fifty phones fetch their screen anew.
    """
    own = speaks_for(request, vergadering.kring_id)
    rows = (
        Stemming.objects.filter(agendapunt__vergadering=vergadering)
        .annotate(
            namen=Count("stemmen", filter=Q(stemmen__deelnemer__in=own), distinct=True),
            kiezers=Count("opkomst", filter=Q(opkomst__deelnemer__in=own), distinct=True),
        )
        .order_by("pk")
        .values_list("pk", "namen", "kiezers", "gewijzigd_op")
    )
    return ";".join(
        f"{str(pk)[:8]}{namen + kiezers}-{changed.timestamp():.6f}"
        for pk, namen, kiezers, changed in rows
    )


def panel(request: Any, vergadering: Vergadering, punt: Agendapunt | None) -> dict[str, Any]:
    """Return what both panels need: the running vote, else the last one on the open point."""
    rows = Stemming.objects.filter(agendapunt__vergadering=vergadering).select_related(
        "agendapunt", "besluit", "betrokkene", "herstemming"
    )
    running = rows.filter(status=Status.OPEN).first()
    if running:
        running.agendapunt.vergadering = vergadering
        stand = read_stand(running)
        return {
            "stemming": running,
            "stemstand": stand,
            "stemblokken": blocks(request, running, stand),
            "laatste_stemming": None,
            "stempunt": None,
        }
    last = rows.filter(agendapunt=punt).exclude(status=Status.INGETROKKEN).last() if punt else None
    free = last is None or (not hasattr(last, "herstemming") and may_repeat(last))
    return {
        "stemming": None,
        "laatste_stemming": last,
        "stempunt": punt if free and punt and punt.besluitsoort else None,
    }


def blocks(request: Any, stemming: Stemming, stand: Stand) -> list[Kiezerblok]:
    """Return a block for each practice that this person votes for."""
    excluded = excluded_from(stemming)
    own = speaks_for(request, stemming.kring_id)
    return [
        Kiezerblok(pk, naam, pk in stand.gestemd, pk in stand.mag, pk in excluded)
        for pk, naam in sorted(stand.namen.items(), key=lambda item: item[1])
        if pk in own
    ]


def speaks_for(request: Any, kring_id: int) -> set[UUID]:
    """Return the practices that this person is the vertegenwoordiger of. No query."""
    return {
        row.deelnemer_id
        for row in request.lidmaatschappen
        if row.kring_id == kring_id and row.rol == Rol.VERTEGENWOORDIGER and row.deelnemer_id
    }


def put_on_screen() -> None:
    register(
        Deel(
            sleutel=key_of,
            zaal_sleutel=room_key_of,
            context=panel,
            voorzitter="reglement/stemmen/_voorzitter.html",
            zaal="reglement/stemmen/_zaal.html",
        )
    )
