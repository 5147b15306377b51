"""The table of docs/besluiten/0039-storingen.md has every row, and names tests that exist."""

import re

from tests.huis.test_auditor import ROOT, missing
from tests.storingen.gevallen import GEVALLEN

DOCUMENT = ROOT / "docs" / "besluiten" / "0039-storingen.md"
ROWS = range(1, 27)


def _rows() -> dict[int, str]:
    found = re.findall(r"^\| (\d+) \| [^|]+ \| ([^|]+) \|$", DOCUMENT.read_text(), re.MULTILINE)
    return {int(number): evidence for number, evidence in found}


def test_every_row_names_what_exists():
    rows = _rows()
    assert list(rows) == list(ROWS)
    for evidence in rows.values():
        assert "`" in evidence
        assert missing(evidence) == []


def test_every_case_of_the_house_is_in_the_row_that_it_says():
    rows = _rows()
    for geval in GEVALLEN:
        place = geval.speel.__module__.replace(".", "/")
        assert f"`{place}.py::{geval.naam}`" in rows[geval.rij]
