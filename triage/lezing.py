"""The protocol as it is applied to one call: which rule set, with which settings and local rules.

A call keeps the reading it began with: everything that judges it asks `reading_of(oproep)`, never
the defaults. Whoever edits or compares versions asks `reading_of_version`.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from kern import feestdagen as kalender
from kern.tijd import from_local
from triage import protocol
from triage.protocol import (
    INSTELLINGEN,
    REGELSETS,
    STANDAARD_REGELSET,
    Feiten,
    Instellingen,
    Regelset,
    Uitkomst,
)
from triage.protocol.afgeleid import OCHTEND, coming_day

if TYPE_CHECKING:
    from triage.models import Oproep, Protocolversie


@dataclass(frozen=True, slots=True, kw_only=True)
class Lezing(protocol.Lezing):
    """How a kring reads the guideline; `nummer` is its version, None the shipped standard."""

    nummer: int | None = None

    def evaluate(self, feiten: Feiten, feestdagen: Collection[date] | None = None) -> Uitkomst:
        """Judge one contact; without `feestdagen` the Dutch holidays around it count."""
        if feestdagen is None:
            feestdagen = self.holidays_around(feiten.tijdstip)
        return protocol.Lezing.evaluate(self, feiten, feestdagen)

    def next_opening(self, moment: datetime) -> datetime:
        """Return when practices open after a moment: at eight on the first workday."""
        dag = kalender.first_workday(coming_day(moment), self.holidays_around(moment))
        return from_local(datetime.combine(dag, OCHTEND))

    def holidays_around(self, moment: datetime) -> frozenset[date]:
        """Return the days around a moment on which practices are closed besides weekends."""
        return kalender.around(
            moment,
            bevrijdingsdag=self.instellingen.bevrijdingsdag_vrij,
            goede_vrijdag=self.instellingen.goede_vrijdag_vrij,
        )


STANDAARDLEZING = Lezing()
"""The protocol as it is shipped."""


def settings_from(record: Mapping[str, Any], *, strict: bool = False) -> Instellingen:
    """Return the settings of a stored version.

    A setting that came later keeps its default; one that no longer exists has no say, or with
    `strict` is a `ValueError`.
    """
    if not strict:
        record = {name: value for name, value in record.items() if name in INSTELLINGEN}
    return Instellingen.from_mapping(record)


def check_local_rules(
    ids: Iterable[str], regelset: Regelset = STANDAARD_REGELSET
) -> frozenset[str]:
    """Return the local rules, or raise `ValueError` for one that the edition lacks."""
    chosen = frozenset(ids)
    regelset.active_rules(chosen)
    return chosen


def settings_record(instellingen: Instellingen) -> dict[str, Any]:
    """Return every setting as plain JSON values, the defaults included."""
    return instellingen.as_record()


def reading_of_version(versie: "Protocolversie | None") -> Lezing:
    if versie is None:
        return STANDAARDLEZING
    return Lezing(
        nummer=versie.nummer,
        regelset=protocol.regelset(versie.regelset),
        instellingen=settings_from(versie.instellingen),
        lokale_regels=frozenset(versie.lokale_regels),
    )


def reading_of(oproep: "Oproep") -> Lezing:
    """Return the reading under which this call was begun.

    Without a version that is the standard of the edition that judged it: the product may ship a
    newer one since. The defaults belong to their edition (docs/besluiten/0018).
    """
    if oproep.protocolversie_id is None:
        edition = REGELSETS.get(oproep.uitkomst.get("protocolversie", ""), STANDAARD_REGELSET)
        return replace(STANDAARDLEZING, regelset=edition)
    return reading_of_version(oproep.protocolversie)


def version_in_force(kring_id: int, moment: datetime) -> "Protocolversie | None":
    """Return the version of this kring that held at `moment`; None: the shipped standard."""
    from triage.models import Protocolversie

    return Protocolversie.objects.filter(kring_id=kring_id).in_force_at(moment).first()
