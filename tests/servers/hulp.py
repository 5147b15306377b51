"""Looking at processes from outside, as an administrator would."""

import os
import time
from collections.abc import Callable
from pathlib import Path

from spoeddienst.servers.instantie import Instantie

TCP_LISTEN = "0A"


def wait_for(condition: Callable[[], object], seconds: float = 10.0) -> object:
    """Return the first true value of the condition; fail when it takes longer than `seconds`."""
    deadline = time.monotonic() + seconds
    while not (value := condition()):
        assert time.monotonic() < deadline, f"niet binnen {seconds} s: {condition}"
        time.sleep(0.02)
    return value


def command_lines() -> dict[int, str]:
    """Return every living process with its command line (a zombie has none)."""
    found = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                text = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode().strip()
            except OSError:
                continue
            if text:
                found[int(entry.name)] = text
    return found


def processes_of(instantie: Instantie) -> dict[int, str]:
    """Return keeper, postmaster and valkey of an instance, and the backends by their parent."""
    lines = command_lines()
    signs = (instantie.key, str(instantie.map))
    heads = {pid: line for pid, line in lines.items() if any(sign in line for sign in signs)}
    return heads | {pid: line for pid, line in lines.items() if parent_of(pid) in heads}


def pid_of(instantie: Instantie, sign: str) -> int | None:
    """Return the process whose command line has this sign and whose parent has it not."""
    found = {pid for pid, line in processes_of(instantie).items() if sign in line}
    return next((pid for pid in found if parent_of(pid) not in found), None)


def parent_of(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


def tcp_listeners(pids: set[int]) -> set[str]:
    """Return the TCP addresses on which any of these processes listens."""
    inodes = set()
    for pid in pids:
        try:
            links = [os.readlink(fd) for fd in Path(f"/proc/{pid}/fd").iterdir()]
        except OSError:
            continue
        inodes |= {link[8:-1] for link in links if link.startswith("socket:[")}
    found = set()
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        for row in Path(table).read_text().splitlines()[1:]:
            cells = row.split()
            if cells[3] == TCP_LISTEN and cells[9] in inodes:
                found.add(cells[1])
    return found
