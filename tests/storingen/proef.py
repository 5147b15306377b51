"""A house with a mail server that we hold, a writer, and the faults that can be put into it."""

import json
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
import redis

from spoeddienst.servers import omgeving
from spoeddienst.servers.instantie import CHECKOUT
from tests.lek import zoeken
from tests.proefhuis import Proefhuis
from tests.servers.hulp import parent_of, wait_for
from tests.storingen import GEMERKT
from tests.storingen.meting import Belofte, Uitslag, tally
from tests.storingen.post import GOED, Post
from tests.storingen.schrijver import Schrijver, signed_by_the_dying

WORKER = ("celery", "worker")
BEZORGER = ("manage.py", "bezorg")
BROKER = ("valkey-server",)
POSTGRES = ("postgres", "-D")
KEEPER = ("spoeddienst.servers.keeper",)

IN_TRANSACTION = (
    "SELECT count(*) FROM pg_stat_activity WHERE usename = 'spoed_web' AND state <> 'idle'"
)
HOLD = "from tests.storingen.verslagen import hold_the_log; hold_the_log()"
UP_SECONDS = 60.0
RECOVERY = 20.0
"""Seconds from the end of a fault until everything that was promised has arrived (row 1 to 26)."""
ALERT = 60.0
"""Seconds until a person was told of a message that no machine will try again (row 10)."""
SAVE = 0.6
"""Seconds that the hint may take of whoever signs, whatever the broker does (row 5 and 6)."""


