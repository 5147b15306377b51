"""When a meeting may be held, and until when it may be called (4.2, 9.2c, 9.2e, 10.3, 11.5)."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from reglement.lezing import STANDAARD, Lezing, Oproepvanaf, Telwijze
from reglement.termijnen.dagen import Reden, day_words, week_words

ROYEMENT_WEKEN: Final = 3
TWEEDE_WEKEN: Final = 1


@dataclass(frozen=True, slots=True)
class Oproeptermijn:
    """From when a meeting may be held, and until when it may be called.

    `vroegste` follows from the sending, `uiterlijk_verzenden` from the meeting: None without it.
    `tijdig` is None when one of the two is not known.
    """

    vroegste: date | None
    uiterlijk_verzenden: date | None
    tijdig: bool | None
    reden: Reden | None
    artikel: str
    lezing: tuple[str, ...]
    waarom: str


def notice(
    *,
    weken: int,
    verzonden: date | None = None,
    vergadering: date | None = None,
    ontvangen: date | None = None,
    lezing: Lezing = STANDAARD,
    artikel: str = "4.2",
) -> Oproeptermijn:
    """Return what a notice of so many weeks allows (RY-5, BV-9, A-9).

    By the default reading the day of the meeting minus the day of sending is at least 7 × weeks;
    with clear days neither of the two counts. Raises `ValueError` for a negative number of weeks.
    """
    if weken < 0:
        raise ValueError("weken < 0")
    days = timedelta(days=7 * weken + (lezing.telwijze is Telwijze.VRIJE_DAGEN))
    start = verzonden
    if lezing.oproep_vanaf is Oproepvanaf.ONTVANGST and ontvangen is not None:
        start = ontvangen
    vroegste = start + days if start else None
    tijdig = vergadering >= vroegste if vergadering and vroegste else None
    words = []
    if start and vroegste:
        verb = "ontvangen" if start != verzonden else "verzonden"
        words.append(
            f"{verb.capitalize()} op {day_words(start)}, met {week_words(weken)} ertussen: "
            f"vergaderen kan vanaf {day_words(vroegste)}."
        )
    if vergadering:
        words.append(
            f"Voor {day_words(vergadering)} moet de oproep uiterlijk op "
            f"{day_words(vergadering - days)} weg."
        )
    if lezing.telwijze is Telwijze.VRIJE_DAGEN:
        words.append("De dag van verzenden en de dag van vergaderen tellen niet mee.")
    return Oproeptermijn(
        vroegste=vroegste,
        uiterlijk_verzenden=vergadering - days if vergadering else None,
        tijdig=tijdig,
        reden=Reden.TE_KORT if tijdig is False else None,
        artikel=artikel,
        lezing=(f"telwijze={lezing.telwijze.value}", f"oproep_vanaf={lezing.oproep_vanaf.value}"),
        waarom=" ".join(words),
    )


def second_meeting(
    *,
    eerste: date,
    verzonden: date,
    vergadering: date | None = None,
    ontvangen: date | None = None,
    zelfde_agenda: bool = True,
    lezing: Lezing = STANDAARD,
    artikel: str = "10.3",
) -> Oproeptermijn:
    """Return whether a second meeting is lawfully called (BV-5, A-10).

    Announced after the first turned out too small (unless the reading allows it in the first
    convocation), at least a week before, on the same agenda. `verzonden` may be the day of the
    first meeting itself.
    """
    found = notice(
        weken=TWEEDE_WEKEN,
        verzonden=verzonden,
        vergadering=vergadering,
        ontvangen=ontvangen,
        lezing=lezing,
        artikel=artikel,
    )
    reden, words = found.reden, found.waarom
    if verzonden < eerste and not lezing.tweede_vooraf:
        reden = Reden.VOORAF
        words = (
            f"De eerste vergadering was op {day_words(eerste)}. Pas als daar te weinig deelnemers "
            "zijn, kan de tweede worden aangekondigd."
        )
    elif vergadering is not None and vergadering <= eerste:
        reden = Reden.VOOR_DE_EERSTE
        words = f"De tweede vergadering moet na {day_words(eerste)} zijn."
    elif not zelfde_agenda:
        reden = Reden.ANDERE_AGENDA
        words = "Een tweede vergadering gaat alleen over de punten van de eerste."
    earliest = found.vroegste
    if reden is Reden.VOORAF:
        later = max(verzonden, eerste)
        earliest = notice(weken=TWEEDE_WEKEN, verzonden=later, lezing=lezing).vroegste
    tijdig = None if vergadering is None and reden is None else reden is None
    return Oproeptermijn(
        vroegste=earliest,
        uiterlijk_verzenden=found.uiterlijk_verzenden,
        tijdig=tijdig,
        reden=reden,
        artikel=artikel,
        lezing=(*found.lezing, f"tweede_vooraf={'ja' if lezing.tweede_vooraf else 'nee'}"),
        waarom=words,
    )
