"""Sending and signing: everybody gets the text, and the register says who signed what."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction

from kern.dagwerk import Beurt
from kern.models import Logregel
from kern.tijd import db_now, to_local
from reglement.actions import reglement as acties
from reglement.lezing import Lezing
from reglement.models import Ondertekening, Reglementversie
from reglement.versies import werk
from reglement.versies.tekenstand import signatures_of, still_to_sign
from tests import factories
from tests.rooster.brieven import letters


@pytest.fixture
def stil(kring):
    """A practice without a vertegenwoordiger."""
    return factories.DeelnemerFactory(kring=kring, naam="Praktijk Stil", email="stil@p.example")


def test_everybody_gets_the_whole_text_also_who_cannot_log_in(
    geldend, vertegenwoordiger, stil, door
):
    acties.send(geldend, by=door)
    mails = {mail["To"]: mail.get_content() for mail in letters()}
    assert set(mails) == {vertegenwoordiger.email, "stil@p.example"}
    for text in mails.values():
        assert "Artikel 11. Slotbepalingen" in text
        assert f"/regels/{geldend.pk}/" in text
    geldend.refresh_from_db()
    assert geldend.verzonden_op
    assert Logregel.objects.latest("id").gebeurtenis == "reglementversie.verzonden"


def test_a_text_is_sent_once(geldend, door):
    acties.send(geldend, by=door)
    count = len(letters())
    with pytest.raises(ValidationError, match="al verstuurd"):
        acties.send(geldend, by=door)
    assert len(letters()) == count
    with pytest.raises(DatabaseError, match="ligt vast"), transaction.atomic():
        Reglementversie.objects.filter(pk=geldend.pk).update(verzonden_op=None)


def test_a_vertegenwoordiger_signs_for_the_own_practice(geldend, stil, tekenaar):
    assert still_to_sign(geldend, tekenaar.gebruiker.pk) == [tekenaar.praktijk]
    row = acties.sign(geldend, deelnemer=tekenaar.praktijk, gezien=geldend.sha256, by=tekenaar.by)
    assert (row.praktijk, row.naam, row.sha256) == (
        tekenaar.praktijk.naam,
        tekenaar.gebruiker.naam,
        geldend.sha256,
    )
    stand = signatures_of(geldend)
    assert [lid.deelnemer for lid in stand.ontbreken] == [stil]
    assert (len(stand.getekend), stand.aantal, stand.is_heel) == (1, 2, False)
    assert Logregel.objects.latest("id").gebeurtenis == "reglementversie.ondertekend"


def test_nobody_signs_for_another_practice(geldend, stil, vertegenwoordiger, actor):
    with pytest.raises(PermissionDenied):
        acties.sign(geldend, deelnemer=stil, gezien=geldend.sha256, by=actor(vertegenwoordiger))
    assert not Ondertekening.objects.exists()


def test_who_saw_another_text_does_not_sign_this_one(geldend, deelnemer, vertegenwoordiger, actor):
    with pytest.raises(ValidationError, match="andere dan je zag"):
        acties.sign(geldend, deelnemer=deelnemer, gezien="x", by=actor(vertegenwoordiger))


def test_a_practice_signs_a_version_once(geldend, deelnemer, vertegenwoordiger, actor):
    by = actor(vertegenwoordiger)
    acties.sign(geldend, deelnemer=deelnemer, gezien=geldend.sha256, by=by)
    with pytest.raises(ValidationError, match="al ondertekend"):
        acties.sign(geldend, deelnemer=deelnemer, gezien=geldend.sha256, by=by)
    with pytest.raises(DatabaseError), transaction.atomic():
        Ondertekening.objects.update(naam="Ander")


def test_a_practice_that_is_no_deelnemer_does_not_sign(kring, geldend, tekenaar, vandaag):
    factories.DeelnameFactory(
        kring=kring, deelnemer=tekenaar.praktijk, status="geroyeerd", vanaf=vandaag
    )
    with pytest.raises(ValidationError, match="geen deelnemer"):
        acties.sign(geldend, deelnemer=tekenaar.praktijk, gezien=geldend.sha256, by=tekenaar.by)


def test_an_old_version_is_not_signed_any_more(geldend, voorstel, besluit, tekenaar, door):
    besluit(voorstel)
    acties.process(voorstel, by=door)
    with pytest.raises(ValidationError, match="nieuwere versie"):
        acties.sign(geldend, deelnemer=tekenaar.praktijk, gezien=geldend.sha256, by=tekenaar.by)


@pytest.mark.parametrize("opnieuw", [True, False])
def test_the_reading_says_whether_a_new_version_is_signed_anew(
    kring, geldend, tekenaar, door, opnieuw
):
    acties.sign(geldend, deelnemer=tekenaar.praktijk, gezien=geldend.sha256, by=tekenaar.by)
    row = acties.start_draft(kring_id=kring.pk, by=door)
    row = acties.save_lezing(row, lezing=Lezing(opnieuw_tekenen=opnieuw), gezien=0, by=door)
    day = geldend.besloten_op
    versie = acties.register_paper(row, besloten_op=day, geldig_vanaf=day, reden="x", by=door)
    assert bool(signatures_of(versie).ontbreken) == opnieuw


def test_a_paper_signature_names_who_keeps_the_paper(geldend, tekenaar, stil, door, vandaag):
    row = acties.note_paper(geldend, deelnemer=tekenaar.praktijk, getekend_op=vandaag, by=door)
    assert (row.wijze, row.naam, row.genoteerd_door_id) == (
        "papier",
        tekenaar.gebruiker.naam,
        door.person_id,
    )
    with pytest.raises(ValidationError, match="geen vertegenwoordiger"):
        acties.note_paper(geldend, deelnemer=stil, getekend_op=vandaag, by=door)


@pytest.mark.parametrize(("dagen", "zin"), [(1, "moet nog komen"), (-61, "nog niet")])
def test_a_paper_signature_has_a_possible_day(geldend, tekenaar, door, dagen, zin):
    day = to_local(db_now()).date() + timedelta(days=dagen)
    with pytest.raises(ValidationError, match=zin):
        acties.note_paper(geldend, deelnemer=tekenaar.praktijk, getekend_op=day, by=door)


def test_a_reminder_goes_to_who_did_not_sign_and_once_a_day(
    geldend, deelnemer, stil, vertegenwoordiger, door
):
    assert acties.remind_signatures(geldend, by=door) == 1
    (mail,) = letters()
    assert mail["To"] == vertegenwoordiger.email
    assert f"Voor {deelnemer.naam} is versie 1" in mail.get_content()
    with pytest.raises(ValidationError, match="Vandaag is al"):
        acties.remind_signatures(geldend, by=door)


# --- the clocks of 10.7


def _watch(kring, dag):
    before = len(letters())
    werk.watch_clocks(Beurt(kring.pk, dag, None))
    return letters()[before:]


def test_the_clock_of_processing_begins_two_days_before_the_week_is_over(
    kring, voorstel, besluit, coordinator, vandaag
):
    besluit(voorstel, dag=vandaag)
    assert _watch(kring, vandaag + timedelta(days=4)) == []
    (mail,) = _watch(kring, vandaag + timedelta(days=5))
    assert (mail["To"], "nog niet verwerkt" in mail.get_content()) == (coordinator.email, True)
    assert len(_watch(kring, vandaag + timedelta(days=9))) == 1


def test_a_rejected_proposal_has_no_clock(kring, voorstel, besluit, vandaag):
    besluit(voorstel, "verworpen")
    assert _watch(kring, vandaag + timedelta(days=9)) == []


def test_the_clock_of_sending_runs_from_processing_and_stops_when_it_was_sent(
    kring, voorstel, besluit, door, vandaag
):
    besluit(voorstel, dag=vandaag - timedelta(days=6))
    versie = acties.process(voorstel, by=door)
    assert _watch(kring, vandaag + timedelta(days=4)) == []
    (mail,) = _watch(kring, vandaag + timedelta(days=5))
    assert "nog niet aan alle deelnemers" in mail.get_content()
    acties.send(versie, by=door)
    assert _watch(kring, vandaag + timedelta(days=6)) == []


def test_who_did_not_sign_is_asked_again_after_two_weeks_also_when_the_house_was_down(
    kring, geldend, vertegenwoordiger, door, vandaag
):
    acties.send(geldend, by=door)
    count = len(letters())
    werk.ask_signatures(Beurt(kring.pk, vandaag + timedelta(days=13), None))
    assert len(letters()) == count
    werk.ask_signatures(Beurt(kring.pk, vandaag + timedelta(days=16), vandaag + timedelta(days=12)))
    assert "tekenen" in letters()[-1]["Subject"]
    werk.ask_signatures(Beurt(kring.pk, vandaag + timedelta(days=17), vandaag + timedelta(days=16)))
    assert len(letters()) == count + 1
