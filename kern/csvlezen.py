"""Reading a CSV file that a person made: every fault with its line and the reason.

Whoever reads takes all lines or none: `Regels.refuse` collects what is wrong in the whole file, so
that one answer tells it all.
"""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kern.csv import BOM

MAX_REGELS = 5000
GENOEMD = 20
"""Sentences that are shown at once; who has more faults than that starts with these."""
_NEUTRAL = ("'=", "'+", "'-", "'@")


@dataclass(frozen=True)
class Regel:
    """One line: its number in the file, as a spreadsheet counts, and its cells by column."""

    nummer: int
    cellen: dict[str, str]

    def __getitem__(self, kolom: str) -> str:
        return self.cellen[kolom]


@dataclass
class Regels:
    """The lines of a file, and what is wrong with them."""

    regels: list[Regel]
    fouten: list[tuple[int, str]] = field(default_factory=list)

    def wrong(self, regel: Regel, reden: str) -> None:
        """Note why a line cannot be used."""
        self.fouten.append((regel.nummer, reden))

    def refuse(self) -> None:
        """Raise a `ValidationError` with every fault, in the order of the lines."""
        if not self.fouten:
            return
        sentences = [
            _("Regel %(nummer)s: %(reden)s") % {"nummer": nummer, "reden": reden}
            for nummer, reden in sorted(self.fouten)
        ]
        more = len(sentences) - GENOEMD
        if more > 0:
            rest = ngettext("… en nog %(aantal)s fout.", "… en nog %(aantal)s fouten.", more)
            sentences = [*sentences[:GENOEMD], rest % {"aantal": more}]
        raise ValidationError([_("Er is niets overgenomen."), *sentences])


def read(bestand: bytes, verplicht: Sequence[str], mogelijk: Sequence[str] = ()) -> Regels:
    """Return the lines of a file with these columns, in whatever order.

    The text may be UTF-8 or what Excel on Windows writes, separated by ; , or tab. Raises a
    `ValidationError` for what is no such file at all.
    """
    rows = _rows(_text(bestand))
    if not rows:
        raise ValidationError(_("Het bestand is leeg."))
    kop = [cell.strip().lower().replace(" ", "_") for cell in rows[0]]
    missing = [kolom for kolom in verplicht if kolom not in kop]
    if missing:
        raise ValidationError(
            _(
                "Regel 1: de kolom %(kolommen)s ontbreekt. Zet in de eerste regel de kolommen: "
                "%(kop)s."
            )
            % {"kolommen": ", ".join(missing), "kop": "; ".join([*verplicht, *mogelijk])}
        )
    if len(rows) > MAX_REGELS:
        raise ValidationError(
            _("Het bestand heeft meer dan %(aantal)s regels. Deel het op.") % {"aantal": MAX_REGELS}
        )
    found = Regels([])
    for nummer, row in enumerate(rows[1:], start=2):
        if not any(cell.strip() for cell in row):
            continue
        cells = dict(zip(kop, map(_cell, row), strict=False))
        regel = Regel(nummer, {k: cells.get(k, "") for k in (*verplicht, *mogelijk)})
        found.regels.append(regel)
        if len(row) > len(kop):
            found.wrong(regel, _("hier staan meer cellen dan er kolommen zijn."))
    return found


def _text(bestand: bytes) -> str:
    try:
        text = bestand.decode("utf-8")
    except UnicodeDecodeError:
        text = bestand.decode("cp1252", errors="replace")
    if "\x00" in text:
        raise ValidationError(_("Dit is geen CSV-bestand. Sla het in Excel op als CSV."))
    return text.removeprefix(BOM)


def _rows(text: str) -> list[list[str]]:
    first = text.split("\n", 1)[0]
    separator = max(";,\t", key=first.count)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error as error:
        raise ValidationError(_("Dit is geen CSV-bestand. Sla het in Excel op als CSV.")) from error


def _cell(text: str) -> str:
    """Return a cell without the apostrophe that our own writer puts before a formula."""
    text = text.strip()
    return text[1:] if text.startswith(_NEUTRAL) else text
