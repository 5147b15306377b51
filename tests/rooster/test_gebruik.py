"""Who may refer when: open, the duty, or neither (§5.4.1)."""

from datetime import date, time

import pytest

from rooster.kader.gebruik import OPEN, VERWIJZEN, ZELF, usage
from rooster.kader.kalender import wall_moment
from rooster.kader.openingstijden import weeks_of
from rooster.regels import Periode
from tests.factories import DeelnemerFactory, DienstsoortFactory, OpeningstijdFactory

MAANDAG = date(2027, 2, 1)


def at(day: int, hour: int):
    return wall_moment(date(2027, 2, day), time(hour))


def test_open_goes_before_the_duty_and_the_rest_is_their_own():
    found = usage(
        [Periode(at(1, 17), at(2, 8)), Periode(at(2, 8), at(2, 9))],
        [Periode(at(1, 8), at(1, 12)), Periode(at(1, 18), at(1, 20))],
        Periode(at(1, 6), at(2, 10)),
    )
    assert [(row.begin, row.wat) for row in found] == [
        (at(1, 6), ZELF),
        (at(1, 8), OPEN),
        (at(1, 12), ZELF),
        (at(1, 17), VERWIJZEN),
        (at(1, 18), OPEN),
        (at(1, 20), VERWIJZEN),
        (at(2, 9), ZELF),
    ]
    assert found[-1].einde == at(2, 10)


@pytest.fixture
def week(kring):
    DienstsoortFactory(kring=kring, dagen=[0, 1, 2, 3])
    weekend = {"dagen": [4], "dagen_later": 3, "categorie": "weekend"}
    DienstsoortFactory(kring=kring, naam="Weekend", **weekend)


def test_who_is_open_longer_refers_less_and_who_closes_early_arranges_it(kring, week):
    early, late, unknown = (DeelnemerFactory(kring=kring) for _ in range(3))
    for day in range(5):
        OpeningstijdFactory(
            kring=kring, deelnemer=early, weekdag=day, tot=time(12) if day == 4 else time(17)
        )
        OpeningstijdFactory(kring=kring, deelnemer=late, weekdag=day, tot=time(20))
    of_early, of_late, of_unknown = weeks_of([early, late, unknown], MAANDAG)
    assert [(row.begin, row.einde) for row in of_early.zelf] == [(at(5, 12), at(5, 17))]
    assert of_late.zelf == of_unknown.zelf == []
    assert (of_late.gebruik[1].einde, of_late.bekend) == (at(1, 20), True)
    assert not of_unknown.bekend
    # The weekend that began before this Monday still runs.
    assert of_unknown.gebruik[0] == (at(1, 0), at(1, 8), VERWIJZEN)


def test_a_holiday_nobody_serves_is_their_own_to_arrange(kring, week):
    OpeningstijdFactory(kring=kring, deelnemer=(praktijk := DeelnemerFactory(kring=kring)))
    (found,) = weeks_of([praktijk], date(2027, 3, 29))
    assert found.zelf[0].begin == wall_moment(date(2027, 3, 29), time(8))


def test_a_spoedpraktijk_counts_as_a_place_to_refer_to(kring, week):
    contract = {"begin": time(8), "einde": time(17), "dagen_later": 0, "dagen": [4]}
    DienstsoortFactory(kring=kring, naam="Contract", vervuld_door="spoedpraktijk", **contract)
    praktijk = DeelnemerFactory(kring=kring)
    OpeningstijdFactory(kring=kring, deelnemer=praktijk, weekdag=0)
    (found,) = weeks_of([praktijk], MAANDAG)
    assert [row.begin.day for row in found.zelf] == [2, 3, 4]


def test_the_queries_do_not_grow_with_the_practices(kring, week, django_assert_num_queries):
    practices = [DeelnemerFactory(kring=kring) for _ in range(30)]
    for chosen in (practices[:1], practices):
        with django_assert_num_queries(3):
            weeks_of(chosen, MAANDAG)
