"""The sweeper: delivers by itself, over all kringen, without a broker."""

import time

import pytest
from django.core.management import call_command
from django.db import OperationalError
from kombu import pools

from kern import outbox
from kern.bezorgploeg import Ploeg
from kern.management.commands import bezorg
from kern.management.commands.bezorg import sweep
from kern.models import Hartslag
from kern.tenancy import kring_context
from tests.kern.outbox.hulp import enqueue


def test_the_sweeper_delivers_over_all_kringen(kring, andere_kring, kanaal):
    enqueue(kring)
    enqueue(andere_kring)
    assert sweep() == 2
    assert len(kanaal) == 2
    assert sweep() == 0
    assert Hartslag.objects.get(proces="bezorger").tijdstip is not None


def test_the_command_runs_one_round(kring, kanaal, capsys):
    enqueue(kring)
    call_command("bezorg", eenmaal=True)
    assert "1 bezorgd" in capsys.readouterr().out


@pytest.fixture
def veger(tmp_path, monkeypatch):
    monkeypatch.setattr(bezorg, "close_old_connections", lambda: None)  # it is that of the test
    command = bezorg.Command()
    command.klaar, command.ploeg = tmp_path / "klaar", Ploeg(0)
    return command


@pytest.mark.django_db
def test_it_is_ready_when_it_beats(veger):
    veger._round()
    assert veger.klaar.exists()
    assert Hartslag.objects.beats(Hartslag.BEZORGER)


def test_without_a_database_it_is_not_ready(veger, monkeypatch):
    def away():
        raise OperationalError("the database system is starting up")

    monkeypatch.setattr(bezorg, "beat", away)
    monkeypatch.setattr(bezorg, "connection", _Closed())
    assert veger._round() == bezorg.AFTER_OUTAGE
    assert not veger.klaar.exists()


class _Closed:
    def close(self):
        """Nothing is open."""


def _forget_connections(app) -> None:
    """Let the next hint make its connection anew, at the broker that is now in the settings.

    kombu keeps its pools in a register of the process, also the closed ones: without `reset` every
    later hint of this process to the old broker would find a closed pool.
    """
    pools.reset()
    app.amqp._producer_pool = None
    app._pool = None


@pytest.mark.traag
@pytest.mark.parametrize("broker", ["gone", "frozen"])
def test_without_a_broker_saving_is_fast_and_the_sweeper_delivers(
    echte_kring, monkeypatch, kanaal, tmp_path, broker
):
    """A broker that is away, or takes the connection and says nothing."""
    import socket

    from spoeddienst.celery import app

    monkeypatch.setattr(outbox, "_silent_until", 0.0)
    path = str(tmp_path / "v.sock")
    listener = socket.socket(socket.AF_UNIX)
    if broker == "frozen":
        listener.bind(path)
        listener.listen(20)
    url = f"redis+socket://{path}"
    old = app.conf.broker_url, app.conf.broker_write_url
    app.conf.update(broker_url=url, broker_write_url=url)
    _forget_connections(app)
    try:
        started = time.monotonic()
        with kring_context(echte_kring.pk):
            enqueue(echte_kring, "een")
            enqueue(echte_kring, "twee")
        # No timing of speed (that is in docs/prestaties.md): with the default settings of Celery
        # each of the two hints hangs for more than fifteen seconds.
        assert time.monotonic() - started < 10
        assert outbox._silent_until > time.monotonic()
    finally:
        app.conf.update(broker_url=old[0], broker_write_url=old[1])
        _forget_connections(app)
        listener.close()
    assert sweep() == 2
    assert len(kanaal) == 2
