"""Signals on eight weeks of demo: every planted misuse is found, and how much else is said.

The demo writes its lines in one minute; here each line gets the moment of the call it is about, as
on a real night. Run with -s for the figures of docs/besluiten/0013.
"""

import random
from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest

from kern.tenancy import kring_context
from kern.tijd import db_now, to_local
from kring.models import Kring, Lidmaatschap
from tests.toezicht import geplant
from toezicht import feiten, regels
from triage.models import Patient

pytestmark = [pytest.mark.django_db, pytest.mark.traag]


@pytest.fixture
def kring(geladen, db):
    kring = Kring.objects.get(slug="vechtstreek")
    with kring_context(kring.pk):
        yield kring


def as_on_a_real_night(inzagen, patienten):
    """Give each line the moment of the first call of its patient: three hours later a report."""
    for inzage in inzagen:
        calls = patienten[inzage.patient_id].oproepen
        if calls:
            later = timedelta(hours=3 if "tandarts" in inzage.rollen else 0, minutes=5)
            moment = min(call.begin for call in calls) + later
            yield replace(inzage, moment=moment, dag=to_local(moment).date())


def test_all_planted_misuse_is_found(kring):
    nu = db_now()
    begin = nu - timedelta(days=60)
    inzagen = feiten.inzagen(kring.pk, begin, nu)
    patienten = feiten.patienten(Patient.objects.values_list("pk", flat=True))
    medewerkers = feiten.medewerkers(begin, nu)
    instelling = feiten.instelling()
    honest = list(as_on_a_real_night(inzagen, patienten))
    before = regels.find(honest, medewerkers, patienten, instelling)

    triagisten = Lidmaatschap.objects.filter(rol="triagemedewerker").values_list("gebruiker")
    cases = geplant.plant(
        random.Random(7513), medewerkers, patienten, [pk for (pk,) in triagisten], nu
    )
    after = regels.find(
        honest + [inzage for case in cases for inzage in case.inzagen],
        medewerkers,
        patienten | {pk: patient for case in cases for pk, patient in case.patienten.items()},
        instelling,
    )
    keys = {(v.regel, v.gebruiker_id, v.patient_id) for v in after}
    missed = [case for case in cases if case.sleutel not in keys]
    assert missed == []
    wanted = {case.sleutel for case in cases}
    hits = sum((v.regel, v.gebruiker_id, v.patient_id) in wanted for v in after)
    print(  # noqa: T201 (the figures, with -s)
        f"\n{len(honest)} lines, {len(patienten)} patients, {len(medewerkers)} staff; "
        f"{len(cases)} planted, {len(cases) - len(missed)} found; {len(after)} findings; "
        f"precision {hits / len(after):.2f}; on honest work: {Counter(v.regel for v in before)}"
    )
    # Chance meetings of names and practice postcodes are few on ordinary work.
    assert len(before) <= len(honest) / 20
