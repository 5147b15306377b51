"""From call to signature; who corrects says why."""

from kern.models import Logregel
from tests.verslag.conftest import TEKST
from tests.verslag.paginas.hulp import form_data, url
from verslag import actions
from verslag.models import Verslag


def test_from_call_to_signature(client, kring, oproep):
    response = client.post(url("maak", kring, oproep=oproep.pk))
    verslag = Verslag.objects.get()
    edit = url("bewerk", kring, verslag=verslag.pk)
    assert response["Location"] == edit
    assert "Voortand uit de mond na een val." in client.get(edit).content.decode()
    response = client.post(edit, form_data(verslag, doel="teken"))
    sign = url("teken", kring, verslag=verslag.pk)
    assert response["Location"] == sign
    verslag.refresh_from_db()
    page = client.get(sign).content.decode()
    assert TEKST["diagnose"] in page
    assert "Na het ondertekenen gaat het verslag naar" in page
    response = client.post(sign, {"versie": verslag.versie})
    assert response["Location"] == url("verslag", kring, verslag=verslag.pk)
    page = client.get(response["Location"]).content.decode()
    assert "Staat klaar om te versturen" in page
    assert Logregel.objects.filter(
        gebeurtenis="verslag.gelezen", patient_id=oproep.patient_id
    ).exists()


def test_incomplete_report_has_no_sign_button(client, kring, oproep, by):
    verslag = actions.open_verslag(oproep, by=by)
    sign = url("teken", kring, verslag=verslag.pk)
    page = client.get(sign).content.decode()
    assert "nog niet compleet" in page
    assert "Onderteken het verslag" not in page
    response = client.post(sign, {"versie": verslag.versie})
    assert response["Location"] == url("bewerk", kring, verslag=verslag.pk)


def test_another_patient_than_was_read_back_is_not_signed(client, kring, oproep, by):
    """The triage corrects a name between reading back and signing."""
    verslag = actions.open_verslag(oproep, by=by)
    client.post(url("bewerk", kring, verslag=verslag.pk), form_data(verslag))
    verslag.refresh_from_db()
    sign = url("teken", kring, verslag=verslag.pk)
    typed = client.get(sign).context["form"].initial
    patient = verslag.dossier.patient
    patient.naam = "Anders Geheten"
    patient.save()
    response = client.post(sign, typed, follow=True)
    page = response.content.decode()
    assert not verslag.versies.exists()
    assert "intussen gewijzigd" in page
    assert "Anders Geheten" in page
    client.post(sign, response.context["form"].initial)
    assert verslag.versies.get().inhoud["patient"]["naam"] == "Anders Geheten"


def test_correction_asks_for_a_reason(client, kring, versie):
    verslag = versie.verslag
    verslag.refresh_from_db()
    client.post(
        url("bewerk", kring, verslag=verslag.pk), form_data(verslag, diagnose="Subluxatie.")
    )
    verslag.refresh_from_db()
    sign = url("teken", kring, verslag=verslag.pk)
    response = client.post(sign, {"versie": verslag.versie, "reden": ""})
    assert response.status_code == 422
    assert "waarom je het verslag verbetert" in response.content.decode()
    client.post(sign, {"versie": verslag.versie, "reden": "Foto nagekeken."})
    page = client.get(url("verslag", kring, verslag=verslag.pk)).content.decode()
    assert "Versie 2" in page
    assert "Foto nagekeken." in page
    assert "Ingetrokken op" in page
