"""The life of a version: each step its result and log line, each refusal nothing at all."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from kern.models import Logregel
from kern.tijd import db_now
from tests import factories
from triage.actions import versies
from triage.lezing import reading_of_version, settings_record, version_in_force
from triage.models import Protocolversie
from triage.overgangen import StapGeweigerd
from triage.protocol import STANDAARD


def events(versie):
    lines = Logregel.objects.filter(object_id=str(versie.pk)).order_by("id")
    return list(lines.values_list("gebeurtenis", flat=True))


def stored(versie):
    return Protocolversie.objects.get(pk=versie.pk)


class TestConcept:
    def test_begins_as_the_standard(self, kring, andere_kring, maker):
        factories.ProtocolversieFactory(kring=kring, nummer=4)
        factories.ProtocolversieFactory(kring=andere_kring, nummer=9)
        versie = versies.make_concept(kring_id=kring.pk, by=maker)
        assert (versie.nummer, versie.status, versie.gemaakt_van) == (5, "concept", None)
        assert versie.instellingen == settings_record(STANDAARD)
        assert versie.makers == [maker.gebruiker_id]
        assert events(versie) == ["protocolversie.gemaakt"]

    def test_begins_as_an_earlier_version(self, maak, kring, maker):
        earlier = maak("goedgekeurd", jong_kind_tot_leeftijd=6, lokale_regels=["L-01"])
        versie = versies.make_concept(kring_id=kring.pk, van=earlier, by=maker)
        assert versie.gemaakt_van == earlier
        assert versie.instellingen == earlier.instellingen
        assert versie.lokale_regels == ["L-01"]

    def test_saved_whole(self, concept, wijzig):
        wijzig(concept, nrs_overleg_aanbevolen_vanaf=None, lokale_regels=["L-01"])
        row = stored(concept)
        assert reading_of_version(row).instellingen.nrs_overleg_aanbevolen_vanaf is None
        assert len(row.instellingen) == len(settings_record(STANDAARD))
        assert row.lokale_regels == ["L-01"]
        assert events(concept)[-1] == "protocolversie.gewijzigd"

    def test_unknown_setting_or_rule_is_refused(self, concept, wijzig):
        for wrong in ({"bestaat_niet": 1}, {"lokale_regels": ["L-99"]}, {"kind_regel": "x"}):
            with pytest.raises(ValueError, match=r"unknown|bestaat niet|een van deze"):
                wijzig(concept, **wrong)
        assert stored(concept).instellingen == concept.instellingen

    def test_older_window_overwrites_nothing(self, concept, wijzig, maker):
        seen = concept.wijziging
        wijzig(concept, jong_kind_tot_leeftijd=10)
        with pytest.raises(StapGeweigerd, match="intussen gewijzigd"):
            versies.save_concept(
                concept,
                instellingen=settings_record(STANDAARD),
                lokale_regels=[],
                toelichting="",
                wijziging=seen,
                by=maker,
            )
        assert stored(concept).instellingen["jong_kind_tot_leeftijd"] == 10

    def test_thrown_away(self, concept, maker):
        pk = concept.pk
        versies.discard_concept(concept, by=maker)
        assert not Protocolversie.objects.filter(pk=pk).exists()
        assert Logregel.objects.filter(
            object_id=str(pk), gebeurtenis="protocolversie.weggegooid", actie="D"
        ).exists()


class TestAkkoord:
    def test_offered_then_approved(self, concept, maker, keurder):
        versies.offer_concept(concept, by=maker)
        assert (concept.status, concept.aangeboden_door_id) == ("aangeboden", maker.gebruiker_id)
        versies.approve(concept, by=keurder, wijziging=concept.wijziging)
        row = stored(concept)
        assert (row.status, row.goedgekeurd_door_id) == ("goedgekeurd", keurder.gebruiker_id)
        assert abs(row.goedgekeurd_op - db_now()) < timedelta(minutes=1)
        assert events(concept)[-2:] == ["protocolversie.aangeboden", "protocolversie.goedgekeurd"]

    def test_not_offered_without_a_reason(self, concept, wijzig, maker):
        wijzig(concept, toelichting="  ")
        with pytest.raises(StapGeweigerd, match="waarom deze versie"):
            versies.offer_concept(concept, by=maker)
        assert stored(concept).status == "concept"

    def test_nobody_approves_own_work(self, concept, wijzig, maker, actor, tandarts_gebruiker):
        helper = actor(tandarts_gebruiker)
        versies.save_concept(
            concept,
            instellingen=concept.instellingen,
            lokale_regels=[],
            toelichting="Kleine aanpassing.",
            by=helper,
        )
        wijzig(concept)
        versies.offer_concept(concept, by=maker)
        for person in (maker, helper):
            with pytest.raises(StapGeweigerd, match="meegeschreven"):
                versies.approve(concept, by=person)
        assert stored(concept).status == "aangeboden"

    def test_approves_what_was_read(self, concept, maker, keurder, wijzig):
        versies.offer_concept(concept, by=maker)
        read = concept.wijziging
        versies.take_back(concept, by=maker)
        wijzig(concept, jong_kind_tot_leeftijd=3)
        versies.offer_concept(concept, by=maker)
        with pytest.raises(StapGeweigerd, match="intussen gewijzigd"):
            versies.approve(concept, by=keurder, wijziging=read)
        assert stored(concept).status == "aangeboden"

    def test_sent_back_with_a_reason(self, maak, keurder, maker):
        versie = maak("aangeboden")
        with pytest.raises(StapGeweigerd, match="waarom je"):
            versies.send_back(versie, reden=" ", by=keurder)
        versies.send_back(versie, reden="Twaalf jaar is te oud.", by=keurder)
        row = stored(versie)
        assert (row.status, row.teruggestuurd_reden) == ("concept", "Twaalf jaar is te oud.")
        assert row.teruggestuurd_door_id == keurder.gebruiker_id
        assert row.aangeboden_op is None
        assert events(versie)[-1] == "protocolversie.teruggestuurd"
        versies.offer_concept(versie, by=maker)
        assert stored(versie).teruggestuurd_reden == ""

    @pytest.mark.parametrize("stage", ["concept", "goedgekeurd", "van_kracht"])
    def test_only_what_waits_is_judged(self, maak, keurder, stage):
        versie = maak(stage)
        for step in (versies.approve, versies.take_back):
            with pytest.raises(StapGeweigerd, match="wacht niet"):
                step(versie, by=keurder)
        with pytest.raises(StapGeweigerd, match="wacht niet"):
            versies.send_back(versie, reden="x", by=keurder)

    @pytest.mark.parametrize("stage", ["aangeboden", "goedgekeurd", "van_kracht"])
    def test_only_a_concept_changes(self, maak, maker, wijzig, stage):
        versie = maak(stage)
        with pytest.raises(StapGeweigerd, match="Alleen een concept"):
            wijzig(versie, jong_kind_tot_leeftijd=3)
        with pytest.raises(StapGeweigerd, match="Alleen een concept"):
            versies.discard_concept(versie, by=maker)
        with pytest.raises(StapGeweigerd, match="al aangeboden"):
            versies.offer_concept(versie, by=maker)
        assert stored(versie).instellingen["jong_kind_tot_leeftijd"] == 12


class TestVanKracht:
    def test_from_now(self, maak, kring, maker):
        versie = maak("goedgekeurd")
        assert version_in_force(kring.pk, db_now()) is None
        versies.put_in_force(versie, by=maker)
        assert version_in_force(kring.pk, db_now()) == versie
        assert version_in_force(kring.pk, db_now() - timedelta(hours=1)) is None
        assert events(versie)[-1] == "protocolversie.van_kracht_gezet"

    def test_from_later_and_taken_back(self, maak, kring, maker):
        versie, later = maak("goedgekeurd"), db_now() + timedelta(days=3)
        versies.put_in_force(versie, vanaf=later, by=maker)
        assert version_in_force(kring.pk, db_now()) is None
        assert version_in_force(kring.pk, later) == versie
        versies.withdraw(versie, by=maker)
        assert version_in_force(kring.pk, later) is None
        assert stored(versie).status == "goedgekeurd"
        assert events(versie)[-1] == "protocolversie.ingetrokken"

    def test_replaces_the_earlier_one(self, maak, kring):
        first = maak("van_kracht")
        moment = db_now()
        second = maak("van_kracht")
        assert version_in_force(kring.pk, moment) == first
        assert version_in_force(kring.pk, db_now()) == second

    def test_other_kring_keeps_its_own(self, maak, andere_kring):
        maak("van_kracht")
        assert version_in_force(andere_kring.pk, db_now()) is None

    def test_not_in_the_past(self, maak, maker):
        versie = maak("goedgekeurd")
        with pytest.raises(StapGeweigerd, match="al voorbij"):
            versies.put_in_force(versie, vanaf=db_now() - timedelta(minutes=1), by=maker)
        assert stored(versie).van_kracht_vanaf is None

    def test_two_at_one_moment_is_an_error_at_the_field(self, maak, maker):
        later = db_now() + timedelta(days=3)
        versies.put_in_force(maak("goedgekeurd"), vanaf=later, by=maker)
        with pytest.raises(ValidationError) as error:
            versies.put_in_force(maak("goedgekeurd"), vanaf=later, by=maker)
        assert "ander tijdstip" in str(error.value.message_dict["vanaf"])

    @pytest.mark.parametrize("stage", ["concept", "aangeboden"])
    def test_not_before_approval(self, maak, maker, stage):
        versie = maak(stage)
        with pytest.raises(StapGeweigerd, match="nog niet goedgekeurd"):
            versies.put_in_force(versie, by=maker)
        with pytest.raises(StapGeweigerd, match="geen moment"):
            versies.withdraw(versie, by=maker)

    def test_stays_as_it_is_once_begun(self, maak, maker):
        versie = maak("van_kracht")
        with pytest.raises(StapGeweigerd, match="van kracht sinds"):
            versies.withdraw(versie, by=maker)
        with pytest.raises(StapGeweigerd, match="van kracht sinds"):
            versies.put_in_force(versie, by=maker)


def test_step_and_line_are_undone_together(concept, maker):
    class Halt(Exception):
        pass

    def offer_and_fail():
        with transaction.atomic():
            versies.offer_concept(concept, by=maker)
            raise Halt

    before = events(concept)
    with pytest.raises(Halt):
        offer_and_fail()
    assert stored(concept).status == "concept"
    assert events(concept) == before
