"""`./spoed storingsproef`: the whole fault matrix at full size on one house, with a table.

Ends with code 1 when something was lost or altered, when a fault was not survived, or when the
patient of the reports turned up outside the tables.
"""

import argparse
import random
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.storingen.gevallen import GEVALLEN, Geval
from tests.storingen.meting import Uitslag, percentile
from tests.storingen.post import BREEK_NA, BREEK_VOOR, TIJDELIJK
from tests.storingen.proef import BEZORGER, BROKER, POSTGRES, RECOVERY, WORKER, Proef

HEALTHY = 200
SAVE_P99 = 0.150
DELIVERED_P50 = 2.0
BATCH = 20
DRAIN_SECONDS = 180.0
HEAD = "rij storing                              keer verslagen verloren anders herhaald  seconden"


def read_options(args: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="./spoed storingsproef", description="Zet elke storing in en tel wat er verloren gaat."
    )
    parser.add_argument("--aantal", type=int, default=1000, help="ten minste zoveel verslagen")
    parser.add_argument("--rijen", type=_rows, help="alleen deze rijen, bijvoorbeeld 1,7")
    parser.add_argument("--keer", type=int, help="zo vaak per storing (zonder: de volle omvang)")
    parser.add_argument("--chaos", type=float, default=0.0, help="minuten storingen door elkaar")
    parser.add_argument("--zaad", type=int, default=None, help="zaad van de chaos")
    return parser.parse_args(args)


def _rows(text: str) -> set[int]:
    return {int(part) for part in text.split(",")}


def main(args: Sequence[str]) -> int:
    options = read_options(args)
    # Asked to end, it takes its house along.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    folder = Path(tempfile.mkdtemp(prefix="storingsproef-"))
    _say("Een huis wordt opgezet.")
    proef = Proef(folder, duurzaam=True)
    try:
        return 0 if Campagne(proef, options).run() else 1
    finally:
        proef.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201  a program


