"""What the caller of a case says: our own words, made from the facts. Plain strings, no Django.

Neutral of person, so that a sentence fits the patient and whoever calls for them. An opening never
gives away what has to be asked.
"""

from collections.abc import Mapping
from typing import Final

OPENING: Final[Mapping[str, tuple[str, ...]]] = {
    "ongemak": (
        "Er is een hoekje van een tand af. Het doet geen pijn, maar het voelt scherp.",
        "Er zit iets los in de mond, een vulling denk ik. Pijn is er niet.",
        "Er is een stukje van een tand afgebroken. Het schuurt, verder niets.",
    ),
    "pijn": (
        "Het gaat om kiespijn. Kauwen aan die kant lukt niet meer.",
        "Er is pijn aan een kies onderin. Het klopt en het houdt niet op.",
        "Een zere kies. Het begon vandaag en nu belt u maar eens, dacht ik.",
    ),
    "dikke_wang": (
        "De wang is dik geworden. Vanochtend was er nog niets te zien.",
        "Eén kant van het gezicht is opgezet. Dat ziet er niet goed uit.",
    ),
    "slikklachten": (
        "Slikken gaat moeilijk. Drinken gaat ook niet goed.",
        "Achter in de mond zit iets. Eten wegslikken lukt bijna niet.",
    ),
    "nabloeding": (
        "Na de behandeling van vandaag blijft het bloeden.",
        "De wond in de mond bloedt nog steeds. Er komt maar geen eind aan.",
    ),
    "tandletsel": (
        "Er is een tand geraakt. Hij zit er nog in, maar niet meer zoals het hoort.",
        "Er staat ineens een voortand scheef en hij beweegt.",
    ),
    "avulsie": (
        "Er is een tand uit. Helemaal uit! Wat moet ik doen?",
        "Er ligt een hele tand uit de mond. Kunt u helpen?",
    ),
    "anders": (
        "Het is iets geks, ik weet niet of ik bij u moet zijn.",
        "Misschien heeft u dit nog nooit gehoord, maar er is iets met de mond.",
    ),
}

VOOR_KIND: Final = "Ik bel voor mijn kind."
VOOR_ANDER: Final = "Ik bel voor iemand anders."
NIET_ZELF: Final = "Zelf aan de telefoon komen lukt niet."
PASSANT: Final = "We zijn hier op vakantie."
MONDHYGIENIST: Final = "De behandeling was bij een vrijgevestigde mondhygiënist."
BEGELEIDING: Final = "Er moet iemand mee, alleen komen gaat niet."

AGRESSIE: Final[Mapping[str, str]] = {
    "onaangepast": "De beller scheldt en laat je niet uitpraten.",
    "dreigend": "De beller dreigt: je wordt opgezocht als er niet snel iemand helpt.",
}
TWIJFEL: Final = "Wat je hoort past niet bij elkaar. Je vertrouwt het niet: je twijfelt."
HERHAALD: Final[Mapping[str | None, str]] = {
    "pijn_advies": "Deze patiënt belde {minuten} minuten geleden ook, met pijn. Toen was er advies "
    "voor thuis.",
    "nabloeding_advies": "Deze patiënt belde {minuten} minuten geleden ook, met een bloeding. Toen "
    "was het advies: op een gaasje bijten.",
    None: "Deze patiënt belde {minuten} minuten geleden ook. Toen was er advies voor thuis.",
}

WEET_NIET: Final = "Dat weet ik niet."
GEEN_IDEE_TEKST: Final = "Daar kan ik niets over zeggen."

