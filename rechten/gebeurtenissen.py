"""The events of the rechten app in words (kern.gebeurtenissen)."""

GEBEURTENISSEN = {
    "verzoek.gevonden": "patiënt gezocht voor een verzoek",
    "verzoek.in_lijst": "verzoek van de patiënt gezien in de lijst",
    "verzoek.bekeken": "verzoek van de patiënt bekeken",
    "verzoek.genoteerd": "verzoek van de patiënt genoteerd",
    "verzoek.identiteit": "identiteit van de aanvrager gecontroleerd",
    "verzoek.verlengd": "termijn van het verzoek verlengd",
    "verzoek.besloten": "over het verzoek besloten",
    "verzoek.ingetrokken": "verzoek ingetrokken door de aanvrager",
    "verzoek.brief": "brief over het verzoek gemaakt",
    "verzoek.bestand": "gegevens van de patiënt gebundeld voor het verzoek",
    "verzoek.gegeven": "gegevens aan de aanvrager gegeven",
    "verzoek.afgehandeld": "verzoek afgehandeld",
    "verzoeken.termijn": "herinnering aan de termijn van verzoeken gestuurd",
    "vernietiging.in_lijst": "voorstel tot vernietiging gezien",
    "vernietiging.voorgesteld": "vernietiging van het dossier voorgesteld",
    "vernietiging.bevestigd": "ingestemd met vernietiging van het dossier",
    "vernietiging.aangehouden": "besloten het dossier langer te bewaren",
    "vernietiging.teruggestuurd": "vernietiging van het dossier teruggestuurd",
    "vernietiging.uitgevoerd": "dossier vernietigd",
    "rechten.instelling": "vergoeding voor een afschrift ingesteld",
}
