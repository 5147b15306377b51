"""The law of the overview: which report is missing, stuck or unread, and how long it all took.

Plain values in, frozen figures out. Knows no database, no clock, no request (§4.1, §4.2, §6.2.4).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from statistics import median

ZONDER_DIENST = timedelta(hours=12)
"""A call outside every duty is missing its report this long after it came in."""


class Stap(StrEnum):
    """How far a report is; the first four ask somebody to do something."""

    ONTBREEKT = "ontbreekt"
    NIET_VERSTUURD = "niet_verstuurd"
    NIET_BEZORGD = "niet_bezorgd"
    ONGELEZEN = "ongelezen"
    IN_DIENST = "in_dienst"
    GEEN_ONTVANGER = "geen_ontvanger"
    KLAAR = "klaar"


TE_DOEN = (Stap.ONTBREEKT, Stap.NIET_VERSTUURD, Stap.NIET_BEZORGD, Stap.ONGELEZEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Feiten:
    """One call that owes a report (§4.1). `gereed_op`: when the patient was seen, else spoken to.

    `bezorgd_op`: when the first handover reached the other side: accepted by the mail server, or
    given from hand to hand. `leest_zelf`: it was a link, so that reading is a fact of its own.
    """

    nummer: int
    tandarts: str
    gereed_op: datetime
    dienst: str = ""
    dienst_begin: datetime | None = None
    dienst_einde: datetime | None = None
    praktijk: str = ""
    heeft_ontvanger: bool = False
    getekend_op: datetime | None = None
    verstuurd_op: datetime | None = None
    bezorgd_op: datetime | None = None
    leest_zelf: bool = False
    gelezen_op: datetime | None = None


@dataclass(frozen=True, slots=True)
class Regel:
    """One call with what is judged of it."""

    feiten: Feiten
    stap: Stap
    # From treatment or conversation to the other side; None: not there yet.
    duur: timedelta | None
    # Since when the step waits for somebody.
    sinds: datetime
    te_laat: bool

    @property
    def is_te_doen(self) -> bool:
        return self.stap in TE_DOEN


@dataclass(frozen=True, slots=True)
class Telling:
    """The figures of a duty, or of the whole period. `aantal` is what owed a report."""

    aantal: int
    ontbreekt: int
    niet_verstuurd: int
    niet_bezorgd: int
    ongelezen: int
    bezorgd: int
    mediaan: timedelta | None
    langzaamst: timedelta | None
    te_laat: int

    @property
    def onderweg(self) -> int:
        """Signed, but not at the other side."""
        return self.niet_verstuurd + self.niet_bezorgd

    @property
    def open(self) -> int:
        return self.ontbreekt + self.onderweg + self.ongelezen


@dataclass(frozen=True, slots=True)
class Dienstregel:
    """One duty with its figures; `begin` None: calls outside every duty."""

    dienst: str
    begin: datetime | None
    einde: datetime | None
    tandartsen: tuple[str, ...]
    telling: Telling


def judge(feiten: Feiten, *, nu: datetime, termijn: timedelta | None = None) -> Regel:
    """Judge one call at a moment; `termijn` is the agreed term of feedback (§6.2.4), if any."""
    stap, sinds = _step(feiten, nu)
    duur = None
    if feiten.bezorgd_op is not None:
        duur = max(feiten.bezorgd_op - feiten.gereed_op, timedelta(0))
    reached = feiten.bezorgd_op or nu
    owes = feiten.heeft_ontvanger or feiten.bezorgd_op is not None or feiten.getekend_op is None
    late = termijn is not None and owes and reached - feiten.gereed_op > termijn
    return Regel(feiten, stap, duur, sinds, late)


def _step(feiten: Feiten, nu: datetime) -> tuple[Stap, datetime]:
    if feiten.getekend_op is None:
        due = feiten.dienst_einde or feiten.gereed_op + ZONDER_DIENST
        return (Stap.ONTBREEKT if due <= nu else Stap.IN_DIENST), due
    if feiten.verstuurd_op is None:
        if feiten.heeft_ontvanger:
            return Stap.NIET_VERSTUURD, feiten.getekend_op
        return Stap.GEEN_ONTVANGER, feiten.getekend_op
    if feiten.bezorgd_op is None:
        return Stap.NIET_BEZORGD, feiten.verstuurd_op
    if feiten.leest_zelf and feiten.gelezen_op is None:
        return Stap.ONGELEZEN, feiten.bezorgd_op
    return Stap.KLAAR, feiten.gelezen_op or feiten.bezorgd_op


def count(regels: Iterable[Regel]) -> Telling:
    """Return the figures over some calls."""
    rows = list(regels)
    times = sorted(row.duur for row in rows if row.duur is not None)

    def of(stap: Stap) -> int:
        return sum(row.stap is stap for row in rows)

    return Telling(
        aantal=len(rows),
        ontbreekt=of(Stap.ONTBREEKT),
        niet_verstuurd=of(Stap.NIET_VERSTUURD),
        niet_bezorgd=of(Stap.NIET_BEZORGD),
        ongelezen=of(Stap.ONGELEZEN),
        bezorgd=len(times),
        mediaan=_median(times),
        langzaamst=times[-1] if times else None,
        te_laat=sum(row.te_laat for row in rows),
    )


def _median(times: list[timedelta]) -> timedelta | None:
    seconds = [time.total_seconds() for time in times]
    return timedelta(seconds=median(seconds)) if seconds else None


def per_duty(regels: Iterable[Regel]) -> list[Dienstregel]:
    """Return a line a duty, the newest first; calls outside every duty last."""
    groups: dict[str, list[Regel]] = {}
    for row in regels:
        groups.setdefault(row.feiten.dienst, []).append(row)
    lines = [
        Dienstregel(
            dienst,
            rows[0].feiten.dienst_begin,
            rows[0].feiten.dienst_einde,
            tuple(sorted({row.feiten.tandarts for row in rows})),
            count(rows),
        )
        for dienst, rows in groups.items()
    ]
    # Stable: first the newest duty, then what stands outside all of them.
    lines.sort(key=lambda line: line.begin.timestamp() if line.begin else 0, reverse=True)
    return lines
