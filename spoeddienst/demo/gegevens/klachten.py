"""What people ring about: the answers for the protocol, and what the dentist writes later."""

from dataclasses import dataclass, field
from typing import Any

OPNAME = {"opname_gemeld": True}
CONTROLES = ("zorgvraag", "pijn", "vervolg", "tevreden")


@dataclass(frozen=True)
class Klacht:
    """One complaint; `verslag` is what the dentist types after seeing the patient."""

    omschrijving: str
    antwoorden: dict[str, Any]
    besluit: str = ""
    verslag: dict[str, Any] = field(default_factory=dict)
    leeftijd: tuple[int, int] = (18, 85)


def _tand(element: str, bevinding: str, behandeling: str, vlakken: str = "") -> dict[str, str]:
    return {
        "element": element,
        "vlakken": vlakken,
        "bevinding": bevinding,
        "behandeling": behandeling,
    }


def _klacht(omschrijving: str, antwoorden: dict, **rest) -> Klacht:
    return Klacht(omschrijving, OPNAME | antwoorden, **rest)


AVULSIE = _klacht(
    "Voortand uit de mond na een val van de fiets. Tand ligt in een beker melk.",
    {
        "klachten": ["avulsie"],
        "avulsie_element": "blijvend",
        "avulsie_bewaard": "melk",
        "oorzaak_ongeval": True,
        "ongeval_minuten_geleden": 15,
    },
    besluit="Direct laten komen, tand in de melk laten.",
    verslag={
        "bevindingen": "Element 11 geavulseerd, alveole intact, droge tijd ongeveer 10 minuten.",
        "diagnose": "Avulsie 11.",
        "behandeling": "Element teruggeplaatst en flexibel gespalkt 12-11-21. Röntgenfoto gemaakt.",
        "vervolg": "Spalk verwijderen en start endodontische behandeling.",
        "vervolg_termijn": "Binnen 7 tot 14 dagen",
        "tariefcodes": "C022, X10 11, R50 11",
        "gebit": [
            _tand("11", "avulsie", "replantatie", ""),
            _tand("12", "", "spalk", ""),
            _tand("21", "", "spalk", ""),
        ],
    },
    leeftijd=(12, 40),
)
NABLOEDING = _klacht(
    "Kies getrokken vanmiddag, de wond blijft bloeden. Al twee keer een gaasje verwisseld.",
    {"klachten": ["nabloeding"], "bloeding_ernst": "ernstig", "antitrombotica": "ja"},
    besluit="Laten komen, stevig dichtbijten op een gaas onderweg.",
    verslag={
        "bevindingen": "Bloedende alveole regio 36, geen stolsel. Gebruikt een bloedverdunner.",
        "diagnose": "Nabloeding na extractie 36.",
        "behandeling": "Wond gehecht met twee hechtingen en hemostatisch gaas. Bloeding gestopt.",
        "vervolg": "Controle van de wond.",
        "vervolg_termijn": "1 week",
        "tariefcodes": "C022, H26",
        "gebit": [_tand("36", "nabloeding", "hechting")],
    },
    leeftijd=(45, 85),
)
NABLOEDING_GERING = _klacht(
    "Na het trekken van een verstandskies nog wat bloed in het speeksel.",
    {"klachten": ["nabloeding"], "bloeding_ernst": "gering", "antitrombotica": "nee"},
    leeftijd=(18, 40),
)
PIJN_ADVIES = _klacht(
    "Zeurende kiespijn linksonder sinds vanavond, nog niets ingenomen.",
    {
        "klachten": ["pijn"],
        "koorts": "nee",
        "nrs": 5,
        "pijnstilling_ingenomen": "nee",
        "eigen_tandarts_binnen_24u": "ja",
        "klacht_sinds_uren": 5,
    },
)
PIJN_HEFTIG = _klacht(
    "Kloppende pijn rechtsboven, kan niet slapen. Pijnstiller helpt niet.",
    {
        "klachten": ["pijn"],
        "koorts": "nee",
        "nrs": 9,
        "pijnstilling_ingenomen": "ja",
        "pijnstilling_minuten_geleden": 120,
        "pijnstilling_verbetering": "nee",
        "pijnstilling_middel_en_dosis": "paracetamol 1000 mg",
        "eigen_tandarts_binnen_24u": "nee",
        "klacht_sinds_uren": 30,
    },
    besluit="Laten komen voor een noodbehandeling.",
    verslag={
        "bevindingen": "Element 16 pijnlijk bij kloppen, diepe cariës, niet vitaal.",
        "diagnose": "Acute apicale parodontitis 16.",
        "behandeling": "Trepanatie 16 onder verdoving, kanalen gespoeld, tijdelijk afgesloten.",
        "vervolg": "Wortelkanaalbehandeling 16 afmaken.",
        "vervolg_termijn": "Binnen 2 weken",
        "tariefcodes": "C022, A10, E31",
        "gebit": [_tand("16", "diepe_caries", "kanaal", "MO")],
    },
)
ABCES = _klacht(
    "Dikke wang rechts met koorts, mond gaat minder ver open.",
    {"klachten": ["dikke_wang", "pijn"], "koorts": "ja", "nrs": 7, "pijnstilling_ingenomen": "nee"},
    besluit="Vanavond laten komen voor incisie.",
    verslag={
        "bevindingen": "Zwelling regio 46, fluctuerend. Temperatuur 38,4. Slikken gaat goed.",
        "diagnose": "Submuceus abces uitgaande van 46.",
        "behandeling": "Incisie en drainage onder verdoving, spoelinstructie gegeven.",
        "vervolg": "Behandeling van element 46, extractie of endodontie.",
        "vervolg_termijn": "Binnen 1 week",
        "tariefcodes": "C022, A10, H60",
        "gebit": [_tand("46", "abces", "incisie")],
    },
)
TANDLETSEL = _klacht(
    "Tegen de rand van het zwembad gevallen, stuk van de voortand af en de tand zit los.",
    {
        "klachten": ["tandletsel"],
        "oorzaak_ongeval": True,
        "ongeval_minuten_geleden": 40,
    },
    besluit="Laten komen, stukje tand meenemen in water of melk.",
    verslag={
        "bevindingen": "Kroonfractuur 21 zonder pulpa, mobiliteit graad 1.",
        "diagnose": "Kroonfractuur en subluxatie 21.",
        "behandeling": "Fragment teruggeplakt met composiet. Zacht dieet geadviseerd.",
        "vervolg": "Controle vitaliteit 21.",
        "vervolg_termijn": "4 weken",
        "tariefcodes": "C022, V92",
        "gebit": [_tand("21", "kroonfractuur", "vulling", "MO")],
    },
    leeftijd=(7, 30),
)
KIND_PIJN = _klacht(
    "Kind huilt van de kiespijn en wil niet eten. Moeder belt.",
    {
        "klachten": ["pijn"],
        "koorts": "nee",
        "nrs": 8,
        "pijn_fors_of_acuut": True,
        "pijnstilling_ingenomen": "nee",
        "eigen_tandarts_binnen_24u": "nee",
        "beller": "ander",
        "patient_kan_zelf_spreken": True,
    },
    besluit="Laten komen, ouder erbij.",
    verslag={
        "bevindingen": "Diepe cariës 75, pijnlijk bij koude en zoet. Geen fistel.",
        "diagnose": "Pulpitis 75.",
        "behandeling": "Noodvulling met medicament, pijnstilling op gewicht geadviseerd.",
        "vervolg": "Definitieve behandeling 75.",
        "vervolg_termijn": "Binnen 1 week",
        "tariefcodes": "C022, V40",
        "gebit": [_tand("75", "diepe_caries", "noodvulling", "OD")],
    },
    leeftijd=(4, 10),
)
ONGEMAK = _klacht(
    "Stukje van een vulling afgebroken, scherp randje. Geen pijn.",
    {"klachten": ["ongemak"], "oorzaak_ongeval": False},
)

MET_TANDARTS = (AVULSIE, PIJN_HEFTIG, NABLOEDING, TANDLETSEL, ABCES, KIND_PIJN)
"""Complaints for which the protocol wants the dentist on the phone."""
