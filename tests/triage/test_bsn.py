"""The BSN on the call screen: masked, kept, changed, cleared, and shown only when asked (S10)."""

import pytest

from kern.models import Logregel
from tests.factories import PatientFactory

BSN, ANDER = "999990019", "999990020"
MASKER = "*****0019"


@pytest.fixture
def oproep(oproep, kring):
    oproep.patient = PatientFactory(kring=kring, bsn=BSN)
    oproep.save()
    return oproep


def stored(oproep) -> str:
    oproep.refresh_from_db()
    return oproep.patient.bsn


def events(**filters) -> list[str]:
    return list(Logregel.objects.filter(**filters).values_list("gebeurtenis", flat=True))


def test_the_page_shows_the_mask(client, url, oproep):
    page = client.get(url("oproep", oproep)).content.decode()
    assert f'value="{MASKER}"' in page
    assert BSN not in page
    assert "bsn.getoond" not in events()


@pytest.mark.parametrize("htmx", [{}, {"HTTP_HX_REQUEST": "true"}])
def test_the_mask_keeps_what_is_stored(client, url, oproep, htmx):
    versie = oproep.versie
    response = client.post(url("patient", oproep), {"bsn": MASKER, "versie": versie}, **htmx)
    assert response.status_code == (200 if htmx else 302)
    assert stored(oproep) == BSN
    assert oproep.versie == versie, "the mask is no change"


def test_the_mask_goes_along_with_another_change(client, url, oproep):
    client.post(url("patient", oproep), {"bsn": MASKER, "naam": "Jans"})
    assert stored(oproep) == BSN
    assert oproep.patient.naam == "Jans"


def test_a_new_number_replaces_and_an_empty_field_clears(client, url, oproep):
    client.post(url("patient", oproep), {"bsn": "9999 90 020"})
    assert stored(oproep) == ANDER
    client.post(url("patient", oproep), {"bsn": ""})
    assert stored(oproep) == ""
    assert oproep.patient.bsn_index == ""


@pytest.mark.parametrize("typed", ["*****0020", "****0019", "*****", "99999**19"])
def test_another_mask_is_an_error_and_nothing_changes(client, url, oproep, typed):
    response = client.post(url("patient", oproep), {"bsn": typed})
    assert response.status_code == 422
    assert "zonder sterretjes" in response.content.decode()
    assert stored(oproep) == BSN


def test_a_test_number_is_refused_in_production(client, url, oproep, settings):
    settings.BSN_TESTREEKSEN = ["9999"]
    response = client.post(url("patient", oproep), {"bsn": ANDER})
    assert response.status_code == 422
    assert "Dit is een testnummer" in response.content.decode()
    assert stored(oproep) == BSN
    assert client.post(url("patient", oproep), {"bsn": "111222333"}).status_code == 302
    assert stored(oproep) == "111222333"


def test_asking_shows_it_once_with_one_line(client, url, oproep):
    response = client.post(url("bsn_tonen", oproep))
    assert BSN in response.content.decode()
    assert f'value="{MASKER}"' in response.content.decode(), "the field itself stays masked"
    line = Logregel.objects.get(gebeurtenis="bsn.getoond")
    assert (line.actie, line.patient_id, line.object_id) == (
        *("R", oproep.patient_id),
        str(oproep.pk),
    )
    assert BSN not in client.get(url("oproep", oproep)).content.decode()


def test_asking_with_htmx_gives_the_number_alone(client, url, oproep):
    response = client.post(url("bsn_tonen", oproep), HTTP_HX_REQUEST="true")
    assert response.content.decode() == f"<strong>{BSN}</strong>"
    about = {"patient_id": oproep.patient_id}
    assert events(**about) == ["bsn.getoond"]
    client.post(url("bsn_tonen", oproep), HTTP_HX_REQUEST="true")
    assert events(**about) == ["bsn.getoond", "bsn.getoond"]


def test_a_patient_without_one_says_so(client, url, oproep):
    oproep.patient.bsn = ""
    oproep.patient.save()
    response = client.post(url("bsn_tonen", oproep), HTTP_HX_REQUEST="true")
    assert "geen BSN" in response.content.decode()
    assert "Toon het hele BSN" not in client.get(url("oproep", oproep)).content.decode()


def test_no_longer_when_the_call_is_closed(client, url, oproep):
    type(oproep).objects.filter(pk=oproep.pk).update(
        status="afgerond", afgerond_op="2026-11-01T00:00Z"
    )
    assert client.post(url("bsn_tonen", oproep)).status_code == 404
    assert "bsn.getoond" not in events()


def test_not_before_there_is_a_patient(client, url, oproep):
    oproep.patient = None
    oproep.save()
    assert client.post(url("bsn_tonen", oproep)).status_code == 404


@pytest.mark.parametrize("rol", ["coordinator", "vertegenwoordiger", "beheerder", "fg"])
def test_other_roles_are_refused(request, als, url, oproep, rol):
    response = als(request.getfixturevalue(rol)).post(url("bsn_tonen", oproep))
    assert response.status_code == 403
    assert BSN not in response.content.decode()


def test_another_kring_finds_nothing(als, vreemde, url, oproep, andere_kring):
    for slug in (None, andere_kring.slug):
        response = als(vreemde).post(url("bsn_tonen", oproep, slug=slug))
        assert response.status_code == 404
    assert "bsn.getoond" not in events()


def test_a_get_shows_nothing(client, url, oproep):
    assert client.get(url("bsn_tonen", oproep)).status_code == 405
