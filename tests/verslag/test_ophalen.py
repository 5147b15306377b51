"""The public pick-up page: nothing before the code, nothing by a GET, nothing after withdrawal."""

import io
import time
import zipfile
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kern.actor import Actor
from kern.models import Logregel, Zending
from tests.bevestigd import asks_first
from tests.verslag.conftest import BRIEF, KANARIE, TEKST, last_code, last_sms, token_of
from verslag import actions
from verslag.models import Pakket
from verslag.views import ophalen
from verslag.weergave import mask_phone


@pytest.fixture
def token(overdracht):
    return token_of(overdracht)


@pytest.fixture
def adres(kring, token):
    return reverse("verslag:ophalen", kwargs={"kring": kring.slug, "token": token})


@pytest.fixture
def pdf_adres(kring, token):
    return reverse("verslag:ophalen_pdf", kwargs={"kring": kring.slug, "token": token})


@pytest.fixture
def client(als):
    return als()


def ask(client, adres):
    return client.post(adres, {"stap": "stuur_code"})


def enter(client, adres, code):
    return client.post(adres, {"stap": "open", "code": code})


def leaks(page: str) -> list[str]:
    secrets = [*KANARIE.values(), *(text for text in TEKST.values() if text is not True)]
    return [secret for secret in secrets if secret in page]


@pytest.fixture
def pakket(overdracht, token):
    return overdracht.pakketten.get()


def test_the_way_to_the_report(client, adres, pdf_adres, overdracht):
    page = client.get(adres).content.decode()
    assert not leaks(page)
    assert ask(client, adres).status_code == 302
    page = client.get(adres).content.decode()
    assert "De code geldt tot" in page
    assert not leaks(page)
    assert enter(client, adres, last_code())["Location"] == adres
    page = client.get(adres).content.decode()
    assert KANARIE["naam"] in page
    assert TEKST["diagnose"] in page
    letter = client.post(pdf_adres)
    assert letter["Content-Type"] == "application/pdf"
    assert letter["Content-Disposition"].startswith("attachment")
    events = list(
        Logregel.objects.filter(patient_id=overdracht.versie.verslag.dossier.patient_id)
        .order_by("id")
        .values_list("gebeurtenis", "uitkomst")
    )
    assert events[-4:] == [
        ("overdracht.code", "geslaagd"),
        ("overdracht.opgehaald", "geslaagd"),
        ("overdracht.gelezen", "geslaagd"),
        ("overdracht.pdf", "geslaagd"),
    ]


def test_a_code_with_spaces_is_fine(client, adres):
    ask(client, adres)
    code = last_code()
    assert enter(client, adres, f" {code[:3]} {code[3:]} ").status_code == 302


@pytest.mark.parametrize(
    "code", ["", "12345", "abcdef", "1234567", "１２３４５６", "12\x0034", "1" * 9999]
)
def test_an_odd_code_is_refused_in_dutch(client, adres, pakket, code):
    ask(client, adres)
    response = enter(client, adres, code)
    assert response.status_code == 422
    assert "veldfout" in response.content.decode()
    pakket.refresh_from_db()
    assert pakket.code_pogingen == 0


def test_a_wrong_code_counts_and_says_how_often(client, adres, overdracht):
    ask(client, adres)
    wrong = f"{(int(last_code()) + 1) % 10**6:06d}"
    page = enter(client, adres, wrong).content.decode()
    assert "U kunt nog 4 keer proberen" in page
    for _number in range(4):
        page = enter(client, adres, wrong).content.decode()
    assert "Te vaak een verkeerde code" in page
    assert "030-2345678" in page
    assert enter(client, adres, last_code()).status_code == 422
    assert Logregel.objects.filter(uitkomst="geweigerd").count() == 6
    overdracht.refresh_from_db()
    assert overdracht.opgehaald_op is None


def test_the_day_is_full_after_three_codes(client, adres):
    for _number in range(3):
        assert ask(client, adres).status_code == 302
    response = ask(client, adres)
    assert response.status_code == 422
    assert "Stuur" not in response.content.decode().split("<main")[1].split("Er is een code")[0]
    assert Zending.objects.filter(soort="sms").count() == 3


def test_scanners_change_nothing(client, adres, pdf_adres, pakket):
    """A hundred looks of a mail scanner: no code sent, nothing opened, the link still works."""
    before = Pakket.objects.values().get(pk=pakket.pk)
    for _number in range(50):
        assert client.get(adres).status_code == 200
        assert client.head(adres).status_code == 200
    assert client.get(pdf_adres).status_code == 405
    assert client.options(adres).status_code == 405
    assert Pakket.objects.values().get(pk=pakket.pk) == before
    assert not Zending.objects.filter(soort="sms").exists()
    ask(client, adres)
    assert enter(client, adres, last_code()).status_code == 302


def test_a_post_without_a_code_opens_nothing(client, adres, pdf_adres, overdracht):
    """Some scanners press buttons too."""
    assert client.post(adres).status_code == 422
    assert client.post(pdf_adres).status_code == 302
    overdracht.refresh_from_db()
    assert overdracht.opgehaald_op is None


