"""A process in a house that signs reports, seen from outside."""

import contextlib
import json
import threading
from collections import deque

from tests.proefhuis import Proefhuis
from tests.servers.hulp import wait_for
from tests.storingen.meting import Belofte

SERVE = "from tests.storingen.verslagen import serve; serve()"
DIE = "from tests.storingen.verslagen import sign_and_die; sign_and_die({number})"
PATIENCE = 60.0
PER_REPORT = 1.0
"""Seconds that one report may take on a full machine."""
ENDLESS = 1_000_000


class Schrijver:
    """`beloften` and `versies` grow with every acknowledged report, `fouten` with every error."""

    def __init__(self, huis: Proefhuis) -> None:
        self.beloften: list[Belofte] = []
        self.versies: list[str] = []
        self.fouten: list[str] = []
        self.process = huis.start(SERVE)
        # What it says beside its promises: a pipe that nobody reads fills, and it stands still.
        self._gezegd: deque[str] = deque(maxlen=200)
        self._thread = threading.Thread(target=self._read)
        self._listener = threading.Thread(target=self._listen)
        self._thread.start()
        self._listener.start()

    def _read(self) -> None:
        for line in self.process.stdout:
            words = json.loads(line)
            if "fout" in words:
                self.fouten.append(words["fout"])
                continue
            self.versies.append(words.pop("versie"))
            self.beloften.append(Belofte(**words))

    def _listen(self) -> None:
        self._gezegd.extend(self.process.stderr)

    def _last_words(self) -> str:
        self._listener.join(PATIENCE)
        return "".join(self._gezegd)

    def ask(self, number: int = ENDLESS) -> None:
        """Let it sign this many, and go on with something else."""
        self.process.stdin.write(f"{number}\n")
        self.process.stdin.flush()

    def sign(self, number: int) -> list[Belofte]:
        """Let it sign this many, one by one, and return the promises."""
        before = len(self.beloften)
        self.ask(number)
        wait_for(lambda: self._has(before + number), PATIENCE + number * PER_REPORT)
        return self.beloften[before:]

    def _has(self, number: int) -> bool:
        assert self._thread.is_alive(), self._last_words()
        return len(self.beloften) >= number

    def stop(self) -> None:
        with contextlib.suppress(BrokenPipeError):
            self.process.stdin.close()
        self._thread.join(PATIENCE)
        try:
            code = self.process.wait(PATIENCE)
            # Negative: asked to end together with whoever started it.
            assert code <= 0, self._last_words()
        finally:
            self.process.kill()
            self.process.wait()
            self._listener.join()
            self.process.stdout.close()
            self.process.stderr.close()


def signed_by_the_dying(huis: Proefhuis, number: int) -> list[Belofte]:
    """Return the promises of processes that died right after their commit, before the hint."""
    found = []
    for line in huis.shell(DIE.format(number=number)).splitlines():
        words = json.loads(line)
        words.pop("versie")
        found.append(Belofte(**words))
    return found
