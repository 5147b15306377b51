"""The steps: each leaves its row and its line, or says by which article it may not be."""

from datetime import timedelta
from email import message_from_bytes
from email.policy import default

import pytest
from django.core.exceptions import ValidationError
from django.db import ProgrammingError, transaction
from django.utils import timezone

from kern import crypto
from kern.models import Logregel, Zending
from kern.outbox import place_of
from reglement.actions import royement as acties
from reglement.models import Deelname, Royement, Royementstap, Vergadering
from reglement.royement import gang
from tests import factories

pytestmark = pytest.mark.django_db


def lines(royement):
    rows = Logregel.objects.filter(object_soort="royement", object_id=str(royement.pk))
    return list(rows.order_by("id").values_list("gebeurtenis", flat=True))


def test_from_facts_to_a_conditional_decision(loop, betrokkene, vandaag):
    loop.to_carried()
    stap = loop.decide()
    assert loop.stand == "voorwaardelijk"
    assert stap.voorwaarden == "Elke dienst is er iemand.\nDe telefoon wordt opgenomen."
    row = Deelname.objects.get(deelnemer=betrokkene, tot__isnull=True)
    assert (row.status, row.vanaf) == ("voorwaardelijk", vandaag)
    assert row.besluit is not None
    # The practice hears that something is ready, and not what.
    mail = Zending.objects.get(sleutel__startswith="royementsbrief|")
    sealed = crypto.unseal(mail.inhoud, place=place_of(mail))
    text = message_from_bytes(sealed, policy=default).get_content()
    assert "Er staat een brief van" in text
    # Not in the address of the link either.
    assert "royement" not in text.lower()
    assert lines(loop.royement) == [
        "royement.vaststellen",
        "royement.voorstellen",
        "royement.aankondigen",
        "royement.horen",
        "royement.stemmen",
        "royement.uitslag",
        "royement.besluiten",
    ]


def test_a_refused_step_leaves_nothing(loop):
    loop.begin()
    before = lines(loop.royement)
    with pytest.raises(acties.StapGeweigerd) as caught, transaction.atomic():
        loop.propose(over="tandarts")
    assert "lost de praktijk dat eerst zelf op (art. 9 (toelichting))" in caught.value.messages[0]
    assert "over" in caught.value.error_dict
    assert loop.royement.stappen.count() == 1
    assert lines(loop.royement) == before


def test_about_one_dentist_only_when_the_practice_failed(loop):
    loop.begin()
    loop.propose(over="tandarts", in_gebreke=True)
    assert loop.stand == "voorgesteld"


def test_a_measure_counts_for_a_sole_proprietor_only(loop):
    loop.begin(grond="maatregel")
    with pytest.raises(acties.StapGeweigerd) as caught:
        loop.propose(eenmanszaak=False)
    assert "eenmanszaak" in caught.value.error_dict
    loop.propose(eenmanszaak=True)
    assert loop.stand == "voorgesteld"


def test_without_facts_nothing_begins(loop):
    with pytest.raises(acties.StapGeweigerd) as caught, transaction.atomic():
        loop.begin(feiten="  ")
    assert "feiten" in caught.value.error_dict
    assert not Royement.objects.exists()


def test_one_procedure_about_a_practice_at_a_time(loop, vandaag):
    first = loop.begin()
    with pytest.raises(ValidationError, match=f"dossier {first.nummer}"):
        loop.begin()
    acties.lapse(first, tekst="Opgelost.", op=vandaag, by=loop.by)
    assert loop.begin().nummer == first.nummer + 1


def test_a_day_that_is_to_come_is_refused(loop, vandaag):
    with pytest.raises(ValidationError) as caught:
        loop.begin(op=vandaag + timedelta(days=1))
    assert "op" in caught.value.error_dict


@pytest.mark.parametrize(("dagen", "mag"), [(20, False), (21, True)])
def test_three_weeks_before_the_meeting(loop, dagen, mag):
    loop.begin()
    loop.propose()
    loop.add_stuk()
    punt = loop.call(dagen=dagen)
    if mag:
        loop.announce(punt)
        assert loop.stand == "aangekondigd"
        return
    with pytest.raises(acties.StapGeweigerd, match=r"vergaderen kan vanaf.*\(art\. 9\.2c\)"):
        loop.announce(punt)
    assert loop.stand == "voorgesteld"


def test_without_documents_no_announcement(loop):
    loop.begin()
    loop.propose()
    with pytest.raises(ValidationError, match=r"nog geen stukken.*\(9\.2b\)"):
        loop.announce()


def test_the_practice_itself_is_always_invited(loop, betrokkene):
    loop.begin()
    loop.propose()
    loop.add_stuk()
    punt = loop.call()
    loop.invited(punt).filter(deelnemer=betrokkene).delete()
    with pytest.raises(ValidationError, match=r"staat niet bij de uitnodigingen"):
        loop.announce(punt)


def test_no_vote_counts_before_the_hearing(loop):
    loop.begin()
    loop.propose()
    loop.add_stuk()
    punt = loop.announce()
    loop.vote(punt, voor=6)
    with pytest.raises(acties.StapGeweigerd, match=r"is gehoord.*9\.2d"):
        acties.note_vote(loop.royement, by=loop.by)
    loop.hear("afgezien")
    acties.note_vote(loop.royement, by=loop.by)
    assert loop.stand == "aangenomen"


