"""The events of the rooster app in words (kern.gebeurtenissen)."""

GEBEURTENISSEN = {
    "dienst.gepland": "dienst gepland",
    "dienst.gewijzigd": "dienst gewijzigd",
    "dienst.verwijderd": "dienst verwijderd",
    "agendalink.gemaakt": "agendalink gemaakt",
    "agendalink.ingetrokken": "agendalink ingetrokken",
    "gebied.opgeslagen": "gebied van de kring opgeslagen",
}
