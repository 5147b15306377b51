"""What happens by itself: a reminder before a term ends, and what a meeting or a vote must know."""

from datetime import timedelta

from django.utils.translation import gettext as _

from kern import dagwerk
from kern.dagwerk import Beurt
from kern.weergave import format_datum
from reglement import oproepdeel, overzicht, stembeletsel
from reglement.actions.royement import note_convocation
from reglement.models import Agendapunt, Royement
from reglement.royement import gang, nu, oproep, post, taken
from reglement.royementsgang import Soort

VOORAF = (timedelta(days=14), timedelta(days=7), timedelta(days=1))
"""A reminder so long before the last day; and one on the day after, when it was missed."""


def remind(beurt: Beurt) -> None:
    """Mail the coordinators about each open file whose term comes near, or was missed yesterday."""
    if beurt.kring_id is None:
        return
    rows = gang.with_steps(Royement.objects.filter(kring_id=beurt.kring_id))
    for royement in rows.select_related("kring"):
        dossier = gang.read(royement)
        now = nu.next_of(dossier, beurt.dag)
        if now is None or now.uiterlijk is None:
            continue
        # A gap in the daily work swallows no reminder.
        since = beurt.vorige or beurt.dag - timedelta(days=1)
        moments = {now.uiterlijk - before for before in VOORAF} | {
            now.uiterlijk + timedelta(days=1)
        }
        if any(since < moment <= beurt.dag for moment in moments):
            post.remind(royement, dag=beurt.dag, uiterlijk=format_datum(now.uiterlijk))


def hindrances(punt: Agendapunt) -> list[str]:
    """Return what must be done before a vote about a royement opens (9.2c, 9.2d; RY-6)."""
    if punt.royement_id is None or punt.besluitsoort not in gang.IN_STEMMING:
        return []
    dossier = gang.read(Royement.objects.select_related("versie").get(pk=punt.royement_id))
    if dossier.may(Soort.STEMMEN):
        return []
    if dossier.announced_point is None:
        return [_("Dit voorstel is niet aangekondigd (9.2c), of er is al over gestemd.")]
    return [
        _(
            "Leg eerst vast dat de praktijk is gehoord, of dat zij dat niet wilde (9.2d). Dat doet "
            "de coördinator in dossier %s."
        )
        % dossier.royement.nummer
    ]


def register() -> None:
    """Offer all of it; called from `AppConfig.ready`."""
    dagwerk.register("royementstermijn", remind, uur=8)
    overzicht.register(taken.lines)
    stembeletsel.register(hindrances)
    deel = oproepdeel.Oproepdeel(oproep.objections, note_convocation, oproep.tell_former_off)
    oproepdeel.register(deel)
