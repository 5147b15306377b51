"""At the same moment, with real commits: one version, five guesses, one opening, none too late."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from kern.actor import Actor
from kern.models import Logregel, Zending
from kern.tenancy import kring_context
from tests.factories import (
    GebruikerFactory,
    KringFactory,
    OproepFactory,
    PatientFactory,
    TandartsFactory,
)
from tests.verslag.conftest import TEKST, last_code
from verslag import actions
from verslag.models import Overdracht, Verslag, Verslagversie

pytestmark = pytest.mark.traag
THREADS = 16


@pytest.fixture
def kring(echte_db):
    return KringFactory()


@pytest.fixture
def by(kring):
    return Actor.system(kring.pk)


@pytest.fixture
def verslag(kring, by):
    with kring_context(kring.pk):
        oproep = OproepFactory(
            kring=kring,
            behandelaar=TandartsFactory(kring=kring),
            patient=PatientFactory(kring=kring),
            aangenomen_door=GebruikerFactory(),
        )
        verslag = actions.open_verslag(oproep, by=by)
        return actions.save_verslag(verslag, gegevens=TEKST, versie=verslag.versie, by=by)


@pytest.fixture
def overdracht(kring, verslag, by):
    with kring_context(kring.pk):
        return actions.sign_verslag(verslag, by=by).overdrachten.get()


def at_once(number: int, work) -> list:
    """Run `work(index)` in this many calls on sixteen connections, started together."""
    start = threading.Barrier(min(number, THREADS))

    def one(index):
        if index < THREADS:
            start.wait(timeout=30)
        return work(index)

    def close(_index):
        start_close.wait(timeout=30)
        connection.close()

    start_close = threading.Barrier(min(number, THREADS))
    with ThreadPoolExecutor(min(number, THREADS)) as pool:
        results = list(pool.map(one, range(number)))
        list(pool.map(close, range(min(number, THREADS))))
    return results


def test_fifty_signatures_are_one_version(kring, verslag, by):
    def sign(_index):
        with kring_context(kring.pk):
            return actions.sign_verslag(verslag, by=by).pk

    assert len(set(at_once(50, sign))) == 1
    with kring_context(kring.pk):
        assert Verslagversie.objects.count() == Overdracht.objects.count() == 1
        assert Zending.objects.count() == 1
        assert Logregel.objects.filter(gebeurtenis="verslag.getekend").count() == 1


def test_twenty_clicks_are_one_report(kring, verslag, by):
    with kring_context(kring.pk):
        oproep = OproepFactory(
            kring=kring,
            behandelaar=verslag.auteur,
            patient=PatientFactory(kring=kring),
            aangenomen_door=GebruikerFactory(),
        )

    def make(_index):
        with kring_context(kring.pk):
            return actions.open_verslag(oproep, by=by).pk

    assert len(set(at_once(20, make))) == 1
    with kring_context(kring.pk):
        assert Verslag.objects.filter(oproep=oproep).count() == 1


def test_of_two_hundred_guesses_five_are_compared(kring, overdracht, by):
    with kring_context(kring.pk):
        actions.request_code(overdracht, by=by)
        right = int(last_code())

    def guess(index):
        with kring_context(kring.pk):
            wrong = f"{(right + 1 + index) % 10**6:06d}"
            return actions.open_overdracht(overdracht, code=wrong, by=by)

    assert set(at_once(200, guess)) == {None}
    with kring_context(kring.pk):
        overdracht.refresh_from_db()
        assert overdracht.code_pogingen == 5
        assert overdracht.opgehaald_op is None
        assert actions.open_overdracht(overdracht, code=f"{right:06d}", by=by) is None


def test_one_code_opens_once(kring, overdracht, by):
    with kring_context(kring.pk):
        actions.request_code(overdracht, by=by)
        code = last_code()

    def enter(_index):
        with kring_context(kring.pk):
            return actions.open_overdracht(overdracht, code=code, by=by)

    opened = [result for result in at_once(20, enter) if result is not None]
    assert len(opened) == 1


def test_codes_are_counted_at_once_too(kring, overdracht, by):
    def ask(_index):
        with kring_context(kring.pk):
            return actions.request_code(overdracht, by=by)

    assert sum(at_once(20, ask)) == 3
    with kring_context(kring.pk):
        assert Zending.objects.filter(soort="sms").count() == 3


def test_nothing_opens_after_a_withdrawal(kring, overdracht, by):
    """A hundred races: whoever is first, the moment of opening is never after the withdrawal."""
    for _race in range(100):
        with kring_context(kring.pk):
            Overdracht.objects.update(
                ingetrokken_op=None, opgehaald_op=None, codes_verstuurd=0, codes_sinds=None
            )
            actions.request_code(overdracht, by=by)
            code = last_code()

        def work(index, code=code):
            with kring_context(kring.pk):
                if index == 0:
                    return actions.withdraw_overdracht(overdracht, by=by)
                return actions.open_overdracht(overdracht, code=code, by=by)

        withdrawn, opened = at_once(2, work)
        assert withdrawn is True
        with kring_context(kring.pk):
            overdracht.refresh_from_db()
            assert (opened is None) == (overdracht.opgehaald_op is None)
            # After the withdrawal is committed no code opens anything any more.
            assert actions.open_overdracht(overdracht, code=code, by=by) is None
