"""Calls whose clocks run out, inside a running house; called through its shell."""

import json
import os
import signal
import time
from collections import Counter
from datetime import timedelta

from django.db.models import F

from kern.actor import Actor
from kern.models import Logregel
from kern.tenancy import all_kring_ids, kring_context
from kring.models import Kring, Lidmaatschap
from tests.servers.hulp import wait_for
from triage import actions
from triage.models import Oproep, Termijn

HALF_UUR_TE_LAAT = timedelta(minutes=90)
MEEST = 60.0


def make_overdue(number: int) -> list[int]:
    """Start calls about a tooth that was knocked out, and let 90 minutes pass; return the numbers.

    One transaction, so that a sweeper finds all of them at once.
    """
    kring = Kring.objects.get(slug="vechtstreek")
    kring.meldmail_triage = "balie@meldkamer.example"
    kring.save()
    with kring_context(kring.pk):
        door = Lidmaatschap.objects.filter(rol="triagemedewerker").active().first().gebruiker
        by = Actor(door.naam, door.pk, kring.pk, frozenset({"triagemedewerker"}), "zorgverlening")
        calls = [_call(kring.pk, by) for _ in range(number)]
        mine = Oproep.objects.filter(pk__in=[oproep.pk for oproep in calls])
        mine.update(
            aangenomen_op=F("aangenomen_op") - HALF_UUR_TE_LAAT,
            zien_voor=F("zien_voor") - HALF_UUR_TE_LAAT,
        )
        Termijn.objects.filter(oproep__in=mine).update(
            begint_op=F("begint_op") - HALF_UUR_TE_LAAT,
            vervalt_op=F("vervalt_op") - HALF_UUR_TE_LAAT,
        )
    return [oproep.nummer for oproep in calls]


def _call(kring_id: int, by: Actor) -> Oproep:
    oproep = actions.start_oproep(kring_id=kring_id, by=by)
    return actions.save_antwoorden(
        oproep, antwoorden={"klachten": ["avulsie"]}, omschrijving="", versie=1, by=by
    )


def untold() -> int:
    with kring_context(*all_kring_ids()):
        return Termijn.objects.untold().count()


def wait_until_told() -> float:
    """Wait until nothing is left to tell; return the seconds it took."""
    began = time.monotonic()
    wait_for(_all_told, MEEST)
    return time.monotonic() - began


def _all_told() -> bool:
    return not untold()


def kill_halfway(pid: int, number: int) -> tuple[int, list[int]]:
    """Make calls overdue and kill this sweeper between two of them.

    Return how many were left, and the numbers of the calls.
    """
    numbers = make_overdue(number)
    began = time.monotonic()
    while not 0 < (left := untold()) < 2 * number:
        assert time.monotonic() - began < MEEST
    os.kill(pid, signal.SIGKILL)
    return left, numbers


def lines_of(*numbers: int) -> str:
    """Return how many notices the log has of each of these calls, as JSON."""
    with kring_context(*all_kring_ids()):
        calls = {
            str(pk): nummer
            for pk, nummer in Oproep.objects.filter(
                nummer__in=numbers, kring__slug="vechtstreek"
            ).values_list("pk", "nummer")
        }
        lines = Logregel.objects.filter(gebeurtenis="termijn.verstreken", object_id__in=calls)
        found = Counter(calls[key] for key in lines.values_list("object_id", flat=True))
    return json.dumps(found)
