"""The sweeper: an own process without a broker that delivers what no worker took.

Between two rounds it does the daily work (kern.dagwerk), one job at a time.
"""

import logging
import signal
import threading
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import Error, close_old_connections, connection
from django.db.models.functions import Now

from kern import dagwerk, rondewerk
from kern.bezorgploeg import HANDEN, Ploeg
from kern.models import Hartslag

log = logging.getLogger(__name__)

AFTER_OUTAGE = 3.0
"""Seconds of rest after the database was away."""


def sweep() -> int:
    """Deliver what is due, one by one; return how many were attempted."""
    beat()
    return Ploeg(0).round()


def beat() -> None:
    """Leave a sign of life; the pages show a red bar when it grows old."""
    Hartslag.objects.update_or_create(proces=Hartslag.BEZORGER, defaults={"tijdstip": Now()})


class Command(BaseCommand):
    help = "Bezorgt de berichten uit de outbox (eigen proces, zonder Celery)."

    def add_arguments(self, parser):
        parser.add_argument("--eenmaal", action="store_true", help="één ronde en klaar")
        parser.add_argument("--klaar", type=Path, help="bestand dat elke hartslag aanraakt")

    def handle(self, *args, eenmaal=False, klaar=None, **options):
        self.klaar = klaar
        if eenmaal:
            self.stdout.write(f"{sweep()} bezorgd of geprobeerd")
            rondewerk.run()
            return
        # A pool shared with others (SPOED_POOL) leaves one connection for this thread.
        self.ploeg = Ploeg(min(HANDEN, settings.POOL - 1) if settings.POOL else HANDEN)
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        while not stop.is_set():
            stop.wait(self._round())
        self.ploeg.stop()

    def _round(self) -> float:
        """One sweep; return the seconds to wait. A restart of the database is survived."""
        try:
            beat()
            if self.klaar:
                self.klaar.touch()
            self.ploeg.round()
            rondewerk.run()
            dagwerk.run_next()
        except Error as error:
            log.warning("Database not available (%s); trying again.", type(error).__name__)
            connection.close()
            # Who was sending when it went away records first; then nothing leaves twice.
            return AFTER_OUTAGE
        finally:
            close_old_connections()
        return settings.OUTBOX_SWEEP
