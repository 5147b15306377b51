"""Where a patient in pain stands with the painkiller: one classification for rows R-20 … R-29."""

from enum import Enum, auto

from triage.protocol.regels.basis import Situatie


class Stand(Enum):
    """The states exclude each other and together cover every pain call."""

    GEEN_PIJN = auto()
    NIET_INGENOMEN = auto()
    WACHT_OP_WERKING = auto()  # taken or advised less than the waiting time ago
    ZONDER_EFFECT = auto()  # taken long enough ago, no improvement
    NIET_BETER_NA_ADVIES = auto()  # called back after the waiting time, no improvement
    EERDER_ERGER = auto()  # called back within the waiting time because it got worse
    VERBETERD = auto()
    ONBEKEND = auto()


def has_worked_in(sit: Situatie) -> bool:
    """Whether a painkiller taken has had its time; an unknown time counts as long enough."""
    geleden = sit.f.pijnstilling_minuten_geleden
    return geleden is None or geleden >= sit.s.pijn_terugbel_min


def painkiller_state(sit: Situatie) -> Stand:
    """Classify the pain call; the answer to "better since the advice?" goes first."""
    if not sit.heeft("pijn"):
        return Stand.GEEN_PIJN
    if sit.is_herhaling_van("pijn_advies"):
        return _state_of_repeat_call(sit)
    return _state_of_first_call(sit)


def _state_of_repeat_call(sit: Situatie) -> Stand:
    answer = sit.f.verbetering_sinds_advies
    if answer in (None, "onbekend"):
        answer = sit.f.pijnstilling_verbetering
    if answer == "ja":
        return Stand.VERBETERD
    if sit.is_verstreken(sit.s.pijn_terugbel_min):
        return Stand.NIET_BETER_NA_ADVIES
    if sit.f.verbetering_sinds_advies == "erger":
        return Stand.EERDER_ERGER
    if _is_known_without_effect(sit):
        return Stand.ZONDER_EFFECT
    return Stand.WACHT_OP_WERKING


def _state_of_first_call(sit: Situatie) -> Stand:
    if sit.f.pijnstilling_ingenomen == "nee":
        return Stand.NIET_INGENOMEN
    if sit.f.pijnstilling_ingenomen != "ja":
        # Without "unknown = doubt" the milder reading applies: nothing taken yet.
        return Stand.ONBEKEND if sit.s.onbekend_is_twijfel else Stand.NIET_INGENOMEN
    if sit.f.pijnstilling_verbetering == "ja":
        return Stand.VERBETERD
    if not has_worked_in(sit):
        return Stand.WACHT_OP_WERKING
    if sit.f.pijnstilling_verbetering in ("nee", "erger") or not sit.s.onbekend_is_twijfel:
        return Stand.ZONDER_EFFECT
    return Stand.ONBEKEND


def _is_known_without_effect(sit: Situatie) -> bool:
    return (
        sit.f.pijnstilling_ingenomen == "ja"
        and sit.f.pijnstilling_verbetering in ("nee", "erger")
        and has_worked_in(sit)
    )


def is_pain_relief_without_effect(sit: Situatie) -> bool:
    """Whether a painkiller was taken and is known not to help enough (R-25)."""
    state = painkiller_state(sit)
    if state is Stand.ZONDER_EFFECT:
        return True
    if state is Stand.NIET_BETER_NA_ADVIES:
        return sit.f.pijnstilling_ingenomen == "ja"
    return state is Stand.EERDER_ERGER and _is_known_without_effect(sit)


def is_effect_unknown(sit: Situatie) -> bool:
    """Whether it is still open what a painkiller does for this pain (R-26)."""
    state = painkiller_state(sit)
    if state in (Stand.GEEN_PIJN, Stand.VERBETERD):
        return False
    return not is_pain_relief_without_effect(sit)
