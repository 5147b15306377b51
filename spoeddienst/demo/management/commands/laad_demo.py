"""Load the invented kringen, people, duties, calls and reports of the demo."""

from django.core.management.base import BaseCommand

from spoeddienst.demo import certificaten
from spoeddienst.demo.gegevens import laden


class Command(BaseCommand):
    help = "Laad de demogegevens; doet niets als ze er al zijn."

    def handle(self, *args, **options):
        certificaten.ensure_signer()
        if laden.is_loaded():
            self.stdout.write("De demogegevens zijn al geladen. Opnieuw: verwijder var/demo.")
            return
        laden.load()
        self.stdout.write("De demogegevens zijn geladen.")
