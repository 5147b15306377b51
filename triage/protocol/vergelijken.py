"""What differs: between two outcomes of one call, and between two readings of the guideline."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from triage.protocol.instellingen import INSTELLINGEN
from triage.protocol.lezing import Lezing
from triage.protocol.uitkomst import Contact, MoetGezien, Uitkomst, Urgentie

_SCHALEN: Final[Mapping[str, tuple[str, ...]]] = {
    "contact_tandarts": tuple(Contact),
    "urgentie": tuple(Urgentie),
    "moet_gezien": tuple(MoetGezien),
}
_TERMIJNEN: Final = ("zien_binnen_min", "streef_zien_binnen_min", "terugbel_minuten")
_VERZAMELINGEN: Final = ("adviezen", "vlaggen")


@dataclass(frozen=True, slots=True)
class Verschil:
    """One thing that differs.

    ``soort``: ``uitkomst``, ``regelset``, ``instelling``, ``regel``, ``lokale_regel``, ``begrip``,
    ``advies`` or ``vlag``; ``naam`` says which one, None stands for "not there".  ``richting`` (of
    an outcome): ``zwaarder`` (more or sooner care), ``lichter``, or "" when neither.
    """

    soort: str
    naam: str
    oud: Any
    nieuw: Any
    richting: str = ""


def compare(
    oud: Uitkomst | Mapping[str, Any], nieuw: Uitkomst | Mapping[str, Any]
) -> tuple[Verschil, ...]:
    """How a new outcome differs from an old one ("zou nu"); empty = the same advice.

    Takes outcomes or their stored records.  Which rules fired counts only through their effect:
    another reason for the same advice is no difference to the patient.
    """
    old, new = _record(oud), _record(nieuw)
    found: list[Verschil] = []
    for naam in (*_SCHALEN, *_TERMIJNEN):
        if old[naam] != new[naam]:
            found.append(_changed(naam, old[naam], new[naam]))
    for naam in _VERZAMELINGEN:
        if set(old[naam]) != set(new[naam]):
            found.append(Verschil("uitkomst", naam, tuple(old[naam]), tuple(new[naam])))
    if old["melden_agressie"] != new["melden_agressie"]:
        found.append(
            Verschil("uitkomst", "melden_agressie", old["melden_agressie"], new["melden_agressie"])
        )
    return tuple(found)


def _record(uitkomst: Uitkomst | Mapping[str, Any]) -> Mapping[str, Any]:
    return uitkomst.as_record() if isinstance(uitkomst, Uitkomst) else uitkomst


def _changed(naam: str, oud: Any, nieuw: Any) -> Verschil:
    if naam in _SCHALEN:
        heavier = _SCHALEN[naam].index(nieuw) < _SCHALEN[naam].index(oud)
    elif naam == "terugbel_minuten" and None in (oud, nieuw):
        # A call-back comes or goes with the contact; that says which way.
        return Verschil("uitkomst", naam, oud, nieuw)
    else:
        # No term is the lightest; a shorter one is heavier.
        heavier = oud is None or (nieuw is not None and nieuw < oud)
    return Verschil("uitkomst", naam, oud, nieuw, "zwaarder" if heavier else "lichter")


def differences(oud: Lezing, nieuw: Lezing) -> tuple[Verschil, ...]:
    """What changes between two readings: edition, settings, local rules, rules and texts."""
    found: list[Verschil] = []
    if oud.regelset is not nieuw.regelset:
        found.append(Verschil("regelset", "regelset", oud.regelset.id, nieuw.regelset.id))
    for naam in INSTELLINGEN:
        old, new = getattr(oud.instellingen, naam), getattr(nieuw.instellingen, naam)
        if old != new:
            found.append(Verschil("instelling", naam, old, new))
    for naam in sorted(oud.lokale_regels ^ nieuw.lokale_regels):
        was_on = naam in oud.lokale_regels
        found.append(Verschil("lokale_regel", naam, was_on, not was_on))
    old_set, new_set = oud.regelset, nieuw.regelset
    found += _per_key("regel", old_set.per_id, new_set.per_id)
    found += _per_key("begrip", old_set.begrippen, new_set.begrippen)
    found += _per_key("advies", old_set.adviezen, new_set.adviezen)
    found += _per_key("vlag", old_set.vlaggen, new_set.vlaggen)
    return tuple(found)


def _per_key(
    soort: str,
    oud: Mapping[str, Any],
    nieuw: Mapping[str, Any],
) -> list[Verschil]:
    names = [*oud, *(naam for naam in nieuw if naam not in oud)]
    return [
        Verschil(soort, naam, oud.get(naam), nieuw.get(naam))
        for naam in names
        if naam not in oud or naam not in nieuw or oud[naam] != nieuw[naam]
    ]
