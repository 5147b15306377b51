"""The only writer of CSV files: a cell is never a formula, in whatever program it is opened.

Excel, LibreOffice and Google Sheets run a cell that starts with = + - or @. A text that does gets
an apostrophe in front (OWASP ASVS 5.0, 1.2.10; S34). So does a piece of it that would become a
cell of its own when the file is read with another separator, or without regard for quotes.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from kern.tijd import to_local

BOM = "\ufeff"
"""Without it Excel takes the file for Windows-1252."""

SEPARATOR = ";"
"""What a Dutch Excel expects."""

# One row is one line; a tab, return or NUL would also be the start of a cell somewhere.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_FORMULA = re.compile(r'(^|[;,|"])([\s";,|\ufeff]*)([=+\-@＝＋－＠])')


def neutralise(text: str) -> str:
    """Return the text on one line, with an apostrophe before whatever could run as a formula."""
    return _FORMULA.sub(r"\1\2'\3", _CONTROL.sub(" ", text))


def _cell(value: object) -> object:
    """Write numbers as they are, moments in Dutch time with their offset, the rest as safe text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, int | Decimal):
        return value
    if isinstance(value, datetime):
        return to_local(value).isoformat(" ", "seconds")
    if isinstance(value, date):
        return value.isoformat()
    return neutralise(str(value))


def write(kop: Sequence[str], rijen: Iterable[Sequence[object]]) -> str:
    """Return the file: the names of the columns, then one line a row, every cell quoted."""
    uit = io.StringIO()
    uit.write(BOM)
    writer = csv.writer(uit, delimiter=SEPARATOR, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([_cell(naam) for naam in kop])
    for rij in rijen:
        writer.writerow([_cell(value) for value in rij])
    return uit.getvalue()


def response(
    bestandsnaam: str, kop: Sequence[str], rijen: Iterable[Sequence[object]]
) -> HttpResponse:
    """Return the file as a download.

    Not streamed: the rows must be read, and their lines logged, inside the transaction of the
    request; after it row-level security shows nothing.
    """
    return HttpResponse(
        write(kop, rijen),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": content_disposition_header(True, bestandsnaam)},
    )
