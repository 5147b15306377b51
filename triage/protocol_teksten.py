"""What the screen says: sentences for the keys of the protocol.

Own words throughout; the guideline's text is copyrighted and only its § numbers are used.
Advice, flags and the reasons of rules belong to a rule set (`triage.protocol.regelsets`).
Questions are written to be read aloud to the patient ("u"), the rest is for the assistant ("je").
Plain strings: this module is part of the pure law.  Display code passes them through ``gettext``.
"""

from collections.abc import Mapping
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
    "lokaal": _("Niet uit de richtlijn"),
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

VRAGEN: Final[Mapping[str, str]] = {
    "direct_gevaar": _(
        "Is er ademnood, is de patiënt suf of buiten kennis, of dreigt verstikking?"
    ),
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
