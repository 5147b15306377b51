"""Write the dump inside a copy to a pipe, for pg_restore; for the day that it is needed."""

import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from kern.kopie import KopieFout
from kern.kopie.lezen import Kopie


class Command(BaseCommand):
    help = "Ontsleutelt een reservekopie naar een pijp: … kopie_uitpakken KOPIE | pg_restore …"
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("kopie", type=Path, help="bestand van reservekopie")

    def handle(self, *args, kopie, **options):
        if sys.stdout.isatty():
            raise CommandError("Dit zijn leesbare patiëntgegevens: geef een pijp naar pg_restore.")
        try:
            # The whole file is proved before the first byte goes out.
            opened = Kopie(kopie, report=self.stderr.write)
            for block in opened.dump():
                sys.stdout.buffer.write(block)
        except KopieFout as fault:
            raise CommandError(str(fault)) from fault
        sys.stdout.buffer.flush()
