"""One-sided admission and its fee (MR 9.2l)."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction

from reglement.actions import vergoeding
from reglement.actions.deelname import set_status
from reglement.actions.vergoeding import admit_one_sided, record_fee
from reglement.kiesregister import members_on
from reglement.models import Deelname, Vergoeding
from tests import factories
from tests.reglement.deelnemen import DAG, duty, events, page, rules, today

pytestmark = pytest.mark.django_db

KAN_NIET = {
    "zelf_opzetten": False,
    "andere_dienst": False,
    "toelichting": "Twee diensten gevraagd, beide weigeren.",
}


@pytest.fixture
def co(coordinator, actor):
    return actor(coordinator)


@pytest.fixture
def weg(kring, deelnemer, tandarts, co):
    """An expelled practice, with a colleague practice of the same size."""
    factories.TandartsFactory(kring=kring)
    set_status(deelnemer, status="geroyeerd", vanaf=date(today().year, 1, 1), grond="b", by=co)
    deelnemer.refresh_from_db()
    return deelnemer


@pytest.mark.parametrize("kan", ["zelf_opzetten", "andere_dienst"])
def test_who_can_take_part_otherwise_is_not_let_in_one_sidedly(weg, co, kan):
    with pytest.raises(ValidationError, match=r"9\.2l"):
        admit_one_sided(weg, vanaf=today(), by=co, **KAN_NIET | {kan: True})
    assert not Deelname.objects.filter(status="eenzijdig").exists()


def test_only_after_a_royement(deelnemer, co):
    with pytest.raises(ValidationError, match="royement"):
        admit_one_sided(deelnemer, vanaf=today(), by=co, **KAN_NIET)


def test_a_one_sided_practice_does_not_vote_nor_serve(kring, weg, co):
    admit_one_sided(weg, vanaf=today(), by=co, **KAN_NIET)
    weg.refresh_from_db()
    assert not weg.actief
    assert weg not in [lid.deelnemer for lid in members_on(kring.pk, today())]
    assert events()[-1] == "deelnemer.eenzijdig_toegelaten"


@pytest.fixture
def eenzijdig(kring, weg, co):
    """One-sided since the first of July of last year: that year is over."""
    jaar = today().year - 1
    Deelname.objects.filter(deelnemer=weg).delete()
    set_status(weg, status="geroyeerd", vanaf=date(jaar, 2, 1), grond="b", by=co)
    admit_one_sided(weg, vanaf=date(jaar, 7, 1), by=co, **KAN_NIET)
    other = factories.TandartsFactory(kring=kring)
    for month, number in ((3, 4), (9, 3)):
        for day in range(1, number + 1):
            duty(kring, date(jaar, month, day), other)
    return jaar


def test_the_fee_is_the_amount_times_the_share_of_the_duties_from_the_day(
    kring, weg, eenzijdig, co
):
    reglement = rules(kring, v9__bedrag=25000)
    row = record_fee(weg, jaar=eenzijdig, by=co)
    # Dentists: one of the practice, the rest of the kring four (two stand in as achterwacht).
    share = sum(row.berekening["vanaf"].values())
    assert row.diensten == int(share + 0.5)
    assert row.totaal_centen == 25000 * row.diensten
    assert (row.voorlopig, row.versie, row.vanaf) == (False, reglement, date(eenzijdig, 7, 1))
    assert sum(row.berekening["heel_jaar"].values()) > share > 0
    assert "×" in row.waarom
    assert events()[-1] == "vergoeding.vastgesteld"


@pytest.mark.parametrize(
    ("aandeel", "diensten"),
    [
        ([0.0], 0),
        ([0.4999], 0),
        ([0.5], 1),
        ([1.4999], 1),
        ([1.5], 2),
        # Not to the even neighbour, as `round` would.
        ([2.5], 3),
        # Halves of which the parts add up to a hair below: 2.4999999999999996 is a half.
        ([2.4999999999999996], 3),
        ([0.7, 0.1, 0.7], 2),
        ([1 / 6, 1 / 6, 1 / 6], 1),
        # Below a half by more than what floats lose.
        ([2.4999], 2),
    ],
)
def test_an_exact_half_of_a_duty_goes_up(
    *, kring, weg, eenzijdig, co, monkeypatch, aandeel, diensten
):
    rules(kring, v9__bedrag=25000)
    parts = {f"soort {n}": part for n, part in enumerate(aandeel)}
    monkeypatch.setattr(vergoeding, "hypothetical", lambda *_: parts)
    row = record_fee(weg, jaar=eenzijdig, by=co)
    assert (row.diensten, row.totaal_centen) == (diensten, 25000 * diensten)


def test_by_the_other_reading_the_whole_year_counts(kring, weg, eenzijdig, co):
    rules(kring, v9__bedrag=10000, lezing={"vergoedingsjaar": "heel_jaar"})
    row = record_fee(weg, jaar=eenzijdig, by=co)
    assert row.diensten == int(sum(row.berekening["heel_jaar"].values()) + 0.5)


def test_a_year_that_is_not_over_gives_a_provisional_fee(kring, weg, co):
    rules(kring, v9__bedrag=25000)
    admit_one_sided(weg, vanaf=today(), by=co, **KAN_NIET)
    assert record_fee(weg, jaar=today().year, by=co).voorlopig


def test_without_an_amount_in_the_rules_there_is_no_fee(weg, eenzijdig, co):
    with pytest.raises(ValidationError, match=r"9\.2l"):
        record_fee(weg, jaar=eenzijdig, by=co)


def test_a_year_in_which_it_was_not_one_sided_has_no_fee(kring, weg, eenzijdig, co):
    rules(kring, v9__bedrag=25000)
    with pytest.raises(ValidationError, match="niet eenzijdig"):
        record_fee(weg, jaar=eenzijdig - 1, by=co)


def test_a_fee_is_never_changed_and_always_adds_up(kring, weg):
    row = factories.VergoedingFactory(kring=kring, deelnemer=weg)
    with pytest.raises(DatabaseError), transaction.atomic():
        Vergoeding.objects.filter(pk=row.pk).update(diensten=1)
    with pytest.raises(IntegrityError, match="vergoeding_klopt"), transaction.atomic():
        factories.VergoedingFactory(kring=kring, deelnemer=weg, totaal_centen=1)


def test_the_pages_lead_from_royement_to_fee(als, kring, weg, coordinator, vertegenwoordiger):
    rules(kring, v9__bedrag=25000)
    client = als(coordinator)
    own = page(kring, f"deelnemers/{weg.pk}/")
    assert "Eenzijdig toelaten" in client.get(own).content.decode()
    typed = {
        "zelf_opzetten": "nee",
        "andere_dienst": "ja",
        "toelichting": "Dienst Zuid zei ja.",
        "vanaf": (today() - DAG).isoformat(),
    }
    url = page(kring, f"deelnemers/{weg.pk}/eenzijdig/")
    assert als(vertegenwoordiger).get(url).status_code == 403
    refused = client.post(url, typed)
    assert refused.status_code == 422
    assert "Dienst Zuid zei ja." in refused.content.decode()
    assert client.post(url, typed | {"andere_dienst": "nee"}).status_code == 302
    fee = page(kring, f"deelnemers/{weg.pk}/vergoeding/")
    assert client.post(fee, {"jaar": "1999"}).status_code == 422
    assert client.post(fee, {"jaar": str(today().year)}).status_code == 302
    html = client.get(own).content.decode()
    assert "voorlopig" in html
    assert "naar haar aandeel" in html
    # The practice itself reads what it owes.
    assert "voorlopig" in als(vertegenwoordiger).get(own).content.decode()
