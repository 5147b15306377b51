"""What is done for a request of a patient."""

from rechten.models import Patientverzoek, Vernietiging
from tests.huis.logscenarios.regels import Scenario, line


def _open(objecten) -> None:
    Patientverzoek.objects.filter(pk=objecten.verzoek.pk).update(status="open")


def _correction(objecten) -> None:
    Patientverzoek.objects.filter(pk=objecten.verzoek.pk).update(
        soort="correctie", status="afgewezen", weigergrond="juist"
    )


def _closed_calls(objecten) -> None:
    from triage.models import Oproep

    Oproep.objects.filter(kring=objecten.kring).update(
        status="afgerond", afgerond_op="2026-11-01T12:00Z"
    )
    Vernietiging.objects.update(grond="verzoek")


NIEUW = {
    "soort": "afschrift",
    "ontvangen_op": "2026-11-20",
    "aanvrager": "patient",
    "aanvrager_naam": "Piet Aanvrager",
    "identiteit": "paspoort",
}

SCENARIOS = [
    Scenario("lijst", "rechten:verzoeken", "GET", "coordinator", [line("verzoek.in_lijst", "R")]),
    Scenario(
        "zoeken",
        "rechten:zoek",
        "POST",
        "coordinator",
        [line("verzoek.gevonden", "R")] * 2,  # and who looks like this patient
        data=lambda o: {"naam": o.patient.naam},
    ),
    Scenario(
        "aanmaken",
        "rechten:nieuw",
        "POST",
        "coordinator",
        [line("verzoek.genoteerd", "C")],
        data=NIEUW,
    ),
    Scenario("raadplegen", "rechten:verzoek", "GET", "fg", [line("verzoek.bekeken", "R")]),
    Scenario(
        "wijzigen",
        "rechten:besluit",
        "POST",
        "coordinator",
        [line("verzoek.besloten", "U")],
        data={"toewijzen": "ja"},
        vooraf=_open,
    ),
    Scenario(
        "exporteren", "rechten:bestand", "POST", "coordinator", [line("verzoek.bestand", "E")]
    ),
    Scenario("afdrukken", "rechten:brief", "POST", "coordinator", [line("verzoek.brief", "E")]),
    Scenario(
        "wijzigen",
        "rechten:stap",
        "POST",
        "coordinator",
        [line("verzoek.ingetrokken", "U")],
        data={"doel": "intrekken"},
    ),
    Scenario(
        "aanmaken",
        "rechten:stap",
        "POST",
        "coordinator",
        [line("verklaring.toegevoegd", "C")],
        data={"doel": "verklaring", "tekst": "Het deed geen pijn."},
        vooraf=_correction,
        variant="eigen verklaring",
    ),
    Scenario(
        "lijst",
        "rechten:vernietigingen",
        "GET",
        "fg",
        [line("vernietiging.in_lijst", "R")],
    ),
    Scenario(
        "verwijderen",
        "rechten:vernietiging",
        "POST",
        "fg",
        [line("vernietiging.bevestigd", "U")],
        data={"doel": "instemmen_fg"},
        vooraf=_closed_calls,
    ),
]
