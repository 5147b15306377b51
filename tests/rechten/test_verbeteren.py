"""A granted correction is a task for whoever signed, until that is done or withdrawn."""

import pytest
from django.db import transaction
from django.urls import reverse

from kern.actor import Actor
from rechten import actions
from tests.factories import OproepFactory, VerslagFactory
from verslag import actions as verslagacties
from verslag import taakwerk
from verslag.models import Taak, Verslag

pytestmark = pytest.mark.django_db


@pytest.fixture
def by(door, coordinator):
    return door(coordinator)


@pytest.fixture
def toegewezen(noteer, by):
    return actions.decide(noteer("correctie"), toewijzen=True, by=by)


def tasks():
    return Taak.objects.filter(soort=Taak.Soort.VERBETEREN)


def open_reports() -> set:
    return set(tasks().open().values_list("verslag", flat=True))


def test_the_author_gets_a_task_without_the_patient_in_it(
    *, objecten, toegewezen, als, tandarts_gebruiker, patient, kring
):
    taak = tasks().get()
    assert (taak.verslag_id, taak.patient_id) == (objecten.verslag.pk, patient.pk)
    assert taak.auteur == tandarts_gebruiker
    assert f"Verzoek {toegewezen.nummer}" in taak.uitleg
    assert patient.naam not in taak.uitleg
    address = reverse("verslag:taak", kwargs={"kring": kring.slug, "taak": taak.pk})
    page = als(tandarts_gebruiker).get(address).content.decode()
    report = reverse("verslag:verslag", kwargs={"kring": kring.slug, "verslag": taak.verslag_id})
    assert report in page
    assert "teken het opnieuw" in page


def test_every_report_about_the_patient_is_asked(*, objecten, noteer, by, patient, kring, tandarts):
    call = OproepFactory(kring=kring, behandelaar=tandarts, patient=patient)
    call.status, call.afgerond_op = "afgerond", call.aangenomen_op
    call.save()
    second = VerslagFactory(
        kring=kring, oproep=call, auteur=tandarts, dossier=objecten.verslag.dossier
    )
    verslagacties.sign_verslag(second, by=Actor.system(kring.pk))
    actions.decide(noteer("correctie"), toewijzen=True, by=by)
    assert open_reports() == {objecten.verslag.pk, second.pk}
    # A new version of one leaves the task of the other.
    _correct(second)
    taakwerk.close_over()
    assert open_reports() == {objecten.verslag.pk}


@pytest.mark.parametrize("soort", ["afschrift", "inzage"])
def test_other_requests_ask_nothing_of_the_author(noteer, by, soort):
    actions.decide(noteer(soort), toewijzen=True, by=by)
    assert not tasks().exists()


def test_a_refusal_asks_nothing_of_the_author(noteer, by):
    actions.decide(
        noteer("correctie"), toewijzen=False, weigergrond="juist", motivering="Klopt.", by=by
    )
    assert not tasks().exists()


def test_decision_and_task_stand_or_fall_together(noteer, by):
    verzoek = noteer("correctie")
    with transaction.atomic():
        actions.decide(verzoek, toewijzen=True, by=by)
        transaction.set_rollback(True)
    assert not tasks().exists()


def test_it_waits_until_a_new_version_is_signed(objecten, toegewezen):
    taakwerk.close_over()
    assert open_reports() == {objecten.verslag.pk}
    _correct(objecten.verslag)
    taakwerk.close_over()
    assert [row.oplossing for row in tasks()] == ["vanzelf"]


@pytest.mark.parametrize("end", [actions.withdraw, actions.finish])
def test_the_end_of_the_request_is_the_end_of_the_task(toegewezen, by, end):
    end(toegewezen, by=by)
    assert [row.oplossing for row in tasks()] == ["vanzelf"]


def test_the_end_of_one_request_leaves_another(noteer, by, toegewezen, objecten):
    other = actions.decide(noteer("correctie"), toewijzen=True, by=by)
    actions.withdraw(other, by=by)
    assert [row.uitleg.split()[1] for row in tasks().open()] == [str(toegewezen.nummer)]


def _correct(verslag) -> None:
    verslag = Verslag.objects.get(pk=verslag.pk)
    system = Actor.system(verslag.kring_id)
    verslagacties.save_verslag(
        verslag, gegevens={"diagnose": "Anders."}, versie=verslag.versie, by=system
    )
    verslagacties.sign_verslag(verslag, reden="Verzoek van de patiënt.", by=system)
