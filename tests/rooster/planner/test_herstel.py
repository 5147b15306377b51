import math
from dataclasses import replace
from datetime import date, timedelta
from itertools import product

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from rooster.planner.herstel import Wijziging, repair, with_absence
from rooster.planner.instantie import ROLLEN, Dienst, Instantie, Praktijk, Regels, Tandarts
from rooster.planner.toetsing import judge
from tests.rooster.planner.klein import geldig, instantie_en_plan, met_pinnen


@settings(max_examples=40, deadline=None)
@given(instantie_en_plan(max_diensten=4, max_praktijken=3), st.data())
def test_no_plan_repairs_with_fewer_changes_or_a_smaller_goal(geval, data):
    inst, plan = geval
    bezet = sorted({w for rij in plan.values() for w in rij.values() if w})
    assume(bezet)
    inst = data.draw(met_pinnen(inst, plan))
    dagen = sorted({dag for d in inst.diensten for dag in d.dagen})
    ziek = data.draw(st.sets(st.sampled_from(bezet), min_size=1, max_size=2))
    uitval = {t: data.draw(st.sets(st.sampled_from(dagen), min_size=1)) for t in sorted(ziek)}
    vanaf = data.draw(st.sampled_from([None, *dagen]))
    antwoord = repair(inst, plan, uitval=uitval, vanaf=vanaf)
    assert antwoord.bewezen
    # A pin of somebody who is ill cannot be held, and a place already served cannot be mended.
    ziek_inst = with_absence(inst, uitval)
    mag = replace(ziek_inst, vast=_still_possible(ziek_inst))
    assert set(judge(mag, antwoord.toewijzing).gebroken) <= _breaks(mag, plan, vanaf)
    gevonden = _price(ziek_inst, plan, antwoord.toewijzing)
    assert gevonden == (antwoord.minstens_onbezet, antwoord.minstens, antwoord.doel_na)
    assert gevonden[:2] == (antwoord.onbezet, len(antwoord.wijzigingen))
    assert gevonden == _smallest(ziek_inst, plan, vanaf)


def _price(inst, plan, nieuw):
    veranderd = [(d, r) for d, rij in plan.items() for r, wie in rij.items() if nieuw[d][r] != wie]
    leeg = sum(nieuw[d][r] is None for d, r in veranderd)
    return leeg, len(veranderd), judge(inst, nieuw).doel


def _smallest(inst, plan, vanaf):
    """Return (unfilled, changed, goal) of the best repair, by trying every plan."""
    beste, plannen = (math.inf, math.inf), []
    for leeg, veranderd, nieuw in _every_plan(inst, plan, vanaf):
        if (leeg, veranderd) < beste:
            beste, plannen = (leeg, veranderd), []
        if (leeg, veranderd) == beste:
            plannen.append(nieuw)
    return (*beste, min(judge(inst, nieuw).doel for nieuw in plannen))


def _every_plan(inst, plan, vanaf, begin=0):
    """Yield every plan from duty `begin` on, with its numbers of unfilled and changed places.

    Held places that may change get anybody or nobody; what breaks a hard rule is left out.
    """
    if begin == len(inst.diensten):
        yield 0, 0, {}
        return
    dienst = inst.diensten[begin]
    oud = plan[dienst.id]
    mag = {rol: _may(inst, (dienst, rol), oud[rol], vanaf) for rol in ROLLEN}
    for leeg, veranderd, rest in _every_plan(inst, plan, vanaf, begin + 1):
        for wie in product([*inst.tandarts, None], repeat=2):
            rij = dict(zip(ROLLEN, wie, strict=True))
            if all(rij[rol] in mag[rol] for rol in ROLLEN) and _fits(inst, dienst, rij, rest):
                anders = [r for r in ROLLEN if rij[r] != oud[r]]
                erbij = sum(rij[r] is None for r in anders)
                yield leeg + erbij, veranderd + len(anders), rest | {dienst.id: rij}


def _may(inst, plaats, houder, vanaf):
    """Return who may get this place, by the place alone."""
    dienst, rol = plaats
    if houder is None or (vanaf and dienst.eerste_dag < vanaf):
        return {houder}
    if inst.vast.get(dienst.id, {}).get(rol) == houder and inst.tandarts[houder].vrij(dienst):
        return {houder}
    return {None} | {t.id for t in inst.tandartsen if t.vrij(dienst)}


def _fits(inst, dienst, rij, rest):
    wie = [inst.tandarts[w] for w in rij.values() if w]
    if len(wie) == 2 and wie[0].mens == wie[1].mens:
        return False
    if (
        len({t.praktijk for t in wie}) < len(wie)
        and inst.regels.plaatsen_uit_verschillende_praktijken
    ):
        return False
    mensen = {t.mens for t in wie}
    return not any(
        w and inst.tandarts[w].mens in mensen and inst.regels.botst(dienst, inst.dienst[d])
        for d, ander in rest.items()
        for w in ander.values()
    )


def _still_possible(inst):
    vast = {}
    for d, rij in inst.vast.items():
        for rol, wie in rij.items():
            if inst.tandarts[wie].vrij(inst.dienst[d]):
                vast.setdefault(d, {})[rol] = wie
    return vast


