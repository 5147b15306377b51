"""Restore a copy into a throw-away database and check that everything came back."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from kern.kopie import proef
from kern.kopie.voortgang import ending_cleanly


def _newest(folder: Path) -> Path:
    """Return the youngest copy; the names sort by time."""
    copies = sorted(folder.glob("spoed-*.kopie"))
    if not copies:
        raise CommandError(f"Herstelproef MISLUKT bij: geen reservekopie in {folder}")
    return copies[-1]


class Command(BaseCommand):
    help = "Zet een reservekopie terug in een wegwerpdatabase en controleert alles."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("kopie", type=Path, help="kopie, of een map: dan de nieuwste")

    def handle(self, *args, kopie, **options):
        if kopie.is_dir():
            kopie = _newest(kopie)
        with ending_cleanly():
            failed = proef.drill(kopie, report=self._tell)
        if failed:
            more = f" (en nog {len(failed) - 1})" if len(failed) > 1 else ""
            raise CommandError(f"Herstelproef MISLUKT bij: {failed[0]}{more}")
        self._tell(f"Herstelproef geslaagd: {kopie.name}.")

    def _tell(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
