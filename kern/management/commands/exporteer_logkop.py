"""Write the heads of the access log of all kringen, for a daily job that keeps them elsewhere.

Who owns the database can cut the tail of a chain or rewrite all of it; not what already left.
"""

from datetime import UTC, datetime
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand

from kern import logankers, logketen
from kern.tenancy import kring_context


def heads() -> dict[str, logankers.Anker]:
    """Return the head of every kring by its slug."""
    koppen = {}
    for slug, pk in apps.get_model(settings.KRING_MODEL).objects.values_list("slug", "pk"):
        with kring_context(pk):
            koppen[slug] = logankers.Anker(pk, logketen.head(pk))
    return koppen


class Command(BaseCommand):
    help = "Schrijft de koppen van het toegangslogboek van alle kringen naar een bestand (JSON)."

    def add_arguments(self, parser):
        parser.add_argument("--uit", type=Path, required=True, metavar="BESTAND")

    def handle(self, *args, uit, **options):
        koppen = heads()
        # After the heads: an anchor never claims to be older than the lines it holds.
        logankers.write(uit, logankers.Ankers(datetime.now(UTC), koppen))
        self.stdout.write(f"{len(koppen)} koppen geschreven naar {uit}")
