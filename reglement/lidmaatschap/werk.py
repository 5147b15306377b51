"""Daily work of taking part: active from the first day, and no longer after the last."""

from django.utils.translation import gettext as _

from kern.actor import Actor
from kern.dagwerk import Beurt
from kring.models import Deelnemer
from reglement.actions.deelname import follow


def follow_all(beurt: Beurt) -> None:
    """Let every practice of the kring follow its lines; those without any are left alone."""
    if beurt.kring_id is None:
        return
    by = Actor.system(beurt.kring_id, _("register van deelnemers"))
    for deelnemer in Deelnemer.objects.filter(
        kring_id=beurt.kring_id, deelnamen__isnull=False
    ).distinct():
        follow(deelnemer, beurt.dag, by=by)
