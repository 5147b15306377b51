"""Rows of triage for tests."""

from datetime import timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from tests.factories.kring import EigenTandartsFactory, GebruikerFactory, TandartsFactory
from triage.lezing import settings_record
from triage.models import (
    Agressiestap,
    Contactpoging,
    Oproep,
    Patient,
    Protocolversie,
    Tandartsbericht,
    Tandartsbesluit,
    Vergissing,
    Verwijsadres,
)
from triage.protocol import STANDAARD, STANDAARD_REGELSET


class PatientFactory(DjangoModelFactory):
    class Meta:
        model = Patient

    naam = factory.Sequence(lambda n: f"Patiënt {n}")
    geboortedatum = "1984-05-17"
    adres = "Lindelaan 12"
    postcode = "3512 BB"
    woonplaats = "Utrecht"
    telefoon = "+31612345678"
    bsn = "111222333"
    heeft_eigen_tandarts = "ja"
    eigen_tandarts = factory.SubFactory(
        EigenTandartsFactory, kring=factory.SelfAttribute("..kring")
    )


class OproepFactory(DjangoModelFactory):
    class Meta:
        model = Oproep

    nummer = factory.Sequence(lambda n: n + 1)
    patient = factory.SubFactory(PatientFactory, kring=factory.SelfAttribute("..kring"))
    aangenomen_door = factory.SubFactory(GebruikerFactory)
    telefoon_beller = "+31612345678"


class ContactpogingFactory(DjangoModelFactory):
    class Meta:
        model = Contactpoging

    oproep = factory.SubFactory(OproepFactory, kring=factory.SelfAttribute("..kring"))
    tandarts = factory.SubFactory(TandartsFactory, kring=factory.SelfAttribute("..kring"))
    rol = "dienstdoende"
    resultaat = "niet_bereikt"
    door = factory.SubFactory(GebruikerFactory)


class VergissingFactory(DjangoModelFactory):
    class Meta:
        model = Vergissing

    poging = factory.SubFactory(ContactpogingFactory, kring=factory.SelfAttribute("..kring"))
    reden = "Verkeerde knop."
    door = factory.SubFactory(GebruikerFactory)


class TandartsbesluitFactory(DjangoModelFactory):
    class Meta:
        model = Tandartsbesluit

    oproep = factory.SubFactory(OproepFactory, kring=factory.SelfAttribute("..kring"))
    tandarts = factory.SubFactory(TandartsFactory, kring=factory.SelfAttribute("..kring"))
    rol = "dienstdoende"
    besluit = "instructie"
    verschil = "gelijk"
    door = factory.SubFactory(GebruikerFactory)


class TandartsberichtFactory(DjangoModelFactory):
    class Meta:
        model = Tandartsbericht

    oproep = factory.SubFactory(OproepFactory, kring=factory.SelfAttribute("..kring"))
    tandarts = factory.SubFactory(TandartsFactory, kring=factory.SelfAttribute("..kring"))
    rol = "dienstdoende"
    verloopt_op = factory.LazyFunction(lambda: timezone.now() + timedelta(hours=4))


class ProtocolversieFactory(DjangoModelFactory):
    """A concept with the shipped settings; the next steps are those of `triage.actions`."""

    class Meta:
        model = Protocolversie

    nummer = factory.Sequence(lambda n: n + 1)
    regelset = STANDAARD_REGELSET.id
    instellingen = factory.LazyFunction(lambda: settings_record(STANDAARD))
    gemaakt_door = factory.SubFactory(GebruikerFactory)
    makers = factory.LazyAttribute(lambda versie: [versie.gemaakt_door.pk])


class AgressiestapFactory(DjangoModelFactory):
    class Meta:
        model = Agressiestap

    oproep = factory.SubFactory(OproepFactory, kring=factory.SelfAttribute("..kring"))
    stap = "kalmeren"
    door = factory.SubFactory(GebruikerFactory)


class VerwijsadresFactory(DjangoModelFactory):
    class Meta:
        model = Verwijsadres

    soort = "eerstehulp"
    naam = factory.Sequence(lambda n: f"Ziekenhuis {n}")
    telefoon = "+31302345670"
    adres = "Ziekenhuislaan 1, Utrecht"
