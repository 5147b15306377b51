"""Scenario tables: what they find, and how a broken one says where it is broken."""

import copy
import json
import os
from pathlib import Path
from typing import Any

import pytest

from triage.protocol import STANDAARD_LEZING, Instellingen, Lezing
from triage.protocol.toetsing import TabelFout, parse, read_file, run_table

BASIS = {
    "tijdstip": "2026-11-24T20:15:00+01:00",
    "opname_gemeld": True,
    "naam": "Jans Proef",
    "adres": "Dorpsstraat 1",
    "woonplaats": "Utrecht",
    "telefoon": "0612345678",
    "leeftijd_jaren": 42,
    "eigen_tandarts": "ja",
    "eigen_tandarts_binnen_24u": "ja",
    "koorts": "nee",
    "pijnstilling_ingenomen": "nee",
}
TABEL: dict[str, Any] = {
    "basis": BASIS,
    "triage": [
        {
            "id": "T-1",
            "titel": "Pijn",
            "verschil_met_basis": {"klachten": ["pijn"], "nrs": 7},
            "verwacht": {"contact_tandarts": "aanbevolen", "regels": ["R-27", "R-20"]},
        }
    ],
    "validatie": [
        {
            "id": "T-2",
            "verschil_met_basis": {"klachten": ["pijn"], "nrs": "zeven"},
            "verwacht": {"validatie_fouten": ["nrs_ongeldig"], "afronden_toegestaan": False},
        }
    ],
    "proces": [
        {
            "id": "T-3",
            "feiten": {"contact_tandarts": "verplicht", "contactpogingen": []},
            "verwacht": {"fouten": ["tandartscontact_ontbreekt"], "escaleer_naar": None},
        }
    ],
}


def table(*path: Any, value: Any = None, drop: bool = False) -> dict[str, Any]:
    """The table with one value put in place, or dropped."""
    data = copy.deepcopy(TABEL)
    place: Any = data
    for step in path[:-1]:
        place = place[step]
    if drop:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return data


def test_every_section_passes() -> None:
    uitslag = run_table(TABEL)
    assert uitslag.slotregel == "3 passed, 0 failed"
    assert [(geval.onderdeel, geval.id) for geval in uitslag.gevallen] == [
        ("triage", "T-1"),
        ("validatie", "T-2"),
        ("proces", "T-3"),
    ]


def test_a_difference_is_named() -> None:
    uitslag = run_table(table("triage", 0, "verwacht", "contact_tandarts", value="niet_nodig"))
    assert uitslag.slotregel == "2 passed, 1 failed"
    (geval,) = uitslag.gezakt
    (afwijking,) = geval.afwijkingen
    assert geval.titel == "Pijn"
    assert str(afwijking) == 'contact_tandarts: verwacht "niet_nodig", gevonden "aanbevolen"'


def test_only_the_advice_itself_counts_not_its_order() -> None:
    data = table("triage", 0, "verwacht", "terugbel_timers", value=[60])
    assert not run_table(data).gezakt
    data["triage"][0]["verwacht"]["regels"] = ["R-20"]
    assert len(run_table(data).gezakt) == 1


def test_settings_of_the_table_of_a_case_and_of_a_reading() -> None:
    strict = table("instellingen_standaard", value={"nrs_overleg_aanbevolen_vanaf": 8})
    assert [geval.id for geval in run_table(strict).gezakt] == ["T-1"]
    case = table("triage", 0, "instellingen", value={"nrs_overleg_aanbevolen_vanaf": None})
    assert [geval.id for geval in run_table(case).gezakt] == ["T-1"]
    lezing = Lezing(instellingen=Instellingen(nrs_overleg_aanbevolen_vanaf=8))
    assert [geval.id for geval in run_table(TABEL, lezing).gezakt] == ["T-1"]
    assert not run_table(strict, STANDAARD_LEZING).gezakt


def test_holidays_of_the_table() -> None:
    data = table("basis", "tijdstip", value="2026-12-24T21:00:00+01:00")
    data["triage"][0]["verwacht"] = {"adviezen": ["eigen_tandarts_na_weekend_of_feestdag"]}
    data["triage"][0]["verschil_met_basis"] = {"klachten": ["ongemak"], "oorzaak_ongeval": False}
    assert len(run_table(data).gezakt) == 1
    data["feestdagen_voor_test"] = ["2026-12-25"]
    assert not run_table(data).gezakt


