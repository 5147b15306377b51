"""From a bare Debian to a filled .venv: what apt must bring, and the hash-locked packages."""

import ctypes
import fcntl
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from spoeddienst.servers.instantie import CHECKOUT
from spoeddienst.servers.melding import Stop, say, step

VENV = CHECKOUT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCK = CHECKOUT / "requirements.lock"
STAMP = VENV / "spoed-klaar"
# Stands outside .venv while it is being filled: who finds it knows that the work was cut off.
BUSY = CHECKOUT / "var" / "venv-bezig"


def ensure(*, tests: bool = False) -> None:
    """Make everything present that a command needs; costs nothing when it already is."""
    ensure_apt(tests=tests)
    if is_filled():
        return
    BUSY.parent.mkdir(exist_ok=True)
    with (BUSY.parent / "venv.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not is_filled():  # somebody else may have done it while we waited
            _fill()


def is_filled() -> bool:
    try:
        return STAMP.read_text() == _fingerprint() and PYTHON.exists() and not BUSY.exists()
    except OSError:
        return False


def _fingerprint() -> str:
    """The scripts in .venv/bin name their own path, so a moved checkout needs a new .venv."""
    return f"{CHECKOUT}\n{hashlib.sha256(LOCK.read_bytes()).hexdigest()}\n"


def _fill() -> None:
    if BUSY.exists() or not _is_usable() or _has_moved():
        with step("virtuele omgeving .venv"):
            shutil.rmtree(VENV, ignore_errors=True)
            BUSY.touch()
            _run([sys.executable, "-m", "venv", str(VENV)])
    BUSY.touch()
    with step("pakketten uit requirements.lock"):
        _install()
    STAMP.write_text(_fingerprint())
    BUSY.unlink()


def _is_usable() -> bool:
    """Tell whether .venv runs, with the Python version it was made for."""
    if not PYTHON.exists():
        return False
    check = [str(PYTHON), "-c", "import pip, sys; assert sys.version_info >= (3, 11)"]
    return subprocess.run(check, capture_output=True, check=False).returncode == 0


def _has_moved() -> bool:
    return STAMP.exists() and STAMP.read_text().splitlines()[:1] != [str(CHECKOUT)]


def _install() -> None:
    """Install with uv, itself from the lock; with pip when uv cannot run on this machine."""
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    options = ["--require-hashes", "-r"]
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as only_uv:
        only_uv.write(_locked("uv"))
        only_uv.flush()
        _run([*pip, *options, only_uv.name])
    uv = [str(VENV / "bin" / "uv"), "pip", "install", "--quiet", "--python", str(PYTHON)]
    done = subprocess.run(
        [*uv, *options, str(LOCK)],
        cwd=CHECKOUT,
        env=os.environ | {"UV_PYTHON_DOWNLOADS": "never"},
        check=False,
    )
    if done.returncode:
        say("  uv kan hier niet installeren; met pip duurt het langer")
        _run([*pip, *options, str(LOCK)])


def _locked(naam: str) -> str:
    """Return the lines of one package from the lock, hashes included."""
    lines = LOCK.read_text().splitlines()
    first = next(i for i, line in enumerate(lines) if line.startswith(f"{naam}=="))
    last = next(
        (i for i in range(first + 1, len(lines)) if not lines[i].startswith(" ")), len(lines)
    )
    return "\n".join(line for line in lines[first:last] if "# via" not in line) + "\n"


def _run(argv: Sequence[str]) -> None:
    done = subprocess.run(argv, cwd=CHECKOUT, check=False)
    if done.returncode:
        raise Stop(f"Mislukt ({done.returncode}): {' '.join(argv)}")


def find_browser() -> str | None:
    """Return the path of Debian's chromium when it can be used."""
    if not _loads("libatomic.so.1"):  # Playwright's own node needs it
        return None
    return shutil.which("chromium") or shutil.which("chromium-browser")


def has_postfix() -> bool:
    """Tell whether Debian's mail server can be started here; only root can."""
    return os.geteuid() == 0 and shutil.which("postfix") is not None


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def ensure_apt(*, tests: bool) -> None:
    """Install what no wheel carries, or stop with the command to type."""
    needed = []
    if not PYTHON.exists() and importlib.util.find_spec("ensurepip") is None:
        needed.append("python3-venv")
    if not _loads("libpangoft2-1.0.so.0"):  # WeasyPrint
        needed.append("libpangoft2-1.0-0")
    wanted = _for_tests() if tests else []
    if not needed and not wanted:
        return
    if _apt_install([*needed, *wanted]):
        return
    command = f"apt-get update && apt-get install -y --no-install-recommends {' '.join(needed)}"
    if needed:
        raise Stop(f"Er ontbreken pakketten van het systeem. Typ als root:\n\n  {command}\n")
    say("LET OP: voor de tests ontbreken pakketten. Typ als root:\n")
    say(f"  apt-get update && apt-get install -y --no-install-recommends {' '.join(wanted)}\n")


def _for_tests() -> list[str]:
    """Return what the tests lack. A mail server comes only where somebody asked for it by name."""
    browser = [] if find_browser() else ["chromium", "libatomic1"]
    asked = os.environ.get("SPOED_POSTFIX_VERPLICHT")
    postfix = ["postfix"] if asked and not shutil.which("postfix") else []
    return [*browser, *postfix]


def _apt_install(packages: Sequence[str]) -> bool:
    """Install with apt where we may; False where we may not, or when it fails."""
    prefix = _root_prefix()
    if prefix is None or not shutil.which("apt-get"):
        return False
    quiet = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    install = [*prefix, *quiet, "install", "-y", "--no-install-recommends", *packages]
    with step(f"apt-get install {' '.join(packages)}"):
        if any(Path("/var/lib/apt/lists").glob("*_Packages*")) and _succeeds(install):
            return True
        # No package lists yet, or lists so old that the versions they name are gone.
        return _succeeds([*prefix, *quiet, "update"]) and _succeeds(install)


def _succeeds(argv: Sequence[str]) -> bool:
    return subprocess.run(argv, stdout=subprocess.DEVNULL, check=False).returncode == 0


def _root_prefix() -> list[str] | None:
    if os.geteuid() == 0:
        return []
    asks_nothing = ["sudo", "-n", "true"]
    if shutil.which("sudo") and _succeeds(asks_nothing):
        return ["sudo", "-n"]
    return None
