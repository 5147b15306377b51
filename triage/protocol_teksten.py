"""What the screen says: sentences for the keys of the protocol.

Own words throughout; the guideline's text is copyrighted and only its § numbers are used.
Advice is written to be read aloud to the patient ("u"); the rest addresses the assistant ("je").
Plain strings: this module is part of the pure law.  Display code passes them through ``gettext``.
"""

from collections.abc import Iterable, Mapping
from typing import Final


def gettext_noop(tekst: str) -> str:
    """Mark a string for makemessages; Django's own marker needs configured settings."""
    return tekst


_ = gettext_noop

CONTACT: Final[Mapping[str, str]] = {
    "verplicht": _("Bel nu de dienstdoende tandarts"),
    "aanbevolen": _("Overleg met de dienstdoende tandarts aanbevolen"),
    "niet_nodig": _("Geen overleg nodig"),
}

URGENTIE: Final[Mapping[str, str]] = {
    "zo_snel_mogelijk": _("Zo snel mogelijk"),
    "binnen_60_min": _("Binnen 60 minuten"),
    "binnen_24_uur": _("Binnen 24 uur"),
    "overleg": _("Tandarts bepaalt de termijn"),
    "advies_met_terugbelmoment": _("Advies met terugbelmoment"),
    "niet_spoed": _("Geen spoed"),
}

MOET_GEZIEN: Final[Mapping[str, str]] = {
    "ja": _("Patiënt komt langs"),
    "tandarts_bepaalt": _("Tandarts beslist of de patiënt langskomt"),
    "vooralsnog_niet": _("Patiënt hoeft nu niet langs te komen"),
}

ZEKERHEID: Final[Mapping[str, str]] = {
    "letterlijk": _("Staat zo in de richtlijn"),
    "interpretatie": _("Lezing van de richtlijn"),
}

KLACHTEN: Final[Mapping[str, str]] = {
    "ongemak": _("Ongemak zonder pijn"),
    "pijn": _("Pijn"),
    "dikke_wang": _("Dikke wang"),
    "slikklachten": _("Moeite met slikken"),
    "nabloeding": _("Nabloeding"),
    "tandletsel": _("Tand beschadigd of los door ongeval"),
    "avulsie": _("Tand uit de mond"),
    "anders": _("Iets anders"),
}

