"""Table 4, bleeding after treatment: row 4 of the scheme and the clock of §2.2.1."""

from triage.protocol.regels.basis import (
    GEEN_EFFECT,
    TERMIJN_INSTELLING,
    TERMIJN_LETTERLIJK,
    Effect,
    Regel,
    Situatie,
    always,
)
from triage.protocol.uitkomst import Contact, MoetGezien, Tabel, Urgentie, Zekerheid

_RIJ_4 = "Bijlage 1 §2.3.2 rij 4"
_EERSTEHULP_ADVIES = frozenset({"niet_spoelen", "dichtbijten_gaasje_30_min"})
_KLOK = ("nabloeding_zien_binnen_min", "klok_start_nabloeding")


def _is_repeat(sit: Situatie) -> bool:
    return sit.is_herhaling_van("nabloeding_advies")


def _has_stopped(sit: Situatie) -> bool:
    return sit.heeft("nabloeding") and _is_repeat(sit) and sit.f.verbetering_sinds_advies == "ja"


def _is_bleeding(sit: Situatie) -> bool:
    return sit.heeft("nabloeding") and not _has_stopped(sit)


def _is_still_bleeding_after_advice(sit: Situatie) -> bool:
    return (
        _is_bleeding(sit) and _is_repeat(sit) and sit.is_verstreken(sit.s.nabloeding_terugbel_min)
    )


def _has_bitten_in_vain(sit: Situatie) -> bool:
    minutes = sit.f.bloeding_minuten_dichtgebeten
    return (
        _is_bleeding(sit)
        and not _is_still_bleeding_after_advice(sit)
        and minutes is not None
        and minutes >= sit.s.nabloeding_terugbel_min
    )


def _is_unsure(sit: Situatie) -> bool:
    if not _is_bleeding(sit):
        return False
    is_unknown = sit.f.bloeding_ernst in (None, "onbekend") or sit.f.antitrombotica not in (
        "ja",
        "nee",
    )
    return sit.f.twijfel or (is_unknown and sit.s.onbekend_is_twijfel)


def _may_try_biting_first(sit: Situatie) -> bool:
    """Mild and no antithrombotics, and the half hour of biting not yet used up or failing."""
    severity_allows = sit.f.bloeding_ernst in ("gering", "matig") or (
        sit.f.bloeding_ernst != "ernstig" and not sit.s.onbekend_is_twijfel
    )
    blood_allows = sit.f.antitrombotica == "nee" or (
        sit.f.antitrombotica != "ja" and not sit.s.onbekend_is_twijfel
    )
    got_worse = _is_repeat(sit) and sit.f.verbetering_sinds_advies == "erger"
    return (
        _is_bleeding(sit)
        and severity_allows
        and blood_allows
        and not got_worse
        and not _is_still_bleeding_after_advice(sit)
        and not _has_bitten_in_vain(sit)
    )


def _elapsed(sit: Situatie) -> int:
    """Minutes since the first report; 0 for a first contact."""
    return (sit.f.minuten_sinds_eerste_contact or 0) if _is_repeat(sit) else 0


def _remaining(sit: Situatie, norm: int) -> int:
    """T-01: the hour keeps running from the first report; 0 = already passed."""
    if sit.s.klok_start_nabloeding != "eerste_melding":
        return norm
    return max(0, norm - _elapsed(sit))


def _wait_while_biting(sit: Situatie) -> Effect:
    return Effect(
        urgentie=Urgentie.ADVIES_MET_TERUGBELMOMENT,
        timers=(max(0, sit.s.nabloeding_terugbel_min - _elapsed(sit)),),
        adviezen=frozenset({"opnieuw_bellen_bij_geen_verbetering"}),
    )


def _see_within_the_hour(sit: Situatie) -> Effect:
    return Effect(
        contact=Contact.VERPLICHT,
        urgentie=Urgentie.BINNEN_60_MIN,
        moet_gezien=MoetGezien.JA,
        zien_binnen=_remaining(sit, sit.s.nabloeding_zien_binnen_min),
        termijn_zekerheid=TERMIJN_LETTERLIJK,
    )


