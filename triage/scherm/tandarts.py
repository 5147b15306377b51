"""Whose phone rings now, and the form of the decision."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from kern.tijd import to_local
from kring.models import Tandarts
from rooster.wacht import Dienstkaart
from triage.contact import Bereik
from triage.forms import (
    BesluitForm,
)
from triage.models import Oproep

# An appointment is offered at a round time, a little ahead of now.
_AANLOOP, _STAP = timedelta(minutes=20), 5


@dataclass(frozen=True)
class Beurt:
    """Whose phone rings now, with the way to reach them."""

    rol: str
    tandarts: Tandarts | None
    noemen: bool


def turn(oproep: Oproep, kaart: Dienstkaart, bereik: Bereik) -> Beurt:
    """Return who was spoken to, else whose turn it is: the backup after misses, if there is one."""
    if bereik.gesproken and oproep.behandelaar:
        return Beurt(bereik.laatste_rol, oproep.behandelaar, oproep.afspraak_om is not None)
    rol = bereik.rol if kaart.achterwacht else "dienstdoende"
    tandarts = kaart.achterwacht if rol == "achterwacht" else kaart.dienstdoende
    # T-19: the dentist stays anonymous to the caller until there is an appointment.
    return Beurt(rol, tandarts, noemen=oproep.afspraak_om is not None)


def besluit_form(oproep: Oproep, nu: datetime) -> BesluitForm:
    """Return the decision form with the stored values, or a round time shortly ahead."""
    return BesluitForm(
        initial={
            "besluit": oproep.besluit,
            "toelichting": oproep.besluit_toelichting,
            "moment": oproep.afspraak_om or _round_up(nu + _AANLOOP),
            "betaling_gemeld": oproep.betaling_gemeld,
        }
    )


def _round_up(moment: datetime) -> datetime:
    local = to_local(moment).replace(second=0, microsecond=0)
    return moment.replace(second=0, microsecond=0) + timedelta(minutes=-local.minute % _STAP)
