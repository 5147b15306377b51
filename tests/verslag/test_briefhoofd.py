"""The kring's own heading: kept, refused with a reason, and on the next letter."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from kern.models import Logregel
from tests.verslag.bijlagen import goed
from verslag.models import Briefhoofd


@pytest.fixture
def adres(kring):
    return reverse("verslag:briefhoofd", kwargs={"kring": kring.slug})


@pytest.fixture
def lezer(als, coordinator):
    return als(coordinator)


def logo() -> SimpleUploadedFile:
    return SimpleUploadedFile("logo.jpg", goed.jpeg(), "image/jpeg")


TEKST = {"naam": "Tandartsenpost Vecht", "tekst": "Kade 1\n\n  3511 AA Utrecht  "}


def test_name_lines_and_logo_are_kept(lezer, adres, kring):
    response = lezer.post(adres, {**TEKST, "logo": logo()})
    assert response.status_code == 302
    row = Briefhoofd.objects.get(kring=kring)
    assert (row.naam, row.tekst) == ("Tandartsenpost Vecht", "Kade 1\n3511 AA Utrecht")
    assert Image.open(BytesIO(bytes(row.logo))).format == "JPEG"
    assert Logregel.objects.filter(gebeurtenis="briefhoofd.opgeslagen").count() == 1
    assert "data:image/jpeg" in lezer.get(adres).content.decode()


def test_the_logo_stays_until_it_is_taken_away(lezer, adres):
    lezer.post(adres, {**TEKST, "logo": logo()})
    lezer.post(adres, {**TEKST, "naam": "Anders"})
    row = Briefhoofd.objects.get()
    assert row.naam == "Anders"
    assert row.logo
    lezer.post(adres, {**TEKST, "zonder_logo": "on"})
    assert not Briefhoofd.objects.get().logo


@pytest.mark.parametrize(
    ("velden", "zin"),
    [
        ({"tekst": "a\nb\nc\nd\ne"}, "hoogstens vier regels"),
        ({"logo": SimpleUploadedFile("x.pdf", b"%PDF-1.4\n%%EOF")}, "Een logo is een JPEG"),
        ({"logo": SimpleUploadedFile("x.docx", b"PK\x03\x04")}, "Een logo is een JPEG of PNG"),
        ({"logo": SimpleUploadedFile("x.txt", b"hallo")}, "Een logo is een JPEG of PNG"),
        ({"logo": SimpleUploadedFile("x.jpg", b"")}, "leeg"),
    ],
)
def test_what_cannot_be_kept_is_said_at_the_field(lezer, adres, velden, zin):
    response = lezer.post(adres, {**TEKST, **velden})
    assert response.status_code == 422
    page = response.content.decode()
    assert zin in page
    assert "Tandartsenpost Vecht" in page
    assert not Briefhoofd.objects.exists()


def test_only_the_coordinator(als, tandarts_gebruiker, adres):
    assert als(tandarts_gebruiker).post(adres, TEKST).status_code == 403
    assert not Briefhoofd.objects.exists()
