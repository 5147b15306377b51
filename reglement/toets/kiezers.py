"""The electoral register as the scenario tables write it down."""

from collections.abc import Mapping
from typing import Any

from reglement.besluitvorming import Kiesregister, Kiezer, Status, electorate
from reglement.lezing import Lezing
from reglement.toets.woorden import STATUSSEN, a_number, maybe_day

Invoer = Mapping[str, Any]


def register(invoer: Invoer, lezing: Lezing) -> Kiesregister:
    """Read the practices of a case and return who counts and who votes."""
    return electorate(
        [_voter(record) for record in invoer["members"]],
        lezing,
        op=maybe_day(invoer, "on", "day"),
    )


def members(invoer: Invoer, lezing: Lezing) -> int:
    """Return the number of deelnemers: given as such, or counted from a register."""
    given = invoer["members"]
    if isinstance(given, list) and all(isinstance(one, Mapping) for one in given):
        return register(invoer, lezing).leden
    return a_number(given, "members")


def _voter(record: Invoer) -> Kiezer:
    return Kiezer(
        record["id"],
        STATUSSEN.get(record.get("status", "member"), Status.GEEINDIGD),
        record.get("representative"),
        zonder_stem=record.get("vote_suspended", False) or record.get("may_vote") is False,
        vanaf=maybe_day(record, "from", "since"),
        tot=maybe_day(record, "until", "to"),
    )


def op_electorate(invoer: Invoer, lezing: Lezing) -> dict[str, Any]:
    """Answer the operation `electorate`."""
    found = register(invoer, lezing)
    return {
        "members": found.leden,
        "may_vote": list(found.stemgerechtigd),
        "counted": list(found.deelnemers),
        "without_representative": list(found.zonder_vertegenwoordiger),
    }
