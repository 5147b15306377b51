"""Why a vote cannot open, with the article and what can be done instead."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from kern.tijd import db_now, to_local
from kern.weergave import format_datum
from reglement.aanwezig import fold, lines_of, present_in
from reglement.besluitvorming import Quorum, Zitting, quorum, second_meeting_helps
from reglement.lezing import Quorummoment
from reglement.models import Stemming, Vergadering
from reglement.stemmen.opgave import Opgave
from reglement.termijnen import second_meeting


@dataclass(frozen=True)
class Zaal:
    """The room at a moment before the vote: who counts for the quorum, and what it takes."""

    aanwezig: int
    bij_opening: int
    vereist: Quorum
    telt: int

    @property
    def genoeg(self) -> bool:
        return self.vereist.met_by(self.telt)


def room_of(vergadering: Vergadering, opgave: Opgave) -> Zaal:
    """Return whether enough deelnemers are there to vote (10.3, 9.2e, A-7). One query."""
    members = opgave.leden
    found = fold(lines_of(vergadering))
    now = {row.deelnemer_id for row in present_in(found)} & members
    at_opening = (
        {row.deelnemer_id for row in present_in(found, vergadering.geopend_op)} & members
        if vergadering.geopend_op
        else set()
    )
    vereist = quorum(len(members), opgave.zitting, opgave.regels.lezing, regel=opgave.regel)
    by_opening = opgave.regels.lezing.quorummoment is Quorummoment.BIJ_OPENING
    return Zaal(len(now), len(at_opening), vereist, len(at_opening if by_opening else now))


def quorum_objections(vergadering: Vergadering, opgave: Opgave) -> list[str]:
    """Return why there are too few to vote, and from which day a second meeting may be."""
    room = room_of(vergadering, opgave)
    if room.genoeg:
        return []
    words = _(
        "Er zijn %(aanwezig)s van de %(leden)s deelnemers en er zijn er %(nodig)s nodig om te "
        "stemmen (art. %(artikel)s)."
    ) % {
        "aanwezig": room.telt,
        "leden": room.vereist.leden,
        "nodig": room.vereist.nodig,
        "artikel": room.vereist.artikel,
    }
    return [f"{words} {_next_step(vergadering, opgave)}"]


def _next_step(vergadering: Vergadering, opgave: Opgave) -> str:
    if opgave.zitting is not Zitting.EERSTE:
        return _("Dit was de tweede vergadering: het voorstel vervalt, of begint opnieuw.")
    lezing, leden = opgave.regels.lezing, len(opgave.leden)
    today = to_local(db_now()).date()
    term = second_meeting(
        eerste=to_local(vergadering.begint_op).date(),
        verzonden=today,
        lezing=lezing,
        artikel=opgave.bevoegd.artikel,
    )
    needed = quorum(leden, Zitting.TWEEDE, lezing, regel=opgave.regel).nodig
    words = _(
        "Wacht tot er meer zijn, of roep vandaag een tweede vergadering op: die kan vanaf "
        "%(dag)s en vraagt er %(nodig)s."
    ) % {"dag": format_datum(term.vroegste) if term.vroegste else "", "nodig": needed}
    if second_meeting_helps(leden, lezing, regel=opgave.regel):
        return words
    return words + " " + _("Dat zijn er niet minder dan nu.")


def other_vote(vergadering: Vergadering) -> Stemming | None:
    """Return the vote that runs in this meeting: one at a time, or nobody knows what he answers."""
    rows = Stemming.objects.filter(agendapunt__vergadering=vergadering, status=Stemming.Status.OPEN)
    return rows.select_related("agendapunt").first()
