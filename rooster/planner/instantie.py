"""The planner's input: duties, practices, dentists, rules and weights of one period.

The shape of the file `rooster-instantie/1` is in `lezen.py`. Days are the calendar days of
Amsterdam on which a duty is served; the planner knows no hours.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

FORMAAT = "rooster-instantie/1"
FORMAAT_PLAN = "rooster-plan/1"
ROLLEN = ("dienstdoende", "achterwacht")
WEEKEND = "weekend"
"""The category the rule of adjacent weekends is about."""

Toewijzing = Mapping[str, Mapping[str, str | None]]
"""Duty id → role → dentist id; None or absent is an unfilled place."""


class InstantieFout(ValueError):
    """The instance cannot be planned. `klachten` are Dutch sentences, each with its place."""

    def __init__(self, klachten: list[str]) -> None:
        super().__init__("\n".join(klachten))
        self.klachten = klachten


@dataclass(frozen=True)
class Dienst:
    """One duty, served on every day of `eerste_dag`..`laatste_dag`; it has a place per role."""

    id: str
    eerste_dag: date
    laatste_dag: date
    categorie: str
    week: int
    """Number of the week in the period, for the rule of adjacent weekends."""
    begin: str = ""
    eind: str = ""

    @cached_property
    def dagen(self) -> tuple[date, ...]:
        aantal = (self.laatste_dag - self.eerste_dag).days + 1
        return tuple(self.eerste_dag + timedelta(n) for n in range(aantal))


@dataclass(frozen=True)
class Praktijk:
    """A practice and the number of places it owes, per category and per role."""

    id: str
    streef: Mapping[str, Mapping[str, float]]
    naam: str = ""

    def streef_samen(self, categorie: str) -> float:
        """Return the target of both roles together."""
        return sum(self.streef[categorie].values())


@dataclass(frozen=True)
class Tandarts:
    """A dentist at one practice. Who works at two has two of these with the same `persoon`."""

    id: str
    praktijk: str
    streef: float
    """Places owed in the whole period, all categories and roles together."""
    afwezig: frozenset[date] = frozenset()
    liever_niet: Mapping[date, int] = field(default_factory=dict)
    graag: Mapping[date, int] = field(default_factory=dict)
    persoon: str = ""
    naam: str = ""
    reden: Mapping[date, str] = field(default_factory=dict)
    """Why absent on that day, as a short code: geblokkeerd, vrijgesteld, rust, gesloten, …"""
    fte: float | None = None
    vrijgesteld: str | None = None

    @property
    def mens(self) -> str:
        """The person whose rest, weekends and place per duty count: one over all practices."""
        return self.persoon or self.id

    def vrij(self, dienst: Dienst) -> bool:
        """Return whether no day of the duty is a day of absence."""
        return self.afwezig.isdisjoint(dienst.dagen)

    def wens(self, dienst: Dienst) -> int:
        """Return what this place costs in wishes: `liever_niet` minus `graag` over its days."""
        return sum(self.liever_niet.get(d, 0) - self.graag.get(d, 0) for d in dienst.dagen)


@dataclass(frozen=True)
class Regels:
    """The hard rules of the kring."""

    rustdagen: int = 0
    geen_aaneengesloten_weekenden: bool = True
    plaatsen_uit_verschillende_praktijken: bool = True

    def botst(self, a: Dienst, b: Dienst) -> bool:
        """Return whether one person may not serve both `a` and `b`."""
        eerst, later = (a, b) if a.eerste_dag <= b.eerste_dag else (b, a)
        if (later.eerste_dag - eerst.laatste_dag).days <= self.rustdagen:
            return True
        return (
            self.geen_aaneengesloten_weekenden
            and a.categorie == b.categorie == WEEKEND
            and abs(a.week - b.week) <= 1
        )


@dataclass(frozen=True)
class Gewichten:
    """What one unit costs in the goal; a wish costs its own weight."""

    onbezet: int = 1000
    buiten_band_praktijk: int = 200
    buiten_band_tandarts: int = 20


@dataclass(frozen=True)
class Instantie:
    """Everything the planner needs of one period. Order of the tuples carries no meaning."""

    naam: str
    diensten: tuple[Dienst, ...]
    praktijken: tuple[Praktijk, ...]
    tandartsen: tuple[Tandarts, ...]
    regels: Regels = Regels()
    gewichten: Gewichten = Gewichten()
    vast: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Pins: duty id → role → dentist id; every plan respects them."""
    referentie: Mapping[str, object] = field(default_factory=dict)

    @cached_property
    def dienst(self) -> dict[str, Dienst]:
        return {d.id: d for d in self.diensten}

    @cached_property
    def praktijk(self) -> dict[str, Praktijk]:
        return {p.id: p for p in self.praktijken}

    @cached_property
    def tandarts(self) -> dict[str, Tandarts]:
        return {t.id: t for t in self.tandartsen}

    @cached_property
    def van_praktijk(self) -> dict[str, tuple[Tandarts, ...]]:
        """The dentists of each practice, in the order of the instance."""
        rijen: dict[str, list[Tandarts]] = {p.id: [] for p in self.praktijken}
        for t in self.tandartsen:
            rijen[t.praktijk].append(t)
        return {p: tuple(rij) for p, rij in rijen.items()}

    @cached_property
    def categorieen(self) -> tuple[str, ...]:
        return tuple(sorted({d.categorie for d in self.diensten}))

    @cached_property
    def kan_iets(self) -> frozenset[str]:
        """Ids of the dentists who are free for at least one duty of the period."""
        return frozenset(t.id for t in self.tandartsen if any(t.vrij(d) for d in self.diensten))

    def telt_eerlijk(self, tandarts: Tandarts) -> bool:
        """Return whether the dentist's own band counts: has colleagues, and can do something."""
        return len(self.van_praktijk[tandarts.praktijk]) > 1 and tandarts.id in self.kan_iets


