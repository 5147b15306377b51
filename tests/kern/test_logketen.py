"""Whoever changes the access log is found, and honest writers are not in each other's way."""

import hashlib
import importlib
import json
import random
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from uuid import uuid4

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from kern import logboek, logketen
from kern.actor import Actor
from kern.models import Logkop, Logregel
from kern.tenancy import kring_context
from tests import databank, factories
from tests.conftest import CLONE
from tests.kern.sabotage import LINES, TRICKS, Sabotage, verify_over

pytestmark = pytest.mark.eigen_logregels
MIGRATIE = importlib.import_module("kern.migrations.0004_logketen")
NOW = datetime(2026, 11, 22, tzinfo=UTC)
ODD = 'Zo\u00eb "de" \\ \t\n\r\b\f\x01\x1f\x7f \u2028 \U0001f600 </script>'


def by(kring_id, naam="Proef"):
    return Actor(naam=naam, kring_id=kring_id, doel="beheer", toegangspunt="127.0.0.1")


def check(kring_id, anker=None):
    with kring_context(kring_id):
        return logketen.verify(kring_id, [anker] if anker else []).fout


def test_python_and_the_database_agree_on_every_field(kring):
    logboek.record("leeg", "C", by=Actor("x", kring_id=kring.pk, doel="x"))
    full = by(kring.pk, ODD).on_behalf_of(7, ODD)
    logboek.record("vol", "E", by=full, object_soort=ODD[:40], object_id=7, patient_id=uuid4())
    previous = logketen.BEGIN
    for number, line in enumerate(Logregel.objects.order_by("volgnummer"), start=1):
        assert line.volgnummer == number
        assert bytes(line.vorige_hash) == previous
        previous = hashlib.sha256(previous + logketen.canonical(line).encode()).digest()
        assert bytes(line.hash) == previous
    assert logketen.head(kring.pk) == logketen.Kop(2, previous)
    assert logketen.verify(kring.pk) == logketen.Uitslag(2, None)


def test_every_field_is_in_the_chain():
    fields = {field.attname for field in Logregel._meta.local_fields}
    left_out = {name for name in fields if name not in logketen.LINES_SQL}
    assert not left_out
    line = Logregel(tijdstip=NOW, formaat=2, namens_naam="", toegangstabel="")
    assert len(json.loads(logketen.canonical(line))) == len(fields) - 2


def test_what_the_web_role_gives_as_chain_is_ignored(kring):
    Logregel.objects.create(
        kring=kring,
        gebeurtenis="x",
        actie="E",
        gebruiker_naam="x",
        doel="x",
        toegangspunt="x",
        volgnummer=99,
        hash=b"x",
    )
    assert logketen.verify(kring.pk) == logketen.Uitslag(1, None)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE kern_logkop SET volgnummer = 0",
        "DELETE FROM kern_logkop",
        "INSERT INTO kern_logkop (kring_id, volgnummer, hash) VALUES (1, 1, '')",
        "TRUNCATE kern_logkop",
        "SELECT kern_schakel_logregel()",
    ],
)
def test_web_role_cannot_write_the_head(kring, statement):
    logboek.record("proef", "E", by=by(kring.pk))
    with pytest.raises(ProgrammingError), transaction.atomic():
        connection.cursor().execute(statement)
    assert Logkop.objects.get().volgnummer == 1


def test_head_of_another_kring_is_invisible(kring, andere_kring):
    logboek.record("proef", "E", by=by(andere_kring.pk))
    with kring_context(kring.pk):
        assert not Logkop.objects.exists()


def test_rollback_leaves_no_gap(kring):
    for number in range(6):
        with transaction.atomic():
            logboek.record("teruggedraaid", "E", by=by(kring.pk))
            transaction.set_rollback(True)
        logboek.record("proef", "E", by=by(kring.pk), object_id=number)
    assert logketen.verify(kring.pk) == logketen.Uitslag(6, None)


