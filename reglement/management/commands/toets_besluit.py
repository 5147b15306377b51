"""Run a scenario table against the law of deciding, royement and terms."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from reglement.lezing import LezingFout
from reglement.toets import TabelFout, run_table

KAPOT = 2
"""The exit code for a table that cannot be run at all."""


class Command(BaseCommand):
    help = "Toetst een scenariotabel (JSON) aan de wet van besluiten. Code 1: er klopt iets niet."

    def add_arguments(self, parser):
        parser.add_argument("bestand", type=Path, help="de tabel, zie reglement/gegevens")

    def handle(self, *args, bestand, **options):
        try:
            result = run_table(json.loads(bestand.read_text(encoding="utf-8")))
        except (OSError, UnicodeDecodeError, RecursionError) as error:
            raise CommandError(f"{bestand}: niet te lezen ({error})", returncode=KAPOT) from None
        except json.JSONDecodeError as error:
            raise CommandError(f"{bestand}: geen JSON ({error})", returncode=KAPOT) from None
        except (TabelFout, LezingFout) as error:
            raise CommandError(f"{bestand}: {error}", returncode=KAPOT) from None
        for afwijking in result.afwijkingen:
            self.stdout.write(str(afwijking))
        for operation, count in sorted(result.overgeslagen.items()):
            self.stdout.write(f"overgeslagen: {operation} ({count})")
        self.stdout.write(result.slotregel)
        if result.gezakt:
            raise SystemExit(1)
