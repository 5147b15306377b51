"""Do fifty people vote at once? Run: .venv/bin/python -m bench.stemmen

The demo as it starts (gunicorn with two sync workers), a kring of fifty practices that are all in
the room. In turns, roll-call and secret:
- `rustig`: everyone votes once, at a moment of their own within ten seconds, and every phone asks
  every three seconds whether something changed;
- `gong`: all fifty press in the same instant;
- `dubbel`: all fifty press twice in the same instant.
After each the vote is closed and counted: each practice once, and what was chosen.

And what a phone costs in processor time, which a busy machine changes least: a vote (from `gong`),
a question about the room that has an answer, and one where nothing changed (304).
"""

import json
import os
import random
import re
import selectors
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from bench import rekentijd
from bench.dossier import log_in
from bench.groothuis import Groothuis, load
from spoeddienst.servers.demo import Demo
from spoeddienst.servers.instantie import CHECKOUT, Instantie

VOTERS = int(os.environ.get("BENCH_STEMMERS", "50"))
ROUNDS = int(os.environ.get("BENCH_RONDEN", "2"))
SPREAD, EVERY = 10.0, 3.0
LETTERS = {"v": "voor", "t": "tegen", "b": "blanco"}


@dataclass
class Vraag:
    """One request at its moment; `request` is made when it leaves."""

    at: float
    request: Callable[[], bytes]
    label: str
    done: Callable[[bytes], None] = lambda answer: None


@dataclass
class Meting:
    """Milliseconds per kind of request, and how often which status came back."""

    times: dict[str, list[float]] = field(default_factory=dict)
    statuses: Counter = field(default_factory=Counter)

    def line(self, label: str) -> str:
        times = sorted(self.times.get(label, ()))
        if not times:
            return f"{label}: none"
        p50, p95 = (times[min(len(times) - 1, int(part * len(times)))] for part in (0.5, 0.95))
        return f"{label} {len(times):4d}  p50 {p50:6.1f}  p95 {p95:6.1f}  max {times[-1]:6.1f} ms"


def play(port: int, questions: list[Vraag]) -> Meting:
    """Send every request at its moment, whatever is under way; wait for all answers."""
    selector = selectors.DefaultSelector()
    waiting = sorted(questions, key=lambda one: one.at)
    meting, under_way, begin = Meting(), 0, time.perf_counter()
    while waiting or under_way:
        now = time.perf_counter() - begin
        while waiting and waiting[0].at <= now:
            one = waiting.pop(0)
            began = time.perf_counter()
            sock = socket.create_connection(("127.0.0.1", port))
            sock.sendall(one.request())
            sock.setblocking(False)
            selector.register(sock, selectors.EVENT_READ, (sock, one, began, bytearray()))
            under_way += 1
        pause = 5.0 if not waiting else max(0.0, waiting[0].at - (time.perf_counter() - begin))
        for key, _ in selector.select(pause) if under_way else ():
            sock, one, began, answer = key.data
            block = sock.recv(1 << 18)
            if block:
                answer += block
                continue
            meting.times.setdefault(one.label, []).append((time.perf_counter() - began) * 1000)
            meting.statuses[one.label, answer[9:12].decode()] += 1
            one.done(bytes(answer))
            selector.unregister(sock)
            sock.close()
            under_way -= 1
        if not under_way and waiting:
            time.sleep(min(0.001, pause))
    return meting


class Stemmer:
    """One phone: its cookies, and the mark of what it last showed."""

    def __init__(self, huis: Groothuis, gebruiker: int) -> None:
        self.cookies = log_in(huis, gebruiker)
        found = re.search(r"csrf[^=;]*=([^;]+)", self.cookies)
        assert found, "no token for forms"
        self.token, self.host, self.tag = found[1], huis.adres, ""

    def _head(self, method: str, path: str) -> str:
        return (
            f"{method} {path} HTTP/1.1\r\nHost: {self.host.partition('//')[2]}\r\n"
            f"Cookie: {self.cookies}\r\nReferer: {self.host}/\r\nOrigin: {self.host}\r\n"
        )

    def poll(self, path: str) -> bytes:
        return f"{self._head('GET', path)}If-None-Match: {self.tag}\r\n\r\n".encode()

    def polled(self, answer: bytes) -> None:
        # The fragment carries its own mark, for the next question.
        if found := re.search(rb'If-None-Match(?:&quot;|"): (?:&quot;|")([0-9a-f]+)', answer):
            self.tag = found[1].decode()

    def vote(self, path: str, letter: str) -> bytes:
        body = f"csrfmiddlewaretoken={self.token}&keuze={letter}"
        return (
            f"{self._head('POST', path)}Content-Type: application/x-www-form-urlencoded\r\n"
            f"Content-Length: {len(body)}\r\n\r\n{body}"
        ).encode()


