"""Every key has words, every word has a key, and the law stays pure."""

import ast
from pathlib import Path

import pytest

import triage.protocol
from triage import protocol_teksten as teksten
from triage.protocol import (
    PATIENTVRAGEN,
    STANDAARD_REGELSET,
    VRAGEN,
    Contact,
    MoetGezien,
    Urgentie,
    Zekerheid,
)
from triage.protocol.feiten import KLACHTEN

PAKKET = Path(triage.protocol.__file__).parent
TOEGESTAAN = {
    "ast",
    "collections",
    "dataclasses",
    "datetime",
    "enum",
    "functools",
    "hashlib",
    "itertools",
    "json",
    "pathlib",
    "re",
    "stat",
    "tomllib",
    "triage",
    "types",
    "typing",
    "zoneinfo",
}


def test_labels_are_complete() -> None:
    assert set(teksten.CONTACT) == set(Contact)
    assert set(teksten.URGENTIE) == set(Urgentie)
    assert set(teksten.MOET_GEZIEN) == set(MoetGezien)
    assert set(teksten.ZEKERHEID) == set(Zekerheid)
    assert set(teksten.KLACHTEN) == set(KLACHTEN)
    assert set(teksten.VRAGEN) == {vraag.veld for vraag in (*VRAGEN, *PATIENTVRAGEN)}


def test_answers_have_labels() -> None:
    for vraag in (*VRAGEN, *PATIENTVRAGEN):
        for waarde in vraag.keuzes:
            assert teksten.answer_label(vraag.veld, waarde)
    assert teksten.answer_label("avulsie_element", "melk") != teksten.answer_label(
        "avulsie_bewaard", "melk"
    )


def test_advice_is_short_enough_to_read_aloud() -> None:
    for key, advies in STANDAARD_REGELSET.adviezen.items():
        tekst = advies.tekst
        assert len(tekst) <= 200, key
        assert max(len(zin.split()) for zin in tekst.split(". ")) <= 21, key


def test_first_aid_is_read_first() -> None:
    keys = ["informeer_betaling", "element_bewaren_melk_of_speeksel", "wortel_niet_aanraken"]
    order = [advies.sleutel for advies in STANDAARD_REGELSET.in_reading_order(keys)]
    assert order == list(reversed(keys))
    with pytest.raises(ValueError, match="onbekend_advies"):
        STANDAARD_REGELSET.in_reading_order(["onbekend_advies"])


def test_the_law_imports_nothing_but_the_standard_library() -> None:
    for path in (*PAKKET.rglob("*.py"), PAKKET.parent / "protocol_teksten.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            assert {name.split(".")[0] for name in names} <= TOEGESTAAN, path.name