class Proef:
    """`lease` is the lease of the outbox in seconds: 15 in production, shorter in the short form.

    The time-out of the mail server is 10 s, so only tests in which it hangs notice the difference.
    """

    def __init__(self, folder: Path, *, lease: int = 15, duurzaam: bool = False) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.lease = lease
        self.post = Post(folder / "post")
        self.tijdelijk = folder / "tijdelijk"
        self.tijdelijk.mkdir()
        inwendig = {
            "SPOED_SMTP_PORT": str(self.post.poort),
            "SPOED_SMTP_CA": str(self.post.papers.ca),
            "SPOED_OUTBOX_LEASE": str(lease),
            "SPOED_STILSTAND": str(lease + 1),
            "TMPDIR": str(self.tijdelijk),
        }
        environment = {"PROEFHUIS_DUURZAAM": "1"} if duurzaam else {}
        self.huis = Proefhuis(folder / "huis", inwendig=inwendig, sjabloon=True, **environment)
        self.schrijver = Schrijver(self.huis)
        self.gestorven: list[Belofte] = []
        self.afgeschreven: set[str] = set()

    def stop(self) -> None:
        try:
            self.schrijver.stop()
        finally:
            self.huis.stop()
            self.post.stop()

    # --- promises

    @property
    def beloften(self) -> list[Belofte]:
        """Return everything that was promised and that must arrive, oldest first."""
        found = [*self.schrijver.beloften, *self.gestorven]
        found = [belofte for belofte in found if belofte.adres not in self.afgeschreven]
        return sorted(found, key=lambda belofte: belofte.op)

    def forget(self, beloften: list[Belofte]) -> None:
        """Expect these no more: they were damaged on purpose."""
        self.afgeschreven |= {belofte.adres for belofte in beloften}

    def sign(self, number: int) -> list[Belofte]:
        return self.schrijver.sign(number)

    def sign_and_die(self, number: int) -> list[Belofte]:
        """Let the web process die right after each of these commits."""
        promised = signed_by_the_dying(self.huis, number)
        self.gestorven += promised
        return promised

    def uitslag(self, beloften: list[Belofte] | None = None) -> Uitslag:
        return tally(self.beloften if beloften is None else beloften, self.post.ontvangen())

    def arrived(self, beloften: list[Belofte], within: float = RECOVERY) -> float:
        """Wait until all of these were taken in, each unaltered; return the seconds it took."""
        began = time.monotonic()
        expected = {belofte.adres for belofte in beloften}
        wait_for(lambda: expected <= self.post.adressen(), within)
        assert self.uitslag(beloften).is_goed
        return time.monotonic() - began

    def recorded(self, beloften: list[Belofte], status: str = "verzonden") -> None:
        """Wait until the outbox says the same of all of these."""
        wait_for(lambda: set(self.states(beloften)) == {status}, self.lease + RECOVERY)

    def in_hand(self, number: int = 1) -> None:
        """Wait until the mail server has this many messages in hand, not yet answered."""
        wait_for(lambda: self.post.bezig >= number, RECOVERY)

    # --- what the database says

    def sql(self, query: str, *values: object) -> list[tuple]:
        """Run a statement as superuser: beside the product, over all kringen."""
        url = omgeving.database_url(self.huis.instantie, "postgres")
        with psycopg.connect(url, autocommit=True, connect_timeout=5) as connection:
            cursor = connection.execute(query, values)
            return cursor.fetchall() if cursor.description else []

    def zendingen(self, beloften: list[Belofte], columns: str) -> list[tuple]:
        """Return these columns of the notices of these promises (`z` is kern_zending)."""
        query = (
            f"SELECT {columns} FROM verslag_overdracht o JOIN kern_zending z ON z.id = o.bericht_id"  # noqa: S608
            " WHERE o.email = ANY(%s)"
        )
        return self.sql(query, [belofte.adres for belofte in beloften])

    def states(self, beloften: list[Belofte]) -> list[str]:
        return [status for (status,) in self.zendingen(beloften, "z.status")]

    def change(self, beloften: list[Belofte], assignment: str) -> None:
        """Change the notices of these promises beside the product: clocks, bytes."""
        query = (
            f"UPDATE kern_zending z SET {assignment} FROM verslag_overdracht o"  # noqa: S608
            " WHERE z.id = o.bericht_id AND o.email = ANY(%s)"
        )
        self.sql(query, [belofte.adres for belofte in beloften])

    def requeue(self, beloften: list[Belofte]) -> None:
        """Put the notices of these promises back, as a person would."""
        rows = self.zendingen(beloften, "z.id, z.kring_id")
        given = [(str(pk), kring_id) for pk, kring_id in rows]
        self.huis.shell(f"from tests.storingen.verslagen import requeue; requeue({given!r})")

    def attempts(self, beloften: list[Belofte]) -> list[str]:
        """Return what became of every attempt at the notices of these promises."""
        return [resultaat for resultaat, _fout in self._attempts(beloften)]

    def faults(self, beloften: list[Belofte]) -> list[str]:
        """Return why attempts at the notices of these promises failed."""
        return [fout for _resultaat, fout in self._attempts(beloften) if fout]

    def _attempts(self, beloften: list[Belofte]) -> list[tuple]:
        query = (
            "SELECT p.resultaat, p.fout FROM kern_bezorgpoging p JOIN verslag_overdracht o"
            " ON p.zending_id = o.bericht_id WHERE o.email = ANY(%s) ORDER BY p.aangemaakt_op"
        )
        return self.sql(query, [belofte.adres for belofte in beloften])

    def people_know(self, beloften: list[Belofte]) -> None:
        """Wait until a person has a task for each of these, and was told of it (row 10)."""
        query = (
            "SELECT count(*), count(t.gemeld_op) FROM verslag_taak t JOIN verslag_overdracht o"
            " ON t.zending_id = o.bericht_id WHERE o.email = ANY(%s)"
        )
        everybody = [(len(beloften), len(beloften))]
        addresses = [belofte.adres for belofte in beloften]
        wait_for(lambda: self.sql(query, addresses) == everybody, ALERT)

    # --- faults

    def settle(self) -> None:
        """Wait until the house is whole again after whatever was done to it."""
        self.post.modus = GOED
        self.post.beurten.clear()
        self.post.vertraging = 0.0
        self.post.open()
        self.whole()

    def whole(self) -> None:
        """Wait until every part of the house is up and answers."""
        wait_for(self._is_whole, UP_SECONDS)

    def age_alerts(self) -> None:
        """Let the last alert to people be of long ago: the next one waits for none before it."""
        self.sql("UPDATE verslag_taak SET gemeld_op = gemeld_op - interval '1 hour'")

    def _is_whole(self) -> bool:
        parts = (BEZORGER, BROKER, POSTGRES)
        if not all(self.huis.pids(*signs) for signs in parts) or len(self.worker_pids()) < 3:
            return False
        with suppress(psycopg.Error, redis.RedisError):
            self.sql("SELECT 1")
            return bool(self.broker().ping())
        return False

    def worker_pids(self) -> list[int]:
        """Return the worker and the children of its pool, the parent first."""
        pids = self.huis.pids(*WORKER)
        return sorted(pids, key=lambda pid: parent_of(pid) in pids)

    def kill_pool_child(self) -> None:
        pids = wait_for(lambda: self.worker_pids()[1:], UP_SECONDS)
        os.kill(pids[-1], signal.SIGKILL)

    @contextmanager
    def frozen(self, *signs: str) -> Iterator[None]:
        """Let these processes of the product stand still, none of them inside a transaction.

        Whoever stands still with a lock in hand holds up everybody: a fault of its own.
        """
        deadline = time.monotonic() + UP_SECONDS
        while True:
            with self.huis.frozen(*signs):
                if self.sql(IN_TRANSACTION) == [(0,)]:
                    yield
                    return
            assert time.monotonic() < deadline, "always inside a transaction"

    @contextmanager
    def frozen_with_the_log(self) -> Iterator[list[dict]]:
        """Let a process stand still inside a transaction, with the head of the log in hand.

        Yields a list that holds, afterwards, what it said when it went on.
        """
        process = self.huis.start(HOLD)
        assert "vast" in json.loads(process.stdout.readline())
        told: list[dict] = []
        process.send_signal(signal.SIGSTOP)
        try:
            yield told
        finally:
            process.send_signal(signal.SIGCONT)
            output, _errors = process.communicate("nu\n", timeout=UP_SECONDS)
        told += [json.loads(line) for line in output.splitlines()]

    @contextmanager
    def nobody_delivers(self) -> Iterator[None]:
        """Let worker and sweeper stand still."""
        with self.frozen(*WORKER), self.frozen(*BEZORGER):
            yield

    def broker(self) -> redis.Redis:
        return redis.Redis(
            unix_socket_path=str(self.huis.instantie.sockets / "valkey.sock"), socket_timeout=2
        )

    @contextmanager
    def database_gone(self, signum: int = signal.SIGQUIT) -> Iterator[None]:
        """End PostgreSQL at once, without a farewell, and let nobody start it again."""
        with self.huis.frozen(*KEEPER):
            for pid in self.huis.pids(*POSTGRES):
                os.kill(pid, signum)
            wait_for(lambda: not self.huis.pids(*POSTGRES), UP_SECONDS)
            yield

    @contextmanager
    def key_gone(self) -> Iterator[None]:
        """Take the keys of the fields away."""
        folder = self.huis.instantie.map / "sleutels"
        aside = folder.with_name("sleutels.weg")
        # The file of the key, not the folder: a process sees at its next value that it is gone.
        aside.mkdir(exist_ok=True)
        keys = [path for path in folder.iterdir() if path.name.isdigit()]
        for path in keys:
            path.rename(aside / path.name)
        try:
            yield
        finally:
            for path in keys:
                (aside / path.name).rename(path)

    # --- what it wrote

    def artefacts(self) -> dict[str, str]:
        """Return everything that can be read outside the tables: logs, broker, messages, files."""
        found = zoeken.artefacts(self.huis)
        found["post"] = b"\n".join(self.post.inhoud()).decode(errors="replace")
        valkey = self.huis.instantie.data_path("valkey")
        roots = [self.tijdelijk, valkey, self.huis.instantie.sockets]
        roots += [path for path in CHECKOUT.glob("core*") if path.is_file()]
        for root in roots:
            for path in [root, *root.rglob("*")]:
                if path.is_file():
                    found[str(path)] = path.read_text(errors="replace")
        return found

    def leaks(self, found: dict[str, str]) -> set[tuple[str, str]]:
        return zoeken.leaks(found, GEMERKT.sporen)
