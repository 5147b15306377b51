"""The law of patients' rights: terms, fees, who may ask, how long a file is kept. Pure.

AVG art. 12 (term, fee, refusal), 15 (access), 16 (rectification), 17 (erasure); BW 7:454 (file,
statement of the patient, twenty years), 7:455 (destruction), 7:456 (access and copy), 7:447, 7:450,
7:457, 7:458a and 7:465 (who acts for whom). Dates are Amsterdam days.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, timedelta

TERMIJN_MAANDEN = 1
VERLENGING_MAANDEN = 2
"""AVG 12(3): a month, and two more when the person hears of it within that month."""
BEWAARJAREN = 20
"""BW 7:454 lid 3: counted from the last change of the file."""
MELDEN = timedelta(days=7)
"""Somebody is warned this long before a term ends."""

PATIENT, OUDER, VERTEGENWOORDIGER, GEMACHTIGDE, NABESTAANDE = (
    "patient",
    "ouder",
    "vertegenwoordiger",
    "gemachtigde",
    "nabestaande",
)
AFSCHRIFT, INZAGE, CORRECTIE, VERNIETIGING = "afschrift", "inzage", "correctie", "vernietiging"


def add_months(dag: date, maanden: int) -> date:
    """Return the same day so many months later; the last day of a shorter month."""
    year, month = divmod(dag.year * 12 + dag.month - 1 + maanden, 12)
    month += 1
    following = date(year + month // 12, month % 12 + 1, 1)
    return min(date(year, month, 1) + timedelta(days=dag.day - 1), following - timedelta(days=1))


def term_of(
    ontvangen: date, *, verlengd: bool, is_vrij: Callable[[date], bool] = lambda dag: False
) -> date:
    """Return the last day on which the answer is in time.

    Regulation 1182/71 art. 3: a term of months ends on the day of the same number, and one that
    ends on a Saturday, Sunday or holiday (`is_vrij`) goes on to the next working day.
    """
    months = TERMIJN_MAANDEN + (VERLENGING_MAANDEN if verlengd else 0)
    end = add_months(ontvangen, months)
    while end.weekday() >= 5 or is_vrij(end):
        end += timedelta(days=1)
    return end


def fee_of(nu: Collection[str], eerder: Collection[str], tarief_cent: int) -> int:
    """Return the price in cents of a copy of the versions `nu`, when `eerder` were given before.

    AVG 15(3): the first copy is free, a further one of the same may cost what it costs to make. A
    copy with anything in it that was never given is a first one.
    """
    return tarief_cent if nu and set(nu) <= set(eerder) else 0


@dataclass(frozen=True)
class Bezwaar:
    """Why this person may not ask this; `sleutel` names the rule, `tekst` is for the screen."""

    sleutel: str
    tekst: str


def age_on(geboren: date | None, dag: date) -> int | None:
    """Return the age in whole years; None when the birth date is not known."""
    if geboren is None:
        return None
    return dag.year - geboren.year - ((dag.month, dag.day) < (geboren.month, geboren.day))


def may_ask(aanvrager: str, soort: str, leeftijd: int | None) -> Bezwaar | None:
    """Return why this person may not make this request, or None.

    Until twelve the parents ask, from sixteen the patient; between them both do (BW 7:447, 7:450).
    The dead have no right to correction or destruction; of a relative the reason for a look or a
    copy is weighed by the person who decides (BW 7:458a).
    """
    if aanvrager == NABESTAANDE and soort in (CORRECTIE, VERNIETIGING):
        return Bezwaar(
            "nabestaande",
            "Een nabestaande kan alleen om inzage of een afschrift vragen (BW 7:458a).",
        )
    if leeftijd is None:
        return None
    if aanvrager == OUDER and leeftijd >= 16:
        return Bezwaar(
            "ouder_16",
            "De patiënt is 16 jaar of ouder en vraagt zelf. Vraagt een ouder het namens de "
            "patiënt? Kies dan 'gemachtigde' en bekijk de machtiging.",
        )
    if aanvrager == PATIENT and leeftijd < 12:
        return Bezwaar(
            "kind_12",
            "De patiënt is jonger dan 12 jaar. Een ouder met gezag of een voogd doet het verzoek.",
        )
    return None


def kept_until(laatste_wijziging: date) -> date:
    """Return the last day on which the file must still be there."""
    return add_months(laatste_wijziging, 12 * BEWAARJAREN)


def is_past_term(laatste_wijziging: date, dag: date) -> bool:
    """Whether the twenty years are over; not a day earlier."""
    return dag > kept_until(laatste_wijziging)