# field -> value -> what the caller says
ANTWOORDEN: Final[Mapping[str, Mapping[object, str]]] = {
    "verbetering_sinds_advies": {
        "ja": "Ja, het gaat een stuk beter.",
        "nee": "Nee, het is hetzelfde gebleven.",
        "erger": "Nee, het is juist erger geworden.",
        "onbekend": "Moeilijk te zeggen.",
    },
    "oorzaak_ongeval": {
        True: "Ja, door een val.",
        False: "Nee, het ging zomaar, bij het eten.",
    },
    "bloeding_ernst": {
        "gering": "Het sijpelt een beetje. Wat roze speeksel.",
        "matig": "Het loopt wel door. Om het kwartier is een zakdoek vol.",
        "ernstig": "Het stroomt. Er ligt hier van alles onder het bloed.",
        "onbekend": "Ik durf niet te kijken.",
    },
    "antitrombotica": {
        "ja": "Ja, bloedverdunners, elke dag.",
        "nee": "Nee, geen bloedverdunners.",
        "onbekend": "Er zijn wel pillen, maar waarvoor weet ik niet.",
    },
    "koorts": {
        "ja": "Ja, net gemeten: 38,9.",
        "nee": "Nee, gemeten en geen koorts.",
        "onbekend": "Niet gemeten. Er is hier geen thermometer.",
    },
    "pijn_fors_of_acuut": {
        True: "Ja, heel hevig en het kwam ineens opzetten.",
        False: "Nee, het is rustig begonnen en het valt nog mee.",
    },
    "pijnstilling_ingenomen": {
        "ja": "Ja, er is al iets ingenomen.",
        "nee": "Nee, nog niets genomen.",
        "onbekend": "Dat weet ik niet zeker.",
    },
    "pijnstilling_verbetering": {
        "ja": "Ja, het helpt.",
        "nee": "Nee, er is niets van te merken.",
        "erger": "Nee, het wordt alleen maar erger.",
        "onbekend": "Daar durf ik niets van te zeggen.",
    },
    "eigen_tandarts_binnen_24u": {
        "ja": "Ja, dat kan. De praktijk is dan open.",
        "nee": "Nee, dat lukt niet binnen een dag.",
        "onbekend": "Geen idee of de praktijk dan open is.",
    },
    "avulsie_bewaard": {
        "droog": "Hij ligt in een zakdoek.",
        "melk": "Hij zit in een glas melk.",
        "speeksel": "Hij zit in een bekertje met spuug.",
        "water": "Hij ligt in een glas water.",
        "teruggeplaatst": "Iemand heeft hem al teruggezet.",
        "kwijt": "Hij is nergens te vinden.",
        "onbekend": "Ik weet niet waar hij is gebleven.",
    },
    "avulsie_element": {
        "blijvend": "Een gewone grote tand, een blijvende.",
        "melk": "Een melktandje.",
        "onbekend": "Dat kan ik niet zien.",
    },
    "eigen_tandarts": {
        "ja": "Ja, er is een eigen tandarts.",
        "geen": "Nee, geen eigen tandarts.",
        "onbekend": "Dat weet ik niet.",
    },
    "ingeschreven_bij_deelnemer": {
        "ja": "Ja, bij een praktijk hier in de buurt.",
        "nee": "Nee, niet bij een praktijk van hier.",
        "onbekend": "Dat weet ik niet.",
    },
}

# field -> sentence with {waarde}
GETALLEN: Final[Mapping[str, str]] = {
    "pijnstilling_minuten_geleden": "Dat was {waarde} minuten geleden.",
    "nrs": "Een {waarde}.",
    "bloeding_minuten_dichtgebeten": "Er is al {waarde} minuten op een gaasje gebeten.",
    "ongeval_minuten_geleden": "Ongeveer {waarde} minuten geleden.",
    "klacht_sinds_uren": "Een uur of {waarde}.",
    "leeftijd_jaren": "{waarde} jaar.",
}

# Short names: here somebody chooses from all advice, nothing is read aloud.
ADVIEZEN: Final[Mapping[str, Mapping[str, str]]] = {
    "Eerste hulp": {
        "niet_spoelen": "Niet spoelen",
        "dichtbijten_gaasje_30_min": "Een halfuur op een gaasje bijten",
        "wortel_niet_aanraken": "De wortel niet aanraken",
        "element_schoonspoelen_koud_max_15_sec": "De tand kort schoonspoelen",
        "element_terugplaatsen_zo_mogelijk": "De tand terugzetten",
        "element_bewaren_melk_of_speeksel": "De tand bewaren in melk of speeksel",
        "melkelement_niet_terugplaatsen": "De tand níet terugzetten",
        "eerstehulp_als_alternatief": "Anders naar de eerste hulp",
    },
    "Thuis afwachten": {
        "pijnstiller_innemen": "Een pijnstiller nemen",
        "opnieuw_bellen_bij_geen_verbetering": "Terugbellen als het niet beter wordt",
        "eigen_tandarts_volgende_dag": "Morgenochtend de eigen tandarts bellen",
        "eigen_tandarts_na_weekend_of_feestdag": "De eigen tandarts bellen op de eerste werkdag",
        "zoek_eigen_tandarts_met_klem": "Met klem: zoek een eigen tandarts",
    },
    "Als de patiënt langskomt": {
        "informeer_betaling": "Vertellen hoe betalen gaat",
        "alleen_patient_toegang": "Alleen de patiënt komt binnen",
        "max_een_begeleider": "Er mag één begeleider mee",
    },
    "Gedrag van de beller": {
        "grens_stellen_script": "Een grens stellen",
        "politie_overwegen": "Met de tandarts overleggen over de politie",
    },
}
