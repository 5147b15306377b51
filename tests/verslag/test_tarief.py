"""Tariff codes as they are typed, held against the table of the day."""

import pytest

from verslag import tarief
from verslag.tarief import Tarief

TABEL = {
    "C002": Tarief("C002", "Probleemgericht consult", 2701),
    "X10": Tarief("X10", "Kleine röntgenfoto", 2026),
}


@pytest.mark.parametrize(
    ("text", "codes", "strange"),
    [
        ("", (), ()),
        ("C002", (("C002", ""),), ()),
        ("c002, x10 36", (("C002", ""), ("X10", "36")), ()),
        ("X10 36 46; C002", (("X10", "36"), ("X10", "46"), ("C002", "")), ()),
        ("36 C002", (("C002", ""),), ("36",)),
        ("consult C002", (("C002", ""),), ("CONSULT",)),
        ("X10 99", (("X10", ""),), ("99",)),
    ],
)
def test_reading(text, codes, strange):
    assert tarief.read(text) == tarief.Gelezen(codes, strange)


def test_only_codes_of_the_table_of_that_day_count():
    assert tarief.faults("C002, X11 36, foto, X11", TABEL) == ("X11", "FOTO")
    assert tarief.faults("C002, X10 36", TABEL) == ()
    assert tarief.lines("X10 36, X11", TABEL) == [
        {
            "code": "X10",
            "omschrijving": "Kleine röntgenfoto",
            "tarief_cent": 2026,
            "element": "36",
        }
    ]


def test_without_a_table_nothing_is_judged():
    assert tarief.faults("ZZZ wat dan ook", {}) == ()
    assert tarief.lines("C002", {}) == []
