"""The decision of the dentist over the telephone: words that are obliged, the row that stays."""

from datetime import timedelta

import pytest

from tests.triage.hulp import HTMX, events, text_of
from triage import actions
from triage.models import Oproep, Tandartsbesluit, Termijn
from triage.overgangen import VeldGeweigerd


@pytest.fixture
def kind(oproep, dienst, tandarts, by):
    """A young child in severe pain, the dentist on the telephone."""
    born = (oproep.aangenomen_op - timedelta(days=5 * 366)).date()
    actions.save_patient(oproep, gegevens={"naam": "Kind", "geboortedatum": born}, by=by)
    answers = {"klachten": ["pijn"], "koorts": "nee", "pijn_fors_of_acuut": True}
    actions.save_antwoorden(
        oproep, antwoorden=answers, omschrijving="", versie=oproep.versie, by=by
    )
    actions.log_contactpoging(
        oproep, tandarts=tandarts, rol="dienstdoende", resultaat="gesproken", by=by
    )
    return oproep


@pytest.mark.parametrize("besluit", ["uitstel", "instructie"])
def test_child_that_is_not_seen_needs_grounds(client, url, kind, besluit):
    assert "zwaarwegende gronden" in text_of(client.get(url("oproep", kind)))
    data = {"besluit": besluit, "toelichting": "Morgen."}
    refused = client.post(url("besluit", kind), data, headers=HTMX)
    assert "Schrijf op waarom niet." in text_of(refused)
    assert "Morgen." in text_of(refused)
    assert Oproep.objects.get(pk=kind.pk).besluit == ""
    client.post(url("besluit", kind), data | {"zwaarwegende_gronden": "Kind is stabiel."})
    row = Tandartsbesluit.objects.get()
    assert (row.zwaarwegende_gronden, row.verschil) == ("Kind is stabiel.", "lager")
    assert "minder dan de triage vroeg" in text_of(client.get(url("oproep", kind)))


def test_appointment_after_the_norm_asks_why(client, url, avulsie, log, by):
    log("gesproken")
    late = avulsie.zien_voor + timedelta(minutes=30)
    with pytest.raises(VeldGeweigerd, match="later dan") as caught:
        actions.make_afspraak(avulsie, moment=late, by=by)
    assert caught.value.veld == "reden_later"
    avulsie.refresh_from_db()
    assert (avulsie.afspraak_om, Tandartsbesluit.objects.count()) == (None, 0)
    actions.make_afspraak(avulsie, moment=late, reden_later="Rijdt uit Zwolle.", by=by)
    row = Tandartsbesluit.objects.get()
    assert (row.reden_later, row.verschil, row.zien_voor) == (
        "Rijdt uit Zwolle.",
        "lager",
        avulsie.zien_voor,
    )
    assert "Rijdt uit Zwolle." in text_of(client.get(url("oproep", avulsie)))


def test_row_says_who_decided_who_typed_and_what_was_asked(avulsie, log, achterwacht, by):
    log("gesproken", van=achterwacht, rol="achterwacht")
    actions.record_besluit(avulsie, besluit="eerstehulp", toelichting="Naar het UMC.", by=by)
    row = Tandartsbesluit.objects.get()
    assert (row.tandarts, row.rol, row.zelf) == (achterwacht, "achterwacht", False)
    assert row.door_id == by.gebruiker_id
    assert (row.contact, row.moet_gezien, row.verschil) == ("verplicht", "ja", "gelijk")
    assert row.moment == Oproep.objects.get(pk=avulsie.pk).besluit_op


def test_every_decision_stays(avulsie, log, by):
    log("gesproken")
    for besluit in ("instructie", "eerstehulp"):
        actions.record_besluit(avulsie, besluit=besluit, toelichting="", by=by)
    rows = Tandartsbesluit.objects.values_list("besluit", "verschil")
    assert list(rows) == [("instructie", "lager"), ("eerstehulp", "gelijk")]
    assert Oproep.objects.get(pk=avulsie.pk).besluit == "eerstehulp"


