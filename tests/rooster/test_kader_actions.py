"""What the frame lets through and what it refuses: by line, with the reason, nothing half."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from kern.models import Logregel
from rooster.actions import aandeel, kader, periode
from rooster.actions.kader import Uren
from rooster.kader.rijen import calendar_between, holidays_of, inzet_between
from rooster.models import (
    Dienstsoort,
    Feestdag,
    Inzet,
    Openingstijd,
    Roosterperiode,
    Saldo,
    Vrijstelling,
)
from tests.factories import (
    DeelnemerFactory,
    DienstFactory,
    InzetFactory,
    RoosterperiodeFactory,
    SaldoFactory,
    TandartsFactory,
    VrijstellingFactory,
)
from tests.rooster.soorten import ACHT, BLOK, DAGEN, FEEST, NACHT, OPEN, WEEKEND

VANAF = date(2027, 1, 4)


@pytest.fixture
def by(actor, coordinator):
    return actor(coordinator)


@pytest.fixture
def save(kring, by):
    def call(soorten, vanaf=VANAF):
        return kader.set_dienstsoorten(kring_id=kring.pk, vanaf=vanaf, soorten=soorten, by=by)

    return call


def events():
    return list(Logregel.objects.values_list("gebeurtenis", flat=True))


def refused(call, *args, **kwargs) -> list[str]:
    with pytest.raises(ValidationError) as error:
        call(*args, **kwargs)
    return error.value.messages


def test_lines_that_tile_the_week_are_kept_and_logged(kring, save):
    save(DAGEN)
    assert {(row.naam, row.geldig_vanaf, row.geldig_tot) for row in Dienstsoort.objects.all()} == {
        (naam, VANAF, None) for naam in ("open", "nacht", "weekend", "feest")
    }
    assert events() == ["dienstsoorten.vastgesteld"]
    year = calendar_between(kring.pk, VANAF, VANAF + timedelta(days=364))
    assert year.bezwaren == ()


def test_a_hole_is_refused_with_the_lines_the_moment_and_the_reason(save):
    late = replace(NACHT, begin=time(18))
    sentences = refused(save, [OPEN, late, WEEKEND, FEEST])
    assert sentences[0] == (
        "Regel 1 (open) en regel 2 (nacht): van ma 4 jan 2027 17:00 tot 18:00 heeft niemand "
        "dienst (en nog 508 keer). Laat de regels op elkaar aansluiten."
    )
    assert len(sentences) == 2  # the other one on holidays
    assert Dienstsoort.objects.count() == 0
    assert events() == []


def test_an_overlap_is_refused_with_both_lines(save):
    early = replace(WEEKEND, begin=time(7))
    sentences = refused(save, [OPEN, NACHT, early, FEEST])
    assert sentences[0].startswith("Regel 2 (nacht) en regel 3 (weekend) vallen over elkaar: van ")
    assert "za 9 jan 2027 07:00 tot 08:00" in sentences[0]
    assert Dienstsoort.objects.count() == 0


@pytest.mark.parametrize(("einde", "zin"), [(time(2, 30), "bestaat dan niet")])
def test_a_boundary_in_the_hour_of_a_clock_change_is_refused(save, einde, zin):
    soorten = [
        OPEN,
        FEEST,
        NACHT,
        replace(WEEKEND, dagen=frozenset({5}), einde=einde),
        replace(WEEKEND, sleutel="zondag", naam="zondag", dagen=frozenset({6}), begin=einde),
    ]
    sentences = refused(save, soorten)
    told = [sentence for sentence in sentences if sentence.startswith("Regel 4 (weekend): in de")]
    assert zin in " ".join(told)
    assert "za 27 mrt 2027" in " ".join(told)
    assert "twee keer voor" in " ".join(told)
    assert Dienstsoort.objects.count() == 0


def test_a_change_begins_at_a_day_and_ends_what_held(save):
    save(DAGEN)
    save(BLOK, vanaf=date(2027, 9, 6))
    held = Dienstsoort.objects.filter(geldig_tot=date(2027, 9, 5))
    assert {row.naam for row in held} == {"open", "nacht", "weekend", "feest"}
    assert Dienstsoort.objects.filter(geldig_tot=None).count() == 4


def test_a_change_in_the_middle_of_a_weekend_is_refused_with_the_earlier_line(save):
    save(BLOK)
    sentences = refused(save, DAGEN, vanaf=date(2027, 9, 5))
    assert "de afspraak van eerder (weekend)" in sentences[0].lower()
    assert Dienstsoort.objects.filter(geldig_tot=None).count() == 4


def test_the_same_day_again_replaces_the_lines(save):
    save(BLOK)
    save(DAGEN)
    assert set(Dienstsoort.objects.values_list("naam", "geldig_vanaf")) == {
        (soort.naam, VANAF) for soort in DAGEN
    }


def test_lines_that_a_roster_rests_on_stand(kring, save):
    save(DAGEN)
    row = RoosterperiodeFactory(kring=kring, status="plannen")
    (sentence,) = refused(save, BLOK, vanaf=date(2027, 9, 6))
    assert sentence == "Rooster 2027 loopt tot en met zo 2 jan 2028. Kies een dag daarna."
    row.status = "wensen"
    row.save()
    save(BLOK, vanaf=date(2027, 9, 6))
    DienstFactory(kring=kring, soort=Dienstsoort.objects.filter(geldig_tot=None).first())
    (sentence,) = refused(save, DAGEN, vanaf=date(2027, 9, 6))
    assert "al diensten gemaakt" in sentence


@pytest.mark.parametrize(
    ("soorten", "zin"),
    [
        ([], "ten minste één regel"),
        ([OPEN, NACHT, replace(WEEKEND, naam="nacht"), FEEST], "dezelfde naam"),
        ([OPEN, NACHT, WEEKEND, replace(FEEST, einde=ACHT)], "Regel 4 (feest)"),
    ],
)
def test_odd_lines_are_refused(save, soorten, zin):
    assert zin in refused(save, soorten)[0]


def test_the_calendar_of_a_year_is_fixed_at_once(kring, by):
    Feestdag.objects.create(kring=kring, datum=date(2027, 2, 1), naam="Vervallen plan")
    Feestdag.objects.create(kring=kring, datum=date(2026, 12, 31), naam="Oudejaarsdag")
    kader.set_feestdagen(
        kring_id=kring.pk,
        jaar=2027,
        vervallen={date(2027, 5, 5)},
        eigen={date(2027, 12, 24): "Kerstavond"},
        by=by,
    )
    found = holidays_of(kring.pk, VANAF, date(2027, 12, 31))
    assert found[date(2027, 12, 24)] == "Kerstavond"
    assert date(2027, 5, 5) not in found
    assert date(2027, 2, 1) not in found
    assert found[date(2026, 12, 31)] == "Oudejaarsdag"
    assert events() == ["feestdagen.vastgesteld"]


def test_a_day_of_another_year_is_refused(kring, by):
    (sentence,) = refused(
        kader.set_feestdagen,
        kring_id=kring.pk,
        jaar=2027,
        vervallen=(),
        eigen={date(2028, 2, 29): "Schrikkeldag"},
        by=by,
    )
    assert sentence == "di 29 feb 2028 ligt niet in 2027."
    assert Feestdag.objects.count() == 0


def test_hours_hold_from_a_day_on(kring, deelnemer, by):
    for vanaf, tot in ((date(2026, 1, 1), time(17)), (date(2027, 3, 1), time(20))):
        uren = [Uren(0, ACHT, time(12)), Uren(0, time(13), tot)]
        kader.set_openingstijden(deelnemer, vanaf=vanaf, uren=uren, by=by)
    rows = Openingstijd.objects.filter(van=time(13)).values_list("tot", "geldig_tot")
    assert set(rows) == {(time(17), date(2027, 2, 28)), (time(20), None)}
    line = Logregel.objects.latest("volgnummer")
    assert (line.gebeurtenis, line.object_soort) == ("openingstijden.opgeslagen", "deelnemer")


def test_hours_that_overlap_are_refused_whole(deelnemer, by):
    uren = [Uren(0, ACHT, time(17)), Uren(4, ACHT, time(13)), Uren(4, time(12), time(17))]
    (sentence,) = refused(kader.set_openingstijden, deelnemer, vanaf=VANAF, uren=uren, by=by)
    assert sentence == "Vrijdag: de tijden vallen over elkaar."
    assert Openingstijd.objects.count() == 0


PERIODE = {
    "naam": "Rooster 2027",
    "eerste_dag": VANAF,
    "laatste_dag": date(2028, 1, 2),
    "wensen_tot": date(2026, 12, 1),
    "akkoord_tot": date(2026, 12, 20),
}


@pytest.fixture
def make(kring, by):
    return lambda **velden: periode.add_periode(kring_id=kring.pk, by=by, **{**PERIODE, **velden})


def test_periods_that_overlap_are_refused_at_the_day(make):
    make()
    with pytest.raises(ValidationError) as error:
        make(naam="Nog een", eerste_dag=date(2028, 1, 2), laatste_dag=date(2028, 5, 1))
    assert error.value.message_dict == {
        "eerste_dag": ["Deze dagen vallen al in een andere periode."]
    }
    make(naam="Daarna", eerste_dag=date(2028, 1, 3), laatste_dag=date(2028, 5, 1))
    assert Roosterperiode.objects.count() == 2
    assert events() == ["roosterperiode.gemaakt"] * 2


@pytest.mark.parametrize(
    ("velden", "veld"),
    [
        ({"laatste_dag": date(2026, 1, 1)}, "laatste_dag"),
        ({"akkoord_tot": date(2026, 11, 30)}, "akkoord_tot"),
        ({"akkoord_tot": VANAF}, "akkoord_tot"),
    ],
)
def test_dates_out_of_order_are_told_at_the_field(make, velden, veld):
    with pytest.raises(ValidationError) as error:
        make(**velden)
    assert list(error.value.message_dict) == [veld]
    assert Roosterperiode.objects.count() == 0


@pytest.fixture
def november(monkeypatch):
    """The clock of the actions stands in November 2026."""
    moment = datetime(2026, 11, 23, 9, tzinfo=UTC)
    for module in (periode, aandeel):
        monkeypatch.setattr(module, "db_now", lambda: moment)


def test_wishes_are_asked_when_the_frame_is_whole(make, save, by, november):
    row = make()
    (_first, second) = refused(periode.open_wensen, row, by=by)
    assert second == "Er zijn nog geen dienstsoorten voor deze dagen."
    save(DAGEN)
    Dienstsoort.objects.filter(naam="feest").delete()
    sentences = refused(periode.open_wensen, row, by=by)
    assert any("ma 29 mrt 2027 08:00 tot 17:00" in sentence for sentence in sentences)
    save(DAGEN)
    assert periode.open_wensen(row, by=by).status == "wensen"
    assert "roosterperiode.wensen_gevraagd" in events()
    assert "al gevraagd" in refused(periode.open_wensen, row, by=by)[0]


def test_wishes_are_not_asked_after_their_last_day(make, by, november):
    row = make(wensen_tot=date(2026, 11, 22))
    assert "al voorbij" in refused(periode.open_wensen, row, by=by)[0]


def test_the_days_stand_once_wishes_are_asked(make, by):
    row = make()
    assert periode.change_periode(row, by=by, eerste_dag=date(2027, 1, 11)).eerste_dag.day == 11
    Roosterperiode.objects.update(status="wensen")
    with pytest.raises(ValidationError) as error:
        periode.change_periode(row, by=by, eerste_dag=VANAF)
    assert list(error.value.message_dict) == ["eerste_dag"]
    assert periode.change_periode(row, by=by, rustdagen=5).rustdagen == 5
    assert "niet meer verwijderen" in refused(periode.remove_periode, row, by=by)[0]


def test_a_period_with_balances_cannot_be_taken_back(kring, make, by):
    SaldoFactory(kring=kring, deelnemer=DeelnemerFactory(kring=kring), periode=(row := make()))
    assert "saldi of diensten" in refused(periode.remove_periode, row, by=by)[0]
    assert Roosterperiode.objects.count() == 1


def test_a_period_can_be_taken_back_before_that(make, by):
    row = make()
    periode.remove_periode(row, by=by)
    assert Roosterperiode.objects.count() == 0
    line = Logregel.objects.latest("volgnummer")
    assert (line.gebeurtenis, line.object_id) == ("roosterperiode.verwijderd", str(row.pk))


@pytest.mark.parametrize(
    ("laatste", "dagen"),
    [
        (None, (date(2027, 1, 1), date(2027, 12, 31))),
        (date(2027, 1, 3), (date(2027, 1, 4), date(2028, 1, 3))),
        (date(2028, 2, 28), (date(2028, 2, 29), date(2029, 2, 28))),
    ],
)
def test_the_next_period_is_proposed_also_after_a_leap_day(laatste, dagen):
    last = Roosterperiode(laatste_dag=laatste) if laatste else None
    found = periode.default_dates(last, date(2026, 11, 23))
    assert (found["eerste_dag"], found["laatste_dag"]) == dagen
    assert found["wensen_tot"] <= found["akkoord_tot"] < found["eerste_dag"]


def test_shares_hold_from_a_day_on_and_end_with_zero(kring, tandarts, by):
    other = DeelnemerFactory(kring=kring)
    set_ = aandeel.set_inzet
    set_(tandarts, tandarts.deelnemer, fte=Decimal("0.8"), vanaf=date(2026, 1, 1), by=by)
    set_(tandarts, other, fte=Decimal("0.2"), vanaf=date(2026, 1, 1), doet_dienst=False, by=by)
    set_(tandarts, tandarts.deelnemer, fte=Decimal("0.5"), vanaf=VANAF, by=by)
    set_(tandarts, other, fte=Decimal(0), vanaf=VANAF, by=by)
    (row,) = inzet_between(kring.pk, VANAF, date(2027, 12, 31))
    assert (row.fte, row.praktijk, row.doet_dienst) == (
        Decimal("0.5"),
        tandarts.deelnemer_id,
        True,
    )
    assert Inzet.objects.filter(geldig_tot=date(2027, 1, 3)).count() == 2
    assert events() == ["inzet.vastgesteld"] * 4


def test_more_than_two_fte_is_refused_and_the_old_share_stays(tandarts, by):
    aandeel.set_inzet(tandarts, tandarts.deelnemer, fte=Decimal(1), vanaf=VANAF, by=by)
    with pytest.raises(ValidationError) as error:
        aandeel.set_inzet(
            tandarts, tandarts.deelnemer, fte=Decimal("2.5"), vanaf=date(2027, 3, 1), by=by
        )
    assert list(error.value.message_dict) == ["fte"]
    assert Inzet.objects.get().geldig_tot is None


def test_an_exemption_is_given_changed_and_taken_back(kring, tandarts, by):
    row = aandeel.add_vrijstelling(
        kring_id=kring.pk,
        tandarts=tandarts,
        grond="behandeling",
        deel=50,
        eerste_dag=VANAF,
        last="praktijk",
        by=by,
    )
    with pytest.raises(ValidationError) as error:
        aandeel.change_vrijstelling(row, laatste_dag=date(2026, 1, 1), by=by)
    assert list(error.value.message_dict) == ["laatste_dag"]
    aandeel.change_vrijstelling(row, laatste_dag=date(2027, 6, 1), by=by)
    assert Vrijstelling.objects.get().grond == "behandeling"
    aandeel.remove_vrijstelling(row, by=by)
    assert Vrijstelling.objects.count() == 0
    assert events() == [f"vrijstelling.{wat}" for wat in ("gegeven", "gewijzigd", "verwijderd")]


def test_the_ground_of_an_exemption_is_sealed(kring, tandarts):
    row = VrijstellingFactory(kring=kring, tandarts=tandarts)
    with connection.cursor() as cursor:
        cursor.execute("SELECT grond, toelichting FROM rooster_vrijstelling WHERE id=%s", [row.pk])
        stored = b"".join(map(bytes, cursor.fetchone()))
    assert b"zwangerschap" not in stored
    assert b"maart" not in stored


def test_balances_are_what_was_done_less_the_bare_share(kring, by, november):
    past = RoosterperiodeFactory(
        kring=kring,
        naam="2025",
        eerste_dag=date(2025, 1, 1),
        laatste_dag=date(2025, 12, 31),
        wensen_tot=date(2024, 10, 1),
        akkoord_tot=date(2024, 11, 1),
        status="gepubliceerd",
    )
    a, b = TandartsFactory(kring=kring), TandartsFactory(kring=kring)
    InzetFactory(kring=kring, tandarts=a, fte="0.50")
    assert "geen diensten" in refused(aandeel.record_saldi, past, by=by)[0]
    DienstFactory(
        kring=kring, dienstdoende=a, achterwacht=b, categorie="weekend", roosterperiode=past
    )
    aandeel.record_saldi(past, by=by)
    aandeel.record_saldi(past, by=by)
    saldi = Saldo.objects.filter(categorie="weekend").values_list("deelnemer_id", "verschil")
    assert dict(saldi) == {a.deelnemer_id: Decimal("0.33"), b.deelnemer_id: Decimal("-0.33")}
    assert Saldo.objects.count() == 6


def test_balances_wait_for_the_end_of_the_period(make, by, november):
    assert "nog niet voorbij" in refused(aandeel.record_saldi, make(), by=by)[0]
