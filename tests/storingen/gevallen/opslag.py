"""Faults of what we write to: broker, database, keys, bytes."""

import signal
import time
from contextlib import ExitStack

from tests.servers.hulp import wait_for
from tests.storingen.gevallen.register import geval
from tests.storingen.proef import BEZORGER, BROKER, POSTGRES, RECOVERY, SAVE, Proef

CONSUMES = 10.0
BETWEEN = 0.3
"""Seconds between two reports while nobody carries hints: the sweeper is one process."""
VERSIES = "SELECT count(*) FROM verslag_verslagversie"


def _hints_were_fast(promised) -> None:
    slowest = max(belofte.hint for belofte in promised)
    assert slowest <= SAVE, f"een hint duurde {slowest:.2f} s"


@geval(5, kort=1, lang=5)
def broker_dood_en_leeg(proef: Proef, keer: int) -> None:
    """The broker dies and forgets everything; a worker that lives finds the new one."""
    for _ in range(keer):
        promised = proef.sign(2)
        proef.huis.kill(*BROKER)
        during = proef.sign(2)
        _hints_were_fast(during)
        proef.arrived(promised + during)
    proef.whole()
    with proef.frozen(*BEZORGER):
        # Hints are skipped for a while after one that failed; then the worker has to hear them.
        wait_for(lambda: _the_worker_delivers(proef), CONSUMES)
    proef.arrived(proef.beloften)


def _the_worker_delivers(proef: Proef) -> bool:
    promised = proef.sign(1)
    deadline = time.monotonic() + 1.0
    while time.monotonic() < deadline:
        if not proef.uitslag(promised).verloren:
            return True
        time.sleep(0.02)
    return False


@geval(6, kort=3, lang=30)
def broker_bevroren(proef: Proef, keer: int) -> None:
    """The broker takes a connection and says nothing for so many seconds; then it is emptied."""
    with proef.huis.frozen(*BROKER):
        began = time.monotonic()
        promised = proef.sign(1)
        while time.monotonic() - began < keer:
            time.sleep(BETWEEN)  # the rhythm of somebody who signs
            promised += proef.sign(1)
        _hints_were_fast(promised)
        proef.arrived(promised)
    promised = proef.sign(2)
    proef.broker().flushall()
    proef.arrived(promised)


@geval(7, kort=1, lang=5)
def database_gedood(proef: Proef, keer: int) -> None:
    """kill -9 of PostgreSQL with messages in hand: accepted once is sent once."""
    for _ in range(keer):
        workers = proef.worker_pids()
        proef.post.vertraging = 0.5
        promised = proef.sign(2)
        proef.in_hand()
        proef.huis.kill(*POSTGRES)
        proef.arrived(promised)
        proef.post.vertraging = 0.0
        # What was in hand arrives without a database; what became of it stands in one.
        proef.whole()
        proef.recorded(promised)
        assert proef.uitslag(promised).herhaald == 0
        assert proef.worker_pids() == workers


@geval(7, kort=4, lang=60)
def database_weg(proef: Proef, keer: int) -> None:
    """PostgreSQL is away for this many seconds: nothing is promised meanwhile, nothing repeats."""
    workers = proef.worker_pids()
    proef.post.vertraging = 0.5
    promised = proef.sign(1)
    proef.in_hand()
    errors = len(proef.schrijver.fouten)
    with proef.database_gone(signal.SIGQUIT):
        proef.schrijver.ask(2)
        began = time.monotonic()
        wait_for(lambda: len(proef.schrijver.fouten) > errors, RECOVERY)
        done = len(proef.beloften)
        while time.monotonic() - began < keer:  # the length of the fault
            time.sleep(0.1)
            assert len(proef.beloften) == done
        assert proef.beloften[done - 1] == promised[0]
    proef.post.vertraging = 0.0
    wait_for(lambda: len(proef.beloften) == done + 2, RECOVERY)
    promised += proef.beloften[done:]
    proef.arrived(promised)
    proef.recorded(promised)
    assert proef.uitslag(promised).herhaald == 0
    assert proef.worker_pids() == workers


@geval(16, kort=1, lang=3)
def sleutel_weg(proef: Proef, keer: int) -> None:
    """Without the key nothing is written, nothing leaves and nothing is given up."""
    for _ in range(keer):
        before = len(proef.beloften)
        errors = len(proef.schrijver.fouten)
        with ExitStack() as away:
            with proef.nobody_delivers():
                promised = proef.sign(1)
                away.enter_context(proef.key_gone())
            rows = proef.sql(VERSIES)
            proef.schrijver.ask(1)
            wait_for(lambda: "uitgesteld" in proef.attempts(promised), RECOVERY)  # noqa: B023
            wait_for(lambda: len(proef.schrijver.fouten) > errors, RECOVERY)  # noqa: B023
            assert proef.sql(VERSIES) == rows
            assert proef.uitslag(promised).verloren
        wait_for(lambda: len(proef.beloften) == before + 2, RECOVERY)  # noqa: B023
        proef.arrived(proef.beloften[before:])


@geval(17, kort=1, lang=3)
def inhoud_gewijzigd(proef: Proef, keer: int) -> None:
    """A flipped bit, or the text of another row: it never leaves, and a person hears of it."""
    flip = "inhoud = set_byte(inhoud, 40, get_byte(inhoud, 40) # 1)"
    for _ in range(keer):
        with proef.nobody_delivers():
            flipped, swapped, source = proef.sign(3)
            proef.change([flipped], flip)
            ((content,),) = proef.zendingen([source], "z.inhoud")
            proef.sql(
                "UPDATE kern_zending z SET inhoud = %s FROM verslag_overdracht o"
                " WHERE z.id = o.bericht_id AND o.email = %s",
                content,
                swapped.adres,
            )
        damaged = [flipped, swapped]
        proef.recorded(damaged, "mislukt")
        proef.arrived([source])
        assert proef.zendingen(damaged, "z.fout") == [("inhoud beschadigd",)] * 2
        assert set(proef.uitslag(damaged).verloren) == {flipped.adres, swapped.adres}
        proef.people_know(damaged)
        proef.forget(damaged)
