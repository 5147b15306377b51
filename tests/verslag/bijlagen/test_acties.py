"""Add, take away, sign, scan: the result, the log line, and both rolled back together."""

import hashlib
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from kern import crypto
from kern.models import Logregel
from kern.tenancy import kring_context
from tests.clamd import clamd
from tests.factories import BijlageFactory, TandartsFactory, VerslagFactory
from tests.verslag.bijlagen import goed
from tests.verslag.bijlagen.kwaad import EICAR
from tests.verslag.conftest import KANARIE
from verslag import actions, momentopname
from verslag.actions import bijlage as bijlage_actions
from verslag.bestand import BestandGeweigerd
from verslag.models import Bijlage, BijlageVervangen, Versiebijlage


@pytest.fixture(autouse=True)
def _no_silence(monkeypatch):
    monkeypatch.setattr(bijlage_actions, "_silent_until", 0.0)


def judged(data: bytes | None = None, naam="foto.jpg"):
    data = goed.jpeg() if data is None else data
    return actions.judge_upload(data, naam, size=len(data))


@pytest.fixture
def foto(verslag, by):
    return actions.add_bijlage(
        verslag, keuring=judged(), omschrijving="Element 11 na de val", by=by
    )


def lines(gebeurtenis: str):
    return Logregel.objects.filter(gebeurtenis=gebeurtenis)


def test_add(verslag, foto, by):
    foto = Bijlage.objects.get(pk=foto.pk)
    assert foto.nummer == 1
    assert foto.naam == "foto.jpg"
    assert foto.sha256 == hashlib.sha256(foto.inhoud).hexdigest()
    assert foto.grootte == len(foto.inhoud)
    assert foto.scan == Bijlage.Scan.GEEN
    line = lines("bijlage.toegevoegd").get()
    assert (line.patient_id, line.object_id) == (verslag.dossier.patient_id, str(foto.pk))
    before = verslag.versie
    verslag.refresh_from_db()
    assert verslag.versie == before + 1


def test_nothing_readable_is_stored(foto):
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(b)::text, inhoud FROM verslag_bijlage b")
        text, content = cursor.fetchone()
    assert "foto.jpg" not in text
    assert "Element 11" not in text
    assert b"JFIF" not in bytes(content)


def test_two_rows_that_change_places_do_not_open(verslag, by, foto):
    other = actions.add_bijlage(
        verslag, keuring=judged(goed.pdf(), "b.pdf"), omschrijving="", by=by
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE verslag_bijlage SET inhoud = "
            "(SELECT inhoud FROM verslag_bijlage WHERE id = %s) WHERE id = %s",
            [other.pk, foto.pk],
        )
    with pytest.raises(crypto.Onleesbaar):
        Bijlage.objects.get(pk=foto.pk).checked_content()


def test_the_line_goes_with_the_action(verslag, by):
    with transaction.atomic():
        actions.add_bijlage(verslag, keuring=judged(), omschrijving="", by=by)
        transaction.set_rollback(True)
    assert not Bijlage.objects.exists()
    assert not lines("bijlage.toegevoegd").exists()


def test_the_same_file_twice_is_one(verslag, foto, by):
    again = actions.add_bijlage(verslag, keuring=judged(), omschrijving="nog eens", by=by)
    assert again == foto
    assert lines("bijlage.toegevoegd").count() == 1


def test_only_the_author_adds_and_removes(verslag, foto, actor, vreemde, kring):
    colleague = TandartsFactory(kring=kring, gebruiker=vreemde)
    for act in (
        lambda: actions.add_bijlage(
            verslag, keuring=judged(), omschrijving="", by=actor(colleague.gebruiker)
        ),
        lambda: actions.remove_bijlage(foto, by=actor(colleague.gebruiker)),
    ):
        with pytest.raises(actions.NietDeBehandelaar):
            act()
    assert Bijlage.objects.count() == 1


def test_remove_before_signing(foto, by):
    actions.remove_bijlage(foto, by=by)
    assert not Bijlage.objects.exists()
    assert lines("bijlage.weggehaald").get().actie == "D"


# --- signed


def test_a_signed_version_names_its_attachments(verslag, foto, by):
    versie = actions.sign_verslag(verslag, by=by)
    [row] = versie.inhoud["bijlagen"]
    assert row["sha256"] == foto.sha256
    assert row["omschrijving"] == "Element 11 na de val"
    assert Versiebijlage.objects.get(versie=versie).bijlage == foto
    assert versie.sha256 == momentopname.fingerprint(versie.inhoud)
    assert Bijlage.objects.get(pk=foto.pk).checked_content(versie)


