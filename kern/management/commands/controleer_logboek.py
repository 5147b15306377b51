"""Recompute the access log; the exit code is 1 when any kring has a bad line."""

from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from kern import logankers, logketen
from kern.tenancy import kring_context


class Command(BaseCommand):
    help = "Rekent de keten van het toegangslogboek na en noemt de eerste foute regel."

    def add_arguments(self, parser):
        parser.add_argument("--kring", metavar="SLUG", help="alleen deze kring")
        parser.add_argument(
            "--anker",
            type=Path,
            metavar="BESTAND",
            help="vastgelegde koppen: een bestand of een map (standaard de map van elke nacht)",
        )

    def handle(self, *args, kring=None, anker=None, **options):
        try:
            anchors = logankers.by_slug(logankers.read_all(anker or settings.LOGKOP_MAP))
        except logankers.AnkerFout as error:
            raise CommandError(str(error)) from error
        model = apps.get_model(settings.KRING_MODEL)
        ids = dict(model.objects.values_list("slug", "pk"))
        # A kring that is gone from its table is still asked after: its log may not be gone.
        ids = {slug: rows[0].kring_id for slug, rows in anchors.items()} | ids
        if kring is not None:
            if kring not in ids:
                raise CommandError(f"Er is geen kring {kring}.")
            ids = {kring: ids[kring]}
        faults = sum(self._check(slug, pk, anchors) for slug, pk in sorted(ids.items()))
        if faults:
            raise CommandError("Het logboek klopt niet.", returncode=1)

    def _check(self, slug: str, kring_id: int, anchors: dict[str, list[logankers.Anker]]) -> bool:
        ankers = [row.kop for row in anchors.get(slug, [])]
        with kring_context(kring_id):
            uitslag = logketen.verify(kring_id, ankers)
        if uitslag.fout is None:
            koppen = f"{len(ankers)} vastgelegde koppen" if ankers else "geen vastgelegde koppen"
            self.stdout.write(f"{slug}: {uitslag.regels} regels, de keten klopt ({koppen}).")
            return False
        fout = uitslag.fout
        self.stdout.write(f"{slug}: FOUT bij regel {fout.volgnummer}: {fout.wat}.")
        return True
