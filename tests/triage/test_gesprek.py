"""What the call screen says and asks: sentences, referral, the ladder, the closing."""

import re

import pytest

from tests import factories
from tests.triage.hulp import HTMX, complete, save, text_of
from triage import actions, afronding, redenen
from triage import protocol_teksten as teksten
from triage.gespreksteksten import AGRESSIE, ANTWOORD_IN_ZIN, KLACHT_IN_ZIN
from triage.intake import facts_of
from triage.models import Agressiestap, Oproep
from triage.protocol.feiten import KEUZES
from triage.scherm.script import summary

BLOEDT = {"klachten": ["nabloeding"], "bloeding_ernst": "onbekend"}


class TestScript:
    def test_begins_with_who_we_are_and_the_recording(self, client, url, oproep):
        script = client.get(url("oproep", oproep)).context["script"]
        assert "opgenomen" in script.zinnen[0]
        assert script.zinnen[1].startswith("Wat is de reden")

    def test_first_aid_comes_before_more_talk(self, client, url, oproep, by):
        save(oproep, by, klachten=["avulsie"])
        assert client.get(url("oproep", oproep)).context["script"].kop == "Nu meteen"

    def test_asks_for_worries_while_questions_are_open(self, client, url, oproep, by):
        save(oproep, by, klachten=["pijn"])
        script = client.get(url("oproep", oproep)).context["script"]
        assert script.zinnen[-1] == "Waarover maakt u zich zorgen?"

    def test_summary_says_back_what_was_answered(self, oproep, by):
        save(oproep, by, klachten=["pijn"], koorts="nee", nrs=0, pijn_fors_of_acuut=False)
        assert summary(facts_of(oproep)) == (
            "Heb ik goed begrepen dat het gaat om pijn: zonder koorts, pijncijfer 0?"
        )

    def test_summary_of_two_complaints(self, oproep, by):
        save(oproep, by, klachten=["dikke_wang", "pijn"])
        assert "een dikke wang en pijn" in summary(facts_of(oproep))

    def test_every_complaint_and_every_word_is_known(self):
        assert set(KLACHT_IN_ZIN) == set(teksten.KLACHTEN)
        for veld, antwoord in ANTWOORD_IN_ZIN:
            assert isinstance(antwoord, bool) or antwoord in KEUZES[veld], veld
        assert list(AGRESSIE) == Agressiestap.Stap.values


class TestOphogen:
    @pytest.fixture
    def mild(self, oproep, by):
        save(oproep, by, klachten=["ongemak"], oorzaak_ongeval=False)
        return oproep

    def test_one_key_and_a_reason(self, client, url, mild):
        page = text_of(client.get(url("oproep", mild)))
        assert 'data-toets="h"' in page
        answer = client.post(url("ophogen", mild), {"reden": "niet_pluis"}, headers=HTMX)
        assert "Bel nu de dienstdoende tandarts" in text_of(answer)
        assert "ik vertrouw het niet" in text_of(answer)
        mild.refresh_from_db()
        assert mild.contact == "verplicht"

    def test_without_script_it_leads_back_to_the_page(self, client, url, mild):
        answer = client.post(url("ophogen", mild), {"reden": "kwetsbaar"})
        assert answer.status_code == 302
        assert Oproep.objects.get(pk=mild.pk).ophoogreden == "kwetsbaar"

    @pytest.mark.parametrize("data", [{}, {"reden": "x"}, {"reden": "anders"}, {"reden": "\0"}])
    def test_a_broken_form_says_what_to_do(self, client, url, mild, data):
        answer = client.post(url("ophogen", mild), data)
        assert answer.status_code == 422
        assert "de tandarts toch wilt bellen" in text_of(answer)
        assert Oproep.objects.get(pk=mild.pk).opgehoogd_naar == ""

    def test_what_was_typed_stays(self, client, url, mild):
        text = "Zegt dat ze zo een vlucht heeft. " * 12
        answer = client.post(url("ophogen", mild), {"reden": "anders", "toelichting": text})
        assert answer.status_code == 422
        assert text.strip() in text_of(answer)

    def test_back_is_offered_to_who_did_it_only(self, client, als, url, mild, by):
        actions.raise_oproep(mild, reden="niet_pluis", by=by)
        assert "Ophogen terugnemen" in text_of(client.get(url("oproep", mild)))
        colleague = als(factories.LidmaatschapFactory(kring=mild.kring).gebruiker)
        assert "Ophogen terugnemen" not in text_of(colleague.get(url("oproep", mild)))
        answer = colleague.post(url("ophogen_terug", mild), {"reden": "Valt mee."})
        assert answer.status_code == 422
        client.post(url("ophogen_terug", mild), {"reden": "Verkeerde oproep."})
        assert Oproep.objects.get(pk=mild.pk).contact == "niet_nodig"

    @pytest.mark.parametrize("route", ["ophogen", "ophogen_terug", "agressie"])
    def test_who_may_not(self, als, url, request, mild, route):
        coordinator, vreemde = map(request.getfixturevalue, ("coordinator", "vreemde"))
        data = {"reden": "niet_pluis", "stap": "kalmeren"}
        assert als(coordinator).post(url(route, mild), data).status_code == 403
        assert als(vreemde).post(url(route, mild), data).status_code == 404
        assert als(vreemde).post(url(route, mild, slug="maas"), data).status_code == 404
        assert Oproep.objects.get(pk=mild.pk).opgehoogd_naar == ""


