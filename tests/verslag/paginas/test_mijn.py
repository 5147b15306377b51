"""My patients: what is owed comes first, and nothing of a colleague."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from kern.models import Logregel
from tests.factories import OproepFactory, PatientFactory, TandartsFactory, VerslagFactory
from tests.verslag.conftest import KANARIE
from tests.verslag.paginas.hulp import url
from triage.models import Oproep


def test_mine_shows_what_is_owed_first(client, kring, oproep, versie):
    other = OproepFactory(
        kring=kring,
        behandelaar=oproep.behandelaar,
        patient=PatientFactory(kring=kring, naam="Zonder Verslag"),
        aangenomen_door=oproep.aangenomen_door,
        status=Oproep.Status.GEZIEN,
    )
    page = client.get(url("mijn", kring)).content.decode()
    assert page.index("Zonder Verslag") < page.index(KANARIE["naam"])
    assert "Staat klaar om te versturen" in page
    lines = Logregel.objects.filter(gebeurtenis="patient.in_lijst")
    assert set(lines.values_list("patient_id", flat=True)) == {
        other.patient_id,
        oproep.patient_id,
    }


def test_mine_names_the_complaint_when_no_story_was_noted(client, kring, oproep):
    Oproep.objects.filter(pk=oproep.pk).update(
        omschrijving="", antwoorden={"klachten": ["nabloeding"]}
    )
    assert "Nabloeding" in client.get(url("mijn", kring)).content.decode()


def test_mine_shows_nothing_of_a_colleague(client, kring, triagist):
    OproepFactory(
        kring=kring,
        behandelaar=TandartsFactory(kring=kring),
        aangenomen_door=triagist,
        patient=PatientFactory(kring=kring, naam="Van Een Ander"),
    )
    assert "Van Een Ander" not in client.get(url("mijn", kring)).content.decode()


def test_mine_asks_the_same_number_of_queries(client, kring, oproep, django_assert_num_queries):
    def add(number):
        for _index in range(number):
            call = OproepFactory(
                kring=kring,
                behandelaar=oproep.behandelaar,
                aangenomen_door=oproep.aangenomen_door,
            )
            VerslagFactory(kring=kring, oproep=call, auteur=oproep.behandelaar)

    add(1)
    with CaptureQueriesContext(connection) as one:
        client.get(url("mijn", kring))
    add(29)
    with CaptureQueriesContext(connection) as thirty:
        client.get(url("mijn", kring))
    assert len(thirty) == len(one)


def test_user_without_a_dentist_gets_advice(als, kring, tandarts_gebruiker):
    page = als(tandarts_gebruiker).get(url("mijn", kring))
    assert "nog niet als tandarts" in page.content.decode()


def test_seen(client, kring, oproep):
    page = client.post(url("gezien", kring, oproep=oproep.pk), follow=True)
    oproep.refresh_from_db()
    assert oproep.gezien_op is not None
    assert "patiënt gezien" in page.content.decode()
