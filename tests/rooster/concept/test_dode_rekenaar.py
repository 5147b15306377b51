"""A worker that is killed halfway, and two that want the same run: real commits, real processes."""

import os
import subprocess
import sys
import threading
import time
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.db.models.functions import Now

from bench.rooster_instanties import generate
from kern.actor import Actor
from kern.tenancy import kring_context
from rooster.actions.concept import make_concept
from rooster.actions.plantaak import ask_plan
from rooster.concept import rekenen
from rooster.concept import werk as planwerk
from rooster.concept.uitvoer import duties_of
from rooster.models import Plantaak
from tests.factories import KringFactory
from tests.rooster.concept.conftest import build

pytestmark = pytest.mark.traag
GEDULD = 90


@pytest.fixture
def taak(echte_db):
    """A run that takes minutes: twenty practices, of which the draft knows nothing."""
    kring = KringFactory()
    with kring_context(kring.pk):
        periode = build(kring).periode
        by = Actor.system(kring.pk)
        concept = make_concept(periode=periode, naam="Concept", diensten=duties_of(periode), by=by)
        return ask_plan(concept, instantie=of_others("fijn", 20), seconden=300, by=by)


def of_others(*args, **kwargs) -> dict:
    """Return a generated instance with duties that the draft does not have."""
    instantie = generate(*args, zaad=5, **kwargs)
    for dienst in instantie["diensten"]:
        dienst["id"] = f"X{dienst['id']}"
    return instantie


def seen(taak) -> Plantaak:
    with kring_context(taak.kring_id):
        return Plantaak.objects.get(pk=taak.pk)


def test_a_killed_worker_leaves_its_best_plan(taak, echte_db):
    proces = subprocess.Popen(
        [
            sys.executable,
            str(settings.BASE_DIR / "manage.py"),
            "rooster_reken",
            str(taak.pk),
            str(taak.kring_id),
        ],
        env={**os.environ, "DATABASE_URL": echte_db},
    )
    try:
        einde = time.monotonic() + GEDULD
        while not seen(taak).beste:
            assert proces.poll() is None
            assert time.monotonic() < einde
            time.sleep(0.2)
    finally:
        proces.kill()
        proces.wait()
    with kring_context(taak.kring_id):
        Plantaak.objects.filter(pk=taak.pk).update(gezien_op=Now() - timedelta(minutes=2))
    assert planwerk.close_dead() == 1
    dood = seen(taak)
    assert (dood.status, dood.doel) == ("mislukt", dood.beste["bewijs"]["doel"])
    with kring_context(taak.kring_id):
        dood.concept.refresh_from_db()
        assert dood.concept.bewijs["toewijzing"]


def test_two_workers_do_a_run_once(taak):
    with kring_context(taak.kring_id):
        Plantaak.objects.filter(pk=taak.pk).update(instantie=of_others("blok", 5, weken=4))
    start, mine = threading.Barrier(2), []

    def work():
        start.wait()
        mine.append(rekenen.run(taak.pk, taak.kring_id))
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(mine) == [False, True]
    assert seen(taak).status == "klaar"
