"""Paper: the blank form, the shift sheet, entering later, and the addresses on it."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kern.models import Logregel
from kern.tijd import db_now, to_local
from kring.models import Gebruiker
from tests import factories
from tests.triage.hulp import save, text_of
from triage import actions
from triage import protocol_teksten as teksten
from triage.forms import NavoerenForm
from triage.lezing import STANDAARDLEZING
from triage.models import Oproep, Verwijsadres
from triage.scherm.formulier import paper_questions

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


class TestFormulier:
    def test_holds_the_questions_and_nobody(self, client, url, kring):
        factories.PatientFactory(kring=kring, naam="Jans Geheim")
        page = text_of(client.get(url("formulier")))
        assert "Heeft u koorts?" in page
        assert "Bent u zo geholpen?" in page
        assert "Geheim" not in page

    def test_asks_each_question_once_and_of_a_local_rule_only_where_it_is_on(self):
        off, on = (
            [row["vraag"] for row in paper_questions(reading)]
            for reading in (
                STANDAARDLEZING,
                replace(STANDAARDLEZING, lokale_regels=frozenset({"L-01"})),
            )
        )
        question = str(teksten.VRAGEN["direct_gevaar"])
        assert question not in off
        assert on == [question, *off]
        assert len(set(on)) == len(on)

    def test_the_coordinator_prints_it_too(self, als, url, coordinator, vreemde):
        assert als(coordinator).get(url("formulier")).status_code == 200
        assert als(vreemde).get(url("formulier")).status_code == 404


class TestNachtblad:
    @pytest.fixture
    def called(self, oproep, by):
        save(oproep, by, klachten=["avulsie"])
        patient = {"naam": "Jans Nacht", "bsn": "111222333", "adres": "Lindelaan 12"}
        actions.save_patient(oproep, gegevens=patient | {"telefoon": "+31612345678"}, by=by)
        return oproep

    def test_who_at_which_number_and_what_was_promised(self, client, url, called, dienst):
        page = text_of(client.get(url("nachtblad")))
        assert "Jans Nacht" in page
        assert "06-12345678" in page
        assert "gezien vóór" in page
        assert dienst.dienstdoende.naam in page

    def test_no_bsn_and_no_address(self, client, url, called):
        page = text_of(client.get(url("nachtblad")))
        assert "111222333" not in page
        assert "333" not in page.replace("000", "")
        assert "Lindelaan" not in page

    def test_each_patient_is_a_line(self, client, url, called):
        client.get(url("nachtblad"))
        line = Logregel.objects.get(gebeurtenis="nachtblad.getoond")
        assert line.patient_id == called.patient_id

    def test_a_closed_call_of_an_earlier_duty_is_not_on_it(self, client, url, kring, dienst, by):
        past = {"aangenomen_op": dienst.begin - timedelta(hours=3)}
        closed = {"status": "afgerond", "afgerond_op": dienst.begin - timedelta(hours=2)}
        factories.OproepFactory(kring=kring, nummer=771, **past, **closed)
        factories.OproepFactory(kring=kring, nummer=772, **past)
        page = text_of(client.get(url("nachtblad")))
        assert ">771<" not in page
        assert ">772<" in page

    def test_as_many_queries_for_many(self, client, url, kring, dienst):
        def count():
            with CaptureQueriesContext(connection) as captured:
                client.get(url("nachtblad"))
            return len(captured)

        factories.OproepFactory(kring=kring)
        count()
        first = count()
        factories.OproepFactory.create_batch(8, kring=kring)
        assert count() == first

    def test_who_may_not(self, als, url, coordinator, vreemde, called):
        assert als(coordinator).get(url("nachtblad")).status_code == 403
        assert als(vreemde).get(url("nachtblad")).status_code == 404


class TestNavoeren:
    def post(self, client, url, moment: datetime, by, **extra):
        local = to_local(moment)
        data = {"datum": f"{local:%d-%m-%Y}", "tijd": f"{local:%H:%M}"}
        return client.post(url("navoeren"), data | {"aangenomen_door": by.person_id} | extra)

    def test_leads_to_the_ordinary_screen(self, client, url, by):
        moment = db_now() - timedelta(hours=6)
        answer = self.post(client, url, moment, by)
        oproep = Oproep.objects.get()
        assert answer.status_code == 302
        assert str(oproep.pk) in answer.url
        assert oproep.aangenomen_op == moment.replace(second=0, microsecond=0)
        page = text_of(client.get(answer.url))
        assert "Nagevoerd van papier" in page
        assert "van papier" in text_of(client.get(url("bord")))

    @pytest.mark.parametrize(
        ("ago", "zin"),
        [(timedelta(hours=-2), "in de toekomst"), (timedelta(days=15), "Langer dan 14 dagen")],
    )
    def test_says_what_is_wrong_with_the_moment(self, client, url, by, ago, zin):
        answer = self.post(client, url, db_now() - ago, by)
        assert answer.status_code == 422
        assert zin in text_of(answer)
        assert not Oproep.objects.exists()

    @pytest.mark.parametrize(
        "data",
        [
            {},
            {"datum": "31-02-2026", "tijd": "25:00", "aangenomen_door": "x"},
            {"datum": "\0", "tijd": "\0", "aangenomen_door": "\0", "keer": "\0"},
            {"datum": "01-01-0001", "tijd": "00:00"},
        ],
    )
    def test_a_broken_form_keeps_what_was_typed(self, client, url, data):
        answer = client.post(url("navoeren"), data)
        assert answer.status_code == 422
        assert not Oproep.objects.exists()
        if data.get("tijd") == "25:00":
            assert "31-02-2026" in text_of(answer)
            assert "Vul een tijd in" in text_of(answer)

    def test_somebody_of_another_kring_did_not_take_it(self, client, url, vreemde):
        moment = to_local(db_now() - timedelta(hours=2))
        data = {"datum": f"{moment:%d-%m-%Y}", "tijd": "00:10", "aangenomen_door": vreemde.pk}
        assert client.post(url("navoeren"), data).status_code == 422
        assert not Oproep.objects.exists()

    def test_who_may_not(self, als, url, coordinator, vreemde):
        assert als(coordinator).get(url("navoeren")).status_code == 403
        assert als(vreemde).post(url("navoeren"), {}).status_code == 404


class TestBothClockChanges:
    """The hour that exists twice asks which one; the hour that does not exist is refused."""

    def form(self, triagist, datum, tijd, **extra) -> NavoerenForm:
        data = {"datum": datum, "tijd": tijd, "aangenomen_door": triagist.pk} | extra
        return NavoerenForm(data, colleagues=Gebruiker.objects.all())

    def test_the_doubled_hour_asks(self, triagist):
        form = self.form(triagist, "25-10-2026", "02:30")
        assert not form.is_valid()
        assert form.vraagt_keer
        assert list(form.errors) == ["keer"]

    @pytest.mark.parametrize(("keer", "hour"), [("eerste", 0), ("tweede", 1)])
    def test_and_takes_the_answer(self, triagist, keer, hour):
        form = self.form(triagist, "25-10-2026", "02:30", keer=keer)
        assert form.is_valid()
        expected = datetime(2026, 10, 25, hour, 30, tzinfo=ZoneInfo("UTC"))
        assert form.cleaned_data["aangenomen_op"] == expected

    @pytest.mark.parametrize("tijd", ["01:59", "03:00"])
    def test_around_it_there_is_only_one(self, triagist, tijd):
        assert self.form(triagist, "25-10-2026", tijd).is_valid()

    def test_the_skipped_hour_does_not_exist(self, triagist):
        form = self.form(triagist, "28-03-2027", "02:30")
        assert not form.is_valid()
        assert "bestaat niet" in str(form.errors["tijd"])


def test_an_appointment_of_that_night_stays_of_that_night(client, url, by, tandarts):
    moment = db_now() - timedelta(days=3)
    oproep = actions.enter_from_paper(
        kring_id=by.kring_id, aangenomen_op=moment, aangenomen_door_id=by.person_id, by=by
    )
    actions.log_contactpoging(
        oproep, tandarts=tandarts, rol="dienstdoende", resultaat="gesproken", by=by
    )
    later = to_local(moment + timedelta(hours=1)).replace(second=0, microsecond=0)
    client.post(url("besluit", oproep), {"besluit": "zien", "moment": f"{later:%H:%M}"})
    oproep.refresh_from_db()
    assert oproep.afspraak_om == later


class TestVerwijsadressen:
    DATA = {
        "soort": "eerstehulp",
        "naam": "Ziekenhuis De Vecht",
        "telefoon": "030 2345678",
        "adres": "Ziekenhuislaan 1, Utrecht",
    }

    @pytest.fixture
    def boss(self, als, coordinator):
        return als(coordinator)

    def address(self, kring, row=None):
        name, kwargs = "verwijsadres_nieuw", {"kring": kring.slug}
        if row is not None:
            name, kwargs = "verwijsadres", kwargs | {"pk": row.pk}
        return reverse(f"triage:{name}", kwargs=kwargs)

    def test_add_and_change(self, boss, kring, url):
        boss.post(self.address(kring), self.DATA)
        row = Verwijsadres.objects.get()
        assert (row.telefoon, row.actief) == ("+31302345678", True)
        boss.post(self.address(kring, row), self.DATA | {"toelichting": "Eerst bellen."})
        row.refresh_from_db()
        assert (row.toelichting, row.actief) == ("Eerst bellen.", False)
        assert "niet in gebruik" in text_of(boss.get(url("verwijsadressen")))
        events = Logregel.objects.filter(object_id=str(row.pk)).order_by("id")
        assert list(events.values_list("gebeurtenis", flat=True)) == [
            "verwijsadres.toegevoegd",
            "verwijsadres.gewijzigd",
        ]

    def test_the_same_name_twice_is_refused_at_the_name(self, boss, kring):
        boss.post(self.address(kring), self.DATA)
        answer = boss.post(self.address(kring), self.DATA)
        assert answer.status_code == 422
        assert "al een adres van deze soort" in text_of(answer)
        assert Verwijsadres.objects.count() == 1
        assert Logregel.objects.filter(gebeurtenis="verwijsadres.toegevoegd").count() == 1

    @pytest.mark.parametrize("field", ["soort", "naam", "telefoon", "adres"])
    @pytest.mark.parametrize("waarde", ["", "\0", "x" * 5000])
    def test_a_broken_form(self, boss, kring, field, waarde):
        answer = boss.post(self.address(kring), self.DATA | {field: waarde})
        assert answer.status_code == 422
        assert not Verwijsadres.objects.exists()

    def test_who_may_not(self, als, client, kring, vreemde, url):
        row = factories.VerwijsadresFactory(kring=kring)
        assert client.get(url("verwijsadressen")).status_code == 403
        assert client.post(self.address(kring, row), self.DATA).status_code == 403
        assert als(vreemde).get(self.address(kring, row)).status_code == 404
        row.refresh_from_db()
        assert row.naam != "Ziekenhuis De Vecht"

    def test_as_many_queries_for_many(self, boss, kring, url):
        def count():
            with CaptureQueriesContext(connection) as captured:
                boss.get(url("verwijsadressen"))
            return len(captured)

        factories.VerwijsadresFactory(kring=kring)
        count()
        first = count()
        factories.VerwijsadresFactory.create_batch(6, kring=kring)
        assert count() == first


class TestSneltoetsen:
    def test_off_is_kept_with_the_person_and_stands_in_every_page(self, client, url, triagist):
        address = reverse("sneltoetsen")
        assert 'data-sneltoetsen="uit"' not in text_of(client.get(url("bord")))
        client.post(address, {"uit": "ja"})
        triagist.refresh_from_db()
        assert triagist.sneltoetsen_uit is True
        assert 'data-sneltoetsen="uit"' in text_of(client.get(url("bord")))
        client.post(address, {"uit": "nee"})
        assert 'data-sneltoetsen="uit"' not in text_of(client.get(url("bord")))

    def test_of_nobody_else(self, client, als, url, coordinator, kring):
        client.post(reverse("sneltoetsen"), {"uit": "ja"})
        page = als(coordinator).get(reverse("kring:start", kwargs={"kring": kring.slug}))
        assert 'data-sneltoetsen="uit"' not in text_of(page)
