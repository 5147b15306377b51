"""Joining two patients, while somebody decides about destroying the file of one of them."""

from django.utils.translation import gettext as _

from rechten.models import Vernietiging
from triage.models import Patient


def objection(blijft: Patient, vervalt: Patient) -> str:
    """Return why these two may not be joined or taken apart now, or "".

    Who agreed to a destruction agreed to one file: it may not become another one unseen. A proposal
    that nobody signed yet moves along, but of two proposals one has to go first. A row that
    somebody holds is being decided about: waiting for it could be waiting for each other.
    """
    rows = Vernietiging.objects.filter(patient__in=[blijft, vervalt], uitgevoerd_op__isnull=True)
    held = list(rows.select_for_update(of=("self",), skip_locked=True))
    if len(held) != rows.count():
        return _("Op dit moment beslist iemand over een vernietiging. Probeer het zo opnieuw.")
    if any(row.coordinator_op or row.fg_op for row in held):
        return _(
            "Met de vernietiging van een van deze dossiers is al ingestemd. Dat ging over dat ene "
            "dossier. Laat de coördinator of de functionaris de vernietiging eerst terugsturen, "
            "of wacht tot ze is uitgevoerd."
        )
    if len(held) > 1:
        return _(
            "Van beide patiënten is een vernietiging voorgesteld. Beslis eerst over een van die "
            "twee, bij Verzoeken."
        )
    return ""
