"""The events of the toezicht app in words (kern.gebeurtenissen)."""

GEBEURTENISSEN = {
    "signalen.gezocht": "logboek doorzocht op opvallende inzage",
    "signalen.getoond": "lijst met signalen bekeken",
    "signaal.getoond": "signaal over inzage bekeken",
    "signaal.beoordeeld": "signaal over inzage beoordeeld",
    "inzage.gevonden": "patiënt gevonden om de inzage na te gaan",
    "inzage.getoond": "overzicht gemaakt van wie de gegevens zag",
    "inzage.pdf": "overzicht van wie de gegevens zag, als pdf",
}
