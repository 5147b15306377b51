"""Who is calling: the story of the earlier calls, and the alarm of a second one (U9)."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kern.models import Logregel
from kern.velden import phone_prefix
from tests import factories
from tests.triage.hulp import HTMX, answers, text_of
from triage import actions
from triage.models import Oproep
from triage.protocol_teksten import CONTACT, URGENTIE

NUMMER = "+31687654321"
PIJN = {"klachten": ["pijn"], "koorts": "nee", "pijnstilling_ingenomen": "nee", "nrs": 4}


@pytest.fixture
def eerdere(kring, by):
    """Return a function that takes an earlier call of an anonymous caller from `NUMMER`."""

    def build(minuten=60, telefoon=NUMMER, **antwoorden):
        oproep = actions.start_oproep(kring_id=kring.pk, by=by, telefoon=telefoon)
        Oproep.objects.filter(pk=oproep.pk).update(
            aangenomen_op=oproep.aangenomen_op - timedelta(minutes=minuten)
        )
        oproep.refresh_from_db()
        actions.save_antwoorden(
            oproep, antwoorden=antwoorden or PIJN, omschrijving="", versie=1, by=by
        )
        return oproep

    return build


@pytest.fixture
def typ(client, url, kring, by):
    """Return a function that types in the patient form of a new call and gives the stories."""

    def post(**velden):
        oproep = actions.start_oproep(kring_id=kring.pk, by=by)
        response = client.post(url("patient", oproep), answers(oproep, **velden), headers=HTMX)
        return response.context["eerder"], text_of(response)

    return post


@pytest.mark.parametrize(
    ("getypt", "begin"),
    [
        ("068765", "+3168765"),
        ("06-8765 4321", "+31687654321"),
        ("+31 6 8765", "+3168765"),
        ("+31 (0)6 8765", "+3168765"),
        ("0031 6 8765", "+3168765"),
        ("+310687654", "+31687654"),
        ("030 2345", "+31302345"),
        ("+49 151 23", "+4915123"),
        ("06876", ""),
        ("0031 6", ""),
        ("687654321", ""),
        ("bel maar", ""),
        ("06 8765 abc", ""),
        ("", ""),
    ],
)
def test_number_that_is_still_being_typed(getypt, begin):
    assert phone_prefix(getypt) == begin


@pytest.mark.usefixtures("dienst")
class TestVerhaal:
    @pytest.mark.parametrize("getypt", ["068765", "+31 6 8765", "0031687654321", "06 87654321"])
    def test_anonymous_caller_is_known_by_the_number(self, eerdere, typ, getypt):
        first = eerdere()
        [story], text = typ(telefoon=getypt)
        assert (story.oproep, story.waarom) == (first, "zelfde nummer")
        assert "2e oproep" in text

    def test_tells_complaint_outcome_advice_and_what_was_done(self, eerdere, typ, tandarts, by):
        first = eerdere()
        actions.log_contactpoging(
            first, tandarts=tandarts, rol="dienstdoende", resultaat="gesproken", by=by
        )
        actions.record_besluit(first, besluit="instructie", toelichting="", by=by)
        [story], text = typ(telefoon=NUMMER)
        assert story.klacht == "Pijn"
        assert story.uitkomst == f"{CONTACT[first.contact]} · {URGENTIE[first.urgentie]}"
        assert tandarts.naam in story.gedaan[0]
        assert "gesproken" in story.gedaan[0]
        assert story.gedaan[1] == "Besluit: telefonische instructie"
        assert story.adviezen
        assert story.adviezen[0] in text

    def test_open_call_back_is_told_with_its_clock(self, eerdere, typ):
        first = eerdere(minuten=70)
        [story], text = typ(telefoon=NUMMER)
        assert story.terugbellen == first.terugbellen_om
        assert "Terugbellen" in text

    def test_same_bsn(self, eerdere, typ, by):
        first = eerdere(telefoon="")
        actions.save_patient(first, gegevens={"naam": "Jans", "bsn": "111222333"}, by=by)
        [story], _text = typ(bsn="111222333")
        assert (story.oproep, story.waarom) == (first, "zelfde BSN")

    def test_same_name_and_birth_date(self, eerdere, typ, by):
        first = eerdere(telefoon="")
        born = date(1984, 5, 17)
        actions.save_patient(first, gegevens={"naam": "Zoë de Groot", "geboortedatum": born}, by=by)
        [story], _text = typ(naam="Z. Groot", geboortedatum="17-05-1984")
        assert (story.oproep, story.waarom) == (first, "zelfde naam en geboortedatum")

    @pytest.mark.parametrize(
        "velden",
        [
            {"woonplaats": "Utrecht"},
            {"telefoon": "06876"},
            {"naam": "Groot"},
            {"telefoon": "", "bsn": "", "naam": "", "geboortedatum": ""},
        ],
    )
    def test_too_little_is_no_alarm(self, eerdere, typ, by, velden):
        actions.save_patient(eerdere(), gegevens={"naam": "Zoë de Groot"}, by=by)
        eerdere(telefoon="")
        stories, text = typ(**velden)
        assert stories == []
        assert "2e oproep" not in text

    def test_after_four_days_it_is_another_story(self, eerdere, typ, by):
        old = eerdere(minuten=96 * 60 + 5)
        Oproep.objects.filter(pk=old.pk).update(status="afgerond", afgerond_op=old.aangenomen_op)
        assert typ(telefoon=NUMMER)[0] == []
        Oproep.objects.exclude(pk=old.pk).update(telefoon_beller="", patient=None)
        # But who still waits for a call-back is never forgotten.
        Oproep.objects.filter(pk=old.pk).update(status="terugbellen")
        assert [story.oproep for story in typ(telefoon=NUMMER)[0]] == [old]

    def test_other_kring_is_not_searched(self, typ, andere_kring):
        factories.OproepFactory(kring=andere_kring, telefoon_beller=NUMMER)
        assert typ(telefoon=NUMMER)[0] == []

    def test_every_story_is_a_line_in_the_log(self, eerdere, typ):
        first = eerdere()
        typ(telefoon=NUMMER)
        line = Logregel.objects.get(gebeurtenis="oproep.eerder_getoond")
        assert line.object_id == str(first.pk)

    def test_same_number_of_queries_for_one_and_for_four(self, eerdere, client, url, kring, by):
        def count(stories):
            oproep = actions.start_oproep(kring_id=kring.pk, by=by)
            data = answers(oproep, telefoon=NUMMER)
            with CaptureQueriesContext(connection) as captured:
                response = client.post(url("patient", oproep), data, headers=HTMX)
            assert len(response.context["eerder"]) == stories
            Oproep.objects.filter(pk=oproep.pk).update(telefoon_beller="", patient=None)
            return len(captured)

        eerdere()
        count(1)
        one = count(1)
        for minuten in (70, 80, 90):
            eerdere(minuten=minuten)
        assert count(4) == one


@pytest.mark.usefixtures("dienst")
class TestKoppelenOpHetScherm:
    def test_one_key_joins_and_the_question_appears(self, client, url, eerdere, oproep):
        first = eerdere(minuten=65)
        client.post(url("patient", oproep), answers(oproep, telefoon=NUMMER))
        page = text_of(client.get(url("oproep", oproep)))
        assert f'name="eerdere" value="{first.pk}" data-toets="z"' in page
        response = client.post(url("herhaling", oproep), {"eerdere": str(first.pk)})
        assert response["Location"] == url("oproep", oproep) + "#vragen"
        shown = client.get(url("oproep", oproep))
        box = shown.context["vragen"][0]
        assert (box.veld.name, box.toetsen) == ("verbetering_sinds_advies", "jneo")
        assert [vraag.toetsen for vraag in shown.context["vragen"][1:]].count("") == len(
            shown.context["vragen"][1:]
        )
        assert "Hoort hierbij:" in text_of(shown)
        oproep.refresh_from_db()
        data = answers(oproep, klachten=["pijn"], koorts="nee", verbetering_sinds_advies="nee")
        client.post(url("antwoorden", oproep), data)
        oproep.refresh_from_db()
        assert oproep.contact == "verplicht"
        assert {"R-22"} <= {regel["id"] for regel in oproep.uitkomst["regels"]}

    def test_can_be_taken_back(self, client, url, eerdere, oproep, by):
        actions.join_oproep(oproep, eerdere=eerdere(), by=by)
        client.post(url("herhaling", oproep), {"eerdere": ""})
        oproep.refresh_from_db()
        assert oproep.herhaling_van is None

    @pytest.mark.parametrize("keuze", ["geen-uuid", "a\x00b", "1"])
    def test_broken_choice_gets_a_sentence(self, client, url, oproep, keuze):
        response = client.post(url("herhaling", oproep), {"eerdere": keuze})
        assert "Deze oproep is niet gevonden." in text_of(client.get(response["Location"]))

    def test_refusal_gets_its_sentence(self, client, url, oproep):
        response = client.post(url("herhaling", oproep), {"eerdere": str(oproep.pk)})
        assert "Kies een oproep van vóór dit telefoontje." in text_of(
            client.get(response["Location"])
        )

    def test_call_of_the_other_kring_is_a_404(self, client, url, oproep, andere_kring):
        other = factories.OproepFactory(kring=andere_kring)
        response = client.post(url("herhaling", oproep), {"eerdere": str(other.pk)})
        assert response.status_code == 404
