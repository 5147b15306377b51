"""Which looks at a patient deserve a question: the law of the review queue (S18), pure.

Plain values in, findings out: no rows, no clock, no request. The same lines with the same facts
and settings give the same findings, so a finding can be reproduced by its rule and version. A
reason never holds a name: it says which rule saw what, not whose surname it was.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

VERSIE = "2026-11-2"

GEEN_RELATIE = "geen_relatie"
ACHTERNAAM = "achternaam"
POSTCODE = "postcode"
COLLEGA = "collega"
VEEL = "veel"
BUITEN_DIENST = "buiten_dienst"

REDENEN = {
    GEEN_RELATIE: "De medewerker hoorde bij geen enkele oproep van deze patiënt, en er liep er "
    "toen geen.",
    ACHTERNAAM: "De patiënt heeft dezelfde achternaam als de medewerker.",
    POSTCODE: "De patiënt woont op een postcode van de medewerker of diens praktijk.",
    COLLEGA: "De patiënt heeft dezelfde naam als iemand die in deze kring werkt.",
    VEEL: "De medewerker opende {aantal} patiënten binnen een uur; de grens is {grens}.",
    BUITEN_DIENST: "De tandarts had toen geen dienst, en de laatste eigen oproep van deze patiënt "
    "is langer dan {dagen} dagen geleden.",
}

# Shown in a list that somebody opened for another reason: no choice for this very patient.
LIJSTEN = frozenset({"bord.getoond", "patient.in_lijst", "dossier.in_lijst", "patient.gevonden"})
_HOUR = timedelta(hours=1)
_TUSSENVOEGSELS = frozenset(
    "van von de der den het te ter ten in op aan bij la le du da di el al ben".split()  # noqa: SIM905
)


@dataclass(frozen=True)
class Inzage:
    """One line of the log in which a person saw or changed something of a patient."""

    nummer: int
    moment: datetime
    dag: date
    gebruiker_id: int
    patient_id: UUID
    gebeurtenis: str
    rollen: frozenset[str]
    zorg: bool = True


@dataclass(frozen=True)
class Medewerker:
    """What the kring knows of a person who works in it; `diensten` are (begin, end)."""

    gebruiker_id: int
    naam: str
    postcodes: frozenset[str] = frozenset()
    diensten: tuple[tuple[datetime, datetime], ...] = ()


@dataclass(frozen=True)
class Oproep:
    """A call: when it ran, and which users had to do with it."""

    begin: datetime
    einde: datetime | None
    betrokken: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Patient:
    naam: str = ""
    postcode: str = ""
    oproepen: tuple[Oproep, ...] = ()


@dataclass(frozen=True)
class Instelling:
    """The bounds of the rules; they are settings, every finding names them in its reason."""

    per_uur: int = 20
    na_oproep: timedelta = timedelta(hours=24)
    rond_dienst: timedelta = timedelta(hours=2)
    nazorg: timedelta = timedelta(days=14)


@dataclass(frozen=True)
class Vondst:
    """One question: which rule, about whom, on which day, over which lines, and why."""

    regel: str
    gebruiker_id: int
    patient_id: UUID | None
    dag: date
    regels: tuple[int, ...]
    reden: str


def find(
    inzagen: Iterable[Inzage],
    medewerkers: Mapping[int, Medewerker],
    patienten: Mapping[UUID, Patient],
    instelling: Instelling,
) -> list[Vondst]:
    """Return every finding, one per rule, person, patient and day."""
    gericht = [inzage for inzage in inzagen if inzage.gebeurtenis not in LIJSTEN]
    namen = {words_of(medewerker.naam) for medewerker in medewerkers.values()} - {()}
    groups: dict[tuple[str, int, UUID, date], list[int]] = defaultdict(list)
    for inzage in gericht:
        medewerker = medewerkers.get(inzage.gebruiker_id)
        patient = patienten.get(inzage.patient_id)
        # A patient that is gone leaves nothing to compare with.
        if medewerker and patient:
            for regel in _rules_of(inzage, medewerker, patient, namen, instelling):
                key = (regel, inzage.gebruiker_id, inzage.patient_id, inzage.dag)
                groups[key].append(inzage.nummer)
    found = [
        Vondst(regel, gebruiker, patient, dag, tuple(sorted(nummers)), _reason(regel, instelling))
        for (regel, gebruiker, patient, dag), nummers in groups.items()
    ]
    return sorted(found + _many(gericht, instelling), key=lambda v: (v.dag, v.regels, v.regel))


def _rules_of(
    inzage: Inzage,
    medewerker: Medewerker,
    patient: Patient,
    namen: set[tuple[str, ...]],
    instelling: Instelling,
) -> Iterable[str]:
    if inzage.zorg and not has_relation(inzage, patient, instelling):
        yield GEEN_RELATIE
    if surnames(medewerker.naam) & surnames(patient.naam):
        yield ACHTERNAAM
    if patient.postcode and patient.postcode in medewerker.postcodes:
        yield POSTCODE
    if words_of(patient.naam) in namen:
        yield COLLEGA
    if inzage.zorg and _is_off_duty(inzage, medewerker, patient, instelling):
        yield BUITEN_DIENST


def _reason(regel: str, instelling: Instelling) -> str:
    return REDENEN[regel].format(dagen=instelling.nazorg.days, grens=instelling.per_uur, aantal="")


def has_relation(inzage: Inzage, patient: Patient, instelling: Instelling) -> bool:
    """Whether the person had to do with a call of this patient, or one was running."""
    return any(
        inzage.gebruiker_id in oproep.betrokken
        or (
            oproep.begin <= inzage.moment
            and (oproep.einde is None or inzage.moment <= oproep.einde + instelling.na_oproep)
        )
        for oproep in patient.oproepen
    )


def _is_off_duty(
    inzage: Inzage, medewerker: Medewerker, patient: Patient, instelling: Instelling
) -> bool:
    """Only for a dentist: others have no roster. Finishing a report afterwards is no misuse."""
    if "tandarts" not in inzage.rollen or "triagemedewerker" in inzage.rollen:
        return False
    around = instelling.rond_dienst
    on_duty = any(
        begin - around <= inzage.moment < einde + around for begin, einde in medewerker.diensten
    )
    recent = any(
        inzage.gebruiker_id in oproep.betrokken
        and inzage.moment - instelling.nazorg <= oproep.begin <= inzage.moment
        for oproep in patient.oproepen
    )
    return not (on_duty or recent)


def _many(gericht: list[Inzage], instelling: Instelling) -> list[Vondst]:
    """More different patients within any hour than the bound; hours that overlap are one finding.

    Midnight does not split an hour, and a busy hour hides no other one of that day.
    """
    per_person: dict[int, list[Inzage]] = defaultdict(list)
    for inzage in sorted(gericht, key=lambda inzage: (inzage.moment, inzage.nummer)):
        per_person[inzage.gebruiker_id].append(inzage)
    found = []
    for gebruiker, rows in per_person.items():
        for start, end, aantal in _busy(rows, instelling.per_uur):
            reden = REDENEN[VEEL].format(aantal=aantal, grens=instelling.per_uur)
            nummers = tuple(sorted(inzage.nummer for inzage in rows[start:end]))
            found.append(Vondst(VEEL, gebruiker, None, rows[start].dag, nummers, reden))
    return found


def _busy(rows: list[Inzage], grens: int) -> list[tuple[int, int, int]]:
    """Return (begin, end, most patients within an hour) of each stretch of busy hours."""
    stretches: list[tuple[int, int, int]] = []
    start = 0
    in_hour: Counter[UUID] = Counter()
    for end, last in enumerate(rows, start=1):
        in_hour[last.patient_id] += 1
        while last.moment - rows[start].moment > _HOUR:
            in_hour -= Counter([rows[start].patient_id])
            start += 1
        if len(in_hour) <= grens:
            continue
        if stretches and start < stretches[-1][1]:
            begin, _end, most = stretches.pop()
            stretches.append((begin, end, max(most, len(in_hour))))
        else:
            stretches.append((start, end, len(in_hour)))
    return stretches


def words_of(naam: str) -> tuple[str, ...]:
    """Return the words of a name as they are compared: no accents, capitals, marks or order."""
    plain = unicodedata.normalize("NFKD", naam.casefold())
    letters = "".join(char for char in plain if not unicodedata.combining(char))
    words = re.findall(r"[a-z]+", letters)
    return tuple(sorted(word for word in words if word not in _TUSSENVOEGSELS and len(word) > 1))


def surnames(naam: str) -> frozenset[str]:
    """Return the surnames in a name: of "A. de Vries-Bakker" vries and bakker.

    "Bakker, Anna" is turned round; a title or an initial is no surname.
    """
    before, comma, _after = naam.partition(",")
    last = before if comma else naam
    pieces = [piece for piece in last.split() if words_of(piece)]
    return frozenset(words_of(pieces[-1])) if pieces else frozenset()
