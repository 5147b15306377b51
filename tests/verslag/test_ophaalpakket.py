"""The package behind a link: filled, opened by a code, taken out of, answered, destroyed."""

import hashlib
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from kern import bezorging, dagwerk
from kern.actor import Actor
from kern.kanalen import CHANNELS, Later
from kern.models import Bezorgpoging, Logregel, Zending
from kern.weergave import format_moment
from tests.factories import BijlageFactory
from tests.verslag.conftest import (
    BRIEF,
    cheap_letter,
    content_of,
    last_code,
    last_sms,
    mail_of,
    pakket_of,
    token_of,
)
from verslag import actions, zegel
from verslag.actions.ophalen import close_expired, contents_of
from verslag.kanalen import ophalen
from verslag.models import Antwoord, Bijlage, Overdracht, Pakket, Pakketdeel, Taak


@pytest.fixture
def pakket(overdracht):
    return pakket_of(overdracht)


@pytest.fixture
def token(overdracht):
    return token_of(overdracht)


@pytest.fixture
def bijlage(verslag):
    return BijlageFactory(kring=verslag.kring, verslag=verslag)


@pytest.fixture
def lezer(kring):
    return Actor("niet aangemeld", kring_id=kring.pk, doel="zorgverlening", toegangspunt="::1")


def opened(pakket, by) -> bool:
    actions.request_code(pakket, by=by)
    return actions.open_pakket(pakket, code=last_code(), by=by)


def events() -> list[tuple[str, str]]:
    lines = Logregel.objects.exclude(object_soort="taak").order_by("id")
    return list(lines.values_list("gebeurtenis", "uitkomst"))


# --- what is in it


def test_the_content_comes_back_as_it_was_signed(bijlage, overdracht, token, by):
    pakket, versie = overdracht.pakketten.get(), overdracht.versie
    inhoud = contents_of(pakket, token)
    assert (inhoud.inhoud, inhoud.sha256) == (versie.inhoud, versie.sha256)
    assert [stuk.soort for stuk in inhoud.stukken] == ["pdf", "fhir", "bijlage"]
    contents = actions.take_out(pakket, token, inhoud.bestanden, by=by)
    assert contents[0] == BRIEF
    assert b'"resourceType":"Bundle"' in contents[1]
    assert hashlib.sha256(contents[2]).hexdigest() == bijlage.sha256
    assert [stuk.sha256 for stuk in inhoud.stukken] == [
        hashlib.sha256(content).hexdigest() for content in contents
    ]


def test_the_page_shows_the_package_and_not_the_record(overdracht, token):
    pakket = overdracht.pakketten.get()
    part = pakket.delen.get(nummer=0)
    other = contents_of(pakket, token).to_bytes().replace(b"Avulsie", b"Fractuur")
    part.inhoud = zegel.seal(token, other, deel=0)
    part.save()
    assert contents_of(pakket, token).inhoud["diagnose"].startswith("Fractuur")


def test_filling_twice_leaves_the_first(pakket, token):
    before = list(pakket.delen.order_by("nummer").values_list("inhoud", flat=True))
    ophalen.fill(pakket, token)
    ophalen.fill(Pakket.objects.get(pk=pakket.pk), token)
    assert list(pakket.delen.order_by("nummer").values_list("inhoud", flat=True)) == before


def test_the_package_is_there_before_the_notice_leaves(overdracht, monkeypatch):
    seen = []
    monkeypatch.setitem(
        CHANNELS, "mail", lambda body: seen.append([row.nummer for row in Pakketdeel.objects.all()])
    )
    cheap_letter(overdracht.versie)
    bezorging.deliver(overdracht.bericht_id, overdracht.kring_id)
    assert seen == [[0, 1, 2]]


