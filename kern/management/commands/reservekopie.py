"""Write a sealed backup of the whole database (docs/productie.md)."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from kern.kopie import KopieFout, maken
from kern.kopie.ronde import recorded
from kern.kopie.voortgang import ending_cleanly
from kern.models import Kopieronde


class Command(BaseCommand):
    help = "Maakt een versleutelde reservekopie van de hele database."
    # The system checks open the database as the web role; a copy must not depend on them.
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--uit", type=Path, required=True, help="map voor de kopie")

    def handle(self, *args, uit, **options):
        try:
            with ending_cleanly(), recorded(Kopieronde.Soort.KOPIE, report=self._tell) as ronde:
                # The round began before the snapshot was taken: never younger than the copy is.
                ronde.kopie_van = ronde.begonnen_op
                ronde.grootte = maken.make(uit, report=self._tell).stat().st_size
        except KopieFout as fault:
            raise CommandError(f"Geen reservekopie gemaakt. {fault}") from fault

    def _tell(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
