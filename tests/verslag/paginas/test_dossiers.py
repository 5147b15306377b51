"""The file of a patient and the buttons of its handover: the whole story, to whom it concerns."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from kern.models import Logregel
from tests.bevestigd import asks_first
from tests.factories import DienstFactory, LidmaatschapFactory, OproepFactory, TandartsFactory
from tests.verslag.conftest import KANARIE
from tests.verslag.paginas.hulp import url
from triage.models import Oproep
from verslag import actions
from verslag.models import Overdracht


def test_buttons_of_the_handover(client, kring, overdracht):
    back = url("verslag", kring, verslag=overdracht.versie.verslag_id)
    withdraw = url("intrekken", kring, overdracht=overdracht.pk)
    assert asks_first(client.get(back).content.decode(), withdraw)
    for name in ("opnieuw", "intrekken"):
        response = client.post(url(name, kring, overdracht=overdracht.pk))
        assert response["Location"] == back
    overdracht.refresh_from_db()
    assert overdracht.ingetrokken_op is not None
    assert "Verstuur naar de eigen tandarts" in client.get(back).content.decode()
    client.post(url("verstuur", kring, verslag=overdracht.versie.verslag_id))
    assert Overdracht.objects.filter(ingetrokken_op=None).count() == 1


def test_dossier_shows_the_whole_story(client, kring, overdracht, oproep):
    dossier = overdracht.versie.verslag.dossier
    page = client.get(url("dossiers", kring)).content.decode()
    assert KANARIE["naam"] in page
    page = client.get(url("dossier", kring, dossier=dossier.pk)).content.decode()
    for text in (f"Oproep {oproep.nummer} aangenomen", "Verslag ondertekend", "Verslag verstuurd"):
        assert text in page
    assert KANARIE["bsn"] not in page
    line = Logregel.objects.get(gebeurtenis="dossier.gelezen")
    assert line.patient_id == oproep.patient_id


def test_dossier_of_a_colleague_opens_only_on_duty_with_an_open_call(kring, als, actor, versie):

    colleague = LidmaatschapFactory(kring=kring, rol="tandarts").gebruiker
    dentist = TandartsFactory(kring=kring, gebruiker=colleague)
    page = url("dossier", kring, dossier=versie.verslag.dossier_id)
    report = url("verslag", kring, verslag=versie.verslag_id)
    assert als(colleague).get(page).status_code == 404
    DienstFactory(kring=kring, dienstdoende=dentist)
    assert als(colleague).get(page).status_code == 200
    assert als(colleague).get(report).status_code == 200
    assert "Verbeteren" not in als(colleague).get(report).content.decode()
    Oproep.objects.update(status="afgerond", afgerond_op="2026-11-01T00:00Z")
    assert als(colleague).get(page).status_code == 404
    assert als(colleague).get(report).status_code == 404


def test_dossiers_asks_the_same_number_of_queries(client, kring, oproep, by):

    counts = []
    for number in (1, 29):
        for _index in range(number):
            call = OproepFactory(
                kring=kring,
                behandelaar=oproep.behandelaar,
                aangenomen_door=oproep.aangenomen_door,
            )
            actions.open_verslag(call, by=by)
        with CaptureQueriesContext(connection) as queries:
            client.get(url("dossiers", kring))
        counts.append(len(queries))
    assert counts[0] == counts[1]
