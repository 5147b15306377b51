"""A draft as its pages show it: weeks, practices, what is broken, how good it is."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from rooster.concept.uitvoer import assignment_of, dentist_id, instance_of
from rooster.models import Categorie, Concept, Conceptdienst, Conceptplaats
from rooster.planner import Instantie, judge, read_instance
from rooster.planner.instantie import ROLLEN, Toewijzing
from rooster.planner.stand import Belet, Stand
from rooster.planner.toetsing import Oordeel, Verdeling, band_tandarts, distribution
from rooster.planner.uitleg import Kandidaat, Positie, Uitleg, Verschil
from rooster.planner.zinnen import candidate_sentences

_UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_ID = re.compile(f"{_UUID}(?:/{_UUID})?", re.IGNORECASE)
"""A dentist or a practice in a sentence (rooster.concept.uitvoer)."""


@dataclass(frozen=True)
class Rij:
    """One duty in a list: its row, and its two places in the order of the roles."""

    dienst: Conceptdienst
    dienstdoende: Conceptplaats
    achterwacht: Conceptplaats

    @property
    def plaatsen(self) -> tuple[Conceptplaats, Conceptplaats]:
        return self.dienstdoende, self.achterwacht


@dataclass(frozen=True)
class Deel:
    """What is fair and what there is, with a small drawing: the band, the target, the number."""

    streef: float
    laag: int
    hoog: int
    aantal: int
    schaal: float

    BREED = 120

    @property
    def eerlijk(self) -> bool:
        return self.laag <= self.aantal <= self.hoog

    def _x(self, getal: float) -> float:
        return round(4 + (self.BREED - 8) * getal / self.schaal, 1)

    @property
    def band_x(self) -> float:
        return self._x(self.laag)

    @property
    def band_breed(self) -> float:
        return max(2.0, round(self._x(self.hoog) - self._x(self.laag), 1))

    @property
    def streef_x(self) -> float:
        return self._x(self.streef)

    @property
    def aantal_x(self) -> float:
        return self._x(self.aantal)


@dataclass(frozen=True)
class Praktijkrij:
    """What one practice gets, by category."""

    naam: str
    delen: list[tuple[str, Deel]]


@dataclass(frozen=True)
class Tandartsrij:
    """What one dentist gets at one practice, all categories together; and the wishes."""

    naam: str
    praktijk: str
    deel: Deel
    telt: bool
    """Whether the band counts: who has no colleagues takes what the practice owes."""
    graag: int
    liever_niet: int


class Beeld:
    """A draft against its instance of this moment; names included.

    Raises InstantieFout when the frame and the shares make no instance.
    """

    def __init__(self, concept: Concept) -> None:
        self.concept = concept
        inhoud = instance_of(concept, namen=True)
        vast = inhoud.pop("vast", {})
        inst = read_instance(inhoud)
        # Beside the reader, which refuses pins that break a rule: the page is there to show them.
        self.inst: Instantie = replace(inst, vast=_known(vast, inst))
        self.toewijzing: Toewijzing = assignment_of(concept)

    @cached_property
    def stand(self) -> Stand:
        return Stand(self.inst, self.toewijzing)

    @cached_property
    def oordeel(self) -> Oordeel:
        return judge(self.inst, self.toewijzing)

    @cached_property
    def verdeling(self) -> dict[str, Verdeling]:
        return distribution(self.inst)

    @property
    def ondergrens(self) -> int | None:
        """The bound of the last run. It holds as long as the instance is the same."""
        return self.concept.bewijs["bewijs"]["ondergrens"] if self.concept.bewijs else None

    @property
    def gat(self) -> int | None:
        """How many points the draft can be from the best there is, None without a bound."""
        if self.ondergrens is None or self.oordeel.gebroken:
            return None
        return max(0, self.oordeel.doel - self.ondergrens)

    def objections(self, code: str, rol: str) -> list[str]:
        """Return which hard rules the dentist in this place breaks, as sentences."""
        wie = self.toewijzing.get(code, {}).get(rol)
        if wie is None:
            return []
        if wie not in self.inst.tandarts:
            return ["Deze tandarts doet in deze periode geen dienst voor deze praktijk."]
        return self.objections_of(wie, code, rol)

    def objections_of(self, wie: str, code: str, rol: str) -> list[str]:
        """Return which hard rules this dentist would break in this place, as sentences."""
        belet = self.stand.obstacles(self.inst.tandarts[wie], (code, rol))
        return self._sentences(wie, code, rol, belet) if belet else []

    def pin_objections(self) -> list[str]:
        """Return why the planner cannot start from these pins, each with its duty."""
        vast = {
            (code, rol): wie
            for code, rollen in self.inst.vast.items()
            for rol, wie in rollen.items()
        }
        alleen = {code: dict(rollen) for code, rollen in self.inst.vast.items()}
        stand = Stand(replace(self.inst, vast={}), alleen)
        zinnen = []
        for (code, rol), wie in vast.items():
            if belet := stand.obstacles(self.inst.tandarts[wie], (code, rol)):
                zinnen += self._sentences(wie, code, rol, belet)
        return list(dict.fromkeys(zinnen))

    def _sentences(self, wie: str, code: str, rol: str, belet: tuple[Belet, ...]) -> list[str]:
        kandidaat = Kandidaat(wie, Positie.UITGESLOTEN, belet, Verschil(), ())
        uitleg = Uitleg(code, rol, None, ())
        return candidate_sentences(self.inst, uitleg, kandidaat, coordinator=True)

    def practices(self) -> list[Praktijkrij]:
        """Return per practice what it should get and gets, by category."""
        aantal: Counter[tuple[str, str]] = Counter()
        for (praktijk, categorie, _rol), n in self.oordeel.aantallen.items():
            aantal[praktijk, categorie] += n
        schalen = {
            c: max([1, *(max(v.banden[p][1], aantal[p, c]) for p in v.banden)])
            for c, v in self._categories()
        }
        return [
            Praktijkrij(
                p.naam,
                [
                    (
                        Categorie(c).label,
                        Deel(p.streef_samen(c), *v.banden[p.id], aantal[p.id, c], schalen[c]),
                    )
                    for c, v in self._categories()
                ],
            )
            for p in self.inst.praktijken
        ]

    def dentists(self) -> list[Tandartsrij]:
        """Return per dentist the own share, what there is of it, and which wishes were met."""
        diensten: dict[str, list] = {}
        for code, rollen in self.toewijzing.items():
            for wie in rollen.values():
                if wie in self.inst.tandarts and code in self.inst.dienst:
                    diensten.setdefault(wie, []).append(self.inst.dienst[code])
        meest = max((len(rij) for rij in diensten.values()), default=0)
        schaal = max([1, meest, *(t.streef + 1 for t in self.inst.tandartsen)])
        rijen = []
        for t in self.inst.tandartsen:
            eigen = diensten.get(t.id, [])
            dagen = [dag for dienst in eigen for dag in dienst.dagen]
            rijen.append(
                Tandartsrij(
                    t.naam,
                    self.inst.praktijk[t.praktijk].naam,
                    Deel(t.streef, *band_tandarts(t.streef), len(eigen), schaal),
                    self.inst.telt_eerlijk(t),
                    sum(dag in t.graag for dag in dagen),
                    sum(dag in t.liever_niet for dag in dagen),
                )
            )
        return rijen

    def bottlenecks(self) -> list[dict]:
        """Return what did not fit in the last run, with the names filled in."""
        namen = {t.id: t.naam for t in self.inst.tandartsen}
        namen |= {p.id: p.naam for p in self.inst.praktijken}

        def named(zin: str) -> str:
            # A sentence may begin with an id, with its first letter as a capital.
            return _ID.sub(lambda gevonden: namen.get(gevonden[0].lower(), gevonden[0]), zin)

        return [
            {
                "zinnen": [named(zin) for zin in punt["zinnen"]],
                "uitwegen": list(dict.fromkeys(named(zin) for zin in punt["uitwegen"])),
                "bewezen": punt["bewezen"],
            }
            for punt in (self.concept.bewijs or {}).get("knelpunten", [])
        ]

    def _categories(self) -> list[tuple[str, Verdeling]]:
        return [(c, self.verdeling[c]) for c in Categorie.values if c in self.verdeling]


def helps_most(knelpunten: list[dict]) -> list[tuple[str, int]]:
    """Return the ways out that solve more than one thing, with how many; at most three."""
    telling = Counter(zin for punt in knelpunten for zin in punt["uitwegen"])
    return [(zin, aantal) for zin, aantal in telling.most_common(3) if aantal > 1]


def _known(vast: dict[str, dict[str, str]], inst: Instantie) -> dict[str, dict[str, str]]:
    """Return the pins of dentists who still serve."""
    uit = {}
    for code, rollen in vast.items():
        if bekend := {rol: wie for rol, wie in rollen.items() if wie in inst.tandarts}:
            uit[code] = bekend
    return uit


def rows_of(concept: Concept, van: date, tot: date) -> list[Rij]:
    """Return the duties that begin on these days, with places, dentists and practices."""
    plaatsen: dict[object, dict[str, Conceptplaats]] = {}
    query = Conceptplaats.objects.filter(
        dienst__concept=concept, dienst__eerste_dag__range=(van, tot)
    ).select_related("dienst__soort", "tandarts", "deelnemer")
    for plaats in query.order_by("dienst__begin"):
        plaatsen.setdefault(plaats.dienst_id, {})[plaats.rol] = plaats
    return [
        Rij(rollen[ROLLEN[0]].dienst, *(rollen[rol] for rol in ROLLEN))
        for rollen in plaatsen.values()
    ]


def months_of(eerste: date, laatste: date) -> list[date]:
    """Return the first day of every month that the period touches."""
    maanden, dag = [], eerste.replace(day=1)
    while dag <= laatste:
        maanden.append(dag)
        dag = next_month(dag)
    return maanden


def next_month(dag: date) -> date:
    return dag.replace(year=dag.year + dag.month // 12, month=dag.month % 12 + 1, day=1)


def holder_id(plaats: Conceptplaats) -> str | None:
    return dentist_id(plaats.tandarts_id, plaats.deelnemer_id) if plaats.tandarts_id else None


def count_open(rijen: Iterable[Rij]) -> int:
    return sum(plaats.tandarts_id is None for rij in rijen for plaats in rij.plaatsen)
