"""What is asked of a practice that wants to take part (§5.2.1), without a database."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from reglement.lidmaatschap.eisen import (
    Aanvraag,
    Stand,
    Tandartsgegeven,
    blocking,
    meets_all,
    requirements,
)

NU = datetime(2026, 11, 23, 12, tzinfo=UTC)
GELDIG = timedelta(days=90)
GOED = Aanvraag(
    tandartsen=[Tandartsgegeven("A", "ingeschreven", NU - GELDIG)],
    tweede_dienst=False,
    standaard=True,
    kent_reglement=True,
    in_gebied=True,
    verste=("3500", 45.0),
    grens=45,
)


def judged(**anders):
    return requirements(replace(GOED, **anders), NU, GELDIG)


def stands(**anders):
    return {eis.code: eis.stand for eis in judged(**anders)}


def test_everything_in_order_gives_a_right_to_take_part():
    assert set(stands().values()) == {Stand.GOED}
    assert meets_all(judged())
    assert not blocking(judged())


@pytest.mark.parametrize(
    ("tandartsen", "stand", "woord"),
    [
        ([], Stand.OPEN, "Zet eerst"),
        ([Tandartsgegeven("B")], Stand.OPEN, "B"),
        (
            [Tandartsgegeven("B", "ingeschreven", NU - GELDIG - timedelta(seconds=1))],
            Stand.OPEN,
            "90 dagen",
        ),
        ([Tandartsgegeven("B", "beperkt", NU)], Stand.FOUT, "B"),
        (
            [Tandartsgegeven("A", "ingeschreven", NU), Tandartsgegeven("C", "niet", NU)],
            Stand.FOUT,
            "C",
        ),
    ],
)
def test_every_dentist_is_looked_up_and_not_long_ago(tandartsen, stand, woord):
    eisen = judged(tandartsen=tandartsen)
    assert eisen[0].stand is stand
    assert woord in eisen[0].uitleg
    assert [eis.code for eis in blocking(eisen)] == ["big"]


@pytest.mark.parametrize(
    ("anders", "code", "stand", "hard"),
    [
        ({"tweede_dienst": True}, "tweede_dienst", Stand.FOUT, False),
        ({"tweede_dienst": None}, "tweede_dienst", Stand.OPEN, False),
        ({"standaard": None}, "standaard", Stand.OPEN, False),
        ({"kent_reglement": False}, "kent_reglement", Stand.FOUT, True),
        ({"kent_reglement": None}, "kent_reglement", Stand.OPEN, True),
        ({"in_gebied": False}, "gebied", Stand.FOUT, False),
        ({"in_gebied": None}, "gebied", Stand.OPEN, False),
        ({"verste": ("3500", 45.1)}, "reistijd", Stand.FOUT, False),
        ({"verste": ("3500", float("inf"))}, "reistijd", Stand.FOUT, False),
        ({"verste": None}, "reistijd", Stand.OPEN, False),
    ],
)
def test_one_requirement_that_fails_takes_the_right_away(anders, code, stand, hard):
    eisen = judged(**anders)
    assert [eis.code for eis in eisen if eis.stand is not Stand.GOED] == [code]
    assert next(eis.stand for eis in eisen if eis.code == code) is stand
    assert not meets_all(eisen)
    assert bool(blocking(eisen)) is hard


def test_a_postcode_that_no_road_leads_to_is_told_in_words():
    words = judged(verste=("1791", float("inf")))[-1].uitleg
    assert "geen weg" in words
    assert "inf" not in words
