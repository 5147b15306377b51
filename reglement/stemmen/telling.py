"""The result of a vote, from its rows by the law of `reglement.besluitvorming`."""

from typing import Any
from uuid import UUID

from reglement.aanwezig import present_at
from reglement.besluitvorming import (
    Betrokkene,
    Doorslag,
    Regel,
    Stem,
    Stemmen,
    Zitting,
    judge_vote,
    other_readings,
)
from reglement.models import Hoofdelijkestem, Keuze, Stemming
from reglement.stemmen.opgave import lezing_in, members_in
from reglement.stemmen.stand import Stand, read_stand


def count(stemming: Stemming) -> dict[str, int]:
    """Return the counts per choice; of a secret vote only the close may ask, out of the box."""
    if stemming.geheim:
        return stemming.stembus.read()
    chosen = list(Hoofdelijkestem.objects.filter(stemming=stemming).values_list("keuze", flat=True))
    return {keuze: chosen.count(keuze) for keuze in Keuze.values}


def judge(stemming: Stemming, counts: dict[str, int], doorslag: Doorslag | None) -> dict[str, Any]:
    """Return the result as `Stemming.uitslag` keeps it, with what another reading would give.

    The vote is closed: `gesloten_op` says at which moment the room is counted.
    """
    stand = read_stand(stemming, stemming.gesloten_op)
    vote = _arguments(stemming, counts, stand)
    uitslag = judge_vote(**vote, doorslag=doorslag)
    return {
        **uitslag.to_dict(),
        "leden": vote["leden"],
        "aanwezig": vote["aanwezig"],
        "blanco": counts["blanco"],
        "andere_lezingen": _others(stemming, vote, stand, doorslag),
    }


def _arguments(stemming: Stemming, counts: dict[str, int], stand: Stand) -> dict[str, Any]:
    members = members_in(stemming)
    meeting = stemming.agendapunt.vergadering
    at_opening = present_at(meeting, meeting.geopend_op) if meeting.geopend_op else []
    return {
        "leden": len(members),
        "aanwezig": len(stand.aanwezig),
        "zitting": Zitting(stemming.opgave["zitting"]),
        "regel": Regel(stemming.regel),
        "stemmen": Stemmen(**counts),
        "lezing": lezing_in(stemming),
        "bij_opening": len({row.deelnemer_id for row in at_opening} & members),
        "betrokkene": _subject(stemming, stand),
    }


def _subject(stemming: Stemming, stand: Stand) -> Betrokkene | None:
    if stemming.betrokkene_id is None or stemming.betrokkene_id not in stand.aanwezig:
        return None
    return Betrokkene(True, None if stemming.geheim else _vote_of(stemming, stemming.betrokkene_id))


def _vote_of(stemming: Stemming, deelnemer_id: UUID) -> Stem | None:
    rows = Hoofdelijkestem.objects.filter(stemming=stemming, deelnemer_id=deelnemer_id)
    found = rows.values_list("keuze", flat=True).first()
    return Stem(found) if found else None


def _others(
    stemming: Stemming, vote: dict[str, Any], stand: Stand, doorslag: Doorslag | None
) -> list[str]:
    """Return a sentence for every reading by which it came out differently.

    What the subject chose in a secret vote nobody knows: then it counts when any choice would
    have made the difference.
    """
    subjects = [vote["betrokkene"]]
    if stemming.geheim and stemming.betrokkene_id in stand.gestemd:
        counts: Stemmen = vote["stemmen"]
        choices = (Stem.VOOR, Stem.TEGEN, Stem.BLANCO)
        subjects = [Betrokkene(True, stem) for stem in choices if getattr(counts, stem.value)]
    found: dict[str, None] = {}
    for subject in subjects:
        for other in other_readings(**(vote | {"betrokkene": subject}), doorslag=doorslag):
            found[other.uitleg] = None
    return list(found)
