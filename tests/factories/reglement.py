"""Rows of reglement for tests."""

from datetime import timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from kern.tijd import to_local
from reglement.inhoud.vastleggen import head_of
from reglement.models import (
    Aanwezigheid,
    Agendapunt,
    Belangverklaring,
    Besluit,
    Deelname,
    Functie,
    Ondertekening,
    Reglementversie,
    Royement,
    Royementstap,
    Royementstuk,
    Stemming,
    Uitnodiging,
    Vergadering,
)
from tests.factories.kring import DeelnemerFactory, GebruikerFactory
from tests.factories.papier import pdf


def _today():
    return to_local(timezone.now()).date()


def _whole_text(row) -> dict:
    """Return an adopted text of one article, as `reglement.inhoud.vastleggen` keeps it."""
    kop = head_of(
        row.variabelen if isinstance(row.variabelen, dict) else {},
        partijen=(),
        besloten_op=row.besloten_op,
        geldig_vanaf=row.geldig_vanaf,
    )
    leden = [{"nummer": "7.1", "tekst": "Ook invallers kennen dit reglement."}]
    return {
        "aanhef": kop,
        "artikelen": [{"nummer": "7", "titel": "Vervanging", "eigen": True, "leden": leden}],
    }


class ReglementversieFactory(DjangoModelFactory):
    """The rules in force, adopted a year ago."""

    class Meta:
        model = Reglementversie

    nummer = factory.Sequence(lambda n: n + 1)
    status = "vastgesteld"
    sha256 = "ab" * 32
    reden = "Vastgesteld op papier, voor dit programma er was."
    besloten_op = factory.LazyFunction(lambda: _today() - timedelta(days=365))
    geldig_vanaf = factory.SelfAttribute("besloten_op")
    verwerkt_op = factory.SelfAttribute("besloten_op")
    variabelen = factory.Dict({})
    inhoud = factory.LazyAttribute(_whole_text)


class ReglementconceptFactory(DjangoModelFactory):
    """A draft in which nothing is filled in yet."""

    class Meta:
        model = Reglementversie


class VergaderingFactory(DjangoModelFactory):
    """A first meeting that was convoked three weeks before and begins now."""

    class Meta:
        model = Vergadering

    titel = factory.Sequence(lambda n: f"Vergadering {n}")
    begint_op = factory.LazyFunction(timezone.now)
    plaats = "De Vergulde Kies, Utrecht"
    status = "opgeroepen"
    opgeroepen_op = factory.LazyAttribute(lambda row: row.begint_op - timedelta(days=21))


class AgendapuntFactory(DjangoModelFactory):
    class Meta:
        model = Agendapunt

    vergadering = factory.SubFactory(VergaderingFactory, kring=factory.SelfAttribute("..kring"))
    volgorde = factory.Sequence(lambda n: n + 1)
    titel = "Een tweede achterwacht in de zomer"
    besluitsoort = "niet_voorzien"


class UitnodigingFactory(DjangoModelFactory):
    class Meta:
        model = Uitnodiging

    vergadering = factory.SubFactory(VergaderingFactory, kring=factory.SelfAttribute("..kring"))
    deelnemer = factory.SubFactory(DeelnemerFactory, kring=factory.SelfAttribute("..kring"))
    verzonden_op = factory.SelfAttribute("vergadering.opgeroepen_op")


class StemmingFactory(DjangoModelFactory):
    class Meta:
        model = Stemming

    agendapunt = factory.SubFactory(AgendapuntFactory, kring=factory.SelfAttribute("..kring"))
    vraag = "Komt er in juli en augustus een tweede achterwacht?"
    regel = "gewoon"
    geopend_op = factory.LazyFunction(timezone.now)
    geopend_door = factory.SubFactory(GebruikerFactory)