# In the order in which they are read aloud: first aid first, organisation last.
ADVIEZEN: Final[Mapping[str, str]] = {
    "melkelement_niet_terugplaatsen": _(
        "Zet de tand niet terug. Een melktand terugzetten kan de nieuwe tand beschadigen."
    ),
    "wortel_niet_aanraken": _(
        "Pak de tand vast bij de kroon, het witte deel. Kom niet aan de wortel."
    ),
    "element_schoonspoelen_koud_max_15_sec": _(
        "Zit er vuil op? Spoel de tand kort af met koud water of koude melk. "
        "Tel rustig tot tien en stop. Niet boenen."
    ),
    "element_terugplaatsen_zo_mogelijk": _(
        "Is het een blijvende tand? Zet hem als dat lukt nu terug in het gat, met de wortel naar "
        "binnen. Bijt zacht op een schone doek, zodat hij blijft zitten. "
        "Lukt het niet, forceer dan niets."
    ),
    "element_bewaren_melk_of_speeksel": _(
        "Zit de tand niet in de mond? Houd hem nat: doe hem in een bekertje met melk of met "
        "speeksel. Niet in een droge doek. Neem de tand mee."
    ),
    "niet_spoelen": _("Spoel uw mond niet. Spoelen kan het bloeden weer op gang brengen."),
    "dichtbijten_gaasje_30_min": _(
        "Leg een gaasje op de wond en bijt er een halfuur stevig op, zonder te kijken. "
        "Geen gaasje? Neem een schone, opgevouwen zakdoek."
    ),
    "eerstehulp_als_alternatief": _(
        "Kan de tandarts u niet snel genoeg zien, dan gaat u naar de eerste hulp. "
        "Wij spreken met u af waar u heen gaat."
    ),
    "pijnstiller_innemen": _(
        "Neem een pijnstiller die u mag gebruiken. Houd u aan de dosering in de bijsluiter."
    ),
    "opnieuw_bellen_bij_geen_verbetering": _(
        "Is het op de afgesproken tijd niet beter? Bel ons dan terug. "
        "Wordt het eerder erger, wacht dan niet en bel meteen."
    ),
    "eigen_tandarts_volgende_dag": _(
        "Bel uw eigen tandarts zodra de praktijk weer opengaat, de eerstvolgende ochtend."
    ),
    "eigen_tandarts_na_weekend_of_feestdag": _(
        "Bel uw eigen tandarts op de eerste werkdag, na het weekend of de feestdag."
    ),
    "zoek_eigen_tandarts_met_klem": _(
        "U heeft nog geen eigen tandarts. Zoek er zo snel mogelijk een: "
        "wij helpen u alleen met deze spoedklacht."
    ),
    "informeer_betaling": _(
        "Aan het bezoek zijn kosten verbonden. Ik vertel u hoe u kunt betalen."
    ),
    "alleen_patient_toegang": _(
        "Voor de veiligheid laten we alleen u binnen. Wie met u meekomt, wacht buiten."
    ),
    "max_een_begeleider": _("Er mag één begeleider mee naar binnen, niet meer."),
    "grens_stellen_script": _(
        "Ik wil u graag helpen, maar niet als u zo tegen mij praat. "
        "Blijft u rustig, dan kijken we samen verder."
    ),
    "politie_overwegen": _(
        "Niet voorlezen: je voelt je bedreigd. Meld het de tandarts voor de patiënt komt en "
        "overleg of de politie gewaarschuwd moet worden."
    ),
}

# Advice meant for the assistant only; the screen must not offer it as read-aloud text.
NIET_VOORLEZEN: Final = frozenset({"politie_overwegen"})

VLAGGEN: Final[Mapping[str, str]] = {
    "inschrijving_geen_weigeringsgrond": _(
        "Niet of elders ingeschreven. Dat is geen reden om hulp te weigeren."
    ),
    "mondhygienist_afspraak_controleren": _(
        "Patiënt van een vrijgevestigd mondhygiënist. Kijk welke afspraak de kring daarmee heeft."
    ),
}

