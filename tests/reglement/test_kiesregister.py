"""Who counts as a deelnemer on a day, and who speaks for it."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from kern.tijd import db_now, to_local
from reglement.functies import holder_on
from reglement.geldend import version_on
from reglement.kiesregister import members_on, register_on
from tests import factories

DAG = date(2026, 11, 23)


@pytest.fixture
def praktijk(kring):
    def make(naam, status=None, *, vanaf=DAG, tot=None, actief=True):
        row = factories.DeelnemerFactory(kring=kring, naam=naam, actief=actief)
        if status:
            factories.DeelnameFactory(
                kring=kring, deelnemer=row, status=status, vanaf=vanaf, tot=tot
            )
        return row

    return make


def _names(leden):
    return [lid.deelnemer.naam for lid in leden]


def test_expelled_one_sided_and_ended_practices_are_no_deelnemers(praktijk, kring):
    praktijk("A zonder regel")
    praktijk("B lid", "lid")
    praktijk("C voorwaardelijk", "voorwaardelijk")
    for status in ("eenzijdig", "geroyeerd", "geeindigd"):
        praktijk(f"weg {status}", status)
    praktijk("weg gestopt", actief=False)
    assert _names(members_on(kring.pk, DAG)) == ["A zonder regel", "B lid", "C voorwaardelijk"]
    assert len(register_on(kring.pk, DAG)) == 7


def test_a_status_holds_from_its_first_day_up_to_and_including_its_last(praktijk, kring):
    praktijk("A", "geroyeerd", tot=DAG + timedelta(days=1))
    found = [bool(members_on(kring.pk, DAG + timedelta(days=n))) for n in (-1, 0, 1, 2)]
    assert found == [True, False, False, True]


def test_an_invited_or_ended_vertegenwoordiger_does_not_vote(praktijk, kring):
    for naam, status in (("A", "actief"), ("B", "uitgenodigd"), ("C", "beeindigd")):
        factories.LidmaatschapFactory(
            kring=kring, rol="vertegenwoordiger", deelnemer=praktijk(naam), status=status
        )
    speaks = [bool(lid.vertegenwoordiger) for lid in members_on(kring.pk, DAG)]
    assert speaks == [True, False, False]


def test_the_register_asks_three_queries_whatever_its_size(
    praktijk, kring, django_assert_num_queries
):
    for number in range(30):
        praktijk(f"P{number:02}", "lid")
    with django_assert_num_queries(3):
        assert len(register_on(kring.pk, DAG)) == 30


def test_two_statuses_on_one_day_are_refused_by_the_database(praktijk, kring):
    row = praktijk("A", "lid")
    with pytest.raises(IntegrityError, match="deelname_een_tegelijk"), transaction.atomic():
        factories.DeelnameFactory(kring=kring, deelnemer=row, status="geroyeerd", vanaf=DAG)


def test_an_office_is_held_to_its_last_day_or_until_somebody_stops(kring):
    today = to_local(db_now()).date()
    row = factories.FunctieFactory(kring=kring)
    assert holder_on(kring.pk, "coordinator", row.laatste_dag) == row
    assert holder_on(kring.pk, "coordinator", row.laatste_dag + timedelta(days=1)) is None
    row.beeindigd_op = today
    row.save()
    assert holder_on(kring.pk, "coordinator", today + timedelta(days=1)) is None


def test_an_old_meeting_is_judged_by_the_old_rules(kring):
    old = factories.ReglementversieFactory(kring=kring, besloten_op=DAG - timedelta(days=400))
    new = factories.ReglementversieFactory(kring=kring, besloten_op=DAG, vorige=old)
    factories.ReglementconceptFactory(kring=kring, vorige=new)
    assert version_on(kring.pk, DAG - timedelta(days=1)) == old
    assert version_on(kring.pk, DAG) == new
    assert version_on(kring.pk, DAG - timedelta(days=401)) is None
