"""A draft of the rules: begin, fill in, read otherwise, throw away."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from kern.actor import Actor
from kring.models import Kring
from reglement.actions.reglement.stap import lock, log
from reglement.geldend import newest_version
from reglement.inhoud.variabelen import PER_SLEUTEL, VOORSTEL
from reglement.inhoud.vastleggen import merge
from reglement.lezing import Lezing
from reglement.models import Reglementversie

Status = Reglementversie.Status


@transaction.atomic
def start_draft(*, kring_id: int, by: Actor, van: Reglementversie | None = None) -> Reglementversie:
    """Begin a draft: of `van`, else of the version adopted last, else of our own model.

    Whatever it is a copy of, it is an amendment of the version adopted last.
    """
    newest = newest_version(kring_id)
    source = van or newest
    versie = Reglementversie.objects.create(
        kring_id=kring_id,
        vorige=newest,
        variabelen=dict(source.variabelen) if source else _first_values(kring_id),
        lezing=dict(source.lezing) if source else {},
        teksten=dict(source.teksten) if source else {},
        gemaakt_door_id=by.gebruiker_id,
    )
    log("reglementversie.begonnen", "C", versie, by)
    return versie


@transaction.atomic
def save_article(
    versie: Reglementversie,
    *,
    pagina: str,
    waarden: Mapping[str, Any],
    tekst: str | None,
    gezien: int,
    by: Actor,
) -> Reglementversie:
    """Save what one page of the form filled in; `tekst` "" takes our own words again.

    `gezien` is the `wijziging` that the page showed: who saw an older one is refused.
    """
    versie = _unchanged(versie, gezien)
    for sleutel, waarde in waarden.items():
        checked = PER_SLEUTEL[sleutel].check(waarde)
        if checked is None:
            versie.variabelen.pop(sleutel, None)
        else:
            versie.variabelen[sleutel] = checked
    if tekst is not None:
        versie.teksten.pop(pagina, None)
        if tekst.strip():
            versie.teksten[pagina] = tekst.strip()
    return _saved(versie, by)


@transaction.atomic
def save_lezing(
    versie: Reglementversie, *, lezing: Lezing, gezien: int, by: Actor
) -> Reglementversie:
    """Save how the unclear places are read."""
    versie = _unchanged(versie, gezien)
    versie.lezing = lezing.to_dict()
    return _saved(versie, by)


@transaction.atomic
def save_toelichting(
    versie: Reglementversie, *, toelichting: str, gezien: int, by: Actor
) -> Reglementversie:
    """Save why the kring would want this; it comes on the agenda."""
    versie = _unchanged(versie, gezien)
    versie.toelichting = toelichting.strip()
    return _saved(versie, by)


@transaction.atomic
def refresh_draft(versie: Reglementversie, *, by: Actor) -> Reglementversie:
    """Put the changes of a draft on the version that was adopted since it began."""
    versie = lock(versie, Status.CONCEPT)
    newest = newest_version(versie.kring_id)
    if newest is None or newest == versie.vorige:
        raise ValidationError(_("Dit concept gaat al uit van de nieuwste versie."))
    rebase(versie, newest)
    return _saved(versie, by)


def rebase(versie: Reglementversie, onder: Reglementversie) -> None:
    """Make the changes of a proposal to another version than the one it began with; unsaved."""
    for name in ("variabelen", "lezing", "teksten"):
        before = getattr(versie.vorige, name) if versie.vorige else {}
        setattr(versie, name, merge(before, getattr(versie, name), getattr(onder, name)))
    versie.vorige = onder


@transaction.atomic
def discard_draft(versie: Reglementversie, *, by: Actor) -> None:
    """Throw a draft away; nobody ever decided about it."""
    versie = lock(versie, Status.CONCEPT)
    log("reglementversie.weggegooid", "D", versie, by)
    versie.delete()


def _first_values(kring_id: int) -> dict[str, Any]:
    kring = Kring.objects.get(pk=kring_id)
    return VOORSTEL | {"0.naam": kring.naam, "slot.plaats": kring.plaats}


def _unchanged(versie: Reglementversie, gezien: int) -> Reglementversie:
    versie = lock(versie, Status.CONCEPT)
    if versie.wijziging != gezien:
        raise ValidationError(
            _(
                "Een collega heeft dit concept net gewijzigd. Wat jij invulde staat er nog. Open "
                "het concept in een ander tabblad, vergelijk, en bewaar daarna opnieuw."
            )
        )
    return versie


def _saved(versie: Reglementversie, by: Actor) -> Reglementversie:
    versie.wijziging += 1
    versie.save()
    log("reglementversie.gewijzigd", "U", versie, by)
    return versie
