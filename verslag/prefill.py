"""What the report already knows from the call: complaint and advice."""

from django.utils.translation import gettext as _

from triage.bord import complaints_text
from triage.models import Oproep


def prefill(oproep: Oproep) -> dict:
    """Return the first text of the fields; the dentist reads and corrects them."""
    return {
        "gezien": oproep.gezien_op is not None or oproep.besluit == Oproep.Besluit.ZIEN,
        "spoedklacht": _complaint(oproep),
        "behandeling": _advice(oproep),
    }


def _complaint(oproep: Oproep) -> str:
    """The keys that were pressed and what the patient said; at night often only the first."""
    keys = complaints_text(oproep.antwoorden.get("klachten"))
    parts = [f"{keys}." if keys else "", oproep.omschrijving.strip()]
    return " ".join(part for part in parts if part)


def _advice(oproep: Oproep) -> str:
    """The decision on the phone is the advice, unless the patient came: then there is treatment."""
    if oproep.besluit in ("", Oproep.Besluit.ZIEN):
        return ""
    lines = [_("Telefonisch besluit: %(besluit)s.") % {"besluit": oproep.get_besluit_display()}]
    if oproep.besluit_toelichting.strip():
        lines.append(oproep.besluit_toelichting.strip())
    return "\n".join(lines)
