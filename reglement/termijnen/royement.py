"""The terms of a royement and what may follow it (9.2h, 9.2k, 9.2l)."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from reglement.lezing import STANDAARD, Lezing, Vergoedingsjaar, Viervergadering
from reglement.termijnen.dagen import Reden, add_months, day_words, private_end, week_words

VIER_WEKEN: Final = timedelta(days=28)


@dataclass(frozen=True, slots=True)
class Voorwaardetermijn:
    """Between which days the term of a conditional royement may end."""

    vroegste: date
    laatste: date
    mag: bool | None
    reden: Reden | None
    artikel: str
    waarom: str


def conditional_term(
    *, besloten: date, min_weken: int, max_maanden: int, gekozen: date | None = None
) -> Voorwaardetermijn:
    """Return what the term of 9.2h may be (RY-10); a month that is too short gives its last day.

    `mag` is None without a chosen day, unless no day will do at all.
    """
    first = besloten + timedelta(days=7 * min_weken)
    last = add_months(besloten, max_maanden)
    words = f"Vanaf het besluit van {day_words(besloten)}: van {day_words(first)} "
    words += f"({week_words(min_weken)}) tot en met {day_words(last)} ({max_maanden} maanden)."
    if first > last:
        words = f"Het minimum ({day_words(first)}) ligt na het maximum ({day_words(last)}): "
        words += "geen enkele dag voldoet. Pas het reglement aan (9.2h)."
        return Voorwaardetermijn(first, last, False, Reden.ONMOGELIJK, "9.2h", words)
    reden = None
    if gekozen is not None and gekozen < first:
        reden = Reden.TE_KORT
    elif gekozen is not None and gekozen > last:
        reden = Reden.TE_LANG
    mag = None if gekozen is None else reden is None
    return Voorwaardetermijn(first, last, mag, reden, "9.2h", words)


@dataclass(frozen=True, slots=True)
class Viertermijn:
    """Until when the meeting of 9.2k is to be held or called."""

    uiterlijk: date
    tijdig: bool | None
    reden: Reden | None
    artikel: str
    lezing: tuple[str, ...]
    waarom: str


def k_meeting(
    *,
    aanleiding: date,
    vergadering: date | None = None,
    opgeroepen: date | None = None,
    lezing: Lezing = STANDAARD,
) -> Viertermijn:
    """Return until when 9.2k gives (RY-12, A-14): 28 days from the request, claim or expiry.

    By the reading "opgeroepen" it is the convocation that must be in time, not the meeting.
    """
    by = private_end(aanleiding + VIER_WEKEN, lezing)
    called = lezing.viervergadering is Viervergadering.OPGEROEPEN
    judged = opgeroepen if called else vergadering
    reden = None
    if judged is not None and judged > by:
        reden = Reden.TE_LAAT
    elif any(dag is not None and dag < aanleiding for dag in (judged, vergadering)):
        reden = Reden.TE_VROEG
    tijdig = reden is None if judged is not None or reden else None
    what = "opgeroepen" if called else "gehouden"
    words = f"Vier weken na {day_words(aanleiding)}: uiterlijk {day_words(by)} {what}."
    used = (f"viervergadering={lezing.viervergadering.value}",)
    return Viertermijn(by, tijdig, reden, "9.2k", used, words)


@dataclass(frozen=True, slots=True)
class Eenzijdig:
    """Whether a practice is admitted one-sidedly, and what it pays in a year, in cents."""

    toegelaten: bool
    bedrag_centen: int
    diensten: int
    reden: Reden | None
    artikel: str
    lezing: tuple[str, ...]
    waarom: str


def one_sided_fee(
    *,
    geroyeerd: bool,
    kan_elders: bool,
    bedrag_centen: int,
    diensten_jaar: int,
    diensten_vanaf: int | None = None,
    lezing: Lezing = STANDAARD,
) -> Eenzijdig:
    """Return the one-sided admission of 9.2l (RY-14, A-21).

    `diensten_jaar` are the duties the practice would have had that year, `diensten_vanaf` those
    from the day of admission on, where that is halfway. Raises `ValueError` below zero.
    """
    if bedrag_centen < 0 or diensten_jaar < 0 or (diensten_vanaf or 0) < 0:
        raise ValueError("bedrag en diensten zijn niet negatief")
    used = (f"vergoedingsjaar={lezing.vergoedingsjaar.value}",)
    if not geroyeerd:
        words = "Eenzijdig toelaten kan alleen na een royement."
        return Eenzijdig(False, 0, 0, Reden.NIET_GEROYEERD, "9.2l", used, words)
    if kan_elders:
        words = "De praktijk kan de spoed op een andere manier regelen."
        return Eenzijdig(False, 0, 0, Reden.KAN_ELDERS, "9.2l", used, words)
    counted = diensten_jaar
    if diensten_vanaf is not None and lezing.vergoedingsjaar is Vergoedingsjaar.VANAF_DATUM:
        counted = diensten_vanaf
    total = counted * bedrag_centen
    euros = f"{bedrag_centen // 100},{bedrag_centen % 100:02d}"
    words = f"{counted} × € {euros} = € {total // 100},{total % 100:02d}."
    return Eenzijdig(True, total, counted, None, "9.2l", used, words)
