"""Faults of our own processes: they die or stand still with a message in hand."""

import random
import time
from collections.abc import Callable

from tests.servers.hulp import wait_for
from tests.storingen.browser import BORD, Browser
from tests.storingen.gevallen.register import geval
from tests.storingen.proef import BEZORGER, BROKER, RECOVERY, WORKER, Proef

SOON = 5.0
BATCH = 3
STIL = "niet bezorgd"


def _die_mid_send(proef: Proef, kill: Callable[[], object]) -> None:
    """Let a process die between the moment a message was taken in and the moment it hears so."""
    proef.post.vertraging = 0.4
    promised = proef.sign(BATCH)
    proef.in_hand()
    time.sleep(random.uniform(0.0, 0.4))  # the moment of the fault, no wait for an effect
    kill()
    proef.arrived(promised)
    proef.post.vertraging = 0.0
    proef.recorded(promised)


@geval(1, kort=1, lang=20)
def worker_sterft(proef: Proef, keer: int) -> None:
    """The worker and its whole pool die with messages in hand."""
    for _ in range(keer):
        _die_mid_send(proef, lambda: proef.huis.kill(*WORKER))


@geval(2, kort=1, lang=20)
def kind_van_de_worker_sterft(proef: Proef, keer: int) -> None:
    """One process of the pool dies with a message in hand."""
    for _ in range(keer):
        _die_mid_send(proef, proef.kill_pool_child)


@geval(3, kort=1, lang=3)
def worker_bevroren(proef: Proef, keer: int) -> None:
    """The worker stands still longer than its lease; somebody else sends; then it goes on."""
    for _ in range(keer):
        proef.post.vertraging = 0.5
        promised = proef.sign(BATCH)
        proef.in_hand()
        with proef.frozen(*WORKER):
            proef.post.vertraging = 0.0
            # The successor has recorded what it sent before the frozen ones can speak again.
            proef.recorded(promised)
            proef.arrived(promised)
        wait_for(lambda p=promised: "onbekend" not in proef.attempts(p), RECOVERY)
        assert set(proef.states(promised)) == {"verzonden"}
        assert proef.uitslag(promised).meest <= 2


@geval(3, kort=1, lang=1)
def bevroren_in_een_transactie(proef: Proef, keer: int) -> None:
    """Somebody stands still with the head of the log in hand: PostgreSQL ends it, others go on."""
    for _ in range(keer):
        with proef.frozen_with_the_log() as told:
            # Signing writes in the same log, so it waits until the head is free.
            promised = proef.sign(1)
            proef.arrived(promised)
        assert ["fout" in told[0], *told[1:]] == [True, {"regels": 0}]


@geval(4, kort=10, lang=10)
def web_sterft_voor_de_hint(proef: Proef, keer: int) -> None:
    """The web process dies between its commit and its hint: the sweeper needs no hint."""
    promised = proef.sign_and_die(keer)
    proef.arrived(promised, SOON)
    assert proef.uitslag(promised).herhaald == 0


@geval(14, kort=1, lang=5)
def bezorger_sterft(proef: Proef, keer: int) -> None:
    """The sweeper dies; whoever comes after it goes on."""
    for _ in range(keer):
        proef.huis.kill(*BEZORGER)
        proef.arrived(proef.sign_and_die(1))


@geval(14, kort=1, lang=1)
def bezorger_en_worker_stil(proef: Proef, keer: int) -> None:
    """Nobody delivers: every page says so, and the backlog leaves once they are back."""
    browser = Browser(proef.huis)
    wait_for(lambda: STIL not in browser.get(BORD), RECOVERY)
    with proef.nobody_delivers():
        promised = proef.sign(2)
        proef.sql("UPDATE kern_hartslag SET tijdstip = tijdstip - interval '31 seconds'")
        assert STIL in browser.get(BORD)
        assert proef.uitslag(promised).verloren
    proef.arrived(promised)
    wait_for(lambda: STIL not in browser.get(BORD), RECOVERY)


@geval(26, kort=1, lang=5)
def alles_tegelijk(proef: Proef, keer: int) -> None:
    """Worker, sweeper and broker die at once."""
    for _ in range(keer):
        promised = proef.sign(2)
        for signs in (WORKER, BEZORGER, BROKER):
            proef.huis.kill(*signs)
        proef.arrived(promised)