def test_signing_the_same_twice_is_one_version(verslag, foto, by):
    assert actions.sign_verslag(verslag, by=by) == actions.sign_verslag(verslag, by=by)


def test_an_attachment_more_is_a_correction(versie, verslag, by):
    actions.add_bijlage(verslag, keuring=judged(), omschrijving="", by=by)
    verslag.refresh_from_db()
    assert verslag.is_concept
    with pytest.raises(actions.VerslagGeweigerd):
        actions.sign_verslag(verslag, by=by)
    second = actions.sign_verslag(verslag, by=by, reden="Foto vergeten.")
    assert second.nummer == 2
    assert not versie.inhoud["bijlagen"]


def test_what_was_signed_stays_but_does_not_come_along(verslag, foto, by):
    first = actions.sign_verslag(verslag, by=by)
    actions.remove_bijlage(foto, by=by)
    second = actions.sign_verslag(verslag, by=by, reden="Foto van een ander.")
    assert not second.inhoud["bijlagen"]
    assert Bijlage.objects.get(in_versies__versie=first) == foto
    assert list(verslag.bijlagen.current()) == []


@pytest.mark.parametrize(
    "column", ["sha256", "mimetype", "nummer", "grootte", "verslag_id", "soort"]
)
def test_the_facts_never_change(foto, kring, column):
    other = VerslagFactory(kring=kring)
    value = {"nummer": 9, "grootte": 9, "verslag_id": other.pk}.get(column, "anders")
    with pytest.raises(DatabaseError, match="alleen toevoegen"), transaction.atomic():
        Bijlage.objects.filter(pk=foto.pk).update(**{column: value})


def test_the_database_holds_what_was_signed(verslag, foto, by):
    actions.sign_verslag(verslag, by=by)
    cursor = connection.cursor()
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(IntegrityError), transaction.atomic():
        cursor.execute("DELETE FROM verslag_bijlage")


def test_other_bytes_than_were_signed_are_not_shown(verslag, foto, by):
    """Even sealed in their own place, by who has the key."""
    versie = actions.sign_verslag(verslag, by=by)
    place = f"verslag_bijlage.inhoud|{foto.pk}|{foto.kring_id}"
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE verslag_bijlage SET inhoud = %s", [crypto.seal(b"vervangen", place=place)]
        )
    with pytest.raises(BijlageVervangen):
        Bijlage.objects.get(pk=foto.pk).checked_content(versie)


def test_another_kring_sees_nothing(foto, andere_kring):
    with kring_context(andere_kring.pk):
        assert not Bijlage.objects.exists()
    connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(IntegrityError, match="bijlage_verslag_id_kring"), transaction.atomic():
        BijlageFactory(kring=andere_kring, verslag=foto.verslag, nummer=99)


# --- quotas


def test_ten_are_enough(verslag, kring, by):
    for _number in range(bijlage_actions.PER_VERSLAG):
        BijlageFactory(kring=kring, verslag=verslag)
    with pytest.raises(BestandGeweigerd, match="hoogstens 10 bijlagen"):
        actions.add_bijlage(verslag, keuring=judged(), omschrijving="", by=by)
    actions.remove_bijlage(verslag.bijlagen.first(), by=by)
    actions.add_bijlage(verslag, keuring=judged(), omschrijving="", by=by)


def test_so_much_a_report(verslag, kring, by):
    BijlageFactory(kring=kring, verslag=verslag, grootte=bijlage_actions.BYTES_PER_VERSLAG)
    with pytest.raises(BestandGeweigerd, match="samen hoogstens"):
        actions.add_bijlage(verslag, keuring=judged(), omschrijving="", by=by)


def test_so_much_a_day(verslag, kring, andere_kring, by):
    full = BijlageFactory(
        kring=kring,
        verslag=VerslagFactory(kring=kring),
        grootte=bijlage_actions.BYTES_PER_DAG,
    )
    BijlageFactory(kring=andere_kring, grootte=bijlage_actions.BYTES_PER_DAG)
    with pytest.raises(BestandGeweigerd, match="Na middernacht"):
        actions.add_bijlage(verslag, keuring=judged(), omschrijving="", by=by)
    yesterday = timezone.now() - timedelta(days=1, hours=1)
    Bijlage.objects.filter(pk=full.pk).update(aangemaakt_op=yesterday)
    actions.add_bijlage(verslag, keuring=judged(), omschrijving="", by=by)


# --- the scanner


@pytest.fixture
def scanner(settings):
    with clamd() as server:
        settings.CLAMAV = server.adres
        yield server


@pytest.fixture
def quarantined(verslag, by, settings):
    """A PDF that came in while the scanner was away."""
    settings.CLAMAV = "/bestaat/niet.sock"
    keuring = judged(goed.pdf(KANARIE["naam"].encode()), "brief.pdf")
    return actions.add_bijlage(verslag, keuring=keuring, omschrijving="", by=by)


