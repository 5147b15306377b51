"""Read a plan or a CSV back into a draft of a kring; all of it, or nothing."""

from datetime import date
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from kern.actor import Actor
from kern.tenancy import kring_context
from rooster.actions.concept import fill_concept, make_concept
from rooster.concept.invoer import read_file
from rooster.concept.uitvoer import duties_of
from rooster.management.commands.rooster_export import kring_ids, period_of
from rooster.models import Concept


class Command(BaseCommand):
    help = "Leest een rooster-plan/1 of een CSV terug in een nieuw concept."

    def add_arguments(self, parser):
        parser.add_argument("kring", help="korte naam van de kring in het adres")
        parser.add_argument("bestand", type=Path)
        parser.add_argument(
            "--dag", type=date.fromisoformat, help="een dag in de periode (JJJJ-MM-DD)"
        )
        parser.add_argument("--naam", default="Ingelezen", help="naam van het nieuwe concept")

    def handle(self, *args, kring, bestand, dag, naam, **options):
        try:
            inhoud = bestand.read_bytes()
        except OSError as fout:
            raise CommandError(f"Kan {bestand} niet lezen: {fout.strerror}.") from fout
        ids = kring_ids(kring)
        by = Actor.system(ids[0], "rooster_lees")
        try:
            with kring_context(*ids):
                periode = period_of(dag)
                concept = _new_draft(periode, naam, by)
                aantal = fill_concept(concept, bezetting=read_file(concept, inhoud), by=by)
        except ValidationError as fout:
            raise CommandError("\n".join(fout.messages), returncode=2) from fout
        self.stdout.write(f"{concept.naam}: {aantal} plaatsen gevuld in {periode.naam}")


def _new_draft(periode, naam: str, by: Actor) -> Concept:
    return make_concept(periode=periode, naam=naam, diensten=duties_of(periode), by=by)
