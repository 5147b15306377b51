"""The call screen as it opens: a new call, the duty, the poll."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kern.models import Logregel
from tests.triage.hulp import HTMX, save, text_of
from triage import actions
from triage.models import Oproep


def one_time_form(client, url) -> dict[str, str]:
    """Return what the button of a freshly shown board posts."""
    [value] = re.findall(r'name="formulier" value="(\w+)"', text_of(client.get(url("bord"))))
    return {"formulier": value}


class TestNieuw:
    def test_leads_to_its_screen(self, client, url, kring):
        response = client.post(url("nieuw"))
        oproep = Oproep.objects.get(kring=kring)
        assert response.status_code == 302
        assert response["Location"] == url("oproep", oproep)
        assert "Kies eerst de klacht" in text_of(client.get(response["Location"]))

    def test_form_of_the_board_sent_twice_is_one_call(self, client, url, kring):
        """A tired thumb: the second press leads to the call of the first."""
        form = one_time_form(client, url)
        first, second = (client.post(url("nieuw"), form) for _ in range(2))
        call = Oproep.objects.get(kring=kring)
        assert first["Location"] == second["Location"] == url("oproep", call)
        assert Logregel.objects.filter(gebeurtenis="oproep.aangenomen").count() == 1

    def test_every_board_has_a_form_of_its_own(self, client, url, kring):
        for _ in range(2):
            client.post(url("nieuw"), one_time_form(client, url))
        assert Oproep.objects.filter(kring=kring).count() == 2

    def test_old_page_does_not_lead_into_a_conversation(self, client, url, kring, by):
        """Back to a board of an hour ago, and a new caller: never into the call of another."""
        form = one_time_form(client, url)
        client.post(url("nieuw"), form)
        save(Oproep.objects.get(kring=kring), by, klachten=["avulsie"])
        client.post(url("nieuw"), form)
        assert Oproep.objects.filter(kring=kring).count() == 2

    def test_nor_into_a_call_that_was_closed_empty(self, client, url, kring, by):
        form = one_time_form(client, url)
        client.post(url("nieuw"), form)
        actions.abort_oproep(Oproep.objects.get(kring=kring), reden="verkeerd", by=by)
        client.post(url("nieuw"), form)
        assert Oproep.objects.filter(kring=kring).count() == 2

    @pytest.mark.parametrize("formulier", ["", "x" * 4000, "\x00", "a\nb", "🦷"])
    def test_unreadable_form_starts_a_call_like_none(self, client, url, kring, formulier):
        for _ in range(2):
            assert client.post(url("nieuw"), {"formulier": formulier}).status_code == 302
        assert Oproep.objects.filter(kring=kring, formulier="").count() == 2

    def test_by_accident_can_be_thrown_away(self, client, url, oproep):
        response = client.post(url("weggooien", oproep))
        assert response["Location"] == url("bord")
        assert f"Oproep {oproep.nummer} is weggegooid." in text_of(client.get(response["Location"]))
        assert not Oproep.objects.exists()
        assert Logregel.objects.filter(gebeurtenis="oproep.weggegooid").count() == 1

    def test_with_an_answer_it_stays(self, client, url, gesproken):
        client.post(url("weggooien", gesproken))
        assert Oproep.objects.filter(pk=gesproken.pk).exists()


@pytest.mark.usefixtures("dienst")
class TestScherm:
    def test_who_to_call_is_on_it_before_anything_is_typed(self, client, url, oproep, dienst):
        tekst = text_of(client.get(url("oproep", oproep)))
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
        assert "Bel nu de achterwacht" in text_of(response)
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
        tekst = text_of(client.get(url("stand", oproep), headers=HTMX))
        assert 'id="dienst"' in tekst
        assert "<form id=" not in tekst
        assert 'id="conflict"' not in tekst

    def test_poll_tells_once_that_another_window_saved(self, client, url, oproep, by):
        window = {"versie": oproep.versie, "venster": "a" * 32}
        actions.save_antwoorden(oproep, antwoorden={}, omschrijving="van mij", by=by, **window)
        assert "Iemand anders" not in text_of(
            client.get(url("stand", oproep), window, headers=HTMX)
        )
        actions.save_antwoorden(
            oproep,
            antwoorden={},
            omschrijving="van de ander",
            versie=oproep.versie,
            venster="b" * 32,
            by=by,
        )
        news = text_of(client.get(url("stand", oproep), window, headers=HTMX))
        assert "Iemand anders heeft deze oproep intussen gewijzigd" in news
        assert f'name="gemeld" value="{oproep.versie}"' in news
        assert "Bewaar wat ik invulde" not in news
        window["gemeld"] = oproep.versie
        assert "Iemand anders" not in text_of(
            client.get(url("stand", oproep), window, headers=HTMX)
        )


def test_nobody_on_duty_says_so(client, url, oproep):
    assert "Er heeft nu niemand dienst" in text_of(client.get(url("oproep", oproep)))
