"""PostgreSQL's own pg_dump and pg_restore, over pipes: nothing readable ever touches the disk."""

import os
import shutil
import subprocess
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO, cast

from django.conf import settings
from psycopg.conninfo import conninfo_to_dict

from kern.kopie import KopieFout
from kern.scrub import scrub

_BLOCK = 1 << 18
# In the environment, not on the command line, where every user of the machine could read it.
_VARIABLES = {
    "host": "PGHOST",
    "port": "PGPORT",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "dbname": "PGDATABASE",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
}


def program(name: str) -> str:
    """Return the path of one of PostgreSQL's programs."""
    found = shutil.which(name, path=settings.PG_BIN or None)
    if found is None:
        place = settings.PG_BIN or "het PATH"
        raise KopieFout(
            f"{name} staat niet in {place}. Zet SPOED_PG_BIN (docs/productie.md).",
            kort=f"het programma {name} ontbreekt",
        )
    return found


def _environment(url: str) -> Mapping[str, str]:
    parts = conninfo_to_dict(url)
    own = {_VARIABLES[key]: str(value) for key, value in parts.items() if key in _VARIABLES}
    inherited = {key: value for key, value in os.environ.items() if not key.startswith("PG")}
    # English messages: `_first_error` looks for the word.
    return inherited | {"LC_ALL": "C", "PGCONNECT_TIMEOUT": "10"} | own


def _pipe(stream: IO[bytes] | None) -> IO[bytes]:
    """Every stream here was asked for as a pipe; only the type allows None."""
    return cast("IO[bytes]", stream)


class _Errors:
    """Reads what a program says on stderr, in memory: it may quote a row."""

    def __init__(self, child: subprocess.Popen) -> None:
        self._text = b""
        self._thread = threading.Thread(target=self._read, args=[_pipe(child.stderr)], daemon=True)
        self._thread.start()

    def _read(self, stream: IO[bytes]) -> None:
        while block := stream.read(4096):
            self._text = (self._text + block)[:65536]
        stream.close()

    def first(self) -> str:
        """Return the first error, without the parts in which PostgreSQL quotes values."""
        self._thread.join(5)
        lines = self._text.decode(errors="replace").splitlines()
        line = next((line for line in lines if "error:" in line.lower()), "geen melding")
        return scrub(line)[:300]


def dump(url: str, *, snapshot: str) -> Iterator[bytes]:
    """Yield the custom-format dump of this snapshot; raise at the end when pg_dump failed."""
    child = subprocess.Popen(
        [program("pg_dump"), "--format=custom", f"--snapshot={snapshot}", "--no-password"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=_environment(url),
    )
    errors, output = _Errors(child), _pipe(child.stdout)
    try:
        while block := output.read(_BLOCK):
            yield block
        if child.wait():
            raise KopieFout(f"pg_dump mislukte: {errors.first()}", kort="pg_dump mislukte")
    finally:
        output.close()
        child.kill()
        child.wait()


def restore(url: str, blocks: Iterable[bytes]) -> None:
    """Feed a dump to pg_restore; stop at the first thing that it cannot restore."""
    database = conninfo_to_dict(url)["dbname"]
    child = subprocess.Popen(
        [program("pg_restore"), "--exit-on-error", "--no-password", f"--dbname={database}"],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=_environment(url),
    )
    errors, entrance = _Errors(child), _pipe(child.stdin)
    try:
        # A broken pipe means that pg_restore stopped; its own words say why.
        with suppress(BrokenPipeError):
            for block in blocks:
                entrance.write(block)
        with suppress(BrokenPipeError):
            entrance.close()
        if child.wait():
            raise KopieFout(f"pg_restore mislukte: {errors.first()}", kort="pg_restore mislukte")
    finally:
        child.kill()
        child.wait()


def write_atomically(path: Path, blocks: Iterable[bytes]) -> int:
    """Write a private file that exists whole or not at all; return its size."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = path.with_name(f".{path.name}.{os.getpid()}.deel")
    try:
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            for block in blocks:
                file.write(block)
            size = file.tell()
            file.flush()
            os.fsync(file.fileno())
        os.link(fresh, path)  # unlike a rename, this never replaces another copy
    finally:
        fresh.unlink(missing_ok=True)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    return size
