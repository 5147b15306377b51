"""Links to calendar feeds: make and revoke."""

import hashlib
import secrets

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from kern import logboek
from kern.actor import Actor
from kern.tijd import db_now
from kring.models import Deelnemer, Gebruiker, Tandarts
from rooster.models import Agendalink

MEESTE = 10
"""Living links of one person: a phone, a tablet, the practice. More is a script."""


def hash_geheim(geheim: str) -> str:
    """Return what the database keeps of the secret in a link (256 random bits: no salt needed)."""
    return hashlib.sha256(geheim.encode()).hexdigest()


@transaction.atomic
def make_agendalink(
    *,
    kring_id: int,
    gebruiker: Gebruiker,
    soort: str,
    by: Actor,
    tandarts: Tandarts | None = None,
    deelnemer: Deelnemer | None = None,
    bezet: bool = False,
) -> tuple[Agendalink, str]:
    """Make a link; return its row and the secret, which nobody can look up afterwards."""
    Gebruiker.objects.select_for_update().get(pk=gebruiker.pk)
    living = Agendalink.objects.filter(
        kring_id=kring_id, gebruiker=gebruiker, ingetrokken_op__isnull=True
    )
    if living.count() >= MEESTE:
        raise ValidationError(
            _("Je hebt al %(aantal)s agendalinks. Trek er eerst een in.") % {"aantal": MEESTE}
        )
    geheim = secrets.token_urlsafe(32)
    row = Agendalink.objects.create(
        kring_id=kring_id,
        gebruiker=gebruiker,
        soort=soort,
        tandarts=tandarts,
        deelnemer=deelnemer,
        bezet=bezet,
        geheim_hash=hash_geheim(geheim),
    )
    _log("agendalink.gemaakt", "C", row, by)
    return row, geheim


@transaction.atomic
def revoke_agendalink(agendalink: Agendalink, *, by: Actor) -> bool:
    """Let a link die at once; return False when it was dead already."""
    revoked = Agendalink.objects.filter(pk=agendalink.pk, ingetrokken_op__isnull=True).update(
        ingetrokken_op=db_now()
    )
    if not revoked:
        return False
    _log("agendalink.ingetrokken", "U", agendalink, by)
    return True


def _log(gebeurtenis: str, actie: str, row: Agendalink, by: Actor) -> None:
    logboek.record(
        gebeurtenis,
        actie,
        by=by,
        kring_id=row.kring_id,
        object_soort="agendalink",
        object_id=row.pk,
    )
