"""The triage and the dentist write in one patient: nothing is lost, nobody waits in a circle."""

import re
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from kern.actor import Actor
from kern.tenancy import kring_context
from tests import factories
from tests.triage.hulp import HTMX, answers, text_of
from triage import actions
from triage.models import Oproep, Patient
from triage.patientstand import PATIENTVELDEN, stand_of
from verslag.actions import open_verslag, save_verslag

GETYPT = {
    "naam": "Jnas",
    "adres": "",
    "telefoon": "06 12345678",
    "heeft_eigen_tandarts": "onbekend",
}


@pytest.fixture
def patient(oproep, by):
    return actions.save_patient(oproep, gegevens={"naam": "Jnas"}, by=by)


@pytest.fixture
def scherm(client, url, oproep, patient):
    """Open the call screen, and return what posts its patient form; `**velden` were typed there."""
    page = text_of(client.get(url("oproep", oproep)))
    window = re.search(r'name="venster" value="(\w+)"', page)[1]
    stand = re.search(r'name="patient_stand" value="([^"]+)"', page)[1]
    oproep.refresh_from_db()
    data = answers(oproep, **GETYPT) | {"venster": window, "patient_stand": stand}

    def post(*, htmx=True, **velden):
        data.update(velden)
        return client.post(url("patient", oproep), data, headers=HTMX if htmx else {})

    return post


def correct(patient, **values):
    """Correct the identity as the dentist does at the chair."""
    row = Patient.objects.get(pk=patient.pk)
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=[*values, "gewijzigd_op"])


def stored(patient):
    return Patient.objects.get(pk=patient.pk)


@pytest.mark.usefixtures("dienst")
class TestScherm:
    def test_correction_stands_beside_what_was_typed(self, scherm, patient):
        correct(patient, naam="Jans Bakker", bsn="111222333")
        response = scherm(adres="Lindelaan 12")
        row = stored(patient)
        assert (row.naam, row.adres, row.bsn) == ("Jans Bakker", "Lindelaan 12", "111222333")
        # And whoever still sees the old name is told.
        assert "intussen verbeterd" in text_of(response)
        assert "Jans Bakker" in text_of(response)

    def test_it_stands_after_the_next_key_as_well(self, scherm, patient):
        """The window's own save must not make it forget what it never saw."""
        correct(patient, naam="Jans Bakker")
        scherm(adres="Linde")
        scherm(adres="Lindelaan 12")
        assert (stored(patient).naam, stored(patient).adres) == ("Jans Bakker", "Lindelaan 12")

    def test_own_save_is_no_news(self, scherm, patient):
        """Its answer may have been lost: the page then still has the stand of the beginning."""
        scherm(adres="Linde")
        response = scherm(adres="Lindelaan 12")
        assert 'id="conflict" hx-swap-oob="true"></div>' in text_of(response).replace("\n", "")
        assert stored(patient).adres == "Lindelaan 12"

    def test_same_field_asks_a_person_and_shows_both(self, scherm, patient):
        correct(patient, naam="Jans Bakker")
        response = scherm(naam="Jan Bakkers", adres="Lindelaan 12")
        text = text_of(response)
        assert "jij: <strong>Jan Bakkers</strong>" in text
        assert "de ander: <strong>Jans Bakker</strong>" in text
        assert (stored(patient).naam, stored(patient).adres) == ("Jans Bakker", "")
        page = scherm(htmx=False)
        assert page.status_code == 409
        assert 'value="Lindelaan 12"' in text_of(page)

    @pytest.mark.parametrize(
        ("knop", "naam"), [("overschrijven", "Jan Bakkers"), ("overnemen", "Jans Bakker")]
    )
    def test_either_choice_keeps_the_rest(self, scherm, patient, knop, naam):
        correct(patient, naam="Jans Bakker", woonplaats="Utrecht")
        text = text_of(scherm(naam="Jan Bakkers", adres="Lindelaan 12"))
        keuze = re.search(rf'name="{knop}" value="([^"]+)"', text)[1]
        assert scherm(htmx=False, **{knop: keuze}).status_code == 302
        row = stored(patient)
        assert (row.naam, row.adres, row.woonplaats) == (naam, "Lindelaan 12", "Utrecht")

    def test_a_later_correction_is_shown_again(self, scherm, patient):
        correct(patient, naam="Jans Bakker")
        keuze = re.search(r'name="overschrijven" value="([^"]+)"', text_of(scherm(naam="Jan")))[1]
        correct(patient, naam="Johannes Bakker")
        response = scherm(htmx=False, overschrijven=keuze)
        assert response.status_code == 409
        assert "Johannes Bakker" in text_of(response)
        assert stored(patient).naam == "Johannes Bakker"

    def test_bsn_is_shown_masked_in_the_conflict(self, scherm, patient):
        correct(patient, bsn="111222333")
        text = text_of(scherm(bsn="123456782"))
        assert "de ander: <strong>*****2333</strong>" in text
        assert "111222333" not in text

    def test_mask_of_the_old_number_is_no_typing_error(self, client, url, oproep, patient, by):
        actions.save_patient(oproep, gegevens={"bsn": "123456782"}, by=by)
        stand = stand_of(stored(patient))
        correct(patient, bsn="111222333")
        data = answers(oproep, **GETYPT, bsn="*****6782", patient_stand=stand)
        response = client.post(url("patient", oproep), data | {"adres": "Lindelaan 12"})
        assert response.status_code == 302
        assert (stored(patient).bsn, stored(patient).adres) == ("111222333", "Lindelaan 12")

    @pytest.mark.parametrize("stand", ["", "x", "a.b", ".".join("abcdefghi"), "\u00e9" * 200])
    def test_broken_stand_is_never_an_error(self, scherm, patient, stand):
        assert scherm(adres="Lindelaan 12", patient_stand=stand).status_code == 200


