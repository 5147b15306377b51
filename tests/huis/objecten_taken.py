"""One object of every kind of the coördinator's duties, for the matrix and the canaries."""

from tests import factories


def taken_of(kring, gebruiker, deelnemer) -> dict:
    """Return what the addresses name; the rest is there for its text."""
    persoon = {"gebruiker": gebruiker, "deelnemer": deelnemer}
    geschil = factories.GeschilFactory(kring=kring, namens=deelnemer, gemeld_door=gebruiker)
    factories.GeschilpartijFactory(kring=kring, geschil=geschil)
    factories.GeschilstapFactory(kring=kring, geschil=geschil, genoteerd_door=gebruiker)
    factories.VerplichtingFactory(kring=kring, gedelegeerd_aan=gebruiker)
    factories.WielmeldingFactory(kring=kring, genoteerd_door=gebruiker)
    brief = factories.RondschrijvenFactory(kring=kring, verzonden_door=gebruiker)
    factories.RondbezorgingFactory(kring=kring, rondschrijven=brief)
    return {
        "functie": factories.FunctieFactory(kring=kring, **persoon),
        "voordracht": factories.VoordrachtFactory(kring=kring, **persoon),
        "geschil": geschil,
        "rondschrijven": brief,
    }
