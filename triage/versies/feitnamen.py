"""Short names of the facts that conditions look at, and of what a computed fact may be."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

FEITEN: Final[Mapping[str, str]] = {
    "leeftijd_jaren": _("de leeftijd in jaren"),
    "eigen_tandarts": _("eigen tandarts:"),
    "eigen_tandarts_binnen_24u": _("terecht bij de eigen tandarts binnen 24 uur:"),
    "koorts": _("koorts:"),
    "nrs": _("het pijncijfer"),
    "klachten": _("de klacht"),
    "oorzaak_ongeval": _("of het door een val of klap komt"),
    "eerdere_uitkomst": _("het advies van het vorige gesprek"),
    "verbetering_sinds_advies": _("beter sinds het advies:"),
    "minuten_sinds_eerste_contact": _("de tijd in minuten sinds het eerste gesprek"),
    "bloeding_minuten_dichtgebeten": _("de tijd in minuten op een gaasje gebeten"),
    "bloeding_ernst": _("ernst van de bloeding:"),
    "antitrombotica": _("bloedverdunners:"),
    "avulsie_element": _("de tand:"),
    "avulsie_bewaard": _("waar de tand is:"),
    "pijnstilling_ingenomen": _("pijnstiller genomen:"),
    "pijnstilling_minuten_geleden": _("minuten sinds de pijnstiller"),
    "pijnstilling_verbetering": _("de pijnstiller helpt:"),
    "agressie": _("gedrag van de beller:"),
    "beller": _("wie belt:"),
    "direct_gevaar": _("direct levensgevaar:"),
    "ingeschreven_bij_deelnemer": _("ingeschreven bij een praktijk van de kring:"),
}
"""Read before "is …"; a colon where the answer follows as a word."""

BEWERINGEN: Final[Mapping[str, tuple[str, str]]] = {
    "twijfel": (_("je twijfelt"), _("je twijfelt niet")),
    "oorzaak_ongeval": (
        _("het komt door een val of klap"),
        _("het komt niet door een val of klap"),
    ),
    "herhaalcontact": (_("de patiënt belt opnieuw"), _("de patiënt belt voor het eerst")),
    "pijn_fors_of_acuut": (
        _("de pijn is hevig of plotseling"),
        _("de pijn is niet hevig of plotseling"),
    ),
    "begeleiding_nodig": (_("er is begeleiding nodig"), _("er is geen begeleiding nodig")),
    "passant": (_("de patiënt is op doorreis"), _("de patiënt is niet op doorreis")),
    "mondhygienist_patient": (
        _("de patiënt komt van een mondhygiënist"),
        _("de patiënt komt niet van een mondhygiënist"),
    ),
}
"""Facts that are true or false, as (true, false)."""

STANDEN: Final[Mapping[str, str]] = {
    "geen_pijn": _("geen pijn"),
    "niet_ingenomen": _("nog niet genomen"),
    "wacht_op_werking": _("genomen, maar nog te kort geleden om te werken"),
    "zonder_effect": _("genomen zonder effect"),
    "niet_beter_na_advies": _("opnieuw gebeld na het advies en niet beter"),
    "eerder_erger": _("opnieuw gebeld omdat het erger werd"),
    "verbeterd": _("de pijn is minder geworden"),
    "onbekend": _("niet bekend"),
}

WAARDEN: Final[Mapping[str, str]] = {
    "geen": _("geen"),
    "onaangepast": _("ongepast"),
    "dreigend": _("dreigend"),
    "patient": _("de patiënt zelf"),
    "ander": _("iemand anders"),
    "pijn_advies": _("het pijnadvies"),
    "nabloeding_advies": _("het advies bij een nabloeding"),
}
"""Answers that the questions of the screen have no words for, or others."""
