"""The operations about terms, offices, signatures and holidays."""

from collections.abc import Mapping
from typing import Any

from reglement.lezing import Lezing
from reglement.termijnen import (
    Oproeptermijn,
    add_months,
    appointment,
    conditional_term,
    is_holiday,
    k_meeting,
    legal_last_day,
    notice,
    one_sided_fee,
    resignation,
    rules_deadlines,
    second_meeting,
)
from reglement.toets.woorden import REDEN, a_day, a_number, maybe_day

Invoer = Mapping[str, Any]


def op_notice(invoer: Invoer, lezing: Lezing) -> dict[str, Any]:
    found = notice(
        weken=a_number(invoer["weeks"], "weeks"),
        verzonden=maybe_day(invoer, "sent"),
        vergadering=maybe_day(invoer, "meeting"),
        ontvangen=maybe_day(invoer, "received"),
        lezing=lezing,
    )
    return _notice(found)


def _notice(found: Oproeptermijn) -> dict[str, Any]:
    return {
        "earliest": found.vroegste,
        "latest_send": found.uiterlijk_verzenden,
        "ok": found.tijdig,
        "reason": REDEN[found.reden],
    }


def op_second_meeting(invoer: Invoer, lezing: Lezing) -> dict[str, Any]:
    same = invoer.get("same_agenda", True)
    if "agenda" in invoer and "first_agenda" in invoer:
        same = invoer["agenda"] == invoer["first_agenda"]
    first = a_day(invoer["first_meeting"], "first_meeting")
    # A convocation that names both meetings went out with the first.
    sent = maybe_day(invoer, "sent", "announced") or first
    found = second_meeting(
        eerste=first,
        verzonden=sent,
        vergadering=maybe_day(invoer, "meeting", "second_meeting"),
        ontvangen=maybe_day(invoer, "received"),
        zelfde_agenda=bool(same),
        lezing=lezing,
    )
    return _notice(found)


def op_rules_deadlines(invoer: Invoer, lezing: Lezing) -> dict[str, Any]:
    found = rules_deadlines(
        besloten=a_day(invoer["decided"], "decided"),
        verwerkt=maybe_day(invoer, "processed"),
        verzonden=maybe_day(invoer, "sent"),
        lezing=lezing,
    )
    return {
        "process_target": found.verwerken_streefdag,
        "process_by": found.verwerken_uiterlijk,
        "process_on_time": found.verwerkt_op_tijd,
        "send_target": found.verzenden_streefdag,
        "send_by": found.verzenden_uiterlijk,
        "send_on_time": found.verzonden_op_tijd,
    }


def op_signature_status(invoer: Invoer, lezing: Lezing) -> dict[str, Any]:
    version = invoer.get("version")
    signed = set()
    for one in invoer.get("signed", ()):
        if isinstance(one, str):
            signed.add(one)
        elif version is None or one.get("version") == version:
            signed.add(one.get("id") or one.get("member"))
    names = [one if isinstance(one, str) else one["id"] for one in invoer["members"]]
    missing = [name for name in names if name not in signed]
    return {"missing": missing, "complete": not missing, "extra": sorted(signed - set(names))}


def op_appointment(invoer: Invoer, lezing: Lezing) -> dict[str, Any]:
    found = appointment(
        start=a_day(invoer["start"], "start"),
        jaren=a_number(invoer["years"], "years"),
        eerdere_termijnen=a_number(invoer.get("previous_terms", 0), "previous_terms"),
    )
    return {
        "last_day": found.laatste_dag,
        "may_reappoint": found.herbenoembaar,
        "warning": bool(found.waarschuwing),
    }


def op_resignation(invoer: Invoer, lezing: Lezing) -> dict[str, Any]:
    given = a_day(invoer["given"], "given")
    wished = maybe_day(invoer, "requested_end", "wished_end", "ends_on", "agreed_end")
    shorter = invoer.get("agreed_months", invoer.get("requested_months"))
    if wished is None and shorter is not None:
        wished = add_months(given, a_number(shorter, "agreed_months"))
    # Special circumstances count with their reason; a table that only says "true" gave one.
    reason = invoer.get("reason") or invoer.get("reasons") or ""
    special = invoer.get("special_circumstances") or invoer.get("special")
    rosters = [invoer["roster_end"]] if invoer.get("roster_end") else []
    found = resignation(
        opgezegd=given,
        maanden=a_number(invoer["months"], "months"),
        gewenst=wished,
        bijzondere_reden=str(reason or special or ""),
        schriftelijk=invoer.get("written", invoer.get("in_writing", True)),
        rooster_tot=[a_day(day, "roster_end") for day in rosters],
        lezing=lezing,
    )
    return {
        "ends_on": found.einde,
        "valid": found.geldig,
        "ok": found.geldig,
        "deviates": found.afwijkend,
        "reason": REDEN[found.reden],
    }


def op_conditional_term(invoer: Invoer, lezing: Lezing) -> dict[str, Any]:
    found = conditional_term(
        besloten=a_day(invoer["decided"], "decided"),
        min_weken=a_number(invoer["min_weeks"], "min_weeks"),
        max_maanden=a_number(invoer["max_months"], "max_months"),
        gekozen=maybe_day(invoer, "chosen_end"),
    )
    reason = "too_short" if REDEN[found.reden] == "notice_too_short" else REDEN[found.reden]
    return {
        "earliest_end": found.vroegste,
        "latest_end": found.laatste,
        "ok": found.mag,
        "reason": reason,
    }


def op_k_meeting(invoer: Invoer, lezing: Lezing) -> dict[str, Any]:
    found = k_meeting(
        aanleiding=a_day(invoer["trigger_on"], "trigger_on"),
        vergadering=maybe_day(invoer, "meeting", "held"),
        opgeroepen=maybe_day(invoer, "convened", "convened_on", "sent", "announced"),
        lezing=lezing,
    )
    return {"by": found.uiterlijk, "ok": found.tijdig, "reason": REDEN[found.reden]}


def op_one_sided_fee(invoer: Invoer, lezing: Lezing) -> dict[str, Any]:
    later = invoer.get("duties_from_date", invoer.get("duties_from_admission"))
    found = one_sided_fee(
        geroyeerd=bool(invoer.get("royeerd", True)),
        kan_elders=bool(invoer.get("can_participate_elsewhere", False)),
        bedrag_centen=a_number(invoer["fee_cents"], "fee_cents"),
        diensten_jaar=a_number(invoer["duties_in_year"], "duties_in_year"),
        diensten_vanaf=None if later is None else a_number(later, "duties_from_date"),
        lezing=lezing,
    )
    return {
        "admitted": found.toegelaten,
        "fee_cents": found.bedrag_centen,
        "duties": found.diensten,
        "reason": REDEN[found.reden],
    }


def op_holiday(invoer: Invoer, lezing: Lezing) -> dict[str, Any]:
    dag = a_day(invoer["day"], "day")
    extra = lezing.extra_feestdagen
    return {"is_holiday": is_holiday(dag, extra), "legal_last_day": legal_last_day(dag, extra)}
