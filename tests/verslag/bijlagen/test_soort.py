"""An X-ray is told apart from a photo: on the page, in letter and FHIR document, at the pick-up."""

import json

import pytest
from django.urls import reverse

from tests.factories import BijlageFactory
from tests.verslag.bijlagen import goed, opname
from tests.verslag.bijlagen.test_acties import judged
from tests.verslag.bijlagen.test_paginas import upload
from tests.verslag.paginas.hulp import form_data
from verslag import actions, momentopname
from verslag.fhir_uit import fhir_of
from verslag.kanalen.ophalen import collect
from verslag.models import Bijlage
from verslag.pdf import _picture
from verslag.weergave import sections

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("data", "naam", "gekozen", "soort"),
    [
        (opname.dicom, "a.dcm", "", "rontgen"),
        (goed.pdf, "a.pdf", "", "document"),
        (goed.jpeg, "a.jpg", "", "lichtfoto"),
        (goed.png, "a.png", "rontgen", "rontgen"),
        (opname.dicom, "a.dcm", "lichtfoto", "lichtfoto"),
    ],
)
def test_the_file_says_it_unless_somebody_does(*, verslag, by, data, naam, gekozen, soort):
    keuring = judged(data(), naam)
    row = actions.add_bijlage(verslag, keuring=keuring, omschrijving="", soort=gekozen, by=by)
    assert Bijlage.objects.get(pk=row.pk).soort == soort


@pytest.mark.parametrize(
    ("mimetype", "aard"),
    [("application/dicom", "rontgen"), ("application/pdf", "document"), ("image/png", "lichtfoto")],
)
def test_rows_of_before_follow_the_file(mimetype, aard):
    assert Bijlage(mimetype=mimetype).aard == aard


def test_the_form_asks_and_refuses_another_kind(als, tandarts_gebruiker, kring, verslag):
    client = als(tandarts_gebruiker)
    address = reverse("verslag:bewerk", kwargs={"kring": kring.slug, "verslag": verslag.pk})
    verslag.refresh_from_db()
    data = form_data(verslag, doel="bijlage") | {"bestand": upload(goed.jpeg())}
    assert client.post(address, data | {"bijlage_soort": "hologram"}).status_code == 422
    data["bestand"] = upload(goed.jpeg())
    verslag.refresh_from_db()
    data |= form_data(verslag, doel="bijlage") | {"bijlage_soort": "rontgen"}
    Bijlage.objects.all().delete()
    assert client.post(address, data).status_code == 302
    assert Bijlage.objects.get().soort == "rontgen"
    assert "röntgenfoto · <bdi>" in client.get(address).content.decode()


@pytest.fixture
def signed(verslag, by):
    BijlageFactory(kring=verslag.kring, verslag=verslag, soort="rontgen", omschrijving="Kies 36")
    return actions.sign_verslag(verslag, by=by)


def test_letter_document_and_package_say_it(signed):
    assert ". Kies 36 (röntgenfoto," in dict(sections(signed.inhoud))["Bijlagen"]
    assert "röntgenfoto: Kies 36" in _picture(Bijlage.objects.get()).bijschrift
    document = json.loads(fhir_of(signed))
    found = [row["resource"] for row in document["entry"]]
    files = [row for row in found if row["resourceType"] == "DocumentReference"]
    assert files[1]["type"] == {"text": "Röntgenfoto"}
    assert files[1]["description"] == "Kies 36"
    inhoud, _parts = collect(signed, wait=False)
    assert [stuk.aard for stuk in inhoud.bijlagen] == ["röntgenfoto"]


def test_a_version_of_before_follows_the_file(signed):
    [row] = signed.inhoud["bijlagen"]
    old = {key: value for key, value in row.items() if key != "soort"}
    text = {**signed.inhoud, "bijlagen": [old]}
    assert "(foto," in dict(sections(text))["Bijlagen"]


@pytest.mark.parametrize(("soort", "hint"), [("rontgen", False), ("lichtfoto", True)])
def test_a_made_x_ray_that_is_not_there_gives_a_hint(verslag, soort, hint):
    BijlageFactory(kring=verslag.kring, verslag=verslag, soort=soort)
    verslag.rontgen_gemaakt = True
    oordeel = momentopname.judge(verslag)
    assert ("rontgen_niet_herkend" in {reden.sleutel for reden in oordeel.hints}) == hint
    assert "rontgen_niet_bijgevoegd" not in {reden.sleutel for reden in oordeel.fouten}
