"""Fifty at the same moment, each with its own connection and real commits (RO-8).

No double booking, no half swap: every yes that counted is one whole trade of places, and the roster
is exactly what those trades, one after the other, make of the one before.
"""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import psycopg
import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from kern.actor import Actor
from kern.tenancy import kring_context
from kern.tijd import db_now
from rooster import actions
from rooster.models import Dienst, Dienstplaats, Roosterwijziging, Ruilaanbod, Ruilverzoek
from tests.factories import KringFactory
from tests.rooster.ruilen import colleague, night

pytestmark = pytest.mark.traag
AANTAL = 50


@pytest.fixture
def kring(echte_db):
    return KringFactory()


def at_once(work, jobs) -> list[str]:
    """Do all of it at the same moment in threads; return what each came to."""
    start = threading.Barrier(len(jobs))

    def run(job):
        try:
            connection.ensure_connection()
            start.wait(timeout=60)
            work(job)
            return "gelukt"
        except ValidationError:
            return "geweigerd"
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


def person(tandarts) -> Actor:
    return Actor(
        naam=tandarts.naam,
        gebruiker_id=tandarts.gebruiker_id,
        kring_id=tandarts.kring_id,
        rollen=frozenset({"tandarts"}),
        doel="organisatie",
        toegangspunt="127.0.0.1",
    )


def roster(kring) -> dict:
    """Return who holds which place: (duty, role) → dentist."""
    with kring_context(kring.pk):
        rows = Dienstplaats.objects.values_list("dienst_id", "rol", "tandarts_id")
        return {(dienst, rol): tandarts for dienst, rol, tandarts in rows}


def request(dienst, rol, tandarts, *, soort="overname") -> Ruilverzoek:
    nu = db_now()
    return Ruilverzoek.objects.create(
        kring=dienst.kring,
        dienst=dienst,
        rol=rol,
        tandarts=tandarts,
        deelnemer=tandarts.deelnemer,
        soort=soort,
        gevraagd_op=nu,
        uiterlijk_op=dienst.begin,
    )


def offer(verzoek, tandarts, nummer, terug=None) -> Ruilaanbod:
    return Ruilaanbod.objects.create(
        kring=verzoek.kring,
        verzoek=verzoek,
        tandarts=tandarts,
        deelnemer=tandarts.deelnemer,
        terug_dienst=terug,
        terug_rol="dienstdoende" if terug else "",
        volgorde=nummer,
        tekort=0,
        status="gevraagd",
    )


def say_yes(pair) -> None:
    aanbod, tandarts = pair
    with kring_context(tandarts.kring_id):
        actions.accept_aanbod(aanbod, by=person(tandarts))


def test_of_fifty_who_say_yes_to_one_duty_one_has_it(kring):
    with kring_context(kring.pk):
        gever, achter = colleague(kring, "Gever"), colleague(kring, "Achter")
        dienst = night(kring, 20, gever, achter)
        verzoek = request(dienst, "dienstdoende", gever)
        allen = [colleague(kring, f"T{n}") for n in range(AANTAL)]
        jobs = [(offer(verzoek, tandarts, n), tandarts) for n, tandarts in enumerate(allen, 1)]
    outcome = at_once(say_yes, jobs)
    assert sorted(outcome) == ["gelukt"] + ["geweigerd"] * (AANTAL - 1)
    winner = allen[outcome.index("gelukt")]
    assert roster(kring) == {
        (dienst.pk, "dienstdoende"): winner.pk,
        (dienst.pk, "achterwacht"): achter.pk,
    }
    with kring_context(kring.pk):
        assert Ruilaanbod.objects.filter(status="aanvaard").count() == 1
        assert Roosterwijziging.objects.count() == 1


@pytest.fixture
def kruisend(kring):
    """Ten nights, eight days apart; fifty swaps that all want each other's places.

    Every dentist has a request for the own night, and is offered the nights of five others: any
    two of those offers touch the same places.
    """
    with kring_context(kring.pk):
        allen = [colleague(kring, f"T{n}") for n in range(10)]
        achter = [colleague(kring, f"A{n}") for n in range(10)]
        nachten = [night(kring, 10 + 8 * n, allen[n], achter[n]) for n in range(10)]
        jobs = []
        for n, nacht in enumerate(nachten):
            verzoek = request(nacht, "dienstdoende", allen[n], soort="ruil")
            for stap in range(1, 6):
                ander = (n + stap) % 10
                aanbod = offer(verzoek, allen[ander], stap, terug=nachten[ander])
                jobs.append((aanbod, allen[ander]))
    assert len(jobs) == AANTAL
    return jobs


