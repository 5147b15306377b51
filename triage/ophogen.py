"""A person asks for more than the protocol (U12): what then applies.

`Oproep.uitkomst` stays what the protocol said, so that a replay compares like with like; what
applies is worked out from it here, as the protocol itself does at "verplicht" (Bijlage 1 §2.3).
"""

from typing import TYPE_CHECKING, Any

from triage import protocol

if TYPE_CHECKING:
    from triage.models import Oproep

_URGENTIE = [urgentie.value for urgentie in protocol.Urgentie]
_GEZIEN = [gezien.value for gezien in protocol.MoetGezien]


def raised(record: dict[str, Any]) -> dict[str, Any]:
    """Return the outcome with the dentist called for: never milder in anything than it was."""
    gone = protocol.regelset(record["protocolversie"]).vervalt_bij_verplicht
    return {
        **record,
        "contact_tandarts": protocol.Contact.VERPLICHT.value,
        "contact_verplicht": True,
        "urgentie": _heaviest(_URGENTIE, record["urgentie"], protocol.Urgentie.OVERLEG),
        "moet_gezien": _heaviest(
            _GEZIEN, record["moet_gezien"], protocol.MoetGezien.TANDARTS_BEPAALT
        ),
        "terugbel_minuten": None,
        "terugbel_timers": [],
        "adviezen": [key for key in record["adviezen"] if key not in gone],
    }


def applying(oproep: "Oproep") -> dict[str, Any]:
    """Return the outcome that applies to this call; empty while there is none."""
    if oproep.uitkomst and oproep.opgehoogd_naar:
        return raised(oproep.uitkomst)
    return oproep.uitkomst


def _heaviest(scale: list[str], *values: str) -> str:
    """Return the value that stands first: the scales list the heaviest first."""
    return min(values, key=scale.index)
