"""What a vote asks of somebody, on the overview (reglement.overzicht)."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from kern.toegang import Rol
from reglement.besluitvorming import Uitkomst
from reglement.models import Stemming
from reglement.overzicht import Regel
from reglement.stemmen.doorslag import decider_of
from reglement.stemmen.inzage import votes_for
from reglement.stemmen.scherm import blocks
from reglement.stemmen.stand import read_stand


def lines(request: Any, _dag: date) -> Iterator[Regel]:
    """Return the vote that runs, and the tie that waits for this person.

    One meeting runs at a time, so there is hardly ever more than one of each.
    """
    rows = votes_for(request.actor).select_related("agendapunt__vergadering__voorzitter")
    if Rol.VERTEGENWOORDIGER in request.actor.rollen:
        for stemming in rows.filter(status=Stemming.Status.OPEN)[:1]:
            own = blocks(request, stemming, read_stand(stemming))
            if any(blok.mag and not blok.gestemd for blok in own):
                url = _url(request, "zaal", vergadering=stemming.agendapunt.vergadering_id)
                yield Regel(_("Stem nu: %s") % stemming.vraag, url, nu=True)
    waiting = rows.filter(
        status=Stemming.Status.GESLOTEN,
        uitslag__uitkomst=Uitkomst.STAKING.value,
        besluit__isnull=True,
    )
    for stemming in waiting[:1]:
        if request.user.pk in decider_of(stemming).personen:
            yield Regel(
                _("Geef de doorslag: %s") % stemming.vraag,
                _url(request, "doorslag", stemming=stemming.pk),
                waarom=_("De stemmen staken (art. 10.5)."),
                nu=True,
            )


def _url(request: Any, route: str, **kwargs: Any) -> str:
    return reverse(f"reglement:{route}", kwargs={"kring": request.kring.slug, **kwargs})