def test_two_thirds_of_those_present_not_of_the_votes(loop):
    loop.vote(loop.to_vote(), voor=3, tegen=1, blanco=2, uitkomst="verworpen")
    acties.note_vote(loop.royement, by=loop.by)
    assert loop.stand == "verworpen"
    assert gang.read(loop.royement).is_open
    acties.tell_result(loop.royement, op=loop.vandaag, by=loop.by)
    assert not gang.read(loop.royement).is_open


def test_a_decision_that_the_law_counts_otherwise_is_not_taken_over(loop):
    loop.vote(loop.to_vote(), voor=3, tegen=3, uitkomst="aangenomen")
    with pytest.raises(ValidationError, match="nagerekend is het verworpen"), transaction.atomic():
        acties.note_vote(loop.royement, by=loop.by)
    assert loop.stand == "gehoord"


def test_a_vote_that_is_still_to_come(loop):
    loop.to_vote()
    with pytest.raises(ValidationError, match="nog niet gestemd"):
        acties.note_vote(loop.royement, by=loop.by)


def test_no_quorum_asks_for_a_second_meeting(loop):
    punt = loop.to_vote()
    loop.close_without_vote(punt, aanwezig=3)
    acties.note_vote(loop.royement, by=loop.by)
    assert loop.stand == "tweede_vergadering"
    # Six days are too short (9.2e), a week will do.
    short = loop.call(dagen=6, zitting="tweede", eerste=punt.vergadering, over=7)
    Vergadering.objects.filter(pk=short.vergadering_id).update(opgeroepen_op=timezone.now())
    short.vergadering.refresh_from_db()
    Vergadering.objects.filter(pk=short.vergadering_id).update(
        begint_op=timezone.now() + timedelta(days=6)
    )
    short.vergadering.refresh_from_db()
    with pytest.raises(acties.StapGeweigerd, match=r"9\.2e"):
        loop.announce(short)


def test_a_meeting_with_enough_people_that_did_not_vote_is_no_second(loop):
    punt = loop.to_vote()
    loop.close_without_vote(punt, aanwezig=4)
    with pytest.raises(ValidationError, match="terwijl er genoeg deelnemers waren"):
        acties.note_vote(loop.royement, by=loop.by)
    assert gang.read(loop.royement).waiting_point is None


def test_a_meeting_that_is_called_off_was_no_announcement(loop):
    loop.begin()
    loop.propose()
    loop.add_stuk()
    punt = loop.announce()
    Vergadering.objects.filter(pk=punt.vergadering_id).update(status="afgelast")
    assert loop.stand == "voorgesteld"
    loop.announce()
    assert loop.stand == "aangekondigd"


def test_the_same_convocation_is_noted_once(loop):
    loop.begin()
    loop.propose()
    loop.add_stuk()
    punt = loop.announce()
    with pytest.raises(ValidationError, match="al genoteerd"):
        loop.announce(punt)


def test_a_decision_needs_reasons_conditions_and_a_term(loop, vandaag):
    loop.to_carried()
    for wrong, veld in (
        ({"redenen": " "}, "redenen"),
        ({"voorwaarden": ""}, "voorwaarden"),
        ({"termijn_einde": None}, "termijn_einde"),
        ({"termijn_einde": vandaag + timedelta(days=3)}, "termijn_einde"),
        ({"termijn_einde": vandaag + timedelta(days=900)}, "termijn_einde"),
    ):
        with pytest.raises(acties.StapGeweigerd) as caught, transaction.atomic():
            loop.decide(**wrong)
        assert list(caught.value.error_dict) == [veld]
    assert loop.stand == "aangenomen"
    assert not Deelname.objects.filter(status="voorwaardelijk").exists()


def test_the_milder_decision_was_not_voted_on(loop, betrokkene, vandaag):
    loop.to_carried("royement")
    loop.decide()
    assert loop.stand == "geroyeerd"
    assert Deelname.objects.get(deelnemer=betrokkene, tot__isnull=True).status == "geroyeerd"


def test_who_speaks_for_the_practice_takes_no_step_for_the_kring(
    loop, kring, betrokkene, spreekt, actor
):
    loop.begin()
    person = spreekt(betrokkene)
    factories.LidmaatschapFactory(kring=kring, rol="coordinator", gebruiker=person)
    loop.by = actor(person)
    with pytest.raises(ValidationError, match="vertegenwoordigt deze praktijk zelf"):
        loop.propose()


def test_steps_are_never_altered(loop):
    loop.begin()
    with pytest.raises(ProgrammingError), transaction.atomic():
        Royementstap.objects.update(op=loop.vandaag)
    with pytest.raises(ProgrammingError), transaction.atomic():
        Royementstap.objects.all().delete()
    assert Royementstap.objects.get().tekst.startswith("Drie diensten")


def test_a_document_comes_in_once(loop):
    loop.begin()
    loop.add_stuk()
    with pytest.raises(ValidationError, match="zit al in het dossier"):
        loop.add_stuk()
    assert loop.royement.stukken.count() == 1
