"""Canaries: a value of its own in every text field of every row of a kring (S03, S08).

Whatever page shows it, a canary tells which kring and which field it came from. The fields are
found by walking the models, so a new field cannot be forgotten: `missing` names it. A new model
needs a row in `objects_of` (tests/huis/objecten.py) or in `_extra_rows`, or a reason in `ZONDER`.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import count

from django.apps import apps
from django.db import models
from django.db.models.functions import Now
from factory.django import DjangoModelFactory
from stdnum.nl import bsn as stdnum_bsn

from kern import velden
from kern.actor import Actor
from kern.checks import tenant_models
from kern.models import Bezorgpoging, Logregel
from kern.tenancy import kring_context
from kring.models import Adreswijziging, EigenTandarts
from toezicht.models import Beoordeling, Signaal
from verslag.actions import sign_verslag
from verslag.models import Overdracht, Verslag, Verslagversie

NO_TEXT = (
    models.BooleanField,
    models.IntegerField,
    models.DecimalField,
    models.TimeField,
    models.AutoField,
    models.DateTimeField,
    models.DurationField,
    models.UUIDField,
)

ZONDER = {
    "kring.Gebruiker.password": "argon2 hash; staat op geen pagina",
    "kring.Kring.slug": "openbaar: staat in elk adres",
    "kring.Kring.naam": "openbaar (§3.1.1)",
    "kring.Kring.plaats": "openbaar (§3.1.1)",
    "kring.Kring.spoednummer": "openbaar (§3.1.1)",
    "kring.Adreswijziging.voor": "velden van een eigen tandarts, die al een kanarie hebben",
    "kring.Adreswijziging.na": "velden van een eigen tandarts, die al een kanarie hebben",
    "kern.Logregel.gebeurtenis": "naam van een gebeurtenis uit de code",
    "kern.Logregel.rollen": "namen van rollen uit de code",
    "kern.Logregel.doel": "keuze uit de code",
    "kern.Logregel.toegangstabel": "hash van de toegangstabel, voor elke kring gelijk",
    "kern.Logregel.vorige_hash": "hash",
    "kern.Logregel.hash": "hash",
    "kern.Logkop.hash": "hash, alleen door de trigger geschreven",
    "kern.Logbegin.hash": "hash, alleen door kern_ruim_logboek geschreven",
    "kern.Zending.inhoud": "verzegeld; de spin maakt elk bericht open",
    "kern.Zending.sha256": "hash",
    "kern.Zending.bericht_id": "willekeurig nummer van de mail",
    "reglement.Royementstap.op": "dag van de kalender",
    "reglement.Royementstap.gegevens": "aantallen, dagen en keuzes",
    "reglement.Royementstuk.sha256": "hash",
    "reglement.Royementstuk.inhoud": "het bestand zelf; de matrix bewaakt zijn deur",
    "rechten.Afgifte.sha256": "hash",
    "reglement.Agendapunt.besluitsoort": "code uit reglement.besluitvorming",
    "reglement.Besluit.besluitsoort": "code uit reglement.besluitvorming",
    "reglement.Besluit.bundel": "kopie van stemming en vergadering, met hun kanaries",
    "reglement.Besluit.genomen_op": "dag van de kalender, over niemand",
    "reglement.Besluit.sha256": "hash",
    "reglement.Doorslagstem.functie": "naam van een functie uit de code",
    "reglement.Reglementversie.variabelen": "wat de kring invult; elk lid leest het",
    "reglement.Reglementversie.inhoud": "wat is vastgesteld; elk lid leest het",
    "reglement.Reglementversie.teksten": "tekst van het reglement; elk lid leest het",
    "reglement.Besluit.tekst": "de tekst van het voorstel, met zijn kanarie",
    "reglement.Ondertekening.sha256": "hash",
    "reglement.Reglementversie.sha256": "hash",
    "reglement.Reglementversie.besloten_op": "dag van de kalender, over niemand",
    "reglement.Reglementversie.geldig_vanaf": "dag van de kalender, over niemand",
    "reglement.Reglementversie.verwerkt_op": "dag van de kalender, over niemand",
    "reglement.Reglementversie.lezing": "keuzes uit reglement.lezing",
    "reglement.Stembus.inhoud": "telling van een geheime stemming; staat op geen pagina",
    "reglement.Stemming.opgave": "kopie van praktijken en personen, met hun kanaries",
    "reglement.Stemming.uitslag": "getallen en zinnen uit de code",
    "rechten.Afgifte.versies": "nummers van rijen",
    "rechten.Patientverzoek.bestand_sha256": "hash",
    "rechten.Patientverzoek.bestand_versies": "nummers van rijen",
    "rechten.Vernietiging.aantallen": "aantallen rijen per tabel",
    "reglement.Notulen.reageren_tot": "dag van de kalender, over niemand",
    "reglement.Notulen.sha256": "hash",
    "reglement.Stuk.inhoud": "het bestand zelf; de matrix bewaakt zijn deur",
    "reglement.Stuk.sha256": "hash",
    "reglement.Functie.vanaf": "dag van de kalender, over de functie en niet over de persoon",
    "reglement.Functie.laatste_dag": "dag van de kalender, over de functie",
    "reglement.Functie.beeindigd_op": "dag van de kalender, over de functie",
    "reglement.Voordracht.vanaf": "dag van de kalender, over de functie",
    "reglement.Verplichting.eerste_dag": "dag van de kalender, over niemand",
    "reglement.Wielmelding.sleutel": "naam van een beurt: soort, nummer van een rij, dag",
    "reglement.Wielmelding.gedaan_op": "dag van de kalender, over niemand",
    "reglement.Geschil.laatste_stap_op": "dag van de kalender; zie test_geschillen.py",
    "reglement.Geschilstap.gedaan_op": "dag van de kalender; zie test_geschillen.py",
    "reglement.Deelname.vanaf": "dag van de kalender, over een praktijk",
    "reglement.Deelname.tot": "dag van de kalender, over een praktijk",
    "reglement.Toelating.aangevraagd_op": "dag van de kalender, over een praktijk",
    "reglement.Toelating.gewenst_op": "dag van de kalender, over een praktijk",
    "reglement.Toelating.afgerond_op": "dag van de kalender, over een praktijk",
    "reglement.Toelatingstandarts.bron": "naam van een adapter uit de code",
    "reglement.Einde.gemeld_op": "dag van de kalender, over een praktijk",
    "reglement.Einde.gevraagd": "dag van de kalender, over een praktijk",
    "reglement.Einde.volgens_regel": "dag van de kalender, over een praktijk",
    "reglement.Einde.laatste_dag": "dag van de kalender, over een praktijk",
    "reglement.Einde.ingetrokken_op": "dag van de kalender, over een praktijk",
    "reglement.Vergoeding.vanaf": "dag van de kalender, over een praktijk",
    "reglement.Vergoeding.berekening": "getallen en dagen",
    "reglement.Gebiedswijziging.postcodes": "waar de kring ligt is openbaar",
    "reglement.Gebiedswijziging.gemeenten": "waar de kring ligt is openbaar",
    "reglement.Gebiedswijziging.afgerond_op": "dag van de kalender, over niemand",
    "reglement.Veiligheidsblad.nagekeken_op": "dag van de kalender, over een praktijk",
    "rooster.Concept.afwijking": "regels en nummers van rijen, geen vrije tekst",
    "rooster.Concept.bewijs": "nummers van rijen en getallen, zonder namen",
    "rooster.Conceptdienst.code": "volgnummer in het concept",
    "rooster.Conceptdienst.eerste_dag": "dag van de kalender, over niemand",
    "rooster.Conceptdienst.laatste_dag": "dag van de kalender, over niemand",
    "rooster.Plantaak.instantie": "nummers van rijen en getallen, zonder namen",
    "rooster.Plantaak.fase": "zin uit de code",
    "rooster.Plantaak.beste": "nummers van rijen, zonder namen",
    "rooster.Dienstsoort.dagen": "dagen van de week",
    "rooster.Dienstsoort.geldig_vanaf": "dag van de kalender, over niemand",
    "rooster.Dienstsoort.geldig_tot": "dag van de kalender, over niemand",
    "rooster.Feestdag.datum": "dag van de kalender, over niemand",
    "rooster.Gebied.postcodes": "cijfers van postcodes: waar de kring ligt is openbaar",
    "rooster.Inzet.geldig_vanaf": "dag van de kalender; de inzet zelf is een getal",
    "rooster.Inzet.geldig_tot": "dag van de kalender; de inzet zelf is een getal",
    "rooster.Openingstijd.geldig_vanaf": "dag van de kalender, over niemand",
    "rooster.Openingstijd.geldig_tot": "dag van de kalender, over niemand",
    "rooster.Roosterperiode.eerste_dag": "dag van de kalender, over niemand",
    "rooster.Roosterperiode.laatste_dag": "dag van de kalender, over niemand",
    "rooster.Roosterperiode.wensen_tot": "dag van de kalender, over niemand",
    "rooster.Roosterperiode.akkoord_tot": "dag van de kalender, over niemand",
    "rooster.Wens.dag": "dag van de periode; wie hem ziet: test_wensen_views.py",
    "rooster.Roosterversie.inhoud": "namen en praktijken, zoals ze al een kanarie hebben",
    "rooster.Roosterversie.reageren_tot": "dag van de kalender, over niemand",
    "rooster.Roosterwijziging.voor": "namen en praktijken, zoals ze al een kanarie hebben",
    "rooster.Roosterwijziging.na": "namen en praktijken, zoals ze al een kanarie hebben",
    "oefening.Oefenpoging.casus": "sleutel van een meegeleverde casus",
    "oefening.Oefenpoging.tabel": "code van het protocol",
    "oefening.Oefenpoging.feiten": "verzonnen casus uit een meegeleverde tabel",
    "oefening.Oefenpoging.klachten": "codes van het protocol",
    "oefening.Oefenpoging.gevraagd": "codes van het protocol",
    "oefening.Oefenpoging.keuze": "codes van het protocol en een getal",
    "oefening.Oefenpoging.uitslag": "codes en punten",
    "rooster.Bigcontrole.bron": "naam van een adapter uit de code",
    "triage.Oproep.antwoorden": "keuzes uit het protocol, geen vrije tekst",
    "triage.Oproep.niet_gevraagd": "namen van vragen uit een vaste lijst",
    "triage.Oproep.uitkomst": "zinnen van het protocol, geen vrije tekst",
    "triage.Oproep.afsluitcontroles": "ja of nee per controle",
    "triage.Oproep.urgentie": "code van het protocol",
    "triage.Protocolversie.instellingen": "keuzes uit een lijst en getallen",
    "triage.Protocolversie.lokale_regels": "nummers van lokale regels uit de code",
    "triage.Protocolversie.regelset": "naam van een regelset uit de code",
    "triage.Protocolversie.makers": "nummers van gebruikers",
    "triage.Oproep.formulier": "willekeurig nummer van een formulier",
    "triage.Contactpoging.formulier": "willekeurig nummer van een formulier",
    "triage.Tandartsbericht.formulier": "willekeurig nummer van een formulier",
    "triage.Tandartsbesluit.moet_gezien": "code van het protocol",
    "triage.Patient.bsn_index": "blinde index van het BSN",
    "triage.Patient.zoek_achternaam": "volgt de naam, staat op geen pagina",
    "triage.Patient.zoek_achternaam_om": "volgt de naam, staat op geen pagina",
    "triage.Patient.zoek_dubbel": "volgt de naam, staat op geen pagina",
    "triage.Patient.zoek_voornaam": "volgt de naam, staat op geen pagina",
    "toezicht.Signaal.versie": "versie van de regels, uit de code",
    "toezicht.Signaal.regels": "nummers van logregels",
    "verslag.Briefhoofd.logo": "een plaatje van de kring, over niemand",
    "verslag.Bijlage.mimetype": "soort uit een vaste lijst",
    "verslag.Bijlage.sha256": "hash",
    "verslag.Bijlage.inhoud": "het bestand zelf; de matrix bewaakt zijn deur",
    "verslag.Bijlage.miniatuur": "het bestand zelf, klein",
    "verslag.Verklaring.gegeven_op": "dag van de kalender, over niemand",
    "verslag.Vervolgactie.uiterlijk": "dag van de kalender, over niemand",
    "verslag.Samenvoeging.verplaatst": "nummers van rijen",
    "verslag.Samenvoeging.voor": "kopie van Patient, met zijn kanaries",
    "verslag.Samenvoeging.na": "kopie van Patient, met zijn kanaries",
    "verslag.Tariefcode.code": "openbare tabel van de NZa",
    "verslag.Tariefcode.omschrijving": "openbare tabel van de NZa",
    "verslag.Tariefcode.geldig_vanaf": "dag van de kalender, over niemand",
    "verslag.Tariefcode.geldig_tot": "dag van de kalender, over niemand",
    "verslag.Verslag.gebit": "nummers en codes uit verslag.gebit, geen vrije tekst",
    "verslag.Verslag.tarieven": "regels uit de openbare tabel",
    "verslag.Verslagversie.inhoud": "kopie van Verslag en Patient, met hun kanaries",
    "verslag.Verslagversie.sha256": "hash",
    "verslag.VerslagPdf.inhoud": "verzegeld; de spin leest de brief zelf",
    "verslag.VerslagPdf.sha256": "hash",
    "verslag.Certificaat.pem": "openbaar certificaat, op geen pagina",
    "verslag.Certificaat.vingerafdruk": "hash van een openbaar certificaat",
    "verslag.NtaDomein.domein": "maildomein uit het adresboek, van niemand in persoon",
    "verslag.NtaDomein.vermeldingen": "openbare regels uit de DNS",
    "verslag.Overdracht.kanaal_redenen": "codes uit verslag.kanaalkeuze",
    "verslag.Pakket.token_hash": "hash van een link die de test zelf kiest",
    "verslag.Pakket.code_hash": "hash",
    "verslag.Pakketdeel.inhoud": "verzegeld onder de link; de spin leest de ophaalpagina zelf",
}
"""Fields without a canary, each with its reason."""


MUST = {"Verslag": {"verwijzing": "collega", "uitgesteld": True}}
"""What a row needs beside its text, because the text asks for it."""


def label_of(field) -> str:
    return f"{field.model._meta.app_label}.{field.model.__name__}.{field.name}"


def text_fields(model) -> Iterator[models.Field]:
    """Yield the fields that may hold text about somebody; a new kind of field counts by itself."""
    for field in model._meta.local_concrete_fields:
        if not (field.is_relation or field.choices or isinstance(field, NO_TEXT)):
            yield field


def models_of_a_kring() -> list:
    """Return every model with data of a kring, its users and the kring itself included."""
    return [*tenant_models(), apps.get_model("kring.Kring"), apps.get_model("kring.Gebruiker")]


class Kooi:
    """The canaries of one kring; `letter` tells its birds from those of another."""

    def __init__(self, letter: str) -> None:
        self.letter = letter
        self._numbers = count(1)
        self._bsn = count(100_000_000 if letter == "a" else 500_000_000)
        self.label_of_needle: dict[str, str] = {}

    def bird(self, field) -> object:
        """Return a new value for this field, and remember where it belongs."""
        number = next(self._numbers)
        value, needle = self._make(field, number)
        self.label_of_needle[needle] = label_of(field)
        return value

    def _make(self, field, number: int) -> tuple[object, str]:
        """Return a value that the field takes, and how it is found again."""
        kind = 4 if self.letter == "a" else 7
        if isinstance(field, models.DateField):
            day = date(1930 if kind == 4 else 1970, 1, 1) + timedelta(days=number)
            return day, day.isoformat()
        if isinstance(field, velden.PostcodeField | velden.PostcodeOveralField):
            return f"{2000 + number} K{self.letter.upper()}", f"{2000 + number}k{self.letter}"
        digits = self._digits(field, kind, number)
        if digits:
            return ("+31" if len(digits) == 9 and field.name != "bsn" else "") + digits, digits
        short = field.max_length is not None and field.max_length < 16
        word = f"K{self.letter.upper()}{number:04d}x" if short else self._word(number)
        if isinstance(field, models.EmailField):
            return f"{word.lower()}@voorbeeld.example", word.lower()
        return word, word.lower()

    def _digits(self, field, kind: int, number: int) -> str:
        if field.name == "bsn":
            return str(next(n for n in self._bsn if stdnum_bsn.is_valid(str(n))))
        lengths = {velden.TelefoonField: (f"6{kind}", 7), velden.BigNummerField: (f"{kind}9", 9)}
        lengths[velden.AgbCodeField] = (f"{kind}8", 6)
        start, size = lengths.get(type(field), ("", 0))
        return f"{start}{number:0{size}d}" if size else ""

    def _word(self, number: int) -> str:
        return f"Kanarie{self.letter.upper()}{number:04d}x"

    def seen_in(self, text: str) -> set[str]:
        """Return the labels of the fields whose canary sings in this text."""
        return {self.label_of_needle[n] for n in needles_in(text) if n in self.label_of_needle}

    @contextmanager
    def filling(self):
        """Put a canary in every text field of every row that a factory makes."""
        create = DjangoModelFactory._create.__func__

        def with_birds(cls, model_class, *args, **kwargs):
            for field in text_fields(model_class):
                if label_of(field) not in ZONDER:
                    kwargs[field.name] = self.bird(field)
            kwargs |= MUST.get(model_class.__name__, {})
            return create(cls, model_class, *args, **kwargs)

        DjangoModelFactory._create = classmethod(with_birds)
        try:
            yield
        finally:
            DjangoModelFactory._create = classmethod(create)

    def fill_rest(self, kring) -> None:
        """Fill what no factory made, through the models; and the rows of `_extra_rows`."""
        for model in tenant_models():
            if getattr(model, "append_only", False) or getattr(model, "read_only", False):
                continue
            for row in model.objects.filter(kring=kring):
                empty = [field for field in text_fields(model) if self._lacks(row, field)]
                for field in empty:
                    setattr(row, field.name, self.bird(field))
                if empty:
                    row.save()
        self._extra_rows(kring)

    def _lacks(self, row, field) -> bool:
        label = label_of(field)
        return label not in ZONDER and label not in self.seen_in(str(getattr(row, field.name)))

    def _extra_rows(self, kring) -> None:
        """Rows that can only be added: log, history of an address, review queue."""
        self._add(
            Logregel,
            kring,
            gebeurtenis="proef.kanarie",
            actie="E",
            uitkomst="geslaagd",
            doel="beheer",
        )
        eigen = EigenTandarts.objects.filter(kring=kring, taken__isnull=False).first()
        self._add(Adreswijziging, kring, eigen_tandarts=eigen, wat="gecontroleerd")
        signaal = self._add(Signaal, kring, regel="collega", versie="1", gebruiker_id=1)
        self._add(Beoordeling, kring, signaal=signaal, oordeel="onderzoek", door_id=1)

    def _add(self, model, kring, **values):
        birds = {
            field.name: self.bird(field)
            for field in text_fields(model)
            if label_of(field) not in ZONDER
        }
        return model.objects.create(kring=kring, **birds, **values)


_WORD = re.compile(r"k(?:anarie)?[ab]\d{4}x")
_POSTCODE = re.compile(r"\b(\d{4})\s?(k[ab])\b")
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_APART = re.compile(r"(?<=\d)[ .\-\xa0()]+(?=\d)")
_LONG_DATE = re.compile(r"\b(\d{1,2}) ([a-z]{3,9})\.? (\d{4})\b")
_DATE = re.compile(r"\b(\d{1,2})-(\d{1,2})-(\d{4})\b")
_ISO = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
_MONTHS = ["jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"]


def needles_in(text: str) -> set[str]:
    """Return everything in a text that may be a canary, in the spelling of the cage.

    Numbers are found whatever stands between their digits, dates however they are written.
    """
    text = _UUID.sub(" ", text.lower())
    found = set(_WORD.findall(text))
    found |= {digits + letters for digits, letters in _POSTCODE.findall(text)}
    found |= set(_ISO.findall(text))
    found |= {f"{y}-{int(m):02d}-{int(d):02d}" for d, m, y in _DATE.findall(text)}
    for day, month, year in _LONG_DATE.findall(text):
        short = month[:3].replace("maa", "mrt")
        if short in _MONTHS:
            found.add(f"{year}-{_MONTHS.index(short) + 1:02d}-{int(day):02d}")
    for run in re.findall(r"\d{8,}", _APART.sub("", text)):
        found |= {run[i : i + size] for size in (8, 9, 11) for i in range(len(run) - size + 1)}
    return found


def missing(kooi: Kooi, kring) -> list[str]:
    """Return the text fields in which this kring has no canary, as the rows say themselves."""
    faults = []
    with kring_context(kring.pk):
        for model in models_of_a_kring():
            rows = _rows(model, kring)
            for field in text_fields(model):
                label = label_of(field)
                values = " | ".join(str(getattr(row, field.name)) for row in rows)
                if label not in ZONDER and label not in kooi.seen_in(values):
                    faults.append(label)
    return faults


def _rows(model, kring) -> list:
    if model is apps.get_model("kring.Kring"):
        return [kring]
    if model is apps.get_model("kring.Gebruiker"):
        return list(model.objects.filter(lidmaatschappen__kring=kring))
    return list(model.objects.filter(kring=kring))


def extra_objects(kooi: Kooi, objects) -> None:
    """Add rows that `objects_of` does not need: a delivery, and a correction with its reason."""
    kring = objects.kring
    Bezorgpoging.objects.create(kring=kring, zending=objects.zending, hek=1)
    # A link that was used survives the correction; the recipient of the tests has it open.
    Overdracht.objects.filter(pk=objects.overdracht.pk).update(opgehaald_op=Now())
    verslag = Verslag.objects.get(pk=objects.verslag.pk)
    verslag.bevindingen = kooi.bird(Verslag._meta.get_field("bevindingen"))
    verslag.save()
    reden = kooi.bird(Verslagversie._meta.get_field("reden"))
    sign_verslag(verslag, reden=reden, by=Actor.system(kring.pk))
