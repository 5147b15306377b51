"""Rotation while in use: nothing is lost, nothing is blocked, the old key can go (S12)."""

import os
import signal
import subprocess
import sys
import threading

import pytest
from django.db import DatabaseError, connection, transaction
from psycopg import errors, sql

from kern import crypto, hersleutelen, verzegeld
from kern.tenancy import kring_context
from kring.login import MFAAdapter  # noqa: F401  (registers the seeds)
from tests import databank, factories
from tests.huis.objecten import objects_of
from triage.models import Patient
from verslag.models import Verslag, Verslagversie
from verslag.pdf import pdf_of

pytestmark = pytest.mark.traag


@pytest.fixture
def sleutels(settings, tmp_path):
    """A folder of keys of this test alone."""
    folder = tmp_path / "sleutels"
    folder.mkdir()
    for name in ("1", "index"):
        (folder / name).write_text(os.urandom(32).hex())
    settings.SLEUTEL_MAP = folder
    return folder


@pytest.fixture
def huis(echte_db, sleutels):
    """A kring with one of everything that is sealed."""
    with transaction.atomic():
        kring = factories.KringFactory(slug="vecht")
    with kring_context(kring.pk):
        tandarts = factories.TandartsFactory(
            kring=kring, deelnemer=factories.DeelnemerFactory(kring=kring)
        )
        objects = objects_of(kring, tandarts)
        pdf_of(objects.versie)
    return objects


