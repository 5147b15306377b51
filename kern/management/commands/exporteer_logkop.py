"""Write the heads of the access log of all kringen, for a daily job that keeps them elsewhere.

Who owns the database can cut the tail of a chain or rewrite all of it; not what already left.
"""

import json
import os
from datetime import UTC, datetime
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand

from kern import logketen
from kern.tenancy import kring_context


def heads() -> list[dict]:
    """Return the head of every kring."""
    rows = []
    for slug, pk in apps.get_model(settings.KRING_MODEL).objects.values_list("slug", "pk"):
        with kring_context(pk):
            kop = logketen.head(pk)
        rows.append({"kring": slug, "id": pk, "volgnummer": kop.volgnummer, "hash": kop.hash.hex()})
    return sorted(rows, key=lambda row: row["kring"])


class Command(BaseCommand):
    help = "Schrijft de koppen van het toegangslogboek van alle kringen naar een bestand (JSON)."

    def add_arguments(self, parser):
        parser.add_argument("--uit", type=Path, required=True, metavar="BESTAND")

    def handle(self, *args, uit, **options):
        content = {"gemaakt_op": datetime.now(UTC).isoformat(timespec="seconds"), "koppen": heads()}
        # Whole or not at all: a torn file of last night is no anchor.
        half = uit.with_name(f"{uit.name}.half")
        half.write_text(json.dumps(content, indent=2) + "\n")
        os.replace(half, uit)
        self.stdout.write(f"{len(content['koppen'])} koppen geschreven naar {uit}")