class BesluitFactory(DjangoModelFactory):
    class Meta:
        model = Besluit

    nummer = factory.Sequence(lambda n: n + 1)
    agendapunt = factory.SubFactory(AgendapuntFactory, kring=factory.SelfAttribute("..kring"))
    besluitsoort = factory.SelfAttribute("agendapunt.besluitsoort")
    uitkomst = "aangenomen"
    genomen_op = factory.LazyFunction(_today)
    tekst = "In juli en augustus is er een tweede achterwacht."
    sha256 = "cd" * 32


class DeelnameFactory(DjangoModelFactory):
    class Meta:
        model = Deelname

    deelnemer = factory.SubFactory(DeelnemerFactory, kring=factory.SelfAttribute("..kring"))
    status = "lid"
    vanaf = factory.LazyFunction(lambda: _today() - timedelta(days=365))


class FunctieFactory(DjangoModelFactory):
    """A coördinator halfway a term of four years."""

    class Meta:
        model = Functie

    soort = "coordinator"
    gebruiker = factory.SubFactory(GebruikerFactory)
    vanaf = factory.LazyFunction(lambda: _today() - timedelta(days=2 * 365))
    laatste_dag = factory.LazyFunction(lambda: _today() + timedelta(days=2 * 365))


class RoyementFactory(DjangoModelFactory):
    """A procedure of which the facts were established yesterday."""

    class Meta:
        model = Royement
        skip_postgeneration_save = True

    nummer = factory.Sequence(lambda n: n + 1)
    deelnemer = factory.SubFactory(DeelnemerFactory, kring=factory.SelfAttribute("..kring"))
    grond = "afspraken"

    @factory.post_generation
    def stap(self, create, extracted, **kwargs):
        if create and extracted is not False:
            RoyementstapFactory(kring=self.kring, royement=self, **kwargs)


class RoyementstapFactory(DjangoModelFactory):
    class Meta:
        model = Royementstap

    royement = factory.SubFactory(
        RoyementFactory, kring=factory.SelfAttribute("..kring"), stap=False
    )
    volgnummer = factory.LazyAttribute(lambda row: row.royement.stappen.count() + 1)
    soort = "vaststellen"
    op = factory.LazyFunction(lambda: _today() - timedelta(days=1))
    gegevens = factory.LazyAttribute(
        lambda row: {"feiten": True} if row.soort == "vaststellen" else {}
    )
    tekst = "Drie diensten achtereen was niemand bereikbaar."
    voorwaarden = "Elke dienst is er iemand."


class RoyementstukFactory(DjangoModelFactory):
    class Meta:
        model = Royementstuk

    royement = factory.SubFactory(RoyementFactory, kring=factory.SelfAttribute("..kring"))
    nummer = factory.Sequence(lambda n: n + 1)
    naam = "overzicht.pdf"
    omschrijving = "De drie gemiste diensten"
    inhoud = factory.LazyFunction(pdf)
    grootte = factory.LazyAttribute(lambda row: len(row.inhoud))
    sha256 = factory.Sequence(lambda n: f"{n:064x}")
    door = factory.SubFactory(GebruikerFactory)


class AanwezigheidFactory(DjangoModelFactory):
    class Meta:
        model = Aanwezigheid

    vergadering = factory.SubFactory(VergaderingFactory, kring=factory.SelfAttribute("..kring"))
    deelnemer = factory.SubFactory(DeelnemerFactory, kring=factory.SelfAttribute("..kring"))
    gebruiker = factory.SubFactory(GebruikerFactory)
    soort = "binnen"
    op = factory.LazyFunction(timezone.now)
    genoteerd_door = factory.SelfAttribute("gebruiker")


class OndertekeningFactory(DjangoModelFactory):
    class Meta:
        model = Ondertekening

    praktijk = factory.SelfAttribute("deelnemer.naam")
    naam = factory.SelfAttribute("gebruiker.naam")
    sha256 = factory.SelfAttribute("versie.sha256")
    getekend_op = factory.LazyFunction(timezone.now)


class BelangverklaringFactory(DjangoModelFactory):
    class Meta:
        model = Belangverklaring

    toelichting = "Broer"
    op = factory.LazyFunction(timezone.now)
