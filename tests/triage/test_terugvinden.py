"""Who is calling: patients alike and second calls, over HTTP."""

from datetime import timedelta

import pytest

from kern.models import Logregel
from tests import factories
from tests.triage.hulp import HTMX, answers, text_of
from triage.models import Patient


@pytest.mark.usefixtures("dienst")
class TestTerugvinden:
    @pytest.mark.parametrize("getypt", ["0612345678", "+31 6 12345678", "0031612345678"])
    def test_same_phone_however_it_is_typed(self, client, url, kring, oproep, getypt):
        known = factories.PatientFactory(kring=kring, naam="Bekende Patiënt")
        response = client.post(
            url("patient", oproep), answers(oproep, telefoon=getypt), headers=HTMX
        )
        assert "Bekende Patiënt" in text_of(response)
        line = Logregel.objects.get(gebeurtenis="patient.gevonden")
        assert line.patient_id == known.pk

    def test_same_name_and_birth_date(self, client, url, kring, oproep):
        factories.PatientFactory(kring=kring, naam="Zoë de Groot", telefoon="")
        response = client.post(
            url("patient", oproep),
            answers(oproep, naam="Z. Groot", geboortedatum="17-05-1984"),
            headers=HTMX,
        )
        assert "Zoë de Groot" in text_of(response)

    def test_second_call_is_an_alarm(self, client, url, kring, oproep):
        known = factories.PatientFactory(kring=kring)
        factories.OproepFactory(kring=kring, patient=known, nummer=900)
        response = client.post(
            url("patient", oproep), answers(oproep, telefoon="0612345678"), headers=HTMX
        )
        assert response.context["treffers"] == [{"patient": known, "recent": True}]
        assert "2e oproep" in text_of(response)

    def test_empty_fields_match_nobody(self, client, url, kring, oproep):
        factories.PatientFactory(kring=kring, telefoon="", bsn="")
        response = client.post(
            url("patient", oproep), answers(oproep, woonplaats="Utrecht"), headers=HTMX
        )
        assert response.context["treffers"] == []

    def test_other_kring_is_not_searched(self, client, url, oproep, andere_kring):
        factories.PatientFactory(kring=andere_kring, naam="Geheime Patiënt")
        response = client.post(
            url("patient", oproep), answers(oproep, telefoon="0612345678"), headers=HTMX
        )
        assert "Geheime Patiënt" not in text_of(response)

    def test_a_person_chooses(self, client, url, kring, oproep):
        known = factories.PatientFactory(kring=kring)
        Patient.objects.update(aangemaakt_op=oproep.aangenomen_op - timedelta(days=30))
        client.post(url("patient_kies", oproep), {"patient": str(known.pk)})
        oproep.refresh_from_db()
        assert oproep.patient == known
        # And may change their mind; the known patient keeps its data.
        client.post(url("patient_kies", oproep), {"patient": ""})
        oproep.refresh_from_db()
        assert oproep.patient != known
        assert Patient.objects.filter(pk=known.pk).exists()

    def test_patient_of_the_other_kring_is_a_404(self, client, url, oproep, andere_kring):
        other = factories.PatientFactory(kring=andere_kring)
        response = client.post(url("patient_kies", oproep), {"patient": str(other.pk)})
        assert response.status_code == 404
