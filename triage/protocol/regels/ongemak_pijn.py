"""Table 2, discomfort and pain: rows 1 and 2 of the scheme, the 24-hour rule and children."""

from collections.abc import Callable

from triage.protocol.regels.basis import (
    CONTACT_AANBEVOLEN,
    CONTACT_VERPLICHT,
    TERMIJN_INSTELLING,
    TERMIJN_LETTERLIJK,
    Effect,
    Regel,
    Situatie,
    always,
)
from triage.protocol.regels.pijnstilling import (
    Stand,
    is_effect_unknown,
    is_pain_relief_without_effect,
    painkiller_state,
)
from triage.protocol.uitkomst import Contact, MoetGezien, Tabel, Urgentie, Zekerheid

_RIJ_2 = "Bijlage 1 §2.3.2 rij 2"
_TERUGBELLEN = frozenset({"opnieuw_bellen_bij_geen_verbetering"})
_PIJNSTILLER = frozenset({"pijnstiller_innemen"})


# --- discomfort


def _is_discomfort(sit: Situatie) -> bool:
    return sit.heeft("ongemak") and not sit.is_ongeval


def _refer_to_own_dentist(sit: Situatie) -> Effect:
    return Effect(adviezen=sit.eigen_tandarts_adviezen())


def _is_discomfort_without_dentist(sit: Situatie) -> bool:
    return _is_discomfort(sit) and sit.f.eigen_tandarts == "geen"


# --- pain without fever: row 2


def _is_pain_state(state: Stand) -> Callable[[Situatie], bool]:
    """Row 2 applies without fever only; with fever row 3 takes over."""

    def condition(sit: Situatie) -> bool:
        return sit.geen_koorts and painkiller_state(sit) is state

    return condition


def _advise_painkiller(sit: Situatie) -> Effect:
    return Effect(
        urgentie=Urgentie.ADVIES_MET_TERUGBELMOMENT,
        timers=(sit.s.pijn_terugbel_min,),
        adviezen=sit.eigen_tandarts_adviezen() | _TERUGBELLEN | _PIJNSTILLER,
    )


def _wait_for_effect(sit: Situatie) -> Effect:
    """T-12: only the rest of the waiting time; no second painkiller on top of the first."""
    if sit.is_herhaling_van("pijn_advies"):
        elapsed = sit.f.minuten_sinds_eerste_contact
    else:
        elapsed = sit.f.pijnstilling_minuten_geleden
    adviezen = sit.eigen_tandarts_adviezen() | _TERUGBELLEN
    if sit.f.pijnstilling_ingenomen == "nee":
        adviezen |= _PIJNSTILLER
    return Effect(
        urgentie=Urgentie.ADVIES_MET_TERUGBELMOMENT,
        timers=(max(0, sit.s.pijn_terugbel_min - (elapsed or 0)),),
        adviezen=adviezen,
    )


# --- children


def _is_young_child_in_severe_pain(sit: Situatie) -> bool:
    """T-04, T-05: severe OR acute, by number or by impression; fever makes no difference."""
    nrs = sit.f.nrs
    is_severe = nrs is not None and nrs >= sit.s.forse_pijn_vanaf_nrs
    return (
        sit.heeft("pijn") and sit.is_jong_kind and (is_severe or sit.f.pijn_fors_of_acuut is True)
    )


def _see_child_soon(sit: Situatie) -> Effect:
    return Effect(
        contact=Contact.VERPLICHT,
        urgentie=Urgentie.ZO_SNEL_MOGELIJK,
        moet_gezien=MoetGezien.JA,
        zien_binnen=sit.s.zo_snel_mogelijk_min,
        termijn_zekerheid=TERMIJN_INSTELLING,
    )


def _is_other_child_in_pain(sit: Situatie) -> bool:
    return (
        sit.s.kind_regel == "ruim"
        and sit.is_kind
        and sit.heeft("pijn")
        and not _is_young_child_in_severe_pain(sit)
    )


# --- the 24-hour rule: never inside "pain without fever", or fever would remove the deadline


def _cannot_see_own_dentist(sit: Situatie) -> bool:
    return sit.f.eigen_tandarts == "geen" or sit.f.eigen_tandarts_binnen_24u != "ja"


def _needs_care_within_24h(sit: Situatie) -> bool:
    return is_pain_relief_without_effect(sit) and _cannot_see_own_dentist(sit)


def _see_within_24h(sit: Situatie) -> Effect:
    return Effect(
        contact=Contact.VERPLICHT,
        urgentie=Urgentie.BINNEN_24_UUR,
        moet_gezien=MoetGezien.JA,
        zien_binnen=sit.s.pijn_zien_binnen_min,
        termijn_zekerheid=TERMIJN_LETTERLIJK,
    )


def _may_need_care_within_24h(sit: Situatie) -> bool:
    """T-02; under the stricter reading the rule carries a deadline, so fever may not stop it."""
    applies = sit.geen_koorts or sit.s.pijn_24u_regel == "kader_of"
    return applies and is_effect_unknown(sit) and _cannot_see_own_dentist(sit)


