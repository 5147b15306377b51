"""Restore a copy into a throw-away database and check that everything came back."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from kern.kopie import proef
from kern.kopie.voortgang import ending_cleanly


class Command(BaseCommand):
    help = "Zet een reservekopie terug in een wegwerpdatabase en controleert alles."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("kopie", type=Path, help="bestand van reservekopie")

    def handle(self, *args, kopie, **options):
        with ending_cleanly():
            failed = proef.drill(kopie, report=self._tell)
        if failed:
            more = f" (en nog {len(failed) - 1})" if len(failed) > 1 else ""
            raise CommandError(f"Herstelproef MISLUKT bij: {failed[0]}{more}")
        self._tell("Herstelproef geslaagd.")

    def _tell(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
