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
from tests.verslag.conftest import TEKST, content_of, last_code, pakket_of
from verslag import actions
from verslag.actions.ophalen import contents_of
from verslag.kanalen import ophalen
from verslag.models import Overdracht, Pakket, Pakketdeel, Verslag, Verslagversie

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
def versie(kring, verslag, by):
    with kring_context(kring.pk):
        return actions.sign_verslag(verslag, by=by)


@pytest.fixture
def overdracht(kring, versie):
    with kring_context(kring.pk):
        return versie.overdrachten.get()


@pytest.fixture
def pakket(kring, overdracht):
    with kring_context(kring.pk):
        return pakket_of(overdracht)


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


def test_of_two_hundred_guesses_five_are_compared(kring, pakket, by):
    with kring_context(kring.pk):
        actions.request_code(pakket, by=by)
        right = int(last_code())

    def guess(index):
        with kring_context(kring.pk):
            wrong = f"{(right + 1 + index) % 10**6:06d}"
            return actions.open_pakket(pakket, code=wrong, by=by)

    assert set(at_once(200, guess)) == {False}
    with kring_context(kring.pk):
        pakket.refresh_from_db()
        assert pakket.code_pogingen == 5
        assert pakket.opgehaald_op is None
        assert not actions.open_pakket(pakket, code=f"{right:06d}", by=by)


def test_one_code_opens_once(kring, pakket, overdracht, by):
    with kring_context(kring.pk):
        actions.request_code(pakket, by=by)
        code = last_code()

    def enter(_index):
        with kring_context(kring.pk):
            return actions.open_pakket(pakket, code=code, by=by)

    assert sum(at_once(20, enter)) == 1
    with kring_context(kring.pk):
        overdracht.refresh_from_db()
        assert overdracht.opgehaald_op is not None


def test_twenty_links_with_twenty_right_codes_open_twenty_times(kring, versie, by):
    """Everybody presses twenty times at once: each link opens once, and its own content."""
    with kring_context(kring.pk):
        links = [_link(versie, number, by) for number in range(20)]

    def enter(index):
        pakket, _token, code = links[index % 20]
        with kring_context(kring.pk):
            return actions.open_pakket(pakket, code=code, by=by)

    results = at_once(400, enter)
    assert [sum(results[start::20]) for start in range(20)] == [1] * 20
    with kring_context(kring.pk):
        texts = {contents_of(pakket, token).sha256 for pakket, token, _code in links}
    assert texts == {versie.sha256}


def _link(versie, number: int, by) -> tuple:
    """Return a filled package of its own, its token and its code."""
    pakket = ophalen.make_pakket(
        versie,
        naam=f"Lezer {number}",
        email=f"lezer{number}@elders.example",
        telefoon=f"+3161234{number:04d}",
        voor=Pakket.Voor.PATIENT,
    )
    body = content_of(pakket.bericht)
    ophalen.prepare(pakket.bericht, body)
    pakket.refresh_from_db()
    actions.request_code(pakket, by=by)
    return pakket, ophalen.token_in(body, pakket.token_hash), last_code()


def test_codes_are_counted_at_once_too(kring, pakket, by):
    def ask(_index):
        with kring_context(kring.pk):
            return actions.request_code(pakket, by=by)

    assert sum(at_once(20, ask)) == 3
    with kring_context(kring.pk):
        assert Zending.objects.filter(soort="sms").count() == 3


def test_nothing_opens_after_a_withdrawal(kring, overdracht, by):
    """A hundred races: whoever is first, after the withdrawal nothing opens and nothing is left."""
    firsts = 0
    with kring_context(kring.pk):
        pakket = pakket_of(overdracht)
    for _race in range(100):
        with kring_context(kring.pk):
            Overdracht.objects.update(ingetrokken_op=None, opgehaald_op=None)
            Pakket.objects.update(gesloten_op=None, einde="", gelezen_op=None, codes_sinds=None)
            Pakketdeel.objects.get_or_create(
                kring=kring, pakket=pakket, nummer=0, defaults={"inhoud": b"verzegeld"}
            )
            actions.request_code(pakket, by=by)
            code = last_code()

        def work(index, pakket=pakket, code=code):
            with kring_context(kring.pk):
                if index == 0:
                    return actions.withdraw_overdracht(overdracht, by=by)
                return actions.open_pakket(pakket, code=code, by=by)

        withdrawn, opened = at_once(2, work)
        assert withdrawn is True
        firsts += opened
        with kring_context(kring.pk):
            overdracht.refresh_from_db()
            pakket.refresh_from_db()
            read = pakket.gelezen_op is not None
            assert opened == read == (overdracht.opgehaald_op is not None)
            assert pakket.gesloten_op is not None
            assert not pakket.delen.exists()
            # After the withdrawal is committed no code opens anything any more.
            assert not actions.open_pakket(pakket, code=code, by=by)
    assert firsts < 100


def test_a_package_that_is_withdrawn_while_it_fills_stays_empty(kring, overdracht, by):
    """Twenty races of the worker that fills with the author who withdraws."""
    for _race in range(20):
        with kring_context(kring.pk):
            Overdracht.objects.update(ingetrokken_op=None)
            overdracht.refresh_from_db()
            actions.resend_overdracht(overdracht, by=by)
            pakket = overdracht.pakketten.get(gesloten_op=None)
            body = content_of(pakket.bericht)

        def work(index, pakket=pakket, body=body):
            if index == 0:
                with kring_context(kring.pk):
                    return actions.withdraw_overdracht(overdracht, by=by)
            return ophalen.prepare(pakket.bericht, body)

        assert at_once(2, work)[0] is True
        with kring_context(kring.pk):
            assert not pakket.delen.exists()