def test_fifty_crossing_swaps_leave_only_whole_ones(kring, kruisend):
    before = roster(kring)
    outcome = at_once(say_yes, kruisend)
    after = roster(kring)
    with kring_context(kring.pk):
        done = list(
            Ruilaanbod.objects.filter(status="aanvaard")
            .select_related("verzoek")
            .order_by("beantwoord_op")
        )
        events = Roosterwijziging.objects.count()
    assert outcome.count("gelukt") == len(done) >= 1
    assert events == 2 * len(done)
    # The trades that counted, one after the other, are the whole difference.
    for aanbod in done:
        verzoek = aanbod.verzoek
        mine = verzoek.dienst_id, verzoek.rol
        theirs = aanbod.terug_dienst_id, aanbod.terug_rol
        assert (before[mine], before[theirs]) == (verzoek.tandarts_id, aanbod.tandarts_id)
        before[mine], before[theirs] = before[theirs], before[mine]
    assert after == before
    assert len(set(after.values())) == 20


def test_fifty_swaps_while_the_coordinator_plans_and_somebody_falls_ill(kring, kruisend):
    """Other roster work goes between the swaps, never through them."""
    with kring_context(kring.pk):
        ziek, nieuw = colleague(kring, "Ziek"), colleague(kring, "Nieuw")
        vannacht = night(kring, 0, ziek, nieuw)
        plaats = vannacht.plaatsen.select_related("tandarts__deelnemer").get(rol="dienstdoende")
        morgen = [colleague(kring, "M1"), colleague(kring, "M2")]
        by = Actor.system(kring.pk)

    def report(_job):
        with kring_context(kring.pk):
            actions.report_uitval(plaats, by=person(ziek))

    def plan(_job):
        with kring_context(kring.pk):
            actions.plan_dienst(
                kring_id=kring.pk,
                begin=vannacht.begin + timedelta(days=3),
                einde=vannacht.einde + timedelta(days=3),
                dienstdoende=morgen[0],
                achterwacht=morgen[1],
                by=by,
            )

    jobs = [(say_yes, job) for job in kruisend[:-2]] + [(report, None), (plan, None)]
    outcome = at_once(lambda job: job[0](job[1]), jobs)
    assert outcome[-2:] == ["gelukt", "gelukt"]
    after = roster(kring)
    assert after[vannacht.pk, "dienstdoende"] == nieuw.pk
    assert (vannacht.pk, "achterwacht") not in after
    with kring_context(kring.pk):
        others = Dienst.objects.exclude(pk=vannacht.pk)
        assert {dienst.plaatsen.count() for dienst in others} == {2}
        assert others.count() == 11


INSERT = (
    "INSERT INTO rooster_dienstplaats"
    " (id, kring_id, dienst_id, rol, tandarts_id, begin, einde, aangemaakt_op, gewijzigd_op)"
    " VALUES (gen_random_uuid(), %s, %s, %s, %s, %s, %s, now(), now())"
)
MOVE = "UPDATE rooster_dienstplaats SET tandarts_id = %s WHERE dienst_id = %s AND rol = %s"


def test_the_exclusion_constraint_holds_under_direct_sql_too(kring, echte_db):
    """Fifty sessions of SQL around Django, all after the same dentist for the same night."""
    with kring_context(kring.pk):
        a, b, c = (colleague(kring, naam) for naam in "ABC")
        dienst = night(kring, 20, a, b)
        dienst.plaatsen.all().delete()
    start = threading.Barrier(AANTAL)

    def put(nummer) -> str:
        rol = ("dienstdoende", "achterwacht")[nummer % 2]
        with psycopg.connect(echte_db) as session:
            session.execute("SELECT set_config('app.kringen', %s, true)", [str(kring.pk)])
            start.wait(timeout=60)
            try:
                session.execute(
                    INSERT, [kring.pk, dienst.pk, rol, c.pk, dienst.begin, dienst.einde]
                )
                session.commit()
            except (psycopg.errors.ExclusionViolation, psycopg.errors.UniqueViolation):
                return "geweigerd"
            except psycopg.errors.DeadlockDetected:
                # Several waited for each other's rows; who is ended is refused too.
                return "geweigerd"
            return "gelukt"

    with ThreadPoolExecutor(AANTAL) as pool:
        outcome = list(pool.map(put, range(AANTAL)))
    assert sorted(outcome) == ["gelukt"] + ["geweigerd"] * (AANTAL - 1)
    assert list(roster(kring).values()) == [c.pk]
    other = ({"dienstdoende", "achterwacht"} - {rol for _dienst, rol in roster(kring)}).pop()
    with psycopg.connect(echte_db) as session:
        session.execute("SELECT set_config('app.kringen', %s, true)", [str(kring.pk)])
        session.execute(INSERT, [kring.pk, dienst.pk, other, a.pk, dienst.begin, dienst.einde])
        # Half a swap by hand, of two who change roles: the first half is refused.
        with pytest.raises(psycopg.errors.ExclusionViolation):
            session.execute(MOVE, [c.pk, dienst.pk, other])
