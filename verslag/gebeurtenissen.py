"""The events of the verslag app in words (kern.gebeurtenissen)."""

GEBEURTENISSEN = {
    "patient.in_lijst": "patiënt gezien in de lijst van eigen patiënten",
    "dossier.in_lijst": "patiënt gezien in de lijst van dossiers",
    "dossier.gelezen": "dossier bekeken",
    "verslag.gelezen": "verslag bekeken",
    "verslag.pdf": "verslag als pdf opgehaald (afdruk)",
    "verslag.aangemaakt": "verslag begonnen",
    "verslag.verplaatst": "verslag bij een andere patiënt gezet",
    "verslag.opgeslagen": "verslag bewaard",
    "verslag.getekend": "verslag ondertekend",
    "overdracht.verzonden": "verslag klaargezet voor de eigen tandarts",
    "overdracht.opnieuw": "nieuwe link naar de eigen tandarts gestuurd",
    "overdracht.ingetrokken": "link van de eigen tandarts ingetrokken",
    "overdracht.code": "code voor het ophalen aangevraagd",
    "overdracht.opgehaald": "verslag opgehaald met de code",
    "overdracht.gelezen": "verslag gelezen op de ophaalpagina",
    "overdracht.pdf": "verslag als pdf opgehaald op de ophaalpagina",
}
