"""What must have happened before a call is closed, and what happens when nobody answers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any, Final

from triage.protocol.instellingen import STANDAARD, Instellingen

AFSLUITCONTROLE: Final = frozenset({"zorgvraag", "pijn", "vervolg", "tevreden"})
# Decisions that leave a young child in severe pain unseen: §2.2.3 asks for weighty grounds.
NIET_GEZIEN: Final = frozenset(
    {"uitstel", "uitstellen", "afwijzen", "afwijzing", "niet_zien", "telefonische_instructie"}
)
_BLOEDINGSREGELS: Final = frozenset({"R-40", "R-41", "R-42", "R-43", "R-44", "R-45", "R-46"})


@dataclass(frozen=True, slots=True)
class Contactpoging:
    """One attempt to reach a dentist: who and with what result."""

    wie: str  # dienstdoende | achterwacht | coordinator
    resultaat: str  # gesproken | niet_bereikt | voicemail


@dataclass(frozen=True, slots=True, kw_only=True)
class Procesfeiten:
    """The state of a call after triage; None = that step has not been reached.

    Minutes count up to now.  ``regels`` are the ids of the fired rules.
    """

    contact_tandarts: str | None = None  # verplicht | aanbevolen | niet_nodig
    regels: tuple[str, ...] = ()
    contactpogingen: tuple[Contactpoging, ...] = ()
    minuten_sinds_eerste_poging: int | None = None
    reden_geen_contact: str | None = None
    besluit_tandarts: str | None = None  # zien | telefonische_instructie | uitstel | …
    zwaarwegende_gronden: str | None = None
    afspraak_om: str | None = None
    betaling_geinformeerd: bool | None = None
    controle_uitkomst: frozenset[str] | None = None
    minuten_sinds_eerste_contact: int | None = None
    terugbel_minuten: int | None = None
    minuten_verstreken: int | None = None
    teruggebeld: bool | None = None
    doorschakeling: str | None = None  # automatisch | handmatig
    tussenschakels: int | None = None

    @classmethod
    def from_mapping(cls, data: Mapping[str, Any]) -> "Procesfeiten":
        """Build from plain (JSON) values; ``ValueError`` for an unknown key."""
        unknown = set(data) - {item.name for item in fields(cls)}
        if unknown:
            raise ValueError(f"unknown facts: {', '.join(sorted(unknown))}")
        values = dict(data)
        values["regels"] = tuple(values.get("regels") or ())
        values["contactpogingen"] = tuple(
            Contactpoging(**poging) for poging in values.get("contactpogingen") or ()
        )
        if values.get("controle_uitkomst") is not None:
            values["controle_uitkomst"] = frozenset(values["controle_uitkomst"])
        return cls(**values)

    @property
    def is_gesproken(self) -> bool:
        return any(poging.resultaat == "gesproken" for poging in self.contactpogingen)


@dataclass(frozen=True, slots=True, kw_only=True)
class Procesoordeel:
    """What the state of a call allows and asks for.

    ``fouten`` are the steps done wrong or skipped.  A call may also be unfinished without a
    fault: then ``afronden_toegestaan`` is False and ``fouten`` is empty.
    """

    afronden_toegestaan: bool
    fouten: tuple[str, ...]
    escaleer_naar: str | None = None  # achterwacht | coordinator
    terugbel_minuten: int | None = None
    zien_binnen_min_rest: int | None = None
    wachtrij: str | None = None
    waarschuwing: str | None = None


def may_close(proces: Procesfeiten, instellingen: Instellingen = STANDAARD) -> bool:
    """Whether the call may be closed as far as the process goes; see also ``validate``."""
    return judge_process(proces, instellingen).afronden_toegestaan


def judge_process(proces: Procesfeiten, instellingen: Instellingen = STANDAARD) -> Procesoordeel:
    """Judge the steps after triage (§3.1.1-3.2.1, §2.2.1, §2.2.3, Bijlage 1 §2.3-2.4)."""
    fouten = tuple(sorted(_faults(proces)))
    is_checked = proces.controle_uitkomst is not None
    terugbel, rest = _instruction_clock(proces, instellingen)
    return Procesoordeel(
        afronden_toegestaan=is_checked and not fouten,
        fouten=fouten,
        escaleer_naar=_escalation(proces, instellingen),
        terugbel_minuten=terugbel,
        zien_binnen_min_rest=rest,
        wachtrij="terugbellen_door_dienst" if _is_call_back_missed(proces) else None,
        waarschuwing=(
            "te_veel_tussenschakels" if _has_too_many_links(proces, instellingen) else None
        ),
    )


def _is_blank(text: str | None) -> bool:
    return text is None or not text.strip()


def _faults(proces: Procesfeiten) -> Iterator[str]:
    if proces.contact_tandarts == "verplicht" and not proces.is_gesproken:
        yield "tandartscontact_ontbreekt"
    if (
        proces.contact_tandarts == "aanbevolen"
        and not proces.is_gesproken
        and _is_blank(proces.reden_geen_contact)
    ):
        yield "reden_geen_contact_ontbreekt"
    is_coming = proces.besluit_tandarts == "zien" or not _is_blank(proces.afspraak_om)
    if is_coming and not proces.betaling_geinformeerd:
        yield "betaling_niet_geinformeerd"
    if (
        "R-23" in proces.regels
        and proces.besluit_tandarts in NIET_GEZIEN
        and _is_blank(proces.zwaarwegende_gronden)
    ):
        yield "zwaarwegende_gronden_ontbreken"
    if proces.controle_uitkomst is not None and not proces.controle_uitkomst >= AFSLUITCONTROLE:
        yield "afsluitcontrole_onvolledig"


def _escalation(proces: Procesfeiten, instellingen: Instellingen) -> str | None:
    """The backup takes over after too many misses or too long without an answer.

    When the backup does not answer either, nobody is left to wait for: the coordinator.
    """
    if proces.is_gesproken or not proces.contactpogingen:
        return None
    waiting = proces.minuten_sinds_eerste_poging or 0
    if (
        len(proces.contactpogingen) < instellingen.achterwacht_na_pogingen
        and waiting < instellingen.achterwacht_na_min
    ):
        return None
    called = {poging.wie for poging in proces.contactpogingen}
    return "coordinator" if called & {"achterwacht", "coordinator"} else "achterwacht"


def _instruction_clock(
    proces: Procesfeiten, instellingen: Instellingen
) -> tuple[int | None, int | None]:
    """T-01: instruction by the dentist starts a timer, the hour keeps running meanwhile."""
    is_bleeding = bool(_BLOEDINGSREGELS & set(proces.regels))
    if proces.besluit_tandarts != "telefonische_instructie" or not is_bleeding:
        return None, None
    rest = instellingen.nabloeding_zien_binnen_min
    if instellingen.klok_start_nabloeding == "eerste_melding":
        rest = max(0, rest - (proces.minuten_sinds_eerste_contact or 0))
    return min(instellingen.nabloeding_terugbel_min, rest), rest


def _is_call_back_missed(proces: Procesfeiten) -> bool:
    """T-20, own addition: at expiry the service calls back itself."""
    return (
        proces.terugbel_minuten is not None
        and proces.minuten_verstreken is not None
        and proces.minuten_verstreken >= proces.terugbel_minuten
        and not proces.teruggebeld
    )


def _has_too_many_links(proces: Procesfeiten, instellingen: Instellingen) -> bool:
    """T-13: a warning only."""
    if proces.tussenschakels is None or proces.doorschakeling is None:
        return False
    limit = (
        instellingen.max_tussenschakels_automatisch
        if proces.doorschakeling == "automatisch"
        else instellingen.max_tussenschakels_handmatig
    )
    return proces.tussenschakels > limit