@pytest.fixture
def bloedt(oproep, dienst, tandarts, by):
    answers = {"klachten": ["nabloeding"], "bloeding_ernst": "ernstig", "antitrombotica": "nee"}
    actions.save_antwoorden(oproep, antwoorden=answers, omschrijving="", versie=1, by=by)
    actions.log_contactpoging(
        oproep, tandarts=tandarts, rol="dienstdoende", resultaat="gesproken", by=by
    )
    actions.record_besluit(oproep, besluit="instructie", toelichting="Gaasje.", by=by)
    return Oproep.objects.get(pk=oproep.pk)


def running(oproep):
    rows = Termijn.objects.running().filter(oproep=oproep)
    return dict(rows.values_list("soort", "vervalt_op"))


def test_instruction_at_a_bleeding_starts_the_half_hour_and_the_hour_runs_on(bloedt):
    """P-010: two clocks."""
    assert bloedt.status == "terugbellen"
    assert bloedt.terugbellen_om == bloedt.besluit_op + timedelta(minutes=30)
    assert bloedt.zien_voor == bloedt.aangenomen_op + timedelta(minutes=60)
    assert running(bloedt) == {"terugbellen": bloedt.terugbellen_om, "zien": bloedt.zien_voor}


def test_later_answers_do_not_move_the_clock_of_the_instruction(bloedt, by):
    before = bloedt.terugbellen_om
    answers = {**bloedt.antwoorden, "twijfel": True}
    actions.save_antwoorden(
        bloedt, antwoorden=answers, omschrijving="", versie=bloedt.versie, by=by
    )
    assert (bloedt.terugbellen_om, bloedt.status) == (before, "terugbellen")


def test_call_waits_for_the_patient_to_ring_back(bloedt, by):
    with pytest.raises(actions.AfrondenGeweigerd, match="terugbelmoment"):
        actions.close_oproep(bloedt, controles=[], by=by)


@pytest.fixture
def half_an_hour_later(bloedt):
    """Shift the call back in time, as if the half hour were over."""
    shift = timedelta(minutes=31)
    Oproep.objects.filter(pk=bloedt.pk).update(
        aangenomen_op=bloedt.aangenomen_op - shift,
        besluit_op=bloedt.besluit_op - shift,
        terugbellen_om=bloedt.terugbellen_om - shift,
        zien_voor=bloedt.zien_voor - shift,
    )
    return Oproep.objects.get(pk=bloedt.pk)


def ring_back(oproep, answer, by):
    answers = {**oproep.antwoorden, "verbetering_sinds_advies": answer}
    actions.save_antwoorden(
        oproep, antwoorden=answers, omschrijving="", versie=oproep.versie, by=by
    )


def test_bleeding_that_stopped_waits_for_nothing(half_an_hour_later, by):
    call = half_an_hour_later
    ring_back(call, "ja", by)
    assert (call.terugbellen_om, call.status) == (None, "open")
    assert "terugbellen" not in running(call)


def test_bleeding_that_goes_on_asks_for_the_dentist_again(half_an_hour_later, by):
    call = half_an_hour_later
    ring_back(call, "nee", by)
    assert call.contact == "verplicht"
    with pytest.raises(actions.AfrondenGeweigerd, match="Bel de tandarts opnieuw"):
        actions.close_oproep(call, controles=[], by=by)
    assert "zien" in running(call)


def test_a_double_press_is_one_decision(client, url, avulsie, log):
    log("gesproken")
    data = {"besluit": "instructie", "toelichting": "Koelen."}
    for _press in range(2):
        assert client.post(url("besluit", avulsie), data).status_code == 302
    assert avulsie.tandartsbesluiten.count() == 1
    assert events(avulsie).count("oproep.besluit_vastgelegd") == 1
    for words in ("Koelen en slapen.", "Koelen."):
        client.post(url("besluit", avulsie), data | {"toelichting": words})
    assert avulsie.tandartsbesluiten.count() == 3
