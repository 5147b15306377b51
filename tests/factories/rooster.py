"""Rows of rooster for tests."""

from datetime import UTC, date, datetime, time, timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from rooster.actions import snapshot
from rooster.models import (
    Akkoord,
    Concept,
    Conceptdienst,
    Conceptplaats,
    Dienst,
    Dienstplaats,
    Dienstsoort,
    Feestdag,
    Inzet,
    Openingstijd,
    Plantaak,
    Reglementtekst,
    Roosterperiode,
    Roosterversie,
    Roosterwijziging,
    Ruilaanbod,
    Ruilverzoek,
    Saldo,
    Vrijstelling,
)
from rooster.versie.rijen import Plek, Roosterrij
from tests.factories.kring import GebruikerFactory, TandartsFactory


class DienstFactory(DjangoModelFactory):
    """A duty around now, with both places filled by dentists of two practices."""

    class Meta:
        model = Dienst
        skip_postgeneration_save = True

    begin = factory.LazyFunction(lambda: timezone.now() - timedelta(hours=1))
    einde = factory.LazyAttribute(lambda dienst: dienst.begin + timedelta(hours=15))

    @factory.post_generation
    def dienstdoende(self, create, extracted, **kwargs):
        _place(self, "dienstdoende", extracted)

    @factory.post_generation
    def achterwacht(self, create, extracted, **kwargs):
        _place(self, "achterwacht", extracted)


def _place(dienst, rol, tandarts):
    Dienstplaats.objects.create(
        kring=dienst.kring,
        dienst=dienst,
        rol=rol,
        tandarts=tandarts or TandartsFactory(kring=dienst.kring),
        begin=dienst.begin,
        einde=dienst.einde,
    )


class RoosterperiodeFactory(DjangoModelFactory):
    """The year 2027, with wishes until October before it."""

    class Meta:
        model = Roosterperiode

    naam = "Rooster 2027"
    eerste_dag = date(2027, 1, 4)
    laatste_dag = date(2028, 1, 2)
    wensen_tot = date(2026, 10, 31)
    akkoord_tot = date(2026, 11, 30)


class DienstsoortFactory(DjangoModelFactory):
    """A night of every workday, also on holidays."""

    class Meta:
        model = Dienstsoort

    naam = "Nacht"
    categorie = "doordeweeks"
    dagen = factory.LazyFunction(lambda: [0, 1, 2, 3, 4])
    begin = time(17)
    einde = time(8)
    geldig_vanaf = date(2024, 1, 1)


class FeestdagFactory(DjangoModelFactory):
    class Meta:
        model = Feestdag

    datum = date(2027, 12, 31)
    naam = "Oudejaarsdag"


class OpeningstijdFactory(DjangoModelFactory):
    class Meta:
        model = Openingstijd

    weekdag = 0
    van = time(8)
    tot = time(17)
    geldig_vanaf = date(2024, 1, 1)


class InzetFactory(DjangoModelFactory):
    """What a dentist works at the own practice."""

    class Meta:
        model = Inzet

    deelnemer = factory.LazyAttribute(lambda row: row.tandarts.deelnemer)
    fte = "0.80"
    geldig_vanaf = date(2024, 1, 1)


class VrijstellingFactory(DjangoModelFactory):
    class Meta:
        model = Vrijstelling

    grond = "zwangerschap"
    toelichting = "Uitgerekend in maart."
    eerste_dag = date(2027, 1, 1)
    laatste_dag = date(2027, 6, 30)
    last = "kring"


class SaldoFactory(DjangoModelFactory):
    class Meta:
        model = Saldo

    periode = factory.SubFactory(RoosterperiodeFactory, kring=factory.SelfAttribute("..kring"))
    categorie = "weekend"
    verschil = "1.25"


