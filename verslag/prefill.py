"""What the report already knows from the call: complaint and advice."""

from django.utils.translation import gettext as _

from triage.models import Oproep


def prefill(oproep: Oproep) -> dict:
    """Return the first text of the fields; the dentist reads and corrects them."""
    return {
        "gezien": oproep.gezien_op is not None or oproep.besluit == Oproep.Besluit.ZIEN,
        "spoedklacht": oproep.omschrijving.strip(),
        "behandeling": _advice(oproep),
    }


def _advice(oproep: Oproep) -> str:
    """The decision on the phone is the advice, unless the patient came: then there is treatment."""
    if oproep.besluit in ("", Oproep.Besluit.ZIEN):
        return ""
    lines = [_("Telefonisch besluit: %(besluit)s.") % {"besluit": oproep.get_besluit_display()}]
    if oproep.besluit_toelichting.strip():
        lines.append(oproep.besluit_toelichting.strip())
    return "\n".join(lines)
