"""A thousand reports, signed and delivered: how many a second, and what the limit is.

`.venv/bin/python -m bench.bezorgen [--aantal 1000]` starts a house of its own on servers that wait
for the disk, with a mail server that takes every message in at once over verified TLS. Three times
a third of the reports: signed and delivered at the same time; a backlog that only the sweeper
clears; a backlog for worker and sweeper together (the worker makes the letters as PDF besides).
"""

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

import psutil

from tests.storingen.meting import percentile
from tests.storingen.proef import BEZORGER, POSTGRES, WORKER, Proef

PATIENCE = 600.0


def main(args: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--aantal", type=int, default=1000)
    number = parser.parse_args(args).aantal
    folder = Path(tempfile.mkdtemp(prefix="bench-bezorgen-"))
    proef = Proef(folder, duurzaam=True)
    try:
        proef.settle()
        third = number // 3
        _together(proef, third)
        _backlog(proef, third, "sweeper alone", WORKER)
        _backlog(proef, number - 2 * third, "worker and sweeper")
        uitslag = proef.uitslag()
        print(
            f"{uitslag.beloofd} reports, {len(uitslag.verloren)} lost, "
            f"{len(uitslag.anders)} altered, {uitslag.herhaald} repeated"
        )
        return 0 if uitslag.is_goed and not uitslag.herhaald else 1
    finally:
        proef.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _together(proef: Proef, number: int) -> None:
    before = _cpu(proef)
    began = time.perf_counter()
    promised = _sign(proef, number)
    signed = time.perf_counter() - began
    proef.arrived(promised, PATIENCE)
    seconds = time.perf_counter() - began
    uitslag = proef.uitslag(promised)
    print(
        f"together: {number / signed:.1f} signed/s by one writer "
        f"(p50 {percentile(uitslag.opslaan, 0.5) * 1000:.0f}, "
        f"p99 {percentile(uitslag.opslaan, 0.99) * 1000:.0f} ms), "
        f"{number / seconds:.1f} delivered/s, signed to taken in p50 "
        f"{percentile(uitslag.reizen, 0.5):.2f}, p99 {percentile(uitslag.reizen, 0.99):.2f} s"
    )
    _say_cpu(proef, before, number)


def _backlog(proef: Proef, number: int, name: str, *still: tuple[str, ...]) -> None:
    """Let a backlog grow with nobody to deliver, then measure how fast it is cleared."""
    with ExitStack() as throughout:
        for signs in still:
            throughout.enter_context(proef.frozen(*signs))
        with ExitStack() as meanwhile:
            for signs in {WORKER, BEZORGER} - set(still):
                meanwhile.enter_context(proef.frozen(*signs))
            promised = _sign(proef, number)
            before = _cpu(proef)
        began = time.perf_counter()
        proef.arrived(promised, PATIENCE)
        seconds = time.perf_counter() - began
        print(f"backlog of {number}, {name}: {number / seconds:.1f} delivered/s ({seconds:.1f} s)")
        _say_cpu(proef, before, number)


def _sign(proef: Proef, number: int) -> list:
    promised = []
    while len(promised) < number:
        promised += proef.sign(min(20, number - len(promised)))
    return promised


def _cpu(proef: Proef) -> dict[str, float]:
    """Return the seconds of CPU of each part so far, children included."""
    found = {}
    for name, signs in (("worker", WORKER), ("sweeper", BEZORGER), ("PostgreSQL", POSTGRES)):
        total = 0.0
        for pid in proef.huis.pids(*signs):
            process = psutil.Process(pid)
            backends = process.children() if name == "PostgreSQL" else []
            for one in [process, *backends]:
                times = one.cpu_times()
                total += times.user + times.system
        found[name] = total
    return found


def _say_cpu(proef: Proef, before: dict[str, float], number: int) -> None:
    after = _cpu(proef)
    parts = [f"{name} {(after[name] - before[name]) * 1000 / number:.1f}" for name in after]
    print(f"  CPU a report (ms): {', '.join(parts)}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
