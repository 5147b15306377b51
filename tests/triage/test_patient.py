"""The patient of a call over HTTP."""

from datetime import timedelta
from importlib import import_module

import pytest

from kern.tijd import to_local
from kring.models import EigenTandarts
from tests import factories
from tests.triage.hulp import HTMX, answers, text_of
from triage import actions
from triage.models import Oproep, Patient


@pytest.mark.usefixtures("dienst")
class TestPatient:
    def test_valid_fields_are_saved_beside_a_wrong_one(self, client, url, oproep):
        data = answers(oproep, naam="Jans", bsn="123456789", telefoon="06 12345678")
        response = client.post(url("patient", oproep), data)
        assert response.status_code == 422
        assert "BSN klopt niet" in text_of(response)
        assert "123456789" in text_of(response)
        patient = Patient.objects.get()
        assert (patient.naam, patient.telefoon, patient.bsn) == ("Jans", "+31612345678", "")

    def test_error_lands_at_its_field(self, client, url, oproep):
        response = client.post(
            url("patient", oproep), answers(oproep, geboortedatum="31-02-1984"), headers=HTMX
        )
        tekst = text_of(response)
        assert response.status_code == 200
        assert 'id="id_geboortedatum_error"' in tekst
        assert "Vul een datum in" in tekst

    def test_an_autosave_without_news_draws_one_moment(
        self, client, url, gesproken, monkeypatch, tandarts
    ):
        """The dentist was reached between the reading of the call and the drawing of it."""
        assert gesproken.behandelaar == tandarts
        before = Oproep.objects.select_related("patient").get(pk=gesproken.pk)
        before.behandelaar = None
        view = import_module("triage.views.patient")
        monkeypatch.setattr(view, "get_oproep", lambda pk: before)
        tekst = text_of(client.post(url("patient", gesproken), answers(gesproken), headers=HTMX))
        assert 'id="besluit"' in tekst

    def test_empty_form_makes_no_patient(self, client, url, oproep):
        client.post(url("patient", oproep), answers(oproep, naam="", heeft_eigen_tandarts=""))
        assert not Patient.objects.exists()

    def test_birth_date_makes_it_a_child(self, client, url, oproep, by):
        actions.save_antwoorden(
            oproep, antwoorden={"klachten": ["pijn"]}, omschrijving="", versie=1, by=by
        )
        born = to_local(oproep.aangenomen_op).date() - timedelta(days=5 * 366)
        client.post(url("patient", oproep), answers(oproep, geboortedatum=f"{born:%d-%m-%Y}"))
        oproep.refresh_from_db()
        assert "R-24" in [regel["id"] for regel in oproep.uitkomst["regels"]]

    def test_own_dentist_follows_the_choice(self, client, url, oproep, kring):
        own = factories.EigenTandartsFactory(kring=kring)
        client.post(
            url("patient", oproep),
            answers(oproep, heeft_eigen_tandarts="onbekend", eigen_tandarts=str(own.pk)),
        )
        patient = Patient.objects.get()
        assert (patient.heeft_eigen_tandarts, patient.eigen_tandarts) == ("ja", own)
        client.post(
            url("patient", oproep),
            answers(oproep, heeft_eigen_tandarts="nee", eigen_tandarts=str(own.pk)),
        )
        patient.refresh_from_db()
        assert (patient.heeft_eigen_tandarts, patient.eigen_tandarts) == ("nee", None)

    def test_own_dentist_of_the_other_kring_is_no_choice(self, client, url, oproep, andere_kring):
        other = factories.EigenTandartsFactory(kring=andere_kring, naam="Dr. Elders")
        response = client.post(
            url("patient", oproep), answers(oproep, eigen_tandarts=str(other.pk))
        )
        assert response.status_code == 422
        assert "Dr. Elders" not in text_of(response)
        assert not Patient.objects.filter(eigen_tandarts=other).exists()

    def test_new_own_dentist(self, client, url, oproep):
        data = {
            "et-naam": "Drs. De Wit",
            "et-praktijk": "Praktijk De Wit",
            "et-email": "praktijk@dewit.example",
            "et-telefoon": "06 87654321",
        }
        assert client.post(url("eigen_tandarts", oproep), data).status_code == 302
        assert Patient.objects.get().eigen_tandarts == EigenTandarts.objects.get()
        # The same address again: a sentence, and what was typed stays.
        again = client.post(url("eigen_tandarts", oproep), data)
        assert again.status_code == 422
        assert "Er is al een eigen tandarts met dit e-mailadres." in text_of(again)
        assert "Drs. De Wit" in text_of(again)
