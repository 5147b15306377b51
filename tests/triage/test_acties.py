"""Every action of a call: its result, its access-log line, and both undone together."""

from datetime import timedelta

import pytest
from django.db import transaction

from kern.models import Logregel
from tests import factories
from tests.triage.hulp import complete, events, save
from triage import actions
from triage.models import Contactpoging, Oproep, Patient
from triage.overgangen import StapGeweigerd

CONTROLES = ["zorgvraag", "pijn", "vervolg", "tevreden"]


def _stored(patient):
    """Return the row as the database gives it back: dates as dates."""
    return Patient.objects.get(pk=patient.pk)


class TestStart:
    def test_number_follows_the_last_of_the_kring(self, kring, andere_kring, by):
        factories.OproepFactory(kring=kring, nummer=41)
        factories.OproepFactory(kring=andere_kring, nummer=900)
        oproep = actions.start_oproep(kring_id=kring.pk, by=by, telefoon="+31612345678")
        assert oproep.nummer == 42
        assert oproep.status == "open"
        assert oproep.patient is None
        assert events(oproep) == ["oproep.aangenomen"]

    def test_remembers_the_duty(self, kring, by):
        dienst = factories.DienstFactory(kring=kring)
        assert actions.start_oproep(kring_id=kring.pk, by=by).dienst == dienst


class TestAntwoorden:
    def test_avulsion_has_its_outcome_and_deadlines_at_once(self, oproep, by):
        save(oproep, by, klachten=["avulsie"])
        oproep.refresh_from_db()
        assert oproep.contact == "verplicht"
        assert oproep.zien_voor == oproep.aangenomen_op + timedelta(minutes=60)
        assert oproep.streef_voor == oproep.aangenomen_op + timedelta(minutes=30)
        assert "R-60" in [regel["id"] for regel in oproep.uitkomst["regels"]]
        assert oproep.uitkomst["protocolversie"]
        assert events(oproep) == ["oproep.aangenomen", "oproep.antwoorden_bewaard"]

    def test_answers_of_hidden_questions_are_not_stored(self, oproep, by):
        save(oproep, by, klachten=["pijn"], nrs=9, koorts="nee")
        assert oproep.antwoorden["nrs"] == 9
        save(oproep, by, klachten=["ongemak"], nrs=9, koorts="nee")
        assert "nrs" not in oproep.antwoorden
        assert "R-27" not in [regel["id"] for regel in oproep.uitkomst["regels"]]

    def test_no_complaint_gives_no_outcome(self, oproep, by):
        save(oproep, by, klachten=["avulsie"])
        save(oproep, by, klachten=[])
        assert (oproep.contact, oproep.uitkomst, oproep.zien_voor) == ("", {}, None)

    def test_the_deadline_does_not_move_with_later_answers(self, oproep, by):
        save(oproep, by, klachten=["avulsie"])
        first = oproep.zien_voor
        save(oproep, by, klachten=["avulsie"], avulsie_element="blijvend")
        assert oproep.zien_voor == first

    def test_advice_with_call_back_waits_for_it(self, oproep, by):
        save(oproep, by, klachten=["nabloeding"], bloeding_ernst="gering", antitrombotica="nee")
        assert oproep.status == "terugbellen"
        assert oproep.terugbellen_om == oproep.aangenomen_op + timedelta(minutes=30)

    def test_not_better_after_the_advice_needs_the_dentist(self, oproep, by):
        Oproep.objects.filter(pk=oproep.pk).update(
            aangenomen_op=oproep.aangenomen_op - timedelta(minutes=40)
        )
        antwoorden = {
            "klachten": ["nabloeding"],
            "bloeding_ernst": "gering",
            "antitrombotica": "nee",
        }
        save(oproep, by, **antwoorden)
        save(oproep, by, **antwoorden, verbetering_sinds_advies="nee")
        assert oproep.antwoorden["minuten_sinds_eerste_contact"] == 40
        assert (oproep.status, oproep.contact) == ("open", "verplicht")
        # T-01: the hour runs on from the first report.
        assert oproep.zien_voor == oproep.aangenomen_op + timedelta(minutes=60)

    def test_other_window_gets_a_conflict_and_nothing_is_overwritten(self, oproep, by):
        save(oproep, by, klachten=["pijn"], omschrijving="van de ene", venster="a")
        with pytest.raises(actions.VersieConflict) as caught:
            save(oproep, by, versie=1, klachten=[], omschrijving="van de ander", venster="b")
        assert caught.value.oproep.omschrijving == "van de ene"
        oproep.refresh_from_db()
        assert oproep.omschrijving == "van de ene"

    def test_own_late_repeat_is_no_conflict(self, oproep, by):
        save(oproep, by, klachten=["pijn"], venster="a")
        save(oproep, by, versie=1, klachten=["pijn"], koorts="nee", venster="a")
        assert oproep.antwoorden["koorts"] == "nee"

    def test_same_answers_change_nothing(self, oproep, by):
        save(oproep, by, klachten=["pijn"])
        versie = oproep.versie
        save(oproep, by, klachten=["pijn"])
        assert oproep.versie == versie
        assert events(oproep).count("oproep.antwoorden_bewaard") == 1


