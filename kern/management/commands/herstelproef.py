"""Restore a copy into a throw-away database and check that everything came back."""

from datetime import timedelta
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import Error
from django.utils import timezone

from kern.kopie import proef
from kern.kopie.voortgang import ending_cleanly
from kern.models import Hartslag

# A night and some slack: later than this a backup was missed.
MAX_AGE = timedelta(hours=26)


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
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("kopie", type=Path, nargs="?", help="kopie, of een map: dan de nieuwste")
        what.add_argument(
            "--controleer",
            action="store_true",
            help="alleen kijken: is er een beproefde kopie van de laatste 26 uur?",
        )
        parser.add_argument(
            "--anker",
            type=Path,
            metavar="PAD",
            help="koppen van exporteer_logkop, of een map: dan de nieuwste van vóór de kopie",
        )

    def handle(self, *args, kopie, controleer, anker, **options):
        if controleer:
            self._check_age()
        else:
            self._drill(_newest(kopie) if kopie.is_dir() else kopie, anker)

    def _drill(self, kopie: Path, ankers: Path | None) -> None:
        with ending_cleanly():
            outcome = proef.drill(kopie, report=self._tell, ankers=ankers)
        failed = outcome.mislukt
        if failed:
            more = f" (en nog {len(failed) - 1})" if len(failed) > 1 else ""
            raise CommandError(f"Herstelproef MISLUKT bij: {failed[0]}{more}")
        self._remember(outcome)
        self._tell(f"Herstelproef geslaagd: {kopie.name}.")

    def _remember(self, outcome: proef.Proef) -> None:
        """Note the age of the copy, not of the drill: an old copy proves an old state."""
        try:
            last = self._last()
            if last is None or last < outcome.gemaakt_op:
                Hartslag.objects.update_or_create(
                    proces=Hartslag.HERSTELPROEF, defaults={"tijdstip": outcome.gemaakt_op}
                )
        except Error:
            # After a disaster the real database is not there; the drill counts all the same.
            self._tell("  … niet aangetekend: de gewone database is niet bereikbaar")

    def _check_age(self) -> None:
        last = self._last()
        if last is None:
            raise CommandError("ALARM: er is nog nooit een reservekopie met succes beproefd.")
        text = f"{timezone.localtime(last):%d-%m-%Y %H:%M}"
        if timezone.now() - last > MAX_AGE:
            raise CommandError(f"ALARM: de laatste beproefde reservekopie is van {text}.")
        self._tell(f"De laatste beproefde reservekopie is van {text}.")

    def _last(self):
        rows = Hartslag.objects.filter(proces=Hartslag.HERSTELPROEF)
        return rows.values_list("tijdstip", flat=True).first()

    def _tell(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
