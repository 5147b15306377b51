"""What happens by itself: reminders, a vote that may not open, a convocation that may not leave."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from kern.dagwerk import Beurt
from kern.models import Zending
from reglement import oproepdeel, stembeletsel
from reglement.models import Royementstap
from reglement.royement import werk
from tests import factories

pytestmark = pytest.mark.django_db


def reminders():
    return Zending.objects.filter(sleutel__startswith="royementstermijn|").count()


def run(kring, dag, *, vorige=None):
    werk.remind(Beurt(kring.pk, dag, vorige))


def test_reminded_before_the_term_of_the_condition_ends(loop, kring, vandaag):
    loop.to_carried()
    loop.decide()
    einde = vandaag + timedelta(days=60)
    for before in (20, 15, 13, 8, 6):
        run(kring, einde - timedelta(days=before))
    assert reminders() == 0
    run(kring, einde - timedelta(days=14))
    assert reminders() == 1
    run(kring, einde - timedelta(days=7))
    assert reminders() == 2


def test_a_gap_in_the_daily_work_swallows_nothing(loop, kring, vandaag):
    loop.to_carried()
    loop.decide()
    day = vandaag + timedelta(days=60 - 12)
    run(kring, day, vorige=day - timedelta(days=1))
    assert reminders() == 0
    run(kring, day, vorige=day - timedelta(days=4))
    assert reminders() == 1


def test_nobody_is_reminded_of_what_has_no_term(loop, kring, vandaag):
    loop.begin()
    for days in range(40):
        run(kring, vandaag + timedelta(days=days))
    assert reminders() == 0


def test_no_vote_opens_before_the_hearing(loop, kring):
    loop.begin()
    loop.propose()
    loop.add_stuk()
    punt = loop.call()
    assert "niet aangekondigd (9.2c)" in " ".join(stembeletsel.objections(punt))
    loop.announce(punt)
    assert "gehoord" in " ".join(stembeletsel.objections(punt))
    loop.hear()
    assert stembeletsel.objections(punt) == []
    other = factories.AgendapuntFactory(kring=kring, vergadering=punt.vergadering)
    assert stembeletsel.objections(other) == []


def test_a_convocation_without_documents_does_not_leave(loop):
    loop.begin()
    loop.propose()
    punt = loop.call()
    assert "9.2b" in " ".join(oproepdeel.objections(punt.vergadering))
    loop.add_stuk()
    assert oproepdeel.objections(punt.vergadering) == []


def test_a_convocation_writes_the_announcement(loop):
    loop.begin()
    loop.propose()
    loop.add_stuk()
    punt = loop.call()
    oproepdeel.convoked(punt.vergadering, by=loop.by)
    assert loop.stand == "aangekondigd"
    step = Royementstap.objects.get(soort="aankondigen")
    assert step.vergadering == punt.vergadering


def test_a_convocation_that_is_too_late_is_stopped(loop):
    loop.begin()
    loop.propose()
    loop.add_stuk()
    with pytest.raises(ValidationError, match=r"9\.2c"):
        oproepdeel.convoked(loop.call(dagen=20).vergadering, by=loop.by)
    assert not Royementstap.objects.filter(soort="aankondigen").exists()


def test_the_first_page_says_what_is_to_be_done(
    *, loop, als, kring, coordinator, betrokkene, spreekt
):
    loop.begin()
    loop.propose()
    loop.add_stuk()
    loop.announce()
    address = reverse("reglement:overzicht", kwargs={"kring": kring.slug})
    assert "Hoor de praktijk" in als(coordinator).get(address).content.decode()
    own = als(spreekt(betrokkene)).get(address).content.decode()
    assert "Zet jouw kant in het dossier" in own
    assert "Hoor de praktijk" not in own
