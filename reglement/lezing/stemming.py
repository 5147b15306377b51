"""Readings of who counts and what carries (9.2e-f, 10.3-10.5)."""

from typing import Final

from reglement.lezing.keuzes import (
    EigenBelang,
    Grondslag,
    Helft,
    Quorummoment,
)
from reglement.lezing.punten import Keuze, Leespunt

STEMMING: Final = (
    Leespunt(
        "helft_plus_een",
        "A-1",
        "9.2e, 10.3, 10.4",
        "half_plus_one",
        "Hoeveel is 'de helft plus één' bij een oneven aantal?",
        (
            Keuze(
                Helft.MEER_DAN_DE_HELFT,
                "Meer dan de helft",
                "Van 9 is dat 5. Er is altijd een uitslag: 4 tegen 3 is aangenomen.",
            ),
            Keuze(
                Helft.LETTERLIJK,
                "Letterlijk: de helft, en dan één erbij",
                "Van 9 is dat 5,5 en dus 6. Een tweede vergadering helpt dan vaak niet, en "
                "4 tegen 3 is niet aangenomen en ook geen gelijke stand.",
            ),
        ),
    ),
    Leespunt(
        "gewone_grondslag",
        "A-2",
        "10.4",
        "ordinary_base",
        "Welke stemmen tellen mee voor een gewone meerderheid?",
        (
            Keuze(
                Grondslag.VOOR_EN_TEGEN,
                "Alleen voor en tegen",
                "Wie blanco stemt, laat de keuze aan de anderen.",
            ),
            Keuze(
                Grondslag.MET_BLANCO,
                "Voor, tegen en blanco",
                "Een blanco stem werkt dan als een stem tegen.",
            ),
            Keuze(
                Grondslag.AANWEZIGEN,
                "Iedereen die aanwezig is",
                "Ook wie niet stemt, telt dan als tegen.",
            ),
        ),
    ),
    Leespunt(
        "gekwalificeerde_grondslag",
        "A-4",
        "10.4 optie B",
        "qualified_base",
        "Waarvan is twee derde een deel bij de besluiten op de 2/3-lijst?",
        (
            Keuze(
                Grondslag.VOOR_EN_TEGEN,
                "Van de stemmen voor en tegen",
                "Zo staat het er: een meerderheid van stemmen.",
            ),
            Keuze(
                Grondslag.AANWEZIGEN,
                "Van de aanwezige deelnemers",
                "Zoals bij royement (9.2f): wie niet stemt, telt als tegen.",
            ),
            Keuze(
                Grondslag.MET_BLANCO,
                "Van voor, tegen en blanco",
                "Een blanco stem werkt dan als een stem tegen.",
            ),
        ),
    ),
    Leespunt(
        "betrokkene_stemt",
        "A-5",
        "9.2b, 9.2f",
        "subject_votes",
        "Stemt de deelnemer om wie het gaat mee over het eigen royement?",
        (
            Keuze(
                True,
                "Ja, hij stemt mee en telt mee",
                "Hij wordt uitgenodigd en het artikel spreekt van alle aanwezige deelnemers.",
            ),
            Keuze(
                False,
                "Nee, hij stemt niet en telt niet mee in de 2/3",
                "Zijn stem en zijn aanwezigheid tellen niet bij de uitslag. Dat kan de uitslag "
                "veranderen: kies het vooraf.",
            ),
        ),
    ),
    Leespunt(
        "doorslag_bij_belang",
        "A-6",
        "10.5",
        "casting_conflict",
        "Wie geeft de doorslag als degene die dat moet doen zelf belang heeft?",
        (
            Keuze(
                EigenBelang.PLAATSVERVANGER,
                "De plaatsvervanger",
                "De stem gaat naar wie hem vervangt.",
            ),
            Keuze(
                EigenBelang.HOUDER,
                "Hij toch zelf",
                "Het reglement maakt geen uitzondering.",
            ),
            Keuze(
                EigenBelang.NIEMAND,
                "Niemand: het voorstel is verworpen",
                "Bij een gelijke stand is er dan geen meerderheid.",
            ),
        ),
    ),
    Leespunt(
        "quorummoment",
        "A-7",
        "9.2e, 10.3",
        "quorum_moment",
        "Wanneer moeten er genoeg deelnemers zijn?",
        (
            Keuze(
                Quorummoment.BIJ_STEMMING,
                "Bij elke stemming",
                "Gaat er iemand weg, dan kan er te weinig over zijn om te stemmen.",
            ),
            Keuze(
                Quorummoment.BIJ_OPENING,
                "Alleen bij de opening",
                "Wie later weggaat, maakt de vergadering niet ongeldig.",
            ),
        ),
    ),
    Leespunt(
        "volmacht",
        "A-8",
        "2",
        "proxy_allowed",
        "Mag een deelnemer een ander laten stemmen met een volmacht?",
        (
            Keuze(
                False,
                "Nee",
                "Het reglement noemt geen volmacht: de vertegenwoordiger stemt zelf.",
            ),
            Keuze(True, "Ja", "Een schriftelijke volmacht telt als aanwezig en als stem."),
        ),
    ),
)
