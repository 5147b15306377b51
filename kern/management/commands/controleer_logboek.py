"""Recompute the access log; the exit code is 1 when any kring has a bad line."""

import json
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from kern import logketen
from kern.tenancy import kring_context


def read_anchor(path: Path) -> dict[str, dict]:
    """Return the exported heads by the slug of their kring."""
    try:
        koppen = json.loads(path.read_text())["koppen"]
        return {
            kop["kring"]: {
                "id": int(kop["id"]),
                "kop": logketen.Kop(int(kop["volgnummer"]), bytes.fromhex(kop["hash"])),
            }
            for kop in koppen
        }
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CommandError(f"Het anker {path} is niet te lezen: {error}") from error


class Command(BaseCommand):
    help = "Rekent de keten van het toegangslogboek na en noemt de eerste foute regel."

    def add_arguments(self, parser):
        parser.add_argument("--kring", metavar="SLUG", help="alleen deze kring")
        parser.add_argument(
            "--anker", type=Path, metavar="BESTAND", help="koppen van exporteer_logkop"
        )

    def handle(self, *args, kring=None, anker=None, **options):
        anchors = read_anchor(anker) if anker else {}
        model = apps.get_model(settings.KRING_MODEL)
        ids = dict(model.objects.values_list("slug", "pk"))
        # A kring that is gone from its table is still asked after: its log may not be gone.
        ids = {slug: row["id"] for slug, row in anchors.items()} | ids
        if kring is not None:
            if kring not in ids:
                raise CommandError(f"Er is geen kring {kring}.")
            ids = {kring: ids[kring]}
        faults = sum(self._check(slug, pk, anchors) for slug, pk in sorted(ids.items()))
        if faults:
            raise CommandError("Het logboek klopt niet.", returncode=1)

    def _check(self, slug: str, kring_id: int, anchors: dict[str, dict]) -> bool:
        with kring_context(kring_id):
            uitslag = logketen.verify(kring_id, anchors[slug]["kop"] if slug in anchors else None)
        if uitslag.fout is None:
            self.stdout.write(f"{slug}: {uitslag.regels} regels, de keten klopt.")
            return False
        fout = uitslag.fout
        self.stdout.write(f"{slug}: FOUT bij regel {fout.volgnummer}: {fout.wat}.")
        return True