def command(*args: str, owner: bool = True, **kwargs) -> subprocess.Popen:
    name = connection.settings_dict["NAME"]
    variable = databank.OWNER_URL if owner else "DATABASE_URL"
    environment = os.environ | {"DATABASE_URL": databank.database_url(name, variable)}
    environment |= {"SPOED_SLEUTELMAP": str(kwargs.pop("sleutels")), "PYTHONUNBUFFERED": "1"}
    argv = [sys.executable, "manage.py", "draai_sleutels", *args]
    return subprocess.Popen(
        argv,
        cwd=databank.ROOT,
        env=environment,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def run(*args: str, **kwargs) -> tuple[int, str]:
    with command(*args, **kwargs) as process:
        out, err = process.communicate(timeout=300)
    return process.returncode, out + err


def sealed_bsns() -> int:
    return sum(hersleutelen.counts()["triage_patient.bsn"].values())


def fill(kring, count: int) -> list:
    with kring_context(kring.pk):
        rows = [Patient(kring=kring, naam=f"P{n}", bsn="999990019") for n in range(count)]
        Patient.objects.bulk_create(rows, batch_size=2000)
    return rows


def test_ten_thousand_rows_while_others_work(huis, sleutels):
    rows = fill(huis.kring, 10_000)
    wrong: list[str] = []
    written: dict = {}
    stop = threading.Event()

    def work():
        """Read and write like a web process: each look must be right, each write must stay."""
        try:
            while not stop.is_set():
                for patient in rows[:: len(rows) // 40]:
                    with kring_context(huis.kring.pk):
                        row = Patient.objects.select_for_update().get(pk=patient.pk)
                        if row.bsn != written.get(row.pk, "999990019"):
                            wrong.append(row.bsn)
                        row.bsn = "111222333" if row.bsn == "999990019" else "999990019"
                        row.save()
                    written[row.pk] = row.bsn
        except Exception as error:  # noqa: BLE001  told to the test
            wrong.append(repr(error))
        finally:
            connection.close()

    worker = threading.Thread(target=work)
    worker.start()
    try:
        code, text = run(sleutels=sleutels)
    finally:
        stop.set()
        worker.join()
    assert code == 0, text
    assert wrong == []
    assert len(written) >= 40, "the other process did work meanwhile"
    assert f"triage_patient.bsn: sleutel 2: {sealed_bsns()}" in text
    assert "Geen enkele waarde gebruikt sleutel 1 nog" in text
    (sleutels / "1").unlink()
    with kring_context(huis.kring.pk):
        found = {row.pk: row.bsn for row in Patient.objects.filter(naam__startswith="P")}
        assert all(
            found[row.pk] == written.get(row.pk, "999990019") for row in rows if row.pk in found
        )
        assert len(found) >= 10_000
        verslag = Verslag.objects.get(pk=huis.verslag.pk)
        assert verslag.bevindingen == "Element 11 geavulseerd, alveole intact."
        versie = Verslagversie.objects.get(pk=huis.versie.pk)
        assert versie.inhoud == huis.versie.inhoud
        assert versie.sha256 == huis.versie.sha256
        assert pdf_of(versie).startswith(b"%PDF")


def test_killed_halfway_it_goes_on_with_the_same_key(huis, sleutels):
    fill(huis.kring, 3000)
    alle = sealed_bsns()
    with command(sleutels=sleutels) as process:
        for line in process.stdout:
            if "triage_patient.bsn: 500 van" in line:
                process.send_signal(signal.SIGKILL)
                break
    both = hersleutelen.counts()["triage_patient.bsn"]
    assert both[1] > 0 < both[2]
    code, text = run(sleutels=sleutels)
    assert code == 0, text
    assert "Verder met sleutel 2" in text
    assert crypto.key_ids() == [1, 2]
    assert hersleutelen.counts()["triage_patient.bsn"] == {2: alle}


def test_a_key_that_somebody_put_there_is_used(huis, sleutels):
    (sleutels / "7").write_text(os.urandom(32).hex())
    code, text = run(sleutels=sleutels)
    assert code == 0, text
    assert set(hersleutelen.counts()["verslag_verslagversie.inhoud"]) == {7}


def test_counting_changes_nothing(huis, sleutels):
    before = hersleutelen.counts()
    code, text = run("--controleer", sleutels=sleutels, owner=False)
    assert code == 0
    assert "verslag_verslag.diagnose: sleutel 1: 1" in text
    assert hersleutelen.counts() == before
    assert crypto.key_ids() == [1]


def test_a_value_that_does_not_open_keeps_the_old_key(huis, sleutels):
    broken = sealed_bsns()
    with databank.superuser_of(connection.settings_dict["NAME"]) as owner:
        owner.execute("UPDATE triage_patient SET bsn = set_byte(bsn, 20, 255 - get_byte(bsn, 20))")
    code, text = run(sleutels=sleutels)
    assert code == 1
    assert f"triage_patient.bsn ({broken})" in text
    assert "gebruikt sleutel 1 nog" not in text
    assert hersleutelen.counts()["verslag_verslag.diagnose"] == {2: 1}, "the rest did go on"


def test_the_web_role_is_told_who_may(huis, sleutels):
    code, text = run(sleutels=sleutels, owner=False)
    assert code == 1
    assert "als eigenaar van de tabellen" in text
    assert crypto.key_ids() == [1]


def test_only_one_at_a_time(huis, sleutels):
    with hersleutelen.alone() as mine:
        assert mine
        code, text = run(sleutels=sleutels)
    assert code == 1
    assert "Er draait al" in text


# --- the door in the append-only table is no wider than this


@pytest.mark.parametrize(
    ("aan", "change", "refused"),
    [
        ("uit", "inhoud = inhoud", "alleen toevoegen"),
        ("aan", "sha256 = 'x'", "alleen toevoegen"),
        ("aan", "inhoud = inhoud, getekend_op = now()", "alleen toevoegen"),
        ("aan", "nummer = nummer + 1", "alleen toevoegen"),
        ("aan", "inhoud = inhoud, reden = reden", None),
    ],
)
def test_the_owner_changes_what_is_sealed_and_nothing_else(huis, aan, change, refused):
    name = connection.settings_dict["NAME"]
    with databank.superuser_of(name) as owner, owner.transaction(force_rollback=True):
        owner.execute("SET ROLE spoed_eigenaar")
        owner.execute("SELECT set_config('app.hersleutelen', %s, true)", [aan])
        owner.execute("SELECT set_config('app.kringen', %s, true)", [str(huis.kring.pk)])
        update = sql.SQL("UPDATE verslag_verslagversie SET {}").format(sql.SQL(change))
        if refused:
            with pytest.raises(errors.RaiseException, match=refused):
                owner.execute(update)
        else:
            assert owner.execute(update).rowcount == 1


def test_the_web_role_may_not_even_try(huis):
    with kring_context(huis.kring.pk), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.hersleutelen', 'aan', true)")
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            cursor.execute("UPDATE verslag_verslagversie SET inhoud = inhoud")


def test_the_seeds_of_factors_turn_along(huis, sleutels):
    from allauth.mfa.models import Authenticator

    from kring.login import seal_seed

    person = huis.gebruiker
    factor = Authenticator.objects.create(
        user=person,
        type=Authenticator.Type.TOTP,
        data={"secret": seal_seed("ABCDEFGHIJKLMNOPABCDEFGHIJKLMNOP", person.pk)},
    )
    before = factor.data["secret"]
    code, text = run(sleutels=sleutels)
    assert code == 0, text
    (sleutels / "1").unlink()
    factor.refresh_from_db()
    assert factor.data["secret"] != before
    (kolom,) = [k for k in verzegeld.declared() if k.naam == "mfa_authenticator.data.secret"]
    with connection.cursor() as cursor:
        cursor.execute(kolom.query)
        _rij, sealed, place = cursor.fetchone()
    assert crypto.unseal(sealed, place=place) == b"ABCDEFGHIJKLMNOPABCDEFGHIJKLMNOP"
