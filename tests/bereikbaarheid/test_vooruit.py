"""The coming duty: a mail within the week, a text message on the day before, once each."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from bereikbaarheid import vooruit
from bereikbaarheid.models import Herinnering
from kern.dagwerk import Beurt
from kern.models import Logregel, Zending
from kern.tijd import AMSTERDAM, to_local
from rooster.models import Dienstplaats
from tests.factories import DienstFactory, TandartsFactory

pytestmark = pytest.mark.django_db


def duty(kring, days, hour=17, **places):
    day = to_local(timezone.now()).date() + timedelta(days=days)
    begin = datetime(day.year, day.month, day.day, hour, tzinfo=AMSTERDAM)
    return DienstFactory(kring=kring, begin=begin, einde=begin + timedelta(hours=15), **places)


@pytest.fixture
def remind(kring):
    today = to_local(timezone.now()).date()
    return lambda: vooruit.remind(Beurt(kring.pk, today, today - timedelta(days=1)))


@pytest.fixture
def people(tandarts, achter):
    return {"dienstdoende": tandarts, "achterwacht": achter}


def test_the_day_before_both_get_a_text_message_and_no_mail(kring, people, remind, smsjes, mails):
    duty(kring, 1, **people)
    remind()
    texts = dict(smsjes())
    assert set(texts) == {row.telefoon for row in people.values()}
    assert "je bent dienstdoende van" in texts[people["dienstdoende"].telefoon]
    assert "je bent achterwacht van" in texts[people["achterwacht"].telefoon]
    assert mails() == []
    assert Logregel.objects.filter(gebeurtenis="dienst.herinnerd").count() == 2


def test_within_the_week_a_mail_to_the_dentist_or_else_the_practice(
    kring, people, remind, smsjes, mails
):
    duty(kring, 7, **people)
    remind()
    assert {mail["To"] for mail in mails()} == {
        people["dienstdoende"].gebruiker.email,
        people["achterwacht"].deelnemer.email,
    }
    assert "een vervanger" in mails()[0].get_content()
    assert smsjes() == []


def test_nothing_for_what_is_further_off_or_over(kring, people, remind):
    duty(kring, 8, hour=0, **people)
    duty(kring, -1, **people)
    remind()
    assert not Zending.objects.exists()


def test_once_however_often_it_runs_and_both_in_the_end(kring, people, remind, smsjes, mails):
    dienst = duty(kring, 6, **people)
    remind()
    remind()
    assert (len(mails()), len(smsjes())) == (2, 0)
    # Five days later the same duty is tomorrow.
    tomorrow = to_local(dienst.begin).date() - timedelta(days=1)
    later = Beurt(kring.pk, tomorrow, tomorrow - timedelta(days=1))
    vooruit.remind(later)
    vooruit.remind(later)
    assert (len(mails()), len(smsjes())) == (2, 2)


def test_who_takes_over_hears_of_it_and_who_left_hears_nothing(kring, people, remind, mails):
    dienst = duty(kring, 5, **people)
    colleague = TandartsFactory(kring=kring)
    Dienstplaats.objects.filter(dienst=dienst, rol="achterwacht").update(tandarts=colleague)
    remind()
    assert {mail["To"] for mail in mails()} == {
        people["dienstdoende"].gebruiker.email,
        colleague.deelnemer.email,
    }


def test_a_moved_duty_is_told_again(kring, people, remind, mails):
    dienst = duty(kring, 5, **people)
    remind()
    dienst.begin += timedelta(hours=1)
    dienst.save()
    remind()
    assert len(mails()) == 4
    assert Herinnering.objects.filter(soort="week").count() == 4
