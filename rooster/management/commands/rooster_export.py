"""Write a kring's own period as an instance, so that plans can be checked and tools compared."""

import json
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from kern.tenancy import kring_context
from kring.models import Kring
from rooster.concept.uitvoer import build_instance, duties_of, instance_of, plan_of
from rooster.models import Concept, Roosterperiode


class Command(BaseCommand):
    help = "Schrijft een periode van een kring als rooster-instantie/1, zonder namen."

    def add_arguments(self, parser):
        parser.add_argument("kring", help="korte naam van de kring in het adres")
        parser.add_argument(
            "--dag", type=date.fromisoformat, help="een dag in de periode (JJJJ-MM-DD)"
        )
        parser.add_argument("--uit", type=Path, required=True, help="bestand voor de instantie")
        parser.add_argument("--plan", type=Path, help="bestand voor het gekozen concept als plan")
        parser.add_argument("--namen", action="store_true", help="zet de namen erbij")

    def handle(self, *args, kring, dag, uit, plan, namen, **options):
        with kring_context(*kring_ids(kring)):
            periode = period_of(dag)
            concept = Concept.objects.filter(periode=periode, gekozen=True).first()
            if concept is not None:
                inhoud = instance_of(concept, namen=namen)
            else:
                inhoud = build_instance(periode, duties_of(periode), namen=namen)
            _write(uit, inhoud)
            if plan and concept is None:
                raise CommandError("Deze periode heeft nog geen concept, dus ook geen plan.")
            if plan:
                _write(plan, plan_of(concept))
        self.stdout.write(f"{periode.naam}: {len(inhoud['diensten'])} diensten naar {uit}")


def kring_ids(slug: str) -> list[int]:
    found = list(Kring.objects.filter(slug=slug).values_list("pk", flat=True))
    if not found:
        raise CommandError(f"Er is geen kring “{slug}”.")
    return found


def period_of(dag: date | None) -> Roosterperiode:
    """Return the period with this day, or the last one that there is."""
    perioden = Roosterperiode.objects.order_by("-eerste_dag")
    if dag is not None:
        perioden = perioden.filter(eerste_dag__lte=dag, laatste_dag__gte=dag)
    periode = perioden.first()
    if periode is None:
        waar = f"met {dag} erin" if dag else "in deze kring"
        raise CommandError(f"Er is geen periode {waar}.")
    return periode


def _write(bestand: Path, inhoud: dict) -> None:
    try:
        bestand.write_text(json.dumps(inhoud, ensure_ascii=False, indent=1), encoding="utf-8")
    except OSError as fout:
        raise CommandError(f"Kan {bestand} niet schrijven: {fout.strerror}.") from fout
