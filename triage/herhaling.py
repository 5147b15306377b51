"""A second contact about the same complaint: what the protocol must know of the first.

It happens in two ways. The patient rings back in the same call after the advice, or a new call is
joined to an earlier one by a person (`Oproep.herhaling_van`). Both times the clock runs from the
first report (T-01), and both moments come from the database.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Q

if TYPE_CHECKING:
    from triage.models import Oproep

ADVIES_NABLOEDING, ADVIES_PIJN, ANDERS = "nabloeding_advies", "pijn_advies", "anders"
# The rules that give an advice and wait for the patient to ring back.
_WACHT_BIJ_BLOEDING = frozenset({"R-41"})
_WACHT_BIJ_PIJN = frozenset({"R-20", "R-28"})
FEITEN = ("herhaalcontact", "minuten_sinds_eerste_contact", "eerdere_uitkomst")
"""Facts that nobody types: kept with the answers, so that an old call is judged again alike."""


def first_contact_at(oproep: "Oproep") -> datetime:
    """Return when the complaint was reported first, over any number of joined calls."""
    first = oproep
    while first.herhaling_van is not None:
        first = first.herhaling_van
    return first.aangenomen_op


def goes_on(oproep: "Oproep") -> bool:
    """Whether what the patient waits for goes on in a later call that was joined to this one.

    Not in one that ended halfway without a decision: whoever hung up still has to be rung back.
    """
    return oproep.herhalingen.exclude(~Q(afbreekreden=""), besluit="").exists()


def minutes_between(first: datetime, later: datetime) -> int:
    """Return whole minutes, never below zero: a call from paper may be dated after this one."""
    return max(0, int((later - first).total_seconds() // 60))


def advice_of(eerdere: "Oproep") -> str | None:
    """Return which advice the earlier call ended in; None when it was never judged."""
    if not eerdere.uitkomst:
        return None
    fired = {regel["id"] for regel in eerdere.uitkomst["regels"]}
    # With both, bleeding has the shorter clock.
    if fired & _WACHT_BIJ_BLOEDING:
        return ADVIES_NABLOEDING
    return ADVIES_PIJN if fired & _WACHT_BIJ_PIJN else ANDERS


def facts_of_join(oproep: "Oproep") -> dict[str, Any]:
    """Return the facts that joining adds to the answers of `oproep`."""
    eerdere = oproep.herhaling_van
    if eerdere is None:
        return {}
    return {
        "herhaalcontact": True,
        "minuten_sinds_eerste_contact": minutes_between(
            first_contact_at(oproep), oproep.aangenomen_op
        ),
        "eerdere_uitkomst": advice_of(eerdere),
    }


def advice_for_complaints(klachten) -> str:
    """Return the advice that a call which waits for the patient to ring back has given."""
    return ADVIES_NABLOEDING if "nabloeding" in klachten else ADVIES_PIJN


def is_due(oproep: "Oproep", nu: datetime) -> bool:
    """Whether the agreed call-back is over: what was answered before it is to be asked again."""
    return (
        oproep.status == oproep.Status.TERUGBELLEN
        and oproep.terugbellen_om is not None
        and oproep.terugbellen_om <= nu
    )


def with_callback(
    oproep: "Oproep", antwoorden: Mapping[str, Any], *, nu: datetime
) -> dict[str, Any]:
    """Return the answers with the facts of an earlier contact.

    When the patient rings back, the minutes are counted at the first answer to "is it better?",
    and again when an agreed call-back has come and the question is answered anew.
    """
    result = {name: value for name, value in antwoorden.items() if name not in FEITEN}
    stored = oproep.antwoorden
    if oproep.herhaling_van_id:
        result |= {name: stored[name] for name in FEITEN if name in stored}
    if not result.get("verbetering_sinds_advies"):
        return result
    if oproep.herhaling_van_id and not is_due(oproep, nu):
        return result
    known = None if is_due(oproep, nu) else stored.get("minuten_sinds_eerste_contact")
    elapsed = minutes_between(first_contact_at(oproep), nu)
    result["minuten_sinds_eerste_contact"] = elapsed if known is None else known
    return result
