"""Which facts count for which complaints (U3).

A hidden question has no say: its answer is neither judged nor stored.  The conditions live here
once, so that the screen, the rules and the record cannot disagree.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Final

from triage.protocol.feiten import DEFAULTS, Feiten
from triage.protocol.instellingen import STANDAARD, Instellingen

# Facts that depend on no complaint.
ALTIJD: Final = frozenset(
    {
        "tijdstip",
        "beller",
        "patient_kan_zelf_spreken",
        "reden_patient_niet_zelf",
        "opname_gemeld",
        "naam",
        "adres",
        "woonplaats",
        "telefoon",
        "bsn",
        "leeftijd_jaren",
        "ingeschreven_bij_deelnemer",
        "eigen_tandarts",
        "passant",
        "mondhygienist_patient",
        "klachten",
        "omschrijving",
        "klacht_sinds_uren",
        "verloop",
        "antitrombotica",
        "aandoeningen",
        "koorts",
        "twijfel",
        "agressie",
        "begeleiding_nodig",
        "herhaalcontact",
        "minuten_sinds_eerste_contact",
        "eerdere_uitkomst",
        "verbetering_sinds_advies",
    }
)

PER_KLACHT: Final[Mapping[str, frozenset[str]]] = {
    "ongemak": frozenset({"oorzaak_ongeval", "ongeval_minuten_geleden"}),
    "pijn": frozenset(
        {
            "nrs",
            "pijn_fors_of_acuut",
            "pijnstilling_ingenomen",
            "pijnstilling_minuten_geleden",
            "pijnstilling_verbetering",
            "pijnstilling_middel_en_dosis",
            "eigen_tandarts_binnen_24u",
        }
    ),
    "dikke_wang": frozenset(),
    "slikklachten": frozenset(),
    "nabloeding": frozenset({"bloeding_ernst", "bloeding_minuten_dichtgebeten"}),
    "tandletsel": frozenset({"oorzaak_ongeval", "ongeval_minuten_geleden"}),
    "avulsie": frozenset(
        {"oorzaak_ongeval", "ongeval_minuten_geleden", "avulsie_element", "avulsie_bewaard"}
    ),
}

# Facts that only a local rule asks for.
PER_LOKALE_REGEL: Final[Mapping[str, frozenset[str]]] = {"L-01": frozenset({"direct_gevaar"})}

_VRAGEN: Final = frozenset(DEFAULTS)
_PIJNSTILLING_DETAILS = frozenset(
    {
        "pijnstilling_minuten_geleden",
        "pijnstilling_verbetering",
        "pijnstilling_middel_en_dosis",
    }
)
_HERHAAL_DETAILS = frozenset(
    {"minuten_sinds_eerste_contact", "eerdere_uitkomst", "verbetering_sinds_advies"}
)


def _hidden_by_answers(feiten: Feiten, instellingen: Instellingen) -> frozenset[str]:
    """Fields whose question disappears because of another answer."""
    hidden: set[str] = set()
    if feiten.pijnstilling_ingenomen != "ja":
        hidden |= _PIJNSTILLING_DETAILS
    if not feiten.herhaalcontact:
        hidden |= _HERHAAL_DETAILS
    if feiten.eigen_tandarts == "geen":
        hidden.add("eigen_tandarts_binnen_24u")
    if feiten.beller != "ander":
        hidden |= {"patient_kan_zelf_spreken", "reden_patient_niet_zelf"}
    elif feiten.patient_kan_zelf_spreken:
        hidden.add("reden_patient_niet_zelf")
    leeftijd = feiten.leeftijd_jaren
    if leeftijd is not None and leeftijd >= instellingen.jong_kind_tot_leeftijd:
        hidden.add("pijn_fors_of_acuut")
    return frozenset(hidden)


def relevant_fields(
    klachten: Collection[str],
    feiten: Feiten | None = None,
    instellingen: Instellingen = STANDAARD,
    lokale_regels: Collection[str] = frozenset(),
) -> frozenset[str]:
    """Names of the facts that count for these complaints, and for the local rules switched on.

    With ``feiten`` also the answers that hide each other are taken into account (no painkiller
    taken, so no time of taking).
    """
    relevant = _asked(frozenset(klachten), frozenset(lokale_regels))
    return relevant if feiten is None else relevant - _hidden_by_answers(feiten, instellingen)


@lru_cache(maxsize=512)
def _asked(klachten: frozenset[str], lokale_regels: frozenset[str]) -> frozenset[str]:
    per_klacht = (PER_KLACHT.get(klacht, frozenset()) for klacht in klachten)
    per_regel = (PER_LOKALE_REGEL.get(naam, frozenset()) for naam in lokale_regels)
    return ALTIJD.union(*per_klacht, *per_regel)


def drop_hidden(
    feiten: Feiten,
    instellingen: Instellingen = STANDAARD,
    lokale_regels: Collection[str] = frozenset(),
) -> Feiten:
    """The same facts with every answer to a hidden question reset to its default."""
    relevant = relevant_fields(feiten.klachten, feiten, instellingen, lokale_regels)
    stale = {
        name: DEFAULTS[name]
        for name in _VRAGEN - relevant
        if getattr(feiten, name) != DEFAULTS[name]
    }
    return replace(feiten, **stale) if stale else feiten
