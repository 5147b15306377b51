"""The signed text: a snapshot of report, identity and letterhead, and its fingerprint."""

import hashlib
import json
from datetime import datetime

from triage.models import JaNeeOnbekend, Patient
from verslag.models import Bijlage, Verslag
from verslag.volledigheid import EigenTandarts, Gegevens

FORMAAT = 1
"""Raised when the keys change; old versions keep theirs and stay readable."""

TEKSTVELDEN = (
    "spoedklacht",
    "bevindingen",
    "diagnose",
    "behandeling",
    "verwijzing_reden",
    "vervolg",
    "vervolg_termijn",
    "overig",
    "tariefcodes",
)
_EIGEN = {
    JaNeeOnbekend.JA: EigenTandarts.JA,
    JaNeeOnbekend.NEE: EigenTandarts.GEEN,
    JaNeeOnbekend.ONBEKEND: EigenTandarts.ONBEKEND,
}


def facts_of(verslag: Verslag) -> Gegevens:
    """Return what the law of §4 judges."""
    patient = verslag.dossier.patient
    return Gegevens(
        tandarts_gesproken=True,
        gezien=verslag.gezien,
        naam=patient.naam,
        adres=patient.adres,
        woonplaats=patient.woonplaats,
        bsn=patient.bsn,
        geen_bsn_reden=verslag.geen_bsn_reden,
        verwijzing=verslag.verwijzing,
        advies_eigen_tandarts=verslag.advies_eigen_tandarts,
        eigen_tandarts=_EIGEN[JaNeeOnbekend(patient.heeft_eigen_tandarts)],
        ontvanger_bekend=patient.eigen_tandarts_id is not None,
        **{veld: getattr(verslag, veld) for veld in TEKSTVELDEN if veld != "overig"},
    )


def snapshot(verslag: Verslag) -> dict:
    """Return everything that the report says now, in plain JSON values."""
    oproep = verslag.oproep
    tandarts = verslag.auteur
    praktijk = tandarts.deelnemer
    return {
        "formaat": FORMAAT,
        "kring": {
            "naam": verslag.kring.naam,
            "plaats": verslag.kring.plaats,
            "spoednummer": verslag.kring.spoednummer,
        },
        "verslag": str(verslag.pk),
        "oproep": {"nummer": oproep.nummer, "moment": _iso(oproep.aangenomen_op)},
        "afspraak": _iso(oproep.afspraak_om),
        "patient": _patient(verslag.dossier.patient) | {"geen_bsn_reden": verslag.geen_bsn_reden},
        "eigen_tandarts": _recipient(verslag.dossier.patient),
        "tandarts": {
            "naam": tandarts.naam,
            "big_nummer": tandarts.big_nummer,
            "praktijk": praktijk.naam,
            "plaats": praktijk.plaats,
            "telefoon": praktijk.telefoon,
        },
        "gezien": verslag.gezien,
        "verwijzing": verslag.verwijzing,
        "verwijzing_tekst": verslag.get_verwijzing_display() if verslag.verwijzing else "",
        "advies_eigen_tandarts": verslag.advies_eigen_tandarts,
        **{veld: getattr(verslag, veld) for veld in TEKSTVELDEN},
        "bijlagen": [_attachment(bijlage) for bijlage in verslag.bijlagen.current()],
    }


def _attachment(bijlage: Bijlage) -> dict:
    """Return what ties the bytes to the text: whoever gets them can compare the fingerprint."""
    return {
        "id": str(bijlage.pk),
        "nummer": bijlage.nummer,
        "naam": bijlage.naam,
        "omschrijving": bijlage.omschrijving,
        "mimetype": bijlage.mimetype,
        "grootte": bijlage.grootte,
        "sha256": bijlage.sha256,
    }


def _patient(patient: Patient) -> dict:
    return {
        "naam": patient.naam,
        "geboortedatum": _iso(patient.geboortedatum),
        "adres": patient.adres,
        "postcode": patient.postcode,
        "woonplaats": patient.woonplaats,
        "telefoon": patient.telefoon,
        "bsn": patient.bsn,
        "heeft_eigen_tandarts": patient.heeft_eigen_tandarts,
    }


def _recipient(patient: Patient) -> dict | None:
    eigen = patient.eigen_tandarts
    if eigen is None or patient.heeft_eigen_tandarts != JaNeeOnbekend.JA:
        return None
    return {"naam": eigen.naam, "praktijk": eigen.praktijk, "plaats": eigen.plaats}


def _iso(value) -> str | None:
    return value.isoformat() if value else None


def sign(text: dict, *, nummer: int, reden: str, moment: datetime) -> dict:
    """Return the text with what signing adds: version, reason of the correction, moment."""
    return text | {"versie": nummer, "reden": reden, "getekend_op": _iso(moment)}


def is_same_text(signed: dict, text: dict) -> bool:
    """Whether a signed version already says exactly this."""
    added = {"versie", "reden", "getekend_op"}
    # Versions of before there were attachments have none.
    signed = {"bijlagen": [], **signed}
    return {key: value for key, value in signed.items() if key not in added} == text


def fingerprint(inhoud: dict) -> str:
    """Return the sha256 of the canonical JSON; the database keeps no order of keys."""
    canonical = json.dumps(inhoud, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()
