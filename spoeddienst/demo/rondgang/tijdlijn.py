"""Play the links one by one, print what happened, stop at the first that does not hold."""

import time
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TextIO

from kern.tijd import AMSTERDAM
from spoeddienst.demo.rondgang.client import Mis
from spoeddienst.demo.rondgang.nacht import Nacht

Stap = Callable[[Nacht], str]
Schakel = tuple[str, Stap]


def play(nacht: Nacht, schakels: Sequence[Schakel], uit: TextIO) -> bool:
    """Play the whole chain; return whether every link held."""
    begin = time.monotonic()
    for naam, stap in schakels:
        try:
            detail = stap(nacht)
        except Mis as error:
            uit.write(f"✗ {naam}: {error}\n")
            return False
        except Exception as error:  # noqa: BLE001  whatever it is, this link does not hold
            uit.write(f"✗ {naam}: onverwachte fout, {type(error).__name__}: {error}\n")
            return False
        klok = datetime.now(AMSTERDAM)
        uit.write(f"{klok:%H:%M:%S} ✓ {naam}: {detail}\n")
        uit.flush()
    uit.write(f"De nacht is rond: {len(schakels)} schakels in {time.monotonic() - begin:.1f} s.\n")
    return True