def to_json(inst: Instantie) -> dict[str, object]:
    """Return the instance as the data of a `rooster-instantie/1` file."""
    dagen = sorted(d for dienst in inst.diensten for d in (dienst.eerste_dag, dienst.laatste_dag))
    inhoud: dict[str, object] = {
        "formaat": FORMAAT,
        "naam": inst.naam,
        "eerste_dag": dagen[0].isoformat() if dagen else None,
        "dagen": (dagen[-1] - dagen[0]).days + 1 if dagen else 0,
        "regels": {
            "rustdagen": inst.regels.rustdagen,
            "geen_aaneengesloten_weekenden": inst.regels.geen_aaneengesloten_weekenden,
            "plaatsen_per_dienst": len(ROLLEN),
            "plaatsen_uit_verschillende_praktijken": (
                inst.regels.plaatsen_uit_verschillende_praktijken
            ),
        },
        "gewichten": vars(inst.gewichten),
        "diensten": [_dienst_json(d) for d in inst.diensten],
        "praktijken": [
            {"id": p.id, **({"naam": p.naam} if p.naam else {}), "streef": p.streef}
            for p in inst.praktijken
        ],
        "tandartsen": [_tandarts_json(t) for t in inst.tandartsen],
    }
    if inst.vast:
        inhoud["vast"] = inst.vast
    if inst.referentie:
        inhoud["referentie"] = inst.referentie
    return inhoud


def _dienst_json(d: Dienst) -> dict[str, object]:
    uren = {"begin": d.begin, "eind": d.eind} if d.begin else {}
    return {
        "id": d.id,
        "eerste_dag": d.eerste_dag.isoformat(),
        "laatste_dag": d.laatste_dag.isoformat(),
        **uren,
        "categorie": d.categorie,
        "week": d.week,
    }


def _tandarts_json(t: Tandarts) -> dict[str, object]:
    extra: dict[str, object] = {}
    if t.persoon:
        extra["persoon"] = t.persoon
    if t.naam:
        extra["naam"] = t.naam
    if t.reden:
        extra["reden"] = _per_dag(t.reden)
    return {
        "id": t.id,
        "praktijk": t.praktijk,
        "fte": t.fte,
        "streef": t.streef,
        "vrijgesteld": t.vrijgesteld,
        "afwezig": sorted(d.isoformat() for d in t.afwezig),
        "liever_niet": _per_dag(t.liever_niet),
        "graag": _per_dag(t.graag),
        **extra,
    }


def _per_dag(rij: Mapping[date, object]) -> dict[str, object]:
    return {d.isoformat(): rij[d] for d in sorted(rij)}
