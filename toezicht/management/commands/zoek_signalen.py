"""Search the log for looks that deserve a question, now, over some days."""

from datetime import timedelta

from django.core.management.base import BaseCommand

from kern.actor import Actor
from kern.tenancy import kring_context
from kern.tijd import db_now
from kring.models import Kring
from toezicht import actions


class Command(BaseCommand):
    help = "Zoekt in het logboek van elke kring naar opvallende inzage (elke nacht gebeurt dat al)."

    def add_arguments(self, parser):
        parser.add_argument("--dagen", type=int, default=7, help="hoeveel dagen terug (7)")

    def handle(self, *args, dagen, **options):
        nu = db_now()
        for kring in Kring.objects.order_by("slug"):
            with kring_context(kring.pk):
                aantal = actions.search(
                    kring_id=kring.pk,
                    begin=nu - timedelta(days=dagen),
                    einde=nu,
                    by=Actor.system(kring.pk, "toezicht"),
                )
            self.stdout.write(f"{kring.slug}: {aantal} nieuwe signalen")
