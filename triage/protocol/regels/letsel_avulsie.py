"""Table 5, injury and avulsion: rows 5 and 6 of the scheme and the first aid for the tooth."""

from triage.protocol.regels.basis import (
    TERMIJN_IDEALITER,
    TERMIJN_ZO_NODIG,
    Effect,
    Regel,
    Situatie,
    always,
)
from triage.protocol.uitkomst import Contact, MoetGezien, Tabel, Urgentie, Zekerheid

_SPOELEN = "element_schoonspoelen_koud_max_15_sec"
_WORTEL = "wortel_niet_aanraken"
_TERUGPLAATSEN = "element_terugplaatsen_zo_mogelijk"
_BEWAREN = "element_bewaren_melk_of_speeksel"
_MELKELEMENT = "melkelement_niet_terugplaatsen"


def _is_injury(sit: Situatie) -> bool:
    return sit.heeft("tandletsel") or sit.is_ongeval


def _see_if_needed_within_24h(sit: Situatie) -> Effect:
    """T-17: always a consultation; the 24 hours are a maximum the dentist may shorten."""
    return Effect(
        contact=Contact.VERPLICHT,
        urgentie=Urgentie.BINNEN_24_UUR,
        moet_gezien=MoetGezien.TANDARTS_BEPAALT,
        zien_binnen=sit.s.letsel_zien_binnen_min,
        termijn_zekerheid=TERMIJN_ZO_NODIG,
    )


def _is_avulsion(sit: Situatie) -> bool:
    return sit.heeft("avulsie")


def _save_the_tooth(sit: Situatie) -> Effect:
    """T-08: the clock runs from this contact and a late report is not downgraded."""
    return Effect(
        contact=Contact.VERPLICHT,
        urgentie=Urgentie.BINNEN_60_MIN,
        moet_gezien=MoetGezien.JA,
        zien_binnen=sit.s.avulsie_zien_binnen_min,
        streef=sit.s.avulsie_streef_min,
        termijn_zekerheid=TERMIJN_IDEALITER,
        adviezen=frozenset({_SPOELEN, _WORTEL, _TERUGPLAATSEN, _BEWAREN}),
    )


def _is_milk_tooth(sit: Situatie) -> bool:
    leeftijd = sit.f.leeftijd_jaren
    is_too_young = leeftijd is not None and leeftijd < sit.s.melktand_tot_leeftijd
    element = sit.f.avulsie_element
    return _is_avulsion(sit) and (element == "melk" or (is_too_young and element != "blijvend"))


def _is_already_replanted(sit: Situatie) -> bool:
    return _is_avulsion(sit) and sit.f.avulsie_bewaard == "teruggeplaatst"


def _is_mixed_dentition(sit: Situatie) -> bool:
    leeftijd = sit.f.leeftijd_jaren
    return (
        _is_avulsion(sit)
        and not _is_milk_tooth(sit)
        and leeftijd is not None
        and leeftijd < sit.s.wisselgebit_tot_leeftijd
        and sit.f.avulsie_element != "blijvend"
    )


REGELS = (
    Regel(
        id="R-50",
        tabel=Tabel.LETSEL_AVULSIE,
        paragraaf="Bijlage 1 §2.3.2 rij 5; §2.2.2; kader h2",
        zekerheid=Zekerheid.LETTERLIJK,
        conditie=_is_injury,
        effect=_see_if_needed_within_24h,
        instellingen=("letsel_zien_binnen_min",),
    ),
    Regel(
        id="R-60",
        tabel=Tabel.LETSEL_AVULSIE,
        paragraaf="Bijlage 1 §2.3.2 rij 6; §2.2.2; kader h2",
        zekerheid=Zekerheid.LETTERLIJK,
        conditie=_is_avulsion,
        effect=_save_the_tooth,
        instellingen=("avulsie_zien_binnen_min", "avulsie_streef_min"),
    ),
    Regel(
        id="R-61",
        tabel=Tabel.LETSEL_AVULSIE,
        paragraaf="§2.2.2 (Dental Trauma Guide)",
        zekerheid=Zekerheid.INTERPRETATIE,
        conditie=_is_milk_tooth,
        effect=always(
            Effect(
                adviezen=frozenset({_MELKELEMENT}),
                zonder_adviezen=frozenset({_SPOELEN, _WORTEL, _TERUGPLAATSEN}),
            )
        ),
        instellingen=("melktand_tot_leeftijd",),
    ),
    Regel(
        id="R-62",
        tabel=Tabel.LETSEL_AVULSIE,
        paragraaf="Bijlage 1 §2.3.2 rij 6",
        zekerheid=Zekerheid.INTERPRETATIE,
        conditie=_is_already_replanted,
        effect=always(
            Effect(
                zonder_adviezen=frozenset(
                    {_SPOELEN, _WORTEL, _TERUGPLAATSEN, _BEWAREN, _MELKELEMENT}
                )
            )
        ),
    ),
    Regel(
        id="R-63",
        tabel=Tabel.LETSEL_AVULSIE,
        paragraaf="§2.2.2 (Dental Trauma Guide)",
        zekerheid=Zekerheid.INTERPRETATIE,
        conditie=_is_mixed_dentition,
        effect=always(Effect(zonder_adviezen=frozenset({_TERUGPLAATSEN}))),
        instellingen=("wisselgebit_tot_leeftijd", "melktand_tot_leeftijd"),
    ),
)
