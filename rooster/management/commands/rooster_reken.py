"""Do one run of the planner: what the sweeper starts for a run that no worker took."""

from uuid import UUID

from django.core.management.base import BaseCommand

from rooster.concept import rekenen


class Command(BaseCommand):
    help = "Doet één berekening van de planner (start de bezorger als geen werker het doet)."

    def add_arguments(self, parser):
        parser.add_argument("taak", type=UUID)
        parser.add_argument("kring", type=int)

    def handle(self, *args, taak, kring, **options):
        mine = rekenen.run(taak, kring)
        self.stdout.write("gedaan" if mine else "niets te doen")
