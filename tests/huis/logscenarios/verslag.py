"""The report, the file, and what the own dentist picks up."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models.functions import Now

from tests.factories import EigenTandartsFactory, OproepFactory
from tests.huis.logscenarios.regels import GEEN_PATIENT, Scenario, line
from tests.verslag.bijlagen import goed
from triage.models import Oproep
from verslag.actions.samenvoegen import fields_that_differ

READ = [line("verslag.gelezen", "R")]


def _seen_call(o) -> None:
    o.oproep = OproepFactory(kring=o.kring, behandelaar=o.tandarts, besluit="zien")


def _unsigned(o) -> None:
    o.verslag.diagnose = "Avulsie 12."
    o.verslag.save()


def _photo() -> SimpleUploadedFile:
    return SimpleUploadedFile("foto.jpg", goed.jpeg(), "image/jpeg")


def _report(o) -> dict:
    verslag, patient = o.verslag, o.patient
    return {
        "versie": verslag.versie,
        "venster": "a" * 32,
        "naam": patient.naam,
        "geboortedatum": "17-05-1984",
        "adres": patient.adres,
        "postcode": patient.postcode,
        "woonplaats": patient.woonplaats,
        "telefoon": patient.telefoon,
        "bsn": "111222333",
        "heeft_eigen_tandarts": "ja",
        "eigen_tandarts": str(patient.eigen_tandarts_id),
        "gezien": "on",
        "spoedklacht": verslag.spoedklacht,
        "bevindingen": "Anders bevonden.",
        "diagnose": verslag.diagnose,
        "behandeling": verslag.behandeling,
        "doel": "bewaar",
    }


def _other_dentist(o) -> dict:
    """Return the form of another own dentist; the report left already, so nothing is sent."""
    return {"doel": "kies", "eigen_tandarts": EigenTandartsFactory(kring=o.kring).pk}


def _double(o) -> None:
    """Let `o.ander` look like the patient, whose calls are over."""
    Oproep.objects.filter(patient=o.patient).update(status="afgerond", afgerond_op=Now())
    o.ander.naam, o.ander.bsn, o.ander.geboortedatum = o.patient.naam, "", "1984-05-17"
    o.ander.save()


SAMEN = [line("patient.samengevoegd", "U"), line("patient.samengevoegd", "U")]
VERGELEKEN = [line("patient.vergeleken", "R"), line("patient.vergeleken", "R")]

SCENARIOS = [
    Scenario(
        "lijst",
        "verslag:dubbel",
        "GET",
        "coordinator",
        [line("patient.in_dubbellijst", "R")],
    ),
    Scenario(
        "lijst",
        "verslag:dubbel",
        "POST",
        "coordinator",
        [line("patient.in_dubbellijst", "R")],
        data={"bsn": "999999990"},
    ),
    Scenario("lijst", "verslag:dubbel_kies", "POST", "coordinator", [], waarom="only sends one on"),
    Scenario("raadplegen", "verslag:samenvoegen", "GET", "coordinator", VERGELEKEN, vooraf=_double),
    Scenario(
        "wijzigen",
        "verslag:samenvoegen",
        "POST",
        "coordinator",
        SAMEN,
        vooraf=_double,
        data=lambda o: (
            dict.fromkeys(fields_that_differ(o.patient, o.ander), "een")
            | {"reden": "Zelfde pasfoto."}
        ),
    ),
    Scenario("raadplegen", "verslag:samenvoeging", "GET", "coordinator", VERGELEKEN),
    Scenario(
        "raadplegen",
        "verslag:samenvoeging",
        "POST",
        "coordinator",
        VERGELEKEN,
        variant="zonder reden",
    ),
    Scenario(
        "lijst",
        "verslag:dossiers",
        "POST",
        "tandarts",
        [],
        waarom="nobody was found",
        data={"naam": "Zzyzx"},
    ),
    Scenario("raadplegen", "verslag:vervolg", "GET", "tandarts", [line("dossier.gelezen", "R")]),
    Scenario(
        "wijzigen",
        "verslag:vervolg",
        "POST",
        "tandarts",
        [line("vervolg.gesloten", "U")],
        data={"doel": "gedaan", "toelichting": "Kanaal geopend."},
    ),
    Scenario(
        "raadplegen", "verslag:eigen_tandarts", "GET", "tandarts", [line("dossier.gelezen", "R")]
    ),
    Scenario(
        "wijzigen",
        "verslag:eigen_tandarts",
        "POST",
        "tandarts",
        [line("patient.gewijzigd", "U")],
        data=_other_dentist,
    ),
    Scenario("lijst", "verslag:mijn", "GET", "tandarts", [line("patient.in_lijst", "R")]),
    Scenario(
        "wijzigen",
        "verslag:gezien",
        "POST",
        "tandarts",
        [line("oproep.gezien", "U")],
        vooraf=_seen_call,
    ),
    Scenario(
        "aanmaken",
        "verslag:maak",
        "POST",
        "tandarts",
        [line("verslag.aangemaakt", "C")],
        vooraf=_seen_call,
    ),
    Scenario("raadplegen", "verslag:bewerk", "GET", "tandarts", READ),
    Scenario(
        "wijzigen",
        "verslag:bewerk",
        "POST",
        "tandarts",
        [line("verslag.opgeslagen", "U")],
        data=_report,
    ),
    Scenario(
        "raadplegen",
        "verslag:bewerk",
        "POST",
        "tandarts",
        READ,
        data={"naam": "x" * 200},
        variant="fout in het veld",
    ),
    Scenario(
        "aanmaken",
        "verslag:bewerk",
        "POST",
        "tandarts",
        [line("verslag.opgeslagen", "U"), line("bijlage.toegevoegd", "C")],
        data=lambda o: _report(o) | {"doel": "bijlage", "bestand": _photo()},
        variant="met een foto",
    ),
    Scenario(
        "verwijderen",
        "verslag:bewerk",
        "POST",
        "tandarts",
        [line("verslag.opgeslagen", "U"), line("bijlage.weggehaald", "D")],
        data=lambda o: _report(o) | {"weg": o.bijlage.pk},
        variant="foto weg",
    ),
    Scenario("raadplegen", "verslag:bijlage", "GET", "tandarts", [line("bijlage.gezien", "R")]),
    Scenario("raadplegen", "verslag:teken", "GET", "tandarts", READ),
    Scenario(
        "aanmaken",
        "verslag:teken",
        "POST",
        "tandarts",
        [
            line("verslag.getekend", "C"),
            line("overdracht.ingetrokken", "U"),
            line("vervolg.gesloten", "U"),
            line("overdracht.verzonden", "E"),
        ],
        data=lambda o: {"versie": o.verslag.versie, "reden": "Foto nagekeken."},
        vooraf=_unsigned,
    ),
    Scenario("raadplegen", "verslag:verslag", "GET", "tandarts", READ),
    Scenario("afdrukken", "verslag:pdf", "POST", "tandarts", [line("verslag.pdf", "E")]),
    Scenario(
        "overdragen",
        "verslag:verstuur",
        "POST",
        "tandarts",
        [],
        waarom="the version was sent already, nothing happens",
    ),
    Scenario(
        "overdragen",
        "verslag:opnieuw",
        "POST",
        "tandarts",
        [line("vervolg.gesloten", "U"), line("overdracht.opnieuw", "E")],
    ),
    Scenario(
        "wijzigen",
        "verslag:intrekken",
        "POST",
        "tandarts",
        [line("overdracht.ingetrokken", "U")],
    ),
    Scenario(
        "overdragen",
        "verslag:overhandigen",
        "GET",
        "tandarts",
        [],
        waarom="the page names the recipient, nothing of the patient",
    ),
    Scenario(
        "overdragen",
        "verslag:overhandigen",
        "POST",
        "tandarts",
        [],
        waarom="this version was handed over already, nothing happens",
    ),
    Scenario("lijst", "verslag:dossiers", "GET", "tandarts", [line("dossier.in_lijst", "R")]),
    Scenario("raadplegen", "verslag:dossier", "GET", "tandarts", [line("dossier.gelezen", "R")]),
    Scenario(
        "raadplegen",
        "verslag:bsn_tonen",
        "POST",
        "tandarts",
        [line("bsn.getoond", "R"), line("dossier.gelezen", "R")],
    ),
    # --- the own dentist
    Scenario("overdragen", "verslag:ophalen", "GET", "niemand", [], waarom=GEEN_PATIENT),
    Scenario(
        "overdragen",
        "verslag:ophalen",
        "POST",
        "niemand",
        [line("overdracht.code", "E")],
        data={"stap": "stuur_code"},
    ),
    Scenario(
        "mislukte poging",
        "verslag:ophalen",
        "POST",
        "niemand",
        [line("overdracht.opgehaald", "R", "geweigerd")],
        data={"stap": "open", "code": "000000"},
        variant="foute code",
    ),
    Scenario("overdragen", "verslag:ophalen_pdf", "POST", "niemand", [], waarom=GEEN_PATIENT),
    Scenario("overdragen", "verslag:ophalen_bijlage", "POST", "niemand", [], waarom=GEEN_PATIENT),
    Scenario("overdragen", "verslag:ophalen_alles", "POST", "niemand", [], waarom=GEEN_PATIENT),
    Scenario("overdragen", "verslag:ophalen_antwoord", "POST", "niemand", [], waarom=GEEN_PATIENT),
    Scenario("overdragen", "verslag:ophalen_klaar", "POST", "niemand", [], waarom=GEEN_PATIENT),
    Scenario(
        "raadplegen",
        "verslag:antwoord_gelezen",
        "POST",
        "tandarts",
        [line("taak.gesloten", "U"), line("antwoord.gelezen", "R")],
    ),
]
