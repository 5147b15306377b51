"""What must still be filled in or corrected before a call can be closed.

These findings never hide advice and never hold up contact with the dentist: someone with a tooth
in the hand is helped first and registered later.
"""

import re
from collections.abc import Iterator
from typing import Final

from triage.protocol.feiten import Feiten, is_valid_number
from triage.protocol.instellingen import STANDAARD, Instellingen

_SCHEIDINGSTEKENS = re.compile(r"[\s.\-/()]")
_TELEFOON: Final = re.compile(r"(0[1-9]\d{8}|(\+|00)[1-9]\d{7,14})")
_BSN: Final = re.compile(r"\d{9}", re.ASCII)


def validate(feiten: Feiten, instellingen: Instellingen = STANDAARD) -> list[str]:
    """Keys of everything wrong or missing, sorted; empty = the intake is complete.

    Sources: §3.2.1 and Bijlage 1 §2.1 (patient), §2.2 (caller, painkiller), §2.3.1 (NRS), §3.2.2
    (recording notice), T-15 (BSN).  The BSN itself is optional.
    """
    return sorted(
        {
            *_patient(feiten),
            *_bsn(feiten, instellingen),
            *_caller(feiten, instellingen),
            *_complaint(feiten, instellingen),
        }
    )


def _is_blank(text: str | None) -> bool:
    return text is None or not text.strip()


def _patient(feiten: Feiten) -> Iterator[str]:
    for veld in ("naam", "adres", "woonplaats"):
        if _is_blank(getattr(feiten, veld)):
            yield f"{veld}_ontbreekt"
    if _is_blank(feiten.telefoon):
        yield "telefoon_ontbreekt"
    elif not is_valid_phone(feiten.telefoon or ""):
        yield "telefoon_ongeldig"
    # Not in the guideline's intake list, but every child rule needs it (T-05).
    if feiten.leeftijd_jaren is None:
        yield "leeftijd_ontbreekt"
    elif not is_valid_number("leeftijd_jaren", feiten.leeftijd_jaren):
        yield "leeftijd_buiten_bereik"


def is_valid_phone(text: str) -> bool:
    """Whether a Dutch or international number can be dialled back: shape only."""
    return _TELEFOON.fullmatch(_SCHEIDINGSTEKENS.sub("", text)) is not None


def _bsn(feiten: Feiten, instellingen: Instellingen) -> Iterator[str]:
    if _is_blank(feiten.bsn):
        return
    if not instellingen.bsn_vastleggen_toegestaan:
        yield "bsn_niet_toegestaan"
        return
    digits = _SCHEIDINGSTEKENS.sub("", feiten.bsn or "")
    if _BSN.fullmatch(digits) is None:
        yield "bsn_formaat"
    elif not passes_elfproef(digits):
        yield "bsn_elfproef"


def passes_elfproef(digits: str) -> bool:
    """The BSN checksum: weights 9 to 2 and -1, divisible by 11; all zeros is no number."""
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    total = sum(weight * int(digit) for weight, digit in zip(weights, digits, strict=True))
    return total % 11 == 0 and int(digits) > 0


def _caller(feiten: Feiten, instellingen: Instellingen) -> Iterator[str]:
    if instellingen.opname_gesprekken and not feiten.opname_gemeld:
        yield "opname_niet_gemeld"
    if (
        feiten.beller == "ander"
        and not feiten.patient_kan_zelf_spreken
        and _is_blank(feiten.reden_patient_niet_zelf)
    ):
        yield "reden_patient_niet_zelf_ontbreekt"


def _complaint(feiten: Feiten, instellingen: Instellingen) -> Iterator[str]:
    if not feiten.klachten:
        yield "klacht_ontbreekt"
    if "pijn" not in feiten.klachten:
        return
    yield from _nrs(feiten, instellingen)
    if feiten.pijnstilling_ingenomen == "ja" and _is_blank(feiten.pijnstilling_middel_en_dosis):
        yield "pijnstilling_middel_ontbreekt"


def _nrs(feiten: Feiten, instellingen: Instellingen) -> Iterator[str]:
    if feiten.nrs is None:
        leeftijd = feiten.leeftijd_jaren
        is_young = (
            leeftijd is not None
            and is_valid_number("leeftijd_jaren", leeftijd)
            and leeftijd < instellingen.jong_kind_tot_leeftijd
        )
        if not is_young:  # T-05: optional for young children
            yield "nrs_ontbreekt"
    elif not is_valid_number("nrs", feiten.nrs):
        yield "nrs_ongeldig"
    elif feiten.nrs == 0:
        yield "nrs_0_bij_pijn"
