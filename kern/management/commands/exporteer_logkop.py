"""Write the heads of the access log of all kringen now; every night the sweeper does (dagwerk).

Who owns the database can cut the tail of a chain or rewrite all of it; not what already left.
"""

from pathlib import Path

from django.core.management.base import BaseCommand

from kern import logankers


class Command(BaseCommand):
    help = "Schrijft de koppen van het toegangslogboek van alle kringen naar een bestand (JSON)."

    def add_arguments(self, parser):
        parser.add_argument("--uit", type=Path, required=True, metavar="BESTAND")

    def handle(self, *args, uit, **options):
        koppen = logankers.export(uit).koppen
        self.stdout.write(f"{len(koppen)} koppen geschreven naar {uit}")
