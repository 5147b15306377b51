"""The protocol as it is applied to one call: which rule set, with which settings and local rules.

A call keeps the reading it began with: everything that judges it asks `reading_of(oproep)`, never
the defaults. Whoever edits or compares versions asks `reading_of_version`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import TYPE_CHECKING, Any

from triage import protocol
from triage.protocol import PROTOCOLVERSIE, STANDAARD, Feiten, Instellingen, Uitkomst

if TYPE_CHECKING:
    from triage.models import Oproep, Protocolversie


@dataclass(frozen=True)
class Lezing:
    """One way to read the guideline; `nummer` is the version of the kring, None the standard."""

    nummer: int | None = None
    regelset: str = PROTOCOLVERSIE
    instellingen: Instellingen = STANDAARD
    lokale_regels: frozenset[str] = frozenset()

    def evaluate(self, feiten: Feiten) -> Uitkomst:
        """Judge one contact as this reading does."""
        return protocol.evaluate(feiten, self.instellingen)


LOKALE_REGELS = ("L-01",)

STANDAARDLEZING = Lezing()
"""The protocol as it is shipped."""


def settings_from(record: Mapping[str, Any], *, strict: bool = False) -> Instellingen:
    """Return the settings of a stored version.

    A setting that came later keeps its default; one that no longer exists has no say, or with
    `strict` is a `ValueError`.
    """
    names = {item.name for item in fields(Instellingen)}
    if strict and (unknown := set(record) - names):
        raise ValueError(f"unknown settings: {', '.join(sorted(unknown))}")
    return Instellingen(**{name: value for name, value in record.items() if name in names})


def check_local_rules(ids: Iterable[str]) -> frozenset[str]:
    """Return the local rules, or raise `ValueError` for one that nobody wrote."""
    unknown = set(ids) - set(LOKALE_REGELS)
    if unknown:
        raise ValueError(f"unknown local rules: {', '.join(sorted(unknown))}")
    return frozenset(ids)


def settings_record(instellingen: Instellingen) -> dict[str, Any]:
    """Return every setting as plain JSON values, the defaults included."""
    return asdict(instellingen)


def reading_of_version(versie: "Protocolversie | None") -> Lezing:
    if versie is None:
        return STANDAARDLEZING
    return Lezing(
        nummer=versie.nummer,
        regelset=versie.regelset,
        instellingen=settings_from(versie.instellingen),
        lokale_regels=frozenset(versie.lokale_regels),
    )


def reading_of(oproep: "Oproep") -> Lezing:
    """Return the reading under which this call was begun."""
    return reading_of_version(oproep.protocolversie)


def version_in_force(kring_id: int, moment: datetime) -> "Protocolversie | None":
    """Return the version of this kring that held at `moment`; None: the shipped standard."""
    from triage.models import Protocolversie

    return Protocolversie.objects.filter(kring_id=kring_id).in_force_at(moment).first()