class TestLadder:
    def test_steps_have_their_key_their_sentence_and_their_time(self, client, url, oproep):
        answer = client.post(url("agressie", oproep), {"stap": "kalmeren"}, headers=HTMX)
        ladder = answer.context["ladder"]
        assert [trede.toets for trede in ladder] == ["1", "2", "3", "4", "5"]
        assert [trede.stap for trede in ladder if trede.gedaan] == ["kalmeren"]
        assert [trede.stap for trede in ladder if trede.is_volgende] == ["benoemen"]
        assert "Zoals u nu tegen mij praat" in text_of(answer)

    def test_the_police_is_never_the_next_step(self, client, url, oproep):
        answer = client.post(url("agressie", oproep), {"stap": "verbreken"}, headers=HTMX)
        assert not any(trede.is_volgende for trede in answer.context["ladder"])

    @pytest.mark.parametrize("stap", ["", "schreeuwen", "\0"])
    def test_a_step_that_does_not_exist(self, client, url, oproep, stap):
        answer = client.post(url("agressie", oproep), {"stap": stap})
        assert answer.status_code == 422
        assert "Kies welke stap" in text_of(answer)
        assert not Agressiestap.objects.exists()


class TestVerwijzing:
    def test_nothing_points_there(self, client, url, oproep, by):
        save(oproep, by, klachten=["avulsie"])
        assert client.get(url("oproep", oproep)).context["verwijzing"] is None

    def test_a_rule_points_there(self, client, url, kring, oproep, by):
        factories.VerwijsadresFactory(kring=kring, naam="Ziekenhuis De Vecht")
        factories.VerwijsadresFactory(kring=kring, naam="Gesloten", actief=False)
        factories.VerwijsadresFactory(kring=kring, naam="De post", soort="huisartsenpost")
        save(oproep, by, **BLOEDT)
        page = text_of(client.get(url("oproep", oproep)))
        assert "Ziekenhuis De Vecht" in page
        assert "Gesloten" not in page
        assert "De post" not in page
        assert "112" in page

    def test_the_decision_reads_it_aloud(self, client, url, oproep, by, tandarts):
        factories.VerwijsadresFactory(kring=oproep.kring, naam="Ziekenhuis De Vecht")
        save(oproep, by, **BLOEDT)
        actions.log_contactpoging(
            oproep, tandarts=tandarts, rol="dienstdoende", resultaat="gesproken", by=by
        )
        actions.record_besluit(oproep, besluit="eerstehulp", toelichting="", by=by)
        page = text_of(client.get(url("oproep", oproep)))
        assert "U gaat naar Ziekenhuis De Vecht, Ziekenhuislaan 1, Utrecht." in page
        assert "030-2345670" in page

    def test_another_kring_has_its_own(self, client, url, andere_kring, oproep, by):
        factories.VerwijsadresFactory(kring=andere_kring, naam="Ziekenhuis aan de Maas")
        save(oproep, by, **BLOEDT)
        page = text_of(client.get(url("oproep", oproep)))
        assert "aan de Maas" not in page
        assert "nog geen adres ingevuld" in page


class TestAfronden:
    def test_every_reason_leads_to_a_field(self):
        faults = set(teksten.FOUTEN) - {"te_veel_tussenschakels"}
        assert set(redenen.VELD_BIJ) == faults

    def test_the_links_lead_somewhere(self, client, url, oproep, by):
        save(oproep, by, klachten=["pijn", "avulsie"], pijnstilling_ingenomen="ja")
        answer = client.post(url("afronden", oproep), {})
        assert answer.status_code == 422
        page = text_of(answer)
        links = re.findall(r'<li><a href="#(\w+)">', page)
        assert len(links) >= 8
        missing = [link for link in links if f'id="{link}"' not in page]
        assert missing == []

    def test_a_reason_from_the_list_by_one_key(self, client, url, oproep, by):
        save(oproep, by, klachten=["ongemak"], oorzaak_ongeval=False, opname_gemeld=True)
        complete(oproep, by, heeft_eigen_tandarts="nee")
        page = text_of(client.get(url("oproep", oproep)))
        assert 'value="wil_niet"' in page
        data = {"controles": [key for key, _text in afronding.CONTROLES]}
        refused = client.post(url("afronden", oproep), data | {"reden_geen_contact": "anders"})
        assert refused.status_code == 422
        client.post(url("afronden", oproep), data | {"reden_geen_contact": "wil_niet"})
        oproep.refresh_from_db()
        assert (oproep.status, oproep.reden_geen_contact) == ("afgerond", "wil_niet")

    def test_a_question_that_nobody_asked_is_counted_on_the_screen(self, client, url, oproep, by):
        save(oproep, by, klachten=["avulsie"])
        count = len(afronding.not_asked(oproep))
        assert f"{count} vragen niet gevraagd" in text_of(client.get(url("oproep", oproep)))
        save(oproep, by, klachten=["avulsie"], verloop="gelijk")
        assert len(afronding.not_asked(oproep)) == count - 1


def test_every_question_says_what_it_can_bring_about(client, url, oproep, by):
    save(oproep, by, klachten=["pijn", "nabloeding", "avulsie", "ongemak"])
    page = client.get(url("oproep", oproep))
    boxes = [*page.context["vragen"], *page.context["vrije_vragen"], *page.context["rand"]]
    assert len(boxes) > 15
    assert all(box.bron.paragraaf for box in boxes)
    assert "Koorts samen met pijn" in text_of(page)
