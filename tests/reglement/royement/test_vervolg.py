"""After the decision: showing, the meeting of four weeks, readmission, the letter."""

from datetime import timedelta
from email import message_from_bytes
from email.policy import default

import pytest
from django.core.exceptions import ValidationError

from kern import crypto
from kern.models import Zending
from kern.outbox import place_of
from kern.tijd import db_now, to_local
from kern.weergave import format_datum
from reglement.actions import royement as acties
from reglement.actions.vergadering import call_off, convoke
from reglement.actions.vergoeding import admit_one_sided
from reglement.models import Deelname, Uitnodiging
from reglement.royement import gang
from tests import factories

pytestmark = pytest.mark.django_db


def status_of(deelnemer):
    return Deelname.objects.get(deelnemer=deelnemer, tot__isnull=True).status


def k_vote(loop, *, voor, tegen, uitkomst):
    punt = loop.call(zitting="zonder_quorum")
    return loop.vote(punt, voor=voor, tegen=tegen, uitkomst=uitkomst, quorum_nodig=0)


def test_before_the_end_only_the_practice_itself_may_claim(
    loop, betrokkene, spreekt, actor, vandaag
):
    loop.to_carried()
    loop.decide()
    with pytest.raises(acties.StapGeweigerd, match="termijn loopt tot en met"):
        acties.show(loop.royement, tekst="Ik zag het.", op=vandaag, by=loop.by)
    own = actor(spreekt(betrokkene))
    acties.show(loop.royement, tekst="Er is altijd iemand.", op=vandaag, by=own)
    dossier = gang.read(loop.royement)
    assert loop.stand == "toets"
    assert dossier.stand.uiterlijk == vandaag + timedelta(days=28)


@pytest.mark.parametrize(
    ("stemmen", "stand", "status"),
    [
        ({"voor": 3, "tegen": 1, "uitkomst": "aangenomen"}, "deelnemer", "lid"),
        ({"voor": 1, "tegen": 3, "uitkomst": "verworpen"}, "geroyeerd", "geroyeerd"),
    ],
)
def test_the_meeting_of_four_weeks_decides(
    *, loop, betrokkene, spreekt, actor, vandaag, stemmen, stand, status
):
    loop.to_carried()
    loop.decide()
    acties.show(loop.royement, tekst="Er is iemand.", op=vandaag, by=actor(spreekt(betrokkene)))
    with pytest.raises(ValidationError, match="nog niet beslist"):
        acties.note_k_decision(loop.royement, by=loop.by)
    k_vote(loop, **stemmen)
    acties.note_k_decision(loop.royement, by=loop.by)
    assert loop.stand == stand
    assert status_of(betrokkene) == status


def test_readmission_may_be_asked_again_and_again(loop, betrokkene, spreekt, actor, vandaag):
    loop.to_carried("royement")
    loop.decide()
    own = actor(spreekt(betrokkene))
    acties.ask_readmission(loop.royement, tekst="Nieuwe eigenaar.", op=vandaag, by=own)
    assert loop.stand == "hertoelating"
    k_vote(loop, voor=1, tegen=4, uitkomst="verworpen")
    acties.note_k_decision(loop.royement, by=loop.by)
    assert loop.stand == "geroyeerd"
    acties.ask_readmission(loop.royement, tekst="Nog een keer.", op=vandaag, by=loop.by)
    assert gang.read(loop.royement).waiting_point is None
    k_vote(loop, voor=4, tegen=1, uitkomst="aangenomen")
    acties.note_k_decision(loop.royement, by=loop.by)
    assert loop.stand == "deelnemer"
    assert status_of(betrokkene) == "lid"


