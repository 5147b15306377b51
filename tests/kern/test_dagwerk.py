"""Daily work is done once a day for each kring, whoever dies and whoever sweeps along."""

import os
import signal
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection

from kern import dagwerk, logboek
from kern.actor import Actor
from kern.models import Dagtaak, Logregel
from kern.tenancy import kring_context
from kern.tijd import db_now
from kring.models import Deelnemer, Kring
from tests import factories

pytestmark = pytest.mark.eigen_logregels

# 05:30 in Amsterdam, in winter; ahead of any clock that runs this, or a row made now would rest.
OCHTEND = datetime(2099, 11, 23, 4, 30, tzinfo=UTC)
DAG = date(2099, 11, 23)


@pytest.fixture
def kringen(echte_db):
    return [factories.KringFactory(slug=slug).pk for slug in ("vecht", "maas")]


@pytest.fixture
def werk(monkeypatch):
    """Return a way to register jobs that are alone in the house."""
    monkeypatch.setattr(dagwerk, "_WERK", {})
    return dagwerk.register


def drain(moment=OCHTEND):
    done = []
    while (naam := dagwerk.run_next(moment)) is not None:
        done.append(naam)
    return done


def leave_a_line(beurt):
    logboek.record("dagwerk.proef", "E", by=Actor.system(beurt.kring_id))


def lines(kring_id):
    with kring_context(kring_id):
        return Logregel.objects.filter(gebeurtenis="dagwerk.proef").count()


def test_each_kring_and_the_house_once_a_day(kringen, werk):
    seen = []
    werk("kringwerk", seen.append)
    werk("huiswerk", seen.append, per_kring=False)
    assert drain() == ["kringwerk", "kringwerk", "huiswerk"]
    assert drain(OCHTEND + timedelta(hours=6)) == []
    assert {beurt.kring_id for beurt in seen} == {*kringen, None}
    assert {(beurt.dag, beurt.vorige) for beurt in seen} == {(DAG, None)}


def test_a_job_sees_only_its_own_kring(kringen, werk):
    for pk in kringen:
        with kring_context(pk):
            factories.DeelnemerFactory(kring=Kring.objects.get(pk=pk))
    seen = {}
    werk("tellen", lambda beurt: seen.update({beurt.kring_id: Deelnemer.objects.count()}))
    drain()
    assert seen == dict.fromkeys(kringen, 1)


@pytest.mark.parametrize(("minuut", "klaar"), [(-31, []), (-30, ["werk"]), (600, ["werk"])])
def test_a_job_waits_for_its_hour_on_the_amsterdam_clock(echte_db, werk, minuut, klaar):
    werk("werk", lambda beurt: None, per_kring=False)
    assert drain(OCHTEND + timedelta(minutes=minuut)) == klaar


def test_after_days_down_it_runs_once_and_knows_the_gap(kringen, werk):
    seen = []
    werk("werk", seen.append, per_kring=False)
    drain()
    drain(OCHTEND + timedelta(days=4, hours=9))
    assert [(beurt.dag, beurt.vorige) for beurt in seen] == [(DAG, None), (date(2099, 11, 27), DAG)]


def test_a_failed_job_leaves_nothing_rests_and_is_tried_again(kringen, werk):
    attempts = []

    def fail_once(beurt):
        leave_a_line(beurt)
        attempts.append(beurt)
        if len(attempts) == 1:
            raise ValueError("geheim: Jansen")

    werk("wankel", fail_once, uur=0)
    nu = db_now()
    assert drain(nu) == ["wankel", "wankel"]
    failed = Dagtaak.objects.get(klaar_op__isnull=True)
    assert (failed.fout, failed.pogingen) == ("ValueError", 1)
    assert lines(failed.voor) == 0
    assert drain(failed.volgende_poging_op + timedelta(seconds=1)) == ["wankel"]
    assert [lines(pk) for pk in kringen] == [1, 1]


def test_two_sweepers_do_it_once(kringen, werk):
    both = threading.Barrier(2)
    werk("werk", leave_a_line)

    def sweep(_):
        both.wait(timeout=30)
        try:
            return drain()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(sweep, range(2)))
    drain()  # each may have passed by what the other held
    assert [lines(pk) for pk in kringen] == [1, 1]


def test_a_second_sweeper_does_not_wait_for_the_first(kringen, werk):
    inside, release = threading.Event(), threading.Event()

    def slow(beurt):
        inside.set()
        assert release.wait(timeout=30)

    werk("traag", slow, per_kring=False)

    def sweep():
        try:
            return drain()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(sweep)
        assert inside.wait(timeout=30)
        assert drain() == []
        release.set()
        assert first.result(30) == ["traag"]


@pytest.mark.traag
def test_killed_halfway_it_runs_again(kringen, werk):
    """The child writes its line and dies before the commit."""

    def die(beurt):
        leave_a_line(beurt)
        os.kill(os.getpid(), signal.SIGKILL)

    werk("werk", die)
    connection.close()
    pid = os.fork()
    if pid == 0:
        drain()
        os._exit(0)
    assert os.WIFSIGNALED(os.waitpid(pid, 0)[1])
    assert [lines(pk) for pk in kringen] == [0, 0]
    werk("werk", leave_a_line)
    assert drain() == ["werk", "werk"]
    assert [lines(pk) for pk in kringen] == [1, 1]


def test_who_looked_before_the_other_was_ready_does_not_do_it_again(kringen, werk):
    """A second sweeper saw the job as due and gets its turn when the first has just committed."""
    werk("werk", leave_a_line)
    (first, voor, dag), *_rest = list(dagwerk._due(OCHTEND))
    assert dagwerk._run(first, voor, dag)
    assert not dagwerk._run(first, voor, dag)
    assert lines(voor) == 1
