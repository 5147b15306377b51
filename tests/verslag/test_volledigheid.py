"""The law of §4, on the worked cases and on each rule apart."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from verslag.volledigheid import EigenTandarts, Gegevens, Overdrachtweg, judge

CASES = json.loads((Path(__file__).parent / "gevallen.json").read_text(encoding="utf-8"))

# What belongs to a later issue, by the id of the case: röntgenopnamen as attachments (D-010),
# copies for the patient (D-012), urgent unrelated findings (D-015).
NOG_NIET = {"D-010", "D-012", "D-015"}
# There is no channel to choose: the only way out is the outbox, see test_kanalen.py.
DOOR_BOUW = {"D-014"}

COMPLEET = Gegevens(
    tandarts_gesproken=True,
    gezien=True,
    naam="Anna de Vries",
    adres="Lindelaan 12",
    woonplaats="Utrecht",
    bsn="111222333",
    spoedklacht="Pijn",
    bevindingen="Diepe cariës 36",
    diagnose="Pulpitis 36",
    behandeling="Pulpotomie",
    tariefcodes="X10",
    eigen_tandarts=EigenTandarts.JA,
    ontvanger_bekend=True,
)
NAMES = {
    "advies_zoek_tandarts_genoteerd": "advies_eigen_tandarts",
    "verwijzing_naar": "verwijzing",
    "vervolgbehandeling": "vervolg",
    "reden_geen_bsn": "geen_bsn_reden",
}


def facts(feiten: dict) -> Gegevens:
    """Return the complete report with the facts of a case."""
    values = {NAMES.get(key, key): value for key, value in feiten.items() if key != "toestemming"}
    if "tariefcodes" in values:
        values["tariefcodes"] = " ".join(values["tariefcodes"])
    if "eigen_tandarts" in values:
        values["eigen_tandarts"] = EigenTandarts(values["eigen_tandarts"])
    values = {key: "" if value is None else value for key, value in values.items()}
    return replace(COMPLEET, **values)


def verdict(gegevens: Gegevens) -> dict:
    oordeel = judge(gegevens)
    return {
        "verslag_vereist": oordeel.verslag_vereist,
        "passantendossier": oordeel.passantendossier,
        "toestemming_nodig": oordeel.toestemming_nodig,
        "overdracht": oordeel.overdracht.value,
        "ondertekenen_toegestaan": oordeel.ondertekenen_toegestaan,
        "fouten": [reden.sleutel for reden in oordeel.fouten],
        "hints": [reden.sleutel for reden in oordeel.hints],
    }


@pytest.mark.parametrize(
    "case",
    [case for case in CASES if case["id"] not in NOG_NIET | DOOR_BOUW],
    ids=lambda case: case["id"],
)
def test_worked_case(case):
    """Each expectation of the case holds."""
    found = verdict(facts(case["feiten"]))
    assert {key: found[key] for key in case["verwacht"]} == case["verwacht"]


def test_every_case_is_accounted_for():
    """A new case cannot slip by."""
    known = {case["id"] for case in CASES}
    assert known >= NOG_NIET | DOOR_BOUW
    assert len(CASES) == 12


def test_complete_report_has_no_reasons():
    oordeel = judge(COMPLEET)
    assert oordeel.ondertekenen_toegestaan
    assert oordeel.fouten == oordeel.hints == ()
    assert oordeel.overdracht is Overdrachtweg.VEILIG_ELEKTRONISCH


@pytest.mark.parametrize(
    ("change", "key", "field"),
    [
        ({"naam": " "}, "naam_ontbreekt", "naam"),
        ({"adres": ""}, "adres_ontbreekt", "adres"),
        ({"woonplaats": ""}, "woonplaats_ontbreekt", "woonplaats"),
        ({"bsn": ""}, "bsn_of_reden_ontbreekt", "bsn"),
        ({"spoedklacht": "\n"}, "spoedklacht_ontbreekt", "spoedklacht"),
        ({"bevindingen": ""}, "bevindingen_ontbreken", "bevindingen"),
        ({"diagnose": ""}, "diagnose_ontbreekt", "diagnose"),
        ({"behandeling": ""}, "behandeling_of_advies_ontbreekt", "behandeling"),
        ({"verwijzing": "huisarts"}, "verwijzing_reden_ontbreekt", "verwijzing_reden"),
        ({"verwijzing_reden": "koorts"}, "verwijzing_ontbreekt", "verwijzing"),
        ({"vervolg": "wortelkanaal"}, "vervolg_termijn_ontbreekt", "vervolg_termijn"),
        ({"vervolg_termijn": "2 weken"}, "vervolg_ontbreekt", "vervolg"),
        (
            {"eigen_tandarts": EigenTandarts.ONBEKEND},
            "eigen_tandarts_onbekend",
            "heeft_eigen_tandarts",
        ),
        (
            {"eigen_tandarts": EigenTandarts.GEEN},
            "advies_zoek_tandarts_ontbreekt",
            "advies_eigen_tandarts",
        ),
    ],
)
def test_one_missing_thing_is_one_reason(change, key, field):
    """Exactly one reason, at its own field, with a sentence and a paragraph."""
    (reden,) = judge(replace(COMPLEET, **change)).fouten
    assert (reden.sleutel, reden.veld) == (key, field)
    assert reden.zin.endswith(".")
    assert reden.paragraaf.startswith("§")


def test_reason_for_missing_bsn_is_enough():
    assert judge(replace(COMPLEET, bsn="", geen_bsn_reden="toerist")).ondertekenen_toegestaan


def test_unknown_address_may_be_signed_but_is_not_sent():
    oordeel = judge(replace(COMPLEET, ontvanger_bekend=False))
    assert oordeel.ondertekenen_toegestaan
    assert oordeel.overdracht is Overdrachtweg.ADRES_ONTBREEKT
    assert [hint.sleutel for hint in oordeel.hints] == ["adres_eigen_tandarts_ontbreekt"]


def test_nobody_spoken_is_no_report():
    oordeel = judge(replace(COMPLEET, tandarts_gesproken=False, gezien=False))
    assert not oordeel.verslag_vereist
    assert not oordeel.ondertekenen_toegestaan
