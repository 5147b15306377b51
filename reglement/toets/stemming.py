"""A vote as the scenario tables write it down."""

from collections.abc import Mapping
from typing import Any

from reglement.besluitvorming import (
    Betrokkene,
    Doorslag,
    Opkomst,
    Stem,
    Stemmen,
    StemmenFout,
    Uitkomst,
    judge_vote,
    other_readings,
    present_count,
    quorum,
)
from reglement.lezing import Lezing
from reglement.toets.kiezers import members
from reglement.toets.woorden import (
    REGELS,
    STEMMEN,
    UITKOMST,
    ZITTINGEN,
    TabelFout,
    a_number,
    word,
)

Record = Mapping[str, Any]
DERDE = "third"
"""A session that the rules do not know: after a second without quorum it lapses (A-10)."""


def attendance(invoer: Record, lezing: Lezing) -> Opkomst:
    """Return who counts as present: those in the room, from afar and by proxy."""
    remote = invoer.get("remote", invoer.get("present_remote", 0))
    proxies = invoer.get("proxies", invoer.get("present_by_proxy", 0))
    if isinstance(proxies, Mapping):
        proxies = sum(proxies.values())
    allowed = any(
        value is True for name, value in invoer.items() if "remote" in name or "convocation" in name
    )
    return present_count(
        in_de_zaal=a_number(invoer.get("present", 0), "present"),
        op_afstand=0 if isinstance(remote, bool) else a_number(remote, "remote"),
        volmachten=a_number(proxies, "proxies"),
        afstand_in_oproep=allowed,
        lezing=lezing,
    )


def counts(record: Record) -> Stemmen:
    """Read the counted votes, nested under `votes` or beside the rest."""
    votes = record.get("votes", record)
    return Stemmen(
        **{stem.value: a_number(votes.get(name, 0), name) for name, stem in STEMMEN.items()}
    )


def subject(record: Record) -> Betrokkene | None:
    """Read whether the subject was there and what he voted."""
    choice = record.get("subject_vote")
    stem = word(STEMMEN, choice, "subject_vote") if choice else None
    if "subject_present" not in record and stem is None:
        return None
    return Betrokkene(bool(record.get("subject_present", stem is not None)), stem)


def _choice(value: Any, what: str) -> Stem | None:
    if isinstance(value, Mapping):
        value = value.get("vote")
    return word(STEMMEN, value, what) if value else None


def casting(invoer: Record) -> Doorslag:
    """Read the casting vote of the holder and of the deputy."""
    given = invoer.get("casting", invoer.get("casting_vote"))
    nested = given if isinstance(given, Mapping) else {}
    if given in ("holder", "deputy", "none", "chair", "coordinator"):
        raise TabelFout(f"casting: {given!r} is geen stem")
    places = {**invoer, **nested}
    deputy = next(
        (
            places[name]
            for name in ("deputy_casting", "casting_deputy", "deputy_vote", "deputy")
            if places.get(name)
        ),
        None,
    )
    conflict = any(
        value is True for name, value in places.items() if "conflict" in name or "interest" in name
    )
    return Doorslag(_choice(given, "casting"), conflict, _choice(deputy, "deputy"))


def _with_proxies(invoer: Record, stemmen: Stemmen, lezing: Lezing) -> Stemmen:
    """Add the votes by proxy where the table counts them apart and the reading allows them."""
    proxies = invoer.get("proxies")
    if not isinstance(proxies, Mapping) or not lezing.volmacht:
        return stemmen
    more = counts(proxies)
    return Stemmen(
        stemmen.voor + more.voor,
        stemmen.tegen + more.tegen,
        stemmen.blanco + more.blanco,
        stemmen.ongeldig + more.ongeldig,
    )


def vote(invoer: Record, lezing: Lezing) -> dict[str, Any]:
    """Answer the operation `vote`."""
    if invoer.get("session") == DERDE:
        return {"quorum_met": False, "adopted": False, "tied": False, "outcome": "lapsed"}
    opening = invoer.get("present_at_opening")
    opkomst = attendance(invoer, lezing)
    case: dict[str, Any] = {
        "leden": members(invoer, lezing),
        "aanwezig": opkomst.aanwezig,
        "zitting": word(ZITTINGEN, invoer.get("session", "first"), "session"),
        "regel": word(REGELS, invoer.get("rule", "ordinary"), "rule"),
        "stemmen": _with_proxies(invoer, counts({"votes": invoer.get("votes", {})}), lezing),
        "bij_opening": None if opening is None else a_number(opening, "present_at_opening"),
        "betrokkene": subject(invoer),
        "doorslag": casting(invoer),
    }
    try:
        found = judge_vote(lezing=lezing, **case)
    except StemmenFout as error:
        needed = quorum(case["leden"], case["zitting"], lezing, regel=case["regel"])
        return {
            "quorum_met": needed.met_by(case["aanwezig"]),
            "adopted": False,
            "tied": False,
            "outcome": UITKOMST[Uitkomst.GEEN_GELDIGE_STEMMING],
            "error": str(error),
        }
    return {
        "quorum_met": found.quorum_gehaald,
        "quorum_required": found.quorum_nodig,
        "base": found.basis,
        "required": found.nodig,
        "adopted": found.aangenomen,
        "tied": found.staking,
        "outcome": UITKOMST[found.uitkomst],
        "casting_used": found.doorslag is not None,
        "casting_needed": found.uitkomst is Uitkomst.STAKING,
        "proxies_refused": opkomst.volmacht_geweigerd,
        "remote_refused": opkomst.op_afstand_geweigerd,
        "flips_under": sorted(
            {one.leespunt.sleutel for one in other_readings(lezing=lezing, **case)}
        ),
        "article": found.artikel,
    }
