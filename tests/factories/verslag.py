"""Rows of verslag for tests."""

import hashlib
import io
from datetime import date
from functools import cache

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory
from PIL import Image

from tests.factories.kring import GebruikerFactory, TandartsFactory
from tests.factories.triage import OproepFactory, PatientFactory
from tests.kern import papieren
from verslag.models import (
    Bijlage,
    Certificaat,
    Overhandiging,
    Passantendossier,
    Samenvoeging,
    Tariefcode,
    Tekstblok,
    Verslag,
    Vervolgactie,
)


class TekstblokFactory(DjangoModelFactory):
    class Meta:
        model = Tekstblok

    veld = "behandeling"
    naam = factory.Sequence(lambda n: f"Na extractie {n}")
    tekst = "Advies: niet spoelen vandaag."


class TariefcodeFactory(DjangoModelFactory):
    class Meta:
        model = Tariefcode

    code = "C002"
    omschrijving = "Probleemgericht consult"
    tarief_cent = 2701
    geldig_vanaf = date(2024, 1, 1)


class VerslagFactory(DjangoModelFactory):
    class Meta:
        model = Verslag

    oproep = factory.SubFactory(OproepFactory, kring=factory.SelfAttribute("..kring"))
    auteur = factory.SubFactory(TandartsFactory, kring=factory.SelfAttribute("..kring"))
    dossier = factory.LazyAttribute(
        lambda verslag: Passantendossier.objects.get_or_create(
            kring=verslag.kring, patient=verslag.oproep.patient
        )[0]
    )
    spoedklacht = "Voortand uit de mond na een val."
    bevindingen = "Element 11 geavulseerd, alveole intact."
    diagnose = "Avulsie 11."
    behandeling = "Teruggeplaatst en gespalkt."


class VervolgactieFactory(DjangoModelFactory):
    """What still has to happen after a signed report (`versie`)."""

    class Meta:
        model = Vervolgactie

    verslag = factory.LazyAttribute(lambda row: row.versie.verslag)
    tandarts = factory.LazyAttribute(lambda row: row.verslag.auteur)
    wat = "Start wortelkanaalbehandeling 11."
    termijn = "binnen 10 dagen"
    toelichting = "Patiënt belt zelf."
    overgenomen_van = None


class SamenvoegingFactory(DjangoModelFactory):
    """A second row of the same person, joined to `blijft`."""

    class Meta:
        model = Samenvoeging

    blijft = factory.SubFactory(PatientFactory, kring=factory.SelfAttribute("..kring"))
    vervallen = factory.SubFactory(
        PatientFactory,
        kring=factory.SelfAttribute("..kring"),
        opgegaan_in=factory.SelfAttribute("..blijft"),
    )
    reden = "Zelfde BSN."
    ongedaan_reden = ""
    gedaan_op = factory.LazyFunction(timezone.now)


@cache
def _photo(width: int, height: int) -> bytes:
    out = io.BytesIO()
    Image.linear_gradient("L").resize((width, height)).save(out, "JPEG")
    return out.getvalue()


class BijlageFactory(DjangoModelFactory):
    """A small photo, as it is kept."""

    class Meta:
        model = Bijlage

    verslag = factory.SubFactory(VerslagFactory, kring=factory.SelfAttribute("..kring"))
    nummer = factory.Sequence(lambda n: n + 1)
    naam = "IMG_0001.jpg"
    omschrijving = "Element 11 na terugplaatsen"
    mimetype = "image/jpeg"
    inhoud = factory.LazyFunction(lambda: _photo(64, 48))
    miniatuur = factory.LazyFunction(lambda: _photo(16, 12))
    grootte = factory.LazyAttribute(lambda bijlage: len(bijlage.inhoud))
    sha256 = factory.LazyAttribute(lambda bijlage: hashlib.sha256(bijlage.inhoud).hexdigest())
    scan = Bijlage.Scan.GEEN


class CertificaatFactory(DjangoModelFactory):
    """A real certificate, of somebody else's address."""

    class Meta:
        model = Certificaat

    pem = factory.LazyFunction(lambda: papieren.pem(papieren.make("a@ander.example")).decode())
    vingerafdruk = "ab" * 32
    geldig_van = factory.LazyFunction(timezone.now)
    geldig_tot = factory.LazyFunction(timezone.now)
    nagevraagd = "telefoon"
    door = factory.SubFactory(GebruikerFactory)


class OverhandigingFactory(DjangoModelFactory):
    class Meta:
        model = Overhandiging

    aan = "Mw. De Wit"
    toelichting = "Aan de balie"
    vastgesteld = "bekend"
    gedaan_op = factory.LazyFunction(timezone.now)
    door = factory.SubFactory(GebruikerFactory)
