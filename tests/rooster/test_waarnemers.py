"""Dentists from outside: no duty without the register and the receipt of these very rules."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connection, transaction

from kern.models import Logregel, Zending
from kern.tijd import db_now
from rooster import actions
from rooster.actions import waarnemer as waarnemer_actions
from rooster.models import Bigcontrole, Reglementontvangst, Roosterwijziging, Waarnemer
from rooster.ruil.bigregister import RegisterZwijgt, Uitslag
from rooster.ruil.partners import candidates
from tests.factories import DeelnemerFactory, LidmaatschapFactory, TandartsFactory
from tests.rooster.ruilen import colleague, holders, night, place

pytestmark = pytest.mark.django_db


@pytest.fixture
def nacht(kring):
    return night(kring, 10, colleague(kring, "A"), colleague(kring, "B"))


@pytest.fixture
def buiten(kring, coordinator, actor):
    return actions.add_waarnemer(
        kring_id=kring.pk,
        deelnemer=DeelnemerFactory(kring=kring, naam="Vraagt"),
        naam="W. Buiten",
        big_nummer="19012345601",
        telefoon="+31612345678",
        by=actor(coordinator),
    )


@pytest.fixture
def co(coordinator, actor):
    return actor(coordinator)


@pytest.fixture
def klaar(kring, buiten, co):
    """The outside dentist with everything in order."""
    actions.check_big(buiten, uitkomst="ingeschreven", by=co)
    reglement = actions.publish_reglement(kring_id=kring.pk, tekst="Artikel 1.", by=co)
    actions.confirm_reglement(buiten, reglement=reglement, by=co)
    return buiten


def put(dienst, waarnemer, by):
    actions.place_waarnemer(place(dienst), waarnemer=waarnemer, by=by)


def test_an_outside_dentist_serves_for_the_practice_of_the_place(nacht, klaar, co, coordinator):
    praktijk = place(nacht).praktijk
    put(nacht, klaar, co)
    plaats = place(nacht)
    assert (plaats.tandarts.naam, plaats.praktijk) == ("W. Buiten", praktijk)
    event = Roosterwijziging.objects.get()
    assert (event.soort, event.na["dienstdoende"]["praktijk"]) == ("overgenomen", praktijk.naam)
    assert Zending.objects.filter(sleutel__endswith=f"|coordinator|{coordinator.pk}").count() == 1
    assert Logregel.objects.latest("pk").gebeurtenis == "dienst.waarnemer"


@pytest.mark.parametrize(
    ("stuk", "zin"),
    [
        ("big", "nog niet nagekeken"),
        ("oud", "langer dan 90 dagen"),
        ("nee", "mag deze tandarts hier geen dienst"),
        ("reglement", "nog geen reglement"),
        ("gelezen", "nog niet bevestigd"),
        ("nieuw", "nog niet bevestigd"),
    ],
)
def test_without_register_or_receipt_nobody_serves(nacht, buiten, co, stuk, zin):
    kring = buiten.kring
    if stuk not in ("big", "nee"):
        actions.check_big(buiten, uitkomst="ingeschreven", by=co)
    if stuk == "nee":
        actions.check_big(buiten, uitkomst="beperkt", by=co)
    if stuk != "reglement":
        reglement = actions.publish_reglement(kring_id=kring.pk, tekst="Artikel 1.", by=co)
        if stuk != "gelezen":
            actions.confirm_reglement(buiten, reglement=reglement, by=co)
    if stuk == "nieuw":
        actions.publish_reglement(kring_id=kring.pk, tekst="Artikel 1, nieuw.", by=co)
    if stuk == "oud":
        long_ago = db_now() - timedelta(days=91)
        Bigcontrole.objects.create(
            kring=kring,
            waarnemer=Waarnemer.objects.create(
                kring=kring, tandarts=TandartsFactory(kring=kring, naam="Oud")
            ),
            uitkomst="ingeschreven",
            bron="handmatig",
            gedaan_op=long_ago,
            gedaan_door_id=co.gebruiker_id,
        )
        buiten = Waarnemer.objects.get(tandarts__naam="Oud")
        reglement = kring_reglement(kring)
        actions.confirm_reglement(buiten, reglement=reglement, by=co)
    with pytest.raises(ValidationError, match=zin):
        put(nacht, buiten, co)
    assert holders(nacht) == [("A", "B")]


def kring_reglement(kring):
    from rooster.ruil.waarnemen import current_reglement

    return current_reglement(kring.pk)


def test_the_coordinators_own_form_asks_the_same(kring, nacht, buiten, co):
    with pytest.raises(ValidationError) as refused:
        actions.change_dienst(
            nacht,
            begin=nacht.begin,
            einde=nacht.einde,
            dienstdoende=buiten.tandarts,
            achterwacht=nacht.achterwacht,
            reden="Ziek",
            by=co,
        )
    assert list(refused.value.message_dict) == ["dienstdoende"]


def test_an_outside_dentist_is_never_asked_for_the_duties_of_others(nacht, klaar):
    found = candidates(nacht, "dienstdoende", nu=db_now())
    assert klaar.tandarts_id not in {een.tandarts for een in found.overnames}


def test_not_on_two_places_at_once(nacht, klaar, co):
    put(nacht, klaar, co)
    with pytest.raises(ValidationError, match="al dienst"):
        actions.place_waarnemer(place(nacht, "achterwacht"), waarnemer=klaar, by=co)
    assert holders(nacht) == [("W. Buiten", "B")]


def test_only_who_speaks_for_the_place(kring, nacht, klaar, actor):
    with pytest.raises(PermissionDenied):
        put(nacht, klaar, actor(colleague(kring, "C").gebruiker))
    put(nacht, klaar, actor(place(nacht).tandarts.gebruiker))
    assert holders(nacht) == [("W. Buiten", "B")]


def test_the_waarnemer_confirms_with_the_own_account(kring, buiten, co, actor):
    lid = LidmaatschapFactory(kring=kring, rol="tandarts")
    buiten.tandarts.gebruiker = lid.gebruiker
    buiten.tandarts.save()
    reglement = actions.publish_reglement(kring_id=kring.pk, tekst="Artikel 1.", by=co)
    vreemd = LidmaatschapFactory(kring=kring, rol="tandarts").gebruiker
    with pytest.raises(PermissionDenied):
        actions.confirm_reglement(buiten, reglement=reglement, by=actor(vreemd))
    row = actions.confirm_reglement(buiten, reglement=reglement, by=actor(lid.gebruiker))
    assert (row.wijze, row.reglement.nummer) == ("zelf", 1)
    with pytest.raises(ValidationError, match="al genoteerd"):
        actions.confirm_reglement(buiten, reglement=reglement, by=actor(lid.gebruiker))
    actions.publish_reglement(kring_id=kring.pk, tekst="Artikel 2.", by=co)
    with pytest.raises(ValidationError, match="nieuwere versie"):
        actions.confirm_reglement(buiten, reglement=reglement, by=actor(lid.gebruiker))
    assert Reglementontvangst.objects.count() == 1


@pytest.mark.parametrize("tabel", ["bigcontrole", "reglementtekst", "reglementontvangst"])
def test_what_was_shown_cannot_be_changed_afterwards(klaar, tabel):
    with (
        pytest.raises(DatabaseError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"DELETE FROM rooster_{tabel}")  # noqa: S608 (names from this test)
    assert Reglementontvangst.objects.count() == 1


class Register:
    bron = "register"
    antwoord: Uitslag | Exception = Uitslag.NIET

    def look_up(self, big_nummer):
        if isinstance(self.antwoord, Exception):
            raise self.antwoord
        return self.antwoord


def test_the_service_decides_where_there_is_one(buiten, co, monkeypatch):
    register = Register()
    monkeypatch.setattr(waarnemer_actions, "bigregister", lambda: register)
    row = actions.check_big(buiten, uitkomst="ingeschreven", by=co)
    assert (row.uitkomst, row.bron) == ("niet", "register")
    register.antwoord = RegisterZwijgt("uit")
    with pytest.raises(ValidationError, match="geen antwoord"):
        actions.check_big(buiten, by=co)
    assert Bigcontrole.objects.count() == 1


def test_by_hand_somebody_says_what_they_saw(buiten, co):
    with pytest.raises(ValidationError) as refused:
        actions.check_big(buiten, uitkomst="weet niet", by=co)
    assert list(refused.value.message_dict) == ["uitkomst"]


def test_a_practice_brings_in_its_own_only(kring, actor):
    eigen = DeelnemerFactory(kring=kring)
    chef = LidmaatschapFactory(kring=kring, rol="vertegenwoordiger", deelnemer=eigen).gebruiker
    velden = {"naam": "W", "big_nummer": "19012345602", "telefoon": "+31612345679"}
    ander = DeelnemerFactory(kring=kring)
    with pytest.raises(PermissionDenied):
        actions.add_waarnemer(kring_id=kring.pk, deelnemer=ander, by=actor(chef), **velden)
    actions.add_waarnemer(kring_id=kring.pk, deelnemer=eigen, by=actor(chef), **velden)
    assert Waarnemer.objects.count() == 1


def page(kring, path=""):
    return f"/k/{kring.slug}/rooster/ruilen/{path}"


def test_the_pages_from_adding_to_serving(kring, als, nacht, coordinator):
    client = als(coordinator)
    praktijk = place(nacht).praktijk
    typed = {
        "deelnemer": str(praktijk.pk),
        "naam": "W. Nieuw",
        "big_nummer": "190 1234 5603",
        "telefoon": "06 12345670",
    }
    assert (
        client.post(page(kring, "waarnemers/nieuw/"), typed | {"big_nummer": "1"}).status_code
        == 422
    )
    assert client.post(page(kring, "waarnemers/nieuw/"), typed).status_code == 302
    row = Waarnemer.objects.get()
    assert row.tandarts.big_nummer == "19012345603"
    assert "W. Nieuw" in client.get(page(kring, "waarnemers/")).content.decode()
    detail = page(kring, f"waarnemer/{row.pk}/")
    assert "Mag nog geen dienst doen" in client.get(detail).content.decode()
    assert client.post(detail, {"doe": "big"}).status_code == 422
    assert client.post(detail, {"doe": "onzin"}).status_code == 422
    assert client.post(detail, {"doe": "papier"}).status_code == 422
    assert client.post(detail, {"doe": "big", "uitkomst": "ingeschreven"}).status_code == 302
    assert client.post(page(kring, "reglement/nieuw/"), {"tekst": ""}).status_code == 422
    zet = page(kring, f"plaats/{place(nacht).pk}/waarnemer/")
    assert client.post(zet, {"waarnemer": str(row.pk)}).status_code == 422
    assert client.post(page(kring, "reglement/nieuw/"), {"tekst": "Artikel 1."}).status_code == 302
    assert client.post(detail, {"doe": "papier"}).status_code == 302
    assert "Mag dienst doen" in client.get(detail).content.decode()
    assert client.get(zet).status_code == 200
    assert client.post(zet, {"waarnemer": "onzin"}).status_code == 422
    assert client.post(zet, {"waarnemer": str(row.pk)}).status_code == 302
    assert holders(nacht) == [("W. Nieuw", "B")]


def test_the_rules_on_the_phone_of_the_waarnemer(kring, als, buiten, co):
    lid = LidmaatschapFactory(kring=kring, rol="tandarts")
    buiten.tandarts.gebruiker = lid.gebruiker
    buiten.tandarts.save()
    client = als(lid.gebruiker)
    assert "Nog geen reglement" in client.get(page(kring, "reglement/")).content.decode()
    actions.publish_reglement(kring_id=kring.pk, tekst="Artikel 1: kom op tijd.", by=co)
    html = client.get(page(kring, "reglement/")).content.decode()
    assert "kom op tijd" in html
    assert "ontvangen en gelezen" in html
    assert client.post(page(kring, "reglement/"), {"versie": "7"}).status_code == 422
    assert client.post(page(kring, "reglement/"), {"versie": "1"}).status_code == 302
    assert "Je hebt deze versie bevestigd" in client.get(page(kring, "reglement/")).content.decode()


@pytest.mark.parametrize("wie", ["triagist", "tandarts_gebruiker", "beheerder", "fg"])
def test_refused_roles(kring, als, request, buiten, wie):
    client = als(request.getfixturevalue(wie))
    for path in ("waarnemers/", "waarnemers/nieuw/", f"waarnemer/{buiten.pk}/", "reglement/nieuw/"):
        assert client.get(page(kring, path)).status_code == 403


def test_the_practice_sees_its_own(kring, als, buiten):
    chef = LidmaatschapFactory(
        kring=kring, rol="vertegenwoordiger", deelnemer=DeelnemerFactory(kring=kring)
    ).gebruiker
    assert "W. Buiten" not in als(chef).get(page(kring, "waarnemers/")).content.decode()
    eigen = LidmaatschapFactory(
        kring=kring, rol="vertegenwoordiger", deelnemer=buiten.tandarts.deelnemer
    ).gebruiker
    assert "W. Buiten" in als(eigen).get(page(kring, "waarnemers/")).content.decode()
    assert als(eigen).get(page(kring, "waarnemers/nieuw/")).status_code == 200


def test_another_krings_waarnemer_does_not_exist_here(kring, andere_kring, als, coordinator):
    row = Waarnemer.objects.create(
        kring=andere_kring, tandarts=TandartsFactory(kring=andere_kring, naam="Z. Eer")
    )
    client = als(coordinator)
    assert client.get(page(kring, f"waarnemer/{row.pk}/")).status_code == 404
    assert "Z. Eer" not in client.get(page(kring, "waarnemers/")).content.decode()
