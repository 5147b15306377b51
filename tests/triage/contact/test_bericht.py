"""The message to the dentist: what it says, when it goes, whom its page obeys."""

import json
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.conf import settings

from kern import crypto
from kern.models import Logregel, Zending
from kern.outbox import place_of
from tests import factories
from tests.triage.hulp import text_of
from triage import actions, scherm
from triage.models import Oproep, Tandartsbericht, Tandartsbesluit
from triage.overgangen import StapGeweigerd

BELDATA = {"rol": "dienstdoende"}


def content(zending) -> str:
    return crypto.unseal(bytes(zending.inhoud), place=place_of(zending)).decode()


class TestSturen:
    def test_says_the_number_and_the_link_and_nothing_of_the_patient(
        self, avulsie, bericht, page, tandarts, by
    ):
        sms = json.loads(content(bericht.sms))
        link = settings.ADRES + page(bericht)
        assert sms == {
            "telefoon": tandarts.telefoon,
            "tekst": f"Kring Vecht: oproep {avulsie.nummer} wacht op je. Open {link}",
        }
        mail = content(bericht.mail)
        assert f"To: {tandarts.gebruiker.email}" in mail
        assert str(bericht.pk) in mail.replace("=\r\n", "").replace("=\n", "")
        for secret in ("Tand", "avulsie", "patiënt"):
            assert secret not in sms["tekst"] + mail

    def test_the_key_of_the_screen(self, client, url, avulsie, tandarts):
        assert "Stuur bericht" in text_of(client.get(url("oproep", avulsie)))
        data = {**BELDATA, "tandarts": str(tandarts.pk), "formulier": "a" * 32}
        for _click in range(2):
            assert client.post(url("bericht_sturen", avulsie), data).status_code == 302
        assert Tandartsbericht.objects.count() == 1
        assert Zending.objects.count() == 2

    def test_goes_by_itself_after_a_miss_but_once(self, log, ledger):
        log("niet_bereikt")
        log("voicemail")
        row = Tandartsbericht.objects.get()
        assert row.door is None
        assert len(ledger()) == 2

    def test_does_not_go_by_itself_when_the_call_becomes_obligatory(self, avulsie):
        assert avulsie.contact == "verplicht"
        assert not Tandartsbericht.objects.exists()

    def test_a_newer_one_replaces_the_older(self, avulsie, bericht, by, als, page):
        tandarts = bericht.tandarts
        newer = actions.send_bericht(avulsie, tandarts=tandarts, rol="dienstdoende", by=by)
        bericht.refresh_from_db()
        assert bericht.vervangen_op is not None
        assert {z.status for z in (bericht.sms, bericht.mail)} == {"ingetrokken"}
        client = als(tandarts.gebruiker)
        assert client.get(page(bericht)).status_code == 410
        assert client.get(page(newer)).status_code == 200

    def test_who_cannot_open_it_gets_none(self, client, url, avulsie, tandarts, log):
        tandarts.gebruiker.lidmaatschappen.update(status="beeindigd")
        data = {**BELDATA, "tandarts": str(tandarts.pk)}
        response = client.post(url("bericht_sturen", avulsie), data)
        assert "kan hier niet inloggen" in text_of(response)
        log("niet_bereikt")
        assert not Tandartsbericht.objects.exists()

    def test_who_is_not_on_duty_gets_none(self, client, url, avulsie, kring):
        other = factories.TandartsFactory(kring=kring)
        data = {**BELDATA, "tandarts": str(other.pk)}
        assert "heeft nu geen dienst" in text_of(client.post(url("bericht_sturen", avulsie), data))
        assert not Tandartsbericht.objects.exists()

    def test_without_an_outcome_there_is_nothing_to_tell(self, oproep, dienst, tandarts, by):
        with pytest.raises(StapGeweigerd, match="Kies eerst de klacht"):
            actions.send_bericht(oproep, tandarts=tandarts, rol="dienstdoende", by=by)

    def test_message_and_outbox_fall_together(self, avulsie, tandarts, by, monkeypatch):
        def fail(*args, **kwargs):
            raise RuntimeError

        monkeypatch.setattr("triage.actions.bericht.record_step", fail)
        with pytest.raises(RuntimeError):
            actions.send_bericht(avulsie, tandarts=tandarts, rol="dienstdoende", by=by)
        assert not Tandartsbericht.objects.exists()
        assert not Zending.objects.exists()


