"""The room for repair: which places may change hands and who could come into them.

A place is stuck when it was served already or is pinned; the others that somebody holds are
loose. A newcomer may be in the way of places held elsewhere; these are then given up in turn.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from math import inf

from rooster.planner.instantie import ROLLEN, Dienst, Tandarts
from rooster.planner.programma import Programma, Uitkomst
from rooster.planner.rijen import clashing
from rooster.planner.stand import UITVAL, Plaats, Stand
from rooster.planner.toetsing import band_tandarts

Komst = tuple[str, str]
"""A newcomer: dentist id and duty id."""


@dataclass(frozen=True)
class Losse:
    """The places that may change: `moet` must, of `klem` some must, the rest only if it helps."""

    alle: frozenset[Plaats]
    moet: frozenset[Plaats]
    klem: frozenset[Plaats]


def loose(stand: Stand, vanaf: date | None) -> Losse:
    """Return which places may change and which must, in the plan of `stand`."""
    inst = stand.inst
    alle: set[Plaats] = set()
    moet: set[Plaats] = set()
    klem: set[Plaats] = set()
    for plaats, wie in stand.houder.items():
        dienst = inst.dienst[plaats[0]]
        if wie is None or (vanaf is not None and dienst.eerste_dag < vanaf):
            continue
        houder = inst.tandarts[wie]
        ziek = any(houder.reden.get(dag) == UITVAL for dag in dienst.dagen)
        if inst.vast.get(plaats[0], {}).get(plaats[1]) == wie and not ziek:
            continue
        alle.add(plaats)
        if not houder.vrij(dienst):
            moet.add(plaats)
    for plaats in alle - moet:
        houder = inst.tandarts[str(stand.houder[plaats])]
        tegen = in_the_way(stand, houder, inst.dienst[plaats[0]], (plaats,)) - moet
        if tegen:
            (klem if tegen <= alle else moet).add(plaats)
    return Losse(frozenset(alle), frozenset(moet), frozenset(klem))


def in_the_way(
    stand: Stand, tandarts: Tandarts, dienst: Dienst, zonder: Collection[Plaats] = ()
) -> set[Plaats]:
    """Return the held places that do not go with this dentist on this duty."""
    gevonden = {p for _, p in stand.conflicts(tandarts.mens, dienst, zonder)}
    for rol in ROLLEN:
        plaats = dienst.id, rol
        wie = stand.houder[plaats]
        if (
            wie is not None
            and plaats not in zonder
            and stand.same_practice(tandarts, stand.inst.tandarts[wie])
        ):
            gevonden.add(plaats)
    return gevonden


@dataclass(frozen=True)
class Ruimte:
    """Places that may be given up, and newcomers on their duties.

    `alles`: nobody was left out because it would take too many changes, so a best choice in this
    room is best of all.
    """

    open: frozenset[Plaats]
    komst: tuple[Komst, ...]
    alles: bool


def room(stand: Stand, los: Losse, extra: int) -> Ruimte:
    """Return the room that holds every smallest repair with at most `extra` further changes.

    A place is given up without need only for a newcomer whom it is in the way of, and that one
    comes for a place given up before. So step by step: who could come with the changes left.
    """
    open_ = set(los.moet | los.klem)
    komst: dict[Komst, None] = {}
    gezien: set[str] = set()
    beurt = {p[0] for p in open_}
    alles = True
    for stap in range(extra + 1):
        gezien |= beurt
        erbij: set[Plaats] = set()
        for dienst in sorted(beurt):
            for wie, in_de_weg in _newcomers(stand, los, dienst):
                tegen = in_de_weg - open_
                if len(tegen) <= extra - stap:
                    komst[wie, dienst] = None
                    erbij |= tegen
                else:
                    alles = False
        open_ |= erbij
        beurt = {p[0] for p in erbij} - gezien
    return Ruimte(frozenset(open_), tuple(komst), alles and not beurt)


def window(stand: Stand, los: Losse, diensten: Iterable[Dienst]) -> Ruimte:
    """Return the room in which every loose place of these duties may go to anybody."""
    open_ = frozenset((d.id, rol) for d in diensten for rol in ROLLEN) & los.alle
    ids = sorted({dienst for dienst, _ in open_})
    komst = tuple((wie, i) for i in ids for wie, _ in _newcomers(stand, los, i))
    return Ruimte(open_, komst, alles=False)


def _newcomers(stand: Stand, los: Losse, dienst: str) -> Iterator[tuple[str, set[Plaats]]]:
    """Yield who could come to a duty, with the places that would have to be given up for it."""
    deze = stand.inst.dienst[dienst]
    houders = {stand.houder[dienst, rol] for rol in ROLLEN}
    for tandarts in stand.inst.tandartsen:
        if tandarts.id in houders or not tandarts.vrij(deze):
            continue
        tegen = in_the_way(stand, tandarts, deze)
        if tegen <= los.alle:
            yield tandarts.id, tegen


class Herstelprogramma:
    """The choice of places to give up and newcomers to take, as an integer program."""

    def __init__(self, stand: Stand, los: Losse, ruimte: Ruimte) -> None:
        self._stand, self._los, self._ruimte = stand, los, ruimte
        self._programma = Programma()
        self._blijft = {p: self._programma.variable() for p in sorted(ruimte.open - los.moet)}
        self._komt = {k: self._programma.variable() for k in ruimte.komst}
        self._leeg = {
            d: self._programma.variable(hoogste=len(ROLLEN))
            for d in sorted({p[0] for p in ruimte.open})
        }
        self._cover()
        self._rules()

    def fewest_unfilled(self, seconden: float) -> Uitkomst:
        """Minimise the places left unfilled."""
        self._programma.price((k, 1) for k in self._leeg.values())
        return self._programma.solve(seconden)

    def fewest_changes(self, seconden: float) -> Uitkomst:
        """Minimise the places left unfilled, then the places given up."""
        zwaar = len(self._blijft) + 1
        self._programma.price(
            [(k, zwaar) for k in self._leeg.values()] + [(k, -1) for k in self._blijft.values()]
        )
        return self._programma.solve(seconden)

    def best_goal(self, gevonden: Uitkomst, seconden: float) -> Uitkomst:
        """Minimise the goal, with as many unfilled and given up as in `gevonden`."""
        for groep in (self._leeg, self._blijft):
            aantal = round(sum(gevonden.waarden[k] for k in groep.values()))
            self._programma.row(((k, 1) for k in groep.values()), aantal, aantal)
        self._programma.price(self._goal())
        return self._programma.solve(seconden)

    def given_up(self, uitkomst: Uitkomst) -> frozenset[Plaats]:
        """Return the places whose holder goes."""
        return self._los.moet & self._ruimte.open | {
            p for p, k in self._blijft.items() if not uitkomst.has(k)
        }

    def newcomers(self, uitkomst: Uitkomst) -> list[Komst]:
        return [komst for komst, k in self._komt.items() if uitkomst.has(k)]

    def unfilled(self, uitkomst: Uitkomst) -> int:
        return round(sum(uitkomst.waarden[k] for k in self._leeg.values()))

    def _holder(self, plaats: Plaats) -> Tandarts:
        return self._stand.inst.tandarts[str(self._stand.houder[plaats])]

    def _chosen(self) -> Iterator[tuple[Tandarts, Dienst, int]]:
        """Yield every dentist with a duty that is a variable: who may stay and who may come."""
        inst = self._stand.inst
        for plaats, kolom in self._blijft.items():
            yield self._holder(plaats), inst.dienst[plaats[0]], kolom
        for (wie, dienst), kolom in self._komt.items():
            yield inst.tandarts[wie], inst.dienst[dienst], kolom

    def _cover(self) -> None:
        open_ = Counter(dienst for dienst, _ in self._ruimte.open)
        per_dienst = {d: [(kolom, 1.0)] for d, kolom in self._leeg.items()}
        for _, dienst, kolom in self._chosen():
            per_dienst[dienst.id].append((kolom, 1.0))
        for wat, rij in per_dienst.items():
            self._programma.row(rij, open_[wat], open_[wat])

    def _rules(self) -> None:
        per_mens = defaultdict(list)
        per_praktijk = defaultdict(list)
        for tandarts, dienst, kolom in self._chosen():
            per_mens[tandarts.mens].append((dienst, kolom))
            per_praktijk[dienst.id, tandarts.praktijk].append(kolom)
        groepen = list(clashing(self._stand.inst.regels, per_mens))
        if self._stand.inst.regels.plaatsen_uit_verschillende_praktijken:
            groepen += [g for g in per_praktijk.values() if len(g) > 1]
        for groep in groepen:
            self._programma.row(((k, 1) for k in groep), hoog=1)

    def _goal(self) -> Iterator[tuple[int, float]]:
        """Yield the goal of the plan, up to a constant; adds the bands it needs."""
        stand, gewicht = self._stand, self._stand.inst.gewichten
        praktijk, tandarts = defaultdict(list), defaultdict(list)
        for t, dienst, kolom in self._chosen():
            yield kolom, t.wens(dienst)
            praktijk[t.praktijk, dienst.categorie].append(kolom)
            tandarts[t.id].append(kolom)
        weg_praktijk: Counter[tuple[str, str]] = Counter()
        weg_tandarts: Counter[str] = Counter()
        for plaats in self._ruimte.open:
            t = self._holder(plaats)
            weg_praktijk[t.praktijk, stand.inst.dienst[plaats[0]].categorie] += 1
            weg_tandarts[t.id] += 1
        for p, cat in {*weg_praktijk, *praktijk}:
            blijvend = stand.aantal_praktijk[p, cat] - weg_praktijk[p, cat]
            band = stand.verdeling[cat].banden[p]
            yield from self._band(praktijk[p, cat], blijvend, band, gewicht.buiten_band_praktijk)
        for wie in {*weg_tandarts, *tandarts}:
            if stand.inst.telt_eerlijk(stand.inst.tandarts[wie]):
                blijvend = stand.aantal[wie] - weg_tandarts[wie]
                band = band_tandarts(stand.inst.tandarts[wie].streef)
                yield from self._band(tandarts[wie], blijvend, band, gewicht.buiten_band_tandarts)

    def _band(
        self, kolommen: list[int], blijvend: int, band: tuple[int, int], gewicht: int
    ) -> Iterator[tuple[int, float]]:
        """Yield the price of each place outside the band, with the rows that count them."""
        eronder = self._programma.variable(hoogste=inf, geheel=False)
        erboven = self._programma.variable(hoogste=inf, geheel=False)
        som = [(k, 1.0) for k in kolommen]
        self._programma.row([*som, (eronder, 1)], laag=band[0] - blijvend)
        self._programma.row([*som, (erboven, -1)], hoog=band[1] - blijvend)
        yield eronder, gewicht
        yield erboven, gewicht
