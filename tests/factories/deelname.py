"""Rows about taking part and safety for tests."""

from datetime import timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from kern.tijd import to_local
from reglement.models import (
    Einde,
    Gebiedswijziging,
    Incident,
    Incidentstap,
    Toelating,
    Toelatingstandarts,
    Veiligheidsblad,
    Vergoeding,
)
from tests.factories.kring import DeelnemerFactory, GebruikerFactory


def _today():
    return to_local(timezone.now()).date()


class ToelatingFactory(DjangoModelFactory):
    """An application of last week in which nothing was declared yet."""

    class Meta:
        model = Toelating

    naam = factory.Sequence(lambda n: f"Nieuwe praktijk {n}")
    adres = "Maliebaan 1"
    postcode = "3511 AA"
    plaats = "Utrecht"
    telefoon = "+31302345678"
    email = "balie@nieuw.example"
    vertegenwoordiger = "V. Nieuw"
    aangevraagd_op = factory.LazyFunction(lambda: _today() - timedelta(days=7))
    gewenst_op = factory.LazyFunction(lambda: _today() + timedelta(days=30))


class ToelatingstandartsFactory(DjangoModelFactory):
    class Meta:
        model = Toelatingstandarts

    toelating = factory.SubFactory(ToelatingFactory, kring=factory.SelfAttribute("..kring"))
    naam = factory.Sequence(lambda n: f"N. Nieuw {n}")
    big_nummer = factory.Sequence(lambda n: f"290123{n:05}")
    telefoon = "+31612345678"


class EindeFactory(DjangoModelFactory):
    """A resignation of today with three months, without its line in the register."""

    class Meta:
        model = Einde

    deelnemer = factory.SubFactory(DeelnemerFactory, kring=factory.SelfAttribute("..kring"))
    grond = "opzegging"
    gemeld_op = factory.LazyFunction(_today)
    maanden = 3
    volgens_regel = factory.LazyFunction(lambda: _today() + timedelta(days=91))
    laatste_dag = factory.SelfAttribute("volgens_regel")
    waarom = "Drie maanden na de opzegging."
    vastgelegd_door = factory.SubFactory(GebruikerFactory)


class VergoedingFactory(DjangoModelFactory):
    class Meta:
        model = Vergoeding

    deelnemer = factory.SubFactory(DeelnemerFactory, kring=factory.SelfAttribute("..kring"))
    jaar = 2026
    vanaf = factory.LazyFunction(_today)
    bedrag_centen = 25000
    diensten = 7
    totaal_centen = 175000
    voorlopig = False
    waarom = "7 × € 250,00 = € 1750,00."
    vastgesteld_op = factory.LazyFunction(timezone.now)
    vastgesteld_door = factory.SubFactory(GebruikerFactory)


class GebiedswijzigingFactory(DjangoModelFactory):
    class Meta:
        model = Gebiedswijziging

    postcodes = factory.LazyFunction(lambda: ["3511", "3512"])
    gemeenten = factory.LazyFunction(lambda: ["Utrecht"])
    toelichting = "De binnenstad hoort erbij."
    ingediend_door = factory.SubFactory(GebruikerFactory)


class VeiligheidsbladFactory(DjangoModelFactory):
    class Meta:
        model = Veiligheidsblad

    deelnemer = factory.SubFactory(DeelnemerFactory, kring=factory.SelfAttribute("..kring"))
    tweede_persoon = "altijd"
    wie = "de assistent van dienst"
    uitgangen = "Achter de balie is een deur naar de tuin."
    nagekeken_op = factory.LazyFunction(_today)
    nagekeken_door = factory.SubFactory(GebruikerFactory)


class IncidentFactory(DjangoModelFactory):
    class Meta:
        model = Incident

    soort = "bedreiging"
    gebeurd_op = factory.LazyFunction(lambda: timezone.now() - timedelta(days=1))
    deelnemer = factory.SubFactory(DeelnemerFactory, kring=factory.SelfAttribute("..kring"))
    tekst = "De begeleider werd boos aan de balie."
    alleen = False
    politie = False
    gemeld_door = factory.SubFactory(GebruikerFactory)


class IncidentstapFactory(DjangoModelFactory):
    class Meta:
        model = Incidentstap

    incident = factory.SubFactory(IncidentFactory, kring=factory.SelfAttribute("..kring"))
    tekst = "Besproken met de praktijk."
    gedaan_op = factory.LazyFunction(timezone.now)
    gedaan_door = factory.SubFactory(GebruikerFactory)
