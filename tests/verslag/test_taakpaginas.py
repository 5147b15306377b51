"""The pages of the tasks: for the coordinator and for the author, without anything of a patient."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kern.actor import Actor
from kern.models import Logregel, Zending
from tests.factories import EigenTandartsFactory, LidmaatschapFactory
from verslag import actions
from verslag.models import Taak


@pytest.fixture
def systeem(kring):
    return Actor.system(kring.pk, "bezorger")


@pytest.fixture
def taak(kring, systeem, overdracht):
    return actions.open_taak(
        kring_id=kring.pk,
        soort=Taak.Soort.NIET_BEZORGD,
        sleutel="zending|1",
        by=systeem,
        overdracht=overdracht,
        zending=overdracht.bericht,
        uitleg="Het bericht kon niet worden bezorgd.",
    )


def url(kring, path=""):
    return f"/k/{kring.slug}/taken/{path}"


@pytest.mark.parametrize("wie", ["coordinator", "tandarts_gebruiker"])
def test_coordinator_and_author_see_it_without_the_patient(als, request, kring, taak, wie):
    client = als(request.getfixturevalue(wie))
    patient = taak.patient
    for path in ("", f"{taak.pk}/"):
        html = client.get(url(kring, path)).content.decode()
        assert taak.ontvanger.praktijk in html
        for secret in (patient.naam, patient.bsn, patient.adres, str(patient.pk)):
            assert secret not in html


def test_only_the_author_is_led_to_the_report(als, coordinator, tandarts_gebruiker, kring, taak):
    report = f"/verslagen/{taak.overdracht.versie.verslag_id}/"
    assert report in als(tandarts_gebruiker).get(url(kring, f"{taak.pk}/")).content.decode()
    html = als(coordinator).get(url(kring, f"{taak.pk}/")).content.decode()
    assert report not in html
    assert "kan alleen" in html


@pytest.mark.parametrize("wie", ["triagist", "beheerder", "fg", "vertegenwoordiger"])
def test_others_do_not(als, request, kring, taak, wie):
    client = als(request.getfixturevalue(wie))
    for path in ("", f"{taak.pk}/"):
        assert client.get(url(kring, path)).status_code == 403


def test_an_answer_is_for_its_author(als, coordinator, tandarts_gebruiker, kring, taak):
    Taak.objects.update(soort=Taak.Soort.ANTWOORD)
    assert als(coordinator).get(url(kring, f"{taak.pk}/")).status_code == 404
    assert "antwoord" in als(tandarts_gebruiker).get(url(kring)).content.decode()


def test_another_kring_is_not_there(als, coordinator, kring, andere_kring):
    theirs = actions.open_taak(
        kring_id=andere_kring.pk,
        soort=Taak.Soort.NIET_BEZORGD,
        sleutel="x",
        by=Actor.system(andere_kring.pk),
    )
    client = als(coordinator)
    assert client.get(url(kring, f"{theirs.pk}/")).status_code == 404
    assert client.post(url(kring, f"{theirs.pk}/"), {"oplossing": "gebeld"}).status_code == 404
    assert client.post(url(kring, f"{theirs.pk}/opnieuw/")).status_code == 404
    theirs.refresh_from_db()
    assert theirs.is_open


def test_close_with_how(als, coordinator, kring, taak):
    client = als(coordinator)
    empty = client.post(url(kring, f"{taak.pk}/"), {})
    assert empty.status_code == 422
    assert "Kies hoe het is opgelost" in empty.content.decode()
    other = client.post(url(kring, f"{taak.pk}/"), {"oplossing": "anders"})
    assert other.status_code == 422
    assert "in een paar woorden" in other.content.decode()
    typed = {"oplossing": "gebeld", "toelichting": "Ze halen het vandaag op."}
    assert client.post(url(kring, f"{taak.pk}/"), typed).status_code == 302
    taak.refresh_from_db()
    assert (taak.oplossing, taak.gesloten_door) == ("gebeld", coordinator)
    line = Logregel.objects.get(gebeurtenis="taak.gesloten")
    assert (line.gebruiker_id, line.object_id) == (coordinator.pk, str(taak.pk))
    again = client.post(url(kring, f"{taak.pk}/"), typed, follow=True)
    assert "was al afgerond" in again.content.decode()
    assert "Ze halen het vandaag op." in client.get(url(kring)).content.decode()


def test_vanzelf_is_no_choice(als, coordinator, kring, taak):
    answer = als(coordinator).post(url(kring, f"{taak.pk}/"), {"oplossing": "vanzelf"})
    assert answer.status_code == 422
    taak.refresh_from_db()
    assert taak.is_open


def test_try_its_message_again(als, coordinator, kring, taak):
    client = als(coordinator)
    Zending.objects.update(status=Zending.Status.MISLUKT)
    assert "Opnieuw bezorgen" in client.get(url(kring, f"{taak.pk}/")).content.decode()
    done = client.post(url(kring, f"{taak.pk}/opnieuw/"), follow=True)
    assert "opnieuw bezorgd" in done.content.decode()
    assert Zending.objects.get(pk=taak.zending_id).status == Zending.Status.KLAAR
    Zending.objects.update(status=Zending.Status.VERZONDEN)
    late = client.post(url(kring, f"{taak.pk}/opnieuw/"), follow=True)
    assert "al weg" in late.content.decode()


def test_what_is_held_back_is_not_to_be_tried_again(als, coordinator, kring, taak):
    page = url(kring, f"{taak.pk}/")
    html = als(coordinator).get(page).content.decode()
    assert "Verslag aan een eigen tandarts. E-mail:" in html
    assert "Probeer het nog eens" in html
    Zending.objects.filter(pk=taak.zending_id).update(status=Zending.Status.INGETROKKEN)
    html = als(coordinator).get(page).content.decode()
    assert "gaat niet meer weg" in html
    assert "Probeer het nog eens" not in html


def test_the_list_costs_the_same_for_one_and_thirty(als, coordinator, kring, systeem):
    def fill(start, number):
        for nummer in range(start, start + number):
            for dicht in (False, True):
                sleutel = f"{nummer}|{dicht}"
                actions.open_taak(
                    kring_id=kring.pk,
                    soort=Taak.Soort.ADRES_FOUT,
                    sleutel=sleutel,
                    by=systeem,
                    ontvanger=EigenTandartsFactory(kring=kring),
                )
                if dicht:
                    actions.close_taak(kring_id=kring.pk, sleutel=sleutel, by=systeem)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url(kring)).status_code == 200
        return len(captured)

    client = als(coordinator)
    fill(0, 1)
    one = queries()
    fill(1, 29)
    assert queries() == one


def test_a_message_about_no_report_is_the_coordinators(als, kring, systeem):
    collega = LidmaatschapFactory(kring=kring, rol="tandarts").gebruiker
    taak = actions.open_taak(
        kring_id=kring.pk, soort=Taak.Soort.NIET_BEZORGD, sleutel="x", by=systeem
    )
    client = als(collega)
    assert client.get(url(kring, f"{taak.pk}/")).status_code == 404
    assert "Geen taken" in client.get(url(kring)).content.decode()