class TestStaat:
    def state(self, oproep):
        return [row.staat for row in scherm.messages_of(oproep)]

    def test_from_queue_to_answer(self, bericht, als, page, by_dentist):
        avulsie = bericht.oproep
        assert self.state(avulsie) == ["klaar"]
        rows = Zending.objects.filter(pk__in=[bericht.sms_id, bericht.mail_id])
        rows.update(status="mislukt")
        assert self.state(avulsie) == ["mislukt"]
        rows.filter(soort="sms").update(status="verzonden", verzonden_op=bericht.verstuurd_op)
        assert self.state(avulsie) == ["verzonden"]
        als(bericht.tandarts.gebruiker).get(page(bericht))
        assert self.state(avulsie) == ["geopend"]
        actions.confirm_bericht(bericht, by=by_dentist)
        assert self.state(avulsie) == ["bevestigd"]
        actions.hand_over_bericht(bericht, reden="bezig", by=by_dentist)
        assert self.state(avulsie) == ["doorgegeven"]

    def test_opening_changes_no_row(self, bericht, als, page, tandarts):
        before = Tandartsbericht.objects.values().get()
        als(tandarts.gebruiker).get(page(bericht))
        assert Tandartsbericht.objects.values().get() == before
        lines = Logregel.objects.filter(object_id=str(bericht.pk))
        assert [line.gebeurtenis for line in lines] == ["bericht.geopend"]