def test_an_attachment_that_waits_for_the_scanner_holds_the_notice(bijlage, overdracht):
    Bijlage.objects.update(scan=Bijlage.Scan.WACHT)
    bericht = overdracht.bericht
    with pytest.raises(Later, match="virusscanner"):
        ophalen.prepare(bericht, content_of(bericht))
    assert not Pakketdeel.objects.exists()
    assert not Pakket.objects.active().exists()
    Bijlage.objects.update(scan=Bijlage.Scan.SCHOON)
    inhoud = contents_of(pakket_of(overdracht), token_of(overdracht))
    assert inhoud.bijlagen[0].deel


@pytest.mark.parametrize(("scan", "ontbreekt"), [("wacht", "wacht"), ("besmet", "virus")])
def test_after_a_quarter_it_leaves_without(bijlage, overdracht, scan, ontbreekt, by):
    Bijlage.objects.update(scan=scan)
    Pakket.objects.update(aangemaakt_op=timezone.now() - ophalen.WACHT_OP_SCANNER)
    token = token_of(overdracht)
    inhoud = contents_of(overdracht.pakketten.get(), token)
    (stuk,) = inhoud.bijlagen
    assert (stuk.deel, stuk.ontbreekt) == (0, ontbreekt)
    assert stuk not in inhoud.bestanden


# --- the code


def test_code_goes_to_the_phone_and_opens_once(pakket, overdracht, lezer):
    assert actions.request_code(pakket, by=lezer)
    code = last_code()
    assert last_sms()["telefoon"] == pakket.telefoon
    pakket.refresh_from_db()
    assert code not in pakket.code_hash
    assert actions.open_pakket(pakket, code=code, by=lezer)
    assert not actions.open_pakket(pakket, code=code, by=lezer)
    overdracht.refresh_from_db()
    assert overdracht.opgehaald_op is not None
    assert overdracht.gedownload_op is None
    line = Logregel.objects.filter(gebeurtenis="overdracht.opgehaald", uitkomst="geslaagd").get()
    assert line.gebruiker_naam.startswith(pakket.naam)


def test_it_opens_again_with_a_new_code_only(pakket, overdracht, lezer):
    assert opened(pakket, lezer)
    overdracht.refresh_from_db()
    first, read = overdracht.opgehaald_op, overdracht.gelezen_op
    assert opened(pakket, lezer)
    overdracht.refresh_from_db()
    assert overdracht.opgehaald_op == first
    assert overdracht.gelezen_op >= read


def test_a_landline_is_called_and_no_text_is_sent(overdracht, lezer):
    Pakket.objects.update(telefoon="+31302345678")
    pakket = pakket_of(overdracht)
    assert actions.request_code(pakket, by=lezer)
    call = Zending.objects.get(soort="spraak")
    assert b"Ik herhaal" in content_of(call)
    assert call.eenmalig
    assert not Zending.objects.filter(soort="sms").exists()


def test_the_code_never_goes_to_the_mailbox_of_the_link(pakket, lezer):
    actions.request_code(pakket, by=lezer)
    code = last_code()
    mails = [mail_of(row).get_content() for row in Zending.objects.filter(soort="mail")]
    assert len(mails) == 1
    assert code not in mails[0]


