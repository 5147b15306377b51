"""The answers over HTTP: questions, outcome, a second window."""

import json
import re
from datetime import date

import pytest
from django.urls import reverse

from kern.models import Logregel
from tests.triage.hulp import HTMX, answers, text_of
from triage import actions
from triage.models import Oproep


@pytest.fixture
def export(als, fg, kring):
    """Return the function that gives the access log as the functionaris takes it away."""

    def read() -> bytes:
        response = als(fg).get(reverse("kring:logboek_csv", kwargs={"kring": kring.slug}))
        return b"".join(response)

    return read


@pytest.mark.usefixtures("dienst")
class TestAntwoorden:
    def test_without_script_leads_back(self, client, url, oproep):
        response = client.post(url("antwoorden", oproep), answers(oproep, klachten=["avulsie"]))
        assert response.status_code == 302
        tekst = text_of(client.get(response["Location"]))
        assert "Bel nu de dienstdoende tandarts" in tekst
        assert "R-60" in tekst

    def test_with_htmx_brings_questions_and_outcome(self, client, url, oproep):
        response = client.post(
            url("antwoorden", oproep), answers(oproep, klachten=["pijn"]), headers=HTMX
        )
        tekst = text_of(response)
        assert response.status_code == 200
        assert 'id="vragen"' in tekst
        assert "Heeft u koorts?" in tekst
        assert 'id="uitkomst" hx-swap-oob="true"' in tekst
        assert "<html" not in tekst

    def test_only_questions_that_can_matter(self, client, url, oproep):
        response = client.post(
            url("antwoorden", oproep), answers(oproep, klachten=["avulsie"]), headers=HTMX
        )
        asked = {vraag.veld.name for vraag in response.context["vragen"]}
        assert asked == {"avulsie_bewaard", "avulsie_element"}
        assert not [vraag for vraag in response.context["vragen"] if vraag.staat == "open"]

    def test_digits_choose_no_complaint_while_a_number_is_asked(self, client, url, oproep):
        assert 'data-toets="5"' in text_of(client.get(url("oproep", oproep)))
        pain = {
            "klachten": ["pijn"],
            "koorts": "nee",
            "pijn_fors_of_acuut": "nee",
            "pijnstilling_ingenomen": "nee",
        }
        response = client.post(url("antwoorden", oproep), answers(oproep, **pain), headers=HTMX)
        first = next(box for box in response.context["vragen"] if box.staat == "open")
        assert (first.veld.name, first.getal) == ("nrs", "nu")
        for tekst in (text_of(response), text_of(client.get(url("oproep", oproep)))):
            keuze = tekst.split('id="klachtkeuze"')[1].split("</fieldset>")[0]
            assert 'value="nabloeding"' in keuze
            assert "data-toets" not in keuze
            assert 'data-getal="nu"' in tekst
        oproep.refresh_from_db()
        answered = answers(oproep, **pain, nrs="5")
        after = text_of(client.post(url("antwoorden", oproep), answered, headers=HTMX))
        assert 'data-toets="5"' in after
        assert 'data-getal="nu"' not in after

    def test_age_has_a_key_of_its_own_until_the_birth_date_is_known(self, client, url, oproep, by):
        client.post(url("antwoorden", oproep), answers(oproep, klachten=["pijn"]))
        page = text_of(client.get(url("oproep", oproep)))
        assert re.search(r'name="leeftijd_jaren"[^>]*data-toets="l"', page)
        actions.save_patient(oproep, gegevens={"geboortedatum": date(1984, 5, 17)}, by=by)
        page = text_of(client.get(url("oproep", oproep)))
        assert 'name="leeftijd_jaren"' not in page

    def test_card_is_final_once_no_answer_can_lower_it(self, client, url, oproep):
        bleeding = {"klachten": ["nabloeding"]}
        response = client.post(url("antwoorden", oproep), answers(oproep, **bleeding))
        card = client.get(response["Location"]).context["uitkomst"]
        assert (card.soort, card.titel) == ("open", "Nog 2 vragen")
        oproep.refresh_from_db()
        thinners = answers(oproep, **bleeding, antitrombotica="ja")
        response = client.post(url("antwoorden", oproep), thinners)
        card = client.get(response["Location"]).context["uitkomst"]
        assert (card.soort, card.titel) == ("verplicht", "Bel nu de dienstdoende tandarts")
        # The first aid that is read aloud may still change.
        assert (card.voorlopig, card.nog_open) == ("", "Nog 1 vraag")

    def test_hidden_answers_are_dropped(self, client, url, oproep):
        client.post(
            url("antwoorden", oproep), answers(oproep, klachten=["pijn"], nrs="9", koorts="nee")
        )
        client.post(
            url("antwoorden", oproep),
            answers(oproep, klachten=["ongemak"], nrs="9", oorzaak_ongeval="nee"),
        )
        oproep.refresh_from_db()
        assert oproep.antwoorden == {"klachten": ["ongemak"], "oorzaak_ongeval": False}

    def test_a_hidden_answer_is_nowhere_any_more(self, client, url, oproep, export):
        """U3: pain with NRS 9, then only discomfort; not in outcome, trace, row, page or export."""
        pain = {"klachten": ["pijn"], "koorts": "nee", "nrs": "9", "pijnstilling_ingenomen": "nee"}
        client.post(url("antwoorden", oproep), answers(oproep, **pain))
        oproep.refresh_from_db()
        assert oproep.antwoorden["nrs"] == 9
        assert "R-27" in [regel["id"] for regel in oproep.uitkomst["regels"]]
        # The window still sends what it no longer shows.
        data = answers(oproep, **{**pain, "klachten": ["ongemak"]}, oorzaak_ongeval="nee")
        response = client.post(url("antwoorden", oproep), data, headers=HTMX)
        row = Oproep.objects.filter(pk=oproep.pk).values().get()
        assert "nrs" not in row["antwoorden"]
        assert "nrs" not in json.dumps(row["uitkomst"])
        assert row["contact"] == "niet_nodig"
        assert "R-27" not in text_of(response)
        assert 'name="nrs"' not in text_of(client.get(url("oproep", oproep)))
        lines = Logregel.objects.filter(object_id=str(oproep.pk)).values()
        assert len(lines) >= 3
        assert not [line for line in lines if "nrs" in str(line).lower()]
        csv = export()
        assert str(oproep.pk).encode() in csv
        assert b"nrs" not in csv.lower()

    def test_wrong_number_never_hides_the_advice(self, client, url, oproep):
        response = client.post(
            url("antwoorden", oproep),
            answers(oproep, klachten=["avulsie"], ongeval_minuten_geleden="een uur"),
            headers=HTMX,
        )
        tekst = text_of(response)
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
        tekst = text_of(response)
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
