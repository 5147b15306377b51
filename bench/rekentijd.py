"""CPU time of the web processes and of PostgreSQL: the figure that a busy machine changes least."""

import os
from pathlib import Path

from spoeddienst.servers.instantie import Instantie

_TICK = os.sysconf("SC_CLK_TCK")


def _stat(pid: str) -> tuple[str, list[int]]:
    """Return the parent of a process and its ticks: user, system, and those of ended children."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return "", [0, 0, 0, 0]
    return fields[1], [int(field) for field in fields[11:15]]


def _line(pid: str) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    except OSError:
        return ""


def _is_ours(pid: str, instantie: Instantie) -> bool:
    try:
        return f"SPOED_MAP={instantie.map}".encode() in Path(f"/proc/{pid}/environ").read_bytes()
    except OSError:
        return False


def milliseconds(instantie: Instantie) -> tuple[float, float]:
    """Return the CPU time so far of (gunicorn, PostgreSQL)."""
    pids = [path.name for path in Path("/proc").iterdir() if path.name.isdigit()]
    web = [pid for pid in pids if "gunicorn" in _line(pid) and _is_ours(pid, instantie)]
    servers = [pid for pid in pids if f"{instantie.key}/pg" in _line(pid)]
    stats = {pid: _stat(pid) for pid in pids}
    backends = [pid for pid, (parent, _) in stats.items() if parent in servers]
    python = sum(sum(stats[pid][1][:2]) for pid in web)
    # Of the server also what its ended connections used.
    postgres = sum(sum(stats[pid][1]) for pid in servers)
    postgres += sum(sum(stats[pid][1][:2]) for pid in backends)
    return python * 1000 / _TICK, postgres * 1000 / _TICK
