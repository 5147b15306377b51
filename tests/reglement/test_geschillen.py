"""Disputes: only those concerned read them, the road is kept, every look leaves a line (MR 11)."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kern.models import Logregel
from kern.tijd import db_now, to_local
from reglement.actions import geschil as actions
from reglement.models import Geschil, Geschilstap
from tests import factories
from tests.reglement.hulp import rolled_back

pytestmark = pytest.mark.django_db


@pytest.fixture
def today():
    return to_local(db_now()).date()


@pytest.fixture
def url(kring):
    return lambda naam, **kwargs: reverse(
        f"reglement:{naam}", kwargs={"kring": kring.slug} | kwargs
    )


@pytest.fixture
def ander(kring):
    return factories.DeelnemerFactory(kring=kring, naam="Praktijk De Overkant")


@pytest.fixture
def andere_stem(kring, ander):
    return factories.LidmaatschapFactory(
        kring=kring, rol="vertegenwoordiger", deelnemer=ander
    ).gebruiker


@pytest.fixture
def buitenstaander(kring):
    row = factories.DeelnemerFactory(kring=kring, naam="Praktijk Erbuiten")
    return factories.LidmaatschapFactory(
        kring=kring, rol="vertegenwoordiger", deelnemer=row
    ).gebruiker


@pytest.fixture
def geschil(kring, deelnemer, ander, vertegenwoordiger):
    row = factories.GeschilFactory(
        kring=kring, namens=deelnemer, gemeld_door=vertegenwoordiger, nummer=7
    )
    factories.GeschilpartijFactory(kring=kring, geschil=row, deelnemer=ander)
    return row


def test_declared_by_one_vertegenwoordiger_it_is_there(
    als, vertegenwoordiger, deelnemer, ander, url
):
    response = als(vertegenwoordiger).post(
        url("geschil_melden"),
        {
            "namens": str(deelnemer.pk),
            "partijen": [str(ander.pk)],
            "onderwerp": "Wie betaalt?",
            "omschrijving": "Wij namen een dienst over.",
        },
    )
    row = Geschil.objects.get()
    assert response.headers["Location"] == url("geschil", geschil=row.pk)
    assert row.onderwerp == "Wie betaalt?"
    assert [partij.deelnemer for partij in row.partijen.all()] == [ander]
    assert Logregel.objects.filter(gebeurtenis="geschil.gemeld").count() == 1


def test_not_for_another_practice_and_not_with_oneself(
    als, vertegenwoordiger, deelnemer, ander, url
):
    client = als(vertegenwoordiger)
    data = {"onderwerp": "X", "omschrijving": "Y"}
    assert client.post(url("geschil_melden"), data | {"namens": str(ander.pk)}).status_code == 422
    itself = data | {"namens": str(deelnemer.pk), "partijen": [str(deelnemer.pk)]}
    response = client.post(url("geschil_melden"), itself)
    assert response.status_code == 422
    assert "niet de andere partij" in response.content.decode()
    assert not Geschil.objects.exists()


def test_what_it_is_about_is_sealed_in_the_database(geschil):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT onderwerp, omschrijving FROM reglement_geschil WHERE id = %s", [geschil.pk]
        )
        row = cursor.fetchone()
    assert all(geschil.onderwerp.encode() not in bytes(value) for value in row)
    assert Geschil.objects.get().onderwerp == geschil.onderwerp


def test_both_sides_and_the_coordinator_read_it_and_others_do_not_know_of_it(
    *, als, geschil, vertegenwoordiger, andere_stem, coordinator, buitenstaander, url
):
    adres = url("geschil", geschil=geschil.pk)
    for person in (vertegenwoordiger, andere_stem, coordinator):
        client = als(person)
        assert client.get(adres).status_code == 200
        assert geschil.onderwerp in client.get(url("geschillen")).content.decode()
        assert "geschil 7" in client.get(url("overzicht")).content.decode().lower()
    client = als(buitenstaander)
    assert client.get(adres).status_code == 404
    assert geschil.onderwerp not in client.get(url("geschillen")).content.decode()
    assert "geschil 7" not in client.get(url("overzicht")).content.decode().lower()
    assert "geschil 7" not in client.get(url("jaarwiel")).content.decode().lower()


def test_every_look_leaves_a_line(als, geschil, coordinator, url):
    als(coordinator).get(url("geschil", geschil=geschil.pk))
    als(coordinator).get(url("geschillen"))
    lines = Logregel.objects.filter(object_id=str(geschil.pk))
    assert set(lines.values_list("gebeurtenis", flat=True)) == {
        "geschil.bekeken",
        "geschil.in_lijst",
    }


@pytest.mark.parametrize("rol", ["tandarts", "triagemedewerker", "fg", "beheerder"])
def test_other_roles_have_no_list(kring, als, geschil, rol, url):
    person = factories.LidmaatschapFactory(kring=kring, rol=rol).gebruiker
    assert als(person).get(url("geschillen")).status_code == 403


def test_another_kring_is_not_there(*, als, vreemde, andere_kring, coordinator, geschil, url):
    assert als(vreemde).get(url("geschil", geschil=geschil.pk)).status_code == 404
    other = factories.GeschilFactory(kring=andere_kring)
    assert als(coordinator).get(url("geschil", geschil=other.pk)).status_code == 404
    assert als(coordinator).post(url("geschil_stap", geschil=other.pk)).status_code == 404


def test_a_step_out_of_turn_is_refused_with_the_article_and_keeps_what_was_typed(
    als, geschil, coordinator, url, today
):
    client = als(coordinator)
    data = {"soort": "mediation", "gedaan_op": today.isoformat(), "tekst": "Mevrouw Mediator"}
    response = client.post(url("geschil_stap", geschil=geschil.pk), data)
    page = response.content.decode()
    assert response.status_code == 422
    assert "art. 11.1" in page
    assert "Mevrouw Mediator" in page
    assert not Geschilstap.objects.exists()
    data["soort"] = "overleg"
    assert client.post(url("geschil_stap", geschil=geschil.pk), data).status_code == 302
    geschil.refresh_from_db()
    assert geschil.stand == "overleg"


def test_passing_mediation_by_needs_a_reason(geschil, coordinator, actor, today):
    by = actor(coordinator)
    actions.note_step(geschil, soort="overleg", gedaan_op=today, tekst="Gehoord.", by=by)
    with pytest.raises(ValidationError, match="mediator"):
        actions.note_step(geschil, soort="rechter", gedaan_op=today, tekst=" ", by=by)
    actions.note_step(geschil, soort="rechter", gedaan_op=today, tekst="Wil niemand.", by=by)
    assert Geschil.objects.get().stand == "rechter"


@pytest.mark.parametrize("days", [1, -1])
def test_not_on_a_day_to_come_or_before_it_was_declared(geschil, coordinator, actor, today, days):
    with pytest.raises(ValidationError) as refused:
        actions.note_step(
            geschil,
            soort="overleg",
            gedaan_op=today + timedelta(days=days),
            tekst="",
            by=actor(coordinator),
        )
    assert "gedaan_op" in refused.value.message_dict


def test_a_coordinator_of_a_party_does_not_handle_it(
    *, kring, als, geschil, ander, actor, url, today, coordinator
):
    partial = factories.LidmaatschapFactory(kring=kring, rol="coordinator").gebruiker
    factories.LidmaatschapFactory(
        kring=kring, rol="vertegenwoordiger", gebruiker=partial, deelnemer=ander
    )
    with pytest.raises(ValidationError, match="partij"):
        actions.note_step(geschil, soort="overleg", gedaan_op=today, tekst="x", by=actor(partial))
    with pytest.raises(ValidationError, match="geen partij"):
        actions.assign(geschil, behandelaar=partial, by=actor(coordinator))
    page = als(partial).get(url("geschil", geschil=geschil.pk)).content.decode()
    assert "Je praktijk is partij" in page
    assert "Volgende stap noteren" not in page
    actions.assign(geschil, behandelaar=coordinator, by=actor(coordinator))
    assert Geschil.objects.get().behandelaar == coordinator


def test_only_who_declared_it_takes_it_back(als, geschil, andere_stem, vertegenwoordiger, url):
    adres = url("geschil_intrekken", geschil=geschil.pk)
    assert als(andere_stem).post(adres, {"tekst": ""}).status_code == 422
    assert Geschil.objects.get().stand == "gemeld"
    assert als(vertegenwoordiger).post(adres, {"tekst": "Opgelost."}).status_code == 302
    assert Geschil.objects.get().stand == "ingetrokken"
    assert als(vertegenwoordiger).post(adres, {"tekst": ""}).status_code == 422


def test_step_and_line_go_together(geschil, coordinator, actor, today):
    rolled_back(
        lambda: actions.note_step(
            geschil, soort="overleg", gedaan_op=today, tekst="x", by=actor(coordinator)
        )
    )
    assert not Geschilstap.objects.exists()
    assert not Logregel.objects.filter(gebeurtenis="geschil.stap").exists()


def test_the_list_asks_as_much_for_thirty_as_for_one(als, kring, coordinator, geschil, url):
    client = als(coordinator)
    client.get(url("geschillen"))
    with CaptureQueriesContext(connection) as few:
        client.get(url("geschillen"))
    for _n in range(29):
        factories.GeschilpartijFactory(kring=kring)
    with CaptureQueriesContext(connection) as many:
        client.get(url("geschillen"))
    assert len(many) == len(few)
