"""Read the facts of a period: three queries, whatever its length, and no sealed column."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, Subquery

from kern.models import Zending
from statistiek.periode import Periode
from triage.contact import CONTACT
from triage.models import Contactpoging, JaNeeOnbekend, Oproep
from verslag.models import Overdracht, Verslagversie
from verslag.overzicht import regels, termijn
from verslag.overzicht.regels import Dienstregel, Feiten, Regel, Telling


@dataclass(frozen=True)
class Overzicht:
    """What the page shows."""

    periode: Periode
    regels: list[Regel]
    diensten: list[Dienstregel]
    telling: Telling

    @property
    def te_doen(self) -> list[Regel]:
        """What waits for somebody: missing reports first, the longest waiting on top."""
        rows = [row for row in self.regels if row.is_te_doen]
        return sorted(rows, key=lambda row: (regels.TE_DOEN.index(row.stap), row.sinds))


def read(kring_id: int, periode: Periode, nu: datetime) -> Overzicht:
    """Return the overview of the calls that came in during a period."""
    terms = termijn.terms_of(kring_id)
    rows = [
        regels.judge(facts, nu=nu, termijn=terms.get(facts.praktijk))
        for facts in _facts(kring_id, periode)
    ]
    return Overzicht(periode, rows, regels.per_duty(rows), regels.count(rows))


def _facts(kring_id: int, periode: Periode) -> list[Feiten]:
    calls = list(_calls(kring_id, periode))
    signed = _signed([call["verslag"] for call in calls if call["verslag"]])
    handed = _handed_over([versie for versie, _moment in signed.values()])
    return [_facts_of(call, signed, handed) for call in calls]


def _calls(kring_id: int, periode: Periode):
    """The calls that owe a report: treated, or spoken to by a dentist (§4.1, T-14)."""
    spoken = (
        Contactpoging.objects.standing()
        .filter(oproep=OuterRef("pk"), resultaat__in=CONTACT)
        .order_by("-moment")
    )
    return (
        Oproep.objects.filter(
            Q(behandelaar__isnull=False) | Exists(spoken),
            kring=kring_id,
            aangenomen_op__gte=periode.begin,
            aangenomen_op__lt=periode.einde,
        )
        .annotate(spreker=Subquery(spoken.values("tandarts__naam")[:1]))
        .annotate(spreker_praktijk=Subquery(spoken.values("tandarts__deelnemer")[:1]))
        .order_by("-aangenomen_op")
        .values(
            *("nummer", "aangenomen_op", "gezien_op", "verslag", "spreker", "spreker_praktijk"),
            *("dienst", "dienst__begin", "dienst__einde"),
            *("behandelaar__naam", "behandelaar__deelnemer"),
            *("patient__heeft_eigen_tandarts", "patient__eigen_tandarts"),
        )
    )


def _signed(verslagen: list) -> dict:
    """Return of every report its newest version, and when the first one was signed."""
    found: dict = {}
    rows = Verslagversie.objects.filter(verslag__in=verslagen).order_by("nummer")
    for pk, verslag, moment in rows.values_list("pk", "verslag", "getekend_op"):
        found[verslag] = (pk, found[verslag][1] if verslag in found else moment)
    return found


def _handed_over(versies: list) -> dict:
    """Return the living handovers of the newest versions."""
    found = defaultdict(list)
    rows = Overdracht.objects.filter(versie__in=versies, ingetrokken_op__isnull=True)
    for row in rows.values(
        *("versie", "kanaal", "aangemaakt_op", "opgehaald_op", "overhandigd_op"),
        *("bericht__status", "bericht__verzonden_op"),
    ):
        found[row["versie"]].append(row)
    return found


def _facts_of(call: dict, signed: dict, handed: dict) -> Feiten:
    versie, moment = signed.get(call["verslag"], (None, None))
    rows = handed.get(versie, [])
    reached = [_reached(row) for row in rows]
    moments = [at for at in reached if at is not None]
    links = [row for row in rows if row["kanaal"] == Overdracht.Kanaal.OPHALEN]
    read = [row["opgehaald_op"] for row in rows if row["opgehaald_op"]]
    return Feiten(
        nummer=call["nummer"],
        tandarts=call["behandelaar__naam"] or call["spreker"] or "",
        praktijk=str(call["behandelaar__deelnemer"] or call["spreker_praktijk"] or ""),
        gereed_op=call["gezien_op"] or call["aangenomen_op"],
        dienst=str(call["dienst"] or ""),
        dienst_begin=call["dienst__begin"],
        dienst_einde=call["dienst__einde"],
        heeft_ontvanger=call["patient__eigen_tandarts"] is not None
        and call["patient__heeft_eigen_tandarts"] == JaNeeOnbekend.JA,
        getekend_op=moment,
        verstuurd_op=min((row["aangemaakt_op"] for row in rows), default=None),
        bezorgd_op=min(moments, default=None),
        leest_zelf=bool(links),
        gelezen_op=min(read, default=None),
    )


def _reached(row: dict) -> datetime | None:
    """When it reached the other side: a link or a mail that was accepted, a letter handed over."""
    if row["kanaal"] in (Overdracht.Kanaal.PERSOONLIJK, Overdracht.Kanaal.PAPIER):
        return row["overhandigd_op"]
    sent = row["bericht__status"] == Zending.Status.VERZONDEN
    return row["opgehaald_op"] or (row["bericht__verzonden_op"] if sent else None)
