"""Take away a lost second factor; the person sets up a new one at the next login.

On the server only, with a reason in the log of every kring of that person: who can do this from a
browser could get into any account of which they know the password.
"""

from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from kern import logboek
from kern.actor import Actor
from kern.tenancy import kring_context
from kring.aanmeldingen import end_sessions
from kring.models import Gebruiker, Lidmaatschap


class Command(BaseCommand):
    help = "Wist de tweede factor van een gebruiker (telefoon en herstelcodes kwijt)."

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument(
            "--door", required=True, help="wie dit doet, na controle van de persoon zelf"
        )

    @transaction.atomic
    def handle(self, *args, email, door, **options):
        gebruiker = Gebruiker.objects.filter(email__iexact=email).first()
        if gebruiker is None:
            raise CommandError(f"Er is geen gebruiker met het e-mailadres {email}.")
        Authenticator.objects.filter(user=gebruiker).delete()
        # One of them may be in the lost telephone.
        end_sessions(gebruiker)
        # In a fixed order: each line locks the head of its log until the commit.
        for kring_id in sorted(_kringen(gebruiker)):
            with kring_context(kring_id):
                logboek.record(
                    "gebruiker.tweede_factor_gewist",
                    "D",
                    by=Actor.system(kring_id, door[:200]),
                    object_soort="gebruiker",
                    object_id=gebruiker.pk,
                )
        self.stdout.write(
            f"De tweede factor van {gebruiker.naam} is gewist. Bij de volgende keer aanmelden "
            "stelt deze persoon een nieuwe in."
        )


def _kringen(gebruiker: Gebruiker) -> set[int]:
    with kring_context(gebruiker_id=gebruiker.pk):
        return set(Lidmaatschap.objects.filter(gebruiker=gebruiker).values_list("kring", flat=True))