def test_dead_links_look_like_unknown_ones(client, adres, pdf_adres, overdracht, kring):
    unknown = reverse("verslag:ophalen", kwargs={"kring": kring.slug, "token": "x" * 43})
    neutral = client.get(unknown)
    assert neutral.status_code == 404
    assert "030-2345678" in neutral.content.decode()
    for change in (
        {"gesloten_op": timezone.now(), "einde": "ingetrokken"},
        {"gesloten_op": None, "einde": "", "verloopt_op": timezone.now() - timedelta(seconds=1)},
        {"verloopt_op": timezone.now() + timedelta(days=1), "gevuld_op": None},
    ):
        Pakket.objects.update(**change)
        for response in (client.get(adres), client.post(adres), client.post(pdf_adres)):
            assert response.status_code == 404
            assert response.content == neutral.content


def test_a_link_of_another_kring_is_unknown(client, token, andere_kring):
    address = reverse("verslag:ophalen", kwargs={"kring": andere_kring.slug, "token": token})
    assert client.get(address).status_code == 404


def test_withdrawal_closes_an_open_browser(client, adres, pdf_adres, overdracht, by):
    ask(client, adres)
    enter(client, adres, last_code())
    actions.withdraw_overdracht(overdracht, by=by)
    assert client.get(adres).status_code == 404
    assert client.post(pdf_adres).status_code == 404


def test_the_open_browser_closes_after_a_quarter(client, adres, pdf_adres):
    ask(client, adres)
    enter(client, adres, last_code())
    session = client.session
    session["opgehaald"] = {key: until - 15 * 60 - 1 for key, until in session["opgehaald"].items()}
    session.save()
    assert not leaks(client.get(adres).content.decode())
    assert client.post(pdf_adres)["Location"] == adres


def test_another_browser_needs_its_own_code(client, als, adres, pdf_adres):
    ask(client, adres)
    enter(client, adres, last_code())
    assert not leaks(als().get(adres).content.decode())
    assert als().post(pdf_adres)["Location"] == adres


def test_the_session_gets_a_new_key(client, adres):
    ask(client, adres)
    client.get(adres)
    session = client.session
    session["iets"] = 1
    session.save()
    before = client.session.session_key
    enter(client, adres, last_code())
    assert client.session.session_key != before


def test_the_address_of_the_page_is_kept_secret(client, adres):
    response = client.get(adres)
    assert response["Referrer-Policy"] in {"no-referrer", "same-origin"}
    assert "noindex" in response["X-Robots-Tag"]
    assert "no-store" in response["Cache-Control"]


def test_posts_are_bounded(client, adres, monkeypatch):
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now)
    monkeypatch.setattr(ophalen, "POSTS_PER_MINUUT", 3)
    answers = [enter(client, adres, "000000").status_code for _number in range(5)]
    assert answers == [422, 422, 422, 429, 429]
    # Who waits a minute is heard again, also after a refusal.
    monkeypatch.setattr(time, "time", lambda: now + 60)
    assert enter(client, adres, "000000").status_code == 422


def test_the_text_message_holds_no_patient(client, adres, overdracht):
    ask(client, adres)
    sms = last_sms()
    assert sms["telefoon"] == overdracht.telefoon
    assert not leaks(sms["tekst"])


@pytest.mark.parametrize(
    ("nummer", "masked"),
    [
        ("+31612345678", "06-•••••678"),
        ("+31302345678", "030-••••678"),
        ("+32470123456", "•••••••••456"),
    ],
)
def test_mask_phone(nummer, masked):
    assert mask_phone(nummer) == masked


def test_everything_in_one_file_an_answer_and_the_end(client, adres, pakket):
    assert client.post(f"{adres}alles/")["Location"] == adres, "not before the code"
    ask(client, adres)
    enter(client, adres, last_code())
    everything = client.post(f"{adres}alles/")
    assert everything["Content-Disposition"].endswith('.zip"')
    with zipfile.ZipFile(io.BytesIO(everything.content)) as archive:
        assert [name.partition(".")[2] for name in archive.namelist()] == ["pdf", "fhir.json"]
        assert archive.read(archive.namelist()[0]) == BRIEF
    empty = client.post(f"{adres}antwoord/", {"tekst": " "})
    assert empty.status_code == 422
    assert "Schrijf eerst uw antwoord" in empty.content.decode()
    assert client.post(f"{adres}antwoord/", {"tekst": "Graag de foto."})["Location"] == adres
    assert pakket.antwoorden.get().tekst == "Graag de foto."
    assert "Graag de foto." not in client.get(adres).content.decode()
    assert asks_first(client.get(adres).content.decode(), f"{adres}klaar/")
    assert "verwijderd" in client.post(f"{adres}klaar/").content.decode()
    assert client.get(adres).status_code == 404
    assert not pakket.delen.exists()


def test_the_author_reads_the_answer(als, overdracht, pakket, tandarts_gebruiker):
    antwoord = actions.reply(
        pakket,
        tekst="Graag de foto.",
        by=Actor("lezer", kring_id=pakket.kring_id, doel="zorgverlening", toegangspunt="::1"),
    )
    url = {"kring": pakket.kring.slug, "verslag": overdracht.versie.verslag_id}
    author = als(tandarts_gebruiker)
    assert "Graag de foto." in author.get(reverse("verslag:verslag", kwargs=url)).content.decode()
    read = reverse(
        "verslag:antwoord_gelezen", kwargs={"kring": pakket.kring.slug, "antwoord": antwoord.pk}
    )
    assert author.post(read).status_code == 302
    antwoord.refresh_from_db()
    assert antwoord.gelezen_op is not None