def test_who_asked_back_hears_of_the_meeting_without_an_invitation(
    loop, betrokkene, spreekt, actor, vandaag
):
    """No deelnemer, so no seat and no vote; but the readmission is open to it (note to 9)."""
    loop.to_carried("royement")
    loop.decide()
    own = spreekt(betrokkene)
    acties.ask_readmission(loop.royement, tekst="Ik kan weer.", op=vandaag, by=actor(own))
    meeting = factories.VergaderingFactory(
        kring=loop.kring,
        status="concept",
        opgeroepen_op=None,
        zitting="zonder_quorum",
        begint_op=db_now() + timedelta(days=25),
        voorzitter=spreekt(loop.praktijken[1]),
    )
    acties.put_on_agenda(loop.royement, vergadering=meeting, by=loop.by)
    convoke(meeting, by=loop.by)
    assert not Uitnodiging.objects.filter(vergadering=meeting, deelnemer=betrokkene).exists()
    assert Uitnodiging.objects.filter(vergadering=meeting).count() == 5
    (mail,) = about_meetings(own, "oproep")
    assert format_datum(to_local(meeting.begint_op).date()) in mail.get_content()
    assert betrokkene.naam not in mail.get_content()
    # Its own side still goes into the file that the invited read.
    acties.react(loop.royement, tekst="Er is een collega bij.", by=actor(own))
    call_off(meeting, reden="Te weinig mensen.", by=loop.by)
    (mail,) = about_meetings(own, "afgelast")
    assert "gaat niet door" in mail["Subject"]
    assert Zending.objects.filter(sleutel__startswith="royementsvergadering|").count() == 2


def about_meetings(gebruiker, wat):
    rows = Zending.objects.filter(sleutel__startswith="royementsvergadering|")
    mails = [
        message_from_bytes(crypto.unseal(row.inhoud, place=place_of(row)), policy=default)
        for row in rows.filter(sleutel__contains=f"|{wat}|")
    ]
    return [mail for mail in mails if mail["To"] == gebruiker.email]


def test_taking_the_letter_is_noted_once(loop, betrokkene, praktijken, spreekt, actor):
    loop.to_carried()
    loop.decide()
    acties.collect_letter(loop.royement, by=actor(spreekt(praktijken[1])))
    acties.collect_letter(loop.royement, by=loop.by)
    assert not loop.royement.stappen.filter(soort="opgehaald").exists()
    own = actor(spreekt(betrokkene))
    acties.collect_letter(loop.royement, by=own)
    acties.collect_letter(loop.royement, by=own)
    assert loop.royement.stappen.filter(soort="opgehaald").count() == 1
    assert loop.stand == "voorwaardelijk"


def test_only_the_practice_writes_its_own_side(loop, betrokkene, praktijken, spreekt, actor):
    loop.begin()
    with pytest.raises(ValidationError, match="Alleen de vertegenwoordiger"):
        acties.react(loop.royement, tekst="x", by=actor(spreekt(praktijken[1])))
    acties.react(loop.royement, tekst="Er was een storing.", by=actor(spreekt(betrokkene)))
    assert loop.stand == "vastgesteld"
    assert gang.read(loop.royement).last("zienswijze").tekst == "Er was een storing."


def test_on_the_agenda_of_the_right_kind_of_meeting(loop, kring):
    loop.begin()
    loop.propose()
    wrong = factories.VergaderingFactory(
        kring=kring, status="concept", opgeroepen_op=None, zitting="zonder_quorum"
    )
    with pytest.raises(ValidationError, match="hier geldt een quorum"):
        acties.put_on_agenda(loop.royement, vergadering=wrong, by=loop.by)
    right = factories.VergaderingFactory(kring=kring, status="concept", opgeroepen_op=None)
    punt = acties.put_on_agenda(loop.royement, vergadering=right, by=loop.by)
    assert punt.besluitsoort == "voorwaardelijk"
    # A title may stand in a mail.
    assert loop.royement.deelnemer.naam not in punt.titel
    with pytest.raises(ValidationError, match="al op een agenda"):
        acties.put_on_agenda(loop.royement, vergadering=right, by=loop.by)


def test_one_sided_admission_stands_in_the_file(loop, betrokkene, vandaag):
    loop.to_carried("royement")
    loop.decide()
    admit_one_sided(
        betrokkene,
        vanaf=vandaag,
        zelf_opzetten=False,
        andere_dienst=False,
        toelichting="Nergens anders plaats.",
        by=loop.by,
    )
    assert loop.stand == "eenzijdig"
    assert status_of(betrokkene) == "eenzijdig"
    acties.ask_readmission(loop.royement, tekst="Terug.", op=vandaag, by=loop.by)
    k_vote(loop, voor=1, tegen=4, uitkomst="verworpen")
    acties.note_k_decision(loop.royement, by=loop.by)
    assert (loop.stand, status_of(betrokkene)) == ("eenzijdig", "eenzijdig")
