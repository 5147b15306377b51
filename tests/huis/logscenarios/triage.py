"""The call: the board, the search, answers, contact and what the dentist opens."""

from datetime import timedelta

from django.utils import timezone

from kern.tijd import to_local
from tests.factories import ContactpogingFactory, OproepFactory
from tests.huis.logscenarios.regels import BSN_SHOWN, GEEN_PATIENT, Scenario, line
from triage import intake

SHOWN = [line("oproep.getoond", "R")]
OPENED = [line("bericht.geopend", "R", patient=False), *SHOWN]


def _empty_call(o) -> None:
    o.oproep = OproepFactory(kring=o.kring, patient=None)


def _started_call(o) -> None:
    OproepFactory(kring=o.kring, patient=None, formulier="c" * 32)


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


def _judged_call(o) -> None:
    o.oproep.contact = "verplicht"
    o.oproep.save()


def _not_spoken(o) -> None:
    o.oproep.behandelaar = None
    o.oproep.save()


def _missed(o):
    return ContactpogingFactory(kring=o.kring, oproep=o.oproep, tandarts=o.tandarts)


def _earlier_call(o):
    return OproepFactory(kring=o.kring, patient=None, aangenomen_op=o.oproep.aangenomen_op)


SCENARIOS = [
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
    Scenario(
        "aanmaken",
        "triage:nieuw",
        "POST",
        "triagist",
        [],
        data={"formulier": "c" * 32},
        vooraf=_started_call,
        variant="nog eens",
        waarom="the same form again: leads to the call that it started",
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
    Scenario(
        "mislukte poging",
        "triage:bord",
        "GET",
        "coordinator",
        [line("toegang.geweigerd", "E", "geweigerd", patient=False)],
        variant="rol ontbreekt",
    ),
]
