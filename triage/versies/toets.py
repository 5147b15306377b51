"""Scenario tables against a version: the shipped ones, or one that somebody uploads.

An uploaded table is read, run and forgotten: nothing of it is stored or logged.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from triage.lezing import Lezing
from triage.protocol import toetsing
from triage.protocol.toetsing import printable
from triage.versies.gevallen import MAP
from triage.versies.verschil import part_name

GROOTST = 1_000_000
"""Bytes of an uploaded table: the shipped one is 80 kB."""

MEESTE = 2_000
"""Cases in one request, which somebody waits for; the command takes more."""


@dataclass(frozen=True)
class Rij:
    """One field of a case that came out otherwise than its table expects."""

    wat: str
    verwacht: str
    gevonden: str


@dataclass(frozen=True)
class Gezakt:
    id: str
    titel: str
    onderdeel: str
    rijen: list[Rij]


@dataclass(frozen=True)
class Uitslag:
    """What came of one table, ready to show."""

    bron: str
    aantal: int
    gezakt: list[Gezakt]

    @property
    def geslaagd(self) -> int:
        return self.aantal - len(self.gezakt)


def run_shipped(lezing: Lezing) -> list[Uitslag]:
    """Run every table that the product ships."""
    return [
        _run(path.name, toetsing.read_file(path), lezing) for path in sorted(MAP.glob("*.json"))
    ]


def run_upload(naam: str, inhoud: bytes, lezing: Lezing) -> Uitslag:
    """Run an uploaded table; `TabelFout` when it is wrong, or too long to wait for."""
    book = toetsing.parse(inhoud)
    cases = sum(len(part) for part in book.values() if isinstance(part, list))
    if cases > MEESTE:
        raise toetsing.TabelFout(
            "", _("er staan meer dan %(aantal)s gevallen in") % {"aantal": MEESTE}
        )
    return _run(naam, book, lezing)


def _run(bron: str, book: Mapping[str, Any], lezing: Lezing) -> Uitslag:
    found = toetsing.run_table(book, lezing, lezing.holidays_around)
    return Uitslag(
        printable(bron),
        len(found.gevallen),
        [
            Gezakt(
                printable(geval.id),
                printable(geval.titel),
                geval.onderdeel,
                [
                    Rij(
                        part_name(a.veld),
                        printable(_value(a.verwacht)),
                        printable(_value(a.gevonden)),
                    )
                    for a in geval.afwijkingen
                ],
            )
            for geval in found.gezakt
        ],
    )


def _value(value: Any) -> str:
    """Return a value of a table as a reader knows it from the file."""
    if value is None:
        return _("leeg")
    if isinstance(value, bool):
        return _("ja") if value else _("nee")
    if isinstance(value, list):
        return ", ".join(map(_value, value)) or "–"
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_value(item)}" for key, item in value.items())
    return str(value).replace("_", " ")