def test_collected_line_of_a_rolled_back_action_is_not_written(kring):
    with logboek.collect() as lines:
        logboek.record("blijft", "U", by=by(kring.pk))
        with transaction.atomic():
            logboek.record("vervalt", "U", by=by(kring.pk))
            logboek.note_read("gezien", by=by(kring.pk))
            transaction.set_rollback(True)
        with transaction.atomic():
            logboek.record("ook", "U", by=by(kring.pk))
        assert not Logregel.objects.exists()
        logboek.write(lines)
    assert list(Logregel.objects.order_by("id").values_list("gebeurtenis", flat=True)) == [
        "blijft",
        "gezien",
        "ook",
    ]


def test_lines_of_two_kringen_go_in_a_fixed_order(kring, andere_kring):
    with logboek.collect() as lines:
        for pk in (andere_kring.pk, kring.pk, andere_kring.pk):
            logboek.record("proef", "E", by=by(pk))
        logboek.write(lines)
    order = [line.kring_id for line in sorted(written(kring, andere_kring), key=lambda x: x.pk)]
    assert order == sorted(order)
    assert len(order) == 3


def written(*kringen):
    with kring_context(*[kring.pk for kring in kringen]):
        return list(Logregel.objects.all())


# --- with real commits ----------------------------------------------------------------------


@pytest.fixture
def kringen(echte_db):
    return [factories.KringFactory(slug=slug, naam=slug).pk for slug in ("vecht", "maas")]


def fill(kring_id, number=LINES):
    with kring_context(kring_id):
        for index in range(number):
            logboek.record("proef", "E", by=by(kring_id), object_id=index)


@pytest.mark.traag
def test_a_thousand_random_tamperings_are_found(kringen):
    kring_id, other = kringen
    fill(kring_id)
    fill(other)
    with kring_context(kring_id):
        anker = logketen.head(kring_id)
    for index in range(1000):
        sabotage = Sabotage(kring_id, random.Random(index))
        trick = TRICKS[index % len(TRICKS)]
        expected = getattr(sabotage, trick)()
        fout = verify_over(sabotage.db, kring_id, anker)
        assert fout is not None, (trick, index)
        assert fout.volgnummer == expected, (trick, index, fout)
        assert verify_over(sabotage.db, other, None) is None
        sabotage.db.rollback()
        sabotage.db.close()
    assert check(kring_id, anker) is None


def test_commands_export_the_head_and_name_the_first_bad_line(kringen, tmp_path, capsys, settings):
    settings.LOGKOP_MAP = tmp_path / "leeg"
    for pk in kringen:
        fill(pk)
    path = tmp_path / "koppen.json"
    call_command("exporteer_logkop", uit=path)
    assert [kop["volgnummer"] for kop in json.loads(path.read_text())["koppen"]] == [LINES, LINES]
    fill(kringen[0], 3)
    call_command("controleer_logboek", anker=path)
    assert (
        f"vecht: {LINES + 3} regels, de keten klopt (1 vastgelegde koppen)."
        in capsys.readouterr().out
    )

    sabotage = Sabotage(kringen[1], random.Random(1))
    cut = sabotage.cut_the_tail()
    sabotage.db.commit()
    sabotage.db.close()
    call_command("controleer_logboek")  # without the anchor the shorter chain is a right one
    call_command("controleer_logboek", kring="vecht", anker=path)
    capsys.readouterr()
    with pytest.raises(CommandError) as error:
        call_command("controleer_logboek", anker=path)
    assert error.value.returncode == 1
    assert f"maas: FOUT bij regel {cut}: ontbreekt" in capsys.readouterr().out


@pytest.mark.parametrize("both", [False, True])
def test_eight_writers_make_one_valid_chain(kringen, both):
    threads, rounds = 8, 12
    start = threading.Barrier(threads)

    def write(index):
        start.wait(timeout=30)
        try:
            for number in range(rounds):
                order = kringen if (index + number) % 2 else kringen[::-1]
                with transaction.atomic(), logboek.collect() as lines:
                    for pk in order if both else kringen[:1]:
                        logboek.record("proef", "E", by=by(pk), object_id=number)
                    logboek.write(lines)
        finally:
            connection.close()

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(write, range(threads)))
    for pk in kringen if both else kringen[:1]:
        with kring_context(pk):
            assert logketen.verify(pk) == logketen.Uitslag(threads * rounds, None)


