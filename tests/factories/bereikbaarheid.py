"""Rows of bereikbaarheid for tests."""

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from bereikbaarheid.models import (
    Aankondiging,
    Controlepunt,
    Doorschakeling,
    Instelling,
    Ontvanger,
    Sluiting,
    Weekbericht,
    Weekbezorging,
)
from kern import outbox
from tests.factories.kring import GebruikerFactory


class ControlepuntFactory(DjangoModelFactory):
    """A point that the dienstdoende ticked just now."""

    class Meta:
        model = Controlepunt

    punt = "antwoordapparaat"
    tandarts = factory.LazyAttribute(lambda row: row.dienst.dienstdoende)
    afgevinkt_op = factory.LazyFunction(timezone.now)
    afgevinkt_door = factory.SubFactory(GebruikerFactory)


class DoorschakelingFactory(DjangoModelFactory):
    class Meta:
        model = Doorschakeling

    soort = "automatisch"
    schakels = "Centrale van de praktijk"


class AankondigingFactory(DjangoModelFactory):
    class Meta:
        model = Aankondiging

    openingstijden = "maandag tot en met vrijdag van 8.00 tot 17.00 uur"


class SluitingFactory(DjangoModelFactory):
    class Meta:
        model = Sluiting

    van = "2026-12-24"
    tot = "2026-12-28"


class InstellingFactory(DjangoModelFactory):
    class Meta:
        model = Instelling


class OntvangerFactory(DjangoModelFactory):
    class Meta:
        model = Ontvanger

    soort = "huisarts"
    naam = factory.Sequence(lambda n: f"Huisartsenpost {n}")
    email = factory.Sequence(lambda n: f"post{n}@voorbeeld.example")


class WeekberichtFactory(DjangoModelFactory):
    class Meta:
        model = Weekbericht

    week = "2026-11-23"
    onderwerp = "Spoedgevallendienst tandartsen"
    tekst = "Bel 030-2345678."
    gemaakt_op = factory.LazyFunction(timezone.now)


class WeekbezorgingFactory(DjangoModelFactory):
    class Meta:
        model = Weekbezorging

    weekbericht = factory.SubFactory(WeekberichtFactory, kring=factory.SelfAttribute("..kring"))
    ontvanger = factory.SubFactory(OntvangerFactory, kring=factory.SelfAttribute("..kring"))
    naam = factory.LazyAttribute(lambda row: row.ontvanger.naam)
    email = factory.LazyAttribute(lambda row: row.ontvanger.email)
    zending = factory.LazyAttribute(
        lambda row: outbox.enqueue_mail(
            kring_id=row.kring.pk,
            sleutel=f"proef|{row.weekbericht.pk}|{row.ontvanger.pk}",
            aan=row.email,
            onderwerp=row.weekbericht.onderwerp,
            tekst=row.weekbericht.tekst,
        )
    )
