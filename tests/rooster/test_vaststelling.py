"""When a proposal may be adopted, and what differs between two rosters: pure."""

from datetime import UTC, date, datetime, timedelta

import pytest

from rooster.versie.rijen import Plek, Roosterrij
from rooster.versie.vaststelling import judge
from rooster.versie.verschil import compare

TOT = date(2026, 11, 30)
A, B = Plek("1", "A. Aalders", "p1", "Praktijk 1"), Plek("2", "B. Bos", "p2", "Praktijk 2")
C = Plek("3", "C. Ceder", "p3", "Praktijk 3")


@pytest.mark.parametrize(
    ("answers", "open_", "day", "mag", "reden"),
    [
        ({"p1": True, "p2": True}, 0, 1, True, False),
        ({"p1": True}, 0, 1, False, False),
        # The closing date itself is still for answering; the day after, silence is consent.
        ({"p1": True}, 0, 30, False, False),
        ({"p1": True}, 0, 31, True, False),
        ({}, 0, 31, True, False),
        ({"p1": True, "p2": False}, 0, 1, True, True),
        ({"p1": True, "p2": True}, 1, 1, True, True),
        # A practice that left is asked no more, and counts no more.
        ({"p1": True, "p2": True, "weg": False}, 0, 1, True, False),
    ],
)
def test_when_a_proposal_may_be_adopted(answers, open_, day, mag, reden):
    today = date(2026, 10, 31) + timedelta(days=day)
    stand = judge(["p1", "p2"], answers, open_, vandaag=today, reageren_tot=TOT)
    assert (stand.mag, stand.vraagt_reden) == (mag, reden)


def row(day: int, dienst: Plek = A, achter: Plek | None = B) -> Roosterrij:
    begin = datetime(2027, 1, day, 16, tzinfo=UTC)
    plekken = {"dienstdoende": dienst} | ({"achterwacht": achter} if achter else {})
    return Roosterrij(begin, begin + timedelta(hours=15), "doordeweeks", plekken)


def test_the_same_roster_has_no_differences():
    rijen = [row(4), row(5)]
    assert compare(rijen, list(reversed(rijen))).rijen == ()


def test_each_difference_is_named_in_order():
    found = compare([row(4), row(5), row(7)], [row(4, C), row(6), row(7, A, None)])
    assert [(anders.rij.dag.day, anders.soort) for anders in found.rijen] == [
        (4, "anders"),
        (5, "vervalt"),
        (6, "nieuw"),
        (7, "anders"),
    ]
    assert [(p.rol, p.oud, p.nieuw) for p in found.rijen[0].plekken] == [("dienstdoende", A, C)]
    assert [(p.rol, p.oud, p.nieuw) for p in found.rijen[3].plekken] == [("achterwacht", B, None)]
    assert found.praktijken == (
        ("Praktijk 1", 3, 2),
        ("Praktijk 2", 3, 2),
        ("Praktijk 3", 0, 1),
    )


def test_a_new_name_is_no_difference():
    renamed = Plek("1", "A. Aalders-Bos", "p1", "Praktijk Eén")
    assert compare([row(4)], [row(4, renamed)]).rijen == ()


def test_another_practice_for_the_same_dentist_is_one():
    elsewhere = Plek("1", "A. Aalders", "p9", "Praktijk 9")
    assert len(compare([row(4)], [row(4, elsewhere)]).rijen) == 1
