"""Rows of the coördinator's duties for tests."""

from datetime import timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from kern import outbox
from kern.tijd import to_local
from reglement.models import (
    Geschil,
    Geschilpartij,
    Geschilstap,
    Rondbezorging,
    Rondschrijven,
    Verplichting,
    Voordracht,
    Wielmelding,
)
from tests.factories.kring import DeelnemerFactory, GebruikerFactory


def _today():
    return to_local(timezone.now()).date()


class VoordrachtFactory(DjangoModelFactory):
    class Meta:
        model = Voordracht

    soort = "coordinator"
    gebruiker = factory.SubFactory(GebruikerFactory)
    vanaf = factory.LazyFunction(lambda: _today() + timedelta(days=30))
    toelichting = "Doet het al een half jaar."


class VerplichtingFactory(DjangoModelFactory):
    """A duty that the kring added itself."""

    class Meta:
        model = Verplichting

    soort = "extra"
    titel = factory.Sequence(lambda n: f"Noodkoffer {n} nakijken")
    ritme = "kwartaal"
    eerste_dag = factory.LazyFunction(lambda: _today() + timedelta(days=10))
    herinner_dagen = 14


class WielmeldingFactory(DjangoModelFactory):
    class Meta:
        model = Wielmelding

    sleutel = "vergadering|2026"
    titel = "Vergadering in 2026"
    gedaan_op = factory.LazyFunction(_today)
    bewijs = "Notulen in de map Vergaderingen."
    genoteerd_door = factory.SubFactory(GebruikerFactory)
    genoteerd_op = factory.LazyFunction(timezone.now)


class GeschilFactory(DjangoModelFactory):
    class Meta:
        model = Geschil

    nummer = factory.Sequence(lambda n: n + 1)
    onderwerp = "Wie betaalt de vervanging?"
    omschrijving = "Wij namen in mei een dienst over en kregen niets terug."
    gemeld_door = factory.SubFactory(GebruikerFactory)
    namens = factory.SubFactory(DeelnemerFactory, kring=factory.SelfAttribute("..kring"))
    gemeld_op = factory.LazyFunction(timezone.now)
    laatste_stap_op = factory.LazyAttribute(lambda row: to_local(row.gemeld_op).date())


class GeschilpartijFactory(DjangoModelFactory):
    class Meta:
        model = Geschilpartij

    geschil = factory.SubFactory(GeschilFactory, kring=factory.SelfAttribute("..kring"))
    deelnemer = factory.SubFactory(DeelnemerFactory, kring=factory.SelfAttribute("..kring"))


class GeschilstapFactory(DjangoModelFactory):
    class Meta:
        model = Geschilstap

    geschil = factory.SubFactory(GeschilFactory, kring=factory.SelfAttribute("..kring"))
    soort = "overleg"
    gedaan_op = factory.LazyFunction(_today)
    tekst = "Beide kanten zijn gehoord."
    genoteerd_door = factory.SubFactory(GebruikerFactory)
    genoteerd_op = factory.LazyFunction(timezone.now)


class RondschrijvenFactory(DjangoModelFactory):
    class Meta:
        model = Rondschrijven

    aan = "stemmend"
    onderwerp = "De zomer"
    tekst = "Denk aan je wensen voor het rooster."
    verzonden_op = factory.LazyFunction(timezone.now)
    verzonden_door = factory.SubFactory(GebruikerFactory)


class RondbezorgingFactory(DjangoModelFactory):
    class Meta:
        model = Rondbezorging

    rondschrijven = factory.SubFactory(RondschrijvenFactory, kring=factory.SelfAttribute("..kring"))
    naam = "An de Vries"
    email = "an@praktijk.example"
    zending = factory.LazyAttribute(
        lambda row: outbox.enqueue_mail(
            kring_id=row.kring.pk,
            sleutel=f"proef|{row.rondschrijven.pk}|{row.email}",
            aan=row.email,
            onderwerp=row.rondschrijven.onderwerp,
            tekst=row.rondschrijven.tekst,
        )
    )
