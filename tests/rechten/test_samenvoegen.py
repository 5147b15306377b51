"""Joining two rows of one person, while somebody decides about destroying one of them."""

import pytest

from kern.models import Logregel
from kern.tijd import db_now
from rechten import actions
from rechten.models import Vernietiging
from tests.factories import OproepFactory, PatientFactory, VernietigingFactory, VerslagFactory
from triage.models import Oproep, Patient
from verslag.actions import SamenvoegenGeweigerd
from verslag.actions.samenvoegen import merge_patients, undo_merge

pytestmark = pytest.mark.django_db

WIE = {"naam": "Karel Dubbeldam", "geboortedatum": "1970-03-02", "eigen_tandarts": None}


@pytest.fixture
def paar(kring, tandarts):
    """Two rows of one person, each with a call that is over."""
    rows = [PatientFactory(kring=kring, bsn="", **WIE) for _ in range(2)]
    for patient in rows:
        closed = {"status": Oproep.Status.AFGEROND, "afgerond_op": db_now()}
        oproep = OproepFactory(kring=kring, patient=patient, behandelaar=tandarts, **closed)
        VerslagFactory(kring=kring, oproep=oproep, auteur=tandarts)
    return rows


@pytest.fixture
def by(door, coordinator):
    return door(coordinator)


def merge(een, ander, by):
    return merge_patients(een, ander, overnemen=frozenset(), reden="Zelfde pasfoto.", by=by)


def test_two_open_destructions_are_decided_first(kring, paar, by):
    for patient in paar:
        VernietigingFactory(kring=kring, patient=patient, grond="termijn")
    before = set(Vernietiging.objects.values_list("pk", "patient_id"))
    with pytest.raises(SamenvoegenGeweigerd, match="vernietiging"):
        merge(*paar, by)
    assert set(Vernietiging.objects.values_list("pk", "patient_id")) == before
    assert not Patient.objects.filter(opgegaan_in__isnull=False).exists()
    assert not Logregel.objects.filter(gebeurtenis="patient.samengevoegd").exists()


@pytest.mark.parametrize("welke", [0, 1])
def test_who_agreed_to_the_smaller_file_did_not_agree_to_both(kring, paar, by, welke):
    row = VernietigingFactory(kring=kring, patient=paar[welke], grond="verzoek")
    actions.confirm(row, als="coordinator", by=by)
    with pytest.raises(SamenvoegenGeweigerd, match="vernietiging"):
        merge(*paar, by)


def test_a_proposal_that_nobody_signed_moves_along_and_back(kring, paar, by):
    een, ander = paar
    row = VernietigingFactory(kring=kring, patient=ander, grond="termijn")
    samen = merge(een, ander, by)
    row.refresh_from_db()
    assert row.patient_id == een.pk
    undo_merge(samen, reden="Toch een ander mens.", by=by)
    row.refresh_from_db()
    assert row.patient_id == ander.pk


def test_who_agreed_to_both_did_not_agree_to_one(kring, paar, by, fg, door):
    samen = merge(*paar, by)
    row = VernietigingFactory(kring=kring, patient=paar[0], grond="verzoek")
    actions.confirm(row, als="coordinator", by=by)
    actions.confirm(row, als="fg", by=door(fg))
    with pytest.raises(SamenvoegenGeweigerd, match="vernietiging"):
        undo_merge(samen, reden="Toch een ander mens.", by=by)
