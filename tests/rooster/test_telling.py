"""Counting: every place once, in its year, for its practice; and what one would have had."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kern.models import Logregel
from rooster.kader.aandelen import Inzetregel
from rooster.models import Inzet
from rooster.telling.regels import Plaats, tally, would_have_had
from rooster.telling.rijen import hypothetical, per_dentist, per_practice, places_of, years_of
from tests.factories import DeelnemerFactory, DienstFactory, TandartsFactory

JAAR = (date(2025, 1, 1), date(2025, 12, 31))
NU = datetime(2025, 11, 1, tzinfo=UTC)


def plaats(praktijk, tandarts, rol="dienstdoende", categorie="weekend", gedaan=True):
    return Plaats(praktijk, tandarts, rol, categorie, gedaan)


def test_a_place_counts_once_by_category_and_role_and_what_is_to_come_apart():
    found = tally(
        [
            plaats("A", 1),
            plaats("A", 1, rol="achterwacht"),
            plaats("A", 2, categorie="feestdag"),
            plaats("A", 2, gedaan=False),
            plaats("B", 1),
        ],
        lambda row: row.praktijk,
    )
    a = found["A"]
    assert (a.totaal, a.gepland, found["B"].totaal) == (3, 1, 1)
    assert (a.of("weekend"), a.of("weekend", "achterwacht"), a.of("feestdag")) == (2, 1, 1)
    assert a.of("doordeweeks") == 0


def test_who_left_would_have_had_its_part_by_fte():
    inzet = [Inzetregel(1, "A", 1.0), Inzetregel(2, "B", 1.0), Inzetregel(3, "C", 0.5)]
    counts = {"doordeweeks": 100, "weekend": 50, "feestdag": 0}
    found = would_have_had("C", inzet, [], counts, JAAR)
    # Two places a duty, and a fifth of the fte.
    assert found == pytest.approx({"doordeweeks": 40, "weekend": 20, "feestdag": 0})
    assert would_have_had("D", inzet, [], counts, JAAR) == dict.fromkeys(counts, 0)


# --- the rows

rows = pytest.mark.django_db


@pytest.fixture
def duty(kring):
    """Put a duty on the roster that begins at this Amsterdam wall time."""

    def duty(begin, eerste, tweede, categorie="weekend"):
        moment = timezone.make_aware(datetime.fromisoformat(begin))
        return DienstFactory(
            kring=kring,
            begin=moment,
            categorie=categorie,
            dienstdoende=eerste,
            achterwacht=tweede,
        )

    return duty


@pytest.fixture
def achter(kring):
    praktijk = DeelnemerFactory(kring=kring, naam="Praktijk Achter")
    return TandartsFactory(kring=kring, deelnemer=praktijk, naam="D. Achterberg")


@rows
def test_a_duty_belongs_to_the_year_in_which_it_begins_here(kring, tandarts, achter, duty):
    # In UTC this one begins in 2024.
    duty("2025-01-01T00:30", tandarts, achter)
    duty("2025-12-31T17:00", tandarts, achter, "feestdag")
    duty("2026-01-01T17:00", tandarts, achter)
    places = places_of(kring.pk, 2025, NU)
    assert sorted((p.rol, p.categorie, p.gedaan) for p in places) == [
        ("achterwacht", "feestdag", False),
        ("achterwacht", "weekend", True),
        ("dienstdoende", "feestdag", False),
        ("dienstdoende", "weekend", True),
    ]
    assert years_of(kring.pk) == [2026, 2025]


@rows
def test_a_place_counts_for_the_practice_that_answered_for_it(kring, tandarts, achter, duty):
    dienst = duty("2025-03-01T08:00", tandarts, achter)
    # The dentist served for a second practice, not for the own one.
    second = DeelnemerFactory(kring=kring, naam="Praktijk Twee")
    dienst.plaatsen.filter(rol="dienstdoende").update(deelnemer=second)
    found = per_practice(places_of(kring.pk, 2025, NU))
    assert [(row.praktijk, row.geteld.totaal) for row in found] == [
        ("Praktijk Achter", 1),
        ("Praktijk Twee", 1),
    ]
    found = per_dentist(places_of(kring.pk, 2025, NU))
    assert [(row.praktijk, row.tandarts) for row in found] == [
        ("Praktijk Achter", "D. Achterberg"),
        ("Praktijk Twee", tandarts.naam),
    ]


@rows
def test_an_expelled_practice_counts_as_if_it_had_stayed(kring, tandarts, achter, duty):
    for weeks in range(8):
        duty(f"{date(2025, 6, 7) + timedelta(weeks=weeks)}T08:00", tandarts, achter)
    gone = DeelnemerFactory(kring=kring, naam="Praktijk Weg", actief=False)
    old = TandartsFactory(kring=kring, deelnemer=gone, actief=False)
    whole_year = (gone, *JAAR)
    # Nothing on record: one whole dentist among three.
    assert hypothetical(*whole_year)["weekend"] == pytest.approx(16 / 3)
    Inzet.objects.create(
        kring=kring,
        tandarts=old,
        deelnemer=gone,
        fte="0.50",
        geldig_vanaf=date(2020, 1, 1),
        geldig_tot=date(2025, 5, 1),
    )
    assert hypothetical(*whole_year)["weekend"] == pytest.approx(16 / 5)
    # From the day that it left on: four of the eight duties.
    half = hypothetical(gone, date(2025, 7, 1), JAAR[1])
    assert half == pytest.approx({"doordeweeks": 0, "weekend": 8 / 5, "feestdag": 0})


@pytest.fixture
def zaterdag(duty, tandarts, achter):
    """One weekend duty in March 2025."""
    return duty("2025-03-01T08:00", tandarts, achter)


def page(kring, path=""):
    return f"/k/{kring.slug}/rooster/telling/{path}"


@rows
@pytest.mark.parametrize("wie", ["tandarts_gebruiker", "coordinator", "vertegenwoordiger"])
def test_who_serves_sees_the_counting(kring, zaterdag, als, request, wie):
    html = als(request.getfixturevalue(wie)).get(page(kring, "?jaar=2025")).content.decode()
    assert "Diensten geteld in 2025" in html
    assert "Praktijk Achter" in html
    assert ("zou hebben gehad" in html) == (wie == "coordinator")


@rows
@pytest.mark.parametrize("wie", ["triagist", "beheerder", "fg"])
def test_the_other_roles_do_not(kring, als, request, wie):
    client = als(request.getfixturevalue(wie))
    assert client.get(page(kring)).status_code == 403
    assert client.get(page(kring, "bestand/")).status_code == 403


@rows
def test_odd_input_and_another_kring(kring, andere_kring, als, coordinator):
    client = als(coordinator)
    for odd in ("?jaar=1", "?jaar=x", "?jaar="):
        assert client.get(page(kring, odd)).status_code == 200
    theirs = DeelnemerFactory(kring=andere_kring, naam="Praktijk Elders")
    asked = f"?jaar=2025&deelnemer={theirs.pk}&vanaf=2025-01-01"
    response = client.get(page(kring, asked))
    assert response.status_code == 422
    assert "Praktijk Elders" not in response.content.decode()
    assert client.get(page(andere_kring)).status_code == 404


@rows
def test_the_coordinator_asks_what_a_practice_would_have_had(
    kring, achter, zaterdag, als, coordinator
):
    client = als(coordinator)
    asked = f"?jaar=2025&deelnemer={achter.deelnemer_id}&vanaf="
    html = client.get(page(kring, asked + "2024-01-01")).content.decode()
    assert "Praktijk Achter zou vanaf wo 1 jan 2025 in 2025 1,0 plaatsen hebben gehad" in html
    response = client.get(page(kring, asked + "2026-01-01"))
    assert response.status_code == 422
    assert "Kies een dag in dat jaar of ervoor." in response.content.decode()


@rows
def test_the_file_holds_every_dentist_and_leaves_a_line(kring, zaterdag, duty, als, coordinator):
    duty("2025-03-08T08:00", zaterdag.achterwacht, zaterdag.dienstdoende, "feestdag")
    response = als(coordinator).get(page(kring, "bestand/?jaar=2025"))
    lines = response.content.decode().lstrip("\ufeff").splitlines()
    assert lines[0] == (
        '"jaar";"praktijk";"tandarts";"doordeweeks dienstdoende";"doordeweeks achterwacht";'
        '"weekend dienstdoende";"weekend achterwacht";"feestdag dienstdoende";'
        '"feestdag achterwacht";"totaal";"nog gepland"'
    )
    assert lines[1] == ('"2025";"Praktijk Achter";"D. Achterberg";"0";"0";"0";"1";"1";"0";"2";"0"')
    assert len(lines) == 3
    assert Logregel.objects.get(gebeurtenis="telling.uitgevoerd").gebruiker_id == coordinator.pk


@rows
def test_the_page_costs_the_same_for_one_and_for_thirty(kring, tandarts, duty, als, coordinator):
    client = als(coordinator)

    def count():
        with CaptureQueriesContext(connection) as queries:
            client.get(page(kring, "?jaar=2025"))
        return len(queries)

    duty("2025-03-01T08:00", tandarts, TandartsFactory(kring=kring))
    client.get(page(kring, "?jaar=2025"))
    one = count()
    for number in range(30):
        duty(
            f"{date(2025, 4, 1) + timedelta(days=number)}T20:00",
            TandartsFactory(kring=kring),
            TandartsFactory(kring=kring),
        )
    assert count() == one
