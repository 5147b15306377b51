"""What the functionaris gegevensbescherming asks."""

from tests.huis.logscenarios.regels import Scenario, line

SCENARIOS = [
    Scenario(
        "zoeken",
        "toezicht:zoek_patient",
        "POST",
        "fg",
        [line("inzage.gevonden", "R")] * 2,  # and who looks like this patient
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