def test_without_log_line_no_data(echte_db, als):
    kring = factories.KringFactory(slug="vecht", naam="Kring Vecht")
    with kring_context(kring.pk):
        fg = factories.LidmaatschapFactory(kring=kring, rol="fg").gebruiker
    fill(kring.pk, 3)
    client = als(fg)
    client.raise_request_exception = False
    page = f"/k/{kring.slug}/logboek/"
    assert "proef" in client.get(page).content.decode()
    with databank.superuser_of(CLONE) as db:
        db.execute("REVOKE INSERT ON kern_logregel FROM spoed_web")
    response = client.get(page)
    assert response.status_code == 500
    assert "proef" not in response.content.decode()


def test_lines_from_before_the_chain_are_chained_by_the_migration(kringen):
    for pk in kringen:
        fill(pk)
    with databank.superuser_of(CLONE) as db:
        db.execute("SET session_replication_role = replica")
        db.execute(
            "UPDATE kern_logregel SET volgnummer = NULL, vorige_hash = NULL, hash = NULL, "
            "formaat = 1, namens_naam = '', toegangstabel = ''"
        )
        db.execute("DELETE FROM kern_logkop")
    with kring_context(kringen[0]):
        assert logketen.verify(kringen[0]).fout.volgnummer == 1
        assert Logregel.objects.count() == LINES  # the transaction goes on after a fault
    with psycopg.connect(databank.database_url(CLONE, databank.OWNER_URL)) as owner:
        owner.execute(MIGRATIE.OPEN)
        owner.execute(MIGRATIE.CHAIN_EXISTING)
        owner.execute(MIGRATIE.CLOSE)
    for pk in kringen:
        fill(pk, 1)
        with kring_context(pk):
            assert logketen.verify(pk) == logketen.Uitslag(LINES + 1, None)


# --- S15: the owner of the tables


@pytest.fixture
def owner(kringen):
    fill(kringen[0])
    with psycopg.connect(databank.database_url(CLONE, databank.OWNER_URL)) as db:
        db.execute("SELECT set_config('app.kringen', %s, false)", [str(kringen[0])])
        yield db
        db.rollback()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE kern_logregel SET gebruiker_naam = 'Ander'",
        "DELETE FROM kern_logregel",
        "TRUNCATE kern_logregel",
        "UPDATE kern_logbegin SET volgnummer = 1",
        "DELETE FROM kern_logbegin",
        "TRUNCATE kern_logbegin",
    ],
)
def test_the_owner_is_refused_too(kringen, owner, statement):
    with pytest.raises(psycopg.errors.RaiseException, match="alleen toevoegen"):
        owner.execute(statement)
    owner.rollback()
    assert check(kringen[0]) is None


@pytest.mark.parametrize(
    ("opened", "statement", "bad"),
    [
        (
            "ALTER TABLE kern_logregel DISABLE TRIGGER alleen_toevoegen",
            "UPDATE kern_logregel SET gebruiker_naam = 'Ander' WHERE volgnummer = 5",
            5,
        ),
        (
            "ALTER TABLE kern_logregel DISABLE TRIGGER alleen_toevoegen",
            "DELETE FROM kern_logregel WHERE volgnummer = 7",
            7,
        ),
        (
            "SELECT set_config('app.log_opruimen', 'ja', true)",
            "DELETE FROM kern_logregel WHERE volgnummer = 1",
            1,
        ),
        ("DROP TRIGGER alleen_toevoegen ON kern_logregel", "TRUNCATE kern_logregel", 1),
        (
            "ALTER TABLE kern_logregel DISABLE TRIGGER schakel",
            "INSERT INTO kern_logregel (kring_id, gebeurtenis, actie, uitkomst, gebruiker_naam, "
            "rollen, doel, toegangspunt, verzoek, object_soort, object_id) SELECT kring_id, 'x', "
            "'R', 'geslaagd', 'x', '', 'x', 'x', '', '', '' FROM kern_logregel LIMIT 1",
            LINES + 1,
        ),
    ],
)
def test_what_the_owner_can_do_after_opening_the_door_is_found(
    kringen, owner, opened, statement, bad
):
    """The owner may take the lock off; nobody can then change anything that is not named."""
    owner.execute(opened)
    assert owner.execute(statement).rowcount in (1, -1)
    owner.commit()
    assert check(kringen[0]).volgnummer == bad