class TestPagina:
    @pytest.fixture
    def telefoon(self, als, tandarts):
        return als(tandarts.gebruiker)

    @pytest.fixture
    def desk(self, client, url, avulsie):
        """Return what triage sees of the call and on the board, and what closing says."""
        return SimpleNamespace(
            call=lambda: text_of(client.get(url("oproep", avulsie))),
            board=lambda: text_of(client.get(url("bord"))),
            close=lambda: text_of(client.post(url("afronden", avulsie), {})),
        )

    @pytest.fixture
    def strangers(self, achterwacht, triagist, vreemde):
        return {achterwacht.gebruiker: 404, triagist: 403, vreemde: 404}

    def test_the_call_in_brief(self, telefoon, page, bericht, by):
        avulsie = bericht.oproep
        actions.save_patient(
            avulsie,
            gegevens={
                "naam": "Kees Kort",
                "telefoon": "+31687654321",
                "geboortedatum": date(2018, 1, 2),
            },
            by=by,
        )
        answers = {"klachten": ["nabloeding"], "antitrombotica": "ja", "agressie": "dreigend"}
        actions.save_antwoorden(
            avulsie, antwoorden=answers, omschrijving="Val.", versie=avulsie.versie, by=by
        )
        shown = text_of(telefoon.get(page(bericht)))
        for part in (
            "Kees Kort",
            "8 jaar",
            "tel:+31687654321",
            "Bloedverdunners",
            "ongepast",
            "Val.",
        ):
            assert part in shown, part

    def test_nobody_else_opens_it(self, als, page, bericht, strangers):
        found = {person: als(person).get(page(bericht)).status_code for person in strangers}
        assert found == strangers
        assert als().get(page(bericht)).status_code == 302

    def test_expired_shows_nothing_of_the_patient(self, telefoon, page, bericht, by):
        avulsie = bericht.oproep
        actions.save_patient(avulsie, gegevens={"naam": "Kees Kort"}, by=by)
        Tandartsbericht.objects.update(verloopt_op=bericht.verstuurd_op - timedelta(minutes=1))
        response = telefoon.get(page(bericht))
        assert response.status_code == 410
        assert "Kees" not in text_of(response)
        telefoon.post(page(bericht, "bericht_bevestigen"))
        assert Tandartsbericht.objects.get().bevestigd_op is None

    def test_confirming_is_shown_but_closes_nothing(self, telefoon, desk, page, ledger, bericht):
        response = telefoon.post(page(bericht, "bericht_bevestigen"), {"aanwezig_om": "23:15"})
        assert response["Location"] == page(bericht)
        shown = text_of(telefoon.get(response["Location"]))
        assert "Je bent er om 23:15." in shown
        # Said once, and it stays said.
        assert shown.count("Triage ziet het.") == 1
        telefoon.post(page(bericht, "bericht_bevestigen"), {"aanwezig_om": "23:15"})
        assert ledger() == [("dienstdoende", "bevestigd")]
        assert "Bevestigd, nog bellen" in desk.call()
        assert "Dienstdoende: bevestigd om" in desk.board()
        assert "Spreek eerst de dienstdoende tandarts." in desk.close()

    def test_wrong_time_keeps_what_was_typed(self, telefoon, page, bericht):
        response = telefoon.post(page(bericht, "bericht_bevestigen"), {"aanwezig_om": "straks"})
        assert response.status_code == 422
        assert "Vul een tijd in" in text_of(response)
        assert 'value="straks"' in text_of(response)

    def test_handing_over_tells_triage_and_the_next_one(
        self, telefoon, desk, page, bericht, achterwacht
    ):
        data = {"naar": str(achterwacht.pk), "reden": "bezig"}
        assert telefoon.post(page(bericht, "bericht_doorgeven"), data).status_code == 302
        next_one = Tandartsbericht.objects.get(tandarts=achterwacht)
        assert (next_one.rol, next_one.sms.soort) == ("achterwacht", "sms")
        shown = desk.call()
        assert "Bel nu de achterwacht" in shown
        assert "De dienstdoende heeft de oproep doorgegeven." in shown
        assert "Bel de achterwacht" in desk.board()
        again = telefoon.post(page(bericht, "bericht_doorgeven"), data)
        assert "al doorgegeven" in text_of(telefoon.get(again["Location"]))
        assert Tandartsbericht.objects.count() == 2

    def test_handing_over_needs_a_reason(self, telefoon, page, bericht):
        for data in ({}, {"reden": "anders"}):
            response = telefoon.post(page(bericht, "bericht_doorgeven"), data)
            assert response.status_code == 422
        assert "Schrijf op waarom" in text_of(response)
        assert Tandartsbericht.objects.get().doorgegeven_op is None

    def test_without_another_dentist_triage_gets_the_coordinator(
        self, telefoon, desk, page, bericht
    ):
        telefoon.post(page(bericht, "bericht_doorgeven"), {"naar": "", "reden": "onderweg"})
        assert "Bel nu de coördinator" in desk.call()

    def test_own_decision_counts_as_contact(self, telefoon, desk, page, ledger, bericht):
        data = {"besluit": "eerstehulp", "toelichting": "Naar het UMC."}
        assert telefoon.post(page(bericht, "bericht_besluit"), data).status_code == 302
        assert ledger() == [("dienstdoende", "zelf_beslist")]
        row = Tandartsbesluit.objects.get()
        tandarts = bericht.tandarts
        assert (row.zelf, row.tandarts, row.door) == (True, tandarts, tandarts.gebruiker)
        assert Oproep.objects.get(pk=bericht.oproep_id).behandelaar == tandarts
        shown = desk.call()
        assert "De tandarts besliste zelf" in shown
        assert "zelf ingevoerd" in shown
        assert "Spreek eerst" not in desk.close()

    def test_own_decision_pressed_twice_is_one(self, telefoon, page, bericht, ledger):
        data = {"besluit": "eerstehulp", "toelichting": "Naar het UMC."}
        for _press in range(2):
            assert telefoon.post(page(bericht, "bericht_besluit"), data).status_code == 302
        assert ledger() == [("dienstdoende", "zelf_beslist")]
        assert Tandartsbesluit.objects.count() == 1

    def test_own_decision_obeys_the_same_words(self, telefoon, page, bericht, ledger):
        data = {"besluit": "zien", "moment": "", "toelichting": "Kom maar."}
        response = telefoon.post(page(bericht, "bericht_besluit"), data)
        assert response.status_code == 422
        assert "Kom maar." in text_of(response)
        assert ledger() == []

    @pytest.fixture
    def spoken_meanwhile(self, bericht, log, achterwacht):
        log("gesproken", van=achterwacht, rol="achterwacht")
        return bericht

    def test_who_was_spoken_meanwhile_decides(self, telefoon, page, spoken_meanwhile, ledger):
        bericht = spoken_meanwhile
        data = {"besluit": "instructie"}
        response = telefoon.post(page(bericht, "bericht_besluit"), data)
        assert "heeft intussen" in text_of(telefoon.get(response["Location"]))
        assert ledger() == [("achterwacht", "gesproken")]
        assert not Tandartsbesluit.objects.exists()

    def test_closed_call_takes_no_answer(self, telefoon, page, bericht, ledger):
        avulsie = bericht.oproep
        Oproep.objects.filter(pk=avulsie.pk).update(
            status="afgerond", afgerond_op=avulsie.aangenomen_op
        )
        shown = text_of(telefoon.get(page(bericht)))
        assert "Deze oproep is afgerond." in shown
        assert "Ik bevestig" not in shown
        telefoon.post(page(bericht, "bericht_bevestigen"))
        assert ledger() == []
