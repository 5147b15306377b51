"""The pure law: the check of a duty, the links, the week of the notice."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bereikbaarheid import regels
from bereikbaarheid.regels import (
    ACHTERWACHT,
    DIENSTDOENDE,
    ESCALATIE,
    NA,
    PUNTEN,
    VOOR,
    Termijnen,
    Vinkje,
)
from triage.protocol import STANDAARD

BEGIN = datetime(2026, 11, 23, 16, tzinfo=UTC)
TERMIJNEN = Termijnen(herinner_voor=30, herinner_na=5, escaleer_na=15)


def at(minutes):
    return BEGIN + timedelta(minutes=minutes)


def ticks(*punten, tandarts="a", op=BEGIN):
    return [Vinkje(tandarts, punt, op) for punt in punten]


def test_a_check_without_ticks_misses_everything():
    controle = regels.judge_check(DIENSTDOENDE, "a", BEGIN, [])
    assert (controle.ontbreekt, controle.sinds) == (PUNTEN[DIENSTDOENDE], None)


def test_a_check_is_done_since_its_last_tick():
    early, late = ticks(*PUNTEN[DIENSTDOENDE][:3]), ticks(regels.TELEFOON, op=at(7))
    controle = regels.judge_check(DIENSTDOENDE, "a", BEGIN, early + late)
    assert (controle.klaar, controle.sinds) == (True, at(7))


def test_who_takes_over_checks_again():
    rows = ticks(*PUNTEN[DIENSTDOENDE], tandarts="the one who fell ill")
    assert not regels.judge_check(DIENSTDOENDE, "a", BEGIN, rows).klaar


def test_a_tick_of_long_before_the_duty_does_not_count():
    rows = ticks(*PUNTEN[DIENSTDOENDE], op=BEGIN - regels.VENSTER - timedelta(seconds=1))
    assert not regels.judge_check(DIENSTDOENDE, "a", BEGIN, rows).klaar
    rows = ticks(*PUNTEN[DIENSTDOENDE], op=BEGIN - regels.VENSTER)
    assert regels.judge_check(DIENSTDOENDE, "a", BEGIN, rows).klaar


def test_the_achterwacht_only_has_to_pick_up_the_phone():
    assert regels.judge_check(ACHTERWACHT, "a", BEGIN, ticks(regels.TELEFOON)).klaar


@pytest.mark.parametrize(
    ("minuten", "due"),
    [
        (-31, ()),
        (-30, (VOOR,)),
        (-1, (VOOR,)),
        (0, ()),
        (4, ()),
        (5, (NA,)),
        (14, (NA,)),
        (15, (NA, ESCALATIE)),
        (500, (NA, ESCALATIE)),
    ],
)
def test_which_notices_are_due(minuten, due):
    assert regels.due_notices(DIENSTDOENDE, BEGIN, at(minuten), TERMIJNEN, ()) == due


def test_what_was_told_is_not_told_again():
    assert regels.due_notices(DIENSTDOENDE, BEGIN, at(20), TERMIJNEN, [VOOR, NA]) == (ESCALATIE,)
    assert regels.due_notices(DIENSTDOENDE, BEGIN, at(20), TERMIJNEN, [NA, ESCALATIE]) == ()


def test_the_achterwacht_never_reaches_the_coordinator():
    assert regels.due_notices(ACHTERWACHT, BEGIN, at(500), TERMIJNEN, ()) == (NA,)


@pytest.mark.parametrize(
    ("soort", "aantal", "te_veel"),
    [
        ("automatisch", 0, False),
        ("automatisch", 1, False),
        ("automatisch", 2, True),  # P-013
        ("handmatig", 2, False),
        ("handmatig", 3, True),
    ],
)
def test_the_norm_of_the_links(soort, aantal, te_veel):
    oordeel = regels.judge_links(soort, aantal)
    assert (oordeel.te_veel, oordeel.paragraaf) == (te_veel, "§ 3.1.2")


def test_the_norm_is_that_of_the_protocol():
    norm = regels.Schakelnorm()
    assert norm.automatisch == STANDAARD.max_tussenschakels_automatisch
    assert norm.handmatig == STANDAARD.max_tussenschakels_handmatig


@pytest.mark.parametrize(
    ("dag", "verzenddag", "week"),
    [
        (date(2026, 11, 26), 3, date(2026, 11, 30)),  # Thursday itself
        (date(2026, 11, 28), 3, date(2026, 11, 30)),  # the house was down on Thursday
        (date(2026, 11, 30), 3, date(2026, 11, 30)),  # … and until Monday
        (date(2026, 12, 2), 3, date(2026, 11, 30)),
        (date(2026, 12, 3), 3, date(2026, 12, 7)),
        (date(2026, 11, 23), 0, date(2026, 11, 30)),  # on Monday about the next week
        (date(2026, 11, 29), 6, date(2026, 11, 30)),
        (date(2026, 12, 31), 3, date(2027, 1, 4)),
    ],
)
def test_the_week_of_the_notice(dag, verzenddag, week):
    assert regels.week_to_announce(dag, verzenddag) == week


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(0, 6))
def test_every_week_is_announced_once_by_a_house_that_never_sleeps(dag, verzenddag):
    days = [dag + timedelta(days=n) for n in range(28)]
    weeks = [regels.week_to_announce(day, verzenddag) for day in days]
    assert all(week.weekday() == 0 for week in weeks)
    assert weeks == sorted(weeks)
    # Never a week that is over, and never one later than the next.
    assert all(-6 <= (week - day).days <= 7 for week, day in zip(weeks, days, strict=True))
    assert {week.toordinal() // 7 for week in weeks} == set(
        range(weeks[0].toordinal() // 7, weeks[-1].toordinal() // 7 + 1)
    )


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(0, 6))
def test_the_next_sending_day_is_within_a_week(dag, verzenddag):
    day = regels.next_sending_day(dag, verzenddag)
    assert day.weekday() == verzenddag
    assert 1 <= (day - dag).days <= 7
