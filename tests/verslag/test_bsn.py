"""The BSN around the report: masked on every page, whole in the letter, shown when asked (S10)."""

import re

import pytest
from django.urls import reverse
from stdnum.nl import bsn as stdnum_bsn

from kern import toegang
from kern.models import Logregel
from tests.factories import LidmaatschapFactory, TandartsFactory
from tests.huis.objecten import objects_of, route_kwargs
from tests.verslag.conftest import KANARIE, last_sms, token_of
from tests.verslag.paginas.hulp import form_data, url
from verslag.weergave import letter_of

BSN = KANARIE["bsn"]
MASKER = "*****2333"
_NOTATIONS = re.compile(
    r"(?<![\w+-])(?:\d{9}|\d{4}[. ]\d{2}[. ]\d{3}|\d{3}[. -]\d{3}[. -]\d{3})(?![\w-])"
)


def bsns_in(page: str) -> list[str]:
    """Return every number in the page that passes the 11-test, in the usual notations."""
    found = (re.sub(r"\D", "", hit) for hit in _NOTATIONS.findall(page))
    return [digits for digits in found if stdnum_bsn.is_valid(digits)]


def test_the_search_itself_finds_numbers():
    page = '<input value="111222333"> 1112.22.333 111 222 333, 06-12345678 123456789'
    assert bsns_in(page) == [BSN] * 3


@pytest.mark.parametrize(
    "person",
    ["triagist", "tandarts_gebruiker", "coordinator", "vertegenwoordiger", "beheerder", "fg"],
)
def test_no_page_shows_a_whole_bsn(request, als, kring, tandarts, person):
    objects = objects_of(kring, tandarts)
    client = als(request.getfixturevalue(person))
    pages = 0
    for row in toegang.table():
        if row.prefix or "GET" not in row.methoden or row.route.startswith("demo:"):
            continue
        response = client.get(reverse(row.route, kwargs=route_kwargs(row.route, objects)))
        if response.status_code == 200 and not response.streaming:
            pages += 1
            assert bsns_in(response.content.decode(errors="replace")) == [], row.route
    assert pages > 5


def test_the_pages_of_the_report_show_the_mask(als, kring, tandarts_gebruiker, versie):
    client = als(tandarts_gebruiker)
    verslag = versie.verslag
    for name, kwargs in (
        ("bewerk", {"verslag": verslag.pk}),
        ("teken", {"verslag": verslag.pk}),
        ("verslag", {"verslag": verslag.pk}),
        ("dossier", {"dossier": verslag.dossier_id}),
    ):
        page = client.get(url(name, kring, **kwargs)).content.decode()
        assert MASKER in page, name
        assert BSN not in page, name


def test_the_pick_up_page_shows_the_mask(als, kring, overdracht):
    address = reverse(
        "verslag:ophalen", kwargs={"kring": kring.slug, "token": token_of(overdracht)}
    )
    client = als()
    client.post(address, {"stap": "stuur_code"})
    code = re.search(r"\d{6}", last_sms()["tekst"])[0]
    client.post(address, {"stap": "open", "code": code})
    page = client.get(address).content.decode()
    assert KANARIE["naam"] in page
    assert MASKER in page
    assert BSN not in page


def test_the_letter_has_the_whole_number(versie):
    assert dict(letter_of(versie, bsn_voluit=True)["patient"])["BSN"] == BSN
    assert dict(letter_of(versie)["patient"])["BSN"] == MASKER


@pytest.mark.parametrize("doel", ["bewaar", "auto"])
def test_the_mask_keeps_what_is_stored(als, kring, tandarts_gebruiker, verslag, doel):
    client = als(tandarts_gebruiker)
    data = form_data(verslag, doel=doel, overig="Getypt.", bsn=MASKER)
    response = client.post(url("bewerk", kring, verslag=verslag.pk), data)
    assert response.status_code == (302 if doel == "bewaar" else 200)
    verslag.refresh_from_db()
    assert verslag.overig == "Getypt."
    patient = type(verslag.dossier.patient).objects.get()
    assert patient.bsn == BSN


def test_a_new_number_replaces_and_an_empty_field_clears(als, kring, tandarts_gebruiker, verslag):
    client = als(tandarts_gebruiker)
    address = url("bewerk", kring, verslag=verslag.pk)
    patients = type(verslag.dossier.patient).objects
    client.post(address, form_data(verslag, doel="bewaar", bsn="9999.90.019"))
    assert patients.get().bsn == "999990019"
    verslag.refresh_from_db()
    client.post(address, form_data(verslag, doel="bewaar", bsn=""))
    assert (patients.get().bsn, patients.get().bsn_index) == ("", "")


def test_another_mask_is_an_error(als, kring, tandarts_gebruiker, verslag):
    data = form_data(verslag, doel="bewaar", bsn="*****9999")
    response = als(tandarts_gebruiker).post(url("bewerk", kring, verslag=verslag.pk), data)
    assert response.status_code == 422
    assert "zonder sterretjes" in response.content.decode()


def test_asking_shows_it_once_with_one_line(als, kring, tandarts_gebruiker, verslag):
    client = als(tandarts_gebruiker)
    address = url("bsn_tonen", kring, dossier=verslag.dossier_id)
    assert BSN in client.post(address).content.decode()
    line = Logregel.objects.get(gebeurtenis="bsn.getoond")
    assert (line.actie, line.patient_id) == ("R", verslag.dossier.patient_id)
    part = client.post(address, HTTP_HX_REQUEST="true").content.decode()
    assert part == f"<strong>{BSN}</strong>"
    assert Logregel.objects.filter(gebeurtenis="bsn.getoond").count() == 2
    assert client.get(address).status_code == 405


def test_a_colleague_off_duty_may_not(als, kring, verslag):
    colleague = LidmaatschapFactory(kring=kring, rol="tandarts").gebruiker
    TandartsFactory(kring=kring, gebruiker=colleague)
    response = als(colleague).post(url("bsn_tonen", kring, dossier=verslag.dossier_id))
    assert response.status_code == 404
    assert not Logregel.objects.filter(gebeurtenis="bsn.getoond").exists()
