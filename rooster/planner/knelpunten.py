"""Why a roster cannot do what is asked: the smallest group of demands that do not go together.

For an unfilled place: a group of duties of which no roster fills every place, and of which none
can be left out without that being undone. For a practice below its band: what it can serve at
most. Each with who is there, who is not and why, and ways out that were tried.
"""

import math
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from rooster.planner.instantie import ROLLEN, Dienst, Instantie, Tandarts, Toewijzing
from rooster.planner.proef import Proef
from rooster.planner.stand import Belet, Regel, Stand
from rooster.planner.versoepeling import Soort, Stap, Uitweg, gentler, lifts, loosened, prices

STRAAL = (0, 3, 7, 14, 31)
"""Days around an unfilled place in which its group is looked for, ever wider."""
RUIM = (10, 28)
"""Days around a group that may change when a way out is tried in the plan."""
GEDULD = 3.0
"""Seconds for one try of some duties; what is not proved by then is taken to fit."""
EVEN_GOEDE = 3
"""Choices of blocks to lift that are shown with the rules as they are."""


class Klem(StrEnum):
    """What does not fit."""

    ONBEZET = "onbezet"
    TE_WEINIG = "te_weinig"
    """A practice stays below its band in one category."""
    TE_VEEL = "te_veel"
    """A practice comes above its band in one category."""


@dataclass(frozen=True)
class Afwezige:
    """A dentist who cannot serve any duty of the group, with every reason."""

    tandarts: str
    belet: tuple[Belet, ...]


@dataclass(frozen=True)
class Aanwezige:
    """A dentist who can serve these duties of the group, though perhaps not all of them."""

    tandarts: str
    diensten: tuple[str, ...]


@dataclass(frozen=True)
class Knelpunt:
    """Demands that do not go together.

    onbezet: of the `nodig` places of `diensten` at most `mogelijk` can be filled.
    te_weinig: `praktijk` should serve `nodig` places of `categorie` at least, and can serve
    `mogelijk` at most; `diensten` are those of the category that nobody there can serve.
    te_veel: `praktijk` should serve `nodig` places at most, and must serve `mogelijk` at least:
    the other place or places of `diensten` are more than the other practices can serve.
    `door_leeg`: so many places of the category are short for all practices together, because
    others stay empty; then some practice is below its band whoever serves.
    Without `bewezen` no such group was found in the time: `mogelijk` is then what the plan has,
    and the duties of all unexplained places are together in one.
    """

    klem: Klem
    diensten: tuple[str, ...]
    nodig: int
    mogelijk: int
    aanwezig: tuple[Aanwezige, ...]
    afwezig: tuple[Afwezige, ...]
    uitwegen: tuple[Uitweg, ...]
    bewezen: bool
    praktijk: str = ""
    categorie: str = ""
    door_leeg: int = 0


def bottlenecks(
    instantie: Instantie, toewijzing: Toewijzing, *, seconden: float = 20, hoogstens: int = 20
) -> tuple[Knelpunt, ...]:
    """Return what stands in the way of a plan without unfilled places and inside the bands.

    In the order of the duties, then of the practices; at most `hoogstens` of them.
    """
    zoeker = _Zoeker(instantie, toewijzing, time.monotonic() + seconden)
    gevonden: list[Knelpunt] = []
    for knelpunt in (*zoeker.unfilled(hoogstens), *zoeker.practices(hoogstens)):
        if knelpunt not in gevonden:
            gevonden.append(knelpunt)
    return tuple(gevonden[:hoogstens])


