"""The clocks of the text (10.7), of an office (4.1) and of a resignation (8)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from reglement.lezing import STANDAARD, Lezing, OpzegEinde, Toezendklok
from reglement.termijnen.dagen import WEEK, Reden, add_months, day_words, month_end, private_end


@dataclass(frozen=True, slots=True)
class Reglementtermijnen:
    """The two clocks of 10.7. `op_tijd` is None as long as the thing has not been done.

    `verzenden_*` is None when it runs from the processing and nothing was processed yet.
    """

    verwerken_streefdag: date
    verwerken_uiterlijk: date
    verwerkt_op_tijd: bool | None
    verzenden_streefdag: date | None
    verzenden_uiterlijk: date | None
    verzonden_op_tijd: bool | None
    artikel: str
    lezing: tuple[str, ...]
    waarom: str


def rules_deadlines(
    *,
    besloten: date,
    verwerkt: date | None = None,
    verzonden: date | None = None,
    lezing: Lezing = STANDAARD,
) -> Reglementtermijnen:
    """Return until when an amendment is to be processed and sent (RG-10, A-15)."""
    process = besloten + WEEK
    fixed = lezing.toezendklok is Toezendklok.BESLUIT_14_DAGEN
    if fixed:
        send: date | None = besloten + 2 * WEEK
    else:
        send = verwerkt + WEEK if verwerkt else None
    process_by = private_end(process, lezing)
    send_by = private_end(send, lezing) if send else None
    words = [f"Besloten op {day_words(besloten)}: verwerk het uiterlijk {day_words(process_by)}."]
    if send_by:
        since = "het besluit" if fixed else "het verwerken"
        count = "Veertien dagen" if fixed else "Een week"
        words.append(f"{count} na {since} is {day_words(send_by)}: dan moet het bij iedereen zijn.")
    if process_by != process or (send and send_by != send):
        words.append("Die dag is opgeschoven, omdat de termijn op een vrije dag eindigde.")
    return Reglementtermijnen(
        verwerken_streefdag=process,
        verwerken_uiterlijk=process_by,
        verwerkt_op_tijd=verwerkt <= process_by if verwerkt else None,
        verzenden_streefdag=send,
        verzenden_uiterlijk=send_by,
        verzonden_op_tijd=verzonden <= send_by if verzonden and send_by else None,
        artikel="10.7",
        lezing=(
            f"toezendklok={lezing.toezendklok.value}",
            f"termijnenwet={'ja' if lezing.termijnenwet else 'nee'}",
        ),
        waarom=" ".join(words),
    )


@dataclass(frozen=True, slots=True)
class Benoeming:
    """A term of office: its last day, and whether the same person may be appointed once more."""

    laatste_dag: date
    herbenoembaar: bool
    waarschuwing: str
    artikel: str
    waarom: str


def appointment(*, start: date, jaren: int, eerdere_termijnen: int = 0) -> Benoeming:
    """Return the end of a term of office (CO-1): the day before its anniversary.

    `eerdere_termijnen` are the terms the person had before this one. Someone may be re-appointed
    once; whether two terms and a pause count again, the rules do not say (A-19).
    """
    last = add_months(start, 12 * jaren) - timedelta(days=1)
    again = eerdere_termijnen < 1
    warning = ""
    if eerdere_termijnen >= 2:
        warning = (
            "Deze persoon had al twee termijnen. Of dat na een onderbreking weer mag, zegt het "
            "reglement niet: bespreek het in de vergadering."
        )
    years = "één jaar" if jaren == 1 else f"{jaren} jaar"
    more = "Daarna is nog één keer herbenoemen mogelijk." if again else "Daarna niet nog een keer."
    words = f"Benoemd per {day_words(start)} voor {years}: tot en met {day_words(last)}. {more}"
    return Benoeming(last, again, warning, "4.1", words)


@dataclass(frozen=True, slots=True)
class Opzegging:
    """When a resignation takes effect. `geldig` is False when it may not be done like this."""

    einde: date
    geldig: bool
    afwijkend: bool
    reden: Reden | None
    artikel: str
    lezing: tuple[str, ...]
    waarom: str


def resignation(
    *,
    opgezegd: date,
    maanden: int,
    gewenst: date | None = None,
    bijzondere_reden: str = "",
    schriftelijk: bool = True,
    rooster_tot: Sequence[date] = (),
    lezing: Lezing = STANDAARD,
) -> Opzegging:
    """Return the last day of a membership after a resignation (EI-1, A-20).

    `gewenst` is another day that the practice asks for: a later one always may, an earlier one
    only for special circumstances that are written down. `rooster_tot` are the last days of the
    rosters that were made.
    """
    exact = add_months(opgezegd, maanden)
    end = exact
    if lezing.opzeg_einde is OpzegEinde.MAANDEINDE:
        end = month_end(exact)
    elif lezing.opzeg_einde is OpzegEinde.ROOSTEREINDE:
        end = min((dag for dag in rooster_tot if dag >= exact), default=exact)
    used = (f"opzeg_einde={lezing.opzeg_einde.value}",)
    months = "één maand" if maanden == 1 else f"{maanden} maanden"
    words = f"Opgezegd op {day_words(opgezegd)} met {months} termijn: {day_words(end)}."
    if not schriftelijk:
        words = "Opzeggen moet schriftelijk."
        return Opzegging(end, False, False, Reden.NIET_SCHRIFTELIJK, "8", used, words)
    if gewenst is None or gewenst == end:
        return Opzegging(end, True, False, None, "8", used, words)
    if gewenst > end:
        words = f"{words} De praktijk wil later: {day_words(gewenst)}."
        return Opzegging(gewenst, True, False, None, "8", used, words)
    if bijzondere_reden.strip():
        words = f"{words} Om bijzondere omstandigheden eerder: {day_words(gewenst)}."
        return Opzegging(gewenst, True, True, None, "8", used, words)
    words = f"{words} Eerder kan alleen om bijzondere omstandigheden, met een reden."
    return Opzegging(end, False, False, Reden.GEEN_REDEN, "8", used, words)
