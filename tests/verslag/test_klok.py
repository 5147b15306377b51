"""A process whose clock is two hours wrong: no effect, only the clock of the database counts."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.db.models.functions import Now

from kern import bezorging
from kern.management.commands.bezorg import sweep
from kern.models import Bezorgpoging, Hartslag, Zending
from kern.tijd import db_now
from tests.storingen.post import TIJDELIJK, running_post
from tests.verslag.conftest import cheap_letter, last_code, pakket_of
from verslag import actions
from verslag.models import Pakket

pytestmark = pytest.mark.traag
JUMPS = [timedelta(hours=2), timedelta(hours=-2)]
NEAR = timedelta(minutes=1)


@pytest.fixture
def post(tmp_path, settings):
    with running_post(tmp_path / "post", settings) as post:
        yield post


@pytest.fixture(params=JUMPS, ids=["vooruit", "achteruit"])
def jump(request, kring, post):
    """Let the clock of this whole process jump; the database and the mail server keep theirs.

    The server has its certificate before that.
    """
    with time_machine.travel(datetime.now().astimezone() + request.param, tick=True):
        assert abs(datetime.now().astimezone() - db_now()) > NEAR
        yield request.param


def test_signed_and_delivered_as_always(jump, versie, post):
    cheap_letter(versie)
    zending = Zending.objects.get()
    assert abs(zending.volgende_poging_op - db_now()) < NEAR
    assert sweep() == 1
    (ontvangst,) = post.ontvangen()
    assert ontvangst.adres == versie.overdrachten.get().email
    zending.refresh_from_db()
    assert abs(zending.verzonden_op - db_now()) < NEAR
    assert Hartslag.objects.beats(Hartslag.BEZORGER)


def test_a_lease_lives_by_the_clock_of_the_database(jump, versie, post):
    cheap_letter(versie)
    zending = Zending.objects.get()
    bezorging._claim(zending.pk)
    assert bezorging.deliver(zending.pk, zending.kring_id) is None
    Zending.objects.update(lease_tot=Now() - timedelta(seconds=1))
    assert bezorging.deliver(zending.pk, zending.kring_id) == Bezorgpoging.Resultaat.AANGENOMEN


def test_a_back_off_is_no_longer_and_nothing_is_given_up(jump, versie, post):
    cheap_letter(versie)
    post.modus = TIJDELIJK
    assert sweep() == 1
    zending = Zending.objects.get()
    assert zending.status == Zending.Status.KLAAR
    assert db_now() - NEAR < zending.volgende_poging_op < db_now() + NEAR
    assert sweep() == 0


def test_a_code_opens_within_its_quarter_and_not_after(jump, overdracht, by):
    pakket = pakket_of(overdracht)
    actions.request_code(pakket, by=by)
    pakket.refresh_from_db()
    assert timedelta(minutes=14) < pakket.code_verloopt_op - db_now() < timedelta(minutes=16)
    assert actions.open_pakket(pakket, code=last_code(), by=by)
    actions.request_code(pakket, by=by)
    Pakket.objects.update(code_verloopt_op=Now() - timedelta(seconds=1))
    assert not actions.open_pakket(pakket, code=last_code(), by=by)


def test_a_link_lives_as_long_as_the_kring_chose(jump, kring, overdracht):
    left = overdracht.verloopt_op - db_now()
    assert abs(left - timedelta(days=kring.ophaal_dagen)) < NEAR
    assert Pakket.objects.active().filter(pk=pakket_of(overdracht).pk).exists()
