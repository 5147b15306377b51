"""Closing a call: registration errors and skipped steps, at their boundaries."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from triage.protocol import (
    Contactpoging,
    Feiten,
    Instellingen,
    Procesfeiten,
    judge_process,
    may_close,
    validate,
)
from triage.protocol.afronden import AFSLUITCONTROLE

VOLLEDIG = Feiten(
    tijdstip=datetime(2026, 11, 24, 19, tzinfo=UTC),
    opname_gemeld=True,
    naam="Noor Proef",
    adres="Kerkplein 2",
    woonplaats="Zutphen",
    telefoon="06 1234 5670",
    leeftijd_jaren=35,
    klachten=("pijn",),
    nrs=4,
)
GESPROKEN = Contactpoging("dienstdoende", "gesproken")
GEMIST = Contactpoging("dienstdoende", "niet_bereikt")


def test_complete_intake_has_no_errors() -> None:
    assert validate(VOLLEDIG) == []


@pytest.mark.parametrize(
    ("change", "fout"),
    [
        ({"woonplaats": None}, "woonplaats_ontbreekt"),
        ({"nrs": -1}, "nrs_ongeldig"),
        ({"nrs": 7.5}, "nrs_ongeldig"),
        ({"leeftijd_jaren": -1}, "leeftijd_buiten_bereik"),
        ({"leeftijd_jaren": 121}, "leeftijd_buiten_bereik"),
        ({"bsn": "12345678"}, "bsn_formaat"),
        ({"bsn": "1234567890"}, "bsn_formaat"),
        ({"bsn": "١٢٣٤٥٦٧٨٩"}, "bsn_formaat"),
        ({"bsn": "000000000"}, "bsn_elfproef"),
        ({"telefoon": "061234567"}, "telefoon_ongeldig"),
        ({"telefoon": "bel mijn man"}, "telefoon_ongeldig"),
        ({"telefoon": "\x00"}, "telefoon_ongeldig"),
    ],
)
def test_one_error(change: dict[str, Any], fout: str) -> None:
    assert validate(replace(VOLLEDIG, **change)) == [fout]


@pytest.mark.parametrize(
    "change",
    [
        {"bsn": None},
        {"bsn": " "},
        {"bsn": "111.222.333"},
        {"telefoon": "+31 6 12345670"},
        {"telefoon": "0031612345670"},
        {"telefoon": "030-6076276"},
        {"telefoon": "+49 30 901820"},
        {"leeftijd_jaren": 0, "nrs": None},
        {"leeftijd_jaren": 11, "nrs": None},
        {"klachten": ("ongemak",), "nrs": None},
    ],
)
def test_no_error(change: dict[str, Any]) -> None:
    assert validate(replace(VOLLEDIG, **change)) == []


def test_scale_is_required_from_twelve() -> None:
    assert validate(replace(VOLLEDIG, leeftijd_jaren=12, nrs=None)) == ["nrs_ontbreekt"]


def test_forbidden_bsn_may_be_left_out() -> None:
    zonder = Instellingen(bsn_vastleggen_toegestaan=False)
    assert validate(VOLLEDIG, zonder) == []


def proces(**values: Any) -> Procesfeiten:
    return Procesfeiten(**{"controle_uitkomst": AFSLUITCONTROLE, **values})


@pytest.mark.parametrize(
    "state",
    [
        proces(contact_tandarts="niet_nodig"),
        proces(contact_tandarts="verplicht", contactpogingen=(GEMIST, GESPROKEN)),
        proces(contact_tandarts="aanbevolen", reden_geen_contact="patiënt wil niet"),
        proces(contact_tandarts="aanbevolen", contactpogingen=(GESPROKEN,)),
        proces(
            contact_tandarts="verplicht",
            contactpogingen=(GESPROKEN,),
            besluit_tandarts="zien",
            betaling_geinformeerd=True,
        ),
        proces(
            contact_tandarts="verplicht",
            contactpogingen=(GESPROKEN,),
            regels=("R-23",),
            besluit_tandarts="uitstel",
            zwaarwegende_gronden="opgenomen in het ziekenhuis",
        ),
    ],
)
def test_may_close(state: Procesfeiten) -> None:
    assert may_close(state)


@pytest.mark.parametrize("resultaat", ["niet_bereikt", "voicemail"])
def test_a_missed_call_is_no_contact(resultaat: str) -> None:
    state = proces(
        contact_tandarts="verplicht", contactpogingen=(Contactpoging("dienstdoende", resultaat),)
    )
    assert judge_process(state).fouten == ("tandartscontact_ontbreekt",)


def test_not_yet_checked_is_unfinished_without_a_fault() -> None:
    oordeel = judge_process(Procesfeiten(contact_tandarts="niet_nodig"))
    assert not oordeel.afronden_toegestaan
    assert oordeel.fouten == ()


@pytest.mark.parametrize(
    ("pogingen", "minuten", "escalates"),
    [
        ((), 9, False),
        ((GEMIST,), 4, False),
        ((GEMIST,), 5, True),
        ((GEMIST, GEMIST), 0, True),
        ((GEMIST, GESPROKEN), 9, False),
    ],
)
def test_backup_takes_over(
    pogingen: tuple[Contactpoging, ...], minuten: int, escalates: bool
) -> None:
    state = Procesfeiten(
        contact_tandarts="verplicht",
        contactpogingen=pogingen,
        minuten_sinds_eerste_poging=minuten,
    )
    assert (judge_process(state).escaleer_naar == "achterwacht") is escalates


@pytest.mark.parametrize(("sinds", "timer", "rest"), [(0, 30, 60), (45, 15, 15), (90, 0, 0)])
def test_instruction_never_outlives_the_hour(sinds: int, timer: int, rest: int) -> None:
    state = Procesfeiten(
        regels=("R-43",),
        besluit_tandarts="telefonische_instructie",
        minuten_sinds_eerste_contact=sinds,
    )
    oordeel = judge_process(state)
    assert (oordeel.terugbel_minuten, oordeel.zien_binnen_min_rest) == (timer, rest)


@pytest.mark.parametrize(
    ("verstreken", "teruggebeld", "wachtrij"),
    [(59, False, None), (60, False, "terugbellen_door_dienst"), (61, True, None)],
)
def test_call_back_by_the_service(verstreken: int, teruggebeld: bool, wachtrij: str | None) -> None:
    state = Procesfeiten(
        terugbel_minuten=60, minuten_verstreken=verstreken, teruggebeld=teruggebeld
    )
    assert judge_process(state).wachtrij == wachtrij


@pytest.mark.parametrize(
    ("soort", "aantal", "warns"),
    [("automatisch", 1, False), ("automatisch", 2, True), ("handmatig", 2, False)],
)
def test_links_between_patient_and_dentist(soort: str, aantal: int, warns: bool) -> None:
    state = Procesfeiten(doorschakeling=soort, tussenschakels=aantal)
    assert bool(judge_process(state).waarschuwing) is warns


def test_unknown_process_fact_is_refused() -> None:
    with pytest.raises(ValueError, match="besluit"):
        Procesfeiten.from_mapping({"besluit": "zien"})