V = ("triage", 0, "verwacht")
D = ("triage", 0, "verschil_met_basis")
KAPOT: list[tuple[dict[str, Any], str]] = [
    ({}, "bevat geen gevallen"),
    (table("triage", value=[]) | {"validatie": [], "proces": []}, "bevat geen gevallen"),
    (table("triagee", value=[]), 'het bestand: onbekend: "triagee"'),
    (table("triage", value={}), "triage: moet een lijst zijn"),
    (table("triage", 0, value=3), r"triage\[1\]: moet een blok"),
    (table("triage", 0, "id", drop=True), r"triage\[1\]: id ontbreekt"),
    (table("triage", 0, "id", value=7), r"triage\[1\], id: moet tekst zijn"),
    (table("triage", 0, "id", value="T-2"), r'validatie\[1\]: "T-2" staat ook al bij triage\[1\]'),
    (table("triage", 0, "titel", value=[]), "titel: moet tekst zijn"),
    (table("triage", 0, "verwacht", drop=True), r'triage\[1\] \("T-1"\): verwacht ontbreekt'),
    (table("triage", 0, "verwacht", value={}), "niets om te vergelijken"),
    (table("triage", 0, "verwacht", value={"noot": "x"}), "niets om te vergelijken"),
    (table("triage", 0, "verwachting", value={}), 'onbekend: "verwachting"'),
    (table("triage", 0, "verschil_met_basis", drop=True), "verschil_met_basis ontbreekt"),
    (table("triage", 0, "instellingen", value=[]), "instellingen: moet een blok"),
    (table("triage", 0, "instellingen", value={"nrs": 7}), 'instellingen, "nrs": .*bestaat niet'),
    (table("instellingen_standaard", value={"kind_regel": "x"}), "moet een van deze zijn"),
    (table(*V, "contact", value="verplicht"), 'verwacht: onbekend: "contact"'),
    (table(*V, "contact_verplicht", value=1), "contact_verplicht: moet ja of nee zijn"),
    (table(*V, "terugbel_minuten", value=True), "terugbel_minuten: moet een getal of leeg zijn"),
    (table(*V, "adviezen", value="niet_spoelen"), "adviezen: moet een lijst zijn"),
    (table(*D, "koortz", value="ja"), 'verschil_met_basis: onbekend: "koortz"'),
    (table(*D, "twijfel", value="ja"), "twijfel: moet ja of nee zijn"),
    (table(*D, "naam", value=3), "naam: moet tekst zijn"),
    (table(*D, "nrs", value=[7]), "nrs: moet tekst of een getal"),
    (table(*D, "klachten", value="pijn"), "klachten: moet een lijst zijn"),
    (table(*D, "klachten", value=[1]), "klachten: moet tekst zijn"),
    (table(*D, "tijdstip", value="gisteren"), "is geen tijdstip met tijdzone"),
    (table(*D, "tijdstip", value="2026-11-24T20:15:00"), "is geen tijdstip met tijdzone"),
    (table(*D, "tijdstip", value="0001-01-01T00:00:00+14:00"), "is geen tijdstip met tijdzone"),
    (table("basis", "tijdstip", drop=True), "tijdstip ontbreekt"),
    (table("basis", value=[]), "basis: moet een blok"),
    (table("meta", value=[]), "meta: moet een blok"),
    (table("feestdagen_voor_test", value=["kerst"]), r"test\[1\]: \"kerst\" is geen datum"),
    (table("proces", 0, "feiten", value=[]), "feiten: moet een blok"),
    (table("proces", 0, "feiten", "besluit", value="x"), 'feiten: onbekend: "besluit"'),
    (table("proces", 0, "feiten", "contactpogingen", value=[1]), r"pogingen\[1\]: moet een blok"),
    (
        table("proces", 0, "feiten", "contactpogingen", value=[{"wie": "dienstdoende"}]),
        r"contactpogingen\[1\], resultaat: moet tekst",
    ),
    (
        table("proces", 0, "feiten", "contactpogingen", value=[{"wie": "x", "wat": "y"}]),
        'onbekend: "wat"',
    ),
    (table("proces", 0, "feiten", "minuten_verstreken", value=-1), "niet negatief"),
    (table("proces", 0, "feiten", "minuten_verstreken", value=1.5), "moet een getal"),
    (table("proces", 0, "feiten", "controle_uitkomst", value="zorgvraag"), "moet een lijst zijn"),
]


@pytest.mark.parametrize(("data", "words"), KAPOT)
def test_a_wrong_table_says_where(data: dict[str, Any], words: str) -> None:
    with pytest.raises(TabelFout, match=words):
        run_table(data)


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "geen geldige JSON"),
        (b'{"triage": [', "regel 1, teken 13: het bestand is geen geldige JSON"),
        (b"[]", "het bestand: moet een blok"),
        (b"null", "moet een blok"),
        (b'{"meta": {"a": NaN}}', "NaN is geen getal"),
        (b'{"meta": {"a": -Infinity}}', "-Infinity is geen getal"),
        (b'{"meta": {"a": 1e999}}', "is te groot"),
        (b'{"meta": {"a": ' + b"9" * 5000 + b"}}", "te groot getal"),
        (b'{"meta": 1, "meta": 2}', '"meta" staat er twee keer'),
        (b"\xff\xfe{}", "byte 0: het bestand is geen UTF-8"),
        ("{}".encode("utf-16"), "geen UTF-8"),
        (b"[" * 100_000, "te diep genest"),
        (b'{"meta":' * 50 + b"1" + b"}" * 50, "te diep genest"),
        (b" " * 5_000_001, "groter dan 5 MB"),
    ],
)
def test_a_broken_file_says_what_is_wrong(raw: bytes, words: str) -> None:
    with pytest.raises(TabelFout, match=words):
        parse(raw)


def test_a_byte_order_mark_is_no_mistake() -> None:
    assert parse(b"\xef\xbb\xbf" + json.dumps(TABEL).encode()) == TABEL


def test_what_is_no_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(TabelFout, match="een map"):
        read_file(tmp_path)
    with pytest.raises(TabelFout, match="bestaat niet"):
        read_file(tmp_path / "weg.json")
    with pytest.raises(TabelFout, match="niet te lezen"):
        read_file(Path("a\0b"))
    os.mkfifo(tmp_path / "pijp")
    with pytest.raises(TabelFout, match="geen gewoon bestand"):
        read_file(tmp_path / "pijp")


def test_a_message_never_obeys_the_file() -> None:
    data = table("triage", 0, "verschil_met_basis", "\x1b[2J\ud800", value=1)
    with pytest.raises(TabelFout) as refusal:
        run_table(data)
    assert str(refusal.value).isprintable()
