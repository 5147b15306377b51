"""Twenty years: proposed a day after, never a day before, and weighed by two persons (S38)."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError

from kern.models import Logregel
from kern.tijd import db_now, to_local
from rechten import actions, lezen, pad, regels
from rechten.models import Vernietiging
from tests import factories
from triage.models import Oproep, Patient

pytestmark = pytest.mark.django_db


def make_old(patient, moment: datetime, *, behalve=None, dan: datetime | None = None) -> None:
    """Set the last change of every row about the patient; of one table another one."""
    for model in pad.dossier_models():
        at = dan if model is behalve else moment
        if not getattr(model, "append_only", False):
            pad.rows_of(model, [patient.pk]).update(gewijzigd_op=at)


def noon(dag) -> datetime:
    return datetime(dag.year, dag.month, dag.day, 11, tzinfo=UTC)


@pytest.fixture
def grens():
    """The day whose twenty years end today."""
    return regels.add_months(to_local(db_now()).date(), -240)


@pytest.fixture
def oud(kring, grens):
    """A patient without rows that can only be added, last changed on the edge."""
    oproep = factories.OproepFactory(kring=kring, status="afgerond", afgerond_op=db_now())
    patient = Patient.objects.get(pk=oproep.patient_id)
    make_old(patient, noon(grens))
    return patient


def propose(kring, systeem) -> int:
    return actions.propose_past_term(kring_id=kring.pk, nu=db_now(), by=systeem)


@pytest.mark.parametrize(("dagen", "aantal"), [(1, 0), (0, 0), (-1, 1)])
def test_the_day_before_on_and_after(*, kring, oud, grens, systeem, dagen, aantal):
    make_old(oud, noon(grens + timedelta(days=dagen)))
    assert propose(kring, systeem) == aantal
    assert Vernietiging.objects.count() == aantal
    assert Logregel.objects.filter(gebeurtenis="vernietiging.voorgesteld").count() == aantal


def test_any_younger_row_keeps_the_file(*, kring, oud, grens, systeem):
    """Of every table that this patient has a row in."""
    old, young = noon(grens - timedelta(days=400)), noon(grens + timedelta(days=1))
    having = [m for m in pad.dossier_models() if pad.rows_of(m, [oud.pk]).exists()]
    assert len(having) >= 2
    for model in having:
        make_old(oud, old, behalve=model, dan=young)
        assert propose(kring, systeem) == 0, model
    make_old(oud, old)
    assert propose(kring, systeem) == 1


def test_every_table_of_the_file_counts(objecten, patient):
    """Also those that can only be added, which no test can make older."""
    found = lezen.with_last_change(Patient.objects.filter(pk=patient.pk)).get().laatst
    newest = max(
        row.gewijzigd_op for m in pad.dossier_models() for row in pad.rows_of(m, [patient.pk])
    )
    assert found == newest


def test_proposed_once_and_not_while_something_runs(*, kring, oud, grens, systeem):
    make_old(oud, noon(grens - timedelta(days=1)))
    Oproep.objects.filter(patient=oud).update(status="open", afgerond_op=None)
    assert propose(kring, systeem) == 0
    Oproep.objects.filter(patient=oud).update(status="afgerond", afgerond_op=db_now())
    verzoek = factories.PatientverzoekFactory(kring=kring, patient=oud)
    assert propose(kring, systeem) == 0
    type(verzoek).objects.filter(pk=verzoek.pk).update(status="afgehandeld")
    assert [propose(kring, systeem), propose(kring, systeem)] == [1, 0]


def test_another_kring_is_not_searched(*, andere_kring, oud, grens, systeem):
    make_old(oud, noon(grens - timedelta(days=1)))
    assert propose(andere_kring, systeem) == 0


def test_two_persons_and_the_file_goes(*, kring, oud, grens, systeem, door, coordinator, fg):
    make_old(oud, noon(grens - timedelta(days=1)))
    propose(kring, systeem)
    row = Vernietiging.objects.get()
    actions.confirm(row, als="coordinator", by=door(coordinator))
    actions.confirm(row, als="fg", by=door(fg))
    row.refresh_from_db()
    actions.destroy(row, by=systeem)
    assert not Patient.objects.filter(pk=oud.pk).exists()


def test_what_was_written_since_stops_it(*, kring, oud, grens, systeem, door, coordinator):
    make_old(oud, noon(grens - timedelta(days=1)))
    propose(kring, systeem)
    Patient.objects.filter(pk=oud.pk).update(gewijzigd_op=db_now())
    with pytest.raises(ValidationError, match="opnieuw"):
        actions.confirm(Vernietiging.objects.get(), als="coordinator", by=door(coordinator))


def test_kept_longer_comes_back_on_its_day(*, kring, oud, grens, systeem, door, coordinator):
    make_old(oud, noon(grens - timedelta(days=1)))
    propose(kring, systeem)
    today = to_local(db_now()).date()
    row = Vernietiging.objects.get()
    with pytest.raises(ValidationError, match="nog komt"):
        actions.keep_longer(row, tot=today, reden="x" * 20, by=door(coordinator))
    tot = today + timedelta(days=30)
    actions.keep_longer(row, tot=tot, reden="Loopt nog een behandeling.", by=door(coordinator))
    assert not lezen.to_weigh(kring.pk, tot).exists()
    assert lezen.to_weigh(kring.pk, tot + timedelta(days=1)).get() == row
    assert propose(kring, systeem) == 0