class ConceptFactory(DjangoModelFactory):
    """A draft with one duty and a finished run."""

    class Meta:
        model = Concept
        skip_postgeneration_save = True

    periode = factory.SubFactory(RoosterperiodeFactory, kring=factory.SelfAttribute("..kring"))
    naam = "Concept 1"

    @factory.post_generation
    def dienst(self, create, extracted, **kwargs):
        begin = datetime(2027, 1, 4, 16, tzinfo=UTC)
        dienst = Conceptdienst.objects.create(
            kring=self.kring,
            concept=self,
            code="D0000",
            begin=begin,
            einde=begin + timedelta(hours=15),
            eerste_dag=begin.date(),
            laatste_dag=begin.date(),
            categorie="doordeweeks",
        )
        for rol in ("dienstdoende", "achterwacht"):
            Conceptplaats.objects.create(kring=self.kring, dienst=dienst, rol=rol)
        Plantaak.objects.create(kring=self.kring, concept=self, status="klaar", instantie={})


class RoosterversieFactory(DjangoModelFactory):
    """A proposal of one duty of the year 2029, for which `tandarts` is dienstdoende."""

    class Meta:
        model = Roosterversie

    class Params:
        tandarts = None

    periode = factory.SubFactory(
        RoosterperiodeFactory,
        kring=factory.SelfAttribute("..kring"),
        naam="Rooster 2029",
        eerste_dag=date(2029, 1, 1),
        laatste_dag=date(2029, 12, 30),
        status="akkoord",
    )
    nummer = 1
    inhoud = factory.LazyAttribute(lambda row: [_version_row(row.tandarts)])
    reageren_tot = date(2028, 11, 30)
    voorgelegd_op = factory.LazyFunction(timezone.now)


def _version_row(tandarts) -> dict:
    begin = datetime(2029, 1, 4, 16, tzinfo=UTC)
    plek = Plek(
        str(tandarts.pk), tandarts.naam, str(tandarts.deelnemer_id), tandarts.deelnemer.naam
    )
    einde = begin + timedelta(hours=15)
    return Roosterrij(begin, einde, "doordeweeks", {"dienstdoende": plek}).as_record()


class AkkoordFactory(DjangoModelFactory):
    class Meta:
        model = Akkoord

    akkoord = False
    opmerking = "Te veel weekenden."
    gegeven_op = factory.LazyFunction(timezone.now)


class RoosterwijzigingFactory(DjangoModelFactory):
    """The duty was planned."""

    class Meta:
        model = Roosterwijziging

    class Params:
        dienst = None

    dienst_nummer = factory.LazyAttribute(lambda row: row.dienst.pk)
    soort = "gepland"
    reden = "Rooster van dit jaar"
    na = factory.LazyAttribute(lambda row: snapshot(row.dienst))
    gedaan_op = factory.LazyFunction(timezone.now)


class ReglementtekstFactory(DjangoModelFactory):
    class Meta:
        model = Reglementtekst

    nummer = 1
    tekst = "Kom op tijd."
    vastgelegd_op = factory.LazyFunction(timezone.now)
    vastgelegd_door = factory.SubFactory(GebruikerFactory)


class RuilverzoekFactory(DjangoModelFactory):
    """The dienstdoende wants to give this duty away."""

    class Meta:
        model = Ruilverzoek

    rol = "dienstdoende"
    soort = "overname"
    tandarts = factory.LazyAttribute(
        lambda row: row.dienst.plaatsen.select_related("tandarts").get(rol=row.rol).tandarts
    )
    deelnemer = factory.LazyAttribute(lambda row: row.tandarts.deelnemer)
    toelichting = "Bruiloft"
    gevraagd_op = factory.LazyFunction(timezone.now)
    uiterlijk_op = factory.LazyAttribute(lambda row: row.dienst.einde)


class RuilaanbodFactory(DjangoModelFactory):
    """A colleague who was asked and has not answered."""

    class Meta:
        model = Ruilaanbod

    deelnemer = factory.LazyAttribute(lambda row: row.tandarts.deelnemer)
    volgorde = 1
    tekort = 2
    status = "gevraagd"
    gevraagd_op = factory.LazyFunction(timezone.now)
