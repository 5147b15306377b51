"""Small random instances and plans, for tests that compare with every possibility."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import strategies as st

from rooster.planner.instantie import ROLLEN, Dienst, Instantie, Praktijk, Regels, Tandarts
from rooster.planner.toetsing import judge

MAANDAG = date(2026, 1, 5)


@st.composite
def instanties(draw, max_diensten=7, max_praktijken=4):
    """An instance of some days, with weekends, absence, wishes, and people at two practices."""
    aantal = draw(st.integers(2, max_diensten))
    stap = draw(st.integers(1, 3))
    diensten = []
    dag = MAANDAG + timedelta(draw(st.integers(0, 6)))
    for n in range(aantal):
        lengte = draw(st.sampled_from([1, 1, 1, 2]))
        laatste = dag + timedelta(lengte - 1)
        categorie = "weekend" if dag.weekday() > 4 else "doordeweeks"
        diensten.append(Dienst(f"D{n}", dag, laatste, categorie, (dag - MAANDAG).days // 7))
        dag += timedelta(draw(st.integers(0, stap)))
    dagen = [MAANDAG + timedelta(n) for n in range(30)]
    categorieen = sorted({d.categorie for d in diensten})
    gewicht = draw(st.lists(st.integers(1, 4), min_size=2, max_size=max_praktijken))
    praktijken, tandartsen = [], []
    for p, deel in enumerate(gewicht):
        streef = {
            c: dict.fromkeys(ROLLEN, sum(d.categorie == c for d in diensten) * deel / sum(gewicht))
            for c in categorieen
        }
        praktijken.append(Praktijk(f"P{p}", streef))
        samen = sum(sum(rol.values()) for rol in streef.values())
        leden = draw(st.integers(1, 2))
        for t in range(leden):
            tandartsen.append(
                Tandarts(
                    f"T{p}{t}",
                    f"P{p}",
                    samen / leden,
                    afwezig=frozenset(draw(st.sets(st.sampled_from(dagen), max_size=8))),
                    liever_niet=draw(_wensen(dagen)),
                    graag=draw(_wensen(dagen)),
                    # The first dentists of the first two practices are one person at times.
                    persoon="X" if t == 0 and p < 2 and draw(st.integers(0, 4)) == 0 else "",
                )
            )
    regels = Regels(
        rustdagen=draw(st.integers(0, 3)),
        geen_aaneengesloten_weekenden=draw(st.booleans()),
        plaatsen_uit_verschillende_praktijken=draw(st.integers(0, 5)) > 0,
    )
    return Instantie("klein", tuple(diensten), tuple(praktijken), tuple(tandartsen), regels)


def _wensen(dagen):
    return st.dictionaries(st.sampled_from(dagen), st.integers(1, 3), max_size=3)


@st.composite
def plannen(draw, inst):
    """A plan in which no hard rule is broken, with unfilled places here and there."""
    plan = {d.id: dict.fromkeys(ROLLEN) for d in inst.diensten}
    ids = [t.id for t in inst.tandartsen]
    for dienst in inst.diensten:
        for rol in ROLLEN:
            for wie in draw(st.permutations(ids))[: draw(st.integers(1, len(ids) + 1))]:
                if geldig(inst, met(plan, dienst.id, rol, wie)):
                    plan[dienst.id][rol] = wie
                    break
    return plan


@st.composite
def instantie_en_plan(draw, **grootte):
    inst = draw(instanties(**grootte))
    return inst, draw(plannen(inst))


@st.composite
def met_pinnen(draw, inst, plan):
    """The instance with some held places of the plan pinned."""
    bezet = [(d, r, w) for d, rij in plan.items() for r, w in rij.items() if w]
    if not bezet:
        return inst
    vast = {}
    for d, r, w in draw(st.lists(st.sampled_from(bezet), max_size=2)):
        vast.setdefault(d, {})[r] = w
    return replace(inst, vast=vast)


def met(plan, dienst, rol, wie):
    """Return the plan with one place changed."""
    return plan | {dienst: plan[dienst] | {rol: wie}}


def geldig(inst, plan):
    return not judge(inst, plan).gebroken
