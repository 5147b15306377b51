"""Open a new kring with its first beheerder; everything after that is done in the browser."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.urls import reverse

from kern import logboek
from kern.actor import Actor
from kern.tenancy import kring_context
from kern.toegang import Rol
from kern.velden import normalize_phone
from kring import rollen
from kring.models import Kring


class Command(BaseCommand):
    help = "Maakt een kring en de eerste beheerder, en toont de link voor diens wachtwoord."

    def add_arguments(self, parser):
        parser.add_argument("slug", help="korte naam in het adres, bijvoorbeeld vechtstreek")
        parser.add_argument("naam")
        parser.add_argument("plaats")
        parser.add_argument("spoednummer")
        parser.add_argument("email", help="e-mailadres van de eerste beheerder")
        parser.add_argument("beheerder", help="naam van de eerste beheerder")

    @transaction.atomic
    def handle(self, *args, **options):
        try:
            kring = self._kring(options)
            by = Actor.system(kring.pk, "maak_kring")
            with kring_context(kring.pk):
                logboek.record(
                    "kring.gemaakt", "C", by=by, object_soort="kring", object_id=kring.pk
                )
                row = rollen.give_rol(
                    kring_id=kring.pk,
                    email=options["email"],
                    naam=options["beheerder"],
                    rol=Rol.BEHEERDER,
                    by=by,
                )
                link = self._link(row, by)
        except (ValidationError, ValueError) as error:
            raise CommandError("; ".join(getattr(error, "messages", [str(error)]))) from error
        self.stdout.write(f"{kring.naam}: {settings.ADRES}/k/{kring.slug}/")
        self.stdout.write(link)

    def _kring(self, options) -> Kring:
        kring = Kring(
            slug=options["slug"],
            naam=options["naam"],
            plaats=options["plaats"],
            spoednummer=normalize_phone(options["spoednummer"]),
        )
        kring.full_clean()
        kring.save()
        return kring

    def _link(self, row, by) -> str:
        if row.gebruiker.has_usable_password() or not rollen.may_make_link(row.gebruiker, by=by):
            return f"{row.gebruiker.naam} heeft al een account en logt daarmee in."
        uid, token = rollen.make_link(row.gebruiker, by=by)
        path = reverse(
            "kring:activeren", kwargs={"kring": row.kring.slug, "uidb64": uid, "token": token}
        )
        return f"Link voor {row.gebruiker.naam}, 24 uur geldig: {settings.ADRES}{path}"
