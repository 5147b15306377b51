"""Which clocks run for a call, from when and until when, and how each of them ends.

Pure law, like the rest of this package: a picture of the call in, terms out. A term runs because
of what the call is now, never because of what somebody clicked: so the same call always has the
same clocks, however it came there.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from triage.protocol.instellingen import STANDAARD, Instellingen


class Soort(StrEnum):
    """What a clock counts to."""

    CONTACT_TANDARTS = "contact_tandarts"  # the dentist spoken to (own norm, U14)
    ZIEN = "zien"  # the patient seen: the norm (§2.2, T-01, T-08)
    STREEF = "streef"  # preferably seen: no norm, so late is no fault (T-08)
    TERUGBELLEN = "terugbellen"  # the patient rings back; after that the service does (T-20)
    BLOEDING = "bloeding"  # still bleeding: the hour that runs on while the patient bites (T-01)


class Sluitreden(StrEnum):
    """How a clock ended. Whether it was in time is told by its moments, not by this."""

    GEHAALD = "gehaald"  # what it asked for has happened
    VERVANGEN = "vervangen"  # another term or the appointment took over
    VERVALLEN = "vervallen"  # it asks for nothing any more


TE_MELDEN: Final = frozenset(Soort) - {Soort.STREEF}
"""A clock of these that runs out is overdue and is told to the desk; a target is only missed."""

# The decisions after which the patient is still to be seen here ("": none yet).
_WORDT_GEZIEN: Final = frozenset({"", "zien"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Belstand:
    """The picture of a call that its clocks follow from; moments are aware.

    `contact_op` is when this contact began, `eerste_melding_op` when the complaint was first
    reported, in this call or in the one it repeats. `verplicht_op`: since when the dentist has to
    be called. `bloedt`: a bleeding that has not stopped. `teruggebeld`: the patient rang back.
    `gaat_verder`: a later call was joined to this one, so what the patient waits for is there.
    A bleeding for which the dentist only gave an instruction is still to be seen (§2.2.1, P-010).
    """

    loopt: bool
    contact_op: datetime
    eerste_melding_op: datetime
    verplicht_op: datetime | None = None
    gesproken: bool = False
    besluit: str = ""
    heeft_afspraak: bool = False
    is_gezien: bool = False
    zien_voor: datetime | None = None
    streef_voor: datetime | None = None
    terugbellen_om: datetime | None = None
    bloedt: bool = False
    teruggebeld: bool = False
    gaat_verder: bool = False

    @property
    def bijt_na_instructie(self) -> bool:
        return self.bloedt and self.besluit == "instructie"

    @property
    def wacht_op_bezoek(self) -> bool:
        is_expected = self.besluit in _WORDT_GEZIEN or self.bijt_na_instructie
        return self.loopt and not self.is_gezien and is_expected


@dataclass(frozen=True, slots=True)
class Looptijd:
    """One running clock."""

    begint_op: datetime
    vervalt_op: datetime


def running_terms(stand: Belstand, s: Instellingen = STANDAARD) -> dict[Soort, Looptijd]:
    """Return the clocks that run for this call; none for a closed one.

    A patient who was seen, or whom the dentist helps another way, waits for nothing. The bleeding
    clock is there while no norm says when to be seen: the norm of a bleeding is that same hour.
    """
    found: dict[Soort, Looptijd] = {}
    if stand.loopt and stand.verplicht_op and not (stand.gesproken or stand.is_gezien):
        found[Soort.CONTACT_TANDARTS] = _term(stand.verplicht_op, s.tandarts_contact_norm_min)
    is_decided = stand.besluit and not stand.bijt_na_instructie
    rings_back = stand.loopt and not (is_decided or stand.gaat_verder or stand.is_gezien)
    if stand.terugbellen_om and rings_back:
        found[Soort.TERUGBELLEN] = _until(stand.contact_op, stand.terugbellen_om)
    if not stand.wacht_op_bezoek:
        return found
    if stand.zien_voor:
        found[Soort.ZIEN] = _until(stand.contact_op, stand.zien_voor)
    elif stand.bloedt and not stand.gaat_verder:
        from_first = s.klok_start_nabloeding == "eerste_melding"
        begin = stand.eerste_melding_op if from_first else stand.contact_op
        found[Soort.BLOEDING] = _term(begin, s.nabloeding_zien_binnen_min)
    if stand.streef_voor:
        found[Soort.STREEF] = _until(stand.contact_op, stand.streef_voor)
    return found


def closing_reason(soort: str, stand: Belstand, *, opvolger: bool) -> Sluitreden:
    """Return how a clock ended that does not run any more; `opvolger`: one of its kind does."""
    if _has_happened(Soort(soort), stand):
        return Sluitreden.GEHAALD
    if opvolger or _is_taken_over(Soort(soort), stand):
        return Sluitreden.VERVANGEN
    return Sluitreden.VERVALLEN


def _has_happened(soort: Soort, stand: Belstand) -> bool:
    return {
        Soort.CONTACT_TANDARTS: stand.gesproken,
        Soort.ZIEN: stand.is_gezien,
        Soort.STREEF: stand.is_gezien,
        Soort.TERUGBELLEN: stand.teruggebeld,
        Soort.BLOEDING: stand.is_gezien or not stand.bloedt,
    }[soort]


def _is_taken_over(soort: Soort, stand: Belstand) -> bool:
    """The norm of being seen goes on in the appointment, the bleeding clock in that norm; what a
    patient waits for goes on in the call that repeats this one."""
    if stand.gaat_verder and soort in (Soort.TERUGBELLEN, Soort.BLOEDING):
        return True
    if soort is Soort.BLOEDING and stand.loopt and stand.zien_voor:
        return True
    to_be_seen = soort in (Soort.ZIEN, Soort.STREEF, Soort.BLOEDING)
    return to_be_seen and not stand.loopt and stand.heeft_afspraak


def _term(begin: datetime, minutes: int) -> Looptijd:
    return Looptijd(begin, begin + timedelta(minutes=minutes))


def _until(begin: datetime, end: datetime) -> Looptijd:
    """A norm that had passed before this contact began ran out at that very moment (§2.2.1)."""
    return Looptijd(min(begin, end), end)
