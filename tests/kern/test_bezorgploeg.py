"""Many servers that hang hold up nobody else, also when only the sweeper lives (row 12)."""

import threading

import pytest
from django.db import OperationalError, connection
from django.db.models.functions import Now

from kern import bezorging, outbox
from kern.bezorgploeg import HANDEN, Ploeg
from kern.kanalen import CHANNELS, Later
from kern.models import Zending
from kern.tenancy import kring_context
from tests.factories import KringFactory
from tests.servers.hulp import wait_for

pytestmark = pytest.mark.traag
HANGT = b"hangt@"


class Post:
    """A mail server that never answers for some recipients, until it is told to."""

    def __init__(self):
        self.binnen = []
        self.hangen = 0
        self.los = threading.Event()
        self._lock = threading.Lock()

    def __call__(self, body):
        if HANGT in body:
            with self._lock:
                self.hangen += 1
            assert self.los.wait(60)
            with self._lock:
                self.hangen -= 1
            raise Later("geen antwoord")
        with self._lock:
            self.binnen.append(body)


@pytest.fixture
def post(monkeypatch):
    post = Post()
    monkeypatch.setitem(CHANNELS, Zending.Soort.MAIL, post)
    yield post
    post.los.set()


@pytest.fixture
def kring(echte_db):
    return KringFactory()


@pytest.fixture
def ploeg(post, kring):
    ploeg = Ploeg()
    yield ploeg
    post.los.set()
    ploeg.stop()


def mail(kring, naam, *, aan="goed@elders.example", eerder=0):
    with kring_context(kring.pk):
        zending = outbox.enqueue_mail(
            kring_id=kring.pk, sleutel=naam, aan=aan, onderwerp="Verslag", tekst="Klaar."
        )
        if eerder:
            Zending.objects.filter(pk=zending.pk).update(
                pogingen=eerder, geprobeerd_sinds=Now(), volgende_poging_op=Now()
            )


def test_several_that_hang_hold_up_nobody(kring, post, ploeg):
    """One at a time the last good one would wait until each of the others is given up."""
    hanging = HANDEN - 1
    for number in range(hanging):
        mail(kring, f"hangt {number}", aan="hangt@elders.example")
    ploeg.round()
    wait_for(lambda: post.hangen == hanging)
    for number in range(20):
        mail(kring, f"goed {number}")
    wait_for(lambda: ploeg.round() or len(post.binnen) == 20)
    wait_for(lambda: len(post.binnen) == 20)
    assert post.hangen == hanging


def test_a_heap_that_hung_before_leaves_half_of_the_hands_to_what_is_new(kring, post, ploeg):
    for number in range(4 * HANDEN):
        mail(kring, f"hangt {number}", aan="hangt@elders.example", eerder=1)
    ploeg.round()
    wait_for(lambda: post.hangen == HANDEN // 2)
    for number in range(20):
        mail(kring, f"goed {number}")
    ploeg.round()
    wait_for(lambda: len(post.binnen) == 20)
    assert post.hangen == HANDEN // 2


def test_what_is_in_hand_is_not_given_out_again(kring, post, ploeg):
    mail(kring, "hangt", aan="hangt@elders.example")
    assert ploeg.round() == 1
    with kring_context(kring.pk):
        Zending.objects.update(lease_tot=None)
    assert ploeg.round() == 0


def test_no_hand_takes_what_another_process_has(kring, post, ploeg):
    for number in range(40):
        mail(kring, f"goed {number}")
    others = Ploeg()

    def sweep(one):
        try:
            one.round()
        finally:
            connection.close()

    threads = [threading.Thread(target=sweep, args=[one]) for one in (ploeg, others)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    others.stop()
    wait_for(lambda: len(post.binnen) >= 40)
    assert len(post.binnen) == len(set(post.binnen)) == 40


def test_a_database_that_went_away_is_told(kring, post, monkeypatch):
    def away(*args):
        raise OperationalError("the database system is starting up")

    mail(kring, "een")
    ploeg = Ploeg(1)
    monkeypatch.setattr(bezorging, "deliver", away)
    with pytest.raises(OperationalError):
        wait_for(lambda: ploeg.round() and False)
    ploeg.stop()


def test_one_that_cannot_be_handled_holds_up_no_other(kring, post, monkeypatch, caplog):
    real, broken = bezorging.deliver, []

    def deliver(pk, kring_id):
        if not broken:
            broken.append(pk)
            raise ZeroDivisionError
        return real(pk, kring_id)

    monkeypatch.setattr(bezorging, "deliver", deliver)
    mail(kring, "een")
    mail(kring, "twee")
    ploeg = Ploeg(1)
    wait_for(lambda: ploeg.round() == 0 and len(post.binnen) == 2)
    ploeg.stop()
    assert str(broken[0]) in caplog.text
