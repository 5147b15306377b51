"""The events of the triage app in words (kern.gebeurtenissen)."""

GEBEURTENISSEN = {
    "bord.getoond": "patiënt gezien op het bord met open oproepen",
    "oproep.getoond": "oproep bekeken",
    "bsn.getoond": "het hele BSN bekeken",
    "patient.gevonden": "patiënt gezien in een lijst van mogelijke treffers",
    "oproep.aangenomen": "oproep aangenomen",
    "oproep.antwoorden_bewaard": "antwoorden in de oproep bewaard",
    "patient.aangemaakt": "patiënt ingevoerd",
    "patient.gewijzigd": "gegevens van de patiënt gewijzigd",
    "contactpoging.gesproken": "tandarts gesproken over de oproep",
    "contactpoging.niet_bereikt": "tandarts gebeld over de oproep, niet bereikt",
    "contactpoging.voicemail": "tandarts gebeld over de oproep, voicemail",
    "oproep.besluit_vastgelegd": "besluit van de tandarts vastgelegd",
    "oproep.afspraak_gemaakt": "afspraak gemaakt",
    "oproep.gezien": "vastgelegd dat de patiënt is gezien",
    "oproep.afgerond": "oproep afgerond",
    "oproep.afgebroken": "oproep afgesloten als afgebroken",
    "oproep.weggegooid": "lege oproep weggegooid",
}
