"""The rights of people, and the log itself."""

from tests.huis.logscenarios.regels import Scenario, line

SCENARIOS = [
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
    Scenario(
        "exporteren",
        "kring:logboek_csv",
        "GET",
        "fg",
        [line("logboek.csv", "E", patient=False)],
    ),
]