REGELREDENEN: Final[Mapping[str, str]] = {
    "R-01": _("Je twijfelt, dus de tandarts kijkt mee."),
    "R-02": _("Een antwoord dat het verschil maakt is niet bekend. Dat telt als twijfel."),
    "R-03": _("Deze klacht staat niet in het schema. Dat telt als twijfel."),
    "R-10": _("Ongemak zonder ongeval kan wachten tot de eigen tandarts."),
    "R-11": _("Ongemak, maar er is geen eigen tandarts om op te wachten."),
    "R-12": _("Bij een kind is overleg met de tandarts aanbevolen, ook zonder pijn."),
    "R-20": _("Pijn zonder koorts en nog geen pijnstiller geprobeerd."),
    "R-21": _("Pijn zonder koorts en de pijnstiller helpt niet."),
    "R-22": _("Opnieuw gebeld na het pijnadvies en het is niet beter."),
    "R-23": _("Een jong kind met hevige of plotselinge pijn wordt altijd gezien."),
    "R-24": _("Een kind met pijn: de tandarts bepaalt wat nodig is."),
    "R-25": _("Pijnstilling helpt niet en de eigen tandarts kan niet binnen 24 uur helpen."),
    "R-26": _("De eigen tandarts kan niet zeker binnen 24 uur helpen."),
    "R-27": _("De patiënt geeft een hoog pijncijfer."),
    "R-28": _("De pijnstiller of het advies heeft nog tijd nodig om te werken."),
    "R-29": _("De pijn is minder geworden."),
    "R-30": _("Koorts samen met pijn, een dikke wang of moeite met slikken."),
    "R-31": _("Dikke wang of moeite met slikken zonder koorts staat niet in het schema."),
    "R-32": _("Koorts bij een klacht waar het schema geen koorts verwacht."),
    "R-40": _("Elke nabloeding krijgt meteen eerste hulp voor thuis."),
    "R-41": _("Lichte bloeding zonder bloedverdunners: eerst een halfuur dichtbijten."),
    "R-42": _("De bloeding is ernstig."),
    "R-43": _("De patiënt bloedt en gebruikt bloedverdunners."),
    "R-44": _("Na een halfuur advies bloedt het nog."),
    "R-45": _("De patiënt heeft al een halfuur op een gaasje gebeten en bloedt nog."),
    "R-46": _("Over de bloeding is te weinig bekend om af te wachten."),
    "R-47": _("De bloeding is gestopt."),
    "R-50": _("Schade aan een tand door een ongeval beoordeelt altijd de tandarts."),
    "R-60": _("Een tand is uit de mond. Elke minuut telt."),
    "R-61": _("Het is een melktand, of gezien de leeftijd waarschijnlijk een melktand."),
    "R-62": _("De tand zit al terug op zijn plek."),
    "R-63": _("Melktand of blijvende tand: dat moet de tandarts eerst beoordelen."),
    "R-70": _("De klacht is erger dan bij het vorige gesprek."),
    "R-80": _("De patiënt komt langs en moet weten hoe betalen en binnenkomen gaat."),
    "R-81": _("De beller gedraagt zich ongepast. De tandarts moet dat weten."),
    "R-82": _("De patiënt heeft geen eigen tandarts."),
    "R-83": _("Een passant krijgt dezelfde beoordeling als ieder ander."),
    "R-84": _("Een patiënt van een mondhygiënist krijgt dezelfde beoordeling."),
    "R-85": _("Iemand anders belt. Probeer de patiënt zelf te spreken."),
}

VRAGEN: Final[Mapping[str, str]] = {
    "verbetering_sinds_advies": _("Is het beter geworden sinds het advies?"),
    "oorzaak_ongeval": _("Komt het door een val of een klap?"),
    "bloeding_ernst": _("Hoe erg bloedt het?"),
    "antitrombotica": _("Gebruikt u bloedverdunners?"),
    "koorts": _("Heeft u koorts?"),
    "pijn_fors_of_acuut": _("Is de pijn hevig of plotseling begonnen?"),
    "pijnstilling_ingenomen": _("Heeft u al een pijnstiller genomen?"),
    "pijnstilling_minuten_geleden": _("Hoeveel minuten geleden was dat?"),
    "pijnstilling_verbetering": _("Helpt de pijnstiller?"),
    "nrs": _("Welk cijfer geeft u de pijn, van 0 (niets) tot 10 (niet uit te houden)?"),
    "eigen_tandarts_binnen_24u": _("Kunt u binnen 24 uur bij uw eigen tandarts terecht?"),
    "bloeding_minuten_dichtgebeten": _("Hoeveel minuten heeft u al op een gaasje gebeten?"),
    "avulsie_bewaard": _("Waar is de tand nu?"),
    "avulsie_element": _("Is het een melktand of een blijvende tand?"),
    "ongeval_minuten_geleden": _("Hoeveel minuten geleden is het gebeurd?"),
    "pijnstilling_middel_en_dosis": _("Welke pijnstiller, en hoeveel?"),
    "klacht_sinds_uren": _("Hoeveel uur heeft u er al last van?"),
    "verloop": _("Wordt het erger, minder of blijft het gelijk?"),
    "aandoeningen": _("Heeft u een ziekte of gebruikt u medicijnen?"),
    "leeftijd_jaren": _("Hoe oud is de patiënt?"),
    "eigen_tandarts": _("Heeft u een eigen tandarts?"),
    "ingeschreven_bij_deelnemer": _("Staat u ingeschreven bij een praktijk van deze kring?"),
    "passant": _("Bent u hier op doorreis of op vakantie?"),
    "mondhygienist_patient": _("Bent u behandeld door een vrijgevestigd mondhygiënist?"),
}