@pytest.mark.parametrize(
    "change",
    [
        {"gesloten_op": timezone.now(), "einde": "ingetrokken"},
        {"verloopt_op": timezone.now() - timedelta(seconds=1)},
        {"gevuld_op": None},
        {"code_verloopt_op": timezone.now() - timedelta(seconds=1)},
        {"code_pogingen": 5},
        {"code_hash": ""},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_right_code_opens_nothing_when_the_moment_is_wrong(pakket, overdracht, lezer, change):
    actions.request_code(pakket, by=lezer)
    code = last_code()
    Pakket.objects.update(**change)
    assert not actions.open_pakket(pakket, code=code, by=lezer)
    overdracht.refresh_from_db()
    assert overdracht.opgehaald_op is None


def test_five_wrong_codes_lock_until_a_new_one(pakket, lezer):
    actions.request_code(pakket, by=lezer)
    code = last_code()
    wrong = f"{(int(code) + 1) % 10**6:06d}"
    for _number in range(5):
        assert not actions.open_pakket(pakket, code=wrong, by=lezer)
    assert not actions.open_pakket(pakket, code=code, by=lezer)
    assert opened(pakket, lezer)


def test_three_codes_a_day_and_again_tomorrow(pakket, overdracht, lezer, by):
    assert [actions.request_code(pakket, by=lezer) for _number in range(4)] == [
        True,
        True,
        True,
        False,
    ]
    assert Zending.objects.filter(soort="sms").count() == 3
    # A new link gives no new guesses.
    actions.resend_overdracht(overdracht, by=by)
    pakket = pakket_of(overdracht)
    assert not actions.request_code(pakket, by=lezer)
    Pakket.objects.update(codes_sinds=timezone.now() - timedelta(days=1, seconds=1))
    assert actions.request_code(pakket, by=lezer)


# --- the end


def test_withdrawing_destroys_the_content_and_the_link(pakket, overdracht, by):
    assert pakket.delen.count() == 3
    actions.withdraw_overdracht(overdracht, by=by)
    pakket.refresh_from_db()
    assert (pakket.einde, pakket.delen.count()) == ("ingetrokken", 0)
    assert bytes(Zending.objects.get(pk=pakket.bericht_id).inhoud) == b""


def test_a_new_link_closes_the_old_one(pakket, overdracht, by):
    old = token_of(overdracht)
    actions.resend_overdracht(overdracht, by=by)
    pakket.refresh_from_db()
    assert (pakket.einde, pakket.delen.count()) == ("vervangen", 0)
    assert zegel.hash_token(old) != overdracht.pakketten.get(gesloten_op=None).token_hash


def test_the_recipient_has_the_copy_destroyed(pakket, overdracht, lezer):
    assert actions.finish_pakket(pakket, by=lezer)
    assert not actions.finish_pakket(pakket, by=lezer)
    pakket.refresh_from_db()
    assert (pakket.einde, pakket.delen.count()) == ("ontvanger", 0)
    assert events().count(("overdracht.verwijderd", "geslaagd")) == 1


@pytest.mark.parametrize(("seconds", "left"), [(24 * 3600, 3), (60, 3), (-60, 0), (-24 * 3600, 0)])
def test_what_ran_out_is_destroyed_and_nothing_else(pakket, kring, seconds, left):
    Pakket.objects.update(verloopt_op=timezone.now() + timedelta(seconds=seconds))
    close_expired(dagwerk.Beurt(kring.pk, timezone.now().date(), None))
    assert Pakketdeel.objects.count() == left
    assert (("overdracht.vernietigd", "geslaagd") in events()) == (left == 0)


def test_the_mail_of_a_correction_says_that_it_is_one(pakket, overdracht, by):
    first = mail_of(pakket.bericht)
    assert "erbeter" not in f"{first['Subject']} {first.get_content()}"
    verslag = overdracht.versie.verslag
    verslag.refresh_from_db()
    data = {"diagnose": "Toch een luxatie."}
    verslag = actions.save_verslag(verslag, gegevens=data, versie=verslag.versie, by=by)
    newer = actions.sign_verslag(verslag, by=by, reden="Röntgenfoto bekeken.")
    again = mail_of(pakket_of(newer.overdrachten.get()).bericht)
    assert again["Subject"].startswith("Verbeterd verslag")
    assert "Dan komt dit ervoor in de plaats." in again.get_content()
    tot = format_moment(pakket.verloopt_op)
    assert f"De link werkt tot {tot} en is" in first.get_content()


def test_the_term_is_that_of_the_kring(versie, kring, by):
    kring.ophaal_dagen = 30
    kring.save()
    overdracht = actions.resend_overdracht(versie.overdrachten.get(), by=by)
    assert timedelta(days=29, hours=23) < overdracht.verloopt_op - timezone.now()
    assert overdracht.verloopt_op - timezone.now() < timedelta(days=30, seconds=1)


def test_downloading_is_told_to_the_sender(pakket, overdracht, token, lezer):
    inhoud = contents_of(pakket, token)
    actions.take_out(pakket, token, [inhoud.of_kind("pdf")], by=lezer)
    overdracht.refresh_from_db()
    first = overdracht.gedownload_op
    assert first is not None
    actions.take_out(pakket, token, [inhoud.of_kind("fhir")], by=lezer)
    overdracht.refresh_from_db()
    assert overdracht.gedownload_op == first
    assert [event for event, _outcome in events()][-2:] == ["overdracht.pdf", "overdracht.fhir"]


# --- the reply


def test_a_reply_reaches_the_author_and_only_the_author(pakket, lezer, tandarts_gebruiker):
    antwoord = actions.reply(pakket, tekst="Graag de foto nog een keer.", by=lezer)
    mail = Zending.objects.get(sleutel=f"antwoord|{antwoord.pk}")
    assert mail_of(mail)["To"] == tandarts_gebruiker.email
    assert "foto" not in mail_of(mail).get_content()
    taak = Taak.objects.get(sleutel=f"antwoord|{antwoord.pk}")
    assert (taak.soort, taak.uitleg) == (Taak.Soort.ANTWOORD, "")
    assert ("overdracht.antwoord", "geslaagd") in events()
    with connection.cursor() as cursor:
        cursor.execute("SELECT tekst FROM verslag_antwoord")
        assert b"foto" not in bytes(cursor.fetchone()[0])


def test_reading_it_closes_the_task(pakket, lezer, by):
    antwoord = actions.reply(pakket, tekst="Dank.", by=lezer)
    assert actions.mark_read(antwoord, by=by)
    assert not actions.mark_read(antwoord, by=by)
    taak = Taak.objects.get()
    assert (taak.oplossing, taak.gesloten_op is not None) == (Taak.Oplossing.GELEZEN, True)


def test_replies_are_bounded(pakket, lezer):
    for number in range(5):
        assert actions.reply(pakket, tekst=f"Antwoord {number}", by=lezer)
    assert actions.reply(pakket, tekst="Nog een", by=lezer) is None
    assert Antwoord.objects.count() == 5


# --- a copy for the patient


def test_a_copy_for_the_patient_is_a_package_without_a_handover(versie, lezer, by):
    copy = ophalen.make_pakket(
        versie,
        naam="W. Kanarievogel",
        email="wil@thuis.example",
        telefoon="+31687654321",
        voor=Pakket.Voor.PATIENT,
    )
    assert "verslag" not in mail_of(copy.bericht).get_content().lower()
    assert mail_of(copy.bericht)["To"] == "wil@thuis.example"
    ophalen.prepare(copy.bericht, content_of(copy.bericht))
    copy.refresh_from_db()
    assert opened(copy, lezer)
    assert actions.reply(copy, tekst="Hoi", by=lezer) is None
    assert Overdracht.objects.get().opgehaald_op is None
    line = Logregel.objects.filter(gebeurtenis="overdracht.opgehaald").get()
    assert (line.object_soort, line.object_id) == ("pakket", str(copy.pk))


def test_the_delivered_notice_and_code_leave_no_key_behind(overdracht, monkeypatch, lezer):
    for soort in ("mail", "sms"):
        monkeypatch.setitem(CHANNELS, soort, lambda body: None)
    pakket = pakket_of(overdracht)
    actions.request_code(pakket, by=lezer)
    for row in Zending.objects.all():
        assert bezorging.deliver(row.pk, row.kring_id) == Bezorgpoging.Resultaat.AANGENOMEN
    assert {bytes(row.inhoud) for row in Zending.objects.all()} == {b""}
