"""What an outside dentist must show before serving: the register, and the rules read (MR 7)."""

from datetime import datetime, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kern.tijd import db_now
from kring.models import Tandarts
from rooster.models import Bigcontrole, Reglementontvangst, Reglementtekst, Waarnemer

BIG_GELDIG = timedelta(days=90)
"""A limitation may come any day; looked up at each duty would be looked up by nobody."""

ZINNEN = {
    "geen_big": _("Het BIG-register is nog niet nagekeken."),
    "big_oud": _("Het BIG-register is langer dan 90 dagen geleden nagekeken. Doe het opnieuw."),
    "big_nee": _("Volgens het BIG-register mag deze tandarts hier geen dienst doen."),
    "geen_reglement": _("Er is nog geen reglement vastgelegd. De coördinator kan dat doen."),
    "niet_gelezen": _("De geldende versie van het reglement is nog niet bevestigd."),
}


def current_reglement(kring_id: int) -> Reglementtekst | None:
    """Return the version that holds now."""
    return Reglementtekst.objects.filter(kring_id=kring_id).order_by("-nummer").first()


def objections(waarnemer: Waarnemer, nu: datetime) -> list[str | Promise]:
    """Return why this dentist may not serve yet, as sentences; empty when they may."""
    found = []
    check = Bigcontrole.objects.filter(waarnemer=waarnemer).order_by("-gedaan_op").first()
    if check is None:
        found.append("geen_big")
    elif check.uitkomst != Bigcontrole.Uitkomst.INGESCHREVEN:
        found.append("big_nee")
    elif nu - check.gedaan_op > BIG_GELDIG:
        found.append("big_oud")
    reglement = current_reglement(waarnemer.kring_id)
    if reglement is None:
        found.append("geen_reglement")
    elif not Reglementontvangst.objects.filter(waarnemer=waarnemer, reglement=reglement).exists():
        found.append("niet_gelezen")
    return [ZINNEN[code] for code in found]


def objections_to(tandarts: Tandarts) -> list[str | Promise]:
    """Return the objections to a dentist who comes from outside; none to one of the kring."""
    row = Waarnemer.objects.filter(tandarts=tandarts).first()
    return objections(row, db_now()) if row else []
