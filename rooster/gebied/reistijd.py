"""Travel times of a routing service: outside our walls, so behind an adapter (RO-11).

`ROOSTER_REISTIJD` names the class; without one the estimate of rooster.gebied.regels speaks.
"""

import json
import logging
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.utils.module_loading import import_string

from kern import https
from rooster.gebied.regels import Bereik, Plek, Reistijd, Schatting, check_area

log = logging.getLogger(__name__)

PER_VRAAG = 90
"""A public OSRM server takes a hundred places in one question."""


class ReistijdFout(Exception):
    """The service gave no answer that can be used."""


class OsrmReistijd:
    """The table service of an OSRM server (`SPOED_ROUTE_URL`), over https.

    Only the middles of postcodes leave the house, never an address or a person.
    """

    schatting = False

    def minutes(self, van: Iterable[Plek], naar: Plek) -> list[float | None]:
        places = list(van)
        found: list[float | None] = []
        for start in range(0, len(places), PER_VRAAG):
            found += self._ask(places[start : start + PER_VRAAG], naar)
        return found

    def _ask(self, van: list[Plek], naar: Plek) -> list[float | None]:
        if not settings.ROUTE_URL.startswith("https://"):
            raise ReistijdFout("SPOED_ROUTE_URL is niet ingesteld")
        points = ";".join(f"{plek.lengte},{plek.breedte}" for plek in [*van, naar])
        url = f"{settings.ROUTE_URL}/table/v1/driving/{points}?destinations={len(van)}"
        try:
            data = json.loads(https.ask(url))
            rows = data["durations"][: len(van)]
            minutes = [None if row[0] is None else float(row[0]) / 60 for row in rows]
        except (OSError, ValueError, KeyError, IndexError, TypeError) as error:
            raise ReistijdFout(f"routedienst: {type(error).__name__}") from error
        if len(minutes) != len(van):
            raise ReistijdFout("routedienst: onvolledig antwoord")
        return minutes


def reistijd() -> Reistijd:
    """Return the adapter of the settings."""
    return import_string(settings.ROOSTER_REISTIJD)()


@dataclass(frozen=True)
class Meting:
    """How far everything lies. `mislukt`: the service was silent, so this is the estimate."""

    bereiken: list[Bereik]
    schatting: bool
    mislukt: bool


def measure(postcodes: Iterable[str], plaatsen: Iterable[tuple[str, str]], grens: int) -> Meting:
    """Return how the postcodes lie to each duty place; by estimate when the service is silent."""
    codes, places = list(postcodes), list(plaatsen)
    source = reistijd()
    try:
        return Meting(check_area(codes, places, grens, source), source.schatting, False)
    except ReistijdFout:
        log.warning("No travel times.")
        return Meting(check_area(codes, places, grens, Schatting()), True, True)