class Campagne:
    def __init__(self, proef: Proef, options: argparse.Namespace) -> None:
        self.proef = proef
        self.options = options
        self.mislukt: list[str] = []

    def run(self) -> bool:
        """Play everything; return whether all of it held."""
        _say(HEAD)
        if not self.options.rijen:
            self._row(0, "geen", HEALTHY, self._good_day)
        for geval in GEVALLEN:
            if not self.options.rijen or geval.rij in self.options.rijen:
                self._play(geval)
        if self.options.chaos:
            zaad = self.options.zaad or random.randrange(10**6)
            _say(f"Chaos met zaad {zaad}.")
            self._row(26, "chaos", 1, lambda: self._chaos(random.Random(zaad)))
        while not self.options.rijen and (left := self.options.aantal - self._promised()) > 0:
            self._row(0, "aanvulling", left, lambda left=left: self._fill(left))
        return self._verdict()

    def _promised(self) -> int:
        return len(self.proef.beloften)

    def _play(self, geval: Geval) -> None:
        keer = self.options.keer or geval.lang
        self._row(geval.rij, geval.naam, keer, lambda: geval.speel(self.proef, keer))

    def _row(self, rij: int, naam: str, keer: int, play: Callable[[], None]) -> None:
        self.proef.settle()
        before, began = self._promised(), time.monotonic()
        try:
            play()
            fault = ""
        except Exception as error:  # noqa: BLE001  the others are played as well
            where = traceback.extract_tb(error.__traceback__)[-1]
            fault = f" {where.name}:{where.lineno} {type(error).__name__} {error}"[:300]
            self.mislukt.append(f"{rij} {naam}")
            _say(f"    {naam}:{fault}")
        self.proef.settle()
        # What a failed case left undone may never arrive.
        uitslag = self._drain(before, RECOVERY if fault else DRAIN_SECONDS)
        seconds = time.monotonic() - began
        _say(
            f"{rij:>3} {naam:<36} {keer:>4} {uitslag.beloofd:>9} {len(uitslag.verloren):>8}"
            f" {len(uitslag.anders):>6} {uitslag.herhaald:>8} {seconds:>9.1f}"
            f"{'  MISLUKT' if fault else ''}"
        )

    def _drain(self, before: int = 0, most: float = DRAIN_SECONDS) -> Uitslag:
        """Wait until everything is there, or for as long as it may take at most."""
        deadline = time.monotonic() + most
        while True:
            uitslag = self.proef.uitslag(self.proef.beloften[before:])
            if not uitslag.verloren or time.monotonic() > deadline:
                return uitslag
            time.sleep(0.1)

    def _good_day(self) -> None:
        """No fault: what signing takes, and how long until the mail server has it."""
        for _ in range(HEALTHY):
            # One at a time, as people do: what is measured is no queue.
            self.proef.arrived(self.proef.sign(1))
        uitslag = self.proef.uitslag(self.proef.beloften[-HEALTHY:])
        p50, p99 = percentile(uitslag.opslaan, 0.5), percentile(uitslag.opslaan, 0.99)
        half = percentile(uitslag.reizen, 0.5)
        _say(f"    tekenen p50 {p50 * 1000:.0f} ms, p99 {p99 * 1000:.0f} ms (ten hoogste 150)")
        _say(f"    getekend tot aangenomen p50 {half:.2f} s (ten hoogste 2)")
        assert uitslag.herhaald == 0
        assert p99 <= SAVE_P99
        assert half <= DELIVERED_P50

    def _fill(self, number: int) -> None:
        for _ in range(0, number, BATCH):
            self.proef.sign(BATCH)

    def _chaos(self, choose: random.Random) -> None:
        """Faults of row 1 to 12 in any order, while somebody keeps signing."""
        proef = self.proef
        until = time.monotonic() + 60 * self.options.chaos
        while time.monotonic() < until:
            goal = self._promised() + choose.randint(5, 25)
            proef.schrijver.ask(goal - self._promised())
            fault = choose.choice(self._faults(choose))
            fault()
            time.sleep(choose.uniform(0.2, 2.0))  # the rhythm of the faults
            self._wait_for_the_writer(goal)

    def _faults(self, choose: random.Random) -> list[Callable[[], object]]:
        proef, huis, post = self.proef, self.proef.huis, self.proef.post

        def stand_still(*signs: str) -> None:
            with huis.frozen(*signs):
                time.sleep(choose.uniform(1.0, 18.0))

        def without_database() -> None:
            with proef.database_gone():
                time.sleep(choose.uniform(0.5, 10.0))

        def without_mail() -> None:
            post.sluit()
            time.sleep(choose.uniform(0.5, 10.0))
            post.open()

        return [
            lambda: huis.kill(*WORKER),
            proef.kill_pool_child,
            lambda: huis.kill(*BEZORGER),
            lambda: huis.kill(*BROKER),
            lambda: huis.kill(*POSTGRES),
            lambda: proef.broker().flushall(),
            lambda: stand_still(*WORKER),
            lambda: stand_still(*BROKER),
            without_database,
            without_mail,
            lambda: post.beurten.extend(choose.choices([BREEK_VOOR, BREEK_NA, TIJDELIJK], k=5)),
            lambda: setattr(post, "vertraging", choose.choice([0.0, 0.1, 0.3])),
        ]

    def _wait_for_the_writer(self, goal: int) -> None:
        deadline = time.monotonic() + DRAIN_SECONDS
        while self._promised() < goal:
            assert time.monotonic() < deadline, "nothing can be signed any more"
            time.sleep(0.05)

    def _verdict(self) -> bool:
        uitslag = self._drain()
        leaks = self.proef.leaks(self.proef.artefacts())
        _say("")
        _say(
            f"{uitslag.beloofd} verslagen getekend, {len(uitslag.verloren)} verloren, "
            f"{len(uitslag.anders)} met een ander bericht, {uitslag.herhaald} herhaald "
            f"(hetzelfde bericht; ten hoogste {uitslag.meest} keer)."
        )
        _say(f"Patiënt gevonden buiten de tabellen: {sorted(leaks) or 'nergens'}.")
        enough = bool(self.options.rijen) or uitslag.beloofd >= self.options.aantal
        if self.mislukt:
            _say("Mislukt: " + ", ".join(self.mislukt))
        held = uitslag.is_goed and not leaks and not self.mislukt and enough
        _say("De storingsproef is geslaagd." if held else "De storingsproef is NIET geslaagd.")
        return held


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
