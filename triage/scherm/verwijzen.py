"""Where the patient goes when the dentist does not see them, as the kring filled it in."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from kern.weergave import format_telefoon
from triage import gespreksteksten as teksten
from triage.models import Oproep, Verwijsadres
from triage.ophogen import applying

_ADVIES = "eerstehulp_als_alternatief"
_EERSTEHULP = Verwijsadres.Soort.EERSTEHULP


@dataclass(frozen=True)
class Verwijzing:
    """The addresses for this call; `leeg` says what to do when none was filled in.

    `is_nu`: the dentist decided it; else it is what comes when the dentist cannot see the patient.
    """

    titel: str
    is_nu: bool
    adressen: list[tuple[Verwijsadres, str]]
    leeg: str


def referral(oproep: Oproep) -> Verwijzing | None:
    """Return where to send this patient; None while nothing points there (R-44, R-45, R-46)."""
    if oproep.besluit == Oproep.Besluit.EERSTEHULP:
        return _card(_("Naar de eerste hulp"), [_EERSTEHULP], is_nu=True)
    if oproep.besluit == Oproep.Besluit.VERWIJZING:
        return _card(_("Verwijzing"), Verwijsadres.Soort.values, is_nu=True)
    may_go = not oproep.besluit and _ADVIES in applying(oproep).get("adviezen", [])
    if may_go:
        return _card(_("Kan de tandarts niet? Eerste hulp"), [_EERSTEHULP], is_nu=False)
    return None


def _card(titel: str, soorten: list[str], *, is_nu: bool) -> Verwijzing:
    rows = Verwijsadres.objects.filter(actief=True, soort__in=soorten).order_by("soort", "naam")
    leeg = _(
        "Voor deze kring is nog geen adres ingevuld. Vraag de tandarts waar de patiënt heen kan, "
        "en meld het de coördinator."
    )
    adressen = [(row, read_aloud(row)) for row in rows]
    return Verwijzing(titel, is_nu, adressen, "" if adressen else leeg)


def read_aloud(adres: Verwijsadres) -> str:
    """Return the sentence for the caller, with the number in groups that can be spoken."""
    return _(teksten.GA_NAAR) % {
        "naam": adres.naam,
        "adres": adres.adres,
        "telefoon": format_telefoon(adres.telefoon),
    }
