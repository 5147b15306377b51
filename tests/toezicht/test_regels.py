"""The law of the signalen: planted misuse is found, ordinary work is left in peace."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from toezicht import regels
from toezicht.regels import Instelling, Inzage, Medewerker, Oproep, Patient, find

NU = datetime(2026, 11, 21, 20, 0, tzinfo=UTC)
DAG = date(2026, 11, 21)
ANNA, BRAM, TOM = 1, 2, 3
P = uuid4()
INSTELLING = Instelling(per_uur=3)
MEDEWERKERS = {
    ANNA: Medewerker(ANNA, "Anna de Vries-Bakker"),
    BRAM: Medewerker(BRAM, "Bram Visser", frozenset({"3511 AA"})),
    TOM: Medewerker(
        TOM,
        "Tom Mulder",
        frozenset({"3512 BB"}),
        ((NU - timedelta(hours=3), NU + timedelta(hours=12)),),
    ),
}
TRIAGE, TANDARTS = frozenset({"triagemedewerker"}), frozenset({"tandarts"})


def look(gebruiker=BRAM, patient=P, *, nummer=1, moment=NU, wat="oproep.getoond", rollen=TRIAGE):
    return Inzage(nummer, moment, DAG, gebruiker, patient, wat, rollen)


def running(*betrokken, uren=1):
    return Oproep(NU - timedelta(hours=uren), None, frozenset(betrokken))


def ended(*betrokken, dagen):
    begin = NU - timedelta(days=dagen)
    return Oproep(begin, begin + timedelta(hours=1), frozenset(betrokken))


def rules(inzagen, patient):
    return [v.regel for v in find(inzagen, MEDEWERKERS, {P: patient}, INSTELLING)]


NORMAL = Patient("Piet Paulusma", "9999 ZZ", (running(BRAM),))


@pytest.mark.parametrize(
    ("inzage", "patient", "verwacht"),
    [
        # Ordinary work.
        (look(), NORMAL, []),
        (look(ANNA), NORMAL, []),
        (look(), replace(NORMAL, oproepen=(ended(BRAM, dagen=900),)), []),
        (look(), replace(NORMAL, oproepen=(ended(ANNA, dagen=1),)), []),
        (look(wat="bord.getoond"), replace(NORMAL, oproepen=()), []),
        (look(wat="patient.gevonden"), replace(NORMAL, oproepen=()), []),
        (look(TOM, rollen=TANDARTS), replace(NORMAL, oproepen=(running(),)), []),
        # Nobody's business.
        (look(), replace(NORMAL, oproepen=()), [regels.GEEN_RELATIE]),
        (look(), replace(NORMAL, oproepen=(ended(ANNA, dagen=2),)), [regels.GEEN_RELATIE]),
        (
            look(moment=NU - timedelta(hours=2)),
            replace(NORMAL, oproepen=(running(),)),
            [regels.GEEN_RELATIE],
        ),
        # Family, neighbours, colleagues.
        (look(), replace(NORMAL, naam="Oma Visser"), [regels.ACHTERNAAM]),
        (look(), replace(NORMAL, naam="VISSÉR, Oma"), [regels.ACHTERNAAM]),
        (look(ANNA), replace(NORMAL, naam="Jan van de Bakker"), [regels.ACHTERNAAM]),
        (look(), replace(NORMAL, naam="Visser Hendriks"), []),
        (look(), replace(NORMAL, postcode="3511 AA"), [regels.POSTCODE]),
        (look(), replace(NORMAL, naam="Mulder, Tom"), [regels.COLLEGA]),
        (
            look(),
            replace(NORMAL, naam="Bram Visser"),
            [regels.ACHTERNAAM, regels.COLLEGA],
        ),
        # A dentist without duty.
        (
            look(TOM, rollen=TANDARTS, moment=NU + timedelta(hours=13)),
            replace(NORMAL, oproepen=(running(),)),
            [],
        ),
        (
            look(TOM, rollen=TANDARTS, moment=NU + timedelta(hours=15)),
            replace(NORMAL, oproepen=(running(),)),
            [regels.BUITEN_DIENST],
        ),
        (
            look(TOM, rollen=TANDARTS, moment=NU + timedelta(days=10)),
            replace(NORMAL, oproepen=(ended(TOM, dagen=1),)),
            [],
        ),
        (
            look(TOM, rollen=TANDARTS, moment=NU + timedelta(days=20)),
            replace(NORMAL, oproepen=(ended(TOM, dagen=1),)),
            [regels.BUITEN_DIENST],
        ),
    ],
)
def test_what_is_found(inzage, patient, verwacht):
    assert sorted(rules([inzage], patient)) == sorted(verwacht)


def test_many_patients_within_an_hour_name_all_lines_of_that_hour():
    patienten = [uuid4() for _ in range(4)]
    facts = dict.fromkeys(patienten, NORMAL)
    rows = [
        look(patient=pk, nummer=10 + n, moment=NU + timedelta(minutes=19 * n))
        for n, pk in enumerate(patienten)
    ]
    (found,) = find(rows, MEDEWERKERS, facts, INSTELLING)
    assert (found.regel, found.patient_id, found.regels) == (regels.VEEL, None, (10, 11, 12, 13))
    assert "4 patiënten" in found.reden
    assert "3" in found.reden
    slower = [replace(row, moment=NU + timedelta(minutes=21 * n)) for n, row in enumerate(rows)]
    assert find(slower, MEDEWERKERS, facts, INSTELLING) == []
    same = [replace(row, patient_id=patienten[0]) for row in rows]
    assert find(same, MEDEWERKERS, facts, INSTELLING) == []


def many(*minuten):
    """Return looks at as many patients, and their facts."""
    rows = [
        look(patient=uuid4(), nummer=n, moment=NU + timedelta(minutes=minuut))
        for n, minuut in enumerate(minuten)
    ]
    return [replace(r, dag=r.moment.date()) for r in rows], {r.patient_id: NORMAL for r in rows}


def test_a_busy_hour_hides_no_other_hour_of_that_day():
    rows, facts = many(0, 1, 2, 3, 100, 101, 102, 103, 104)
    found = find(rows, MEDEWERKERS, facts, INSTELLING)
    assert [v.regels for v in found] == [(0, 1, 2, 3), (4, 5, 6, 7, 8)]
    assert ["4 patiënten" in found[0].reden, "5 patiënten" in found[1].reden] == [True, True]


def test_hours_that_overlap_are_one_finding():
    rows, facts = many(*range(0, 150, 10))
    (found,) = find(rows, MEDEWERKERS, facts, INSTELLING)
    assert found.regels == tuple(range(15))


def test_midnight_splits_no_hour():
    rows, facts = many(230, 235, 245, 250)
    (found,) = find(rows, MEDEWERKERS, facts, INSTELLING)
    assert (found.regels, found.dag) == ((0, 1, 2, 3), DAG)


def test_one_finding_a_day_whatever_the_number_of_looks():
    patient = replace(NORMAL, oproepen=())
    rows = [look(nummer=n) for n in (5, 3, 4)]
    (found,) = find(rows, MEDEWERKERS, {P: patient}, INSTELLING)
    assert found.regels == (3, 4, 5)


def test_a_reason_holds_no_name():
    patient = Patient("Bram Visser", "3511 AA", ())
    for found in find([look()], MEDEWERKERS, {P: patient}, INSTELLING):
        assert not {"visser", "bram", "3511"} & set(found.reden.casefold().split())


def test_the_functionaris_is_not_asked_for_a_relation_but_is_for_family():
    patient = Patient("Oma Visser", "", ())
    row = replace(look(wat="inzage.getoond", rollen=frozenset({"fg"})), zorg=False)
    assert rules([row], patient) == [regels.ACHTERNAAM]


def test_a_patient_that_is_gone_is_passed_over():
    assert find([look()], MEDEWERKERS, {}, INSTELLING) == []
