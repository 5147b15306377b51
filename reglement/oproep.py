"""When a meeting may be called, and whether calling it gets anywhere (4.2, 9.2c, 9.2e, 10.3, 11.5).

Pure: kinds of decision, weeks of the reglement and days in; a frozen trial of the convocation out,
with the article and the reason of each demand. The convocation itself is judged by it too, so that
what was shown beforehand is what is refused.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from reglement.besluitvorming import Besluitsoort, Quorum, Regel, Zitting, quorum
from reglement.lezing import STANDAARD, Lezing
from reglement.termijnen import (
    ROYEMENT_WEKEN,
    TWEEDE_WEKEN,
    Oproeptermijn,
    Reden,
    day_words,
    notice,
    second_meeting,
)

ROYEMENTEN = frozenset({Besluitsoort.ROYEMENT, Besluitsoort.VOORWAARDELIJK})
ZONDER_QUORUM = frozenset({Besluitsoort.HERTOELATING, Besluitsoort.TOETS})
"""Kinds of 9.2k, whatever meeting they are brought before."""
OVER_EEN_PRAKTIJK = ROYEMENTEN | ZONDER_QUORUM | {Besluitsoort.TOELATING}
"""Kinds that say something about one practice: not for every eye, and never in a mail."""
NIET_GENOEMD = frozenset({Besluitsoort.TOELATING, Besluitsoort.NIET_VOORZIEN, Besluitsoort.OVERIG})
"""Kinds that 10.1 leaves out: 11.5 has a notice of its own for them."""


def sitting_of(soort: str, zitting: str) -> Zitting:
    """Return by which quorum this kind is decided in this meeting.

    A point of 9.2k needs none anywhere; an ordinary point does not lose its quorum because the
    meeting was called for a point of 9.2k.
    """
    if soort in ZONDER_QUORUM:
        return Zitting.ZONDER_QUORUM
    return Zitting.TWEEDE if zitting == Zitting.TWEEDE else Zitting.EERSTE


def point_quorum(soort: str, zitting: str, leden: int, lezing: Lezing = STANDAARD) -> Quorum:
    """Return how many deelnemers must be there for this point."""
    regel = Regel.ROYEMENT if soort in ROYEMENTEN else Regel.GEWOON
    return quorum(leden, sitting_of(soort, zitting), lezing, regel=regel)


@dataclass(frozen=True, slots=True)
class Eis:
    """A notice that this agenda asks for, in weeks."""

    weken: int
    artikel: str
    waarom: str


def demands(
    soorten: Collection[str], zitting: str, *, weken: int, weken_onvoorzien: int
) -> tuple[Eis, ...]:
    """Return every notice that this agenda asks for; the last lawful day is that of the longest.

    `weken` and `weken_onvoorzien` are those of 4.2 and 11.5 in the reglement that holds.
    """
    if zitting == Zitting.TWEEDE:
        artikel = "9.2e" if ROYEMENTEN & set(soorten) else "10.3"
        return (Eis(TWEEDE_WEKEN, artikel, "een tweede vergadering"),)
    found = [Eis(weken, "4.2", "elke vergadering")]
    if ROYEMENTEN & set(soorten):
        found.append(Eis(ROYEMENT_WEKEN, "9.2c", "een voorstel tot royement"))
    if NIET_GENOEMD & set(soorten):
        found.append(Eis(weken_onvoorzien, "11.5", "een zaak die het reglement niet regelt"))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Tweede:
    """What a second meeting would bring: its quorum, whether that is lower, and from when."""

    quorum: Quorum
    helpt: bool
    uitleg: str


@dataclass(frozen=True, slots=True)
class Proef:
    """A convocation tried out: sent on `verzonden`, for a meeting on `dag` (None: not chosen).

    `maatgevend` is the demand that decides. `kunnen_komen` are the deelnemers with somebody who
    may vote; `zonder` the names of those without. `tweede` is None where none is possible.
    """

    verzonden: date
    dag: date | None
    termijnen: tuple[tuple[Eis, Oproeptermijn], ...]
    maatgevend: Eis
    vroegste: date
    uiterlijk_verzenden: date | None
    tijdig: bool | None
    quorum: Quorum
    kunnen_komen: int
    zonder: tuple[str, ...]
    tweede: Tweede | None
    bezwaren: tuple[str, ...]

    @property
    def haalbaar(self) -> bool:
        """Whether enough deelnemers could come at all."""
        return self.quorum.met_by(self.kunnen_komen)


def try_convocation(
    *,
    verzonden: date,
    dag: date | None,
    eisen: tuple[Eis, ...],
    zitting: str,
    soorten: Collection[str] = (),
    leden: int,
    zonder: tuple[str, ...] = (),
    eerste: date | None = None,
    lezing: Lezing = STANDAARD,
) -> Proef:
    """Return what a convocation sent on this day would be worth.

    `eerste` is the day of the first meeting, of a second one. The quorum is the highest that a
    point of the agenda asks for. `bezwaren` are whole sentences with article and the earliest
    lawful day; a convocation with one of them may not leave.
    """
    second_of = eerste if zitting == Zitting.TWEEDE else None
    days: dict[str, Any] = {"verzonden": verzonden, "vergadering": dag, "lezing": lezing}
    terms = tuple((eis, _term(eis, second_of, **days)) for eis in eisen)
    decides, term = max(terms, key=lambda pair: pair[1].vroegste or date.min)
    kinds = list(soorten) or [""]
    needed = max(
        (point_quorum(soort, zitting, leden, lezing) for soort in kinds),
        key=lambda found: found.nodig,
    )
    can_come = leden - len(zonder)
    return Proef(
        verzonden=verzonden,
        dag=dag,
        termijnen=terms,
        maatgevend=decides,
        vroegste=term.vroegste or verzonden,
        uiterlijk_verzenden=term.uiterlijk_verzenden,
        tijdig=None if dag is None else all(found.tijdig for _eis, found in terms),
        quorum=needed,
        kunnen_komen=can_come,
        zonder=zonder,
        tweede=_second(needed, zitting, can_come, lezing, kinds),
        bezwaren=tuple(
            _objection(eis, found, dag, term.vroegste or verzonden, second_of)
            for eis, found in terms
            if dag and not found.tijdig
        ),
    )


def _term(eis: Eis, eerste: date | None, **days: Any) -> Oproeptermijn:
    if eerste is not None:
        return second_meeting(eerste=eerste, artikel=eis.artikel, **days)
    return notice(weken=eis.weken, artikel=eis.artikel, **days)


def _objection(
    eis: Eis, term: Oproeptermijn, dag: date, vroegste: date, eerste: date | None
) -> str:
    """Return why this day cannot be, with the article and the earliest day of this agenda."""
    weeks = "1 week" if eis.weken == 1 else f"{eis.weken} weken"
    earliest = f"De vroegste dag is {day_words(vroegste)}."
    if term.reden is not Reden.TE_KORT:
        return f"{term.waarom} (art. {eis.artikel}) {earliest}"
    words = (
        f"Te laat voor {day_words(dag)}: art. {eis.artikel} vraagt voor {eis.waarom} minstens "
        f"{weeks}."
    )
    last = term.uiterlijk_verzenden
    # A second meeting could not have been called before the first one was held.
    if last and (eerste is None or last >= eerste):
        words += f" De oproep had uiterlijk {day_words(last)} weg gemoeten."
    return f"{words} {earliest}"


def _second(
    first: Quorum, zitting: str, can_come: int, lezing: Lezing, soorten: list[str]
) -> Tweede | None:
    if zitting != Zitting.EERSTE or not first.nodig:
        return None
    regel = Regel.ROYEMENT if ROYEMENTEN & set(soorten) else Regel.GEWOON
    second = quorum(first.leden, Zitting.TWEEDE, lezing, regel=regel)
    lower = second.nodig < first.nodig
    if not lower:
        words = (
            f"Een tweede vergadering helpt niet: ook daar moeten er {second.nodig} "
            f"van de {first.leden} zijn."
        )
    elif second.met_by(can_come):
        words = (
            f"Zijn er te weinig, dan helpt een tweede vergadering: daar zijn er "
            f"{second.nodig} genoeg in plaats van {first.nodig}."
        )
    else:
        words = (
            f"Ook een tweede vergadering lukt zo niet: er moeten er {second.nodig} zijn, en "
            f"{can_come} praktijken hebben iemand die mag stemmen."
        )
    return Tweede(second, lower and second.met_by(can_come), words)
