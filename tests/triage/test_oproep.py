"""The call screen over HTTP: every door in good order, and for the wrong person."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kern.models import Logregel
from kern.tijd import to_local
from kring.models import EigenTandarts
from tests import factories
from triage import actions
from triage.models import Oproep, Patient

HTMX = {"HX-Request": "true"}


def _text(response):
    return response.content.decode()


def _answers(oproep, **kwargs):
    return {"versie": oproep.versie, "venster": "a" * 32, **kwargs}


@pytest.fixture
def gesproken(oproep, tandarts, by):
    actions.save_antwoorden(
        oproep, antwoorden={"klachten": ["avulsie"]}, omschrijving="", versie=1, by=by
    )
    actions.log_contactpoging(
        oproep, tandarts=tandarts, rol="dienstdoende", resultaat="gesproken", by=by
    )
    return oproep


class TestNieuw:
    def test_leads_to_its_screen(self, client, url, kring):
        response = client.post(url("nieuw"))
        oproep = Oproep.objects.get(kring=kring)
        assert response.status_code == 302
        assert response["Location"] == url("oproep", oproep)
        assert "Kies eerst de klacht" in _text(client.get(response["Location"]))

    def test_by_accident_can_be_thrown_away(self, client, url, oproep):
        response = client.post(url("weggooien", oproep))
        assert response["Location"] == url("bord")
        assert f"Oproep {oproep.nummer} is weggegooid." in _text(client.get(response["Location"]))
        assert not Oproep.objects.exists()
        assert Logregel.objects.filter(gebeurtenis="oproep.weggegooid").count() == 1

    def test_with_an_answer_it_stays(self, client, url, gesproken):
        client.post(url("weggooien", gesproken))
        assert Oproep.objects.filter(pk=gesproken.pk).exists()


@pytest.mark.usefixtures("dienst")
class TestScherm:
    def test_who_to_call_is_on_it_before_anything_is_typed(self, client, url, oproep, dienst):
        tekst = _text(client.get(url("oproep", oproep)))
        assert dienst.dienstdoende.naam in tekst
        assert "naam nog niet noemen" in tekst

    def test_is_logged_with_the_patient(self, client, url, oproep, by):
        patient = actions.save_patient(oproep, gegevens={"naam": "Jans"}, by=by)
        client.get(url("oproep", oproep))
        line = Logregel.objects.get(gebeurtenis="oproep.getoond")
        assert line.patient_id == patient.pk

    def test_two_misses_bring_the_backup(self, client, url, oproep, dienst, by):
        for _ in range(2):
            actions.log_contactpoging(
                oproep,
                tandarts=dienst.dienstdoende,
                rol="dienstdoende",
                resultaat="niet_bereikt",
                by=by,
            )
        response = client.get(url("oproep", oproep))
        assert "Bel nu de achterwacht" in _text(response)
        assert response.context["beurt"].tandarts == dienst.achterwacht

    def test_query_count_does_not_grow_with_the_attempts(self, client, url, oproep, dienst, by):
        def attempt():
            actions.log_contactpoging(
                oproep,
                tandarts=dienst.dienstdoende,
                rol="dienstdoende",
                resultaat="voicemail",
                by=by,
            )

        def count():
            with CaptureQueriesContext(connection) as captured:
                client.get(url("oproep", oproep))
            return len(captured)

        attempt()
        count()
        first = count()
        for _ in range(5):
            attempt()
        assert count() == first

    def test_poll_brings_duty_and_timers_only(self, client, url, oproep):
        tekst = _text(client.get(url("stand", oproep), headers=HTMX))
        assert 'id="dienst"' in tekst
        assert "<form id=" not in tekst
        assert 'id="conflict"' not in tekst

    def test_poll_tells_once_that_another_window_saved(self, client, url, oproep, by):
        window = {"versie": oproep.versie, "venster": "a" * 32}
        actions.save_antwoorden(oproep, antwoorden={}, omschrijving="van mij", by=by, **window)
        assert "Iemand anders" not in _text(client.get(url("stand", oproep), window, headers=HTMX))
        actions.save_antwoorden(
            oproep,
            antwoorden={},
            omschrijving="van de ander",
            versie=oproep.versie,
            venster="b" * 32,
            by=by,
        )
        news = _text(client.get(url("stand", oproep), window, headers=HTMX))
        assert "Iemand anders heeft deze oproep intussen gewijzigd" in news
        assert f'name="gemeld" value="{oproep.versie}"' in news
        assert "Bewaar wat ik invulde" not in news
        window["gemeld"] = oproep.versie
        assert "Iemand anders" not in _text(client.get(url("stand", oproep), window, headers=HTMX))


def test_nobody_on_duty_says_so(client, url, oproep):
    assert "Er heeft nu niemand dienst" in _text(client.get(url("oproep", oproep)))


@pytest.mark.usefixtures("dienst")
class TestAntwoorden:
    def test_without_script_leads_back(self, client, url, oproep):
        response = client.post(url("antwoorden", oproep), _answers(oproep, klachten=["avulsie"]))
        assert response.status_code == 302
        tekst = _text(client.get(response["Location"]))
        assert "Bel nu de dienstdoende tandarts" in tekst
        assert "R-60" in tekst

    def test_with_htmx_brings_questions_and_outcome(self, client, url, oproep):
        response = client.post(
            url("antwoorden", oproep), _answers(oproep, klachten=["pijn"]), headers=HTMX
        )
        tekst = _text(response)
        assert response.status_code == 200
        assert 'id="vragen"' in tekst
        assert "Heeft u koorts?" in tekst
        assert 'id="uitkomst" hx-swap-oob="true"' in tekst
        assert "<html" not in tekst

    def test_only_questions_that_can_matter(self, client, url, oproep):
        response = client.post(
            url("antwoorden", oproep), _answers(oproep, klachten=["avulsie"]), headers=HTMX
        )
        asked = {vraag.veld.name for vraag in response.context["vragen"]}
        assert asked == {"avulsie_bewaard", "avulsie_element"}
        assert not [vraag for vraag in response.context["vragen"] if vraag.staat == "open"]

    def test_digits_choose_no_complaint_while_a_number_is_asked(self, client, url, oproep):
        assert 'data-toets="5"' in _text(client.get(url("oproep", oproep)))
        pain = {
            "klachten": ["pijn"],
            "koorts": "nee",
            "pijn_fors_of_acuut": "nee",
            "pijnstilling_ingenomen": "nee",
        }
        response = client.post(url("antwoorden", oproep), _answers(oproep, **pain), headers=HTMX)
        first = next(box for box in response.context["vragen"] if box.staat == "open")
        assert (first.veld.name, first.getal) == ("nrs", "nu")
        for tekst in (_text(response), _text(client.get(url("oproep", oproep)))):
            keuze = tekst.split('id="klachtkeuze"')[1].split("</fieldset>")[0]
            assert 'value="nabloeding"' in keuze
            assert "data-toets" not in keuze
            assert 'data-getal="nu"' in tekst
        oproep.refresh_from_db()
        answered = _answers(oproep, **pain, nrs="5")
        after = _text(client.post(url("antwoorden", oproep), answered, headers=HTMX))
        assert 'data-toets="5"' in after
        assert 'data-getal="nu"' not in after

    def test_card_is_final_once_no_answer_can_lower_it(self, client, url, oproep):
        bleeding = {"klachten": ["nabloeding"]}
        response = client.post(url("antwoorden", oproep), _answers(oproep, **bleeding))
        card = client.get(response["Location"]).context["uitkomst"]
        assert (card.soort, card.titel) == ("open", "Nog 2 vragen")
        oproep.refresh_from_db()
        thinners = _answers(oproep, **bleeding, antitrombotica="ja")
        response = client.post(url("antwoorden", oproep), thinners)
        card = client.get(response["Location"]).context["uitkomst"]
        assert (card.soort, card.titel) == ("verplicht", "Bel nu de dienstdoende tandarts")
        # The first aid that is read aloud may still change.
        assert (card.voorlopig, card.nog_open) == ("", "Nog 1 vraag")

    def test_hidden_answers_are_dropped(self, client, url, oproep):
        client.post(
            url("antwoorden", oproep), _answers(oproep, klachten=["pijn"], nrs="9", koorts="nee")
        )
        client.post(
            url("antwoorden", oproep),
            _answers(oproep, klachten=["ongemak"], nrs="9", oorzaak_ongeval="nee"),
        )
        oproep.refresh_from_db()
        assert oproep.antwoorden == {"klachten": ["ongemak"], "oorzaak_ongeval": False}

    def test_wrong_number_never_hides_the_advice(self, client, url, oproep):
        response = client.post(
            url("antwoorden", oproep),
            _answers(oproep, klachten=["avulsie"], ongeval_minuten_geleden="een uur"),
            headers=HTMX,
        )
        tekst = _text(response)
        assert response.status_code == 200
        assert "Bel nu de dienstdoende tandarts" in tekst
        assert "Vul een heel getal in" in tekst
        assert "een uur" in tekst

    def test_other_window_gets_a_notice_with_both_values(self, client, url, oproep, by):
        actions.save_antwoorden(
            oproep,
            antwoorden={"klachten": ["pijn"], "koorts": "ja"},
            omschrijving="van de ander",
            versie=1,
            venster="b" * 32,
            by=by,
        )
        data = {"versie": 1, "venster": "a" * 32, "klachten": ["pijn"], "koorts": "nee"}
        response = client.post(url("antwoorden", oproep), data, headers=HTMX)
        tekst = _text(response)
        assert response["HX-Reswap"] == "none"
        assert "Iemand anders heeft deze oproep intussen gewijzigd" in tekst
        assert "van de ander" in tekst
        oproep.refresh_from_db()
        assert oproep.antwoorden["koorts"] == "ja"
        # Without a script the page comes back with the typed text; one button keeps it.
        page = client.post(url("antwoorden", oproep), data)
        assert page.status_code == 409
        client.post(url("antwoorden", oproep), {**data, "overschrijven": oproep.versie})
        oproep.refresh_from_db()
        assert oproep.antwoorden["koorts"] == "nee"


@pytest.mark.usefixtures("dienst")
class TestPatient:
    def test_valid_fields_are_saved_beside_a_wrong_one(self, client, url, oproep):
        data = _answers(oproep, naam="Jans", bsn="123456789", telefoon="06 12345678")
        response = client.post(url("patient", oproep), data)
        assert response.status_code == 422
        assert "BSN klopt niet" in _text(response)
        assert "123456789" in _text(response)
        patient = Patient.objects.get()
        assert (patient.naam, patient.telefoon, patient.bsn) == ("Jans", "+31612345678", "")

    def test_error_lands_at_its_field(self, client, url, oproep):
        response = client.post(
            url("patient", oproep), _answers(oproep, geboortedatum="31-02-1984"), headers=HTMX
        )
        tekst = _text(response)
        assert response.status_code == 200
        assert 'id="id_geboortedatum_error"' in tekst
        assert "Vul een datum in" in tekst

    def test_empty_form_makes_no_patient(self, client, url, oproep):
        client.post(url("patient", oproep), _answers(oproep, naam="", heeft_eigen_tandarts=""))
        assert not Patient.objects.exists()

    def test_birth_date_makes_it_a_child(self, client, url, oproep, by):
        actions.save_antwoorden(
            oproep, antwoorden={"klachten": ["pijn"]}, omschrijving="", versie=1, by=by
        )
        born = to_local(oproep.aangenomen_op).date() - timedelta(days=5 * 366)
        client.post(url("patient", oproep), _answers(oproep, geboortedatum=f"{born:%d-%m-%Y}"))
        oproep.refresh_from_db()
        assert "R-24" in [regel["id"] for regel in oproep.uitkomst["regels"]]

    def test_own_dentist_follows_the_choice(self, client, url, oproep, kring):
        own = factories.EigenTandartsFactory(kring=kring)
        client.post(
            url("patient", oproep),
            _answers(oproep, heeft_eigen_tandarts="onbekend", eigen_tandarts=str(own.pk)),
        )
        patient = Patient.objects.get()
        assert (patient.heeft_eigen_tandarts, patient.eigen_tandarts) == ("ja", own)
        client.post(
            url("patient", oproep),
            _answers(oproep, heeft_eigen_tandarts="nee", eigen_tandarts=str(own.pk)),
        )
        patient.refresh_from_db()
        assert (patient.heeft_eigen_tandarts, patient.eigen_tandarts) == ("nee", None)

    def test_own_dentist_of_the_other_kring_is_no_choice(self, client, url, oproep, andere_kring):
        other = factories.EigenTandartsFactory(kring=andere_kring, naam="Dr. Elders")
        response = client.post(
            url("patient", oproep), _answers(oproep, eigen_tandarts=str(other.pk))
        )
        assert response.status_code == 422
        assert "Dr. Elders" not in _text(response)
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
        assert "Er is al een eigen tandarts met dit e-mailadres." in _text(again)
        assert "Drs. De Wit" in _text(again)


@pytest.mark.usefixtures("dienst")
class TestTerugvinden:
    @pytest.mark.parametrize("getypt", ["0612345678", "+31 6 12345678", "0031612345678"])
    def test_same_phone_however_it_is_typed(self, client, url, kring, oproep, getypt):
        known = factories.PatientFactory(kring=kring, naam="Bekende Patiënt")
        response = client.post(
            url("patient", oproep), _answers(oproep, telefoon=getypt), headers=HTMX
        )
        assert "Bekende Patiënt" in _text(response)
        line = Logregel.objects.get(gebeurtenis="patient.gevonden")
        assert line.patient_id == known.pk

    def test_same_name_and_birth_date(self, client, url, kring, oproep):
        factories.PatientFactory(kring=kring, naam="Zoë de Groot", telefoon="")
        response = client.post(
            url("patient", oproep),
            _answers(oproep, naam="Z. Groot", geboortedatum="17-05-1984"),
            headers=HTMX,
        )
        assert "Zoë de Groot" in _text(response)

    def test_second_call_is_an_alarm(self, client, url, kring, oproep):
        known = factories.PatientFactory(kring=kring)
        factories.OproepFactory(kring=kring, patient=known, nummer=900)
        response = client.post(
            url("patient", oproep), _answers(oproep, telefoon="0612345678"), headers=HTMX
        )
        assert response.context["treffers"] == [{"patient": known, "recent": True}]
        assert "2e oproep" in _text(response)

    def test_empty_fields_match_nobody(self, client, url, kring, oproep):
        factories.PatientFactory(kring=kring, telefoon="", bsn="")
        response = client.post(
            url("patient", oproep), _answers(oproep, woonplaats="Utrecht"), headers=HTMX
        )
        assert response.context["treffers"] == []

    def test_other_kring_is_not_searched(self, client, url, oproep, andere_kring):
        factories.PatientFactory(kring=andere_kring, naam="Geheime Patiënt")
        response = client.post(
            url("patient", oproep), _answers(oproep, telefoon="0612345678"), headers=HTMX
        )
        assert "Geheime Patiënt" not in _text(response)

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


@pytest.mark.usefixtures("dienst")
class TestTandarts:
    def test_attempt(self, client, url, oproep, tandarts):
        data = {"tandarts": str(tandarts.pk), "rol": "dienstdoende", "resultaat": "gesproken"}
        assert client.post(url("contactpoging", oproep), data).status_code == 302
        oproep.refresh_from_db()
        assert oproep.behandelaar == tandarts

    def test_attempt_with_htmx_brings_the_decision_form(self, client, url, oproep, tandarts):
        data = {"tandarts": str(tandarts.pk), "rol": "dienstdoende", "resultaat": "gesproken"}
        tekst = _text(client.post(url("contactpoging", oproep), data, headers=HTMX))
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
        assert "Vul in hoe laat de patiënt komt." in _text(response)
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
        tekst = _text(response)
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
        assert "vóór het telefoontje" in _text(response)
        gesproken.refresh_from_db()
        assert (gesproken.besluit, gesproken.status) == ("", "open")

    def test_closing_says_what_is_missing(self, client, url, gesproken):
        response = client.post(url("afronden", gesproken), {"controles": ["pijn"]})
        assert response.status_code == 422
        assert "Vul de naam van de patiënt in." in _text(response)

    def test_call_that_was_broken_off(self, client, url, gesproken):
        assert "Gesprek afgebroken" in _text(client.get(url("oproep", gesproken)))
        without = client.post(url("afbreken", gesproken), {})
        assert without.status_code == 422
        assert "Kies waarom het gesprek is afgebroken." in _text(without)
        data = {"afbreekreden": "anders", "afbreek_toelichting": ""}
        unwritten = client.post(url("afbreken", gesproken), data, headers=HTMX)
        assert "Schrijf op waarom" in _text(unwritten)
        response = client.post(url("afbreken", gesproken), {"afbreekreden": "opgehangen"})
        assert response["Location"] == url("bord")
        assert "is afgesloten als afgebroken" in _text(client.get(url("bord")))
        shown = _text(client.get(url("oproep", gesproken)))
        assert "Afgebroken op" in shown
        assert "beller hing op" in shown
        assert 'name="afbreekreden"' not in shown

    def test_call_that_was_broken_off_is_called_so_at_the_next_one(self, client, url, kring, by):
        known = Patient.objects.get(pk=factories.PatientFactory(kring=kring).pk)
        first, second = (actions.start_oproep(kring_id=kring.pk, by=by) for _ in range(2))
        for call in (first, second):
            actions.save_patient(call, patient=known, by=by)
        actions.abort_oproep(first, reden="opgehangen", by=by)
        assert f"oproep {first.nummer}, afgebroken" in _text(client.get(url("oproep", second)))

    def test_breaking_off_asks_about_the_dentist_who_was_not_spoken_to(self, client, url, oproep):
        client.post(url("antwoorden", oproep), _answers(oproep, klachten=["avulsie"]))
        assert 'name="afbreek_tandarts"' in _text(client.get(url("oproep", oproep)))
        refused = client.post(url("afbreken", oproep), {"afbreekreden": "opgehangen"})
        assert refused.status_code == 422
        assert "Spreek eerst de dienstdoende tandarts." in _text(refused)
        data = {"afbreekreden": "opgehangen", "afbreek_tandarts": "ingelicht"}
        assert client.post(url("afbreken", oproep), data).status_code == 302
        assert "de tandarts weet ervan" in _text(client.get(url("oproep", oproep)))

    def test_closed_call_is_shown_but_not_changed(self, client, url, gesproken):
        Oproep.objects.filter(pk=gesproken.pk).update(
            status="afgerond", afgerond_op=gesproken.aangenomen_op
        )
        assert "Afgerond op" in _text(client.get(url("oproep", gesproken)))
        response = client.post(url("antwoorden", gesproken), _answers(gesproken, klachten=["pijn"]))
        assert response.status_code == 409
        assert "al afgerond" in _text(response)


DEUREN = [
    ("oproep", "get"),
    ("stand", "get"),
    ("antwoorden", "post"),
    ("patient", "post"),
    ("patient_kies", "post"),
    ("eigen_tandarts", "post"),
    ("contactpoging", "post"),
    ("besluit", "post"),
    ("afronden", "post"),
    ("afbreken", "post"),
    ("weggooien", "post"),
]


@pytest.mark.parametrize(("naam", "methode"), DEUREN)
class TestToegang:
    @pytest.mark.parametrize("wie", ["coordinator", "fg", "vertegenwoordiger", "beheerder"])
    def test_other_role_is_refused(self, naam, methode, wie, request):
        client = request.getfixturevalue("als")(request.getfixturevalue(wie))
        url, oproep = request.getfixturevalue("url"), request.getfixturevalue("oproep")
        assert getattr(client, methode)(url(naam, oproep)).status_code == 403

    def test_other_kring_is_a_404(self, client, url, naam, methode, andere_kring):
        other = factories.OproepFactory(kring=andere_kring)
        assert getattr(client, methode)(url(naam, other)).status_code == 404
        in_other = url(naam, other, slug=andere_kring.slug)
        assert getattr(client, methode)(in_other).status_code == 404

    def test_unknown_call_is_a_404(self, client, url, oproep, naam, methode):
        unknown = Oproep(pk=uuid.uuid4())
        assert getattr(client, methode)(url(naam, unknown)).status_code == 404

    def test_anonymous_goes_to_the_login(self, als, url, oproep, naam, methode):
        response = getattr(als(), methode)(url(naam, oproep))
        assert response.status_code == 302
        assert "/aanmelden/" in response["Location"]
