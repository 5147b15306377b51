"""A second contact about the same complaint: joined, parted, rung back (U8, U9)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from kern.models import Logregel
from tests import factories
from triage import actions
from triage.afronding import reasons_not_to_close
from triage.models import Oproep, Termijn
from triage.overgangen import StapGeweigerd

PIJN = {"klachten": ["pijn"], "koorts": "nee", "pijnstilling_ingenomen": "nee", "nrs": 4}
BLOEDING = {"klachten": ["nabloeding"], "bloeding_ernst": "gering", "antitrombotica": "nee"}


def save(oproep, by, *, omschrijving="", **antwoorden):
    return actions.save_antwoorden(
        oproep,
        antwoorden=antwoorden,
        omschrijving=omschrijving,
        versie=oproep.versie,
        by=by,
    )


def earlier(oproep, **ago):
    """Put the call back in time, as the database clock would have it."""
    Oproep.objects.filter(pk=oproep.pk).update(
        aangenomen_op=oproep.aangenomen_op - timedelta(**ago)
    )
    oproep.refresh_from_db()
    return oproep


def rules(oproep):
    return {regel["id"] for regel in oproep.uitkomst["regels"]}


@pytest.fixture
def eerdere(kring, by):
    """Return a function that takes an earlier call with these answers, so many minutes ago."""

    def build(minuten, **antwoorden):
        oproep = earlier(actions.start_oproep(kring_id=kring.pk, by=by), minutes=minuten)
        return save(oproep, by, **antwoorden)

    return build


@pytest.fixture
def tweede(eerdere, kring, by):
    """Return a function that takes a second call, joined to an earlier one of `minuten` ago."""

    def build(minuten, **antwoorden):
        first = eerdere(minuten, **antwoorden)
        oproep = actions.start_oproep(kring_id=kring.pk, by=by)
        return first, actions.join_oproep(oproep, eerdere=first, by=by)

    return build


class TestKoppelen:
    def test_facts_of_the_earlier_call_count(self, tweede):
        first, second = tweede(70, **PIJN)
        assert second.herhaling_van == first
        assert second.antwoorden == {
            "klachten": ["pijn"],
            "herhaalcontact": True,
            "minuten_sinds_eerste_contact": 70,
            "eerdere_uitkomst": "pijn_advies",
        }

    def test_pain_not_better_after_the_hour(self, tweede, by):
        _first, second = tweede(70, **PIJN)
        save(second, by, **PIJN, verbetering_sinds_advies="nee")
        assert "R-22" in rules(second)
        assert second.contact == "verplicht"

    def test_bleeding_clock_runs_from_the_first_report(self, tweede, by):
        first, second = tweede(40, **BLOEDING)
        save(second, by, **BLOEDING, verbetering_sinds_advies="nee")
        assert "R-44" in rules(second)
        # T-01: the hour began with the first call, whatever was joined.
        assert second.zien_voor - first.aangenomen_op <= timedelta(minutes=60, seconds=59)
        assert second.zien_voor - first.aangenomen_op >= timedelta(minutes=60)

    def test_worse_is_judged_anew_whatever_the_earlier_advice(self, tweede, by):
        _first, second = tweede(5, klachten=["ongemak"], oorzaak_ongeval=False)
        assert second.antwoorden["eerdere_uitkomst"] == "anders"
        save(
            second,
            by,
            klachten=["ongemak"],
            oorzaak_ongeval=False,
            verbetering_sinds_advies="erger",
        )
        assert "R-70" in rules(second)
        assert second.contact == "verplicht"

    def test_third_call_counts_from_the_first(self, tweede, kring, by):
        _first, second = tweede(50, **BLOEDING)
        third = actions.start_oproep(kring_id=kring.pk, by=by)
        actions.join_oproep(third, eerdere=second, by=by)
        assert third.antwoorden["minuten_sinds_eerste_contact"] == 50

    def test_answers_that_are_there_stay(self, eerdere, kring, by):
        first = eerdere(20, **PIJN)
        second = save(actions.start_oproep(kring_id=kring.pk, by=by), by, klachten=["nabloeding"])
        actions.join_oproep(second, eerdere=first, by=by)
        assert second.antwoorden["klachten"] == ["nabloeding"]

    def test_is_logged_and_undone_together(self, eerdere, oproep, by):
        first = eerdere(20, **PIJN)
        lines = Logregel.objects.filter(gebeurtenis="oproep.herhaling_gekoppeld")
        with transaction.atomic():
            actions.join_oproep(oproep, eerdere=first, by=by)
            assert lines.get().object_id == str(oproep.pk)
            transaction.set_rollback(True)
        oproep.refresh_from_db()
        assert oproep.herhaling_van is None
        assert not lines.exists()

    def test_twice_is_once(self, tweede, by):
        first, second = tweede(20, **PIJN)
        versie = second.versie
        assert actions.join_oproep(second, eerdere=first, by=by).versie == versie

    @pytest.mark.parametrize("ago", [{"hours": 96, "minutes": 1}, {"minutes": -5}])
    def test_too_long_ago_or_later_is_refused(self, eerdere, oproep, by, ago):
        first = earlier(eerdere(0, **PIJN), **ago)
        with pytest.raises(StapGeweigerd):
            actions.join_oproep(oproep, eerdere=first, by=by)
        oproep.refresh_from_db()
        assert oproep.herhaling_van is None

    def test_itself_and_a_circle_are_refused(self, tweede, by):
        first, second = tweede(20, **PIJN)
        Oproep.objects.filter(pk=second.pk).update(aangenomen_op=first.aangenomen_op)
        second.refresh_from_db()
        for eerdere in (first, second):
            with pytest.raises(StapGeweigerd):
                actions.join_oproep(first, eerdere=eerdere, by=by)
        with pytest.raises(IntegrityError, match="oproep_herhaalt_een_ander"), transaction.atomic():
            Oproep.objects.filter(pk=first.pk).update(herhaling_van=first)

    def test_other_kring_cannot_be_pointed_at(self, oproep, andere_kring):
        other = factories.OproepFactory(kring=andere_kring)
        Oproep.objects.filter(pk=oproep.pk).update(herhaling_van=other)
        with pytest.raises(IntegrityError, match="herhaling_van_id_kring"):
            connection.check_constraints()

    def test_closed_call_is_not_joined_any_more(self, eerdere, oproep, by):
        first = eerdere(20, **PIJN)
        Oproep.objects.filter(pk=oproep.pk).update(
            status="afgerond", afgerond_op=oproep.aangenomen_op
        )
        with pytest.raises(StapGeweigerd, match="al afgerond"):
            actions.join_oproep(oproep, eerdere=first, by=by)

    def test_other_window_gets_a_conflict(self, eerdere, oproep, by):
        first = eerdere(20, **PIJN)
        save(oproep, by, klachten=["pijn"])
        with pytest.raises(actions.VersieConflict):
            actions.join_oproep(oproep, eerdere=first, versie=1, venster="b", by=by)

    def test_empty_call_that_is_pointed_at_is_not_thrown_away(self, kring, oproep, by):
        earlier(oproep, minutes=5)
        second = actions.start_oproep(kring_id=kring.pk, by=by)
        actions.join_oproep(second, eerdere=oproep, by=by)
        with pytest.raises(StapGeweigerd, match="weggooien kan niet"):
            actions.discard_oproep(oproep, by=by)


def clocks(oproep):
    return set(Termijn.objects.running().filter(oproep=oproep).values_list("soort", flat=True))


class TestAfgebroken:
    """Who rings back and hangs up still has to be rung back: no clock goes out silently."""

    def test_clocks_of_the_earlier_call_run_again(self, tweede, by):
        first, second = tweede(5, **BLOEDING)
        assert clocks(first) == set()
        save(second, by)
        actions.abort_oproep(second, reden="opgehangen", by=by)
        assert clocks(first) == {"terugbellen", "bloeding"}
        first.refresh_from_db()
        assert first.status == "terugbellen"

    def test_not_when_the_dentist_decided_in_the_later_one(self, tweede, tandarts, by):
        first, second = tweede(5, **BLOEDING)
        actions.log_contactpoging(
            second, tandarts=tandarts, rol="dienstdoende", resultaat="gesproken", by=by
        )
        actions.record_besluit(second, besluit="eerstehulp", toelichting="UMC", by=by)
        actions.abort_oproep(second, reden="opgehangen", by=by)
        assert clocks(first) == set()


class TestLosmaken:
    def test_a_wrong_join_leaves_no_trace_in_the_earlier_call(self, eerdere, kring, by):
        first = eerdere(70, **PIJN)
        row = Oproep.objects.filter(pk=first.pk).values()
        before = row.get()
        second = actions.start_oproep(kring_id=kring.pk, by=by)
        actions.join_oproep(second, eerdere=first, by=by)
        save(second, by, **PIJN, verbetering_sinds_advies="nee")
        actions.part_oproep(second, by=by)
        assert row.get() == before
        assert second.herhaling_van is None
        assert second.antwoorden == PIJN
        assert "R-22" not in rules(second)
        assert second.status == "terugbellen"
        assert Logregel.objects.filter(gebeurtenis="oproep.herhaling_losgemaakt").count() == 1

    def test_what_was_not_joined_changes_nothing(self, oproep, by):
        versie = oproep.versie
        assert actions.part_oproep(oproep, by=by).versie == versie


class TestTerugbellen:
    """The patient rings back in the same call (U8)."""

    def test_painkiller_that_had_its_time_since(self, oproep, by):
        """R-28 waits for the rest of the hour; not better then is not better after an hour."""
        taken = {
            **PIJN,
            "pijnstilling_ingenomen": "ja",
            "pijnstilling_minuten_geleden": 30,
            "pijnstilling_verbetering": "onbekend",
        }
        save(oproep, by, **taken)
        assert oproep.terugbellen_om == oproep.aangenomen_op + timedelta(minutes=30)
        earlier(oproep, minutes=31)
        save(oproep, by, **taken, verbetering_sinds_advies="nee")
        assert oproep.contact == "verplicht"

    def test_bleeding_that_was_reported_again_too_early(self, oproep, by):
        """Ten minutes is too short; at the agreed moment the same answer counts anew."""
        earlier(oproep, minutes=10)
        save(oproep, by, **BLOEDING)
        save(oproep, by, **BLOEDING, verbetering_sinds_advies="nee")
        assert (oproep.status, oproep.antwoorden["minuten_sinds_eerste_contact"]) == (
            "terugbellen",
            10,
        )
        assert oproep.terugbellen_om == oproep.aangenomen_op + timedelta(minutes=30)
        gap = timedelta(minutes=21)
        Oproep.objects.filter(pk=oproep.pk).update(
            aangenomen_op=oproep.aangenomen_op - gap, terugbellen_om=oproep.terugbellen_om - gap
        )
        save(oproep, by, **BLOEDING, verbetering_sinds_advies="nee")
        assert oproep.antwoorden["minuten_sinds_eerste_contact"] == 31
        assert "R-44" in rules(oproep)
        assert oproep.contact == "verplicht"


def test_the_first_of_a_joined_pair_waits_for_nobody(tweede, by):
    """Its call-back goes on in the second; broken off there without a word, it is owed again."""
    first, second = tweede(20, **PIJN)
    first.refresh_from_db()
    assert first.status == Oproep.Status.TERUGBELLEN
    assert not _owes_callback(first)
    save(second, by)
    actions.abort_oproep(second, reden="opgehangen", by=by)
    assert _owes_callback(first)


def _owes_callback(oproep):
    return any("terugbelmoment" in str(reden) for reden in reasons_not_to_close(oproep))
