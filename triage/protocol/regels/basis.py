"""What a rule is, and the small vocabulary the six tables are written in."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from triage.protocol.feiten import Feiten
from triage.protocol.instellingen import Instellingen
from triage.protocol.uitkomst import Contact, MoetGezien, Tabel, Urgentie, Zekerheid

AMSTERDAM: Final = ZoneInfo("Europe/Amsterdam")
# Before this hour a caller's "tomorrow" is the morning that is about to come.
OCHTEND: Final = time(8)
ZATERDAG: Final = 5

TERMIJN_LETTERLIJK: Final = "letterlijk"
TERMIJN_IDEALITER: Final = "idealiter"
TERMIJN_ZO_NODIG: Final = "zo nodig"
TERMIJN_INSTELLING: Final = "instelling (richtlijn: 'zo snel mogelijk'; 60 min uit voetnoot 11)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What one matching rule contributes; ``oordeel`` combines the contributions."""

    contact: Contact = Contact.NIET_NODIG
    urgentie: Urgentie = Urgentie.NIET_SPOED
    moet_gezien: MoetGezien = MoetGezien.VOORALSNOG_NIET
    zien_binnen: int | None = None
    streef: int | None = None
    termijn_zekerheid: str | None = None
    timers: tuple[int, ...] = ()
    adviezen: frozenset[str] = frozenset()
    zonder_adviezen: frozenset[str] = frozenset()  # advice this rule withdraws
    vlaggen: frozenset[str] = frozenset()
    melden_agressie: bool = False


GEEN_EFFECT: Final = Effect()
CONTACT_VERPLICHT: Final = Effect(contact=Contact.VERPLICHT)
CONTACT_AANBEVOLEN: Final = Effect(contact=Contact.AANBEVOLEN)


@dataclass(frozen=True, slots=True)
class Situatie:
    """Everything a rule may look at: clean facts, settings, holidays, and what fired before.

    ``tot_nu_toe`` is the combined contribution of the earlier phases; phase 1 rules see an
    empty one, so that the order inside a phase has no meaning.
    """

    f: Feiten
    s: Instellingen
    feestdagen: frozenset[date] = frozenset()
    tot_nu_toe: Effect = field(default=GEEN_EFFECT)

    def heeft(self, *klachten: str) -> bool:
        """Whether at least one of these complaints was chosen."""
        return any(klacht in self.f.klachten for klacht in klachten)

    @property
    def is_kind(self) -> bool:
        leeftijd = self.f.leeftijd_jaren
        return leeftijd is not None and leeftijd < self.s.kind_tot_leeftijd

    @property
    def is_jong_kind(self) -> bool:
        leeftijd = self.f.leeftijd_jaren
        return leeftijd is not None and leeftijd < self.s.jong_kind_tot_leeftijd

    @property
    def koorts_onbekend(self) -> bool:
        """Fever not known, where not knowing counts as doubt (T-07)."""
        return self.f.koorts not in ("ja", "nee") and self.s.onbekend_is_twijfel

    @property
    def geen_koorts(self) -> bool:
        return self.f.koorts != "ja" and not self.koorts_onbekend

    @property
    def is_ongeval(self) -> bool:
        """T-09: a broken piece after a fall or blow is an injury, not a discomfort."""
        return self.heeft("ongemak") and self.f.oorzaak_ongeval is True

    def is_herhaling_van(self, uitkomst: str) -> bool:
        """Whether the caller was advised ``uitkomst`` before; unknown earlier outcome counts."""
        return self.f.herhaalcontact and self.f.eerdere_uitkomst in (None, uitkomst)

    def is_verstreken(self, norm: int) -> bool:
        """Whether ``norm`` minutes passed since the first contact; an unknown time counts."""
        sinds = self.f.minuten_sinds_eerste_contact
        return sinds is None or sinds >= norm

    def eigen_tandarts_adviezen(self) -> frozenset[str]:
        """The referral to the own dentist that fits the moment; none without own dentist."""
        if self.f.eigen_tandarts == "geen":
            return frozenset()
        if is_next_workday_near(self.f.tijdstip, self.feestdagen):
            return frozenset({"eigen_tandarts_volgende_dag"})
        return frozenset({"eigen_tandarts_na_weekend_of_feestdag"})


def is_next_workday_near(tijdstip: datetime, feestdagen: frozenset[date]) -> bool:
    """Whether the practice opens on the coming day, in Amsterdam time.

    At 02:00 the coming day is the same date; after the morning it is the next one.
    """
    lokaal = tijdstip.astimezone(AMSTERDAM)
    dag = lokaal.date()
    if lokaal.time() >= OCHTEND:
        dag += timedelta(days=1)
    return dag.weekday() < ZATERDAG and dag not in feestdagen


@dataclass(frozen=True, slots=True, kw_only=True)
class Regel:
    """One row of a decision table.

    ``instellingen`` are the settings the row reads, ``fase`` its place in the evaluation: rows
    of a later phase look at what earlier rows concluded.
    """

    id: str
    tabel: Tabel
    paragraaf: str
    zekerheid: Zekerheid
    conditie: Callable[[Situatie], bool]
    effect: Callable[[Situatie], Effect]
    instellingen: tuple[str, ...] = ()
    fase: int = 1


def always(effect: Effect) -> Callable[[Situatie], Effect]:
    """An effect that does not depend on the situation."""

    def constant(_situatie: Situatie) -> Effect:
        return effect

    return constant
