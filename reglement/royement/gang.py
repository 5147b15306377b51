"""The rows of a procedure as the law reads them, and where it stands.

`read` is the one place where a row becomes an event; pages, actions, post and daily work ask it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import zip_longest

from django.db.models import Count, Prefetch, QuerySet
from django.utils.translation import gettext as _

from kern.tijd import to_local
from kern.weergave import format_datum
from reglement import royementsgang as wet
from reglement.aanwezig import present_at
from reglement.besluitvorming import Besluitsoort
from reglement.geldend import lezing_of, variabelen_of
from reglement.kiesregister import members_on
from reglement.models import (
    Agendapunt,
    Besluit,
    Deelname,
    Royement,
    Royementstap,
    Vergadering,
)
from reglement.royement.feiten import event_of
from reglement.royementsgang import Fase
from reglement.termijnen import day_words

Soort = Royementstap.Soort
Zitting = Vergadering.Zitting

LETTERS = (Soort.BESLUITEN, Soort.BESLISSEN)
"""Steps of which the practice gets a letter."""

GESTEMD = (Soort.STEMMEN, Soort.BESLISSEN)
"""Steps that came out of a vote."""

GROEPSBESLUIT = {
    wet.Voorstel.ROYEMENT: Besluitsoort.ROYEMENT,
    wet.Voorstel.VOORWAARDELIJK: Besluitsoort.VOORWAARDELIJK,
}
IN_STEMMING = tuple(str(soort) for soort in GROEPSBESLUIT.values())

KLAAR = (Fase.DEELNEMER, Fase.VERVALLEN, Fase.GEROYEERD, Fase.EENZIJDIG)
"""Phases in which nobody has to do anything; the practice may still ask readmission (9.2i)."""

VELD = {
    wet.Reden.GEEN_FEITEN: "feiten",
    wet.Reden.EERST_DE_PRAKTIJK: "over",
    wet.Reden.GEEN_MOTIVERING: "tekst",
    wet.Reden.GEEN_EENMANSZAAK: "eenmanszaak",
    wet.Reden.GEEN_REDENEN: "redenen",
    wet.Reden.GEEN_VOORWAARDEN: "voorwaarden",
    wet.Reden.GEEN_TERMIJN: "termijn_einde",
    wet.Reden.TERMIJN_BUITEN_GRENZEN: "termijn_einde",
    wet.Reden.TERMIJN_LOOPT_NOG: "op",
    wet.Reden.TE_VROEG: "op",
    wet.Reden.VOOR_VERGADERING: "op",
}
"""At which field of a form a refusal is said."""

STATUS = {
    Fase.VOORWAARDELIJK: Deelname.Status.VOORWAARDELIJK,
    Fase.TOETS: Deelname.Status.VOORWAARDELIJK,
    Fase.GEROYEERD: Deelname.Status.GEROYEERD,
    Fase.HERTOELATING: Deelname.Status.GEROYEERD,
    Fase.EENZIJDIG: Deelname.Status.EENZIJDIG,
    Fase.DEELNEMER: Deelname.Status.LID,
}


@dataclass(frozen=True)
class Agendavoorstel:
    """What is put on an agenda now, and at which kind of meeting it belongs."""

    titel: str
    toelichting: str
    besluitsoort: str
    zitting: str
    zitting_zin: str


@dataclass(frozen=True)
class Dossier:
    """A procedure as it stands: its steps in order, its points on agendas, and what the law says.

    `punten` are those on an agenda, the newest meeting last.
    """

    royement: Royement
    stappen: tuple[Royementstap, ...]
    punten: tuple[Agendapunt, ...]
    stand: wet.Stand

    @property
    def fase(self) -> Fase:
        return self.stand.stand

    @property
    def is_open(self) -> bool:
        """Whether somebody still has something to do; a rejection is over once it was told."""
        if self.fase is Fase.VERWORPEN:
            return not self.stand.uitslag_gemeld
        return self.fase not in KLAAR

    @property
    def has_stukken(self) -> bool:
        counted = getattr(self.royement, "aantal_stukken", None)
        return self.royement.stukken.exists() if counted is None else counted > 0

    def may(self, soort: str) -> bool:
        return wet.Soort(soort) in self.stand.mag

    def last(self, *soorten: str) -> Royementstap | None:
        """Return the newest step of these kinds."""
        return next((row for row in reversed(self.stappen) if row.soort in soorten), None)

    @cached_property
    def voorstel(self) -> wet.Voorstel | None:
        stap = self.last(Soort.VOORSTELLEN)
        return wet.Voorstel(stap.gegevens["vorm"]) if stap else None

    @property
    def is_voorwaardelijk(self) -> bool:
        """Whether the milder form was proposed; nothing else may be decided (9.2g)."""
        return self.voorstel is wet.Voorstel.VOORWAARDELIJK

    @property
    def termijn_einde(self) -> date | None:
        return self.stand.termijn_einde

    @property
    def within_four_weeks(self) -> bool:
        """Whether the meeting of 9.2k is to come."""
        return self.fase in (Fase.TOETS, Fase.HERTOELATING)

    @property
    def besluit(self) -> Besluit | None:
        """Return the decision of the group that the newest vote was."""
        stap = self.last(Soort.STEMMEN)
        return stap.besluit if stap else None

    @property
    def deelname_status(self) -> str | None:
        """Return what the practice is in the register because of this; None: as it was."""
        return STATUS.get(self.fase)

    @cached_property
    def announced_point(self) -> Agendapunt | None:
        """Return the point of the announced meeting, as long as its vote is not processed."""
        if self.fase not in (Fase.AANGEKONDIGD, Fase.GEHOORD):
            return None
        stap = self.last(Soort.AANKONDIGEN)
        if stap is None:
            return None
        return next((p for p in self.punten if p.vergadering_id == stap.vergadering_id), None)

    @cached_property
    def waiting_point(self) -> Agendapunt | None:
        """Return the point on which what must be decided now waits, in a meeting that stands."""
        wanted = _kind_wanted(self)
        if wanted is None:
            return None
        done = {row.vergadering_id for row in self.stappen if row.soort in GESTEMD}
        for punt in reversed(self.punten):
            if punt.besluitsoort == wanted and punt.vergadering_id not in done:
                return None if _is_over(punt) else punt
        return None


def _is_over(punt: Agendapunt) -> bool:
    """Whether nothing comes of a point any more: called off, or closed without its vote."""
    status = punt.vergadering.status
    if status == Vergadering.Status.GESLOTEN:
        return punt.afgehandeld_op is None
    return status == Vergadering.Status.AFGELAST


def read(royement: Royement) -> Dossier:
    """Return where a procedure stands. Two queries, none after `with_steps`."""
    steps = _steps_of(royement)
    points = sorted(_points_of(royement), key=lambda punt: punt.vergadering.begint_op)
    return Dossier(royement, tuple(steps), tuple(points), _fold(royement, steps))


def with_steps(rows: QuerySet[Royement]) -> QuerySet[Royement]:
    """Return the procedures with all that `read` needs, in a fixed number of queries."""
    steps = Royementstap.objects.select_related("vergadering", "besluit", "door")
    points = Agendapunt.objects.select_related("vergadering")
    rows = rows.annotate(aantal_stukken=Count("stukken", distinct=True))
    return rows.select_related("deelnemer", "versie").prefetch_related(
        Prefetch("stappen", steps.order_by("volgnummer")), Prefetch("agendapunten", points)
    )


def _steps_of(royement: Royement) -> list[Royementstap]:
    if "stappen" in getattr(royement, "_prefetched_objects_cache", {}):
        return list(royement.stappen.all())
    rows = royement.stappen.select_related("vergadering", "besluit", "door")
    return list(rows.order_by("volgnummer"))


def _points_of(royement: Royement) -> Iterable[Agendapunt]:
    if "agendapunten" in getattr(royement, "_prefetched_objects_cache", {}):
        return royement.agendapunten.all()
    return royement.agendapunten.select_related("vergadering")


def refusal_of(
    royement: Royement, steps: Sequence[Royementstap], nieuw: Royementstap
) -> wet.Weigering | None:
    """Return why the law refuses this step after those, None when it may."""
    before = len(_fold(royement, steps).geweigerd)
    refused = _fold(royement, [*steps, nieuw]).geweigerd
    return refused[-1] if len(refused) > before else None


def sentence_of(weigering: wet.Weigering) -> str:
    """Return a refusal as people read it: why, by which article, and from which day it could."""
    text = f"{weigering.uitleg.removesuffix('.')} (art. {weigering.artikel})."
    earliest = weigering.vroegste
    if earliest is None or day_words(earliest) in text:
        return text
    return text + " " + _("Kan vanaf %s.") % format_datum(earliest)


def _fold(royement: Royement, steps: Iterable[Royementstap]) -> wet.Stand:
    variabelen = variabelen_of(royement.versie)
    return wet.fold(
        # A vote brings its own number of deelnemers along.
        0,
        [event_of(row, royement) for row in _that_count(list(steps))],
        lezing_of(royement.versie),
        min_weken=variabelen.min_weken,
        max_maanden=variabelen.max_maanden,
    )


def _that_count(steps: list[Royementstap]) -> Iterable[Royementstap]:
    """Give the steps that the law counts.

    An announcement of a meeting that was called off, or that another one followed before any vote,
    was none.
    """
    calls = [row for row in steps if row.soort in (Soort.AANKONDIGEN, Soort.STEMMEN)]
    void = set()
    for row, following in zip_longest(calls, calls[1:]):
        if row.soort != Soort.AANKONDIGEN:
            continue
        again = following is not None and following.soort == Soort.AANKONDIGEN
        called_off = row.vergadering and row.vergadering.status == Vergadering.Status.AFGELAST
        if again or called_off:
            void.add(row.pk)
    counted = set(wet.Soort)
    return (row for row in steps if row.soort in counted and row.pk not in void)


def _kind_wanted(dossier: Dossier) -> str | None:
    """Return the kind of decision that a meeting must take now."""
    if dossier.fase in (Fase.VOORGESTELD, Fase.AANGEKONDIGD, Fase.GEHOORD, Fase.TWEEDE):
        return str(GROEPSBESLUIT[dossier.voorstel]) if dossier.voorstel else None
    if dossier.fase is Fase.TOETS:
        return str(Besluitsoort.TOETS)
    if dossier.fase is Fase.HERTOELATING:
        return str(Besluitsoort.HERTOELATING)
    return None


def point_for(dossier: Dossier) -> Agendavoorstel | None:
    """Return what goes on an agenda now; a second meeting takes its agenda from the first."""
    wanted = _kind_wanted(dossier)
    if wanted is None or dossier.fase is Fase.TWEEDE:
        return None
    nummer = dossier.royement.nummer
    if wanted in IN_STEMMING:
        titel = _("Voorstel tot royement, dossier %s") % nummer
        if dossier.is_voorwaardelijk:
            titel = _("Voorstel tot voorwaardelijk royement, dossier %s") % nummer
        return Agendavoorstel(
            titel,
            _("De stukken staan in het dossier. Wie is uitgenodigd kan ze daar lezen (9.2b)."),
            wanted,
            Zitting.EERSTE,
            _("Kies een gewone (eerste) vergadering: hier geldt een quorum (9.2e)."),
        )
    titel = _("Voldoet de praktijk aan de voorwaarden? Dossier %s")
    if wanted == Besluitsoort.HERTOELATING:
        titel = _("Verzoek om hertoelating, dossier %s")
    return Agendavoorstel(
        titel % nummer,
        _("Voor deze vergadering geldt geen quorum; een gewone meerderheid beslist (9.2k)."),
        wanted,
        Zitting.ZONDER_QUORUM,
        _("Kies een vergadering zonder quorum (9.2k)."),
    )


def proposals_on(vergadering: Vergadering) -> list[Agendapunt]:
    """Return the points of a meeting that put a royement to the vote."""
    rows = Agendapunt.objects.filter(
        vergadering=vergadering, royement__isnull=False, besluitsoort__in=IN_STEMMING
    )
    return list(rows.select_related("vergadering", "royement__versie", "royement__deelnemer"))


def turnout_of(punt: Agendapunt) -> tuple[int, int]:
    """Return (deelnemers, present) at the point, or at the end of a meeting that did not reach it.

    For a meeting without a vote: how many were there when it came up.
    """
    vergadering = punt.vergadering
    moment = punt.aan_de_orde_op
    if moment is None and vergadering.gesloten_op:
        # Closing sends everybody home.
        moment = vergadering.gesloten_op - timedelta(microseconds=1)
    there = present_at(vergadering, moment)
    day = to_local(vergadering.begint_op).date()
    return len(members_on(vergadering.kring_id, day)), len(there)
