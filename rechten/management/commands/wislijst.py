"""Apply the list of destroyed files after a restore, or say who is still there."""

from django.core.management.base import BaseCommand, CommandError

from kern.tenancy import kring_context
from rechten import werk, wislijst
from triage.models import Patient


class Command(BaseCommand):
    help = "Vernietigt opnieuw wat een teruggezette reservekopie terugbracht (docs/productie.md)."

    def add_arguments(self, parser):
        parser.add_argument(
            "--controleer", action="store_true", help="alleen kijken; code 1 als er iemand staat"
        )

    def handle(self, *args, controleer, **options):
        try:
            regels = wislijst.read_all()
            if not controleer:
                self.stdout.write(f"{len(regels)} op de lijst, {werk.apply_list()} vernietigd.")
                return
        except wislijst.WislijstFout as fault:
            raise CommandError(str(fault)) from fault
        there = sum(self._is_there(regel) for regel in regels)
        if there:
            raise CommandError(f"{there} vernietigde dossiers staan er weer. Draai: wislijst")
        self.stdout.write(f"{len(regels)} op de lijst, geen ervan staat in de database.")

    def _is_there(self, regel: wislijst.Regel) -> bool:
        with kring_context(regel.kring_id):
            return Patient.objects.filter(pk=regel.patient).exists()
