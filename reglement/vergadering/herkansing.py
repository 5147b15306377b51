"""Which points of a meeting a second one may take up: those that failed for want of a quorum."""

from reglement import geldend
from reglement.aanwezig import present_in, stretches
from reglement.kiesregister import members_on
from reglement.models import Agendapunt, Besluit, Vergadering
from reglement.oproep import point_quorum

DECIDED = (Besluit.Uitkomst.AANGENOMEN, Besluit.Uitkomst.VERWORPEN)


def undecided(vergadering: Vergadering) -> list[Agendapunt]:
    """Return the points that ask a decision and had too few deelnemers (10.3, 9.2e).

    Judged where the point was on the table, else at the end of the meeting. A point that 9.2k
    lets pass without a quorum never fails for want of one.
    """
    rows = vergadering.agendapunten.exclude(besluitsoort="").order_by("volgorde")
    outcomes: dict = {}
    for punt_id, uitkomst in Besluit.objects.filter(
        agendapunt__vergadering=vergadering
    ).values_list("agendapunt_id", "uitkomst"):
        outcomes.setdefault(punt_id, set()).add(uitkomst)
    there = stretches(vergadering)
    leden = len(members_on(vergadering.kring_id, vergadering.dag))
    lezing = geldend.lezing_on(vergadering.kring_id, vergadering.dag)
    found = []
    for punt in rows:
        had = outcomes.get(punt.pk, set())
        if had & set(DECIDED):
            continue
        needed = point_quorum(punt.besluitsoort, vergadering.zitting, leden, lezing)
        present = len(present_in(there, punt.aan_de_orde_op or vergadering.gesloten_op))
        failed = Besluit.Uitkomst.GEEN_GELDIGE_STEMMING in had or not needed.met_by(present)
        if needed.nodig and failed:
            found.append(punt)
    return found
