"""What a window knew of a patient, field by field, so that two people can write in one row.

The dentist corrects the name at the chair while the triage types the address: both stand. Only
when both changed the same field somebody has to choose. A stand is a short text with a keyed hash
of each field; it tells nothing about the patient and travels with the page.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils.crypto import salted_hmac

from triage.models import Patient

PATIENTVELDEN = (
    "naam",
    "geboortedatum",
    "adres",
    "postcode",
    "woonplaats",
    "telefoon",
    "bsn",
    "heeft_eigen_tandarts",
    "eigen_tandarts",
)
_LENGTE = 8


def print_of(naam: str, value: Any) -> str:
    """Return the hash of one value of one field."""
    plain = value.pk if isinstance(value, Model) else value
    text = "" if plain is None else str(plain)
    return salted_hmac("triage.patientstand", f"{naam}:{text}").hexdigest()[:_LENGTE]


def stand_of(patient: Patient | None) -> str:
    """Return the stand of a row; of a new one when there is none yet."""
    row = patient or Patient()
    return ".".join(print_of(naam, getattr(row, naam)) for naam in PATIENTVELDEN)


def prints(stand: str) -> dict[str, str]:
    """Return the hash of each field; empty for a text that is no stand."""
    parts = stand.split(".")
    return dict(zip(PATIENTVELDEN, parts, strict=True)) if len(parts) == len(PATIENTVELDEN) else {}


@dataclass(frozen=True)
class Samenvoeging:
    """What may be written (`nieuw`), what others changed (`anderen`), and where both did."""

    nieuw: dict[str, Any]
    anderen: list[str]
    botsingen: list[str]


def merge(
    patient: Patient, gegevens: Mapping[str, Any], stand: str, *, gekozen: Mapping[str, str]
) -> Samenvoeging:
    """Hold what was typed against the row, knowing what the window had seen of it.

    A field that the window still shows as it was keeps the value of the other. `gekozen` has the
    fields for which a person chose their own value, with the hash of the other that they saw.
    """
    seen = prints(stand)
    nieuw, anderen, botsingen = {}, [], []
    for naam, value in gegevens.items():
        stored = getattr(patient, naam)
        if value == stored:
            continue
        is_news = naam in seen and seen[naam] != print_of(naam, stored)
        if not is_news or gekozen.get(naam) == print_of(naam, stored):
            nieuw[naam] = value
        elif seen[naam] == print_of(naam, value):
            anderen.append(naam)
        else:
            botsingen.append(naam)
    return Samenvoeging(nieuw, anderen, botsingen)


def next_stand(patient: Patient, gegevens: Mapping[str, Any], stand: str) -> str:
    """Return what the window knows after its save: its own values, else what it knew before."""
    seen = prints(stand) or prints(stand_of(patient))
    for naam, value in gegevens.items():
        if value == getattr(patient, naam):
            seen[naam] = print_of(naam, value)
    return ".".join(seen[naam] for naam in PATIENTVELDEN)
