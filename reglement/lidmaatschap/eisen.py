"""What is asked of a practice that wants to take part (§5.1, §5.2.1, MR 3). Pure.

Two of it nobody may decide away: a dentist without a clean registration serves nowhere, and who
takes part knows the rules. The rest is advice to whoever decides.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from math import isinf

INGESCHREVEN = "ingeschreven"


class Stand(StrEnum):
    """Where one requirement stands; `OPEN` is not asked or looked up yet."""

    GOED = "goed"
    OPEN = "open"
    FOUT = "fout"


@dataclass(frozen=True, slots=True)
class Tandartsgegeven:
    """A dentist with what the register said last and when; `uitkomst` "" is never looked up."""

    naam: str
    uitkomst: str = ""
    gecontroleerd_op: datetime | None = None


@dataclass(frozen=True, slots=True)
class Aanvraag:
    """What is known of an application. None: not asked, or (area) not filled in by the kring.

    `verste` is the furthest postcode of the area with its minutes by car (infinite: no road),
    `grens` the limit.
    """

    tandartsen: Sequence[Tandartsgegeven]
    tweede_dienst: bool | None
    standaard: bool | None
    kent_reglement: bool | None
    in_gebied: bool | None
    verste: tuple[str, float] | None
    grens: int


@dataclass(frozen=True, slots=True)
class Eis:
    """One requirement as it stands. `hard`: no admission without it, whoever decides."""

    code: str
    stand: Stand
    titel: str
    uitleg: str
    bron: str
    hard: bool = False


def requirements(aanvraag: Aanvraag, nu: datetime, geldig: timedelta) -> list[Eis]:
    """Return the requirements in the order of the page; a check in the register lasts `geldig`."""
    return [
        _register(aanvraag.tandartsen, nu, geldig),
        _declared(
            "standaard",
            aanvraag.standaard,
            "Professionele standaard en communicatie",
            "De praktijk verklaart dat haar tandartsen zich aan de professionele standaard houden "
            "en met de patiënt kunnen communiceren, zo nodig met een tolk.",
        ),
        _declared(
            "tweede_dienst",
            None if aanvraag.tweede_dienst is None else not aanvraag.tweede_dienst,
            "Geen andere spoedgevallendienst in dit gebied",
            "De praktijk doet niet al mee aan een andere dienst in dit verzorgingsgebied.",
        ),
        _declared(
            "kent_reglement",
            aanvraag.kent_reglement,
            "Kent het reglement en de richtlijn",
            "De praktijk verklaart reglement en richtlijn te kennen en ermee in te stemmen.",
            bron="art. 3",
            hard=True,
        ),
        _place(aanvraag),
        _travel(aanvraag),
    ]


def meets_all(eisen: Sequence[Eis]) -> bool:
    """Whether the practice has a right to take part where the kring reads it so (A-17)."""
    return all(eis.stand is Stand.GOED for eis in eisen)


def blocking(eisen: Sequence[Eis]) -> list[Eis]:
    """Return what must be in order first, whoever decides."""
    return [eis for eis in eisen if eis.hard and eis.stand is not Stand.GOED]


def _register(tandartsen: Sequence[Tandartsgegeven], nu: datetime, geldig: timedelta) -> Eis:
    titel, bron = "Tandartsen in het BIG-register", "par. 5.2.1"

    def eis(stand: Stand, uitleg: str) -> Eis:
        return Eis("big", stand, titel, uitleg, bron, hard=True)

    if not tandartsen:
        return eis(Stand.OPEN, "Zet eerst de tandartsen van de praktijk erbij.")
    refused = [row.naam for row in tandartsen if row.uitkomst not in ("", INGESCHREVEN)]
    if refused:
        return eis(Stand.FOUT, f"Niet (zonder beperking) ingeschreven: {', '.join(refused)}.")
    waiting = [
        row.naam
        for row in tandartsen
        if row.gecontroleerd_op is None or nu - row.gecontroleerd_op > geldig
    ]
    if waiting:
        words = f"Kijk na in het BIG-register (geldt {geldig.days} dagen): {', '.join(waiting)}."
        return eis(Stand.OPEN, words)
    return eis(Stand.GOED, "Alle tandartsen zijn nagekeken en zonder beperking ingeschreven.")


def _declared(
    code: str,
    right: bool | None,
    titel: str,
    uitleg: str,
    *,
    bron: str = "par. 5.2.1",
    hard: bool = False,
) -> Eis:
    stand = {True: Stand.GOED, False: Stand.FOUT, None: Stand.OPEN}[right]
    return Eis(code, stand, titel, uitleg, bron, hard)


def _place(aanvraag: Aanvraag) -> Eis:
    stand = {True: Stand.GOED, False: Stand.FOUT, None: Stand.OPEN}[aanvraag.in_gebied]
    words = {
        Stand.GOED: "De praktijk ligt in het verzorgingsgebied.",
        Stand.FOUT: "De praktijk ligt buiten het verzorgingsgebied.",
        Stand.OPEN: "Het verzorgingsgebied van de kring is nog niet ingevuld.",
    }[stand]
    return Eis("gebied", stand, "Gevestigd in het verzorgingsgebied", words, "par. 5.2")


def _travel(aanvraag: Aanvraag) -> Eis:
    titel, bron = "Voor iedere patiënt op tijd te bereiken", "par. 5.1"
    if aanvraag.verste is None:
        words = "De reistijd is niet te berekenen: vul gebied en postcode in."
        return Eis("reistijd", Stand.OPEN, titel, words, bron)
    postcode, minuten = aanvraag.verste
    drive = "geen weg" if isinf(minuten) else f"{minuten:.0f} minuten met de auto"
    words = f"Verste postcode {postcode}: {drive}. De grens van de kring: {aanvraag.grens} minuten."
    stand = Stand.GOED if minuten <= aanvraag.grens else Stand.FOUT
    return Eis("reistijd", stand, titel, words, bron)
