"""The restore drill: green for a good copy, and each way of breaking one is named."""

import base64
import os
import random
import re
from datetime import timedelta

import psycopg
import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.db import connection

from kern import logboek, outbox
from kern.actor import Actor
from kern.kopie import KopieFout, gereedschap, keten, maken, proef, stroom
from kern.models import Kopieronde, Logregel
from kern.tenancy import kring_context
from kring.login import seal_seed
from tests import databank, factories
from tests.kern.sabotage import LINES, TRICKS, Sabotage
from verslag.actions import sign_verslag
from verslag.pdf import pdf_of

pytestmark = [pytest.mark.traag, pytest.mark.eigen_logregels]


@pytest.fixture
def huis(echte_db, settings):
    """A database with something of everything, and the addresses that the commands need."""
    settings.KOPIE_URL = databank.database_url(connection.settings_dict["NAME"], "SPOED_KOPIE_URL")
    kring = factories.KringFactory(slug="vecht")
    with kring_context(kring.pk):
        by = Actor.system(kring.pk)
        versie = sign_verslag(factories.VerslagFactory(kring=kring), by=by)
        pdf_of(versie)
        outbox.enqueue_sms(kring_id=kring.pk, sleutel="s", telefoon="+31612345678", tekst="code")
        for number in range(3):
            factories.EigenTandartsFactory(kring=kring, naam=f"Eigen {number}")
    gebruiker = factories.GebruikerFactory()
    seed = seal_seed("JBSWY3DPEHPK3PXP", gebruiker.pk)
    Authenticator.objects.create(user=gebruiker, type="totp", data={"secret": seed})
    return kring


@pytest.fixture
def kopie(huis, tmp_path):
    return maken.make(tmp_path, report=lambda line: None)


@pytest.fixture(autouse=True)
def _leaves_no_database(request):
    yield
    with databank.superuser() as server:
        rows = server.execute(
            "SELECT datname FROM pg_database WHERE starts_with(datname, %s)",
            [f"{proef.PREFIX}{os.getpid()}_"],
        ).fetchall()
    assert rows == []


def drill(path, ankers=None) -> tuple[list[str], list[str]]:
    lines: list[str] = []
    return proef.drill(path, report=lines.append, ankers=ankers).mislukt, lines


def damage(*statements: str) -> None:
    """Break the source, as only a superuser can."""
    with databank.superuser_of(connection.settings_dict["NAME"]) as owner:
        owner.execute("SET session_replication_role = replica")  # append-only tables as well
        for statement in statements:
            owner.execute(statement)


def test_a_good_copy_passes_every_check(kopie, capsys):
    call_command("herstelproef", str(kopie.parent))  # of a folder the newest
    lines = capsys.readouterr().out.splitlines()
    assert lines[-1] == f"Herstelproef geslaagd: {kopie.name}."
    assert [line for line in lines[:-1] if not line.startswith(("✓ ", "  … "))] == []
    for naam in (
        "kern_zending.inhoud",
        "verslag_verslagpdf.inhoud",
        "mfa_authenticator.data.secret",
    ):
        (line,) = [line for line in lines if naam in line]
        assert "steekproef van" in line


def test_manifest_and_dump_are_of_one_moment(huis, tmp_path, settings):
    """What is written while the copy is made is in neither."""
    path = tmp_path / "een.kopie"
    with maken.snapshot_of(settings.KOPIE_URL) as (manifest, snapshot):
        with kring_context(huis.pk):
            factories.EigenTandartsFactory(kring=huis)
        dump = gereedschap.dump(settings.KOPIE_URL, snapshot=snapshot)
        write(path, manifest, dump)
    assert drill(path)[0] == []


def write(path, manifest, dump) -> None:
    from django.conf import settings

    plain = stroom.pack(manifest.to_bytes(), dump)
    key = stroom.read_key(settings.KOPIE_SLEUTEL)
    gereedschap.write_atomically(path, stroom.encrypt(plain, key))


