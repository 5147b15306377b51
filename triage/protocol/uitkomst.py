"""The result of triage: what to do, how soon, and why."""

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class Contact(StrEnum):
    """Whether the duty dentist must be consulted (Bijlage 1 §2.3); heaviest first."""

    VERPLICHT = "verplicht"
    AANBEVOLEN = "aanbevolen"
    NIET_NODIG = "niet_nodig"


class Urgentie(StrEnum):
    """Urgency class, most urgent first.  The names are ours: the guideline has none."""

    ZO_SNEL_MOGELIJK = "zo_snel_mogelijk"
    BINNEN_60_MIN = "binnen_60_min"
    BINNEN_24_UUR = "binnen_24_uur"
    OVERLEG = "overleg"
    ADVIES_MET_TERUGBELMOMENT = "advies_met_terugbelmoment"
    NIET_SPOED = "niet_spoed"


class MoetGezien(StrEnum):
    """Whether the patient is to be seen; a proposal, the dentist decides (§2.1)."""

    JA = "ja"
    TANDARTS_BEPAALT = "tandarts_bepaalt"
    VOORALSNOG_NIET = "vooralsnog_niet"


class Zekerheid(StrEnum):
    """Whether a rule follows from the text itself, from a reading of it, or is a kring's own."""

    LETTERLIJK = "letterlijk"
    INTERPRETATIE = "interpretatie"
    LOKAAL = "lokaal"  # not from the guideline (T-21)


class Tabel(StrEnum):
    """The six decision tables."""

    ALGEMEEN = "algemeen"
    ONGEMAK_PIJN = "ongemak_pijn"
    KOORTS_ZWELLING = "koorts_zwelling"
    BLOEDING = "bloeding"
    LETSEL_AVULSIE = "letsel_avulsie"
    RANDVOORWAARDEN = "randvoorwaarden"


@dataclass(frozen=True, slots=True)
class GevuurdeRegel:
    """One rule that matched, with the paragraph it rests on."""

    id: str
    paragraaf: str
    zekerheid: Zekerheid
    tabel: Tabel


@dataclass(frozen=True, slots=True)
class GebruikteInstelling:
    """A setting that a fired rule relied on; ``spanning`` is its T-number, if any."""

    naam: str
    waarde: str | int | bool | None
    spanning: str | None


@dataclass(frozen=True, slots=True)
class Uitkomst:
    """The proposal of the protocol for one contact.

    Terms are minutes from this contact; ``zien_binnen_min`` None means the dentist sets the
    term, 0 means the norm has already passed.  Tuples are sorted, timers shortest first.
    ``termijn_zekerheid`` says how firmly the text carries the number of minutes.
    """

    contact_tandarts: Contact
    contact_verplicht: bool
    urgentie: Urgentie
    moet_gezien: MoetGezien
    zien_binnen_min: int | None
    streef_zien_binnen_min: int | None
    termijn_zekerheid: str | None
    terugbel_minuten: int | None
    terugbel_timers: tuple[int, ...]
    adviezen: tuple[str, ...]
    melden_agressie: bool
    vlaggen: tuple[str, ...]
    regels: tuple[GevuurdeRegel, ...]
    instellingen: tuple[GebruikteInstelling, ...]
    protocolversie: str  # id of the rule set

    @property
    def regel_ids(self) -> tuple[str, ...]:
        """Ids of the fired rules, sorted."""
        return tuple(regel.id for regel in self.regels)

    @property
    def is_judged(self) -> bool:
        """Whether a complaint was judged; if not, show no outcome ("niet spoed" is no answer)."""
        return any(regel.tabel is not Tabel.RANDVOORWAARDEN for regel in self.regels)

    def as_record(self) -> dict[str, Any]:
        """Plain JSON values, to be stored with the call as its trace."""
        record = asdict(self)
        for name, value in record.items():
            if isinstance(value, tuple):
                record[name] = list(value)
        return record
