"""The law of §4, on the worked cases and on each rule apart."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from triage.protocol.toetsing import TabelFout, run_table
from verslag.toetsing import COMPLEET
from verslag.volledigheid import EigenTandarts, Overdrachtweg, judge, may_charge_copy

CASES = json.loads((Path(__file__).parent / "gevallen.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_worked_case(case):
    """Each expectation of the case holds, by the section that `toets_triage` uses."""
    uitslag = run_table({"verslag": [case]})
    assert not uitslag.gezakt


def test_every_case_is_there():
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
        (
            {"vervolg": "controle", "vervolg_termijn": "gisteren", "vervolg_termijn_voorbij": True},
            "vervolg_termijn_voorbij",
            "vervolg_termijn",
        ),
        ({"vervolg_termijn": "2 weken"}, "vervolg_ontbreekt", "vervolg"),
        (
            {"eigen_tandarts": EigenTandarts.ONBEKEND},
            "eigen_tandarts_onbekend",
            "heeft_eigen_tandarts",
        ),
        (
            {"eigen_tandarts": EigenTandarts.GEEN, "advies_eigen_tandarts": False},
            "advies_zoek_tandarts_ontbreekt",
            "advies_eigen_tandarts",
        ),
        (
            {"rontgen_gemaakt": True, "rontgen_bijgevoegd": False},
            "rontgen_niet_bijgevoegd",
            "bestand",
        ),
        (
            {
                "eigen_tandarts": EigenTandarts.GEEN,
                "nevenbevinding_urgent": True,
                "nevenbevinding_gemeld": False,
            },
            "nevenbevinding_niet_gemeld",
            "nevenbevinding_gemeld",
        ),
        ({"nevenbevinding_gemeld": True}, "nevenbevinding_ontbreekt", "nevenbevinding"),
        ({"uitgesteld": True}, "uitstel_grond_ontbreekt", "uitstel_grond"),
        ({"uitstel_grond": "koorts"}, "uitstel_ontbreekt", "uitgesteld"),
        ({"elementen_leeg": ("36",)}, "element_zonder_inhoud", "gebit"),
        ({"tariefcodes_ongeldig": ("Q99",)}, "tariefcode_onbekend", "tariefcodes"),
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


@pytest.mark.parametrize(
    ("gesproken", "gezien", "setting", "required"),
    [
        (True, False, True, True),
        (True, False, False, False),
        (False, True, False, True),
        (False, False, True, False),
    ],
)
def test_speaking_alone_asks_for_a_report_by_the_setting(gesproken, gezien, setting, required):
    gegevens = replace(COMPLEET, tandarts_gesproken=gesproken, gezien=gezien)
    oordeel = judge(gegevens, ook_bij_alleen_gesproken=setting)
    assert oordeel.verslag_vereist is required
    # A report that need not be written may be written.
    assert oordeel.ondertekenen_toegestaan is (gesproken or gezien)


@pytest.mark.parametrize(
    ("change", "allowed"),
    [
        ({}, True),
        ({"kanaal": "ophalen"}, True),
        ({"kanaal": "gewone_email"}, False),
        ({"kanaal": "whatsapp"}, False),
        ({"eigen_tandarts": EigenTandarts.GEEN}, False),
        ({"diagnose": ""}, False),
    ],
)
def test_only_a_whole_report_leaves_and_only_by_a_safe_way(change, allowed):
    assert judge(replace(COMPLEET, **change)).verzenden_toegestaan is allowed


def test_unsafe_way_does_not_stop_the_signature():
    oordeel = judge(replace(COMPLEET, kanaal="gewone_email"))
    assert oordeel.ondertekenen_toegestaan
    assert [reden.sleutel for reden in oordeel.verzendfouten] == ["kanaal_niet_veilig"]


def test_first_copy_is_free():
    assert [may_charge_copy(nummer) for nummer in (1, 2, 3)] == [False, True, True]


@pytest.mark.parametrize(
    ("feiten", "words"),
    [
        ({"gezein": True}, 'onbekend: "gezein"'),
        ({"gezien": "ja"}, "gezien: moet ja of nee"),
        ({"bsn": 111222333}, "bsn: moet tekst"),
        ({"tariefcodes": "C012"}, "tariefcodes: moet een lijst"),
        ({"eigen_tandarts": "nee"}, "is niet een van"),
        ({"eigen_tandarts": []}, "is niet een van"),
        ({"afschrift_nummer": 0}, "nummer 1"),
        ({"afschrift_nummer": "1"}, "moet een getal"),
        ({"toestemming": "ja"}, "toestemming: moet ja of nee"),
    ],
)
def test_a_case_with_wrong_facts_says_where(feiten, words):
    case = {"id": "D-1", "feiten": feiten, "verwacht": {"verslag_vereist": True}}
    with pytest.raises(TabelFout, match=words):
        run_table({"verslag": [case]})
