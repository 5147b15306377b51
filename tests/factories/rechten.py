"""Rows of rechten for tests."""

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from rechten.models import Afgifte, Patientverzoek, Rechteninstelling, Vernietiging
from tests.factories.kring import GebruikerFactory
from tests.factories.triage import PatientFactory
from verslag.models import Verklaring


class VerklaringFactory(DjangoModelFactory):
    """What a patient says about the whole file."""

    class Meta:
        model = Verklaring

    patient = factory.SubFactory(PatientFactory, kring=factory.SelfAttribute("..kring"))
    tekst = "De kies die is getrokken deed geen pijn."
    gegeven_op = "2026-11-03"
    genoteerd_door = factory.SubFactory(GebruikerFactory)


class PatientverzoekFactory(DjangoModelFactory):
    """The patient asked for a copy, showed a passport, and it was granted."""

    class Meta:
        model = Patientverzoek

    patient = factory.SubFactory(PatientFactory, kring=factory.SelfAttribute("..kring"))
    nummer = factory.Sequence(lambda n: n + 1)
    soort = "afschrift"
    ontvangen_op = factory.LazyFunction(lambda: timezone.now().date())
    genoteerd_door = factory.SubFactory(GebruikerFactory)
    aanvrager = "patient"
    aanvrager_naam = "Piet Aanvrager"
    identiteit = "paspoort"
    identiteit_door = factory.SelfAttribute("genoteerd_door")
    identiteit_op = factory.LazyFunction(timezone.now)
    status = "toegewezen"


class AfgifteFactory(DjangoModelFactory):
    class Meta:
        model = Afgifte

    verzoek = factory.SubFactory(PatientverzoekFactory, kring=factory.SelfAttribute("..kring"))
    wijze = "hand"
    uitgereikt_aan = "Piet Aanvrager"
    identiteit = "paspoort"
    door = factory.SubFactory(GebruikerFactory)
    gegeven_op = factory.LazyFunction(timezone.now)


class RechteninstellingFactory(DjangoModelFactory):
    class Meta:
        model = Rechteninstelling


class VernietigingFactory(DjangoModelFactory):
    """Proposed by the house: twenty years are over."""

    class Meta:
        model = Vernietiging

    patient = factory.SubFactory(PatientFactory, kring=factory.SelfAttribute("..kring"))
    patient_nummer = factory.LazyAttribute(lambda row: row.patient.pk)
    grond = "termijn"
    laatste_wijziging = "2006-11-01"