def _see_or_send(sit: Situatie, urgentie: Urgentie, *, biting_is_over: bool = False) -> Effect:
    norm = min(sit.s.nabloeding_zien_binnen_min, sit.s.zo_snel_mogelijk_min)
    return Effect(
        contact=Contact.VERPLICHT,
        urgentie=urgentie,
        moet_gezien=MoetGezien.JA,
        zien_binnen=_remaining(sit, norm),
        termijn_zekerheid=TERMIJN_INSTELLING,
        adviezen=frozenset({"eerstehulp_als_alternatief"}),
        zonder_adviezen=_EERSTEHULP_ADVIES if biting_is_over else frozenset(),
    )


def _see_after_failed_advice(sit: Situatie) -> Effect:
    return _see_or_send(sit, Urgentie.ZO_SNEL_MOGELIJK, biting_is_over=True)


def _see_after_own_attempt(sit: Situatie) -> Effect:
    return _see_or_send(sit, Urgentie.ZO_SNEL_MOGELIJK)


def _see_when_unsure(sit: Situatie) -> Effect:
    return _see_or_send(sit, Urgentie.BINNEN_60_MIN)


REGELS = (
    Regel(
        id="R-40",
        tabel=Tabel.BLOEDING,
        paragraaf=f"{_RIJ_4}; §2.2.1",
        zekerheid=Zekerheid.LETTERLIJK,
        conditie=_is_bleeding,
        effect=always(Effect(adviezen=_EERSTEHULP_ADVIES)),
    ),
    Regel(
        id="R-41",
        tabel=Tabel.BLOEDING,
        paragraaf=f"{_RIJ_4}; §2.2.1",
        zekerheid=Zekerheid.LETTERLIJK,
        conditie=_may_try_biting_first,
        effect=_wait_while_biting,
        instellingen=("nabloeding_terugbel_min",),
    ),
    Regel(
        id="R-42",
        tabel=Tabel.BLOEDING,
        paragraaf=f"{_RIJ_4}; §2.2.1",
        zekerheid=Zekerheid.LETTERLIJK,
        conditie=lambda sit: _is_bleeding(sit) and sit.f.bloeding_ernst == "ernstig",
        effect=_see_within_the_hour,
        instellingen=_KLOK,
    ),
    Regel(
        id="R-43",
        tabel=Tabel.BLOEDING,
        paragraaf=f"{_RIJ_4}; §2.2.1",
        zekerheid=Zekerheid.LETTERLIJK,
        conditie=lambda sit: _is_bleeding(sit) and sit.f.antitrombotica == "ja",
        effect=_see_within_the_hour,
        instellingen=_KLOK,
    ),
    Regel(
        id="R-44",
        tabel=Tabel.BLOEDING,
        paragraaf=f"§2.2.1; {_RIJ_4}",
        zekerheid=Zekerheid.LETTERLIJK,
        conditie=_is_still_bleeding_after_advice,
        effect=_see_after_failed_advice,
        instellingen=("nabloeding_terugbel_min", "zo_snel_mogelijk_min", *_KLOK),
    ),
    Regel(
        id="R-45",
        tabel=Tabel.BLOEDING,
        paragraaf="§2.2.1",
        zekerheid=Zekerheid.INTERPRETATIE,
        conditie=_has_bitten_in_vain,
        effect=_see_after_own_attempt,
        instellingen=("nabloeding_terugbel_min", "zo_snel_mogelijk_min", *_KLOK),
    ),
    Regel(
        id="R-46",
        tabel=Tabel.BLOEDING,
        paragraaf="§2.2.1 ('of is er twijfel')",
        zekerheid=Zekerheid.INTERPRETATIE,
        conditie=_is_unsure,
        effect=_see_when_unsure,
        instellingen=("onbekend_is_twijfel", "zo_snel_mogelijk_min", *_KLOK),
    ),
    Regel(
        id="R-47",
        tabel=Tabel.BLOEDING,
        paragraaf="§2.2.1",
        zekerheid=Zekerheid.INTERPRETATIE,
        conditie=_has_stopped,
        effect=always(GEEN_EFFECT),
    ),
)
