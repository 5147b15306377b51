"""What waits for the virus scanner at signing is told to everybody, and comes after all."""

from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from kern import virusscan
from tests.factories import BijlageFactory
from tests.verslag.conftest import pakket_of, token_of
from verslag import actions, pdf, taakwerk
from verslag.actions import bijlage as bijlage_actions
from verslag.actions.ophalen import contents_of
from verslag.kanalen import ophalen
from verslag.models import Bijlage, Pakket, Taak, VerslagPdf

pytestmark = pytest.mark.django_db


@pytest.fixture
def wachtend(verslag):
    return BijlageFactory(kring=verslag.kring, verslag=verslag, scan="wacht", omschrijving="36")


@pytest.fixture
def verdict(monkeypatch):
    """Return a function that lets the scanner answer."""
    monkeypatch.setattr(bijlage_actions, "_silent_until", 0.0)
    monkeypatch.setattr(virusscan, "is_configured", lambda: True)

    def hear(oordeel) -> None:
        monkeypatch.setattr(virusscan, "scan", lambda content: oordeel)
        assert actions.scan_waiting() == 1

    return hear


def sign(verslag, by):
    versie = actions.sign_verslag(verslag, by=by)
    return versie, versie.overdrachten.get()


def leave(overdracht) -> None:
    """Let the notice leave without the attachment: it waited a quarter of an hour."""
    Pakket.objects.update(aangemaakt_op=timezone.now() - ophalen.WACHT_OP_SCANNER)
    contents_of(pakket_of(overdracht), token_of(overdracht))


@pytest.mark.parametrize("scan", ["wacht", "schoon"])
def test_the_page_says_so_and_lets_one_wait_or_go_on(
    *, als, tandarts_gebruiker, kring, verslag, wachtend, scan
):
    Bijlage.objects.update(scan=scan)
    address = reverse("verslag:teken", kwargs={"kring": kring.slug, "verslag": verslag.pk})
    page = als(tandarts_gebruiker).get(address).content.decode()
    waits = scan == "wacht"
    assert ("nog niet gecontroleerd op virussen" in page) == waits
    assert ("Kijk opnieuw" in page) == waits
    assert ("Onderteken zonder te wachten" in page) == waits
    assert ("Onderteken het verslag" in page) != waits


def test_a_letter_without_its_image_says_so_and_is_not_kept(verslag, by, wachtend):
    versie, _overdracht = sign(verslag, by)
    text = PdfReader(BytesIO(pdf.pdf_of(versie))).pages[0].extract_text()
    assert "zit er nog niet bij" in " ".join(text.split())
    assert not VerslagPdf.objects.exists()
    Bijlage.objects.update(scan="schoon")
    reader = PdfReader(BytesIO(pdf.pdf_of(versie)))
    assert "zit er nog niet bij" not in " ".join(reader.pages[0].extract_text().split())
    assert any(page.images for page in reader.pages)
    assert VerslagPdf.objects.get().versie == versie


def test_in_time_it_goes_along_and_nobody_is_bothered(verslag, by, wachtend, verdict):
    _versie, overdracht = sign(verslag, by)
    verdict(virusscan.Oordeel.SCHOON)
    assert contents_of(pakket_of(overdracht), token_of(overdracht)).bijlagen[0].deel
    assert not Taak.objects.exists()


def test_too_late_is_a_task_and_a_new_link_has_it(verslag, by, wachtend, verdict):
    _versie, overdracht = sign(verslag, by)
    leave(overdracht)
    verdict(virusscan.Oordeel.SCHOON)
    taak = Taak.objects.get()
    assert (taak.soort, taak.overdracht, taak.auteur) == (
        Taak.Soort.BIJLAGE,
        overdracht,
        verslag.auteur.gebruiker,
    )
    assert "36" not in taak.uitleg
    # Picking up the old link does not bring the attachment.
    type(overdracht).objects.update(opgehaald_op=timezone.now())
    taakwerk.close_over()
    assert Taak.objects.open().exists()
    again = actions.resend_overdracht(overdracht, by=by)
    assert contents_of(pakket_of(again), token_of(again)).bijlagen[0].deel
    again.bericht.__class__.objects.filter(pk=again.bericht_id).update(
        status="verzonden", verzonden_op=timezone.now()
    )
    taakwerk.close_over()
    assert not Taak.objects.open().exists()


def test_a_virus_after_signing_is_told(verslag, by, wachtend, verdict):
    sign(verslag, by)
    verdict(virusscan.Oordeel.BESMET)
    taak = Taak.objects.get()
    assert taak.soort == Taak.Soort.BIJLAGE
    assert "virus" in taak.uitleg


def test_a_draft_makes_no_task(verslag, by, wachtend, verdict):
    verdict(virusscan.Oordeel.BESMET)
    assert not Taak.objects.exists()
