"""Rows of a running meeting for tests: steps, documents, minutes."""

import hashlib
from datetime import timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from kern.tijd import to_local
from reglement.models import Notulen, Notulenakkoord, Stuk, Vergaderstap
from tests.factories.kring import DeelnemerFactory
from tests.factories.papier import pdf
from tests.factories.reglement import VergaderingFactory

_SAME = factory.SelfAttribute("..kring")


class VergaderstapFactory(DjangoModelFactory):
    class Meta:
        model = Vergaderstap

    vergadering = factory.SubFactory(VergaderingFactory, kring=_SAME)
    nummer = factory.Sequence(lambda n: n + 1000)
    soort = "geopend"
    op = factory.LazyFunction(timezone.now)


class StukFactory(DjangoModelFactory):
    class Meta:
        model = Stuk

    vergadering = factory.SubFactory(VergaderingFactory, kring=_SAME)
    nummer = factory.Sequence(lambda n: n + 1)
    naam = "begroting.pdf"
    omschrijving = "Begroting"
    grootte = 20
    inhoud = factory.LazyFunction(pdf)
    sha256 = factory.LazyAttribute(lambda row: hashlib.sha256(row.inhoud).hexdigest())


class NotulenFactory(DjangoModelFactory):
    """Minutes that lie with those who were there."""

    class Meta:
        model = Notulen

    vergadering = factory.SubFactory(VergaderingFactory, kring=_SAME)
    status = "voorgelegd"
    tekst = "Er is van alles besproken."
    ronde = 1
    reageren_tot = factory.LazyFunction(lambda: to_local(timezone.now()).date() + timedelta(days=7))


class NotulenakkoordFactory(DjangoModelFactory):
    class Meta:
        model = Notulenakkoord

    notulen = factory.SubFactory(NotulenFactory, kring=_SAME)
    deelnemer = factory.SubFactory(DeelnemerFactory, kring=_SAME)
    ronde = 1
    akkoord = False
    opmerking = "Ik was er tot het eind."
    op = factory.LazyFunction(timezone.now)
