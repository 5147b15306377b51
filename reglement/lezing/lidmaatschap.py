"""Readings of who takes part, who decides about that, and who signs."""

from typing import Final

from reglement.lezing.keuzes import (
    NietVoldaan,
    NieuweDeelnemer,
    Opvolger,
    Roostergoedkeuring,
    VariantEen,
    Voorwaardelijk,
)
from reglement.lezing.punten import Keuze, Leespunt

LIDMAATSCHAP: Final = (
    Leespunt(
        "voorwaardelijk",
        "A-12",
        "9.1.2, 9.2h",
        "conditional_status",
        "Wat is een voorwaardelijk geroyeerde deelnemer tijdens de termijn?",
        (
            Keuze(
                Voorwaardelijk.DEELNEMER,
                "Deelnemer, met stem",
                "Hij telt mee. Een besluit kan anders bepalen.",
            ),
            Keuze(
                Voorwaardelijk.GESCHORST,
                "Geschorst",
                "Hij telt niet mee in het aantal en stemt niet.",
            ),
        ),
    ),
    Leespunt(
        "niet_voldaan",
        "A-13",
        "9.2j, 9.2k",
        "not_met",
        "Wat volgt als bij een vroege toets blijkt dat niet aan de voorwaarden is voldaan?",
        (
            Keuze(
                NietVoldaan.ROYEMENT,
                "Het royement is definitief",
                "Net als bij een toets na de termijn.",
            ),
            Keuze(
                NietVoldaan.TERMIJN_LOOPT_DOOR,
                "De termijn loopt door",
                "Na de termijn volgt nog een toets; die is dan beslissend.",
            ),
        ),
    ),
    Leespunt(
        "nieuwe_deelnemer",
        "A-17",
        "10.1, 11.5",
        "new_member",
        "Wie beslist over een nieuwe deelnemer?",
        (
            Keuze(
                NieuweDeelnemer.VERGADERING,
                "De vergadering (11.5)",
                "Het reglement noemt toelating niet, dus geldt de regel voor wat er niet in staat.",
            ),
            Keuze(
                NieuweDeelnemer.RECHT,
                "Niemand: wie voldoet, hoort erbij",
                "Wie aan par. 5.2.1 voldoet, heeft recht op deelname.",
            ),
        ),
    ),
    Leespunt(
        "roostergoedkeuring",
        "A-18",
        "4.2",
        "roster_approval",
        "Hoe keuren de deelnemers het rooster goed?",
        (
            Keuze(
                Roostergoedkeuring.GOEDKEURINGSRONDE,
                "In een goedkeuringsronde",
                "Ieder reageert voor een dag; er hoeft geen vergadering te zijn.",
            ),
            Keuze(Roostergoedkeuring.BESLUIT, "Met een besluit", "Het staat op een agenda."),
        ),
    ),
    Leespunt(
        "variant_een",
        "A-3",
        "4.1, 10.1e",
        "variant_i",
        "Wie benoemt de coördinator als het bestuur hem aanwijst (variant I)?",
        (
            Keuze(
                VariantEen.BESTUUR,
                "Het bestuur",
                "De bijzondere regel van 4.1 gaat voor de lijst van 10.1.",
            ),
            Keuze(
                VariantEen.BEKRACHTIGING,
                "Het bestuur, en de vergadering bekrachtigt",
                "Zo komen beide artikelen tot hun recht.",
            ),
        ),
    ),
    Leespunt(
        "opvolger",
        "A-19",
        "4.1",
        "interim_term",
        "Hoe lang zit iemand die halverwege opvolgt?",
        (
            Keuze(Opvolger.VOLLE_TERMIJN, "Een hele termijn", "De termijn hoort bij de persoon."),
            Keuze(
                Opvolger.RESTERENDE_TERMIJN,
                "De rest van de termijn",
                "De termijn hoort bij de functie.",
            ),
        ),
    ),
    Leespunt(
        "opnieuw_tekenen",
        "A-16",
        "3",
        "re_sign",
        "Vragen we bij elke nieuwe versie opnieuw een handtekening?",
        (
            Keuze(True, "Ja", "Geldig is de versie ook zonder: dat volgt uit het besluit."),
            Keuze(False, "Nee", "Alleen wie nog nooit tekende, krijgt de vraag."),
        ),
    ),
)
