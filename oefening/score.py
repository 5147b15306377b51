"""How a decision compares with the protocol: four parts, ten points, and why (U13).

Too heavy costs less than too light: who calls the dentist without need wakes somebody up, who
does not call when it is due leaves a patient alone.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, Final

from oefening import gesprek
from oefening.casussen import right_outcome
from triage.protocol import STANDAARD_LEZING, Contact, Feiten, Lezing, Uitkomst, Urgentie, Vraag

TERMIJNEN: Final = (
    Urgentie.BINNEN_60_MIN,
    Urgentie.BINNEN_24_UUR,
    Urgentie.OVERLEG,
    Urgentie.ADVIES_MET_TERUGBELMOMENT,
    Urgentie.NIET_SPOED,
)
"""Strictest first. "Zo snel mogelijk" is within 60 minutes (T-18)."""

MINUTEN_SPELING: Final = 5
"""A call back may be set this many minutes beside the time that the protocol gives."""

VAN: Final = {"contact": 4, "termijn": 3, "advies": 2, "vragen": 1}


@dataclass(frozen=True, slots=True)
class Keuze:
    """What the trainee decided; `minuten` only with a call back."""

    contact: str
    termijn: str
    minuten: int | None
    adviezen: frozenset[str]


@dataclass(frozen=True, slots=True)
class Deel:
    """One part of the score. `oordeel`: goed | te_zwaar | te_licht | deels | fout."""

    naam: str
    punten: int
    oordeel: str


@dataclass(frozen=True, slots=True)
class Uitslag:
    """The whole comparison; `zwaar` and `licht` are skipped questions (see `gesprek.skipped`)."""

    delen: tuple[Deel, ...]
    uitkomst: Uitkomst
    zwaar: tuple[Vraag, ...]
    licht: tuple[Vraag, ...]

    @property
    def punten(self) -> int:
        return sum(deel.punten for deel in self.delen)

    def as_record(self) -> dict[str, Any]:
        """Plain JSON values, to be stored with the attempt."""
        return {
            "delen": [
                {"naam": d.naam, "punten": d.punten, "van": VAN[d.naam], "oordeel": d.oordeel}
                for d in self.delen
            ],
            "uitkomst": self.uitkomst.as_record(),
            "termijn": right_term(self.uitkomst).value,
            "gemist": [
                {
                    "veld": vraag.veld,
                    "regels": list(vraag.regels),
                    "paragraaf": vraag.paragraaf,
                    "zwaar": vraag in self.zwaar,
                }
                for vraag in (*self.zwaar, *self.licht)
            ],
        }


def judge(
    feiten: Feiten,
    gevraagd: Collection[str],
    keuze: Keuze,
    lezing: Lezing = STANDAARD_LEZING,
) -> Uitslag:
    """Compare a decision with what the protocol says when everything is known."""
    uitkomst = right_outcome(feiten, lezing)
    zwaar, licht = gesprek.skipped(feiten, gevraagd, lezing)
    delen = (
        _contact(uitkomst, keuze),
        _termijn(uitkomst, keuze),
        _advies(uitkomst, keuze),
        Deel("vragen", 0 if zwaar else VAN["vragen"], "fout" if zwaar else "goed"),
    )
    return Uitslag(delen, uitkomst, tuple(zwaar), tuple(licht))


def right_term(uitkomst: Uitkomst) -> Urgentie:
    """Return the term as one of `TERMIJNEN`."""
    if uitkomst.urgentie is Urgentie.ZO_SNEL_MOGELIJK:
        return Urgentie.BINNEN_60_MIN
    return uitkomst.urgentie


def _contact(uitkomst: Uitkomst, keuze: Keuze) -> Deel:
    oordeel = _weigh(list(Contact), uitkomst.contact_tandarts, keuze.contact)
    return Deel("contact", {"goed": 4, "te_zwaar": 2}.get(oordeel, 0), oordeel)


def _termijn(uitkomst: Uitkomst, keuze: Keuze) -> Deel:
    oordeel = _weigh(TERMIJNEN, right_term(uitkomst), keuze.termijn)
    if oordeel == "goed" and not _same_minutes(uitkomst, keuze):
        return Deel("termijn", 2, "deels")
    return Deel("termijn", {"goed": 3, "te_zwaar": 1}.get(oordeel, 0), oordeel)


def _same_minutes(uitkomst: Uitkomst, keuze: Keuze) -> bool:
    due = uitkomst.terugbel_minuten
    if due is None:
        return True
    return keuze.minuten is not None and abs(keuze.minuten - due) <= MINUTEN_SPELING


def _advies(uitkomst: Uitkomst, keuze: Keuze) -> Deel:
    right, chosen = set(uitkomst.adviezen), set(keuze.adviezen)
    if right == chosen:
        return Deel("advies", 2, "goed")
    half = 2 * len(right & chosen) >= len(right | chosen)
    return Deel("advies", 1 if half else 0, "deels" if half else "fout")


def _weigh(scale: Iterable[str], right: str, chosen: str) -> str:
    """Return goed, te_zwaar or te_licht on a scale that names the heaviest first."""
    order = list(scale)
    place, due = order.index(chosen), order.index(right)
    if place == due:
        return "goed"
    return "te_zwaar" if place < due else "te_licht"
