"""The screens of a running meeting: what the chair does, what a phone shows, what a poll costs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reglement import vergaderscherm
from reglement.actions import vergadering as acties
from reglement.models import Aanwezigheid

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _alone(monkeypatch):
    """The panels of other subjects have their own tests."""
    monkeypatch.setattr(vergaderscherm, "_DELEN", [])


@pytest.fixture
def url(kring):
    return lambda naam, row: reverse(
        f"reglement:{naam}", kwargs={"kring": kring.slug, "vergadering": row.pk}
    )


def test_a_whole_meeting_by_its_buttons(als, coordinator, url, leden, opgeroepen):
    rows = leden(3)
    row = opgeroepen("overig", "overig")
    client, adres = als(coordinator), url("leiden", row)

    def press(doe, **data):
        row.refresh_from_db()
        response = client.post(adres, {"doe": doe, "stap": row.stap} | data)
        assert response.status_code == 302, response.content.decode()
        row.refresh_from_db()

    press("binnen", deelnemer=rows[0].pk)
    press("open")
    press("binnen", deelnemer=rows[1].pk)
    een, twee = row.agendapunten.order_by("volgorde")
    press("punt", punt=een.pk)
    press("aantekening", punt=een.pk, aantekening="Goed plan.")
    press("klaar", punt=een.pk)
    press("punt", punt=twee.pk)
    press("weg", deelnemer=rows[0].pk)
    press("voorzitter", voorzitter=coordinator.pk)
    page = client.get(adres).content.decode()
    assert "2. Onderwerp 2" in page
    assert "te weinig: 2 nodig" in page
    asked = client.post(adres, {"doe": "sluit", "stap": row.stap}).content.decode()
    assert "Punt 2 is nog niet afgesloten" in asked
    assert "Punt 1 is nog niet" not in asked
    row.refresh_from_db()
    assert row.status == "open"
    press("sluit", zeker="ja")
    assert row.status == "gesloten"
    assert "Goed plan." in row.notulen.tekst


@pytest.mark.parametrize("voorzitter", ["", "x", "9" * 5_000, "-1"])
def test_an_odd_chair_is_a_sentence(*, als, coordinator, url, leden, lopend, voorzitter):
    leden(3)
    row = lopend("overig")
    data = {"doe": "voorzitter", "stap": row.stap, "voorzitter": voorzitter}
    response = als(coordinator).post(url("leiden", row), data)
    assert response.status_code == 422
    assert "Kies wie de vergadering verder leidt." in response.content.decode()


def test_an_old_page_is_refused_and_what_was_typed_stays(
    *, als, coordinator, url, leden, lopend, by
):
    leden(3)
    row = lopend("overig", "overig")
    een, twee = row.agendapunten.order_by("volgorde")
    old = row.stap
    acties.table_point(een, by=by)
    response = als(coordinator).post(
        url("leiden", row), {"doe": "punt", "stap": old, "punt": twee.pk, "aantekening": "Half"}
    )
    assert response.status_code == 422
    page = response.content.decode()
    assert "Intussen is er iets gebeurd" in page
    assert "Half" in page


def test_two_notes_at_one_point_never_overwrite_each_other(
    *, als, coordinator, url, leden, lopend, by
):
    leden(3)
    row = lopend()
    punt = acties.table_point(row.agendapunten.get(), by=by)
    acties.note_point(punt, aantekening="Van de eerste.", by=by)
    typed = {"doe": "aantekening", "punt": punt.pk, "was": "", "aantekening": "Van de tweede."}
    response = als(coordinator).post(url("leiden", row), typed)
    assert response.status_code == 422
    page = response.content.decode()
    assert "“Van de eerste.”" in page
    assert ">Van de tweede.</textarea>" in page
    als(coordinator).post(url("leiden", row), typed | {"was": "Van de eerste."})
    punt.refresh_from_db()
    assert punt.aantekening == "Van de tweede."


@pytest.mark.parametrize(
    "data",
    [{}, {"doe": "onzin"}, {"doe": "voorzitter", "voorzitter": "x"}, {"doe": "punt", "stap": "x"}],
)
def test_a_button_that_means_nothing_is_no_error_page(
    *, als, coordinator, url, leden, lopend, data
):
    leden(3)
    row = lopend()
    assert als(coordinator).post(url("leiden", row), data).status_code in (404, 422)


def test_only_the_chair_and_the_coordinator_lead(
    *, als, vertegenwoordiger, tandarts_gebruiker, url, leden, opgeroepen, by, kring
):
    leden(3)
    row = opgeroepen()
    assert als(vertegenwoordiger).get(url("leiden", row)).status_code == 404
    assert als(tandarts_gebruiker).get(url("leiden", row)).status_code == 403
    acties.appoint_chair(row, voorzitter=vertegenwoordiger, by=by)
    assert als(vertegenwoordiger).get(url("leiden", row)).status_code == 200
    assert als(vertegenwoordiger).post(url("leiden", row), {"doe": "open", "stap": 2})
    row.refresh_from_db()
    assert row.status == "open"


@pytest.mark.parametrize("naam", ["leiden", "zaal"])
def test_a_poll_without_news_is_a_304_and_cheap(*, als, coordinator, url, leden, lopend, by, naam):
    rows = leden(3)
    row = lopend()
    client = als(coordinator)
    fragment = url(f"{naam}_stand", row)
    tag = client.get(url(naam, row)).context["etag"]
    with CaptureQueriesContext(connection) as queries:
        assert client.get(fragment, headers={"If-None-Match": tag}).status_code == 304
    assert len([q for q in queries if '"reglement_' in q["sql"]]) == 1
    acties.arrive(row, deelnemer=rows[0], by=by)
    fresh = client.get(fragment, headers={"If-None-Match": tag})
    assert fresh.status_code == 200
    assert b'id="stand"' in fresh.content


def test_a_vertegenwoordiger_checks_in_and_leaves_for_the_own_practice(
    *, als, vertegenwoordiger, deelnemer, url, leden, lopend
):
    rows = leden(2)
    row = lopend()
    client = als(vertegenwoordiger)
    assert "Je staat nog niet als aanwezig" in client.get(url("zaal", row)).content.decode()
    assert client.post(url("zaal", row), {"deelnemer": deelnemer.pk}).status_code == 302
    assert Aanwezigheid.objects.get().gebruiker == vertegenwoordiger
    assert "is aanwezig sinds" in client.get(url("zaal", row)).content.decode()
    assert client.post(url("zaal", row), {"deelnemer": rows[0].pk}).status_code == 404
    afar = client.post(url("zaal", row), {"deelnemer": deelnemer.pk, "op_afstand": "ja"})
    assert afar.status_code == 422
    client.post(url("zaal", row), {"deelnemer": deelnemer.pk, "doe": "weg"})
    assert Aanwezigheid.objects.filter(soort="weg").count() == 1


def test_a_panel_stands_in_the_piece_and_makes_it_new(*, als, coordinator, url, leden, lopend):
    leden(3)
    row = lopend()
    state = ["a"]
    vergaderscherm.register(
        vergaderscherm.Deel(
            sleutel=lambda _row: state[0],
            context=lambda _request, _row, punt: {"vraag_van_paneel": f"punt {punt}"},
            voorzitter="reglement/vergadering/_stand.html",
        )
    )
    client = als(coordinator)
    response = client.get(url("leiden", row))
    assert response.context["vraag_van_paneel"] == "punt None"
    tag = response.context["etag"]
    poll = url("leiden_stand", row)
    assert client.get(poll, headers={"If-None-Match": tag}).status_code == 304
    state[0] = "b"
    assert client.get(poll, headers={"If-None-Match": tag}).status_code == 200


def test_minutes_from_draft_to_adopted_by_pages(
    *, als, coordinator, vertegenwoordiger, deelnemer, url, leden, lopend, by, kring
):
    leden(2)
    row = lopend()
    acties.arrive(row, deelnemer=deelnemer, by=by)
    acties.close_meeting(row, by=by)
    chair, member = als(coordinator), als(vertegenwoordiger)
    assert "worden nog geschreven" in member.get(url("notulen", row)).content.decode()
    typed = {"tekst": "Wat er gezegd is.", "gezien": 1}
    assert chair.post(url("notulen_schrijven", row), typed).status_code == 302
    clash = chair.post(url("notulen_schrijven", row), typed | {"tekst": "Van een ander."})
    assert clash.status_code == 422
    page = clash.content.decode()
    assert "Van een ander." in page
    assert "Wat er gezegd is." in page
    chair.post(url("notulen_voorleggen", row))
    assert "Kloppen de notulen" in member.get(url("notulen", row)).content.decode()
    antwoord = reverse(
        "reglement:notulen_antwoord",
        kwargs={"kring": kring.slug, "vergadering": row.pk, "deelnemer": deelnemer.pk},
    )
    assert member.post(antwoord, {"akkoord": "nee"}).status_code == 422
    assert member.post(antwoord, {"akkoord": "ja"}).status_code == 302
    assert member.post(url("notulen_vaststellen", row)).status_code == 403
    assert chair.post(url("notulen_vaststellen", row)).status_code == 302
    assert "vastgesteld" in chair.get(url("notulen", row)).content.decode()


def test_no_minutes_for_who_does_not_decide(*, als, tandarts_gebruiker, url, leden, lopend, by):
    leden(2)
    row = acties.close_meeting(lopend(), by=by)
    for naam in ("notulen", "notulen_pdf"):
        assert als(tandarts_gebruiker).get(url(naam, row)).status_code == 403
