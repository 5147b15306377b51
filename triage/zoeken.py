"""Find patients: by number at once, by name with one typing error, always a few and never all.

Every condition on a row is a plain comparison that an index serves below row-level security. What
is fuzzy happens here, over the few rows or the few different surnames that such a range gives.
"""

from dataclasses import dataclass, field
from datetime import date

from django.db import connection
from django.db.models import Q

from kern.velden import phone_prefix
from triage import zoeknaam
from triage.models import Patient
from triage.querysets import PatientQuerySet, begins_with

MAXIMUM = 20
"""So many patients at most: who finds more has to ask the caller more."""
_WOORDEN_MAX = 3000
"""So many different surnames at most are read in one range, so that no query runs away."""
_LIJKT = 0.3

# One step in the index for each different surname; reading them all would touch every patient.
_SURNAMES = """
WITH RECURSIVE w(woord) AS (
    (SELECT zoek_achternaam FROM triage_patient
     WHERE kring_id = %(kring)s AND zoek_achternaam >= %(van)s AND zoek_achternaam < %(tot)s
     ORDER BY zoek_achternaam LIMIT 1)
    UNION ALL
    SELECT (SELECT p.zoek_achternaam FROM triage_patient p
            WHERE p.kring_id = %(kring)s AND p.zoek_achternaam > w.woord
                  AND p.zoek_achternaam < %(tot)s
            ORDER BY p.zoek_achternaam LIMIT 1)
    FROM w WHERE w.woord IS NOT NULL
)
SELECT woord FROM w WHERE woord IS NOT NULL LIMIT %(max)s
"""
_REVERSED = _SURNAMES.replace("zoek_achternaam", "zoek_achternaam_om")


@dataclass(frozen=True)
class Gevonden:
    """The patients that fit best, whether there are more, and whether they may be shown whole."""

    patienten: list[Patient] = field(default_factory=list)
    is_meer: bool = False
    is_volledig: bool = False


def search(
    *,
    kring_id: int,
    naam: str = "",
    geboortedatum: date | None = None,
    bsn: str = "",
    telefoon: str = "",
    onder: PatientQuerySet | None = None,
) -> Gevonden:
    """Return the patients of the kring that fit; the most certain field decides.

    `onder` are the patients among whom is searched, by default all.

    Only BSN, phone, or name with birth date give patients that may be shown whole: a name alone is
    what a neighbour knows as well.
    """
    rows = (
        (Patient.objects.living() if onder is None else onder)
        .filter(kring_id=kring_id)
        .exclude(naam="")
    )
    if bsn:
        index = Patient._meta.get_field("bsn_index").value_for(bsn, kring_id)
        return _first(rows.filter(bsn_index=index).order_by("naam"), whole=True)
    if prefix := phone_prefix(telefoon):
        found = rows.filter(begins_with("telefoon", prefix)).order_by("telefoon")
        return _first(found, whole=True)
    if naam and geboortedatum:
        return _by_birth_date(rows, naam, geboortedatum)
    return _by_name(rows, naam, kring_id) if naam else Gevonden()


def _first(rows, *, whole: bool) -> Gevonden:
    found = list(rows[: MAXIMUM + 1])
    return Gevonden(found[:MAXIMUM], len(found) > MAXIMUM, whole)


def _by_birth_date(rows, naam: str, geboortedatum: date) -> Gevonden:
    """Few people share a birth date: all of them are compared."""
    scored = [
        (zoeknaam.likeness(naam, patient.naam), patient)
        for patient in rows.filter(geboortedatum=geboortedatum)
    ]
    scored = sorted((s for s in scored if s[0] >= _LIJKT), key=lambda s: (-s[0], s[1].naam))
    found = [patient for _score, patient in scored]
    return Gevonden(found[:MAXIMUM], len(found) > MAXIMUM, is_volledig=True)


def _by_name(rows, naam: str, kring_id: int) -> Gevonden:
    """First who is called exactly so; only when that is not enough, who is nearly called so."""
    surname, first = zoeknaam.surname(naam), zoeknaam.first_name(naam)
    if not surname:
        return Gevonden()
    rows = rows.order_by("zoek_achternaam", "zoek_voornaam")
    # Apart and in the order of the index: with OR, every Jansen is read and sorted for these few.
    found = list(rows.filter(_initial(first), zoek_achternaam=surname)[: MAXIMUM + 1])
    if len(found) <= MAXIMUM:
        found += rows.filter(_initial(first), zoek_dubbel=surname)[:MAXIMUM]
        near = [surname, *zoeknaam.swapped(surname), *nearly(surname, kring_id)]
        known = {patient.pk for patient in found}
        more = rows.filter(_initial(first), zoek_achternaam__in=near).exclude(pk__in=known)
        found += sorted(
            more[: MAXIMUM + 1], key=lambda patient: -zoeknaam.likeness(naam, patient.naam)
        )
    return Gevonden(found[:MAXIMUM], len(found) > MAXIMUM)


def _initial(first: str) -> Q:
    """Return the condition on a first name: typed whole or as an initial, kept whole or not."""
    return begins_with("zoek_voornaam", first[0]) if first else Q()


def nearly(surname: str, kring_id: int) -> list[str]:
    """Return the surnames of the kring that differ by one letter.

    A single error spoils one half of a word only: the other half is a range in an index.
    """
    if len(surname) < zoeknaam.MIN_FOUT:
        return []
    half = len(surname) // 2
    begin = _range(_SURNAMES, surname[:half], kring_id)
    end = _range(_REVERSED, surname[half:][::-1], kring_id)
    words = {*begin, *(word[::-1] for word in end)}
    return sorted(word for word in words if zoeknaam.is_one_off(word, surname))


def _range(sql: str, prefix: str, kring_id: int) -> list[str]:
    values = {
        "kring": kring_id,
        "van": prefix,
        "tot": zoeknaam.after(prefix),
        "max": _WOORDEN_MAX,
    }
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [word for (word,) in cursor.fetchall()]
