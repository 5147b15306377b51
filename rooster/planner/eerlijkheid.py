"""Who should have what and who got it: plain values for a page about fairness.

Per practice and category, and per dentist. The targets are those of the instance: what was
carried over from earlier periods is already in them, and is told beside them.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from rooster.planner.instantie import ROLLEN, Instantie, Tandarts, Toewijzing
from rooster.planner.stand import Stand
from rooster.planner.toetsing import Band, band_tandarts, outside


@dataclass(frozen=True)
class Roldeel:
    """The places of one practice in one category and role."""

    rol: str
    streef: float
    aantal: int


@dataclass(frozen=True)
class Praktijkdeel:
    """The places of one practice in one category, both roles together."""

    praktijk: str
    categorie: str
    streef: float
    aantal: int
    band: Band
    rollen: tuple[Roldeel, ...]
    meegenomen: float
    """Done more (+) or less (-) in earlier periods; the target is lower or higher by it."""

    @property
    def afwijking(self) -> float:
        """More (+) or less (-) than the target: what the next period settles."""
        return self.aantal - self.streef

    @property
    def buiten(self) -> int:
        """Places outside the band: further off than the fairest roster has to be."""
        return outside(self.aantal, self.band)


@dataclass(frozen=True)
class Tandartsdeel:
    """The places of one dentist at one practice, and what came of the wishes in days."""

    tandarts: str
    praktijk: str
    streef: float
    aantal: int
    band: Band | None
    """None for who has no colleagues there, or can serve nothing: the goal does not look at it."""
    per_categorie: Mapping[str, int]
    graag_gekregen: int
    liever_niet_gekregen: int

    @property
    def afwijking(self) -> float:
        return self.aantal - self.streef

    @property
    def buiten(self) -> int:
        return outside(self.aantal, self.band) if self.band else 0


@dataclass(frozen=True)
class Eerlijkheidsbeeld:
    """The whole picture. `ondergrens` is per category the largest deviation that some practice
    has in every roster, because places cannot be cut in two; `grootste` is that of this plan.
    """

    praktijken: tuple[Praktijkdeel, ...]
    tandartsen: tuple[Tandartsdeel, ...]
    ondergrens: Mapping[str, float]
    grootste: Mapping[str, float]


def fairness(
    instantie: Instantie,
    toewijzing: Toewijzing,
    *,
    meegenomen: Mapping[tuple[str, str], float] | None = None,
    stand: Stand | None = None,
) -> Eerlijkheidsbeeld:
    """Return who should have what and who got it, in the order of the instance.

    `meegenomen` is keyed (practice id, category). `stand` saves indexing the same plan again.
    """
    stand = stand or Stand(instantie, toewijzing)
    saldo = meegenomen or {}
    per_rol = Counter(
        (instantie.tandarts[wie].praktijk, instantie.dienst[dienst].categorie, rol)
        for (dienst, rol), wie in stand.houder.items()
        if wie
    )
    praktijken = tuple(
        Praktijkdeel(
            praktijk=p.id,
            categorie=cat,
            streef=p.streef_samen(cat),
            aantal=stand.aantal_praktijk[p.id, cat],
            band=stand.verdeling[cat].banden[p.id],
            rollen=tuple(Roldeel(r, p.streef[cat][r], per_rol[p.id, cat, r]) for r in ROLLEN),
            meegenomen=float(saldo.get((p.id, cat), 0)),
        )
        for p in instantie.praktijken
        for cat in instantie.categorieen
    )
    return Eerlijkheidsbeeld(
        praktijken=praktijken,
        tandartsen=tuple(_dentist(stand, t) for t in instantie.tandartsen),
        ondergrens={cat: v.grens for cat, v in stand.verdeling.items()},
        grootste={
            cat: max(abs(p.afwijking) for p in praktijken if p.categorie == cat)
            for cat in instantie.categorieen
        },
    )


def _dentist(stand: Stand, tandarts: Tandarts) -> Tandartsdeel:
    inst = stand.inst
    diensten = [inst.dienst[dienst] for dienst, _ in stand.plaatsen_van(tandarts)]
    dagen = [dag for dienst in diensten for dag in dienst.dagen]
    return Tandartsdeel(
        tandarts=tandarts.id,
        praktijk=tandarts.praktijk,
        streef=tandarts.streef,
        aantal=stand.aantal[tandarts.id],
        band=band_tandarts(tandarts.streef) if inst.telt_eerlijk(tandarts) else None,
        per_categorie=Counter(d.categorie for d in diensten),
        graag_gekregen=sum(dag in tandarts.graag for dag in dagen),
        liever_niet_gekregen=sum(dag in tandarts.liever_niet for dag in dagen),
    )