def _consult_or_see_within_24h(sit: Situatie) -> Effect:
    return _see_within_24h(sit) if sit.s.pijn_24u_regel == "kader_of" else CONTACT_AANBEVOLEN


def _is_pain_above_threshold(sit: Situatie) -> bool:
    nrs, threshold = sit.f.nrs, sit.s.nrs_overleg_aanbevolen_vanaf
    return sit.heeft("pijn") and nrs is not None and threshold is not None and nrs >= threshold


REGELS = (
    Regel(
        id="R-10",
        tabel=Tabel.ONGEMAK_PIJN,
        paragraaf="Bijlage 1 §2.3.2 rij 1",
        zekerheid=Zekerheid.LETTERLIJK,
        conditie=_is_discomfort,
        effect=_refer_to_own_dentist,
    ),
    Regel(
        id="R-11",
        tabel=Tabel.ONGEMAK_PIJN,
        paragraaf="Bijlage 1 §2.3.2 rij 1; §2.2.4",
        zekerheid=Zekerheid.INTERPRETATIE,
        conditie=_is_discomfort_without_dentist,
        effect=always(CONTACT_AANBEVOLEN),
    ),
    Regel(
        id="R-20",
        tabel=Tabel.ONGEMAK_PIJN,
        paragraaf=f"{_RIJ_2}; §2.2.3",
        zekerheid=Zekerheid.LETTERLIJK,
        conditie=_is_pain_state(Stand.NIET_INGENOMEN),
        effect=_advise_painkiller,
        instellingen=("pijn_terugbel_min",),
    ),
    Regel(
        id="R-21",
        tabel=Tabel.ONGEMAK_PIJN,
        paragraaf=_RIJ_2,
        zekerheid=Zekerheid.LETTERLIJK,
        conditie=_is_pain_state(Stand.ZONDER_EFFECT),
        effect=always(CONTACT_VERPLICHT),
        instellingen=("pijn_terugbel_min",),
    ),
    Regel(
        id="R-22",
        tabel=Tabel.ONGEMAK_PIJN,
        paragraaf=_RIJ_2,
        zekerheid=Zekerheid.LETTERLIJK,
        conditie=_is_pain_state(Stand.NIET_BETER_NA_ADVIES),
        effect=always(CONTACT_VERPLICHT),
        instellingen=("pijn_terugbel_min",),
    ),
    Regel(
        id="R-23",
        tabel=Tabel.ONGEMAK_PIJN,
        paragraaf="§2.2.3; kader h2; Bijlage 1 §2.3.1; §2.3.2 rij 2",
        zekerheid=Zekerheid.LETTERLIJK,
        conditie=_is_young_child_in_severe_pain,
        effect=_see_child_soon,
        instellingen=("jong_kind_tot_leeftijd", "forse_pijn_vanaf_nrs", "zo_snel_mogelijk_min"),
    ),
    Regel(
        id="R-24",
        tabel=Tabel.ONGEMAK_PIJN,
        paragraaf="§2.1 aandachtspunt 2; kader h2",
        zekerheid=Zekerheid.INTERPRETATIE,
        conditie=_is_other_child_in_pain,
        effect=always(CONTACT_VERPLICHT),
        instellingen=("kind_regel", "kind_tot_leeftijd"),
    ),
    Regel(
        id="R-25",
        tabel=Tabel.ONGEMAK_PIJN,
        paragraaf="§2.2.3; kader h2",
        zekerheid=Zekerheid.LETTERLIJK,
        conditie=_needs_care_within_24h,
        effect=_see_within_24h,
        instellingen=("pijn_terugbel_min", "pijn_zien_binnen_min"),
    ),
    Regel(
        id="R-26",
        tabel=Tabel.ONGEMAK_PIJN,
        paragraaf="kader h2; §2.2.3",
        zekerheid=Zekerheid.INTERPRETATIE,
        conditie=_may_need_care_within_24h,
        effect=_consult_or_see_within_24h,
        instellingen=("pijn_24u_regel", "pijn_zien_binnen_min"),
    ),
    Regel(
        id="R-27",
        tabel=Tabel.ONGEMAK_PIJN,
        paragraaf="§2.1; Bijlage 1 §2.3; §2.3.1",
        zekerheid=Zekerheid.INTERPRETATIE,
        conditie=_is_pain_above_threshold,
        effect=always(CONTACT_AANBEVOLEN),
        instellingen=("nrs_overleg_aanbevolen_vanaf",),
    ),
    Regel(
        id="R-28",
        tabel=Tabel.ONGEMAK_PIJN,
        paragraaf=_RIJ_2,
        zekerheid=Zekerheid.INTERPRETATIE,
        conditie=_is_pain_state(Stand.WACHT_OP_WERKING),
        effect=_wait_for_effect,
        instellingen=("pijn_terugbel_min",),
    ),
    Regel(
        id="R-29",
        tabel=Tabel.ONGEMAK_PIJN,
        paragraaf=_RIJ_2,
        zekerheid=Zekerheid.INTERPRETATIE,
        conditie=_is_pain_state(Stand.VERBETERD),
        effect=_refer_to_own_dentist,
    ),
)
