"""A duty as plain values: the same row for the roster that holds and for one that is proposed.

Pages of months and years draw these; a `Roosterversie` keeps them as JSON. Pure: no Django.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from rooster.regels import AMSTERDAM, Periode

DIENSTDOENDE, ACHTERWACHT = ROLLEN = ("dienstdoende", "achterwacht")


@dataclass(frozen=True)
class Plek:
    """Who holds a place and for which practice; the ids are text, as in JSON."""

    tandarts: str
    naam: str
    deelnemer: str
    praktijk: str

    def as_record(self) -> dict[str, str]:
        return {
            "tandarts": self.tandarts,
            "naam": self.naam,
            "deelnemer": self.deelnemer,
            "praktijk": self.praktijk,
        }


@dataclass(frozen=True)
class Roosterrij:
    """One duty. `begin` and `einde` are aware; `nummer` is the id of the `Dienst`, if it is one.

    A role that is not in `plekken` is open.
    """

    begin: datetime
    einde: datetime
    categorie: str
    plekken: Mapping[str, Plek] = field(default_factory=dict)
    soort: str = ""
    soort_id: str | None = None
    nummer: str | None = None
    opmerking: str = ""

    @property
    def periode(self) -> Periode:
        return Periode(self.begin, self.einde)

    @property
    def dag(self) -> date:
        """The Amsterdam day on which it begins."""
        return self.begin.astimezone(AMSTERDAM).date()

    @property
    def dienstdoende(self) -> Plek | None:
        return self.plekken.get(DIENSTDOENDE)

    @property
    def achterwacht(self) -> Plek | None:
        return self.plekken.get(ACHTERWACHT)

    @property
    def open_rollen(self) -> list[str]:
        """The places that nobody holds."""
        return [rol for rol in ROLLEN if rol not in self.plekken]

    def role_of(self, deelnemers: frozenset[str]) -> str:
        """Return the role that one of these practices has here; empty when they have none."""
        for rol in ROLLEN:
            plek = self.plekken.get(rol)
            if plek and plek.deelnemer in deelnemers:
                return rol
        return ""

    def as_record(self) -> dict:
        """Return the row as JSON, for `Roosterversie.inhoud`."""
        return {
            "begin": self.begin.astimezone(UTC).isoformat(),
            "einde": self.einde.astimezone(UTC).isoformat(),
            "categorie": self.categorie,
            "soort": self.soort,
            "soort_id": self.soort_id,
            **{
                rol: self.plekken[rol].as_record() if rol in self.plekken else None
                for rol in ROLLEN
            },
        }


def row_of(record: Mapping) -> Roosterrij:
    """Return the row that `as_record` wrote."""
    return Roosterrij(
        begin=datetime.fromisoformat(record["begin"]),
        einde=datetime.fromisoformat(record["einde"]),
        categorie=record["categorie"],
        soort=record.get("soort") or "",
        soort_id=record.get("soort_id"),
        plekken={rol: Plek(**record[rol]) for rol in ROLLEN if record.get(rol)},
    )
