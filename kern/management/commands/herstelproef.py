"""Restore a copy into a throw-away database and check that everything came back."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from kern.kopie import KopieFout, proef
from kern.kopie.ronde import age_alarm, recorded
from kern.kopie.voortgang import ending_cleanly
from kern.models import Kopieronde
from kern.weergave import format_moment


def _newest(folder: Path) -> Path:
    """Return the youngest copy; the names sort by time."""
    copies = sorted(folder.glob("spoed-*.kopie"))
    if not copies:
        raise KopieFout(
            f"Herstelproef MISLUKT bij: geen reservekopie in {folder}",
            kort="er is geen reservekopie om te beproeven",
        )
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
            help="vastgelegde koppen: een bestand of een map (standaard de map van elke nacht)",
        )

    def handle(self, *args, kopie, controleer, anker, **options):
        if controleer:
            self._check_age()
            return
        try:
            self._drill(kopie, anker or settings.LOGKOP_MAP)
        except KopieFout as fault:
            raise CommandError(str(fault)) from fault

    def _drill(self, what: Path, ankers: Path | None) -> None:
        with ending_cleanly(), recorded(Kopieronde.Soort.PROEF, report=self._tell) as ronde:
            kopie = _newest(what) if what.is_dir() else what
            outcome = proef.drill(kopie, report=self._tell, ankers=ankers)
            # The age of the copy, not of the drill: an old copy proves an old state.
            ronde.kopie_van = outcome.gemaakt_op
            ronde.grootte = kopie.stat().st_size if kopie.exists() else None
            ronde.mislukt = outcome.mislukt
        if outcome.mislukt:
            more = f" (en nog {len(outcome.mislukt) - 1})" if len(outcome.mislukt) > 1 else ""
            raise CommandError(f"Herstelproef MISLUKT bij: {outcome.mislukt[0]}{more}")
        self._tell(f"Herstelproef geslaagd: {kopie.name}.")

    def _check_age(self) -> None:
        beproefd = Kopieronde.objects.proved()
        if alarm := age_alarm(beproefd, nu=timezone.now()):
            raise CommandError(f"ALARM: {alarm}")
        self._tell(f"De laatste beproefde reservekopie is van {format_moment(beproefd)}.")

    def _tell(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
