"""The rows behind the counting: places of a year, and the lines of a practice that left."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F
from django.db.models.functions import Coalesce

from kern.tijd import to_local
from kring.models import Deelnemer, Tandarts
from rooster.kader import rijen as kader
from rooster.kader.aandelen import Inzetregel
from rooster.models import Categorie, Dienst, Dienstplaats, Inzet
from rooster.telling.regels import Geteld, Plaats, tally, would_have_had


@dataclass(frozen=True)
class Telrij:
    """One line of the page or the file: whose it is, and what was counted."""

    praktijk: str
    tandarts: str
    geteld: Geteld

    @property
    def cellen(self) -> list[tuple[str, int, int]]:
        """Per category: its name, as dienstdoende, as achterwacht."""
        return [
            (categorie.label, *(self.geteld.of(categorie, rol) for rol in Dienstplaats.Rol.values))
            for categorie in Categorie
        ]


def years_of(kring_id: int) -> list[int]:
    """Return the years in which a duty of the kring begins, the newest first."""
    moments = Dienst.objects.filter(kring_id=kring_id).datetimes("begin", "year", order="DESC")
    return [to_local(moment).year for moment in moments]


def places_of(kring_id: int, jaar: int, nu: datetime) -> list[Plaats]:
    """Return every place of the duties that begin in a year (Amsterdam), with names as keys."""
    rows = Dienstplaats.objects.filter(kring_id=kring_id, dienst__begin__year=jaar).annotate(
        praktijk=Coalesce("deelnemer__naam", "tandarts__deelnemer__naam"),
        naam=F("tandarts__naam"),
    )
    return [
        Plaats(praktijk, (tandarts_id, naam), rol, categorie, begin <= nu)
        for praktijk, tandarts_id, naam, rol, categorie, begin in rows.values_list(
            "praktijk", "tandarts_id", "naam", "rol", "dienst__categorie", "begin"
        )
    ]


def per_practice(plaatsen: list[Plaats]) -> list[Telrij]:
    """Return a line for each practice, in order of name."""
    counted = tally(plaatsen, lambda plaats: plaats.praktijk)
    return [Telrij(praktijk, "", counted[praktijk]) for praktijk in sorted(counted)]


def per_dentist(plaatsen: list[Plaats]) -> list[Telrij]:
    """Return a line for each dentist at each practice, in order of practice and name."""
    counted = tally(plaatsen, lambda plaats: (plaats.praktijk, plaats.tandarts))
    keys = sorted(counted, key=lambda key: (key[0], key[1][1]))
    return [Telrij(key[0], key[1][1], counted[key]) for key in keys]


def hypothetical(deelnemer: Deelnemer, vanaf: date, tot: date) -> dict[str, float]:
    """Return what a practice would have had of the duties that begin on these days, by category.

    Whoever left is put back with what its dentists worked last.
    """
    kring_id = deelnemer.kring_id
    begins = Dienst.objects.filter(
        kring_id=kring_id, begin__date__gte=vanaf, begin__date__lte=tot
    ).values_list("categorie", flat=True)
    diensten = dict.fromkeys(Categorie.values, 0) | Counter(begins)
    inzet = kader.inzet_between(kring_id, vanaf, tot)
    if not any(row.praktijk == deelnemer.pk for row in inzet):
        inzet += last_inzet(deelnemer)
    exempt = kader.exemptions_between(kring_id, vanaf, tot)
    return would_have_had(deelnemer.pk, inzet, exempt, diensten, (vanaf, tot))


def last_inzet(deelnemer: Deelnemer) -> list[Inzetregel]:
    """Return what each dentist of a practice worked there last, as if it went on.

    Without any line: one whole dentist for each, as everywhere (rooster.kader.rijen).
    """
    rows = Inzet.objects.filter(deelnemer=deelnemer).order_by("geldig_vanaf")
    last = {row.tandarts_id: row.fte for row in rows}
    if not last:
        dentists = Tandarts.objects.filter(deelnemer=deelnemer).values_list("pk", flat=True)
        last = dict.fromkeys(dentists, kader.HELE_FTE)
    return [Inzetregel(tandarts, deelnemer.pk, fte) for tandarts, fte in last.items()]
