"""How long do backup and restore drill take? Run: .venv/bin/python -m bench.herstel

The house of groothuis.py: 200 000 patients, 300 000 calls, a million chained log lines.
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.groothuis import Groothuis, groothuis, load
from spoeddienst.servers import omgeving
from spoeddienst.servers.instantie import CHECKOUT


def manage(huis: Groothuis, *args: str) -> float:
    """Run a command and return its seconds, its own start included."""
    began = time.perf_counter()
    subprocess.run(
        [sys.executable, "manage.py", *args],
        cwd=CHECKOUT,
        env=huis.environment() | omgeving.for_copies(huis.instantie),
        check=True,
    )
    return time.perf_counter() - began


def main() -> None:
    with groothuis() as huis, tempfile.TemporaryDirectory() as folder:
        print(f"database {huis.size()}, load {load()}", flush=True)
        made = manage(huis, "reservekopie", "--uit", folder)
        (copy,) = Path(folder).glob("*.kopie")
        print(f"backup {made:.1f} s, {copy.stat().st_size / 1e6:.0f} MB, load {load()}", flush=True)
        tried = manage(huis, "herstelproef", str(copy))
        print(f"drill {tried:.1f} s, load {load()}")


if __name__ == "__main__":
    main()
