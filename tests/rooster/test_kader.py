"""The frame as rows: what the calendar and the shares of a period are made of."""

from datetime import date, time
from decimal import Decimal

import pytest
from django.db import IntegrityError

from rooster.kader.rijen import (
    calendar_of,
    exemptions_between,
    holidays_of,
    inzet_between,
    saldi_before,
    shares_of,
)
from tests.factories import (
    DeelnemerFactory,
    DienstsoortFactory,
    FeestdagFactory,
    InzetFactory,
    RoosterperiodeFactory,
    SaldoFactory,
    TandartsFactory,
    VrijstellingFactory,
)

JAAR = (date(2027, 1, 4), date(2028, 1, 2))


@pytest.fixture
def periode(kring):
    return RoosterperiodeFactory(kring=kring)


@pytest.fixture
def week(kring):
    """Four lines that tile the week."""
    overdag = {"kring": kring, "begin": time(8), "einde": time(17), "dagen_later": 0}
    weekend = {"categorie": "weekend", "dagen": [5, 6], "begin": time(8)}
    return (
        DienstsoortFactory(kring=kring),
        DienstsoortFactory(kring=kring, naam="Weekend", **weekend),
        DienstsoortFactory(naam="Open", vervuld_door="praktijken", feestdagen="niet", **overdag),
        DienstsoortFactory(naam="Feest", categorie="feestdag", feestdagen="alleen", **overdag),
    )


def test_the_duties_of_a_period_carry_their_kind(periode, week, andere_kring):
    DienstsoortFactory(kring=andere_kring, naam="Elders")
    kalender = calendar_of(periode)
    assert kalender.bezwaren == ()
    assert {dienst.soort for dienst in kalender.diensten} == {week[0].pk, week[1].pk, week[3].pk}
    assert kalender.diensten[0].eerste_dag == periode.eerste_dag


def test_a_calendar_takes_two_queries(periode, week, django_assert_num_queries):
    with django_assert_num_queries(2):
        calendar_of(periode)


def test_a_kind_that_ended_long_ago_makes_no_duty(periode, week):
    old = DienstsoortFactory(kring=periode.kring, naam="Oud", geldig_tot=date(2026, 6, 1))
    assert old.pk not in {dienst.soort for dienst in calendar_of(periode).diensten}


def test_the_holidays_are_those_of_the_own_kring(kring, andere_kring):
    FeestdagFactory(kring=kring)
    FeestdagFactory(kring=kring, datum=date(2027, 5, 5), naam="Bevrijdingsdag", vervalt=True)
    FeestdagFactory(kring=andere_kring, datum=date(2027, 2, 8), naam="Carnaval")
    found = holidays_of(kring.pk, *JAAR)
    assert found[date(2027, 12, 31)] == "Oudejaarsdag"
    assert date(2027, 5, 5) not in found
    assert date(2027, 2, 8) not in found


def test_a_dentist_without_a_line_counts_as_a_whole_one(kring, andere_kring):
    part = InzetFactory(kring=kring, tandarts=TandartsFactory(kring=kring))
    whole = TandartsFactory(kring=kring)
    TandartsFactory(kring=kring, actief=False)
    gone = DeelnemerFactory(kring=kring, actief=False)
    TandartsFactory(kring=kring, deelnemer=gone)
    TandartsFactory(kring=andere_kring)
    found = {(row.tandarts, row.praktijk, row.fte) for row in inzet_between(kring.pk, *JAAR)}
    assert found == {
        (part.tandarts_id, part.deelnemer_id, Decimal("0.80")),
        (whole.pk, whole.deelnemer_id, Decimal(1)),
    }


def test_somebody_whose_line_ended_does_not_come_back_as_a_whole_one(kring):
    tandarts = TandartsFactory(kring=kring)
    InzetFactory(kring=kring, tandarts=tandarts, geldig_tot=date(2026, 6, 30))
    assert inzet_between(kring.pk, *JAAR) == []


def test_the_same_days_twice_at_one_practice_are_refused_by_the_database(kring):
    row = InzetFactory(kring=kring, tandarts=TandartsFactory(kring=kring))
    InzetFactory(kring=kring, tandarts=row.tandarts, deelnemer=DeelnemerFactory(kring=kring))
    with pytest.raises(IntegrityError, match="inzet_eenmaal"):
        InzetFactory(kring=kring, tandarts=row.tandarts, geldig_vanaf=date(2026, 1, 1))


def test_an_exemption_leaves_without_its_ground(kring):
    row = VrijstellingFactory(kring=kring, tandarts=TandartsFactory(kring=kring), deel=50)
    VrijstellingFactory(
        kring=kring,
        tandarts=row.tandarts,
        eerste_dag=date(2026, 1, 1),
        laatste_dag=date(2026, 12, 31),
    )
    (found,) = exemptions_between(kring.pk, *JAAR)
    assert (found.deel, found.last, found.tot) == (50, "kring", date(2027, 6, 30))
    assert "zwangerschap" not in str(vars(found))


def test_saldi_of_earlier_periods_add_up_those_of_later_ones_do_not_count(kring, periode):
    praktijk = DeelnemerFactory(kring=kring)
    first, second = (
        RoosterperiodeFactory(
            kring=kring,
            naam=f"Rooster {jaar}",
            eerste_dag=date(jaar, 1, 1),
            laatste_dag=date(jaar, 12, 31),
            wensen_tot=date(jaar - 1, 10, 1),
            akkoord_tot=date(jaar - 1, 11, 1),
        )
        for jaar in (2024, 2025)
    )
    for row in (first, second, periode):
        SaldoFactory(kring=kring, deelnemer=praktijk, periode=row)
    assert saldi_before(kring.pk, periode.eerste_dag) == {(praktijk.pk, "weekend"): Decimal("2.50")}
    a, b = TandartsFactory(kring=kring, deelnemer=praktijk), TandartsFactory(kring=kring)
    owed = shares_of(periode, ["weekend"] * 10)
    assert sum(owed.streef[a.deelnemer_id]["weekend"].values()) == 8.75
    assert sum(owed.streef[b.deelnemer_id]["weekend"].values()) == 11.25
    bare = shares_of(periode, ["weekend"] * 10, met_saldi=False)
    assert bare.per_tandarts[a.pk, praktijk.pk] == 10
    assert owed.streef[b.deelnemer_id]["feestdag"] == {"dienstdoende": 0, "achterwacht": 0}
