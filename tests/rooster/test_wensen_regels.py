"""The law of wishes: budgets, days, closing; and the calendar on which they stand."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rooster.wensen.kalender import months, stretch
from rooster.wensen.regels import Bezwaar, Dagwens, Kader, Stand, change, stand_of

KADER = Kader(
    eerste_dag=date(2027, 1, 4),
    laatste_dag=date(2028, 1, 2),
    wensen_tot=date(2026, 10, 31),
    opengesteld=True,
    punten=10,
    blokkades=3,
)
VANDAAG = date(2026, 10, 1)
MEI = date(2027, 5, 3)
NIET, LIEVER, GRAAG = Dagwens("geblokkeerd"), Dagwens("liever_niet", 3), Dagwens("graag", 5)


def days(aantal, wens, eerste=MEI):
    return [(eerste + timedelta(days=n), wens) for n in range(aantal)]


def apply(bestaand, opdrachten, *, vandaag=VANDAAG, kader=KADER, **kwargs):
    return change(kader, bestaand, opdrachten, vandaag=vandaag, **kwargs)


def test_a_wish_is_kept_changed_and_taken_away():
    after, objections = apply({}, days(2, LIEVER))
    assert (after, objections) == ({MEI: LIEVER, MEI + timedelta(1): LIEVER}, ())
    after, objections = apply(after, days(1, NIET))
    assert (after, objections) == ({MEI: NIET, MEI + timedelta(1): LIEVER}, ())
    assert apply(after, days(2, None)) == ({}, ())


def test_points_count_by_weight_and_blocked_days_apart():
    wishes = dict(
        days(2, NIET) + days(1, LIEVER, MEI + timedelta(7)) + days(1, GRAAG, MEI - timedelta(7))
    )
    assert stand_of(KADER, wishes) == Stand(
        punten=8, punten_budget=10, blokkades=2, blokkades_budget=3
    )
    assert (stand_of(KADER, wishes).punten_over, stand_of(KADER, wishes).blokkades_over) == (2, 1)


@pytest.mark.parametrize(
    ("opdrachten", "bezwaar"),
    [
        ([], Bezwaar("geen_dagen")),
        (days(4, NIET), Bezwaar("te_veel_blokkades", teveel=1)),
        (days(3, GRAAG), Bezwaar("te_veel_punten", teveel=5)),
        (days(1, LIEVER, date(2027, 1, 3)), Bezwaar("buiten_periode", (date(2027, 1, 3),))),
        (days(1, LIEVER, date(2028, 1, 3)), Bezwaar("buiten_periode", (date(2028, 1, 3),))),
        ([(MEI, NIET), (MEI, GRAAG)], Bezwaar("twee_wensen", (MEI,))),
        ([(MEI, NIET), (MEI, None)], Bezwaar("twee_wensen", (MEI,))),
        (days(1, Dagwens("graag", 0)), Bezwaar("gewicht")),
        (days(1, Dagwens("graag", 6)), Bezwaar("gewicht")),
    ],
)
def test_an_impossible_wish_is_refused_with_its_reason(opdrachten, bezwaar):
    assert apply({}, opdrachten)[1] == (bezwaar,)


def test_the_edges_of_the_period_belong_to_it():
    for day in (KADER.eerste_dag, KADER.laatste_dag):
        assert apply({}, [(day, NIET)]) == ({day: NIET}, ())


@pytest.mark.parametrize(
    ("vandaag", "regels"),
    [(date(2026, 10, 31), []), (date(2026, 11, 1), ["gesloten"])],
)
def test_the_closing_date_is_the_last_day(vandaag, regels):
    assert [b.regel for b in apply({}, days(1, NIET), vandaag=vandaag)[1]] == regels


def test_a_period_that_was_not_opened_takes_no_wishes():
    shut = Kader(KADER.eerste_dag, KADER.laatste_dag, KADER.wensen_tot, False, 10, 3)
    assert [b.regel for b in apply({}, days(1, NIET), kader=shut)[1]] == ["niet_open"]


def test_every_objection_is_told_at_once():
    outside = days(4, NIET, date(2028, 1, 1))
    assert [b.regel for b in apply({}, outside, vandaag=date(2027, 1, 1))[1]] == [
        "gesloten",
        "buiten_periode",
        "te_veel_blokkades",
    ]


def test_a_stretch_does_not_run_over_another_wish():
    before = {MEI: GRAAG}
    assert apply(before, days(3, NIET), vervang=False)[1] == (Bezwaar("al_een_wens", (MEI,)),)
    # The same wish again is no other wish, and who asks to replace it gets it.
    assert apply(before, days(1, GRAAG), vervang=False)[1] == ()
    assert apply(before, days(3, NIET))[1] == ()


def test_who_is_over_a_lowered_budget_may_still_spend_less():
    before = dict(days(5, NIET) + days(3, GRAAG, MEI + timedelta(14)))
    after, objections = apply(before, days(1, None))
    assert (len(after), objections) == (7, ())
    assert [b.regel for b in apply(before, days(1, NIET, MEI + timedelta(30)))[1]] == [
        "te_veel_blokkades"
    ]
    # A heavier wish lighter is less as well.
    assert apply(before, days(1, Dagwens("graag", 1), MEI + timedelta(14)))[1] == ()


WENSEN = st.sampled_from([NIET, LIEVER, GRAAG, Dagwens("graag", 1), None])
OPDRACHTEN = st.dictionaries(st.integers(-3, 30), WENSEN, max_size=8)


# On a busy machine the making of examples is slow, which says nothing about the law.
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(OPDRACHTEN, max_size=6))
def test_whatever_is_asked_what_is_accepted_stays_within_both_budgets(rondes):
    kept = {}
    for ronde in rondes:
        orders = [(KADER.eerste_dag + timedelta(n), wens) for n, wens in ronde.items()]
        after, objections = apply(kept, orders)
        if not objections:
            kept = after
        stand = stand_of(KADER, kept)
        assert stand.punten_over >= 0
        assert stand.blokkades_over >= 0
        assert all(KADER.holds(day) and wens for day, wens in kept.items())


# --- the calendar


def test_the_months_hold_every_day_once_in_its_own_column():
    found = months(KADER.eerste_dag, KADER.laatste_dag, {}, {})
    cells = [day for month in found for week in month.weken for day in week if day]
    assert [cell.datum for cell in cells] == [KADER.eerste_dag + timedelta(n) for n in range(364)]
    assert [month.eerste for month in found][:2] == [date(2027, 1, 1), date(2027, 2, 1)]
    assert len(found) == 13
    for month in found:
        for week in month.weken:
            assert len(week) == 7
            assert all(cell is None or cell.datum.weekday() == n for n, cell in enumerate(week))
            assert any(week)


def test_a_day_knows_its_holiday_and_its_wish():
    koningsdag = date(2027, 4, 27)
    found = months(
        date(2027, 4, 26), date(2027, 5, 2), {koningsdag: "Koningsdag"}, {koningsdag: GRAAG}
    )
    assert [month.wensen for month in found] == [1, 0]
    assert [day.datum for day in found[0].feestdagen] == [koningsdag]
    tuesday = found[0].weken[0][1]
    assert (tuesday.feestdag, tuesday.wens, tuesday.vrij) == ("Koningsdag", GRAAG, True)
    assert [day.vrij for day in found[1].weken[0] if day] == [True, True]


def test_a_stretch_takes_the_weekdays_that_were_chosen():
    assert stretch(MEI, MEI + timedelta(13), frozenset({2})) == [
        date(2027, 5, 5),
        date(2027, 5, 12),
    ]
    assert len(stretch(MEI, MEI, frozenset(range(7)))) == 1
