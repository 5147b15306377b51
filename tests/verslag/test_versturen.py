"""The own dentist becomes known while the author is at home: a task and a mail, not only a list."""

from datetime import timedelta

import pytest
from django.urls import reverse

from kern.models import Zending
from kring.models import EigenTandarts
from tests.factories import EigenTandartsFactory
from tests.verslag.test_taakwerk import notices
from triage.models import Patient
from verslag import actions, taakpost, taakwerk
from verslag.models import Taak

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("coordinator")]


@pytest.fixture
def wachtend(verslag, by):
    """A signed report of a patient whose own dentist nobody found in the address book."""
    Patient.objects.update(heeft_eigen_tandarts="ja", eigen_tandarts=None)
    verslag.refresh_from_db()
    actions.sign_verslag(verslag, by=by)
    assert not Taak.objects.exists()
    return verslag


@pytest.fixture
def ingevuld(wachtend, kring):
    """As the desk does, in the call."""
    dentist = EigenTandartsFactory(kring=kring)
    Patient.objects.update(heeft_eigen_tandarts="ja", eigen_tandarts=dentist)
    return dentist


def test_nothing_is_asked_while_nobody_is_known(wachtend):
    taakwerk.work()
    assert not Taak.objects.exists()


def test_the_author_gets_one_task_and_one_mail(ingevuld, wachtend, tandarts_gebruiker):
    for _round in range(3):
        taakwerk.work()
    taak = Taak.objects.get()
    assert (taak.soort, taak.verslag, taak.ontvanger) == ("versturen", wachtend, ingevuld)
    assert taak.auteur == tandarts_gebruiker
    told = [text for soort, text in notices() if soort == Zending.Soort.MAIL]
    assert any(f"To: {tandarts_gebruiker.email}" in text for text in told)
    assert not [soort for soort, _text in notices() if soort == Zending.Soort.SMS]
    name = wachtend.dossier.patient.naam
    assert name not in taak.uitleg + "".join(told)


@pytest.mark.parametrize(("dagen", "aantal"), [(89, 1), (91, 0)])
def test_an_old_report_stays_on_the_list_only(ingevuld, monkeypatch, dagen, aantal):
    # A signed version cannot be made older, so the term is made shorter by as much.
    monkeypatch.setattr(taakwerk, "RECENT", taakwerk.RECENT - timedelta(days=dagen))
    assert taakwerk.find_unsent() == aantal
    assert Taak.objects.count() == aantal


def test_the_page_of_the_task_leads_to_the_report(als, ingevuld, wachtend, tandarts_gebruiker):
    taakwerk.find_unsent()
    kring = wachtend.kring
    address = reverse("verslag:taak", kwargs={"kring": kring.slug, "taak": Taak.objects.get().pk})
    page = als(tandarts_gebruiker).get(address).content.decode()
    report = reverse("verslag:verslag", kwargs={"kring": kring.slug, "verslag": wachtend.pk})
    assert report in page


def test_the_coordinator_sees_it_without_the_report(als, ingevuld, wachtend, coordinator):
    taakwerk.find_unsent()
    kring = wachtend.kring
    address = reverse("verslag:taak", kwargs={"kring": kring.slug, "taak": Taak.objects.get().pk})
    page = als(coordinator).get(address).content.decode()
    assert wachtend.auteur.naam in page
    assert str(wachtend.pk) not in page
    assert wachtend.dossier.patient.naam not in page


def test_sending_closes_it_and_it_does_not_come_back(ingevuld, wachtend, by):
    taakwerk.work()
    actions.send_overdracht(wachtend.versies.last(), by=by)
    taakwerk.work()
    assert [row.oplossing for row in Taak.objects.all()] == ["vanzelf"]


def test_no_longer_known_closes_it(ingevuld, wachtend):
    taakwerk.work()
    Patient.objects.update(heeft_eigen_tandarts="nee", eigen_tandarts=None)
    taakwerk.work()
    assert not Taak.objects.open().exists()
    assert EigenTandarts.objects.filter(pk=ingevuld.pk).exists()


def test_it_is_no_reason_to_wake_anybody():
    assert Taak.Soort.VERSTUREN not in taakpost.DRINGEND
    assert Taak.Soort.VERSTUREN not in taakpost.AUTEUR_ALLEEN
