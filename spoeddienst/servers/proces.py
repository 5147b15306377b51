"""One child process that must keep running."""

import contextlib
import ctypes
import os
import pwd
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

_libc = ctypes.CDLL(None, use_errno=True)
_PR_SET_PDEATHSIG = 1
_PR_SET_CHILD_SUBREAPER = 36

BACK_OFF = (0.0, 0.3, 1.0, 2.0, 5.0)
STEADY_AFTER = 10.0  # seconds of life after which a death counts as the first one again


def adopt_orphans() -> None:
    """Become the parent of grandchildren whose parent died, so that they can be reaped."""
    _libc.prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def die_with_parent(signum: int) -> Callable[[], None]:
    """Return a preexec function: the kernel sends `signum` when the parent is gone, kill -9 too."""
    parent = os.getpid()

    def arm() -> None:
        _libc.prctl(_PR_SET_PDEATHSIG, signum, 0, 0, 0)
        if os.getppid() != parent:  # it died before the line above
            os._exit(1)

    return arm


@dataclass
class Proces:
    """How to start one process, when it is ready, how to stop it; and how it is doing now."""

    naam: str
    argv: Sequence[str]
    log: Path | None  # None: our own terminal
    cwd: Path
    env: dict[str, str] | None = None
    user: str | None = None
    fds: Sequence[int] = ()
    stop_signal: int = signal.SIGTERM
    orphan_signal: int = signal.SIGTERM
    stop_seconds: float = 10.0
    keep: bool = True  # start it again when it dies
    before: Callable[["Proces"], None] = lambda proces: None
    is_ready: Callable[["Proces"], bool] = lambda proces: True

    popen: subprocess.Popen | None = field(default=None, init=False)
    ready: bool = field(default=False, init=False)
    exit_code: int | None = field(default=None, init=False)
    deaths: int = field(default=0, init=False)
    failed_starts: int = field(default=0, init=False)  # in a row
    started_at: float = field(default=0.0, init=False)
    retry_at: float = field(default=0.0, init=False)

    @property
    def pid(self) -> int | None:
        return self.popen.pid if self.popen else None

    def start(self) -> None:
        self.before(self)
        identity = {}
        if self.user:
            person = pwd.getpwnam(self.user)
            identity = {"user": person.pw_uid, "group": person.pw_gid, "extra_groups": []}
        with contextlib.ExitStack() as files:
            out = files.enter_context(self.log.open("ab")) if self.log else None
            # Its own session: Ctrl-C at the keyboard reaches only `./spoed`, which stops in order.
            self.popen = subprocess.Popen(
                self.argv,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                cwd=self.cwd,
                env=self.env,
                pass_fds=self.fds,
                start_new_session=True,
                preexec_fn=die_with_parent(self.orphan_signal),  # noqa: PLW1509 (one thread)
                **identity,
            )
        self.started_at = time.monotonic()
        self.ready = False
        self.exit_code = None

    def note_death(self, status: int) -> None:
        """Book the end, clear away what it left behind and choose the moment of the next start."""
        assert self.popen is not None
        self.exit_code = os.waitstatus_to_exitcode(status)
        self.popen.returncode = self.exit_code  # or Popen would wait for it as well
        self.signal_group(signal.SIGKILL)
        self.popen = None
        self.failed_starts = 0 if self.ready else self.failed_starts + 1
        self.ready = False
        now = time.monotonic()
        if now - self.started_at > STEADY_AFTER:
            self.deaths = 0
        self.retry_at = now + BACK_OFF[min(self.deaths, len(BACK_OFF) - 1)]
        self.deaths += 1

    def signal_group(self, signum: int) -> None:
        if self.popen is None:
            return
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.popen.pid, signum)

    def signal(self, signum: int) -> None:
        if self.popen is not None and self.popen.returncode is None:
            os.kill(self.popen.pid, signum)
