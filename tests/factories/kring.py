"""Rows of kring for tests."""

from functools import cache

import factory
from django.contrib.auth.hashers import make_password
from factory.django import DjangoModelFactory

from kring.models import Deelnemer, EigenTandarts, Gebruiker, Kring, Lidmaatschap, Tandarts

PASSWORD = "een lang wachtwoord van de test"


@cache
def _password_hash() -> str:
    """Hash once a run: argon2 costs 180 ms on purpose."""
    return make_password(PASSWORD)


class KringFactory(DjangoModelFactory):
    class Meta:
        model = Kring

    slug = factory.Sequence(lambda n: f"kring-{n}")
    naam = factory.Sequence(lambda n: f"Kring {n}")
    spoednummer = "+31302345678"
    plaats = "Utrecht"


class GebruikerFactory(DjangoModelFactory):
    class Meta:
        model = Gebruiker

    email = factory.Sequence(lambda n: f"persoon{n}@voorbeeld.example")
    naam = factory.Sequence(lambda n: f"Persoon {n}")
    password = factory.LazyFunction(_password_hash)


class DeelnemerFactory(DjangoModelFactory):
    class Meta:
        model = Deelnemer

    naam = factory.Sequence(lambda n: f"Praktijk {n}")
    adres = "Dorpsstraat 1"
    postcode = "3511 AA"
    plaats = "Utrecht"
    telefoon = "+31302345679"
    email = factory.Sequence(lambda n: f"praktijk{n}@voorbeeld.example")


class TandartsFactory(DjangoModelFactory):
    class Meta:
        model = Tandarts

    deelnemer = factory.SubFactory(DeelnemerFactory, kring=factory.SelfAttribute("..kring"))
    naam = factory.Sequence(lambda n: f"Tandarts {n}")
    big_nummer = factory.Sequence(lambda n: f"{19000000000 + n}")
    telefoon = factory.Sequence(lambda n: f"+3161{n:07d}")


class EigenTandartsFactory(DjangoModelFactory):
    class Meta:
        model = EigenTandarts

    naam = factory.Sequence(lambda n: f"Eigen tandarts {n}")
    praktijk = factory.Sequence(lambda n: f"Praktijk elders {n}")
    plaats = "Zeist"
    email = factory.Sequence(lambda n: f"eigen{n}@elders.example")
    telefoon = factory.Sequence(lambda n: f"+3162{n:07d}")


class LidmaatschapFactory(DjangoModelFactory):
    class Meta:
        model = Lidmaatschap

    gebruiker = factory.SubFactory(GebruikerFactory)
    rol = "triagemedewerker"
