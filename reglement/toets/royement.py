"""A royement as the scenario tables write it down."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from reglement.lezing import Lezing
from reglement.royementsgang import Fase, Gebeurtenis, Grond, Reden, Soort, Voorstel, fold
from reglement.toets.kiezers import members
from reglement.toets.stemming import counts, subject
from reglement.toets.woorden import TabelFout, a_number, maybe_day

GEBEURTENISSEN: Final = {
    "establish": Soort.VASTSTELLEN,
    "propose": Soort.VOORSTELLEN,
    "announce": Soort.AANKONDIGEN,
    "announce_second": Soort.AANKONDIGEN,
    "announce_second_meeting": Soort.AANKONDIGEN,
    "convene_second": Soort.AANKONDIGEN,
    "second_meeting": Soort.AANKONDIGEN,
    "hear": Soort.HOREN,
    "hearing": Soort.HOREN,
    "hear_declined": Soort.HOREN,
    "hearing_declined": Soort.HOREN,
    "decline_hearing": Soort.HOREN,
    "declined": Soort.HOREN,
    "vote": Soort.STEMMEN,
    "announce_result": Soort.UITSLAG,
    "decide": Soort.BESLUITEN,
    "claim": Soort.AANTONEN,
    "claim_met": Soort.AANTONEN,
    "claim_fulfilled": Soort.AANTONEN,
    "claim_conditions_met": Soort.AANTONEN,
    "test": Soort.AANTONEN,
    "demonstrate": Soort.AANTONEN,
    "expire": Soort.AANTONEN,
    "term_end": Soort.AANTONEN,
    "term_ends": Soort.AANTONEN,
    "term_expires": Soort.AANTONEN,
    "term_expired": Soort.AANTONEN,
    "decide_k": Soort.BESLISSEN,
    "decide_readmission": Soort.BESLISSEN,
    "decide_test": Soort.BESLISSEN,
    "request_readmission": Soort.HERTOELATING,
    "readmission_request": Soort.HERTOELATING,
    "one_sided": Soort.EENZIJDIG,
    "admit_one_sided": Soort.EENZIJDIG,
    "withdraw": Soort.VERVALLEN,
    "lapse": Soort.VERVALLEN,
}
EIGEN_INITIATIEF: Final = frozenset(
    {"claim", "claim_met", "claim_fulfilled", "claim_conditions_met"}
)
STAND: Final = {
    Fase.BEGIN: "start",
    Fase.VASTGESTELD: "established",
    Fase.VOORGESTELD: "proposed",
    Fase.AANGEKONDIGD: "announced",
    Fase.GEHOORD: "heard",
    Fase.TWEEDE: "second_meeting",
    Fase.AANGENOMEN: "adopted",
    Fase.VERWORPEN: "rejected",
    Fase.GEROYEERD: "royeerd",
    Fase.VOORWAARDELIJK: "conditional",
    Fase.TOETS: "test",
    Fase.HERTOELATING: "readmission",
    Fase.DEELNEMER: "member",
    Fase.EENZIJDIG: "one_sided",
    Fase.VERVALLEN: "lapsed",
}
REDENEN: Final = {
    Reden.VOLGORDE: "wrong_order",
    Reden.GEEN_FEITEN: "no_facts",
    Reden.EERST_DE_PRAKTIJK: "practice_first",
    Reden.GEEN_GROND: "no_ground",
    Reden.GEEN_MOTIVERING: "no_motivation",
    Reden.GEEN_EENMANSZAAK: "not_a_sole_practice",
    Reden.STUKKEN_ONTBREKEN: "documents_missing",
    Reden.BETROKKENE_NIET_UITGENODIGD: "subject_not_invited",
    Reden.NIET_IEDEREEN_UITGENODIGD: "members_not_invited",
    Reden.TE_KORT: "notice_too_short",
    Reden.VOORAF: "preannounced",
    Reden.ANDERE_AGENDA: "different_agenda",
    Reden.GEEN_DAG: "no_date",
    Reden.NIET_GEHOORD: "not_heard",
    Reden.STEMMEN_KLOPPEN_NIET: "counts_impossible",
    Reden.VOOR_VERGADERING: "before_meeting",
    Reden.UITSLAG_NIET_GEMELD: "result_not_announced",
    Reden.NIET_AANGENOMEN: "not_adopted",
    Reden.GEEN_REDENEN: "no_reasons",
    Reden.NIET_SCHRIFTELIJK: "not_in_writing",
    Reden.NIET_VOORGELEGD: "variant_not_voted",
    Reden.GEEN_VOORWAARDEN: "no_conditions",
    Reden.GEEN_TERMIJN: "no_term",
    Reden.TERMIJN_BUITEN_GRENZEN: "term_out_of_range",
    Reden.TERMIJN_LOOPT_NOG: "term_not_expired",
    Reden.TE_VROEG: "too_early",
    Reden.GEEN_UITSLAG: "no_result",
    Reden.KAN_ELDERS: "can_participate_elsewhere",
}
GRONDEN: Final = {
    "9.1.1-1": Grond.VOORWAARDEN,
    "9.1.1-2": Grond.AFSPRAKEN,
    "9.1.1-3": Grond.SLUITING,
    "9.1.1-4": Grond.MAATREGEL,
}
"""Any other ground is one outside the list, which asks for a motivation."""

Record = Mapping[str, Any]


def royement_flow(invoer: Record, lezing: Lezing) -> dict[str, Any]:
    """Answer the operation `royement_flow`."""
    records = invoer["events"]
    events = [_event(record) for record in records]
    term = {**invoer.get("rules", {}), **invoer}
    found = fold(
        members(invoer, lezing),
        events,
        lezing,
        min_weken=term.get("min_weeks"),
        max_maanden=term.get("max_months"),
    )
    # By identity: the same step may stand in a table twice and be refused once.
    names = {id(event): record["type"] for event, record in zip(events, records, strict=True)}
    return {
        "state": STAND[found.stand],
        "rejected": [
            {"event": names[id(one.gebeurtenis)], "reason": REDENEN[one.reden]}
            for one in found.geweigerd
        ],
        "deadline": found.uiterlijk,
        "term_end": found.termijn_einde,
        "late": bool(found.meldingen),
    }


def _event(record: Record) -> Gebeurtenis:
    kind = record.get("type")
    if kind not in GEBEURTENISSEN:
        raise TabelFout(f"onbekende gebeurtenis: {kind}")
    soort = GEBEURTENISSEN[kind]
    return Gebeurtenis(
        soort,
        maybe_day(record, "on"),
        **_facts(soort, kind, record),
    )


def _facts(soort: Soort, kind: str, record: Record) -> dict[str, Any]:
    if soort is Soort.HOREN:
        return {"afgezien": "declined" in kind or bool(record.get("declined"))}
    if soort is Soort.AANTONEN:
        own = kind in EIGEN_INITIATIEF or bool(record.get("own_initiative"))
        return {"op_eigen_initiatief": own}
    read = FEITEN.get(soort)
    return read(record) if read else {}


def _facts_known(record: Record) -> dict[str, Any]:
    return {"feiten": bool(record.get("facts", True))}


def _convocation(record: Record) -> dict[str, Any]:
    return {
        "verzonden": maybe_day(record, "sent"),
        "vergadering": maybe_day(record, "meeting"),
        "ontvangen": maybe_day(record, "received"),
        "stukken": bool(record.get("documents", True)),
        "betrokkene_uitgenodigd": bool(
            record.get("subject_invited", record.get("invite_subject", True))
        ),
        "iedereen_uitgenodigd": bool(record.get("all_invited", True)),
        "zelfde_agenda": bool(record.get("same_agenda", True)),
    }


def _decision(record: Record) -> dict[str, Any]:
    return {
        "redenen": bool(record.get("reasons")),
        "schriftelijk": bool(record.get("written", record.get("in_writing", True))),
        "voorwaardelijk": bool(record.get("conditional")),
        "voorwaarden": bool(record.get("conditions")),
        "termijn_einde": maybe_day(record, "term_end"),
    }


def _one_sided(record: Record) -> dict[str, Any]:
    return {"kan_elders": bool(record.get("can_participate_elsewhere"))}


def _variant(record: Record) -> Voorstel | None:
    """Read what is proposed or voted about; None where the table leaves it open."""
    if "variant" in record:
        mild = record["variant"] == "conditional"
    elif "conditional" in record:
        mild = bool(record["conditional"])
    else:
        return None
    return Voorstel.VOORWAARDELIJK if mild else Voorstel.ROYEMENT


def _proposal(record: Record) -> dict[str, Any]:
    ground = record.get("ground")
    form = record.get("legal_form")
    return {
        "grond": GRONDEN.get(ground, Grond.ANDERS) if ground else None,
        "motivering": bool(record.get("motivation") or record.get("explanation")),
        "over_de_praktijk": record.get("about", "practice") == "practice",
        "praktijk_in_gebreke": bool(record.get("practice_failed")),
        "eenmanszaak": None if form is None else form in ("eenmanszaak", "sole"),
        "voorstel": _variant(record),
    }


def _count(record: Record) -> dict[str, Any]:
    present, opening = record.get("present"), record.get("present_at_opening")
    votes = record.get("votes", record)
    counted = any(name in votes for name in ("for", "against", "blank", "invalid"))
    members = record.get("members")
    return {
        "leden": None if members is None else a_number(members, "members"),
        "aanwezig": None if present is None else a_number(present, "present"),
        "bij_opening": None if opening is None else a_number(opening, "present_at_opening"),
        "stemmen": counts(record) if counted else None,
        "betrokkene": subject(record),
        "voorstel": _variant(record),
        "opgeroepen": maybe_day(record, "convened", "convened_on", "sent"),
        "aangenomen": record.get("adopted"),
    }


FEITEN: Final[Mapping[Soort, Callable[[Record], dict[str, Any]]]] = {
    Soort.VASTSTELLEN: _facts_known,
    Soort.VOORSTELLEN: _proposal,
    Soort.AANKONDIGEN: _convocation,
    Soort.STEMMEN: _count,
    Soort.BESLISSEN: _count,
    Soort.BESLUITEN: _decision,
    Soort.EENZIJDIG: _one_sided,
}
