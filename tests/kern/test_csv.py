"""No cell of an exported file is a formula, whatever the text and whatever reads it (S34)."""

import csv
import io
import re
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kern.csv import BOM, neutralise, response, write

FORMULA = tuple("=+-@＝＋－＠")
# Mostly what matters here, so that the random texts hit the corners.
TEXT = st.text(st.sampled_from("=+-@＝ ;,|\t\r\n\x00\"'a1\u2028") | st.characters(), max_size=12)


def cells(content: str, **how) -> list[str]:
    rows = csv.reader(io.StringIO(content.removeprefix(BOM), newline=""), **how)
    return [cell for row in rows for cell in row]


@settings(max_examples=1_000, deadline=None)
@given(st.lists(TEXT, min_size=1, max_size=4))
@example(['a",=1'])
@example(["x", "a,=1+1"])
@example([" \t=1"])
@example(["a;\n=cmd|' /C calc'!A0"])
def test_no_reader_sees_a_formula(row):
    content = write(row, [row])
    for separator in ";,\t|":
        for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_NONE):
            for cell in cells(content, delimiter=separator, quoting=quoting):
                # Readers drop blanks and stray quotes, and with them our line ends.
                bare = re.sub(r'^[\s"\ufeff]+', "", cell)
                assert not bare.startswith(FORMULA), (separator, quoting, cell)
                assert not re.search(r"[\t\x00]", cell)


@settings(max_examples=500, deadline=None)
@given(st.lists(st.lists(TEXT, min_size=2, max_size=2), max_size=5))
def test_a_row_is_a_line_and_keeps_its_columns(rows):
    content = write(["een", "twee"], rows)
    assert content.count("\r\n") == len(content.splitlines()) == len(rows) + 1
    read = list(csv.reader(io.StringIO(content.removeprefix(BOM)), delimiter=";"))
    assert read == [["een", "twee"], *([neutralise(cell) for cell in row] for row in rows)]


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (None, ""),
        (True, "ja"),
        (-5, "-5"),
        (Decimal("-1.50"), "-1.50"),
        (date(2026, 11, 23), "2026-11-23"),
        # Both halves of the doubled hour keep their own offset.
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "2026-10-25 02:30:00+02:00"),
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "2026-10-25 02:30:00+01:00"),
        (UUID(int=1), "00000000-0000-0000-0000-000000000001"),
        ("Jan - van Dijk; 1e", "Jan - van Dijk; 1e"),
        ("kaak-operatie", "kaak-operatie"),
        ("+31612345678", "'+31612345678"),
        ("regel 1\r\nregel 2", "regel 1 regel 2"),
    ],
)
def test_how_a_value_is_written(value, cell):
    assert cells(write(["k"], [[value]]), delimiter=";")[1] == cell


def test_the_download_is_an_attachment_that_excel_reads_as_utf_8():
    answer = response("logboek vecht.csv", ["naam"], [["Zoë"]])
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="logboek vecht.csv"'
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert "Zoë" in answer.content.decode()
