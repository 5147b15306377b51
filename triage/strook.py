"""The strip on every page of who does triage: what is overdue, nearly so, or new (U6)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kern.weergave import klok_stand
from triage.bord.rijen import KLOKNAMEN
from triage.models import Termijn
from triage.protocol.termijnen import TE_MELDEN

BINNENKORT = timedelta(minutes=10)
"""The first warning."""
NIEUW = timedelta(minutes=2)
"""How long a call that a colleague took is news."""
MEEST = 2
"""As many as fit on one line; the rest is a number."""
_GENOEG = 50


@dataclass(frozen=True, slots=True)
class Regel:
    """One clock in the strip."""

    id: UUID
    oproep_id: UUID
    kring_id: int
    nummer: int
    soort: str
    om: datetime
    stand: str  # te_laat | bijna | straks | nieuw

    @property
    def naam(self) -> str:
        return _("oproep %(nummer)s, %(soort)s") % {
            "nummer": self.nummer,
            "soort": KLOKNAMEN[self.soort],
        }


@dataclass(frozen=True)
class Strook:
    """The strip at one moment of the database clock."""

    nu: datetime | None
    regels: list[Regel]

    @property
    def state(self) -> str:
        """Return what the strip says, without the time that runs: same state, same strip."""
        return "|".join(f"{r.id}{r.stand}{r.om.timestamp()}" for r in self.regels)

    @property
    def te_laat(self) -> int:
        return sum(regel.stand == "te_laat" for regel in self.regels)

    @property
    def getoond(self) -> list[Regel]:
        return self.regels[:MEEST]

    @property
    def meer(self) -> int:
        return len(self.regels) - len(self.getoond)

    @property
    def kleur(self) -> str:
        stands = {regel.stand for regel in self.regels}
        if stands & {"te_laat", "bijna"}:
            return "fout"
        return "let_op" if "straks" in stands else "info"

    @property
    def melding(self) -> str:
        """Return what a screen reader says when the strip has changed."""
        if self.te_laat:
            return ngettext(
                "%(n)s termijn is te laat: %(eerste)s",
                "%(n)s termijnen zijn te laat: %(eerste)s",
                self.te_laat,
            ) % {"n": self.te_laat, "eerste": self.regels[0].naam}
        nieuw = [regel for regel in self.regels if regel.stand == "nieuw"]
        return _("Nieuw: %(naam)s") % {"naam": nieuw[0].naam} if nieuw else ""


def read_strip(*, gebruiker_id: int) -> Strook:
    """Return the strip over the open kringen, in one query.

    The call that somebody took themselves is no news to them.
    """
    soon = Q(vervalt_op__lte=Now() + BINNENKORT)
    new = Q(aangemaakt_op__gte=Now() - NIEUW, oproep__aangenomen_op__gte=Now() - NIEUW)
    rows = (
        Termijn.objects.running()
        .filter(soon | new & ~Q(oproep__aangenomen_door=gebruiker_id), soort__in=sorted(TE_MELDEN))
        .order_by("vervalt_op")
        .annotate(nu=Now(), nummer=F("oproep__nummer"))
        .values_list("pk", "oproep_id", "kring_id", "nummer", "soort", "vervalt_op", "nu")
    )
    regels, nu = [], None
    for *fields, om, nu in rows[:_GENOEG]:
        left = (om - nu).total_seconds()
        stand = klok_stand(left) if left <= BINNENKORT.total_seconds() else "nieuw"
        regels.append(Regel(*fields, om, stand))
    return Strook(nu, regels)
