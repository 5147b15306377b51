"""Rules that are easy to get wrong, and the readings a coordinator can choose."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from triage.protocol import (
    STANDAARD_REGELSET,
    Feiten,
    Instellingen,
    Tabel,
    Uitkomst,
    evaluate,
)

DINSDAG = datetime(2026, 11, 24, 19, 15, tzinfo=UTC)


def outcome(*klachten: str, instellingen: dict[str, Any] | None = None, **answers: Any) -> Uitkomst:
    known = {
        "koorts": "nee",
        "antitrombotica": "nee",
        "oorzaak_ongeval": False,
        "leeftijd_jaren": 40,
        "eigen_tandarts": "ja",
        "eigen_tandarts_binnen_24u": "ja",
        "pijnstilling_ingenomen": "nee",
        "tijdstip": DINSDAG,
    }
    feiten = Feiten(klachten=klachten, **{**known, **answers})
    return evaluate(feiten, Instellingen(**(instellingen or {})), [date(2026, 12, 25)])


NO_EFFECT = {
    "pijnstilling_ingenomen": "ja",
    "pijnstilling_minuten_geleden": 120,
    "pijnstilling_verbetering": "nee",
    "eigen_tandarts_binnen_24u": "nee",
}


@pytest.mark.parametrize("koorts", ["nee", "onbekend", "ja"])
def test_fever_does_not_remove_the_24_hour_deadline(koorts: str) -> None:
    uitkomst = outcome("pijn", koorts=koorts, **NO_EFFECT)
    assert "R-25" in uitkomst.regel_ids
    assert uitkomst.zien_binnen_min == 1440


@pytest.mark.parametrize("koorts", ["nee", "onbekend", "ja"])
def test_stricter_24_hour_reading_keeps_its_deadline_with_fever(koorts: str) -> None:
    uitkomst = outcome(
        "pijn",
        koorts=koorts,
        eigen_tandarts_binnen_24u="nee",
        instellingen={"pijn_24u_regel": "kader_of"},
    )
    assert uitkomst.zien_binnen_min == 1440
    assert uitkomst.moet_gezien == "ja"


def test_24_hour_rule_counts_an_unknown_appointment_as_none() -> None:
    assert (
        "R-25"
        in outcome("pijn", **{**NO_EFFECT, "eigen_tandarts_binnen_24u": "onbekend"}).regel_ids
    )


def test_child_rule_can_follow_the_scheme_only() -> None:
    schema = {"kind_regel": "schema"}
    assert outcome("pijn", leeftijd_jaren=8, nrs=3, instellingen=schema).regel_ids == ("R-20",)
    assert outcome("ongemak", leeftijd_jaren=8, instellingen=schema).regel_ids == ("R-10",)
    assert "R-23" in outcome("pijn", leeftijd_jaren=8, nrs=7, instellingen=schema).regel_ids


@pytest.mark.parametrize(
    ("leeftijd", "nrs", "rule"),
    [(11, 7, "R-23"), (11, 6, "R-24"), (12, 9, "R-24"), (17, 1, "R-24")],
)
def test_child_in_pain(leeftijd: int, nrs: int, rule: str) -> None:
    assert rule in outcome("pijn", leeftijd_jaren=leeftijd, nrs=nrs).regel_ids


def test_adult_has_no_child_rule() -> None:
    assert outcome("pijn", leeftijd_jaren=18, nrs=5).regel_ids == ("R-20",)


@pytest.mark.parametrize(
    ("nrs", "threshold", "fires"), [(7, 7, True), (6, 7, False), (10, None, False)]
)
def test_nrs_threshold(nrs: int, threshold: int | None, fires: bool) -> None:
    uitkomst = outcome("pijn", nrs=nrs, instellingen={"nrs_overleg_aanbevolen_vanaf": threshold})
    assert ("R-27" in uitkomst.regel_ids) is fires


def test_swelling_without_fever_can_be_read_milder() -> None:
    assert outcome("dikke_wang").contact_tandarts == "verplicht"
    milder = outcome("dikke_wang", instellingen={"zwelling_zonder_koorts": "aanbevolen"})
    assert milder.contact_tandarts == "aanbevolen"
    assert milder.regel_ids == ("R-31",)


@pytest.mark.parametrize(("geleden", "rest"), [(0, 60), (59, 1)])
def test_painkiller_gets_the_rest_of_its_hour(geleden: int, rest: int) -> None:
    uitkomst = outcome(
        "pijn",
        pijnstilling_ingenomen="ja",
        pijnstilling_minuten_geleden=geleden,
        pijnstilling_verbetering="nee",
    )
    assert uitkomst.terugbel_timers == (rest,)
    assert "pijnstiller_innemen" not in uitkomst.adviezen


def test_painkiller_after_the_hour_without_effect() -> None:
    uitkomst = outcome(
        "pijn",
        pijnstilling_ingenomen="ja",
        pijnstilling_minuten_geleden=60,
        pijnstilling_verbetering="nee",
    )
    assert uitkomst.regel_ids == ("R-21",)


@pytest.mark.parametrize(
    ("minuten", "verbetering", "rule", "deadline"),
    [
        (29, "nee", "R-41", None),
        (30, "nee", "R-44", 30),
        (60, "nee", "R-44", 0),
        (45, "erger", "R-70", 15),
        (45, "onbekend", "R-44", 15),
        (45, "ja", "R-47", None),
    ],
)
def test_bleeding_clock_runs_from_the_first_report(
    minuten: int, verbetering: str, rule: str, deadline: int | None
) -> None:
    uitkomst = outcome(
        "nabloeding",
        bloeding_ernst="matig",
        herhaalcontact=True,
        minuten_sinds_eerste_contact=minuten,
        eerdere_uitkomst="nabloeding_advies",
        verbetering_sinds_advies=verbetering,
    )
    assert rule in uitkomst.regel_ids
    assert uitkomst.zien_binnen_min == deadline


def test_bleeding_that_turns_severe_keeps_the_running_clock() -> None:
    uitkomst = outcome(
        "nabloeding",
        bloeding_ernst="ernstig",
        herhaalcontact=True,
        minuten_sinds_eerste_contact=10,
        eerdere_uitkomst="nabloeding_advies",
        verbetering_sinds_advies="erger",
    )
    assert uitkomst.zien_binnen_min == 50


def test_bleeding_after_an_earlier_pain_call_starts_its_own_clock() -> None:
    uitkomst = outcome(
        "nabloeding",
        bloeding_ernst="ernstig",
        herhaalcontact=True,
        minuten_sinds_eerste_contact=300,
        eerdere_uitkomst="pijn_advies",
    )
    assert uitkomst.zien_binnen_min == 60


def test_doubt_about_a_bleeding_brings_the_patient_in() -> None:
    uitkomst = outcome("nabloeding", bloeding_ernst="gering", twijfel=True)
    assert {"R-01", "R-46"} <= set(uitkomst.regel_ids)
    assert uitkomst.zien_binnen_min == 60


@pytest.mark.parametrize(
    ("leeftijd", "element", "rule"),
    [(5, "onbekend", "R-61"), (8, "melk", "R-61"), (6, "onbekend", "R-63"), (11, None, "R-63")],
)
def test_no_replanting_where_it_may_be_a_milk_tooth(
    leeftijd: int, element: str | None, rule: str
) -> None:
    uitkomst = outcome("avulsie", leeftijd_jaren=leeftijd, avulsie_element=element)
    assert rule in uitkomst.regel_ids
    assert "element_terugplaatsen_zo_mogelijk" not in uitkomst.adviezen
    assert "element_bewaren_melk_of_speeksel" in uitkomst.adviezen


@pytest.mark.parametrize(("leeftijd", "element"), [(5, "blijvend"), (12, "onbekend"), (None, None)])
def test_permanent_tooth_is_replanted(leeftijd: int | None, element: str | None) -> None:
    uitkomst = outcome("avulsie", leeftijd_jaren=leeftijd, avulsie_element=element)
    assert "element_terugplaatsen_zo_mogelijk" in uitkomst.adviezen


def test_timers_of_two_complaints_are_collected() -> None:
    uitkomst = outcome("pijn", "nabloeding", nrs=3, bloeding_ernst="gering")
    assert uitkomst.terugbel_timers == (30, 60)
    assert uitkomst.terugbel_minuten == 30


def test_first_aid_survives_an_obligatory_contact() -> None:
    uitkomst = outcome("pijn", "nabloeding", nrs=3, bloeding_ernst="gering", twijfel=True)
    assert "dichtbijten_gaasje_30_min" in uitkomst.adviezen
    assert "pijnstiller_innemen" not in uitkomst.adviezen


@pytest.mark.parametrize(
    ("moment", "advies"),
    [
        # Amsterdam is UTC+1 here, so 23:30 UTC is half past midnight on the next date.
        (datetime(2026, 11, 26, 23, 30, tzinfo=UTC), "eigen_tandarts_volgende_dag"),
        (datetime(2026, 11, 27, 6, 59, tzinfo=UTC), "eigen_tandarts_volgende_dag"),
        (datetime(2026, 11, 27, 7, 0, tzinfo=UTC), "eigen_tandarts_na_weekend_of_feestdag"),
        (datetime(2026, 11, 28, 12, 0, tzinfo=UTC), "eigen_tandarts_na_weekend_of_feestdag"),
        (datetime(2026, 11, 29, 18, 0, tzinfo=UTC), "eigen_tandarts_volgende_dag"),
        (datetime(2026, 12, 24, 18, 0, tzinfo=UTC), "eigen_tandarts_na_weekend_of_feestdag"),
    ],
)
def test_own_dentist_at_the_right_day(moment: datetime, advies: str) -> None:
    assert outcome("ongemak", tijdstip=moment).adviezen == (advies,)


def test_no_complaint_is_no_outcome() -> None:
    assert not outcome().is_judged
    assert outcome(twijfel=True).contact_verplicht


def test_unknown_complaint_is_a_gap() -> None:
    assert outcome("kaakklem").regel_ids == ("R-03",)
    assert "R-03" in outcome("pijn", "anders", nrs=3).regel_ids


def test_not_asking_about_an_accident_is_doubt() -> None:
    assert outcome("ongemak", oorzaak_ongeval=None).contact_verplicht


def test_every_used_reading_is_recorded() -> None:
    uitkomst = outcome("pijn", eigen_tandarts_binnen_24u="nee")
    used = {item.naam: (item.waarde, item.spanning) for item in uitkomst.instellingen}
    assert used["pijn_24u_regel"] == ("hoofdtekst_en", "T-02")
    assert uitkomst.protocolversie == STANDAARD_REGELSET.id


def test_the_standard_edition_has_every_rule_of_the_decision_table() -> None:
    assert " ".join(regel.id for regel in STANDAARD_REGELSET.regels) == (
        "R-01 R-02 R-03 R-10 R-11 R-12 R-20 R-21 R-22 R-23 R-24 R-25 R-26 R-27 R-28 R-29 R-30 R-31 "
        "R-32 R-40 R-41 R-42 R-43 R-44 R-45 R-46 R-47 R-50 R-60 R-61 R-62 R-63 R-70 R-80 R-81 R-82 "
        "R-83 R-84 R-85"
    )
    assert {regel.tabel for regel in STANDAARD_REGELSET.regels} == set(Tabel)
    assert [regel.id for regel in STANDAARD_REGELSET.lokaal] == ["L-01"]


def test_naive_moment_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        Feiten(tijdstip=datetime(2026, 11, 24))  # noqa: DTZ001


def test_unknown_fact_is_refused() -> None:
    with pytest.raises(ValueError, match="koortz"):
        Feiten.from_mapping({"tijdstip": DINSDAG, "koortz": "ja"})


@pytest.mark.parametrize("wrong", [{"kind_regel": "riim"}, {"pijn_terugbel_min": -1}])
def test_mistyped_setting_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=next(iter(wrong))):
        Instellingen(**wrong)
