"""Which patients of the kring are probably one person: rows to compare, for a person to decide."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import Count, Max, Q
from django.utils.translation import gettext_lazy as _

from kern.weergave import format_telefoon, mask_bsn
from triage.models import Patient
from triage.patientstand import PATIENTVELDEN
from verslag.actions.samenvoegen import fields_that_differ, person_of
from verslag.dubbel import Oordeel, judge

MAXIMUM = 50
"""So many pairs at most: who joined these sees the next."""

_LABELS = {
    "naam": _("Naam"),
    "geboortedatum": _("Geboren"),
    "adres": _("Adres"),
    "postcode": _("Postcode"),
    "woonplaats": _("Woonplaats"),
    "telefoon": _("Telefoon"),
    "bsn": _("BSN"),
    "heeft_eigen_tandarts": _("Eigen tandarts?"),
    "eigen_tandarts": _("Wie is de eigen tandarts"),
}

# Plain comparisons of columns with an index; which of them are alike is for `verslag.dubbel`.
_PAIRS = """
SELECT een, ander FROM (
    SELECT a.id AS een, b.id AS ander, greatest(a.gewijzigd_op, b.gewijzigd_op) AS moment
    FROM triage_patient a JOIN triage_patient b
      ON b.kring_id = a.kring_id AND b.bsn_index = a.bsn_index AND b.id > a.id
    WHERE a.kring_id = %(kring)s AND a.bsn_index <> ''
      AND a.opgegaan_in_id IS NULL AND b.opgegaan_in_id IS NULL
  UNION
    SELECT a.id, b.id, greatest(a.gewijzigd_op, b.gewijzigd_op)
    FROM triage_patient a JOIN triage_patient b
      ON b.kring_id = a.kring_id AND b.zoek_achternaam = a.zoek_achternaam
     AND b.geboortedatum = a.geboortedatum AND b.id > a.id
    WHERE a.kring_id = %(kring)s AND a.zoek_achternaam <> ''
      AND a.opgegaan_in_id IS NULL AND b.opgegaan_in_id IS NULL
  UNION
    SELECT a.id, b.id, greatest(a.gewijzigd_op, b.gewijzigd_op)
    FROM triage_patient a JOIN triage_patient b
      ON b.kring_id = a.kring_id AND b.telefoon = a.telefoon
     AND b.zoek_achternaam = a.zoek_achternaam AND b.id > a.id
    WHERE a.kring_id = %(kring)s AND a.telefoon <> '' AND a.zoek_achternaam <> ''
      AND a.opgegaan_in_id IS NULL AND b.opgegaan_in_id IS NULL
) paren ORDER BY moment DESC LIMIT %(max)s
"""


@dataclass(frozen=True)
class Paar:
    """Two patients and what is to be said about them."""

    een: Patient
    ander: Patient
    oordeel: Oordeel


@dataclass(frozen=True)
class Vergelijking:
    """One detail of two patients, as the page shows it; `kies`: somebody has to choose."""

    naam: str
    label: str
    een: str
    ander: str
    kies: bool


def probable_pairs(kring_id: int) -> list[Paar]:
    """Return the pairs of this kring that look alike, newest change first."""
    with connection.cursor() as cursor:
        cursor.execute(_PAIRS, {"kring": kring_id, "max": MAXIMUM * 2})
        keys: list[tuple[UUID, UUID]] = cursor.fetchall()
    rows = Patient.objects.in_bulk({pk for pair in keys for pk in pair})
    pairs = [_pair(rows[een], rows[ander]) for een, ander in keys if een in rows and ander in rows]
    return [pair for pair in pairs if pair.oordeel.is_waarschijnlijk][:MAXIMUM]


def doubles_of(patient: Patient) -> list[Paar]:
    """Return the patients that are probably this one."""
    known = Q(pk__in=[])
    if patient.bsn_index:
        known |= Q(bsn_index=patient.bsn_index)
    if patient.zoek_achternaam:
        same = Q(zoek_achternaam=patient.zoek_achternaam)
        if patient.geboortedatum:
            known |= same & Q(geboortedatum=patient.geboortedatum)
        if patient.telefoon:
            known |= same & Q(telefoon=patient.telefoon)
    found = Patient.objects.living().filter(known).exclude(pk=patient.pk)
    pairs = [_pair(patient, other) for other in found.order_by("-gewijzigd_op")[:MAXIMUM]]
    return [pair for pair in pairs if pair.oordeel.is_waarschijnlijk]


def is_probable(een: Patient, ander: Patient) -> bool:
    return _pair(een, ander).oordeel.is_waarschijnlijk


def _pair(een: Patient, ander: Patient) -> Paar:
    return Paar(een, ander, judge(person_of(een), person_of(ander)))


def compare(een: Patient, ander: Patient) -> list[Vergelijking]:
    """Return the details of both side by side."""
    differing = fields_that_differ(een, ander)
    return [
        Vergelijking(
            name, str(_LABELS[name]), _shown(een, name), _shown(ander, name), name in differing
        )
        for name in PATIENTVELDEN
    ]


def _shown(patient: Patient, name: str) -> str:
    value = getattr(patient, name)
    if name == "heeft_eigen_tandarts":
        return patient.get_heeft_eigen_tandarts_display()
    if not value:
        return ""
    if name == "telefoon":
        return format_telefoon(value)
    if name == "bsn":
        return mask_bsn(value)
    return f"{value:%d-%m-%Y}" if isinstance(value, date) else str(value)


def calls_of_both(een: Patient, ander: Patient) -> dict[UUID, dict]:
    """Return per patient how many calls and reports there are, and the last call."""
    rows = Patient.objects.filter(pk__in=[een.pk, ander.pk]).annotate(
        oproepen_aantal=Count("oproepen", distinct=True),
        laatste=Max("oproepen__aangenomen_op"),
        verslagen_aantal=Count("dossier__verslagen", distinct=True),
    )
    return {
        row["pk"]: row
        for row in rows.values("pk", "oproepen_aantal", "laatste", "verslagen_aantal")
    }