def test_a_flipped_byte(kopie):
    data = bytearray(kopie.read_bytes())
    data[len(data) // 2] ^= 1
    kopie.write_bytes(data)
    with pytest.raises(CommandError, match="MISLUKT bij: Bestand heel en sleutel juist"):
        call_command("herstelproef", str(kopie))


def test_a_cut_tail(kopie):
    kopie.write_bytes(kopie.read_bytes()[:-1000])
    failed, lines = drill(kopie)
    assert failed == ["Bestand heel en sleutel juist"]
    # Which block is the last depends on how many tables the house has.
    (line,) = lines
    assert re.search(r"heel en sleutel juist: .* beschadigd of afgebroken \(blok \d\)\.$", line)


def test_a_wrong_key(kopie, settings, tmp_path):
    settings.KOPIE_SLEUTEL = tmp_path / "andere"
    settings.KOPIE_SLEUTEL.write_text(os.urandom(32).hex())
    failed, lines = drill(kopie)
    assert failed == ["Bestand heel en sleutel juist"]
    assert "andere sleutel" in lines[0]


@pytest.mark.parametrize(
    ("check", "statements"),
    [
        ("Aantal rijen per tabel", ["DELETE FROM kring_eigentandarts WHERE naam = 'Eigen 1'"]),
        (
            "Controlegetal per tabel",
            ["UPDATE kring_eigentandarts SET naam = 'Verwisseld' WHERE naam = 'Eigen 1'"],
        ),
        (
            "Aantal rijen per tabel",
            ["DELETE FROM kern_logregel WHERE id = (SELECT max(id) FROM kern_logregel)"],
        ),
        ("RLS aan en afgedwongen", ["ALTER TABLE triage_patient NO FORCE ROW LEVEL SECURITY"]),
        ("RLS-beleidsregels", ["DROP POLICY kring ON triage_patient"]),
        ("Rechten van de rollen", ["REVOKE SELECT ON triage_oproep FROM spoed_web"]),
        (
            "Triggers, ook voor alleen toevoegen",
            ["DROP TRIGGER alleen_toevoegen ON verslag_verslagversie"],
        ),
    ],
)
def test_something_missing_from_the_dump(huis, tmp_path, settings, check, statements):
    """The manifest of the whole database travels with the dump of a broken one."""
    with maken.snapshot_of(settings.KOPIE_URL) as (manifest, _snapshot):
        pass
    damage(*statements)
    path = tmp_path / "gebroken.kopie"
    with maken.snapshot_of(settings.KOPIE_URL) as (_manifest, snapshot):
        write(path, manifest, gereedschap.dump(settings.KOPIE_URL, snapshot=snapshot))
    failed, lines = drill(path)
    assert failed[0] == check, "\n".join(lines)


@pytest.mark.parametrize(
    ("check", "statements"),
    [
        ("Muren zoals de code ze eist", ["ALTER TABLE triage_patient DISABLE ROW LEVEL SECURITY"]),
        ("Rechten zoals de code ze geeft", ["GRANT UPDATE ON kern_logregel TO spoed_web"]),
        (
            "Zonder kring is geen rij te zien",
            ["ALTER POLICY kring ON triage_patient USING (true)"],
        ),
        (
            "Alleen toevoegen houdt stand",
            [
                "CREATE OR REPLACE FUNCTION kern_alleen_toevoegen() RETURNS trigger "
                "LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'"
            ],
        ),
        (
            "Migraties van deze versie",
            ["DELETE FROM django_migrations WHERE app = 'kern' AND name LIKE '0003%'"],
        ),
        (
            "Ontsleutelen van kern_zending.inhoud",
            ["UPDATE kern_zending SET inhoud = set_byte(inhoud, 30, 255 - get_byte(inhoud, 30))"],
        ),
    ],
)
def test_a_database_that_was_broken_before_the_copy(huis, tmp_path, check, statements):
    damage(*statements)
    failed, lines = drill(maken.make(tmp_path, report=lambda line: None))
    assert failed[0] == check, "\n".join(lines)


def tamper(kring, trick) -> int:
    """Falsify the log as its owner, for good; return the first bad line."""
    sabotage = Sabotage(kring.pk, random.Random(trick))
    nummer = getattr(sabotage, trick)()
    sabotage.db.commit()
    sabotage.db.close()
    return nummer


@pytest.fixture
def gevuld(huis, tmp_path):
    """The house with exactly LINES lines in its log, and a file with its exported heads."""
    with kring_context(huis.pk):
        by = Actor.system(huis.pk)
        for _ in range(LINES - Logregel.objects.count()):
            logboek.record("kring.gemaakt", "E", by=by)
    call_command("exporteer_logkop", uit=tmp_path / "logkop-2020-01-01.json")
    # An export of the same second may be younger than the copy; the drill passes over it.
    path = tmp_path / "logkop-2020-01-01.json"
    path.write_text(
        re.sub(r'"gemaakt_op": "[^"]*"', '"gemaakt_op": "2020-01-01T00:00Z"', path.read_text())
    )
    return huis


@pytest.mark.parametrize("trick", TRICKS)
def test_a_log_that_was_falsified_before_the_copy(gevuld, tmp_path, trick):
    """Copy and manifest agree; only the chain, and the heads that left earlier, tell."""
    nummer = tamper(gevuld, trick)
    path = maken.make(tmp_path, report=lambda line: None)
    failed, lines = drill(path, ankers=tmp_path)
    assert failed == [keten.NAAM], "\n".join(lines)
    assert any(f"kring {gevuld.pk}, regel {nummer}: " in line for line in lines)
    if trick in ("cut_the_tail", "rewrite_all"):
        assert drill(path)[0] == []  # the positive control: without the heads nobody could know


def test_a_log_that_was_falsified_in_the_dump(gevuld, tmp_path, settings):
    with maken.snapshot_of(settings.KOPIE_URL) as (manifest, _snapshot):
        pass
    nummer = tamper(gevuld, "edit_and_rehash")
    path = tmp_path / "gebroken.kopie"
    with maken.snapshot_of(settings.KOPIE_URL) as (_manifest, snapshot):
        write(path, manifest, gereedschap.dump(settings.KOPIE_URL, snapshot=snapshot))
    failed, lines = drill(path)
    assert failed == ["Controlegetal per tabel", keten.NAAM]
    assert any(f"regel {nummer}: gewijzigd, met een nieuwe hash" in line for line in lines)


def test_heads_of_later_than_the_copy_are_no_anchor(gevuld, tmp_path):
    """The log goes on after the copy was made: that is no cut tail."""
    path = maken.make(tmp_path, report=lambda line: None)
    with kring_context(gevuld.pk):
        logboek.record("proef", "E", by=Actor.system(gevuld.pk))
    later = tmp_path / "logkop-2999-01-01.json"
    call_command("exporteer_logkop", uit=later)
    failed, lines = drill(path, ankers=tmp_path)
    assert failed == []
    assert any("met de koppen van 2020-01-01 00:00 UTC" in line for line in lines)
    assert any("geen vastgelegde koppen" in line for line in drill(path, ankers=later)[1])


def test_an_unreadable_anchor_fails_the_drill(kopie, tmp_path):
    (tmp_path / "logkop.json").write_text("{}")
    assert drill(kopie, ankers=tmp_path)[0] == ["Herstelproef afgemaakt"]


def test_a_missing_field_key(kopie, settings, tmp_path):
    copy_key = settings.KOPIE_SLEUTEL
    settings.SLEUTEL_MAP = tmp_path / "sleutels"
    settings.SLEUTEL_MAP.mkdir()
    (settings.SLEUTEL_MAP / "2").write_text(os.urandom(32).hex())
    settings.KOPIE_SLEUTEL = copy_key
    failed, lines = drill(kopie)
    assert failed[0] == "Ontsleutelen van kern_zending.inhoud"
    assert any("veldsleutel 1 ontbreekt" in line for line in lines)
    (settings.SLEUTEL_MAP / "2").unlink()
    assert any("geen veldsleutels" in line for line in drill(kopie)[1])


def test_the_age_of_the_last_good_copy_is_watched(kopie, capsys):
    with pytest.raises(CommandError, match="ALARM: Er is nog nooit"):
        call_command("herstelproef", "--controleer")
    call_command("herstelproef", str(kopie))
    call_command("herstelproef", "--controleer")
    assert "laatste beproefde reservekopie is van" in capsys.readouterr().out
    damage("UPDATE kern_kopieronde SET kopie_van = kopie_van - interval '26 hours 1 minute'")
    with pytest.raises(CommandError, match=r"ALARM: De laatste beproefde .* meer dan 26 uur"):
        call_command("herstelproef", "--controleer")


def test_each_command_leaves_its_round(huis, tmp_path):
    call_command("reservekopie", uit=tmp_path)
    call_command("herstelproef", str(tmp_path))
    kopie, proef_ = Kopieronde.objects.order_by("id")
    assert (kopie.soort, proef_.soort) == ("kopie", "proef")
    size = next(tmp_path.glob("*.kopie")).stat().st_size
    for ronde in (kopie, proef_):
        assert (ronde.mislukt, ronde.grootte) == ([], size)
        assert ronde.duur > timedelta(0)
        assert abs(ronde.kopie_van - kopie.begonnen_op) < timedelta(seconds=2)


def test_a_failed_drill_does_not_count_and_says_what_failed(kopie):
    kopie.write_bytes(kopie.read_bytes()[:-1])
    with pytest.raises(CommandError, match="MISLUKT"):
        call_command("herstelproef", str(kopie))
    with pytest.raises(CommandError, match="nog nooit"):
        call_command("herstelproef", "--controleer")
    assert Kopieronde.objects.last("proef").mislukt == ["Bestand heel en sleutel juist"]


def test_a_copy_that_cannot_be_made_is_kept_as_a_failure(huis, settings, tmp_path):
    settings.KOPIE_SLEUTEL = tmp_path / "weg"
    with pytest.raises(CommandError, match="Geen leesbare sleutel"):
        call_command("reservekopie", uit=tmp_path)
    assert Kopieronde.objects.last("kopie").mislukt == ["geen leesbare sleutel"]


def test_a_folder_without_a_copy_is_a_failure(huis, tmp_path):
    with pytest.raises(CommandError, match="geen reservekopie in"):
        call_command("herstelproef", str(tmp_path))
    assert Kopieronde.objects.last("proef").mislukt == ["er is geen reservekopie om te beproeven"]


def test_no_server_to_restore_on_is_a_failure(kopie, settings):
    settings.HERSTEL_URL = ""
    failed, lines = drill(kopie)
    assert failed == ["Herstelproef afgemaakt"]
    assert "SPOED_HERSTEL_URL" in lines[-1]


@pytest.mark.parametrize("role", ["spoed_web", "spoed_eigenaar"])
def test_a_role_bound_by_row_security_makes_no_copy(huis, settings, tmp_path, role):
    settings.KOPIE_URL = settings.KOPIE_URL.replace("spoed_kopie", role)
    with pytest.raises(KopieFout, match="mag niet alles lezen"):
        maken.make(tmp_path, report=lambda line: None)
    assert list(tmp_path.iterdir()) == []


def test_the_copy_role_writes_nothing(huis, settings):
    with psycopg.connect(settings.KOPIE_URL, autocommit=True) as copier:
        copier.execute("SET default_transaction_read_only = off")
        assert copier.execute("SELECT count(*) FROM triage_patient").fetchone() != (0,)
        for statement in ("DELETE FROM triage_patient", "CREATE TABLE public.nieuw (a int)"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                copier.execute(statement)


def test_nothing_readable_in_the_file(kopie):
    data = kopie.read_bytes()
    assert not [word for word in (b"Eigen 1", b"triage_patient", b"PGDMP") if word in data]
    assert base64.b64encode(b"Eigen 1") not in data