# Answer labels.  One list: a value means the same in every question, except "melk" (below).
ANTWOORDEN: Final[Mapping[str, str]] = {
    "ja": _("Ja"),
    "nee": _("Nee"),
    "onbekend": _("Onbekend"),
    "geen": _("Nee, geen eigen tandarts"),
    "erger": _("Het is erger"),
    "gering": _("Gering"),
    "matig": _("Matig"),
    "ernstig": _("Ernstig"),
    "blijvend": _("Blijvende tand"),
    "melk": _("In melk"),
    "droog": _("Droog"),
    "speeksel": _("In speeksel"),
    "water": _("In water"),
    "teruggeplaatst": _("Al teruggezet"),
    "kwijt": _("Niet gevonden"),
}

# Errors of the intake and of the closing: what is wrong and what to do about it.
FOUTEN: Final[Mapping[str, str]] = {
    "klacht_ontbreekt": _("Kies eerst een klacht."),
    "naam_ontbreekt": _("Vul de naam van de patiënt in."),
    "adres_ontbreekt": _("Vul het adres in."),
    "woonplaats_ontbreekt": _("Vul de woonplaats in."),
    "telefoon_ontbreekt": _("Vul een nummer in om de patiënt terug te kunnen bellen."),
    "telefoon_ongeldig": _("Dit telefoonnummer klopt niet. Vraag het nog eens na."),
    "leeftijd_ontbreekt": _("Vul de leeftijd of geboortedatum in."),
    "leeftijd_buiten_bereik": _("De leeftijd moet tussen 0 en 120 jaar liggen."),
    "bsn_formaat": _("Een BSN bestaat uit 9 cijfers."),
    "bsn_elfproef": _("Dit BSN bestaat niet. Controleer de cijfers."),
    "bsn_niet_toegestaan": _("Je organisatie mag geen BSN vastleggen. Maak het veld leeg."),
    "nrs_ontbreekt": _("Vraag het pijncijfer (0 tot en met 10)."),
    "nrs_ongeldig": _("Het pijncijfer is een heel getal van 0 tot en met 10."),
    "nrs_0_bij_pijn": _("Pijncijfer 0 past niet bij de klacht pijn. Vraag het nog eens na."),
    "pijnstilling_middel_ontbreekt": _("Noteer welke pijnstiller en hoeveel."),
    "opname_niet_gemeld": _("Meld dat het gesprek wordt opgenomen en vink dat aan."),
    "reden_patient_niet_zelf_ontbreekt": _("Noteer waarom de patiënt niet zelf kan praten."),
    "tandartscontact_ontbreekt": _("Spreek eerst de dienstdoende tandarts."),
    "reden_geen_contact_ontbreekt": _("Noteer waarom je niet met de tandarts hebt overlegd."),
    "betaling_niet_geinformeerd": _("Vertel de patiënt hoe de betaling gaat."),
    "zwaarwegende_gronden_ontbreken": _(
        "Noteer waarom de tandarts dit kind nu niet ziet. Dat mag alleen om zwaarwegende redenen."
    ),
    "afsluitcontrole_onvolledig": _("Loop alle vier de slotvragen langs."),
    "te_veel_tussenschakels": _("Er zitten te veel schakels tussen de patiënt en de tandarts."),
}


def answer_label(veld: str, waarde: str) -> str:
    """The label of one answer; ``melk`` is a tooth in one question and a place in another."""
    if veld == "avulsie_element" and waarde == "melk":
        return _("Melktand")
    return ANTWOORDEN[waarde]


def advice_in_reading_order(adviezen: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """(key, text) pairs in the order in which to read them aloud.

    Raises ``ValueError`` for an unknown key: advice must not vanish from the screen unnoticed.
    """
    order = list(ADVIEZEN)
    return tuple((key, ADVIEZEN[key]) for key in sorted(adviezen, key=order.index))
