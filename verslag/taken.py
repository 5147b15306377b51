"""Read model of the tasks: what this person may see, and what can be done about each."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from kern.actor import Actor
from kern.models import Zending
from kern.toegang import Rol
from verslag.models import Taak
from verslag.taakpost import AUTEUR_ALLEEN

RUIM = 30
"""Closed tasks that stay in sight."""

DOEN = {
    Taak.Soort.NIET_BEZORGD: _(
        "Probeer het nog eens. Lukt het weer niet, bel dan de ontvanger, of geef het bericht op "
        "een andere manier door."
    ),
    Taak.Soort.ADRES_FOUT: _(
        "Bel de praktijk, verbeter het adres in het adresboek, en stuur het verslag daarna opnieuw."
    ),
    Taak.Soort.ONGELEZEN: _(
        "Bel de praktijk en vraag of het bericht is aangekomen. Staat het er niet tussen, stuur "
        "dan een nieuwe link."
    ),
    Taak.Soort.GEEN_KANAAL: _(
        "Er is geen veilige weg bekend. Druk de brief af en geef of stuur hem, of vul het "
        "adresboek aan. Gewone e-mail mag niet."
    ),
    Taak.Soort.CODE: _(
        "De ontvanger kan het verslag niet openen. Bel, verbeter het nummer in het adresboek, en "
        "stuur een nieuwe link."
    ),
    Taak.Soort.ANTWOORD: _("Er is een antwoord. Je leest het bij het verslag."),
    Taak.Soort.VERSTUREN: _(
        "De eigen tandarts is na het ondertekenen ingevuld. Open het verslag en verstuur het."
    ),
    Taak.Soort.BIJLAGE: _(
        "Open het verslag. Is de bijlage nu goed, stuur dan een nieuwe link. Zit er een virus in, "
        "maak dan een verbeterde versie zonder die bijlage."
    ),
    Taak.Soort.VERBETEREN: _(
        "Open het verslag, pas het aan en teken het opnieuw, met het verzoek als reden. Hoeft er "
        "in dit verslag niets te veranderen, rond de taak dan af."
    ),
}
"""What to do, by kind."""

_TEGENGEHOUDEN = _(
    "Dit bericht is tegengehouden en gaat niet meer weg. Moet de ontvanger het toch weten, geef "
    "het dan op een andere manier door. Rond daarna de taak af."
)


def advice(taak: Taak):
    """Return what can be done about this task as it stands now."""
    stopped = taak.zending is not None and taak.zending.status == Zending.Status.INGETROKKEN
    if stopped and taak.soort == Taak.Soort.NIET_BEZORGD:
        return _TEGENGEHOUDEN
    return DOEN[taak.soort]


def visible(actor: Actor) -> QuerySet[Taak]:
    """Return the tasks of this person: of the own reports, and for a coordinator nearly all.

    Nothing of a patient is needed for it, and the rows are fetched without.
    """
    mine = Q(overdracht__versie__verslag__auteur__gebruiker_id=actor.gebruiker_id)
    mine |= Q(verslag__auteur__gebruiker_id=actor.gebruiker_id)
    if Rol.COORDINATOR in actor.rollen:
        mine |= ~Q(soort__in=AUTEUR_ALLEEN)
    return Taak.objects.filter(mine).select_related(
        *("ontvanger", "zending", "gesloten_door"),
        *("overdracht__versie__verslag__auteur", "verslag__auteur"),
    )


@dataclass(frozen=True)
class Takenlijst:
    open: list[Taak]
    gesloten: list[Taak]


def list_of(actor: Actor) -> Takenlijst:
    """Return what waits, longest first, and what was closed last. Two queries."""
    rows = visible(actor)
    closed = rows.filter(gesloten_op__isnull=False).order_by("-gesloten_op")[:RUIM]
    waiting = rows.filter(gesloten_op__isnull=True).order_by("geopend_op")
    return Takenlijst(list(waiting), list(closed))


def open_count(actor: Actor) -> int:
    return visible(actor).filter(gesloten_op__isnull=True).count()
