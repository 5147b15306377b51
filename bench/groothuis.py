"""A house with 200 000 patients, in processes of its own, kept under var/bench between runs.

`with groothuis() as huis:` starts what the demo starts (gunicorn with two sync workers, worker,
sweeper), on servers that wait for the disk, and fills the database the first time (minutes).
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from spoeddienst.servers import omgeving
from spoeddienst.servers.demo import Demo
from spoeddienst.servers.instantie import CHECKOUT, Instantie

PATIENTEN = int(os.environ.get("BENCH_PATIENTEN", "200000"))
LOGREGELS = int(os.environ.get("BENCH_LOGREGELS", "1000000"))


class Groothuis:
    """Addresses of the running house."""

    def __init__(self, demo: Demo) -> None:
        self.instantie = demo.instantie
        self.adres = demo.adres

    @property
    def poort(self) -> int:
        return int(self.adres.rpartition(":")[2])

    def environment(self, role: str = "spoed_web") -> dict[str, str]:
        return omgeving.build(self.instantie) | {
            "DATABASE_URL": omgeving.database_url(self.instantie, role)
        }

    def superuser(self) -> psycopg.Connection:
        url = omgeving.database_url(self.instantie, "postgres")
        return psycopg.connect(url, autocommit=True)

    def fill(self) -> None:
        """Put the patients in, once; a half-filled house is filled on."""
        environment = self.environment("postgres")
        command = [sys.executable, "-m", "bench.vullen", str(PATIENTEN), str(LOGREGELS)]
        subprocess.run(command, cwd=CHECKOUT, env=environment, check=True)

    def size(self) -> str:
        with self.superuser() as db:
            row = db.execute("SELECT pg_size_pretty(pg_database_size('spoed'))").fetchone()
            return row[0] if row else "?"


@contextmanager
def groothuis() -> Iterator[Groothuis]:
    demo = Demo(Instantie(CHECKOUT / "var" / "bench"))
    try:
        demo.start(0)
        huis = Groothuis(demo)
        huis.fill()
        yield huis
    finally:
        demo.stop()


def load() -> str:
    """Return the load average: what others do on this machine is in every figure."""
    return f"{os.getloadavg()[0]:.1f}"
