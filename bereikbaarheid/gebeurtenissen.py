"""The events of the bereikbaarheid app in words (kern.gebeurtenissen)."""

GEBEURTENISSEN = {
    "startcontrole.afgevinkt": "punt van de startcontrole afgevinkt",
    "startcontrole.teruggezet": "punt van de startcontrole teruggezet",
    "startcontrole.herinnerd": "tandarts herinnerd aan de startcontrole",
    "startcontrole.geescaleerd": "coördinator gewaarschuwd over de startcontrole",
    "bereikbaarheid.ingesteld": "herinneringen en weekbericht ingesteld",
    "doorschakeling.opgeslagen": "tussenschakels opgeslagen",
    "aankondiging.opgeslagen": "openingstijden van een praktijk opgeslagen",
    "sluiting.toegevoegd": "sluiting van een praktijk toegevoegd",
    "sluiting.verwijderd": "sluiting van een praktijk verwijderd",
    "ontvanger.toegevoegd": "ontvanger van het weekbericht toegevoegd",
    "ontvanger.gewijzigd": "ontvanger van het weekbericht gewijzigd",
    "ontvanger.verwijderd": "ontvanger van het weekbericht verwijderd",
    "weekbericht.verzonden": "weekbericht verstuurd",
    "weekbericht.opnieuw": "weekbericht opnieuw verstuurd",
    "weekbericht.opgehouden": "weekbericht opgehouden: gat in het rooster",
    "dienst.herinnerd": "herinnerd aan een komende dienst",
}
