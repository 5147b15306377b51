"""The operations of the scenario tables: a record in, the answer of the law out."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from reglement.besluitvorming import (
    Besluitsoort,
    Bestuursoptie,
    Meerderheidsoptie,
    Orgaan,
    Regel,
    Variant,
    casting_holder,
    decision_body,
    quorum,
    second_meeting_helps,
    threshold,
)
from reglement.lezing import Lezing
from reglement.samenhang import Regels, check_rules
from reglement.toets import termijnen
from reglement.toets.kiezers import members, op_electorate
from reglement.toets.royement import royement_flow
from reglement.toets.stemming import DERDE, attendance, vote
from reglement.toets.woorden import (
    ORGAAN,
    QUORUM,
    REGEL,
    REGELS,
    SOORTEN,
    ZITTINGEN,
    a_number,
    word,
)

Invoer = Mapping[str, Any]
Antwoord = dict[str, Any]


def op_quorum(invoer: Invoer, lezing: Lezing) -> Antwoord:
    if invoer.get("session") == DERDE:
        return {"required": None, "met": False, "lapsed": True}
    leden = members(invoer, lezing)
    zitting = word(ZITTINGEN, invoer.get("session", "first"), "session")
    regel = word(REGELS, invoer.get("rule", "ordinary"), "rule")
    found = quorum(leden, zitting, lezing, regel=regel)
    answer: Antwoord = {
        "required": found.nodig,
        "achievable": found.haalbaar,
        "second_meeting_helps": second_meeting_helps(leden, lezing, regel=regel),
        "article": found.artikel,
    }
    if "present" in invoer:
        answer["present"] = attendance(invoer, lezing).aanwezig
        answer["met"] = found.met_by(answer["present"])
    return answer


def op_threshold(invoer: Invoer, lezing: Lezing) -> Antwoord:
    regel = word(REGELS, invoer.get("rule", "ordinary"), "rule")
    return {"required": threshold(a_number(invoer["base"], "base"), regel, lezing)}


def op_casting_holder(invoer: Invoer, lezing: Lezing) -> Antwoord:
    # Tables name an interest of the holder in several ways.
    belang = any(
        value is True
        for name, value in invoer.items()
        if any(part in name for part in ("conflict", "interest", "subject"))
    )
    optie = word(Bestuursoptie.__members__, invoer["governance_option"], "governance_option")
    found = casting_holder(optie, eigen_belang=belang, lezing=lezing)
    office = {"voorzitter": "chair", "coordinator": "coordinator", "": "none"}[found.functie]
    return {
        "holder": "deputy" if found.plaatsvervanger else office,
        "office": office,
        "article": found.artikel,
    }


def op_decision_body(invoer: Invoer, lezing: Lezing) -> Antwoord:
    variant = invoer.get("variant")
    found = decision_body(
        SOORTEN.get(invoer["decision_type"], Besluitsoort.NIET_VOORZIEN),
        bestuursoptie=word(
            Bestuursoptie.__members__, invoer.get("governance_option", "B"), "governance_option"
        ),
        meerderheidsoptie=word(
            Meerderheidsoptie.__members__, invoer.get("majority_option", "A"), "majority_option"
        ),
        variant=word(Variant.__members__, variant, "variant") if variant else None,
        lijst=[SOORTEN[name] for name in invoer.get("qualified_list", ()) if name in SOORTEN],
        lezing=lezing,
    )
    votes = found.orgaan in (Orgaan.DEELNEMERS, Orgaan.NIET_GENOEMD)
    return {
        "body": ORGAAN[found.orgaan],
        "majority": REGEL[found.regel],
        "first_quorum": QUORUM[found.eerste_zitting] if votes else None,
        "second_quorum": "half_plus_one" if found.tweede_mogelijk else "none",
        "warning": bool(found.waarschuwing),
        "article": found.artikel,
    }


def _bound(rules: Invoer, name: str) -> int | None:
    """Return a bound of 9.2h, under its name or one that ends so ("term_min_weeks")."""
    found = [value for key, value in rules.items() if key.endswith(name)]
    return found[0] if found else None


def op_rules_check(invoer: Invoer, lezing: Lezing) -> Antwoord:
    rules = invoer["rules"]

    def choice(members: Mapping[str, Any], name: str) -> Any:
        return word(members, rules[name], name) if rules.get(name) else None

    found = check_rules(
        Regels(
            bestuursoptie=choice(Bestuursoptie.__members__, "governance_option"),
            variant=choice(Variant.__members__, "variant"),
            meerderheidsoptie=choice(Meerderheidsoptie.__members__, "majority_option"),
            lijst=tuple(
                SOORTEN.get(name, Besluitsoort.NIET_VOORZIEN)
                for name in rules.get("qualified_list") or ()
            ),
            oproep_weken=rules.get("invite_weeks"),
            min_weken=_bound(rules, "min_weeks"),
            max_maanden=_bound(rules, "max_months"),
            richtlijn_jaar=rules.get("guideline_year"),
            open_plekken=tuple(rules.get("unfilled") or ()),
        ),
        lezing,
    )
    return {
        "findings": [one.code for one in found],
        "blocking": [one.code for one in found if one.blokkeert],
        "may_adopt": not any(one.blokkeert for one in found),
    }


def op_vote(invoer: Invoer, lezing: Lezing) -> Antwoord:
    if "rule" in invoer or "decision_type" not in invoer:
        return vote(invoer, lezing)
    found = op_decision_body(invoer, lezing)
    session = invoer.get("session") or ("none" if found["first_quorum"] == "none" else "first")
    rule = found["majority"] or REGEL[Regel.GEWOON]
    return vote({**invoer, "rule": rule, "session": session}, lezing)


BEWERKINGEN: Final[Mapping[str, Callable[[Invoer, Lezing], Antwoord]]] = {
    "appointment": termijnen.op_appointment,
    "casting_holder": op_casting_holder,
    "conditional_term": termijnen.op_conditional_term,
    "decision_body": op_decision_body,
    "electorate": op_electorate,
    "holiday": termijnen.op_holiday,
    "k_meeting": termijnen.op_k_meeting,
    "notice": termijnen.op_notice,
    "one_sided_fee": termijnen.op_one_sided_fee,
    "quorum": op_quorum,
    "resignation": termijnen.op_resignation,
    "royement_flow": royement_flow,
    "rules_check": op_rules_check,
    "rules_deadlines": termijnen.op_rules_deadlines,
    "second_meeting": termijnen.op_second_meeting,
    "signature_status": termijnen.op_signature_status,
    "threshold": op_threshold,
    "vote": op_vote,
}
