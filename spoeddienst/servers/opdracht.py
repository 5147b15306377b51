"""`./spoed manage` and `./spoed test`: one command on the servers, with the keyboard passed on."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from spoeddienst.servers import bootstrap, omgeving
from spoeddienst.servers.client import Client
from spoeddienst.servers.instantie import CHECKOUT, Instantie
from spoeddienst.servers.melding import Stop, say, step
from spoeddienst.servers.proces import die_with_parent

DEMO = Instantie(CHECKOUT / "var" / "demo")
TEST = Instantie(CHECKOUT / "var" / "test", duurzaam=False)
MANAGE = str(CHECKOUT / "manage.py")

# Without arguments everything runs, on every core; each worker clones its own database. A file
# stays with one worker, so that a house in processes of its own is started once. Four at most:
# every worker may start such a house. The order is ours (the mark `eerst`): that of xdist puts the
# file of one long test last.
WHOLE_SUITE = (
    *("-n", "auto", "--maxprocesses", "4"),
    *("--dist", "loadfile", "--no-loadscope-reorder"),
)


def manage(args: Sequence[str]) -> int:
    """Run a management command on the demo's servers, or on those of production."""
    if omgeving.is_production():
        # An image has the packages in its own Python, a checkout on a server has .venv.
        python = str(bootstrap.PYTHON) if bootstrap.PYTHON.exists() else sys.executable
        os.execv(python, [python, MANAGE, *args])
    if args and args[0] in omgeving.FILE_COMMANDS:
        DEMO.prepare()
        # Where the caller stands: that is where the files are.
        return _run([sys.executable, MANAGE, *args], omgeving.build(DEMO), Path.cwd())
    client = Client(DEMO)
    with step("PostgreSQL en Valkey", quiet_below=0.5):
        client.attach()
    try:
        owner = bool(args) and args[0] in omgeving.OWNER_COMMANDS
        environment = omgeving.build(DEMO, owner=owner)
        if args and args[0] in omgeving.COPY_COMMANDS:
            environment |= omgeving.for_copies(DEMO)
        return _run([sys.executable, MANAGE, *args], environment)
    finally:
        client.release()


def test(args: Sequence[str]) -> int:
    """Run pytest on throw-away servers."""
    browser = bootstrap.find_browser()
    if browser is None and os.environ.get("SPOED_BROWSER_VERPLICHT"):
        raise Stop("Geen chromium: de browsertests kunnen niet draaien.")
    if not bootstrap.has_postfix() and os.environ.get("SPOED_POSTFIX_VERPLICHT"):
        raise Stop("Geen postfix, of geen root: de test met een echte mailserver kan niet draaien.")
    client = Client(TEST)
    with step("PostgreSQL en Valkey voor de tests"):
        client.attach()
    environment = omgeving.for_tests(TEST, run=os.getpid())
    if browser:
        environment["SPOED_CHROMIUM"] = browser
    else:
        environment["SPOED_GEEN_BROWSER"] = "1"
        say("LET OP: geen chromium gevonden, de BROWSERTESTS WORDEN OVERGESLAGEN.")
    try:
        return _run([sys.executable, "-m", "pytest", *(args or WHOLE_SUITE)], environment)
    finally:
        shutil.rmtree(environment["SPOED_MAP"], ignore_errors=True)
        client.release()


def storingsproef(args: Sequence[str]) -> int:
    """Play the fault matrix at full size; it starts servers of its own."""
    return _run([sys.executable, "-m", "tests.storingen.campagne", *args], dict(os.environ))


def _run(argv: Sequence[str], environment: dict[str, str], cwd: Path = CHECKOUT) -> int:
    """Run a child on our terminal and return its exit code, whatever signal arrives meanwhile."""
    for signum in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        # Not SIG_IGN: the child would inherit that. Until it exists there is nothing to stop.
        signal.signal(signum, lambda signum, frame: None)
    child = subprocess.Popen(
        argv,
        env=environment,
        cwd=cwd,
        preexec_fn=die_with_parent(signal.SIGTERM),  # noqa: PLW1509 (one thread)
    )
    for signum in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(signum, lambda signum, frame: child.send_signal(signum))
    code = child.wait()
    return code if code >= 0 else 128 - code
