"""Wishes for the coming period: most dentists answered, some began, some said nothing yet."""

from datetime import date, timedelta

from kern.actor import Actor
from rooster import actions
from rooster.kader.rijen import holidays_of
from rooster.models import Roosterperiode, Wens, Wensenlijst
from rooster.wensen.regels import GEBLOKKEERD, GRAAG, LIEVER_NIET, Dagwens
from spoeddienst.demo.gegevens.klok import Klok
from spoeddienst.demo.gegevens.kringen import Bezetting

BEGONNEN, STIL = 3, 4
"""Of every five dentists three sent in a list, the fourth began and the fifth is silent."""
NIET = Dagwens(GEBLOKKEERD)


def fill(rows: Bezetting, periode: Roosterperiode, klok: Klok) -> None:
    """Give the dentists wishes; whoever did not send in a list was reminded two days ago."""
    by = Actor.system(rows.kring.pk, "demogegevens")
    holidays = holidays_of(rows.kring.pk, periode.eerste_dag, periode.laatste_dag)
    klok.zet(klok.nu - timedelta(days=2))
    for nummer, tandarts in enumerate(rows.tandartsen):
        if nummer % 5 >= BEGONNEN:
            Wensenlijst.objects.create(
                kring=rows.kring, periode=periode, tandarts=tandarts, herinnerd_op=klok.moment
            )
        if nummer % 5 < BEGONNEN:
            actions.submit_wensen(periode, tandarts, by=by)
    # Straight into the table: thirty times the action is a second of work.
    Wens.objects.bulk_create(
        Wens(
            kring=rows.kring,
            periode=periode,
            tandarts=tandarts,
            dag=dag,
            soort=wens.soort,
            gewicht=wens.gewicht,
        )
        for nummer, tandarts in enumerate(rows.tandartsen)
        if nummer % 5 < STIL
        for dag, wens in _wishes(periode, nummer, list(holidays)).items()
    )
    klok.zet(klok.nu)


def _wishes(periode: Roosterperiode, nummer: int, feestdagen: list[date]) -> dict[date, Dagwens]:
    """Two weeks of summer, a few days that suit badly, and one that suits well."""
    first = periode.eerste_dag
    summer = first + timedelta(weeks=26 + nummer % 8)
    found = {summer + timedelta(days=n): NIET for n in range(14 + nummer % 3)}
    for n in range(nummer % 4 + 1):
        day = first + timedelta(days=9 + 31 * n + 3 * nummer % 28)
        found[day] = Dagwens(LIEVER_NIET, (1, 3, 1, 5)[n])
    for n in range(nummer % 3):
        found[first + timedelta(days=100 + 40 * n + nummer)] = Dagwens(GRAAG, 3)
    inside = [day for day in feestdagen if first <= day <= periode.laatste_dag]
    if inside and nummer % 3 == 0:
        found[inside[nummer % len(inside)]] = Dagwens(LIEVER_NIET, 5)
    return {day: wens for day, wens in found.items() if day <= periode.laatste_dag}
