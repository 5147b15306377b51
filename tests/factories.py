"""Rows for tests. They need a kring context; the `kring` fixtures open one."""

import hashlib
import io
from datetime import UTC, date, datetime, time, timedelta
from functools import cache

import factory
from django.contrib.auth.hashers import make_password
from django.utils import timezone
from factory.django import DjangoModelFactory
from PIL import Image

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
from kring.models import Deelnemer, EigenTandarts, Gebruiker, Kring, Lidmaatschap, Tandarts
from rechten.models import Afgifte, Patientverzoek, Rechteninstelling, Vernietiging
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
from tests.kern import papieren
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
from verslag.models import (
    Bijlage,
    Certificaat,
    Overhandiging,
    Passantendossier,
    Samenvoeging,
    Tariefcode,
    Tekstblok,
    Verklaring,
    Verslag,
    Vervolgactie,
)

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


class VerklaringFactory(DjangoModelFactory):
    """What a patient says about the whole file."""

    class Meta:
        model = Verklaring

    patient = factory.SubFactory(PatientFactory, kring=factory.SelfAttribute("..kring"))
    tekst = "De kies die is getrokken deed geen pijn."
    gegeven_op = "2026-11-03"
    genoteerd_door = factory.SubFactory(GebruikerFactory)


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