class TestPatient:
    def test_first_field_is_kept_before_there_is_a_name(self, oproep, by):
        patient = actions.save_patient(oproep, gegevens={"woonplaats": "Utrecht"}, by=by)
        oproep.refresh_from_db()
        assert oproep.patient == patient
        assert Patient.objects.get().woonplaats == "Utrecht"

    def test_age_counts_in_the_outcome(self, oproep, by):
        save(oproep, by, klachten=["pijn"], koorts="nee", pijn_fors_of_acuut=True)
        born = (oproep.aangenomen_op - timedelta(days=5 * 366)).date()
        actions.save_patient(oproep, gegevens={"naam": "Kind", "geboortedatum": born}, by=by)
        assert "R-23" in [regel["id"] for regel in oproep.uitkomst["regels"]]

    def test_chosen_patient_replaces_the_half_typed_one(self, kring, oproep, by):
        known = _stored(factories.PatientFactory(kring=kring, naam="Bekend"))
        actions.save_patient(oproep, gegevens={"telefoon": "+31612345678"}, by=by)
        actions.save_patient(oproep, patient=known, by=by)
        oproep.refresh_from_db()
        assert oproep.patient == known
        assert list(Patient.objects.all()) == [known]

    def test_earlier_patient_with_other_calls_stays(self, kring, oproep, by):
        first = _stored(factories.PatientFactory(kring=kring))
        factories.OproepFactory(kring=kring, patient=first, nummer=900)
        actions.save_patient(oproep, patient=first, by=by)
        other = _stored(factories.PatientFactory(kring=kring))
        actions.save_patient(oproep, patient=other, by=by)
        assert Patient.objects.filter(pk=first.pk).exists()


class TestContact:
    def test_spoken_dentist_becomes_behandelaar(self, oproep, tandarts, by):
        poging = actions.log_contactpoging(
            oproep, tandarts=tandarts, rol="dienstdoende", resultaat="gesproken", by=by
        )
        oproep.refresh_from_db()
        assert oproep.behandelaar == tandarts
        assert poging.door_id == by.gebruiker_id
        assert events(oproep)[-1] == "contactpoging.gesproken"

    def test_missed_call_makes_nobody_behandelaar(self, oproep, tandarts, by):
        actions.log_contactpoging(
            oproep, tandarts=tandarts, rol="dienstdoende", resultaat="niet_bereikt", by=by
        )
        assert oproep.behandelaar is None

    def test_only_a_spoken_dentist_decides(self, oproep, by):
        with pytest.raises(StapGeweigerd, match="tandarts hebt gesproken"):
            actions.record_besluit(oproep, besluit="zien", toelichting="", by=by)
        with pytest.raises(StapGeweigerd, match="tandarts hebt gesproken"):
            actions.make_afspraak(oproep, moment=oproep.aangenomen_op, by=by)


@pytest.fixture
def gesproken(oproep, tandarts, by):
    save(oproep, by, klachten=["avulsie"], opname_gemeld=True)
    actions.log_contactpoging(
        oproep, tandarts=tandarts, rol="dienstdoende", resultaat="gesproken", by=by
    )
    return oproep


class TestAfspraak:
    def test_makes_the_decision_to_see_as_well(self, gesproken, by):
        moment = gesproken.aangenomen_op + timedelta(minutes=30)
        actions.make_afspraak(gesproken, moment=moment, betaling_gemeld=True, by=by)
        gesproken.refresh_from_db()
        assert gesproken.status == "afspraak"
        assert gesproken.besluit == "zien"
        assert gesproken.afspraak_om == moment
        assert gesproken.betaling_gemeld

    def test_not_before_the_call(self, gesproken, by):
        with pytest.raises(StapGeweigerd, match="vóór het telefoontje"):
            actions.make_afspraak(
                gesproken, moment=gesproken.aangenomen_op - timedelta(hours=1), by=by
            )

    def test_other_decision_cancels_it(self, gesproken, by):
        actions.make_afspraak(gesproken, moment=gesproken.aangenomen_op, by=by)
        actions.record_besluit(gesproken, besluit="eerstehulp", toelichting="", by=by)
        gesproken.refresh_from_db()
        assert (gesproken.status, gesproken.afspraak_om) == ("open", None)