def questions(
    how: str, people: list[Stemmer], chosen: list[str], where: dict, rng: random.Random
) -> list[Vraag]:
    """Return what the phones ask in one vote."""
    asked = []
    for person, letter in zip(people, chosen, strict=True):
        at = rng.uniform(0, SPREAD) if how == "rustig" else 0.0
        for _press in range(2 if how == "dubbel" else 1):
            request = lambda p=person, c=letter: p.vote(where["stem"], c)  # noqa: E731
            asked.append(Vraag(at, request, "stem"))
        if how == "rustig":
            tick = rng.uniform(0, EVERY)
            while tick < SPREAD:
                poll = lambda p=person: p.poll(where["stand"])  # noqa: E731
                asked.append(Vraag(tick, poll, "stand", person.polled))
                tick += EVERY
    return asked


def cost(huis: Groothuis, asked: list[Vraag]) -> tuple[Meting, str]:
    """Play these and say what one of them cost: milliseconds of gunicorn and of PostgreSQL."""
    before = rekentijd.milliseconds(huis.instantie)
    meting = play(huis.poort, asked)
    after = rekentijd.milliseconds(huis.instantie)
    web, postgres = ((late - early) / len(asked) for early, late in zip(before, after, strict=True))
    return meting, f"cpu {web:.0f} + {postgres:.0f} ms"


def asking(huis: Groothuis, people: list[Stemmer], path: str) -> None:
    """Say what a question about the room costs, with an answer and without."""
    for status in ("200", "304"):
        asked = [
            Vraag(0.05 * place, lambda p=person: p.poll(path), "stand", person.polled)
            for place, person in enumerate(people)
        ]
        meting, spent = cost(huis, asked)
        same = meting.statuses["stand", status]
        print(
            f"  stand {status} ({same} of {len(asked)})  {meting.line('stand')}  {spent}",
            flush=True,
        )


def main() -> None:
    demo = Demo(Instantie(CHECKOUT / "var" / "benchstem"))
    rng = random.Random(7)
    wrong = 0
    try:
        demo.start(0)
        huis = Groothuis(demo)

        def room(*arguments: str) -> dict:
            done = subprocess.run(
                [sys.executable, "-m", "bench.stemzaal", *arguments],
                cwd=CHECKOUT,
                env=huis.environment("postgres"),
                check=True,
                capture_output=True,
                text=True,
            )
            return json.loads(done.stdout)

        zaal = room("zaal", str(VOTERS))
        people = [Stemmer(huis, pk) for pk in zaal["personen"]]
        print(f"{VOTERS} voters, {os.cpu_count()} cores", flush=True)
        tried = room("open", zaal["vergadering"], "hoofdelijk")
        asking(huis, people, zaal["stand"])
        room("sluit", tried["stemming"])
        for number in range(ROUNDS):
            for how in ("rustig", "gong", "dubbel"):
                for kind in ("hoofdelijk", "geheim"):
                    where = room("open", zaal["vergadering"], kind) | zaal
                    chosen = [rng.choice("vvvtb") for _ in people]
                    meting, spent = cost(huis, questions(how, people, chosen, where, rng))
                    result = room("sluit", where["stemming"])
                    expected = Counter(LETTERS[letter] for letter in chosen)
                    good = (
                        result["kiezers"] == VOTERS
                        and all(result[keuze] == expected[keuze] for keuze in LETTERS.values())
                        and meting.statuses["stem", "302"] == VOTERS
                    )
                    wrong += not good
                    print(
                        f"{number + 1} {how:6} {kind:10} {meting.line('stem')}"
                        f"  {'counted right' if good else f'WRONG {result} {meting.statuses}'}"
                        f"  {spent}  load {load()}",
                        flush=True,
                    )
                    if how == "rustig":
                        print(f"  {'':18} {meting.line('stand')}", flush=True)
    finally:
        demo.stop()
    raise SystemExit(1 if wrong else 0)


if __name__ == "__main__":
    main()
