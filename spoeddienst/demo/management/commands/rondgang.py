"""Play one night through the pages of the running demo and check every link of it."""

from django.conf import settings
from django.core.management.base import BaseCommand

from spoeddienst.demo.rondgang.client import Mis
from spoeddienst.demo.rondgang.nacht import Nacht
from spoeddienst.demo.rondgang.stappen import STAPPEN
from spoeddienst.demo.rondgang.tijdlijn import play


class Command(BaseCommand):
    help = "Speel één nacht na via dezelfde pagina's als een mens, en controleer elke schakel."

    def handle(self, *args, **options):
        self.stdout.write(f"Eén nacht in de demokring, via {settings.ADRES}")
        try:
            nacht = Nacht(settings.ADRES)
        except Mis as error:
            self.stdout.write(f"✗ begin: {error}")
            raise SystemExit(1) from error
        if not play(nacht, STAPPEN, self.stdout):
            raise SystemExit(1)