class _Zoeker:
    def __init__(self, inst: Instantie, toewijzing: Toewijzing, einde: float) -> None:
        self.inst = inst
        self.stand = Stand(inst, toewijzing)
        self.einde = einde

    def over(self) -> float:
        return max(0.1, self.einde - time.monotonic())

    # --- places that nobody fills

    def unfilled(self, hoogstens: int) -> list[Knelpunt]:
        """Return the groups around unfilled places; the nearest reasons are looked for first."""
        leeg = {
            d: n
            for d in sorted(self.inst.diensten, key=lambda d: (d.eerste_dag, d.id))
            if (n := sum(self.stand.houder[d.id, rol] is None for rol in ROLLEN))
        }
        gevonden: dict[Dienst, Knelpunt] = {}
        for straal in STRAAL:
            for dienst in list(leeg):
                if len(gevonden) == hoogstens or time.monotonic() > self.einde:
                    break
                groep = self._near([dienst], straal)
                if dienst in leeg and self._missing(groep):
                    groep = self._smallest(groep, dienst)
                    gevonden[dienst] = self._unfilled_group(groep, self._missing(groep), True)
                    for verklaard in (dienst, *groep):
                        leeg.pop(verklaard, None)
        rij = [gevonden[d] for d in sorted(gevonden, key=lambda d: (d.eerste_dag, d.id))]
        if leeg:
            rij.append(self._unfilled_group(list(leeg), sum(leeg.values()), False))
        return rij

    def _missing(self, diensten: Sequence[Dienst]) -> int:
        """Return how many places of these duties stay empty in every roster, at least."""
        grens = Proef(self.inst, diensten).fewest_empty(min(self.over(), GEDULD)).grens
        return max(0, math.ceil(grens - 1e-6)) if math.isfinite(grens) else 0

    def _smallest(self, groep: list[Dienst], dienst: Dienst) -> list[Dienst]:
        """Leave out each duty that can be, the given one last. Without time it stays larger."""
        dag = dienst.eerste_dag
        for een in sorted(groep, key=lambda d: (d is not dienst, abs(d.eerste_dag - dag)))[::-1]:
            kleiner = [d for d in groep if d is not een]
            if kleiner and self._missing(kleiner):
                groep = kleiner
        return groep

    def _unfilled_group(self, groep: list[Dienst], leeg: int, bewezen: bool) -> Knelpunt:
        aanwezig, afwezig = self._who(groep if bewezen else [], self.inst.tandartsen)
        nodig = len(ROLLEN) * len(groep)
        return Knelpunt(
            klem=Klem.ONBEZET,
            diensten=tuple(d.id for d in groep),
            nodig=nodig,
            mogelijk=nodig - leeg,
            aanwezig=aanwezig,
            afwezig=afwezig,
            uitwegen=tuple(self._ways_out(groep)) if bewezen else (),
            bewezen=bewezen,
        )

    def _ways_out(self, groep: list[Dienst]) -> list[Uitweg]:
        """Return the cheapest ways out that fill the group, and help in the plan as it is."""
        prijs = prices(self.inst, groep, self.inst.tandartsen)
        gevonden: list[Uitweg] = []
        for zachter, stappen in gentler(self.inst, groep):
            proef = Proef(zachter, groep, prijs=prijs)
            proef.demand_filled()
            # With a gentler rule the single cheapest choice says enough.
            for erbij in lifts(proef, self.einde, 1 if stappen else EVEN_GOEDE):
                gevonden.append(Uitweg((*stappen, *erbij)))
        gevonden.sort(key=lambda u: (u.kosten, len(u.stappen)))
        gevonden = _without_needless(gevonden)
        return [u for u in gevonden if self._helps(u, groep)]

    def _helps(self, uitweg: Uitweg, groep: list[Dienst]) -> bool:
        """Return whether fewer places near the group stay empty with the rest of the plan as is."""
        inst = loosened(self.inst, uitweg)
        rond = Stand(inst, _plan(self.stand))
        for straal in RUIM:
            diensten = self._near(groep, straal)
            nu = sum(self.stand.houder[d.id, rol] is None for d in diensten for rol in ROLLEN)
            leeg = Proef(inst, diensten, rond=rond).fewest_empty(min(self.over(), GEDULD))
            if leeg.gevonden and round(leeg.waarde) < nu:
                return True
        return False

    # --- practices outside their band

    def practices(self, hoogstens: int) -> Iterator[Knelpunt]:
        for cat in self.inst.categorieen:
            for praktijk, (laag, hoog) in self.stand.verdeling[cat].banden.items():
                aantal = self.stand.aantal_praktijk[praktijk, cat]
                if hoogstens and not laag <= aantal <= hoog and time.monotonic() < self.einde:
                    hoogstens -= 1
                    if aantal < laag:
                        yield self._too_few(praktijk, cat, laag, aantal)
                    else:
                        yield self._too_many(praktijk, cat, hoog, aantal)

    def _too_few(self, praktijk: str, cat: str, laag: int, aantal: int) -> Knelpunt:
        eigen = self.inst.van_praktijk[praktijk]
        proef = Proef(self.inst, self.inst.diensten, tandartsen=eigen)
        meest = proef.most(praktijk, cat, self.over()).hoogstens
        samen = meest
        if meest >= laag:
            for ander in self.inst.categorieen:
                if ander != cat:
                    proef.demand(praktijk, ander, self.stand.verdeling[ander].banden[praktijk][0])
            # Where the other categories do not fit by themselves, those are told of.
            samen = proef.most(praktijk, cat, self.over()).hoogstens
        bewezen = samen < laag
        if not bewezen and (te_kort := self._short(cat)):
            return Knelpunt(
                Klem.TE_WEINIG, (), laag, aantal, (), (), (), True, praktijk, cat, te_kort
            )
        diensten = [d for d in self.inst.diensten if d.categorie == cat]
        # What nobody there can serve tells something only where it is proved to be the reason.
        dicht = [d for d in diensten if bewezen and not any(t.vrij(d) for t in eigen)]
        aanwezig, _ = self._who(diensten, eigen)
        _, afwezig = self._who(dicht, eigen)
        return Knelpunt(
            klem=Klem.TE_WEINIG,
            diensten=tuple(d.id for d in dicht),
            nodig=laag,
            mogelijk=samen if bewezen else aantal,
            aanwezig=aanwezig,
            afwezig=afwezig,
            uitwegen=tuple(self._more_for(praktijk, cat, laag, diensten)) if bewezen else (),
            bewezen=bewezen,
            praktijk=praktijk,
            categorie=cat,
        )

    def _short(self, cat: str) -> int:
        """Return how many places are short for the lower ends of all bands of a category."""
        banden = self.stand.verdeling[cat].banden
        gevuld = sum(self.stand.aantal_praktijk[p, cat] for p in banden)
        return max(0, sum(laag for laag, _ in banden.values()) - gevuld)

    def _more_for(
        self, praktijk: str, cat: str, laag: int, diensten: list[Dienst]
    ) -> Iterator[Uitweg]:
        """Yield ways out by which the practice can reach its bands; each solved anew to try it."""
        eigen = self.inst.van_praktijk[praktijk]
        gevonden = []
        for zachter, stappen in gentler(self.inst, diensten):
            proef = Proef(
                zachter, zachter.diensten, tandartsen=eigen, prijs=prices(zachter, diensten, eigen)
            )
            proef.demand(praktijk, cat, laag)
            for ander in self.inst.categorieen:
                if ander != cat:
                    proef.demand(praktijk, ander, self.stand.verdeling[ander].banden[praktijk][0])
            gevonden += [Uitweg((*stappen, *erbij)) for erbij in lifts(proef, self.einde, 1)]
        gevonden.sort(key=lambda u: (u.kosten, len(u.stappen)))
        for uitweg in _without_needless(gevonden):
            los = loosened(self.inst, uitweg)
            proef = Proef(los, los.diensten, tandartsen=los.van_praktijk[praktijk])
            if proef.most(praktijk, cat, self.over()).aantal >= laag:
                yield uitweg

    def _too_many(self, praktijk: str, cat: str, hoog: int, aantal: int) -> Knelpunt:
        """Name the duties that need this practice, because of the others nobody can serve them."""
        anderen = [t for t in self.inst.tandartsen if t.praktijk != praktijk]
        samen = not self.inst.regels.plaatsen_uit_verschillende_praktijken
        nodig = [
            d
            for d in self.inst.diensten
            if d.categorie == cat
            and len({t.mens if samen else t.praktijk for t in anderen if t.vrij(d)}) < len(ROLLEN)
        ]
        bewezen = len(nodig) > hoog
        nodig = nodig if bewezen else []
        aanwezig, afwezig = self._who(nodig, anderen)
        return Knelpunt(
            klem=Klem.TE_VEEL,
            diensten=tuple(d.id for d in nodig),
            nodig=hoog,
            mogelijk=len(nodig) if bewezen else aantal,
            aanwezig=aanwezig,
            afwezig=afwezig,
            uitwegen=(),
            bewezen=bewezen,
            praktijk=praktijk,
            categorie=cat,
        )

    # --- shared

    def _near(self, groep: Iterable[Dienst], straal: int) -> list[Dienst]:
        dagen: set[date] = set()
        for dienst in groep:
            for dag in dienst.dagen:
                dagen.update(dag + timedelta(n) for n in range(-straal, straal + 1))
        return [d for d in self.inst.diensten if not dagen.isdisjoint(d.dagen)]

    def _who(
        self, groep: Sequence[Dienst], tandartsen: Iterable[Tandarts]
    ) -> tuple[tuple[Aanwezige, ...], tuple[Afwezige, ...]]:
        """Return who can serve a duty of the group by absence and pins alone, and who cannot."""
        aanwezig, afwezig = [], []
        ids = {d.id for d in groep}
        for t in tandartsen:
            belet = {d.id: list(self._away(t, d, ids)) for d in groep}
            kan = tuple(d for d, redenen in belet.items() if not redenen)
            if kan:
                aanwezig.append(Aanwezige(t.id, kan))
            elif groep:
                redenen = dict.fromkeys(b for rij in belet.values() for b in rij)
                afwezig.append(Afwezige(t.id, tuple(redenen)))
        return tuple(aanwezig), tuple(afwezig)

    def _away(self, t: Tandarts, dienst: Dienst, groep: set[str]) -> Iterator[Belet]:
        for dag in dienst.dagen:
            if dag in t.afwezig:
                yield Belet(Regel.AFWEZIG, dag=dag.isoformat(), reden=t.reden.get(dag, ""))
        for ander, rollen in self.inst.vast.items():
            if ander in groep or not self.inst.regels.botst(dienst, self.inst.dienst[ander]):
                continue
            if any(self.inst.tandarts[wie].mens == t.mens for wie in rollen.values()):
                yield Belet(Regel.VAST, dienst=ander, tandarts=t.id)


def _without_needless(uitwegen: Iterable[Uitweg]) -> list[Uitweg]:
    """Leave out ways out that hold a cheaper one: the rest of their steps is needless."""
    gevonden: list[Uitweg] = []
    for uitweg in uitwegen:
        stappen = set(uitweg.stappen)
        if not any(_covers(stappen, set(ander.stappen)) for ander in gevonden):
            gevonden.append(uitweg)
    return gevonden


def _covers(groot: set[Stap], klein: set[Stap]) -> bool:
    """Return whether the steps of `klein` are among those of `groot`, or gentler."""
    return all(
        stap in groot
        or (
            stap.soort == Soort.RUSTDAGEN
            and any(s.soort == Soort.RUSTDAGEN and s.wordt <= stap.wordt for s in groot)
        )
        for stap in klein
    )


def _plan(stand: Stand) -> dict[str, dict[str, str | None]]:
    plan: dict[str, dict[str, str | None]] = {}
    for (dienst, rol), wie in stand.houder.items():
        plan.setdefault(dienst, {})[rol] = wie
    return plan
