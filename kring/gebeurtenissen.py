"""The events of the kring app in words (kern.gebeurtenissen)."""

GEBEURTENISSEN = {
    "gebruiker.aangemeld": "aangemeld",
    "gebruiker.aanmelden_mislukt": "aanmelden mislukt",
    "gebruiker.link_gemaakt": "link gestuurd om een wachtwoord te kiezen",
    "gebruiker.wachtwoord_gezet": "wachtwoord gekozen",
    "gebruiker.wachtwoord_gewijzigd": "wachtwoord gewijzigd",
    "gebruiker.tweede_factor_ingesteld": "tweede factor ingesteld",
    "gebruiker.tweede_factor_gewist": "tweede factor gewist",
    "gebruiker.herstelcodes_gemaakt": "nieuwe herstelcodes gemaakt",
    "gebruiker.sessie_beeindigd": "aanmelding op een ander apparaat beëindigd",
    "gebruiker.factorherstel_gevraagd": "wissen van de tweede factor gevraagd",
    "gebruiker.factorherstel_afgewezen": "wissen van de tweede factor afgewezen",
    "rol.gegeven": "rol gegeven",
    "rol.geactiveerd": "rol geactiveerd",
    "rol.beeindigd": "rol beëindigd",
    "kring.gemaakt": "kring gemaakt",
    "kring.gewijzigd": "instelling van de kring gewijzigd",
    "deelnemer.toegevoegd": "praktijk toegevoegd",
    "deelnemer.gewijzigd": "praktijk gewijzigd",
    "tandarts.toegevoegd": "tandarts toegevoegd",
    "tandarts.gewijzigd": "tandarts gewijzigd",
    "eigentandarts.toegevoegd": "eigen tandarts toegevoegd",
    "eigentandarts.gewijzigd": "eigen tandarts gewijzigd",
    "eigentandarts.gecontroleerd": "adres van een eigen tandarts gecontroleerd",
    "eigentandarts.fout_gemeld": "gemeld dat het adres van een eigen tandarts niet klopt",
    "logboek.geraadpleegd": "logboek bekeken",
    "logboek.csv": "logboek als bestand opgehaald (export)",
}
_BEHEERD = {
    "kring": "kring",
    "gebruiker": "gebruiker",
    "lidmaatschap": "rol",
    "deelnemer": "praktijk",
    "tandarts": "tandarts",
    "eigentandarts": "eigen tandarts",
}
GEBEURTENISSEN |= {
    f"beheer.{soort}_{wat}": f"{naam} {wat} in het beheer"
    for soort, naam in _BEHEERD.items()
    for wat in ("toegevoegd", "gewijzigd")
}
