"""What somebody has to do in a royement, on the first page of the app (`reglement.overzicht`)."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from kern.toegang import Rol
from reglement.overzicht import Regel
from reglement.royement import gang, nu, wie
from reglement.royement.gang import Dossier, Soort


def lines(request: Any, dag: date) -> Iterable[Regel]:
    """Give the next step of each open file to the coordinator, and to the practice what is its."""
    own = wie.own_practices(request)
    leads = Rol.COORDINATOR in request.actor.rollen
    if not leads and not own:
        return
    for royement in gang.with_steps(wie.visible_to(request)):
        dossier = gang.read(royement)
        url = reverse(
            "reglement:royement", kwargs={"kring": request.kring.slug, "royement": royement.pk}
        )
        if royement.deelnemer_id in own:
            yield from _of_the_practice(dossier, dag, url)
        elif leads and dossier.is_open and (now := nu.next_of(dossier, dag)):
            yield Regel(
                wat=_("Royement, dossier %(nummer)s: %(wat)s")
                % {"nummer": royement.nummer, "wat": now.wat},
                url=url,
                uiterlijk=now.uiterlijk,
                waarom=now.waarom,
                volgt=not now.kring,
            )


def _of_the_practice(dossier: Dossier, dag: date, url: str) -> Iterable[Regel]:
    brief, taken = dossier.last(*gang.LETTERS), dossier.last(Soort.OPGEHAALD)
    if brief and (taken is None or taken.volgnummer < brief.volgnummer):
        yield Regel(wat=_("Lees de brief van de kring over je praktijk"), url=url)
    now = nu.next_of(dossier, dag)
    if now and not now.kring and now.uiterlijk:
        yield Regel(
            wat=_("Voldoe aan de voorwaarden die de kring stelde"),
            url=url,
            uiterlijk=now.uiterlijk,
            waarom=now.waarom,
        )
    if dossier.may(Soort.HOREN) and dossier.announced_point and not dossier.last(Soort.ZIENSWIJZE):
        yield Regel(
            wat=_("Zet jouw kant in het dossier over je praktijk"),
            url=url,
            uiterlijk=dossier.stand.vergadering,
            waarom=_("De deelnemers lezen het vóór zij stemmen (9.2d)."),
        )
