"""A call that was taken on paper: its own moment, and no alarm that is long over."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from kern.tijd import db_now
from tests import factories
from tests.triage.hulp import events, save
from triage import actions
from triage.models import Oproep


def enter(kring, by, ago: timedelta) -> Oproep:
    return actions.enter_from_paper(
        kring_id=kring.pk,
        aangenomen_op=db_now() - ago,
        aangenomen_door_id=by.person_id,
        by=by,
    )


def test_real_contact_and_entry_stand_apart(kring, by):
    oproep = enter(kring, by, timedelta(hours=9))
    oproep.refresh_from_db()
    apart = oproep.aangemaakt_op - oproep.aangenomen_op
    assert timedelta(hours=9) <= apart < timedelta(hours=9, minutes=1)
    assert (oproep.is_nagevoerd, oproep.status) == (True, "open")
    assert events(oproep) == ["oproep.nagevoerd"]


def test_it_belongs_to_the_duty_of_its_own_moment(kring, by):
    begin = db_now() - timedelta(hours=20)
    past = factories.DienstFactory(kring=kring, begin=begin, einde=begin + timedelta(hours=15))
    factories.DienstFactory(kring=kring)
    assert enter(kring, by, timedelta(hours=10)).dienst == past


@pytest.mark.parametrize(
    ("ago", "field"),
    [(timedelta(minutes=-1), "tijd"), (timedelta(days=14, minutes=1), "datum")],
)
def test_neither_ahead_nor_long_ago(kring, by, ago, field):
    with pytest.raises(ValidationError) as caught:
        enter(kring, by, ago)
    assert list(caught.value.message_dict) == [field]
    assert not Oproep.objects.exists()


def test_fourteen_days_ago_still_counts(kring, by):
    assert enter(kring, by, timedelta(days=14) - timedelta(minutes=1)).is_nagevoerd


def test_a_term_that_was_over_at_the_entry_rings_nobody(kring, by):
    oproep = enter(kring, by, timedelta(hours=9))
    save(oproep, by, klachten=["nabloeding"], bloeding_ernst="gering", antitrombotica="nee")
    assert (oproep.terugbellen_om, oproep.status) == (None, "open")
    assert oproep.uitkomst["terugbel_minuten"] == 30
    save(oproep, by, klachten=["avulsie"])
    assert (oproep.zien_voor, oproep.streef_voor, oproep.contact) == (None, None, "verplicht")


def test_a_term_that_still_runs_runs_on(kring, by):
    oproep = enter(kring, by, timedelta(minutes=40))
    save(oproep, by, klachten=["avulsie"])
    assert oproep.zien_voor == oproep.aangenomen_op + timedelta(minutes=60)
    assert oproep.streef_voor is None
