"""Run a scenario table against the protocol, or against the version of a kring."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from kern.tenancy import kring_context
from kern.tijd import db_now
from kring.models import Kring
from triage.lezing import STANDAARDLEZING, Lezing, reading_of_version, version_in_force
from triage.models import Protocolversie
from triage.protocol import toetsing

KAPOT = 2
"""The exit code for a table or a version that cannot be run at all."""


class Command(BaseCommand):
    help = "Toetst een scenariotabel (JSON) aan het protocol. Code 1: er klopt iets niet; 2: kapot."

    def add_arguments(self, parser):
        parser.add_argument("bestand", type=Path, help="de tabel, zie triage/scenarios")
        parser.add_argument("--kring", help="korte naam van de kring: toets aan haar protocol")
        parser.add_argument("--versie", type=int, help="nummer van de versie (nu van kracht)")

    def handle(self, *args, bestand, kring, versie, **options):
        if versie is not None and not kring:
            raise CommandError("--versie hoort bij een --kring.", returncode=KAPOT)
        try:
            book = toetsing.read_file(bestand)
            lezing = _reading_or_error(kring, versie) if kring else None
            around = (lezing or STANDAARDLEZING).holidays_around
            uitslag = toetsing.run_table(book, lezing, around)
        except toetsing.TabelFout as error:
            raise CommandError(
                toetsing.printable(f"{bestand}: {error}"), returncode=KAPOT
            ) from None
        for geval in uitslag.gezakt:
            self.stdout.write(toetsing.printable(f"{geval.id}  {geval.titel}"))
            for afwijking in geval.afwijkingen:
                self.stdout.write(f"    {afwijking}")
        self.stdout.write(uitslag.slotregel)
        if uitslag.gezakt:
            raise SystemExit(1)


def _reading_or_error(slug: str, nummer: int | None) -> Lezing:
    try:
        return _reading(slug, nummer)
    except DatabaseError:
        raise CommandError(
            "De database geeft geen antwoord of is nog leeg ('./spoed manage migrate').",
            returncode=KAPOT,
        ) from None
    except ValueError as error:
        # A rule set or setting that this release of the product no longer has.
        raise CommandError(
            f"Deze protocolversie is niet te lezen: {error}", returncode=KAPOT
        ) from None


def _reading(slug: str, nummer: int | None) -> Lezing:
    """Return how this kring reads the guideline, in a version or now."""
    kring = Kring.objects.filter(slug=slug).first()
    if kring is None:
        raise CommandError(f"Er is geen kring {slug}.", returncode=KAPOT)
    with kring_context(kring.pk):
        if nummer is None:
            return reading_of_version(version_in_force(kring.pk, db_now()))
        versie = Protocolversie.objects.filter(kring=kring, nummer=nummer).first()
        if versie is None:
            raise CommandError(f"{slug} heeft geen protocolversie {nummer}.", returncode=KAPOT)
        return reading_of_version(versie)
