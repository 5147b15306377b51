"""Readings of when something must be done (4.2, 8, 9.2, 10.7)."""

from typing import Final

from reglement.lezing.keuzes import (
    Oproepvanaf,
    OpzegEinde,
    Telwijze,
    Toezendklok,
    Vergoedingsjaar,
    Viervergadering,
)
from reglement.lezing.punten import Keuze, Leespunt

TERMIJNEN: Final = (
    Leespunt(
        "telwijze",
        "A-9",
        "4.2, 9.2c, 9.2e, 10.3, 11.5",
        "notice_counting",
        "Hoe tellen we de weken voor een vergadering?",
        (
            Keuze(
                Telwijze.KALENDERDAGEN,
                "Datum min datum",
                "Verzonden op 1 oktober met drie weken: vergaderen kan vanaf 22 oktober.",
            ),
            Keuze(
                Telwijze.VRIJE_DAGEN,
                "Vrije dagen",
                "De dag van verzenden en de dag van vergaderen tellen niet mee: vanaf 23 oktober.",
            ),
        ),
    ),
    Leespunt(
        "oproep_vanaf",
        "A-9",
        "4.2, 9.2c, 9.2e, 10.3, 11.5",
        "notice_from",
        "Vanaf welke dag loopt die termijn?",
        (
            Keuze(Oproepvanaf.VERZENDING, "De dag van verzenden", "Die dag staat vast."),
            Keuze(
                Oproepvanaf.ONTVANGST,
                "De dag van ontvangst",
                "De laatste ontvangst telt. Is die niet bekend, dan rekenen we met de verzending.",
            ),
        ),
    ),
    Leespunt(
        "tweede_vooraf",
        "A-10",
        "9.2e, 10.3",
        "second_meeting_preannounced",
        "Mag een tweede vergadering al in de eerste oproep staan?",
        (
            Keuze(
                False,
                "Nee",
                "Eerst blijkt dat er te weinig deelnemers zijn, dan pas volgt de tweede oproep.",
            ),
            Keuze(True, "Ja", "De week loopt dan vanaf de eerste oproep."),
        ),
    ),
    Leespunt(
        "termijnenwet",
        "RG-10",
        "10.7",
        "atw_private",
        "Schuift een termijn uit het reglement op als hij op een vrije dag eindigt?",
        (
            Keuze(False, "Nee", "De Algemene termijnenwet geldt voor termijnen uit een wet."),
            Keuze(True, "Ja, naar de eerste werkdag", "De kring kiest voor dezelfde regel."),
        ),
    ),
    Leespunt(
        "toezendklok",
        "A-15",
        "10.7",
        "send_clock",
        "Wanneer moet een gewijzigd reglement bij iedereen zijn?",
        (
            Keuze(
                Toezendklok.VANAF_VERWERKING,
                "Een week na het verwerken",
                "De tweede week begint als de nieuwe tekst er is.",
            ),
            Keuze(
                Toezendklok.BESLUIT_14_DAGEN,
                "Veertien dagen na het besluit",
                "Eén vaste datum, hoe vlot het verwerken ook ging.",
            ),
        ),
    ),
    Leespunt(
        "viervergadering",
        "A-14",
        "9.2k",
        "k_meeting",
        "Wat moet er binnen vier weken gebeurd zijn na een verzoek of een toets?",
        (
            Keuze(Viervergadering.GEHOUDEN, "De vergadering is gehouden", "De strengste uitleg."),
            Keuze(
                Viervergadering.OPGEROEPEN,
                "De vergadering is opgeroepen",
                "De vergadering zelf kan dan later zijn.",
            ),
        ),
    ),
    Leespunt(
        "opzeg_einde",
        "A-20",
        "8",
        "resignation_end",
        "Op welke dag gaat een opzegging in?",
        (
            Keuze(OpzegEinde.EXACTE_DAG, "Precies na de maanden", "15 mei met 6 maanden: 15 nov."),
            Keuze(OpzegEinde.MAANDEINDE, "Aan het eind van die maand", "Dan wordt het 30 nov."),
            Keuze(
                OpzegEinde.ROOSTEREINDE,
                "Aan het eind van het rooster",
                "Zo hoeft een gemaakt rooster niet om. Is dat er niet, dan de exacte dag.",
            ),
        ),
    ),
    Leespunt(
        "vergoedingsjaar",
        "A-21",
        "9.2l",
        "one_sided_year",
        "Welke diensten tellen bij een eenzijdige toelating midden in het jaar?",
        (
            Keuze(
                Vergoedingsjaar.VANAF_DATUM,
                "De diensten vanaf die dag",
                "Voor de tijd ervoor deed de praktijk nog mee.",
            ),
            Keuze(Vergoedingsjaar.HEEL_JAAR, "Alle diensten van het jaar", "Zo staat het er."),
        ),
    ),
)