class TestAfronden:
    def close(self, oproep, by, controles=CONTROLES, **kwargs):
        return actions.close_oproep(oproep, controles=controles, by=by, **kwargs)

    def test_whole_call(self, gesproken, by):
        complete(gesproken, by)
        actions.make_afspraak(gesproken, moment=gesproken.aangenomen_op, by=by)
        self.close(gesproken, by, betaling_gemeld=True)
        gesproken.refresh_from_db()
        assert gesproken.status == "afgerond"
        assert gesproken.afgerond_op is not None
        assert gesproken.afgerond_door_id == by.gebruiker_id
        assert gesproken.afsluitcontroles == sorted(CONTROLES)
        assert events(gesproken)[-1] == "oproep.afgerond"

    def test_says_everything_that_is_missing(self, oproep, by):
        save(oproep, by, klachten=["avulsie"])
        with pytest.raises(actions.AfrondenGeweigerd) as caught:
            self.close(oproep, by, controles=["pijn"])
        reasons = [reden.zin for reden in caught.value.redenen]
        assert "Vul de naam van de patiënt in." in reasons
        assert "Spreek eerst de dienstdoende tandarts." in reasons
        assert "Loop alle vier de slotvragen langs." in reasons
        oproep.refresh_from_db()
        assert (oproep.status, oproep.afsluitcontroles) == ("open", [])

    def test_appointment_needs_the_payment_told(self, gesproken, by):
        complete(gesproken, by)
        actions.make_afspraak(gesproken, moment=gesproken.aangenomen_op, by=by)
        with pytest.raises(actions.AfrondenGeweigerd, match="betaling"):
            self.close(gesproken, by)

    def test_decision_must_be_on_paper(self, gesproken, by):
        complete(gesproken, by)
        with pytest.raises(actions.AfrondenGeweigerd, match="Leg vast wat de tandarts"):
            self.close(gesproken, by)

    def test_running_call_back_holds_it_open(self, oproep, by):
        save(
            oproep,
            by,
            klachten=["nabloeding"],
            bloeding_ernst="gering",
            antitrombotica="nee",
            opname_gemeld=True,
        )
        complete(oproep, by)
        with pytest.raises(actions.AfrondenGeweigerd, match="terugbelmoment"):
            self.close(oproep, by)

    def test_recommended_contact_may_be_skipped_with_a_reason(self, oproep, by):
        save(oproep, by, klachten=["ongemak"], oorzaak_ongeval=False, opname_gemeld=True)
        complete(oproep, by, heeft_eigen_tandarts="nee")
        assert oproep.contact == "aanbevolen"
        with pytest.raises(actions.AfrondenGeweigerd, match="niet met de tandarts"):
            self.close(oproep, by)
        with pytest.raises(actions.AfrondenGeweigerd, match="niet met de tandarts"):
            self.close(oproep, by, reden_geen_contact="anders", toelichting_geen_contact=" ")
        self.close(oproep, by, reden_geen_contact="anders", toelichting_geen_contact="Kan wachten.")
        assert oproep.status == "afgerond"
        assert events(oproep)[-2:] == ["oproep.geen_overleg", "oproep.afgerond"]
        assert {"verloop", "aandoeningen"} <= set(oproep.niet_gevraagd)
        assert "oorzaak_ongeval" not in oproep.niet_gevraagd

    def test_closed_stays_closed(self, gesproken, tandarts, by):
        complete(gesproken, by)
        actions.record_besluit(gesproken, besluit="instructie", toelichting="Koelen.", by=by)
        self.close(gesproken, by)
        for change in (
            lambda: save(gesproken, by, klachten=["pijn"]),
            lambda: complete(gesproken, by),
            lambda: actions.make_afspraak(gesproken, moment=gesproken.aangenomen_op, by=by),
            lambda: self.close(gesproken, by),
            lambda: actions.log_contactpoging(
                gesproken, tandarts=tandarts, rol="achterwacht", resultaat="gesproken", by=by
            ),
        ):
            with pytest.raises(StapGeweigerd, match="al afgerond"):
                change()


