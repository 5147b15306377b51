"""What the assistant says: sentences to read aloud, for each part of the conversation.

Own words throughout (the guideline's text is copyrighted), at level B1, spoken to the caller ("u").
Plain strings; display code passes them through ``gettext``. What the advice keys say stands in
``protocol_teksten``.
"""

from collections.abc import Mapping
from typing import Final


def gettext_noop(tekst: str) -> str:
    """Mark a string for makemessages; Django's own marker needs configured settings."""
    return tekst


_ = gettext_noop

# --- Bijlage 1 §2.1: opening, understanding, the open question
OPENING: Final = _("Spoeddienst tandartsen, u spreekt met … (je naam).")
OPNAME: Final = _("Ons gesprek wordt opgenomen.")
OPEN_VRAAG: Final = _("Wat is de reden dat u nu belt?")

# --- Bijlage 1 §2.2: listening
BEGRIP: Final = _("Begrijpelijk dat u hiermee belt. Ik stel u een paar korte vragen.")
ZORGEN: Final = _("Waarover maakt u zich zorgen?")
SPOED: Final = _("Ik vertel u eerst wat u nu meteen kunt doen. Daarna bel ik de tandarts.")

# --- Bijlage 1 §2.4: summary
SAMENVATTING: Final = _("Heb ik goed begrepen dat het gaat om %(wat)s?")
SAMENVATTING_MET: Final = _("Heb ik goed begrepen dat het gaat om %(wat)s: %(hoe)s?")

# The complaints in the middle of a sentence.
KLACHT_IN_ZIN: Final[Mapping[str, str]] = {
    "ongemak": _("een probleem zonder pijn"),
    "pijn": _("pijn"),
    "dikke_wang": _("een dikke wang"),
    "slikklachten": _("moeite met slikken"),
    "nabloeding": _("een wond die blijft bloeden"),
    "tandletsel": _("een tand die door een ongeluk los of kapot is"),
    "avulsie": _("een tand die uit de mond is"),
    "anders": _("iets anders"),
}

# (fact, answer) -> the words in the summary, in the order in which they are said.
ANTWOORD_IN_ZIN: Final[Mapping[tuple[str, object], str]] = {
    ("oorzaak_ongeval", True): _("door een val of een klap"),
    ("avulsie_element", "blijvend"): _("een blijvende tand"),
    ("avulsie_element", "melk"): _("een melktand"),
    ("avulsie_bewaard", "melk"): _("de tand ligt in melk"),
    ("avulsie_bewaard", "speeksel"): _("de tand ligt in speeksel"),
    ("avulsie_bewaard", "water"): _("de tand ligt in water"),
    ("avulsie_bewaard", "droog"): _("de tand ligt droog"),
    ("avulsie_bewaard", "teruggeplaatst"): _("de tand is al teruggezet"),
    ("avulsie_bewaard", "kwijt"): _("de tand is niet gevonden"),
    ("bloeding_ernst", "gering"): _("het bloedt een beetje"),
    ("bloeding_ernst", "matig"): _("het bloedt matig"),
    ("bloeding_ernst", "ernstig"): _("het bloedt hevig"),
    ("antitrombotica", "ja"): _("met bloedverdunners"),
    ("antitrombotica", "nee"): _("zonder bloedverdunners"),
    ("koorts", "ja"): _("met koorts"),
    ("koorts", "nee"): _("zonder koorts"),
    ("pijn_fors_of_acuut", True): _("hevig of plotseling begonnen"),
    ("pijnstilling_ingenomen", "nee"): _("nog geen pijnstiller genomen"),
    ("pijnstilling_verbetering", "ja"): _("de pijnstiller helpt"),
    ("pijnstilling_verbetering", "nee"): _("de pijnstiller helpt niet"),
    ("eigen_tandarts_binnen_24u", "ja"): _("uw tandarts kan binnen een dag helpen"),
    ("eigen_tandarts_binnen_24u", "nee"): _("uw tandarts kan niet binnen een dag helpen"),
    ("verbetering_sinds_advies", "ja"): _("het gaat nu beter"),
    ("verbetering_sinds_advies", "nee"): _("het is niet beter geworden"),
    ("verbetering_sinds_advies", "erger"): _("het is erger geworden"),
}
GETAL_IN_ZIN: Final[Mapping[str, str]] = {
    "leeftijd_jaren": _("%(getal)s jaar oud"),
    "ongeval_minuten_geleden": _("%(getal)s minuten geleden gebeurd"),
    "klacht_sinds_uren": _("al %(getal)s uur"),
    "nrs": _("pijncijfer %(getal)s"),
    "bloeding_minuten_dichtgebeten": _("al %(getal)s minuten op een gaasje gebeten"),
}

# --- Bijlage 1 §3.1, R-81: calm, name, choice, end; the police at the utmost
AGRESSIE: Final[Mapping[str, str]] = {
    "kalmeren": _("Ik hoor dat het u hoog zit. Ik wil u helpen. Vertelt u rustig wat er is."),
    "benoemen": _("Zoals u nu tegen mij praat, kan ik u niet helpen. Wilt u daarmee stoppen?"),
    "keuze": _("U mag kiezen: we praten rustig verder en ik help u, of ik stop dit gesprek."),
    "verbreken": _("Ik stop nu. Bent u rustig? Belt u dan opnieuw, dan help ik u verder."),
    "politie": _("Niet voorlezen. Word je bedreigd, of iemand anders? Bel 112."),
}

# --- referral
GA_NAAR: Final = _("U gaat naar %(naam)s, %(adres)s. Het telefoonnummer is %(telefoon)s.")