def _breaks(inst, plan, vanaf):
    """Return what the plan breaks in duties that cannot be changed any more."""
    return {
        b
        for b in judge(inst, plan).gebroken
        if vanaf and all(inst.dienst[d].eerste_dag < vanaf for d in b.diensten)
    }


def _week(aantal, tandartsen, rustdagen=1):
    """A duty on every day, and practices of one dentist."""
    dagen = [date(2026, 1, 5) + timedelta(n) for n in range(aantal)]
    diensten = tuple(Dienst(f"D{n}", d, d, "doordeweeks", 0) for n, d in enumerate(dagen))
    deel = {"doordeweeks": dict.fromkeys(ROLLEN, aantal / len(tandartsen))}
    praktijken = tuple(Praktijk(f"P{t}", deel) for t in tandartsen)
    wie = tuple(Tandarts(t, f"P{t}", 2 * aantal / len(tandartsen)) for t in tandartsen)
    return Instantie("week", diensten, praktijken, wie, Regels(rustdagen=rustdagen))


def _plan(*paren):
    return {
        f"D{n}": dict(
            zip(ROLLEN, (w or None for w in paar.replace("-", " ").split(",")), strict=True)
        )
        for n, paar in enumerate(paren)
    }


def test_one_ill_day_changes_one_place():
    inst = _week(3, "ABCDEFG")
    plan = _plan("A,B", "C,D", "E,F")
    antwoord = repair(inst, plan, uitval={"C": {date(2026, 1, 6)}})
    assert antwoord.wijzigingen == (Wijziging("D1", "dienstdoende", "C", "G"),)
    assert antwoord.bewezen
    assert antwoord.doel_voor == judge(inst, plan).doel


def test_a_chain_is_found_when_nobody_is_free():
    # F falls ill all week. The only other one who can on Wednesday is A, who serves on Monday with
    # too little rest between; so A moves, and G takes Monday.
    inst = _week(3, "ABCDEFG", rustdagen=2)
    plan = _plan("A,B", "C,D", "E,F")
    niet = frozenset({date(2026, 1, 7)})
    inst = replace(
        inst,
        tandartsen=tuple(
            replace(t, afwezig=niet) if t.id in "BCDG" else t for t in inst.tandartsen
        ),
    )
    antwoord = repair(inst, plan, uitval={"F": {d.eerste_dag for d in inst.diensten}})
    assert antwoord.wijzigingen == (
        Wijziging("D0", "dienstdoende", "A", "G"),
        Wijziging("D2", "achterwacht", "F", "A"),
    )
    assert (antwoord.minstens, antwoord.onbezet, antwoord.bewezen) == (2, 0, True)


def test_a_place_that_nobody_can_take_is_left_empty_with_proof():
    inst = _week(1, "AB")
    antwoord = repair(inst, _plan("A,B"), uitval={"A": {date(2026, 1, 5)}})
    assert antwoord.wijzigingen == (Wijziging("D0", "dienstdoende", "A", None),)
    assert (antwoord.onbezet, antwoord.minstens_onbezet, antwoord.bewezen) == (1, 1, True)


def test_what_was_served_and_what_was_empty_stays():
    inst = _week(3, "ABCDEFG")
    plan = _plan("A,B", "C,", "E,F")
    uitval = {"A": {date(2026, 1, 5)}, "E": {date(2026, 1, 7)}}
    antwoord = repair(inst, plan, uitval=uitval, vanaf=date(2026, 1, 6))
    assert [(w.dienst, w.rol, w.was) for w in antwoord.wijzigingen] == [("D2", "dienstdoende", "E")]


def test_nothing_changes_when_nobody_served_on_the_ill_days():
    inst = _week(3, "ABCDEFG")
    plan = _plan("A,B", "C,D", "E,F")
    antwoord = repair(inst, plan, uitval={"A": {date(2026, 1, 7)}})
    assert (antwoord.wijzigingen, antwoord.bewezen) == ((), True)
    assert {d: dict(r) for d, r in antwoord.toewijzing.items()} == plan


def test_a_pin_holds_against_everything_but_illness():
    inst = _week(2, "ABCDEF")
    weg = frozenset({date(2026, 1, 5)})
    a, *rest = inst.tandartsen
    inst = replace(
        inst,
        tandartsen=(replace(a, afwezig=weg, reden=dict.fromkeys(weg, "geblokkeerd")), *rest),
        vast={"D0": {"dienstdoende": "A", "achterwacht": "B"}},
    )
    plan = _plan("A,B", "C,D")
    ziek = repair(inst, plan, uitval={"B": set(weg)})
    assert [(w.was, w.dienst) for w in ziek.wijzigingen] == [("B", "D0")]
    los = repair(replace(inst, vast={}), plan, uitval={})
    assert [(w.was, w.dienst) for w in los.wijzigingen] == [("A", "D0")]


def test_a_dentist_of_two_practices_is_ill_in_both():
    inst = _week(2, "ABCD", rustdagen=0)
    a, b, c, d = inst.tandartsen
    inst = replace(inst, tandartsen=(replace(a, persoon="X"), replace(b, persoon="X"), c, d))
    plan = _plan("A,C", "B,C")
    antwoord = repair(inst, plan, uitval={"A": {date(2026, 1, 6)}})
    assert antwoord.wijzigingen == (Wijziging("D1", "dienstdoende", "B", "D"),)
    assert geldig(inst, antwoord.toewijzing)