def test_stand_tells_nothing_about_the_patient(patient):
    correct(patient, bsn="111222333")
    stand = stand_of(stored(patient))
    assert len(stand.split(".")) == len(PATIENTVELDEN)
    assert not {"Jnas", "111222333"} & set(stand.split("."))


@pytest.mark.traag
class TestTegelijk:
    """Real commits on two connections, started together, again and again."""

    RONDES = 25

    @pytest.fixture
    def kring(self, echte_db):
        return factories.KringFactory()

    def test_both_stand_and_nobody_waits_in_a_circle(self, kring):
        by = Actor.system(kring.pk)
        with kring_context(kring.pk):
            dentist = factories.TandartsFactory(kring=kring)
            person = factories.GebruikerFactory()
            first = factories.OproepFactory(
                kring=kring, behandelaar=dentist, aangenomen_door=person
            )
            second = factories.OproepFactory(
                kring=kring, patient=first.patient, aangenomen_door=person
            )
            verslag = open_verslag(first, by=by)
        start = threading.Barrier(3, timeout=30)

        def dentist_writes(round_):
            start.wait()
            with kring_context(kring.pk):
                save_verslag(
                    type(verslag).objects.get(pk=verslag.pk),
                    gegevens={"naam": f"Naam {round_}"},
                    versie=0,
                    venster="v",
                    by=by,
                )

        def triage_writes(round_):
            with kring_context(kring.pk):
                oproep = Oproep.objects.get(pk=second.pk)
                stand = stand_of(oproep.patient)
                typed = {"naam": oproep.patient.naam, "adres": f"Adres {round_}"}
            start.wait()
            with kring_context(kring.pk):
                actions.save_patient(oproep, gegevens=typed, stand=stand, by=by)

        def joins(round_):
            with kring_context(kring.pk):
                third = factories.OproepFactory(
                    kring=kring, patient=first.patient, aangenomen_door=person
                )
            start.wait()
            with kring_context(kring.pk):
                actions.join_oproep(third, eerdere=first, by=by)

        def rounds(work):
            try:
                for round_ in range(self.RONDES):
                    work(round_)
            except threading.BrokenBarrierError:
                return
            except Exception:
                start.abort()
                raise
            finally:
                connection.close()

        with kring_context(kring.pk):
            type(verslag).objects.filter(pk=verslag.pk).update(venster="v")
        with ThreadPoolExecutor(3) as pool:
            for job in [pool.submit(rounds, w) for w in (dentist_writes, triage_writes, joins)]:
                job.result(timeout=120)
        with kring_context(kring.pk):
            row = Patient.objects.get(pk=first.patient_id)
            last = self.RONDES - 1
            assert (row.naam, row.adres) == (f"Naam {last}", f"Adres {last}")
            assert Oproep.objects.filter(herhaling_van=first).count() == self.RONDES
