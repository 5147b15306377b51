"""What PostgreSQL itself holds, whoever asks: broken on purpose, under SQL and in a race."""

import threading
from datetime import datetime, timedelta

import psycopg
import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from kern.tenancy import kring_context, set_context
from kern.tijd import AMSTERDAM
from kring.models import Kring
from rooster.models import Dienst, Dienstplaats
from tests.factories import DeelnemerFactory, DienstFactory, TandartsFactory

BEGIN = datetime(2026, 12, 1, 17, tzinfo=AMSTERDAM)
EINDE = BEGIN + timedelta(hours=15)

INSERT_DIENST = (
    "INSERT INTO rooster_dienst"
    " (id, kring_id, begin, einde, opmerking, aangemaakt_op, gewijzigd_op)"
    " VALUES (gen_random_uuid(), %s, %s, %s, '', now(), now())"
)
INSERT_PLAATS = (
    "INSERT INTO rooster_dienstplaats"
    " (id, kring_id, dienst_id, rol, tandarts_id, begin, einde, aangemaakt_op, gewijzigd_op)"
    " VALUES (gen_random_uuid(), %s, %s, %s, %s, %s, %s, now(), now())"
)


def execute(sql, *params):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.fixture
def dienst(kring):
    return DienstFactory(kring=kring, begin=BEGIN, einde=EINDE)


@pytest.mark.django_db
def test_sql_cannot_make_duties_overlap(kring, dienst):
    with pytest.raises(IntegrityError, match="dienst_geen_overlap"):
        execute(INSERT_DIENST, kring.pk, EINDE - timedelta(minutes=1), EINDE + timedelta(hours=1))
    execute(INSERT_DIENST, kring.pk, EINDE, EINDE + timedelta(hours=1))


@pytest.mark.django_db
def test_sql_cannot_turn_a_duty_around(kring):
    with pytest.raises(IntegrityError, match="dienst_begin_voor_einde"):
        execute(INSERT_DIENST, kring.pk, EINDE, BEGIN)


@pytest.mark.django_db
def test_sql_cannot_put_a_dentist_in_two_places(kring, dienst):
    dienst.plaatsen.filter(rol="achterwacht").delete()
    voor = dienst.dienstdoende
    with pytest.raises(IntegrityError, match="tandarts_niet_dubbel"):
        execute(INSERT_PLAATS, kring.pk, dienst.pk, "achterwacht", voor.pk, BEGIN, EINDE)


@pytest.mark.django_db
def test_sql_cannot_give_a_place_a_period_of_its_own(kring, dienst):
    """Else the exclusion constraint would guard a period that nobody serves."""
    dienst.plaatsen.all().delete()
    other = TandartsFactory(kring=kring)
    with pytest.raises(IntegrityError, match="dienstplaats_periode"):
        execute(
            INSERT_PLAATS, kring.pk, dienst.pk, "achterwacht", other.pk, BEGIN, EINDE + timedelta(1)
        )


@pytest.mark.django_db
def test_a_place_follows_its_duty(dienst):
    execute("UPDATE rooster_dienst SET einde = %s WHERE id = %s", EINDE + timedelta(1), dienst.pk)
    assert set(Dienstplaats.objects.values_list("einde", flat=True)) == {EINDE + timedelta(1)}


@pytest.mark.django_db
def test_a_duty_never_gets_the_dentist_of_another_kring(kring, andere_kring, dienst):
    """The plain foreign key would accept it: its check ignores row-level security."""
    dienst.plaatsen.filter(rol="achterwacht").delete()
    theirs = TandartsFactory(kring=andere_kring)
    with pytest.raises(IntegrityError, match="tandarts_id_kring"):
        execute(INSERT_PLAATS, kring.pk, dienst.pk, "achterwacht", theirs.pk, BEGIN, EINDE)


@pytest.mark.django_db
def test_a_duty_of_another_kring_is_neither_seen_nor_changed(kring, andere_kring):
    DienstFactory(kring=andere_kring, begin=BEGIN, einde=EINDE)
    set_context([kring.pk])
    with connection.cursor() as cursor:
        cursor.execute("UPDATE rooster_dienst SET opmerking = 'x'")
        assert cursor.rowcount == 0
    assert Dienst.objects.count() == 0
    with pytest.raises(ProgrammingError, match="row-level security"):
        execute(INSERT_DIENST, andere_kring.pk, EINDE, EINDE + timedelta(hours=1))


@pytest.mark.traag
def test_of_two_who_plan_the_same_night_one_wins(echte_db):
    """Real transactions on real connections, started at the same moment."""
    kring = Kring.objects.create(slug="race", naam="Race", spoednummer="+31302345678", plaats="U")
    with kring_context(kring.pk):
        DeelnemerFactory(kring=kring)
    barrier = threading.Barrier(2)
    outcomes = []

    def plan():
        with psycopg.connect(echte_db) as race:
            race.execute("SELECT set_config('app.kringen', %s, true)", [str(kring.pk)])
            barrier.wait(timeout=10)
            try:
                race.execute(INSERT_DIENST, [kring.pk, BEGIN, EINDE])
                race.commit()
                outcomes.append("gepland")
            except psycopg.errors.ExclusionViolation:
                outcomes.append("geweigerd")
            except psycopg.errors.DeadlockDetected:
                # Both waited for the row of the other; the one that is ended is refused too.
                outcomes.append("geweigerd")

    threads = [threading.Thread(target=plan) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    assert sorted(outcomes) == ["gepland", "geweigerd"]
    with kring_context(kring.pk):
        assert Dienst.objects.count() == 1