def test_clean_comes_in_as_clean(scanner):
    keuring = judged()
    assert keuring.scan == Bijlage.Scan.SCHOON
    # What is kept is what was scanned.
    assert scanner.scanned == [keuring.bestand.inhoud]


def test_a_virus_does_not_come_in(scanner):
    with pytest.raises(BestandGeweigerd, match="vond een virus"):
        judged(goed.pdf(EICAR), "brief.pdf")


def test_no_scanner_in_reach_is_quarantine(quarantined):
    assert quarantined.scan == Bijlage.Scan.WACHT
    assert not quarantined.is_leesbaar
    assert actions.scan_waiting() == 0


def test_the_sweeper_lets_a_clean_one_out(quarantined, scanner):
    assert actions.scan_waiting() == 1
    quarantined.refresh_from_db()
    assert quarantined.scan == Bijlage.Scan.SCHOON
    line = lines("bijlage.gescand").get()
    assert (line.uitkomst, line.gebruiker_naam) == ("geslaagd", "virusscan")
    assert actions.scan_waiting() == 0


def test_the_sweeper_keeps_a_virus_in(verslag, by, settings):
    settings.CLAMAV = "/bestaat/niet.sock"
    keuring = judged(goed.pdf(EICAR), "brief.pdf")
    bijlage = actions.add_bijlage(verslag, keuring=keuring, omschrijving="", by=by)
    with clamd() as server:
        settings.CLAMAV = server.adres
        assert actions.scan_waiting() == 1
    bijlage.refresh_from_db()
    assert bijlage.scan == Bijlage.Scan.BESMET
    assert not bijlage.is_leesbaar
    assert lines("bijlage.gescand").get().uitkomst == "geweigerd"
    with pytest.raises(actions.VerslagGeweigerd, match="bijlage_besmet"):
        actions.sign_verslag(verslag, by=by)
    actions.remove_bijlage(bijlage, by=by)
    assert actions.sign_verslag(verslag, by=by).nummer == 1


def test_a_file_without_verdict_holds_up_no_other(verslag, by, settings, monkeypatch):
    """Of one file clamd may always say ERROR: that one stays shut, and goes to the back."""
    settings.CLAMAV = "/bestaat/niet.sock"
    odd, good = (
        actions.add_bijlage(
            verslag, keuring=judged(goed.pdf(text), "brief.pdf"), omschrijving="", by=by
        )
        for text in (b"vreemd", b"gewoon")
    )
    monkeypatch.setattr(bijlage_actions, "STILTE", 0.0)
    with clamd() as server:
        settings.CLAMAV = server.adres
        server.odd = b"vreemd"
        assert actions.scan_waiting() == 0
        assert actions.scan_waiting() == 1
    odd.refresh_from_db()
    good.refresh_from_db()
    assert (odd.scan, good.scan) == (Bijlage.Scan.WACHT, Bijlage.Scan.SCHOON)


def test_a_slow_scanner_does_not_hold_the_sweeper(verslag, by, settings, monkeypatch):
    """It gives out the messages in between, and leaves its sign of life."""
    settings.CLAMAV = "/bestaat/niet.sock"
    for text in (b"een", b"twee", b"drie"):
        keuring = judged(goed.pdf(text), "brief.pdf")
        actions.add_bijlage(verslag, keuring=keuring, omschrijving="", by=by)
    monkeypatch.setattr(bijlage_actions, "_silent_until", 0.0)
    clock = iter(range(0, 1000, 2))
    monkeypatch.setattr(bijlage_actions, "time", SimpleNamespace(monotonic=lambda: next(clock)))
    clean = bijlage_actions.virusscan.Oordeel.SCHOON
    monkeypatch.setattr(bijlage_actions.virusscan, "scan", lambda content: clean)
    done = [actions.scan_waiting(), actions.scan_waiting()]
    assert done == [2, 1]


def test_a_scanner_that_is_away_is_not_asked_every_second(quarantined, monkeypatch):
    asked = []

    def away(content):
        asked.append(content)
        raise bijlage_actions.virusscan.ScannerZwijgt

    monkeypatch.setattr(bijlage_actions.virusscan, "scan", away)
    assert actions.scan_waiting() == actions.scan_waiting() == 0
    assert len(asked) == 1


def test_without_a_setting_quarantine_stays_shut(quarantined, settings):
    settings.CLAMAV = ""
    assert actions.scan_waiting() == 0
    quarantined.refresh_from_db()
    assert quarantined.scan == Bijlage.Scan.WACHT
