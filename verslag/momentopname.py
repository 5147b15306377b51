"""The signed text: a snapshot of report, identity and letterhead, and its fingerprint."""

import hashlib
import json
from dataclasses import fields
from datetime import date, datetime

from django.db.models import Q

from kern.tijd import to_local
from triage.lezing import reading_of
from triage.models import JaNeeOnbekend, Oproep, Patient
from verslag import gebit, tarief, volledigheid
from verslag.models import Bijlage, Tariefcode, Verklaring, Verslag
from verslag.termijn import is_past
from verslag.volledigheid import EigenTandarts, Gegevens, Oordeel

FORMAAT = 3
"""Raised when the keys change; old versions keep theirs and stay readable.

2: gebit, tarieven, rontgen_gemaakt, nevenbevinding, nevenbevinding_gemeld, uitgesteld and
uitstel_grond came in. 3: verklaringen.
"""

LATER = {
    "bijlagen": [],
    "gebit": [],
    "tarieven": [],
    "rontgen_gemaakt": False,
    "nevenbevinding": "",
    "nevenbevinding_gemeld": False,
    "uitgesteld": False,
    "uitstel_grond": "",
    "verklaringen": [],
}
"""Keys that old versions lack, with the value that says the same."""

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
    "nevenbevinding",
    "uitstel_grond",
)
FEITEN = ("gezien", "rontgen_gemaakt", "nevenbevinding_gemeld", "uitgesteld")
_EIGEN = {
    JaNeeOnbekend.JA: EigenTandarts.JA,
    JaNeeOnbekend.NEE: EigenTandarts.GEEN,
    JaNeeOnbekend.ONBEKEND: EigenTandarts.ONBEKEND,
}


_GEVRAAGD = {field.name for field in fields(Gegevens)}


def facts_of(verslag: Verslag) -> Gegevens:
    """Return what the law of §4 judges."""
    patient = verslag.dossier.patient
    bijlagen = list(verslag.bijlagen.current().only("kring_id", "soort", "mimetype"))
    return Gegevens(
        tandarts_gesproken=True,
        behandeld=any(regel["behandeling"] for regel in verslag.gebit),
        naam=patient.naam,
        adres=patient.adres,
        woonplaats=patient.woonplaats,
        bsn=patient.bsn,
        geen_bsn_reden=verslag.geen_bsn_reden,
        verwijzing=verslag.verwijzing,
        advies_eigen_tandarts=verslag.advies_eigen_tandarts,
        eigen_tandarts=_EIGEN[JaNeeOnbekend(patient.heeft_eigen_tandarts)],
        ontvanger_bekend=patient.eigen_tandarts_id is not None,
        rontgen_bijgevoegd=bool(bijlagen),
        rontgen_herkend=any(row.aard == Bijlage.Soort.RONTGEN for row in bijlagen),
        nevenbevinding_urgent=bool(verslag.nevenbevinding.strip()),
        vervolg_termijn_voorbij=is_past(verslag.vervolg_termijn, day_of_visit(verslag.oproep)),
        elementen_leeg=gebit.unfinished(verslag.gebit),
        tariefcodes_ongeldig=tarief.faults(verslag.tariefcodes, tariff_table(verslag)),
        **{veld: getattr(verslag, veld) for veld in (*FEITEN, *TEKSTVELDEN) if veld in _GEVRAAGD},
    )


def judge(verslag: Verslag) -> Oordeel:
    """Judge the report as it is now, by the setting under which its call was begun (T-14)."""
    instellingen = reading_of(verslag.oproep).instellingen
    return volledigheid.judge(
        facts_of(verslag), ook_bij_alleen_gesproken=instellingen.verslag_ook_bij_alleen_gesproken
    )


def is_owed(oproep: Oproep) -> bool:
    """Whether the dentist owes a report of a call on which the dentist was spoken to (T-14)."""
    seen = (
        oproep.gezien_op is not None
        or oproep.status == Oproep.Status.GEZIEN
        or oproep.besluit == Oproep.Besluit.ZIEN
    )
    instellingen = reading_of(oproep).instellingen
    return volledigheid.is_required(
        Gegevens(gezien=seen),
        ook_bij_alleen_gesproken=instellingen.verslag_ook_bij_alleen_gesproken,
    )


def tariff_table(verslag: Verslag) -> dict[str, tarief.Tarief]:
    """Return the codes that hold on the day of the visit; empty when the kring has no table."""
    if not verslag.tariefcodes.strip():
        return {}
    return Tariefcode.objects.table_on(verslag.kring_id, day_of_visit(verslag.oproep))


def day_of_visit(oproep: Oproep) -> date:
    """Return the Dutch day on which the patient came, or called when nobody came."""
    moment = oproep.gezien_op or oproep.afspraak_om or oproep.aangenomen_op
    return to_local(moment).date()


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
        "verwijzing": verslag.verwijzing,
        "verwijzing_tekst": verslag.get_verwijzing_display() if verslag.verwijzing else "",
        "advies_eigen_tandarts": verslag.advies_eigen_tandarts,
        **{veld: getattr(verslag, veld) for veld in (*FEITEN, *TEKSTVELDEN)},
        "gebit": verslag.gebit,
        "tarieven": verslag.tarieven,
        "verklaringen": _statements(verslag),
        "bijlagen": [_attachment(bijlage) for bijlage in verslag.bijlagen.current()],
    }


def _statements(verslag: Verslag) -> list[dict]:
    """Return what the patient says about this report, or about the whole file."""
    rows = Verklaring.objects.filter(
        Q(verslag=verslag) | Q(verslag=None), patient=verslag.dossier.patient_id
    )
    return [{"gegeven_op": _iso(row.gegeven_op), "tekst": row.tekst} for row in rows]


def _attachment(bijlage: Bijlage) -> dict:
    """Return what ties the bytes to the text: whoever gets them can compare the fingerprint.

    Rows of before the kind was asked have none: their text stays the one that was signed.
    """
    kind = {"soort": bijlage.soort} if bijlage.soort else {}
    return kind | {
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
    """Whether a signed version already says exactly this, in whatever format."""
    added = {"formaat", "versie", "reden", "getekend_op"}
    said, now = ({**LATER, **each} for each in (signed, text))
    return all(said.get(key) == now.get(key) for key in {*said, *now} - added)


def fingerprint(inhoud: dict) -> str:
    """Return the sha256 of the canonical JSON; the database keeps no order of keys."""
    canonical = json.dumps(inhoud, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()
