"""What every step of a version shares: its lock, and its line in the access log."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from kern import logboek
from kern.actor import Actor
from reglement.models import Reglementversie

WERK = "reglement.versie"
"""The work on numbers and the version underneath: one at a time in a kring."""


def lock(versie: Reglementversie, *statuses: str) -> Reglementversie:
    """Return the version, locked; `ValidationError` when it is past this step."""
    versie = (
        Reglementversie.objects.select_for_update(of=("self",))
        .select_related("vorige", "kring")
        .get(pk=versie.pk)
    )
    if versie.status not in statuses:
        raise ValidationError(
            _("Dit reglement is intussen %(stand)s. Kijk op de pagina wat nog kan.")
            % {"stand": versie.get_status_display()}
        )
    return versie


def log(gebeurtenis: str, actie: str, versie: Reglementversie, by: Actor) -> None:
    logboek.record(
        gebeurtenis,
        actie,
        by=by,
        kring_id=versie.kring_id,
        object_soort="reglementversie",
        object_id=versie.pk,
    )
