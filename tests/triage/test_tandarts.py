"""The dentist over HTTP: attempts, decision, appointment, closing."""

from datetime import timedelta

import pytest

from kern.tijd import to_local
from tests import factories
from tests.triage.hulp import HTMX, answers, text_of
from triage import actions
from triage.models import Oproep, Patient


@pytest.mark.usefixtures("dienst")
class TestTandarts:
    def test_attempt(self, client, url, oproep, tandarts):
        data = {"tandarts": str(tandarts.pk), "rol": "dienstdoende", "resultaat": "gesproken"}
        assert client.post(url("contactpoging", oproep), data).status_code == 302
        oproep.refresh_from_db()
        assert oproep.behandelaar == tandarts

    def test_attempt_with_htmx_brings_the_decision_form(self, client, url, oproep, tandarts):
        data = {"tandarts": str(tandarts.pk), "rol": "dienstdoende", "resultaat": "gesproken"}
        tekst = text_of(client.post(url("contactpoging", oproep), data, headers=HTMX))
        assert "Besluit van de tandarts" in tekst
        assert "<html" not in tekst

    def test_dentist_of_the_other_kring_is_refused(self, client, url, oproep, andere_kring):
        other = factories.TandartsFactory(kring=andere_kring)
        data = {"tandarts": str(other.pk), "rol": "dienstdoende", "resultaat": "gesproken"}
        assert client.post(url("contactpoging", oproep), data).status_code == 422
        assert not oproep.contactpogingen.exists()

    def test_coming_needs_a_time(self, client, url, gesproken):
        response = client.post(url("besluit", gesproken), {"besluit": "zien", "moment": ""})
        assert response.status_code == 422
        assert "Vul in hoe laat de patiënt komt." in text_of(response)
        gesproken.refresh_from_db()
        assert gesproken.besluit == ""

    def test_coming_makes_the_appointment(self, client, url, gesproken):
        moment = to_local(gesproken.aangenomen_op + timedelta(minutes=30))
        data = {"besluit": "zien", "moment": f"{moment:%Y-%m-%dT%H:%M}", "betaling_gemeld": "on"}
        assert client.post(url("besluit", gesproken), data).status_code == 302
        gesproken.refresh_from_db()
        assert (gesproken.status, gesproken.betaling_gemeld) == ("afspraak", True)

    def test_card_says_what_is_to_be_done_once_the_dentist_was_spoken_to(
        self, client, url, gesproken
    ):
        before = client.get(url("oproep", gesproken)).context["uitkomst"]
        assert (before.soort, before.titel) == ("gesproken", "Gesproken: leg het besluit vast")
        moment = to_local(gesproken.aangenomen_op + timedelta(minutes=30))
        data = {"besluit": "zien", "moment": f"{moment:%Y-%m-%dT%H:%M}"}
        client.post(url("besluit", gesproken), data)
        response = client.get(url("oproep", gesproken))
        gesproken.refresh_from_db()
        naam = gesproken.behandelaar.naam
        assert response.context["uitkomst"].titel == f"Gesproken met {naam}, komt om {moment:%H:%M}"
        tekst = text_of(response)
        assert "Bel nu de dienstdoende tandarts" not in tekst
        # The term and the rules stay: they were the reason.
        assert f"gezien vóór {to_local(gesproken.zien_voor):%H:%M}" in tekst
        assert "R-60" in tekst

    def test_card_names_another_decision(self, client, url, gesproken):
        client.post(url("besluit", gesproken), {"besluit": "eerstehulp"})
        titel = client.get(url("oproep", gesproken)).context["uitkomst"].titel
        assert titel.endswith(": naar de eerste hulp")

    def test_appointment_in_the_past_undoes_the_decision_too(self, client, url, gesproken):
        data = {"besluit": "zien", "moment": "2020-01-01T10:00"}
        response = client.post(url("besluit", gesproken), data)
        assert response.status_code == 422
        assert "vóór het telefoontje" in text_of(response)
        gesproken.refresh_from_db()
        assert (gesproken.besluit, gesproken.status) == ("", "open")

    def test_closing_says_what_is_missing(self, client, url, gesproken):
        response = client.post(url("afronden", gesproken), {"controles": ["pijn"]})
        assert response.status_code == 422
        assert "Vul de naam van de patiënt in." in text_of(response)

    def test_call_that_was_broken_off(self, client, url, gesproken):
        assert "Gesprek afgebroken" in text_of(client.get(url("oproep", gesproken)))
        without = client.post(url("afbreken", gesproken), {})
        assert without.status_code == 422
        assert "Kies waarom het gesprek is afgebroken." in text_of(without)
        data = {"afbreekreden": "anders", "afbreek_toelichting": ""}
        unwritten = client.post(url("afbreken", gesproken), data, headers=HTMX)
        assert "Schrijf op waarom" in text_of(unwritten)
        response = client.post(url("afbreken", gesproken), {"afbreekreden": "opgehangen"})
        assert response["Location"] == url("bord")
        assert "is afgesloten als afgebroken" in text_of(client.get(url("bord")))
        shown = text_of(client.get(url("oproep", gesproken)))
        assert "Afgebroken op" in shown
        assert "beller hing op" in shown
        assert 'name="afbreekreden"' not in shown

    def test_call_that_was_broken_off_is_called_so_at_the_next_one(self, client, url, kring, by):
        known = Patient.objects.get(pk=factories.PatientFactory(kring=kring).pk)
        first, second = (actions.start_oproep(kring_id=kring.pk, by=by) for _ in range(2))
        for call in (first, second):
            actions.save_patient(call, patient=known, by=by)
        actions.abort_oproep(first, reden="opgehangen", by=by)
        response = client.get(url("oproep", second))
        [story] = response.context["eerder"]
        assert (story.oproep, story.gedaan) == (first, ["afgebroken"])
        assert f"Oproep {first.nummer}</a>" in text_of(response)

    def test_breaking_off_asks_about_the_dentist_who_was_not_spoken_to(self, client, url, oproep):
        client.post(url("antwoorden", oproep), answers(oproep, klachten=["avulsie"]))
        assert 'name="afbreek_tandarts"' in text_of(client.get(url("oproep", oproep)))
        refused = client.post(url("afbreken", oproep), {"afbreekreden": "opgehangen"})
        assert refused.status_code == 422
        assert "Spreek eerst de dienstdoende tandarts." in text_of(refused)
        data = {"afbreekreden": "opgehangen", "afbreek_tandarts": "ingelicht"}
        refused = client.post(url("afbreken", oproep), data)
        assert refused.status_code == 422
        assert "Leg het gesprek met de tandarts vast" in text_of(refused)
        oproep.refresh_from_db()
        assert oproep.status == "open"

    def test_closed_call_is_shown_but_not_changed(self, client, url, gesproken):
        Oproep.objects.filter(pk=gesproken.pk).update(
            status="afgerond", afgerond_op=gesproken.aangenomen_op
        )
        assert "Afgerond op" in text_of(client.get(url("oproep", gesproken)))
        response = client.post(url("antwoorden", gesproken), answers(gesproken, klachten=["pijn"]))
        assert response.status_code == 409
        assert "al afgerond" in text_of(response)
