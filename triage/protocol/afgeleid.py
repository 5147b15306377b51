"""Derived facts: what a rule set may ask by name and only a computation can answer.

Everything else that a rule needs stands in the rule set itself, as a named condition.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from triage.protocol.situatie import Situatie

AMSTERDAM: Final = ZoneInfo("Europe/Amsterdam")
# Before this hour a caller's "tomorrow" is the morning that is about to come.
OCHTEND: Final = time(8)
ZATERDAG: Final = 5

# Where a patient in pain stands with the painkiller; the states exclude each other.
STANDEN: Final = (
    "geen_pijn",
    "niet_ingenomen",
    "wacht_op_werking",  # taken or advised less than the waiting time ago
    "zonder_effect",  # taken long enough ago, no improvement
    "niet_beter_na_advies",  # called back after the waiting time, no improvement
    "eerder_erger",  # called back within the waiting time because it got worse
    "verbeterd",
    "onbekend",
)


@dataclass(frozen=True, slots=True)
class Afgeleid:
    """One derived fact: ``waarden`` is its list of values, ``bool``, or ``int`` for minutes.

    ``instellingen`` are the settings that the computation reads.
    """

    bereken: Callable[[Situatie], Any]
    waarden: tuple[str, ...] | type
    uitleg: str
    instellingen: tuple[str, ...] = ()


def is_repeat_of(sit: Situatie, uitkomst: str) -> bool:
    """Whether the caller was advised ``uitkomst`` before; an unknown earlier outcome counts."""
    return sit.f.herhaalcontact and sit.f.eerdere_uitkomst in (None, uitkomst)


def _has_worked_in(sit: Situatie) -> bool:
    """Whether a painkiller taken has had its time; an unknown time counts as long enough."""
    geleden = sit.f.pijnstilling_minuten_geleden
    return geleden is None or geleden >= sit.s.pijn_terugbel_min


def _is_known_without_effect(sit: Situatie) -> bool:
    return (
        sit.f.pijnstilling_ingenomen == "ja"
        and sit.f.pijnstilling_verbetering in ("nee", "erger")
        and _has_worked_in(sit)
    )


def painkiller_state(sit: Situatie) -> str:
    """One of ``STANDEN``; the answer to "better since the advice?" goes first."""
    if "pijn" not in sit.f.klachten:
        return "geen_pijn"
    if is_repeat_of(sit, "pijn_advies"):
        return _state_of_repeat_call(sit)
    return _state_of_first_call(sit)


def _state_of_repeat_call(sit: Situatie) -> str:
    answer = sit.f.verbetering_sinds_advies
    if answer in (None, "onbekend"):
        answer = sit.f.pijnstilling_verbetering
    if answer == "ja":
        return "verbeterd"
    sinds = sit.f.minuten_sinds_eerste_contact
    if sinds is None or sinds >= sit.s.pijn_terugbel_min:
        return "niet_beter_na_advies"
    if sit.f.verbetering_sinds_advies == "erger":
        return "eerder_erger"
    return "zonder_effect" if _is_known_without_effect(sit) else "wacht_op_werking"


def _state_of_first_call(sit: Situatie) -> str:
    if sit.f.pijnstilling_ingenomen == "nee":
        return "niet_ingenomen"
    if sit.f.pijnstilling_ingenomen != "ja":
        # Without "unknown = doubt" the milder reading applies: nothing taken yet.
        return "onbekend" if sit.s.onbekend_is_twijfel else "niet_ingenomen"
    if sit.f.pijnstilling_verbetering == "ja":
        return "verbeterd"
    if not _has_worked_in(sit):
        return "wacht_op_werking"
    if sit.f.pijnstilling_verbetering in ("nee", "erger") or not sit.s.onbekend_is_twijfel:
        return "zonder_effect"
    return "onbekend"


def _state(sit: Situatie) -> str:
    return sit.once("pijnstilling", painkiller_state)


def is_pain_relief_without_effect(sit: Situatie) -> bool:
    """Whether a painkiller was taken and is known not to help enough (§2.2.3)."""
    state = _state(sit)
    if state == "niet_beter_na_advies":
        return sit.f.pijnstilling_ingenomen == "ja"
    return state == "zonder_effect" or (state == "eerder_erger" and _is_known_without_effect(sit))


def minutes_of_pain_advice(sit: Situatie) -> int:
    """Minutes that a painkiller or the advice to take one has had; 0 when unknown."""
    if is_repeat_of(sit, "pijn_advies"):
        return sit.f.minuten_sinds_eerste_contact or 0
    return sit.f.pijnstilling_minuten_geleden or 0


def minutes_of_bleeding(sit: Situatie) -> int:
    """Minutes since the bleeding was first reported; 0 for a first contact."""
    if not is_repeat_of(sit, "nabloeding_advies"):
        return 0
    return sit.f.minuten_sinds_eerste_contact or 0


def minutes_on_the_bleeding_clock(sit: Situatie) -> int:
    """T-01: minutes of the hour already used up, by the chosen start of the clock."""
    if sit.s.klok_start_nabloeding != "eerste_melding":
        return 0
    return minutes_of_bleeding(sit)


def is_practice_open_next_day(sit: Situatie) -> bool:
    """Whether the own practice opens on the coming day, in Amsterdam time.

    At 02:00 the coming day is the same date; after the morning it is the next one.
    """
    dag = coming_day(sit.f.tijdstip)
    return dag.weekday() < ZATERDAG and dag not in sit.feestdagen


def coming_day(tijdstip: datetime) -> date:
    """The date a caller means by "tomorrow"."""
    lokaal = tijdstip.astimezone(AMSTERDAM)
    return lokaal.date() + timedelta(days=lokaal.time() >= OCHTEND)


AFGELEID: Final[Mapping[str, Afgeleid]] = {
    "pijnstilling": Afgeleid(
        painkiller_state,
        STANDEN,
        "hoe het staat met de pijnstiller",
        ("pijn_terugbel_min", "onbekend_is_twijfel"),
    ),
    "pijnstilling_helpt_niet": Afgeleid(
        is_pain_relief_without_effect,
        bool,
        "er is een pijnstiller ingenomen en die helpt niet genoeg",
        ("pijn_terugbel_min", "onbekend_is_twijfel"),
    ),
    "minuten_sinds_pijnadvies": Afgeleid(
        minutes_of_pain_advice,
        int,
        "minuten sinds de pijnstiller of het advies daarover",
    ),
    "minuten_sinds_bloedingsmelding": Afgeleid(
        minutes_of_bleeding,
        int,
        "minuten sinds de bloeding voor het eerst is gemeld",
    ),
    "minuten_op_bloedingsklok": Afgeleid(
        minutes_on_the_bleeding_clock,
        int,
        "minuten die van de bloedingsklok voorbij zijn",
        ("klok_start_nabloeding",),
    ),
    "praktijk_open_volgende_dag": Afgeleid(
        is_practice_open_next_day,
        bool,
        "de eerstvolgende dag is een werkdag",
    ),
}
