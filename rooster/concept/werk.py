"""What the sweeper does for the planner: runs that no worker took, and runs whose worker died.

A run takes minutes and may not hold up the messages: the sweeper starts a process of its own for
it, one at a time in this house.
"""

import logging
import subprocess
import sys
import time
from datetime import timedelta

from django.conf import settings

from kern.tenancy import all_kring_ids, kring_context
from rooster.actions.plantaak import silent, untaken
from rooster.concept.rekenen import salvage
from rooster.models import Plantaak

log = logging.getLogger(__name__)

RUST = 5.0
"""Seconds between two looks."""
NIEMAND = timedelta(seconds=20)
"""A worker that lives takes a run within a second; after this long nobody will."""
STIL = timedelta(seconds=60)
"""Two signs of life a second; a machine that swaps is not dead yet."""

_next_look = 0.0
_kind: subprocess.Popen | None = None


def look() -> None:
    """Take over what is left lying, but not in every round of the sweeper."""
    global _next_look  # noqa: PLW0603  a fact about this process
    if time.monotonic() < _next_look:
        return
    _next_look = time.monotonic() + RUST
    close_dead()
    take_over()


def close_dead() -> int:
    """Close the runs whose worker died, with the best plan they left; return how many."""
    kring_ids = all_kring_ids()
    with kring_context(*kring_ids):
        dood = list(Plantaak.objects.filter(silent(STIL)).values_list("pk", "kring_id"))
    gedaan = 0
    for pk, kring_id in dood:
        with kring_context(kring_id):
            taak = Plantaak.objects.select_related("gevraagd_door").get(pk=pk)
            gedaan += salvage(taak)
    return gedaan


def take_over() -> bool:
    """Start a process for the oldest run that no worker took; return whether one was started."""
    global _kind  # noqa: PLW0603  a fact about this process
    if _kind is not None and _kind.poll() is None:
        return False
    _kind = None
    with kring_context(*all_kring_ids()):
        rij = (
            Plantaak.objects.filter(untaken(NIEMAND))
            .order_by("aangemaakt_op")
            .values_list("pk", "kring_id")
            .first()
        )
    if rij is None:
        return False
    pk, kring_id = rij
    log.warning("No worker took a run of the planner; the sweeper starts it.")
    _kind = subprocess.Popen(
        [
            sys.executable,
            str(settings.BASE_DIR / "manage.py"),
            "rooster_reken",
            str(pk),
            str(kring_id),
        ],
        stdin=subprocess.DEVNULL,
    )
    return True
