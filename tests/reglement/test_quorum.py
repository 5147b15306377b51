"""How many must be there: the table of 3.2, and what a second meeting brings."""

import pytest

from reglement.besluitvorming import (
    Kiezer,
    Regel,
    Status,
    Zitting,
    electorate,
    half_plus_one,
    present_count,
    quorum,
    second_meeting_helps,
)
from reglement.lezing import STANDAARD, Helft, Lezing, Voorwaardelijk

LETTERLIJK = Lezing(helft_plus_een=Helft.LETTERLIJK)
TABEL = [
    (1, 1, 1, 2),
    (2, 2, 2, 2),
    (3, 2, 2, 3),
    (4, 3, 3, 3),
    (5, 4, 3, 4),
    (6, 4, 4, 4),
    (7, 5, 4, 5),
    (8, 6, 5, 5),
    (9, 6, 5, 6),
    (10, 7, 6, 6),
    (11, 8, 6, 7),
    (12, 8, 7, 7),
    (15, 10, 8, 9),
]


@pytest.mark.parametrize(("leden", "eerste", "gewoon", "letterlijk"), TABEL)
def test_the_table_of_both_readings(leden, eerste, gewoon, letterlijk):
    assert quorum(leden, Zitting.EERSTE).nodig == eerste
    assert quorum(leden, Zitting.TWEEDE).nodig == gewoon
    assert quorum(leden, Zitting.TWEEDE, LETTERLIJK).nodig == letterlijk
    assert quorum(leden, Zitting.ZONDER_QUORUM).nodig == 0


def test_the_readings_differ_by_one_at_odd_numbers_only():
    for leden in range(200):
        assert half_plus_one(leden, LETTERLIJK) - half_plus_one(leden) == leden % 2


def test_where_a_second_meeting_brings_no_relief():
    no_relief = [leden for leden in range(1, 16) if not second_meeting_helps(leden)]
    assert no_relief == [1, 2, 3, 4, 6]
    literal = [leden for leden in range(1, 10) if not second_meeting_helps(leden, LETTERLIJK)]
    assert literal == [1, 2, 3, 4, 5, 6, 7, 9]


def test_one_deelnemer_cannot_reach_the_literal_number():
    assert not quorum(1, Zitting.TWEEDE, LETTERLIJK).haalbaar
    assert quorum(1, Zitting.TWEEDE).haalbaar
    assert quorum(1, Zitting.ZONDER_QUORUM).haalbaar


def test_nobody_is_no_quorum():
    assert not quorum(0, Zitting.EERSTE).met_by(0)
    assert not quorum(0, Zitting.TWEEDE).met_by(0)
    with pytest.raises(ValueError, match="leden"):
        quorum(-1, Zitting.EERSTE)


def test_the_result_says_where_it_stands():
    found = quorum(9, Zitting.TWEEDE, regel=Regel.ROYEMENT)
    assert (found.artikel, found.lezing) == ("9.2e", "meer_dan_de_helft")
    assert "9 deelnemers" in found.uitleg
    assert quorum(9, Zitting.EERSTE).artikel == "10.3"


@pytest.mark.parametrize(
    ("extra", "lezing", "aanwezig"),
    [
        ({}, STANDAARD, 5),
        ({"op_afstand": 2}, STANDAARD, 5),
        ({"op_afstand": 2, "afstand_in_oproep": True}, STANDAARD, 7),
        ({"volmachten": 3}, STANDAARD, 5),
        ({"volmachten": 3}, Lezing(volmacht=True), 8),
    ],
)
def test_from_afar_and_by_proxy(extra, lezing, aanwezig):
    found = present_count(in_de_zaal=5, lezing=lezing, **extra)
    assert found.aanwezig == aanwezig
    refused = sum(n for n in extra.values() if n is not True) + 5 - aanwezig
    assert found.op_afstand_geweigerd + found.volmacht_geweigerd == refused
    assert bool(found.uitleg) == bool(refused)


def test_the_register():
    found = electorate(
        [
            Kiezer("A", vertegenwoordiger=1),
            Kiezer("B", Status.VOORWAARDELIJK, 2),
            Kiezer("C", Status.GEROYEERD, 3),
            Kiezer("D", Status.EENZIJDIG, 4),
            Kiezer("E"),
            Kiezer("F", Status.GEEINDIGD, 5),
            Kiezer("G", Status.VOORWAARDELIJK, 6, zonder_stem=True),
        ]
    )
    assert found.deelnemers == ("A", "B", "E", "G")
    assert found.stemgerechtigd == ("A", "B")
    assert found.zonder_vertegenwoordiger == ("E",)


def test_a_suspended_practice_does_not_count():
    practices = [Kiezer("A", vertegenwoordiger=1), Kiezer("B", Status.VOORWAARDELIJK, 2)]
    suspended = Lezing(voorwaardelijk=Voorwaardelijk.GESCHORST)
    assert electorate(practices).leden == 2
    assert electorate(practices, suspended).leden == 1


def test_a_status_holds_from_its_first_day_until_its_last(day):
    practices = [Kiezer("A", vertegenwoordiger=1, vanaf=day("2026-03-01"), tot=day("2027-02-28"))]
    days = ["2026-02-28", "2026-03-01", "2027-02-28", "2027-03-01"]
    assert [electorate(practices, op=day(d)).leden for d in days] == [0, 1, 1, 0]
