"""Every step of a report, and the figures over some of them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from verslag.overzicht import termijn
from verslag.overzicht.regels import Feiten, Stap, count, judge, per_duty

EINDE = datetime(2026, 11, 21, 8, tzinfo=UTC)
NU = EINDE + timedelta(days=1)
UUR = timedelta(hours=1)
LEEG = Feiten(
    nummer=1,
    tandarts="A. Noord",
    gereed_op=EINDE - 5 * UUR,
    dienst="d1",
    dienst_begin=EINDE - 15 * UUR,
    dienst_einde=EINDE,
    heeft_ontvanger=True,
)
GETEKEND = replace(LEEG, getekend_op=EINDE - 4 * UUR)
VERSTUURD = replace(GETEKEND, verstuurd_op=EINDE - 4 * UUR)
BEZORGD = replace(VERSTUURD, bezorgd_op=EINDE - 3 * UUR)
LINK = replace(BEZORGD, leest_zelf=True)
GELEZEN = replace(LINK, gelezen_op=EINDE)


@pytest.mark.parametrize(
    ("facts", "nu", "step"),
    [
        (LEEG, EINDE - timedelta(seconds=1), Stap.IN_DIENST),
        (LEEG, EINDE, Stap.ONTBREEKT),
        (replace(LEEG, dienst_einde=None), EINDE + 7 * UUR, Stap.ONTBREEKT),
        (replace(LEEG, dienst_einde=None), EINDE + 6 * UUR, Stap.IN_DIENST),
        (GETEKEND, NU, Stap.NIET_VERSTUURD),
        (replace(GETEKEND, heeft_ontvanger=False), NU, Stap.GEEN_ONTVANGER),
        (VERSTUURD, NU, Stap.NIET_BEZORGD),
        (BEZORGD, NU, Stap.KLAAR),
        (LINK, NU, Stap.ONGELEZEN),
        (GELEZEN, NU, Stap.KLAAR),
    ],
)
def test_how_far_a_report_is(facts, nu, step):
    assert judge(facts, nu=nu).stap is step


def test_the_time_runs_from_the_patient_to_the_other_side():
    assert judge(BEZORGD, nu=NU).duur == 2 * UUR
    assert judge(VERSTUURD, nu=NU).duur is None
    early = replace(BEZORGD, bezorgd_op=BEZORGD.gereed_op - UUR)
    assert judge(early, nu=NU).duur == timedelta(0)


@pytest.mark.parametrize(
    ("facts", "termijn", "late"),
    [
        (BEZORGD, None, False),
        (BEZORGD, 2 * UUR, False),
        (BEZORGD, 2 * UUR - timedelta(seconds=1), True),
        (VERSTUURD, 24 * UUR, True),
        (LEEG, 24 * UUR, True),
        (replace(GETEKEND, heeft_ontvanger=False), UUR, False),
    ],
)
def test_later_than_agreed(facts, termijn, late):
    assert judge(facts, nu=NU, termijn=termijn).te_laat is late


def test_the_figures():
    slow = replace(BEZORGD, bezorgd_op=EINDE + 5 * UUR)
    rows = [judge(facts, nu=NU) for facts in (LEEG, GETEKEND, VERSTUURD, LINK, BEZORGD, slow)]
    figures = count(rows)
    assert (figures.aantal, figures.ontbreekt, figures.onderweg, figures.ongelezen) == (6, 1, 2, 1)
    assert (figures.open, figures.bezorgd) == (4, 3)
    assert (figures.mediaan, figures.langzaamst) == (2 * UUR, 10 * UUR)
    assert count([]).mediaan is None


def test_a_line_a_duty_the_newest_first():
    later = replace(GELEZEN, dienst="d2", dienst_begin=EINDE, dienst_einde=NU, tandarts="B. Zuid")
    outside = replace(LEEG, dienst="", dienst_begin=None, dienst_einde=None)
    rows = [judge(facts, nu=NU) for facts in (outside, LEEG, GELEZEN, later)]
    lines = per_duty(rows)
    assert [line.dienst for line in lines] == ["d2", "d1", ""]
    assert lines[1].telling.aantal == 2
    assert lines[0].tandartsen == ("B. Zuid",)


def test_the_shortest_agreed_term_counts(monkeypatch):
    monkeypatch.setattr(termijn, "_bronnen", [])
    assert termijn.terms_of(1) == {}
    termijn.register(lambda kring_id: {"p1": 3 * UUR, "p2": UUR})
    termijn.register(lambda kring_id: {"p1": 2 * UUR * kring_id})
    assert termijn.terms_of(1) == {"p1": 2 * UUR, "p2": UUR}
