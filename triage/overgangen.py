"""The states of a call and the only steps between them; every refusal says why."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from triage.models import Oproep

# From -> to. "gezien" may also be noted on a closed call (`gezien_op`): the telephone call is
# often closed while the patient is still on the way.
OVERGANGEN: dict[str, frozenset[str]] = {
    "open": frozenset({"terugbellen", "afspraak", "gezien", "afgerond"}),
    "terugbellen": frozenset({"open", "afspraak", "gezien", "afgerond"}),
    "afspraak": frozenset({"open", "gezien", "afgerond"}),
    "gezien": frozenset({"afgerond"}),
    "afgerond": frozenset(),
}


class StapGeweigerd(Exception):
    """A step that the state of the call does not allow; the text is a Dutch sentence."""


class VeldGeweigerd(StapGeweigerd):
    """A refused step of which one field can be mended; `veld` is its name in the form."""

    def __init__(self, veld: str, zin: str):
        self.veld = veld
        super().__init__(zin)


def require_running(oproep: "Oproep") -> None:
    """Refuse any change of a closed call."""
    if oproep.status == "afgerond":
        raise StapGeweigerd(
            _("Deze oproep is al afgerond. Belt de patiënt opnieuw? Begin dan een nieuwe oproep.")
        )


def move(oproep: "Oproep", naar: str) -> None:
    """Set the new status, or refuse; staying where it is, is no step."""
    require_running(oproep)
    if naar == oproep.status:
        return
    if naar not in OVERGANGEN[oproep.status]:
        raise StapGeweigerd(_("De patiënt is al gezien. Er is geen nieuwe afspraak nodig."))
    oproep.status = naar