class TestAfbreken:
    def stop(self, oproep, by, reden="opgehangen", **kwargs):
        return actions.abort_oproep(oproep, reden=reden, by=by, **kwargs)

    def test_who_hangs_up_leaves_no_name_and_no_answers(self, oproep, by):
        save(oproep, by, omschrijving="Iets met een kies")
        self.stop(oproep, by)
        oproep.refresh_from_db()
        assert (oproep.status, oproep.afbreekreden) == ("afgerond", "opgehangen")
        assert oproep.afgerond_op is not None
        assert oproep.afgerond_door_id == by.gebruiker_id
        assert events(oproep)[-1] == "oproep.afgebroken"

    def test_another_reason_is_written_out(self, oproep, by):
        with pytest.raises(actions.AfrondenGeweigerd, match="Schrijf op waarom"):
            self.stop(oproep, by, reden="anders", toelichting=" ")
        self.stop(oproep, by, reden="anders", toelichting="Lijn viel weg.")
        assert oproep.afbreek_toelichting == "Lijn viel weg."

    def test_unknown_reason_is_refused(self, oproep, by):
        with pytest.raises(actions.AfrondenGeweigerd, match="Kies waarom"):
            self.stop(oproep, by, reden="geen zin")
        oproep.refresh_from_db()
        assert (oproep.status, oproep.afbreekreden) == ("open", "")

    def test_obligatory_contact_still_needs_the_dentist(self, oproep, tandarts, by):
        save(oproep, by, klachten=["avulsie"])
        with pytest.raises(actions.AfrondenGeweigerd, match="Spreek eerst de dienstdoende"):
            self.stop(oproep, by)
        oproep.refresh_from_db()
        assert oproep.status == "open"
        actions.log_contactpoging(
            oproep, tandarts=tandarts, rol="dienstdoende", resultaat="gesproken", by=by
        )
        self.stop(oproep, by)
        assert oproep.status == "afgerond"

    def test_the_word_that_the_dentist_knows_is_not_enough(self, oproep, by):
        """U10: only a conversation in the ledger, which names the dentist and the moment."""
        save(oproep, by, klachten=["avulsie"])
        with pytest.raises(actions.AfrondenGeweigerd, match="Spreek eerst de dienstdoende"):
            self.stop(oproep, by, tandarts="ingelicht")
        oproep.refresh_from_db()
        assert (oproep.status, oproep.afbreek_tandarts) == ("open", "")

    def test_who_can_be_called_back_is_called_back(self, oproep, by):
        bleeding = {"bloeding_ernst": "gering", "antitrombotica": "nee"}
        save(oproep, by, klachten=["nabloeding"], **bleeding)
        actions.save_patient(oproep, gegevens={"telefoon": "+31612345678"}, by=by)
        with pytest.raises(actions.AfrondenGeweigerd, match="terugbelmoment"):
            self.stop(oproep, by)
        past = oproep.aangenomen_op - timedelta(hours=1)
        Oproep.objects.filter(pk=oproep.pk).update(terugbellen_om=past)
        self.stop(oproep, by)
        assert oproep.status == "afgerond"

    def test_closed_stays_closed(self, oproep, by):
        self.stop(oproep, by)
        with pytest.raises(StapGeweigerd, match="al afgerond"):
            self.stop(oproep, by)


class TestGezien:
    def test_open_call(self, gesproken, by):
        actions.make_afspraak(gesproken, moment=gesproken.aangenomen_op, by=by)
        actions.mark_gezien(gesproken, by=by)
        gesproken.refresh_from_db()
        assert gesproken.status == "gezien"
        assert gesproken.gezien_op is not None
        assert events(gesproken)[-1] == "oproep.gezien"

    def test_closed_call_keeps_its_status(self, gesproken, by):
        complete(gesproken, by)
        actions.record_besluit(gesproken, besluit="instructie", toelichting="", by=by)
        actions.close_oproep(gesproken, controles=CONTROLES, by=by)
        actions.mark_gezien(gesproken, by=by)
        gesproken.refresh_from_db()
        assert gesproken.status == "afgerond"
        assert gesproken.gezien_op is not None

    def test_twice_is_once(self, gesproken, by):
        first = actions.mark_gezien(gesproken, by=by).gezien_op
        assert actions.mark_gezien(gesproken, by=by).gezien_op == first
        assert events(gesproken).count("oproep.gezien") == 1


@transaction.atomic
def _fail_after(action):
    action()
    raise RuntimeError


def test_action_and_log_line_fall_together(kring, by):
    with pytest.raises(RuntimeError):
        _fail_after(lambda: actions.start_oproep(kring_id=kring.pk, by=by))
    assert not Oproep.objects.exists()
    assert not Logregel.objects.filter(gebeurtenis="oproep.aangenomen").exists()


def test_attempt_and_log_line_fall_together(oproep, tandarts, by):
    with pytest.raises(RuntimeError):
        _fail_after(
            lambda: actions.log_contactpoging(
                oproep, tandarts=tandarts, rol="dienstdoende", resultaat="gesproken", by=by
            )
        )
    assert not Contactpoging.objects.exists()
    assert "contactpoging.gesproken" not in events(oproep)
