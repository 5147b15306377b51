"""The screens of a vote: of the chair, of the voter on a phone, of who reads the result."""

import io
import re
import zipfile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kern.models import Logregel
from reglement.actions import stemmen as acties
from reglement.bundel import controleer_besluit as controle
from reglement.models import Belangverklaring, Besluit, Hoofdelijkestem, Stemming
from reglement.vergadering.verslaglegging import draft
from tests import factories
from tests.reglement.stemzaal import Stemzaal

INVULLING = {
    "vraag": "Komt er een tweede achterwacht?",
    "voorstel": "Er komt een tweede achterwacht in de zomer.",
}


@pytest.fixture
def zaal(kring):
    return Stemzaal(kring, leden=4)


def _url(naam, **kwargs):
    return reverse(f"reglement:{naam}", kwargs={"kring": "vecht", **kwargs})


def _text(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_the_chair_opens_a_vote_and_sees_who_is_waited_for(zaal, als):
    client = als(zaal.voorzitter)
    address = _url("stemming_openen", agendapunt=zaal.punt.pk)
    page = _text(client.get(address))
    assert "Twee derde van 4 deelnemers: er moeten er 3 aanwezig zijn." in page
    assert "10.3" in page

    answer = client.post(address, {**INVULLING, "stap": zaal.vergadering.stap})
    leiden = _url("leiden", vergadering=zaal.vergadering.pk)
    assert (answer.status_code, answer.url) == (302, leiden)
    stemming = Stemming.objects.get()
    assert stemming.voorstel == INVULLING["voorstel"]

    zaal.cast(stemming, 1, "voor")
    page = _text(client.get(leiden))
    assert "We wachten nog op: Praktijk 000, Praktijk 002, Praktijk 003" in page
    # One thing to press: the next point does not wait beside an open vote.
    assert "Sluit eerst de stemming" in page
    assert "Punt afsluiten" not in page


def test_the_warning_of_another_reading_comes_before_the_vote(kring, als):
    zaal = Stemzaal(kring, leden=5)
    page = _text(als(zaal.voorzitter).get(_url("stemming_openen", agendapunt=zaal.punt.pk)))
    assert "Bij een andere lezing van het reglement kan de uitslag anders zijn" in page
    assert "A-1" in page


def test_without_quorum_the_form_keeps_what_was_typed(kring, als):
    zaal = Stemzaal(kring, leden=9, aanwezig=5)
    answer = als(zaal.voorzitter).post(_url("stemming_openen", agendapunt=zaal.punt.pk), INVULLING)
    assert answer.status_code == 422
    page = _text(answer)
    assert "er zijn er 6 nodig om te stemmen (art. 10.3)" in page
    assert INVULLING["voorstel"] in page


def test_an_empty_form_says_what_is_missing(zaal, als):
    answer = als(zaal.voorzitter).post(_url("stemming_openen", agendapunt=zaal.punt.pk), {})
    assert answer.status_code == 422
    assert "2 dingen niet goed ingevuld" in _text(answer)
    assert not Stemming.objects.exists()


@pytest.mark.parametrize("route", ["stemming_sluiten", "stemming_intrekken", "stemming_opnieuw"])
def test_only_who_leads_the_meeting_touches_its_votes(zaal, als, route):
    stemming = zaal.open()
    address = _url(route, stemming=stemming.pk)
    assert als(zaal.personen[0]).post(address).status_code == 404
    assert Stemming.objects.get().status == "open"
    zaal.vergadering.voorzitter = zaal.personen[0]
    zaal.vergadering.save()
    assert als(zaal.personen[0]).get(address).status_code == 200


def test_two_chairs_at_once_the_second_hears_what_happened(zaal, als):
    stemming = zaal.open()
    zaal.vergadering.refresh_from_db()
    client, old = als(zaal.voorzitter), {"stap": zaal.vergadering.stap}
    assert client.post(_url("stemming_sluiten", stemming=stemming.pk), old).status_code == 302
    answer = client.post(_url("stemming_intrekken", stemming=stemming.pk), old)
    assert answer.status_code == 422
    assert "de stemming gesloten" in _text(answer)
    assert Stemming.objects.get().status == "gesloten"


def test_a_voter_votes_in_the_room_on_the_phone(zaal, als):
    stemming = zaal.open()
    client = als(zaal.personen[0])
    room = _url("zaal", vergadering=zaal.vergadering.pk)
    assert "Stem nu" in _text(client.get(room))

    page = client.get(_url("stemmen", stemming=stemming.pk))
    letters = re.findall(r'name="keuze" value="(\w)"', page.content.decode())
    assert letters == ["v", "t", "b"]
    answer = client.post(_url("stemmen", stemming=stemming.pk), {"keuze": "t"}, follow=True)
    assert answer.redirect_chain == [(room, 302)]
    assert Hoofdelijkestem.objects.get().keuze == "tegen"
    assert "Je stem is geteld" in _text(answer)
    assert "Stem nu" not in _text(answer)


def test_of_a_secret_vote_every_choice_gives_the_same_answer(zaal, als):
    stemming = zaal.open(geheim=True)
    answers = []
    for n, letter in enumerate("vtb"):
        client = als(zaal.personen[n])
        answer = client.post(_url("stemmen", stemming=stemming.pk), {"keuze": letter})
        # The masked CSRF token and the session of each person differ; nothing else may.
        answers.append((answer.status_code, answer.url, answer.content, len(answer.cookies)))
    assert answers[0] == answers[1] == answers[2]
    lines = Logregel.objects.filter(gebeurtenis="stemming.gestemd").order_by("id")
    told = {(r.actie, r.uitkomst, r.object_soort, r.object_id, r.rollen) for r in lines}
    assert len(lines) == 3
    assert len(told) == 1


def test_a_vote_without_a_choice_says_what_to_do(zaal, als):
    stemming = zaal.open()
    answer = als(zaal.personen[0]).post(_url("stemmen", stemming=stemming.pk), {"keuze": "ja"})
    assert answer.status_code == 422
    assert "Kies voor, tegen of blanco." in _text(answer)


def test_a_second_press_hears_that_the_vote_was_counted(zaal, als):
    stemming = zaal.open()
    client = als(zaal.personen[0])
    client.post(_url("stemmen", stemming=stemming.pk), {"keuze": "v"})
    answer = client.post(_url("stemmen", stemming=stemming.pk), {"keuze": "v"})
    assert answer.status_code == 422
    assert "heeft al gestemd. Die stem telt." in _text(answer)
    assert Hoofdelijkestem.objects.count() == 1


def test_a_vote_for_another_practice_does_not_exist(zaal, als):
    stemming = zaal.open()
    data = {"keuze": "v", "deelnemer": zaal.praktijken[1].pk}
    answer = als(zaal.personen[0]).post(_url("stemmen", stemming=stemming.pk), data)
    assert answer.status_code == 404
    assert not Hoofdelijkestem.objects.exists()


def test_while_it_runs_nobody_sees_what_others_chose(zaal, als):
    stemming = zaal.open()
    zaal.cast(stemming, 1, "tegen")
    for person in (zaal.voorzitter, zaal.personen[0]):
        page = _text(als(person).get(_url("stemming", stemming=stemming.pk)))
        assert "1 van de 4 aanwezigen stemden" in page
        assert "tegen" not in page.lower()


def test_the_result_tells_article_numbers_and_who_voted_what(zaal, als):
    stemming = zaal.vote("vvvt")
    page = _text(als(zaal.personen[0]).get(_url("stemming", stemming=stemming.pk)))
    assert "3 voor; nodig waren er 3 van 4 stemmen die tellen: aangenomen." in page
    assert "10.4" in page
    assert "Praktijk 003" in page
    secret = zaal.vote("vvvt", punt=zaal.point(), geheim=True)
    page = _text(als(zaal.personen[0]).get(_url("stemming", stemming=secret.pk)))
    assert "Eén stem wijkt af" in page
    assert "Wie wat stemde" not in page


def test_the_coordinator_breaks_a_tie_on_his_own_page(zaal, als):
    stemming = zaal.vote("vvtt")
    address = _url("doorslag", stemming=stemming.pk)
    assert als(zaal.personen[0]).get(address).status_code == 404
    client = als(zaal.voorzitter)
    assert "Geef de doorslag" in _text(client.get(_url("stemming", stemming=stemming.pk)))
    assert client.post(address, {"keuze": ""}).status_code == 422
    assert client.post(address, {"keuze": "voor"}).status_code == 302
    assert Besluit.objects.get().uitkomst == "aangenomen"


def test_an_interest_is_declared_on_a_page(zaal, als):
    stemming = zaal.open()
    client, address = als(zaal.personen[0]), _url("belang", stemming=stemming.pk)
    assert client.post(address, {"toelichting": ""}).status_code == 422
    assert client.post(address, {"toelichting": "Mijn broer."}).status_code == 302
    assert Belangverklaring.objects.get().toelichting == "Mijn broer."
    assert "Mijn broer." in _text(client.get(_url("stemming", stemming=stemming.pk)))


def test_which_interest_is_for_who_leads_the_meeting_only(zaal, als, tandarts_gebruiker, beheerder):
    """The others read that there is one: on the page, in the bundle and in the minutes."""
    stemming = zaal.open()
    acties.declare_belang(stemming, toelichting="Mijn broer.", by=zaal.voter(0))
    zaal.vergadering.voorzitter = zaal.personen[1]
    zaal.vergadering.save(update_fields=["voorzitter"])
    naam, address = zaal.personen[0].naam, _url("stemming", stemming=stemming.pk)
    for person, reads in (
        (zaal.personen[0], True),
        (zaal.voorzitter, True),
        (zaal.personen[1], True),
        (zaal.personen[2], False),
        (tandarts_gebruiker, False),
        (beheerder, False),
    ):
        page = _text(als(person).get(address))
        assert naam in page
        assert ("Mijn broer." in page) == reads, person
    zaal.cast(stemming, 0, "voor")
    besluit = acties.close_stemming(stemming, by=zaal.leider).besluit
    assert besluit.bundel["belangen"] == [{"naam": naam}]
    assert b"broer" not in als(zaal.personen[2]).get(_url("besluit", besluit=besluit.pk)).content
    minutes = draft(zaal.vergadering)
    assert f"Eigen belang gemeld: {naam}." in minutes
    assert "broer" not in minutes


def test_the_proof_of_a_decision_is_a_zip_that_checks_itself(zaal, als):
    besluit = zaal.vote("vvvt").besluit
    page = _text(als(zaal.personen[0]).get(_url("besluit", besluit=besluit.pk)))
    assert besluit.sha256 in page
    answer = als(zaal.personen[0]).get(_url("besluit_bundel", besluit=besluit.pk))
    assert answer["Content-Type"] == "application/zip"
    assert controle.check(answer.content, besluit.sha256) == []
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert "controleer_besluit.py" in archive.namelist()
    line = Logregel.objects.latest("id")
    assert (line.gebeurtenis, line.object_id) == ("besluit.bundel", str(besluit.pk))


def test_the_outcome_of_a_decision_is_said_once(zaal, als):
    """It stands in a pill; the text of a rejected one says it too, for where it stands alone."""
    besluit = zaal.vote("vttt").besluit
    assert besluit.tekst == "Verworpen: Er komt een tweede achterwacht."
    client = als(zaal.personen[0])
    for address in (
        _url("vergadering", vergadering=zaal.vergadering.pk),
        _url("stemming", stemming=besluit.stemming_id),
        _url("besluit", besluit=besluit.pk),
        _url("besluiten"),
    ):
        page = _text(client.get(address))
        assert "Er komt een tweede achterwacht." in page
        assert "verworpen" in page
        assert "Verworpen:" not in page
    assert "Verworpen:" not in draft(zaal.vergadering)
    none = Besluit(uitkomst="geen_geldige_stemming", tekst="Geen geldige stemming: Er komt koffie.")
    assert none.voorstel == "Er komt koffie."


def test_the_minutes_hold_what_the_voters_were_told(zaal):
    """By name: your name and your choice come into the minutes; of a secret vote only numbers."""
    zaal.vote("vvtb")
    minutes = draft(zaal.vergadering)
    assert "Voor: 2 (Praktijk 000, Praktijk 001).\nTegen: 1 (Praktijk 002)." in minutes
    assert "Blanco: 1 (Praktijk 003)." in minutes
    zaal.vote("vvvt", punt=zaal.point(), geheim=True)
    assert "Voor: 3.\nTegen: 1.\nBlanco: 0." in draft(zaal.vergadering)


def test_decisions_about_one_practice_are_need_to_know(kring, als, tandarts_gebruiker):
    zaal = Stemzaal(kring, leden=4, besluitsoort="royement")
    about = zaal.vote("vvvv", betrokkene=zaal.praktijken[3]).besluit
    common = zaal.vote("vvvv", punt=zaal.point()).besluit
    for person, seen in ((zaal.personen[0], {1, 2}), (tandarts_gebruiker, {common.nummer})):
        client = als(person)
        page = client.get(_url("besluiten")).content.decode()
        assert {n for n in (1, 2) if f">{n}</a>" in page} == seen
        expected = 200 if about.nummer in seen else 404
        assert client.get(_url("besluit", besluit=about.pk)).status_code == expected
        assert client.get(_url("besluit_bundel", besluit=about.pk)).status_code == expected
        assert client.get(_url("stemming", stemming=about.stemming_id)).status_code == expected


def test_another_kring_sees_nothing(zaal, als, vreemde):
    besluit = zaal.vote("vvvt").besluit
    client = als(vreemde)
    for address in (
        _url("besluiten"),
        _url("besluit", besluit=besluit.pk),
        _url("stemming", stemming=besluit.stemming_id),
    ):
        assert client.get(address).status_code == 404
    own = {"kring": "maas"}
    for route, kwargs in (
        ("besluit", {"besluit": besluit.pk}),
        ("besluit_bundel", {"besluit": besluit.pk}),
        ("stemming", {"stemming": besluit.stemming_id}),
        ("stemmen", {"stemming": besluit.stemming_id}),
        ("stemming_openen", {"agendapunt": zaal.punt.pk}),
    ):
        assert client.get(reverse(f"reglement:{route}", kwargs=own | kwargs)).status_code == 404


@pytest.mark.parametrize("person", ["triagist", "fg"])
def test_who_takes_no_part_sees_no_decisions(zaal, als, request, person):
    client = als(request.getfixturevalue(person))
    assert client.get(_url("besluiten")).status_code == 403


def test_the_screens_cost_the_same_for_many_voters(kring, als):
    """The room asks every three seconds, with everybody in it."""
    counts = []
    for leden in (4, 30):
        zaal = Stemzaal(kring, leden=leden, eerste_nummer=100 * leden)
        stemming = zaal.open()
        for n in range(leden - 1):
            zaal.cast(stemming, n, "voor")
        address = _url("leiden_stand", vergadering=zaal.vergadering.pk)
        counts.append(_queries(als(zaal.voorzitter), address))
    assert counts[0] == counts[1]


def test_a_phone_fetches_its_screen_anew_for_its_own_vote_and_the_close(zaal, als):
    """Not for the votes of others: fifty times fifty answers would hold up the voting itself."""
    stemming = zaal.open()
    client = als(zaal.personen[0])
    address = _url("zaal_stand", vergadering=zaal.vergadering.pk)
    tag = _tag(client.get(address))
    assert client.get(address, headers={"if-none-match": tag}).status_code == 304
    zaal.cast(stemming, 1, "voor")
    assert client.get(address, headers={"if-none-match": tag}).status_code == 304
    zaal.cast(stemming, 0, "voor")
    answer = client.get(address, headers={"if-none-match": tag})
    assert answer.status_code == 200
    tag = _tag(answer)
    acties.close_stemming(stemming, by=zaal.leider)
    assert client.get(address, headers={"if-none-match": tag}).status_code == 200


def test_the_screen_of_the_chair_counts_along(zaal, als):
    stemming = zaal.open()
    client = als(zaal.voorzitter)
    address = _url("leiden_stand", vergadering=zaal.vergadering.pk)
    tag = _tag(client.get(address))
    assert client.get(address, headers={"if-none-match": tag}).status_code == 304
    zaal.cast(stemming, 1, "voor")
    assert client.get(address, headers={"if-none-match": tag}).status_code == 200


def _tag(response):
    found = re.search(r'"If-None-Match": "([^"]*)"', response.content.decode())
    return found[1].encode().decode("unicode_escape")


def test_the_list_of_decisions_costs_the_same_for_many(zaal, als):
    client, counts = als(zaal.personen[0]), []
    for more in (1, 20):
        for _ in range(more):
            factories.BesluitFactory(kring=zaal.kring, agendapunt=zaal.punt)
        counts.append(_queries(client, _url("besluiten")))
    assert counts[0] == counts[1]


def _queries(client, address):
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)
