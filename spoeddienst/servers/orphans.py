"""Ending what is left of an earlier server on the same data."""

import contextlib
import os
import signal
import time
from pathlib import Path

from spoeddienst.servers.melding import Stop

PATIENCE = 2.0  # seconds to end by itself: the death of its keeper told it to
LIMIT = 10.0


def end_orphans(program: Path, data: Path) -> None:
    """Return when no process runs this program in this folder any more.

    Recognised by program *and* working folder, never by a pid out of a file: after a reboot that
    pid may belong to a stranger.
    """
    program, data = program.resolve(), data.resolve()
    begin = time.monotonic()
    while found := _running(program, data):
        waited = time.monotonic() - begin
        if waited > LIMIT:
            raise Stop(f"Een oude {program.name} wil niet stoppen: {found}")
        for pid in found:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL if waited > PATIENCE else signal.SIGQUIT)
        time.sleep(0.02)


def _running(program: Path, data: Path) -> list[int]:
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            exe, cwd = os.readlink(entry / "exe"), os.readlink(entry / "cwd")
        except OSError:  # gone, a zombie, or not ours
            continue
        if exe.removesuffix(" (deleted)") == str(program) and cwd == str(data):
            found.append(int(entry.name))
    return found
