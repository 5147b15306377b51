"""What must stand in the log after each thing that a person can do (S14).

One row is one request and exactly the lines that it leaves, in order: (event, action, outcome,
about a patient). Every route for care in the access table has a row, per method; a page that shows
a patient without a line cannot hide here, because an empty list has to give its reason.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from kern.tijd import to_local
from tests.factories import ContactpogingFactory, OproepFactory
from tests.verslag.bijlagen import goed
from triage import intake

Line = tuple[str, str, str, bool]


def line(gebeurtenis: str, actie: str, uitkomst: str = "geslaagd", *, patient: bool = True) -> Line:
    return (gebeurtenis, actie, uitkomst, patient)


@dataclass(frozen=True)
class Scenario:
    """`soort` is the kind of event that NEN 7513 names; `data` may be made from the objects."""

    soort: str
    route: str
    methode: str
    wie: str
    regels: list[Line]
    data: Any = field(default_factory=dict)
    vooraf: Callable | None = None
    variant: str = ""
    waarom: str = ""

    def __str__(self):
        return " ".join(filter(None, [self.soort, self.methode, self.route, self.variant]))


def _empty_call(o) -> None:
    o.oproep = OproepFactory(kring=o.kring, patient=None)


def _closed_call(o) -> None:
    o.oproep.status, o.oproep.afgerond_op = "afgerond", o.oproep.aangenomen_op
    o.oproep.save()


def _mild_call(o) -> None:
    row = OproepFactory(kring=o.kring, antwoorden={"klachten": ["ongemak"]})
    o.oproep = type(row).objects.get(pk=row.pk)  # dates as dates
    intake.apply_outcome(o.oproep, intake.judge(o.oproep))
    o.oproep.save()


def _paper(o) -> dict:
    moment = to_local(timezone.now() - timedelta(days=3))
    return {
        "datum": f"{moment:%d-%m-%Y}",
        "tijd": "12:00",
        "aangenomen_door": o.lidmaatschap.gebruiker_id,
    }


def _seen_call(o) -> None:
    o.oproep = OproepFactory(kring=o.kring, behandelaar=o.tandarts, besluit="zien")


def _judged_call(o) -> None:
    o.oproep.contact = "verplicht"
    o.oproep.save()


def _not_spoken(o) -> None:
    o.oproep.behandelaar = None
    o.oproep.save()


def _missed(o):
    return ContactpogingFactory(kring=o.kring, oproep=o.oproep, tandarts=o.tandarts)


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


def _earlier_call(o):
    return OproepFactory(kring=o.kring, patient=None, aangenomen_op=o.oproep.aangenomen_op)


BSN_SHOWN = line("bsn.getoond", "R")
SHOWN = [line("oproep.getoond", "R")]
OPENED = [line("bericht.geopend", "R", patient=False), *SHOWN]
READ = [line("verslag.gelezen", "R")]
GEEN_PATIENT = "shows no patient"

SCENARIOS = [
    # --- the call
    Scenario("lijst", "triage:bord", "GET", "triagist", [line("bord.getoond", "R")]),
    Scenario("lijst", "triage:bord_fragment", "GET", "triagist", [line("bord.getoond", "R")]),
    Scenario("lijst", "meldkamer:bord", "GET", "triagist", [line("bord.getoond", "R")]),
    Scenario("lijst", "meldkamer:bord_fragment", "GET", "triagist", [line("bord.getoond", "R")]),
    Scenario("lijst", "meldkamer:wand", "GET", "triagist", [], waarom=GEEN_PATIENT),
    Scenario("lijst", "meldkamer:wand_fragment", "GET", "triagist", [], waarom=GEEN_PATIENT),
    Scenario("lijst", "meldkamer:wand_begin", "POST", "triagist", [], waarom=GEEN_PATIENT),
    Scenario("lijst", "meldkamer:strook", "GET", "triagist", [], waarom=GEEN_PATIENT),
    Scenario(
        "lijst",
        "triage:gesloten",
        "GET",
        "triagist",
        [line("bord.getoond", "R")],
        vooraf=_closed_call,
    ),
    Scenario(
        "aanmaken",
        "triage:nieuw",
        "POST",
        "triagist",
        [line("oproep.aangenomen", "C", patient=False)],
    ),
    Scenario("lijst", "triage:zoek", "GET", "triagist", [], waarom="an empty form; no patient"),
    Scenario(
        "lijst",
        "triage:zoek",
        "POST",
        "triagist",
        [line("patient.gevonden", "R")],
        data=lambda o: {"naam": o.patient.naam, "geboortedatum": "17-05-1984"},
    ),
    Scenario("raadplegen", "triage:oproep", "GET", "triagist", SHOWN),
    Scenario(
        "raadplegen",
        "triage:stand",
        "GET",
        "triagist",
        [],
        waarom="the timers and the duty of the call that is open already; no patient",
    ),
    Scenario(
        "wijzigen",
        "triage:antwoorden",
        "POST",
        "triagist",
        [line("oproep.antwoorden_bewaard", "U")],
        data={"klachten": ["avulsie"]},
    ),
    Scenario(
        "raadplegen",
        "triage:antwoorden",
        "POST",
        "triagist",
        SHOWN,
        data={"klachten": ["avulsie"], "versie": "99"},
        variant="geweigerd",
    ),
    Scenario(
        "wijzigen",
        "triage:patient",
        "POST",
        "triagist",
        [line("patient.gewijzigd", "U")],
        data={"woonplaats": "Zeist"},
    ),
    Scenario(
        "raadplegen",
        "triage:patient",
        "POST",
        "triagist",
        SHOWN,
        data={"geboortedatum": "gisteren"},
        variant="fout in het veld",
    ),
    Scenario("raadplegen", "triage:bsn_tonen", "POST", "triagist", [BSN_SHOWN, *SHOWN]),
    Scenario(
        "wijzigen",
        "triage:patient_kies",
        "POST",
        "triagist",
        [line("patient.gewijzigd", "U")],
        data=lambda o: {"patient": str(o.patient.pk)},
    ),
    Scenario(
        "wijzigen",
        "triage:herhaling",
        "POST",
        "triagist",
        [line("oproep.herhaling_gekoppeld", "U")],
        data=lambda o: {"eerdere": str(_earlier_call(o).pk)},
    ),
    Scenario(
        "wijzigen",
        "triage:eigen_tandarts",
        "POST",
        "triagist",
        [
            line("eigentandarts.toegevoegd", "C", patient=False),
            line("patient.gewijzigd", "U"),
        ],
        data={
            "et-naam": "Eigen",
            "et-praktijk": "Elders",
            "et-plaats": "Zeist",
            "et-email": "nieuw@elders.example",
            "et-telefoon": "0612345670",
        },
    ),
    Scenario(
        "wijzigen",
        "triage:contactpoging",
        "POST",
        "triagist",
        [line("contactpoging.gesproken", "C")],
        data=lambda o: {
            "tandarts": str(o.tandarts.pk),
            "rol": "dienstdoende",
            "resultaat": "gesproken",
        },
    ),
    Scenario(
        "wijzigen",
        "triage:besluit",
        "POST",
        "triagist",
        [line("oproep.besluit_vastgelegd", "U")],
        data={"besluit": "instructie", "toelichting": "Koelen."},
    ),
    Scenario("raadplegen", "triage:besluit", "POST", "triagist", SHOWN, variant="geweigerd"),
    Scenario(
        "wijzigen",
        "triage:vergissing",
        "POST",
        "triagist",
        [line("contactpoging.vergissing", "U")],
        data=lambda o: {"poging": str(_missed(o).pk), "reden": "Verkeerde knop."},
    ),
    Scenario(
        "overdragen",
        "triage:bericht_sturen",
        "POST",
        "triagist",
        [line("bericht.verstuurd", "E")],
        data=lambda o: {"tandarts": str(o.tandarts.pk), "rol": "dienstdoende"},
        vooraf=_judged_call,
    ),
    Scenario("raadplegen", "triage:bericht", "GET", "tandarts", OPENED),
    Scenario(
        "wijzigen",
        "triage:bericht_bevestigen",
        "POST",
        "tandarts",
        [line("contactpoging.bevestigd", "C")],
    ),
    Scenario(
        "raadplegen",
        "triage:bericht_bevestigen",
        "POST",
        "tandarts",
        OPENED,
        data={"aanwezig_om": "straks"},
        variant="fout in het veld",
    ),
    Scenario(
        "overdragen",
        "triage:bericht_doorgeven",
        "POST",
        "tandarts",
        [line("contactpoging.doorgegeven", "C")],
        data={"reden": "bezig"},
        vooraf=_not_spoken,
    ),
    Scenario(
        "wijzigen",
        "triage:bericht_besluit",
        "POST",
        "tandarts",
        [line("contactpoging.zelf_beslist", "C"), line("oproep.besluit_vastgelegd", "U")],
        data={"besluit": "instructie", "toelichting": "Koelen."},
    ),
    Scenario("raadplegen", "triage:afronden", "POST", "triagist", SHOWN, variant="geweigerd"),
    Scenario(
        "wijzigen",
        "triage:afbreken",
        "POST",
        "triagist",
        [line("oproep.afgebroken", "U")],
        data={"afbreekreden": "opgehangen"},
    ),
    Scenario(
        "verwijderen",
        "triage:weggooien",
        "POST",
        "triagist",
        [line("oproep.weggegooid", "D", patient=False)],
        vooraf=_empty_call,
    ),
    Scenario(
        "wijzigen",
        "triage:ophogen",
        "POST",
        "triagist",
        [line("oproep.opgehoogd", "U")],
        data={"reden": "niet_pluis"},
        vooraf=_mild_call,
    ),
    Scenario("raadplegen", "triage:ophogen_terug", "POST", "triagist", SHOWN, variant="geweigerd"),
    Scenario(
        "wijzigen",
        "triage:agressie",
        "POST",
        "triagist",
        [line("oproep.agressiestap", "U")],
        data={"stap": "kalmeren"},
    ),
    Scenario("lijst", "triage:nachtblad", "GET", "triagist", [line("nachtblad.getoond", "R")]),
    Scenario("raadplegen", "triage:navoeren", "GET", "triagist", [], waarom=GEEN_PATIENT),
    Scenario(
        "aanmaken",
        "triage:navoeren",
        "POST",
        "triagist",
        [line("oproep.nagevoerd", "C", patient=False)],
        data=_paper,
    ),
    # --- the report
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
        [line("overdracht.opnieuw", "E")],
    ),
    Scenario(
        "wijzigen",
        "verslag:intrekken",
        "POST",
        "tandarts",
        [line("overdracht.ingetrokken", "U")],
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
    # --- the house
    Scenario(
        "mislukte poging",
        "triage:bord",
        "GET",
        "coordinator",
        [line("toegang.geweigerd", "E", "geweigerd", patient=False)],
        variant="rol ontbreekt",
    ),
    Scenario(
        "inzage van het logboek",
        "kring:logboek",
        "GET",
        "fg",
        [line("logboek.geraadpleegd", "R", patient=False)],
    ),
    Scenario(
        "wijziging van rechten",
        "kring:rol_geven",
        "POST",
        "coordinator",
        [
            line("rol.gegeven", "C", patient=False),
            line("gebruiker.link_gemaakt", "E", patient=False),
        ],
        data={"email": "nieuw@voorbeeld.example", "naam": "Nieuw", "rol": "triagemedewerker"},
    ),
    Scenario(
        "wijziging van rechten",
        "kring:rol_beeindigen",
        "POST",
        "coordinator",
        [line("rol.beeindigd", "U", patient=False)],
    ),
    Scenario(
        "wijziging van rechten",
        "kring:link_sturen",
        "POST",
        "coordinator",
        [line("gebruiker.link_gemaakt", "E", patient=False)],
    ),
    # --- the functionaris gegevensbescherming
    Scenario(
        "exporteren",
        "kring:logboek_csv",
        "GET",
        "fg",
        [line("logboek.csv", "E", patient=False)],
    ),
    Scenario(
        "zoeken",
        "toezicht:zoek_patient",
        "POST",
        "fg",
        [line("inzage.gevonden", "R")],
        data=lambda o: {"naam": o.patient.naam},
    ),
    Scenario(
        "inzage van het logboek", "toezicht:inzage", "GET", "fg", [line("inzage.getoond", "R")]
    ),
    Scenario("afdrukken", "toezicht:inzage_pdf", "GET", "fg", [line("inzage.pdf", "E")]),
    Scenario(
        "inzage van het logboek",
        "toezicht:signalen",
        "GET",
        "fg",
        [line("signalen.getoond", "R", patient=False)],
    ),
    Scenario(
        "zoeken",
        "toezicht:zoeken",
        "POST",
        "fg",
        [line("signalen.gezocht", "E", patient=False)],
    ),
    Scenario(
        "inzage van het logboek", "toezicht:signaal", "GET", "fg", [line("signaal.getoond", "R")]
    ),
    Scenario(
        "aanmaken",
        "toezicht:signaal",
        "POST",
        "fg",
        [line("signaal.beoordeeld", "U")],
        data={"oordeel": "terecht", "toelichting": "De collega verving iemand."},
    ),
]
