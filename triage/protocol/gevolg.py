"""The effects of a rule, compiled: what each of its clauses contributes when it applies.

A clause is a table with an optional condition ``als`` and at least one of::

    contact | urgentie | moet_gezien     a value of the outcome
    zien_binnen + termijn, streef        minutes, and how firmly the text carries them
    terugbel                             minutes until the caller is asked to ring back
    advies, vervalt                      advice given; advice of other rules withdrawn
    vlag                                 a remark for the assistant
    melden_agressie                      true
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, Final

from triage.protocol.combineren import TERMIJNEN, Effect
from triage.protocol.situatie import Situatie
from triage.protocol.taal import (
    Lezen,
    Lezer,
    Voorwaarde,
    compile_condition,
    compile_minutes,
    one_of,
    only_keys,
)
from triage.protocol.uitkomst import Contact, MoetGezien, Urgentie

Geeft = Callable[[Situatie], Sequence[Effect]]
Clausule = Callable[[Situatie], Effect]

_WAARDEN: Final = {"contact": Contact, "urgentie": Urgentie, "moet_gezien": MoetGezien}
_MINUTEN: Final = {"zien_binnen": "zien_binnen", "streef": "streef", "terugbel": "timers"}
_LIJSTEN: Final = {"advies": "adviezen", "vervalt": "zonder_adviezen", "vlag": "vlaggen"}
_SLEUTELS: Final = (*_WAARDEN, *_MINUTEN, *_LIJSTEN, "termijn", "melden_agressie")


def compile_effect(
    clauses: Any, adviezen: Collection[str], vlaggen: Collection[str], lezen: Lezen
) -> Geeft:
    """A function of the situation: what each clause that applies contributes."""
    clauses = [clauses] if isinstance(clauses, Mapping) else clauses
    if not isinstance(clauses, list):
        raise lezen.fout("needs a table or a list of tables")
    known = {"advies": adviezen, "vervalt": adviezen, "vlag": vlaggen}
    compiled = [
        _compile_clause(clause, known, lezen.within(str(number)))
        for number, clause in enumerate(clauses, 1)
    ]

    def effect(sit: Situatie) -> Sequence[Effect]:
        return [give(sit) for applies, give in compiled if applies is None or applies(sit)]

    return effect


def advice_of(clauses: Any) -> tuple[str, ...]:
    """Every advice that the clauses can give, sorted."""
    clauses = [clauses] if isinstance(clauses, Mapping) else clauses
    return tuple(sorted({key for clause in clauses for key in clause.get("advies", ())}))


def _compile_clause(
    data: Any, known: Mapping[str, Collection[str]], lezen: Lezen
) -> tuple[Voorwaarde | None, Clausule]:
    only_keys(data, ("als", *_SLEUTELS), lezen)
    if not set(data) - {"als"}:
        raise lezen.fout("a clause without an effect")
    applies = compile_condition(data["als"], lezen.within("als")) if "als" in data else None
    fixed, counted = _fixed(data, known, lezen), _counted(data, lezen)
    if not counted:
        constant = Effect(**fixed)
        return applies, lambda _sit: constant

    def give(sit: Situatie) -> Effect:
        minutes = {name: read(sit) for name, read in counted.items()}
        if "timers" in minutes:
            minutes["timers"] = (minutes["timers"],)
        return Effect(**fixed, **minutes)

    return applies, give


def _fixed(
    data: Mapping[str, Any], known: Mapping[str, Collection[str]], lezen: Lezen
) -> dict[str, Any]:
    fixed: dict[str, Any] = {}
    for key, scale in _WAARDEN.items():
        if key in data:
            fixed[key] = scale(one_of(data[key], tuple(scale), key, lezen))
    for key, name in _LIJSTEN.items():
        if key in data:
            if not isinstance(data[key], list) or not data[key]:
                raise lezen.fout(f"{key} needs a list")
            fixed[name] = frozenset(one_of(item, known[key], key, lezen) for item in data[key])
    if "melden_agressie" in data:
        fixed["melden_agressie"] = one_of(data["melden_agressie"], (True,), "true", lezen)
    if ("termijn" in data) != ("zien_binnen" in data):
        raise lezen.fout("zien_binnen and termijn belong together")
    if "termijn" in data:
        fixed["termijn_zekerheid"] = TERMIJNEN[
            one_of(data["termijn"], tuple(TERMIJNEN), "termijn", lezen)
        ]
    return fixed


def _counted(data: Mapping[str, Any], lezen: Lezen) -> dict[str, Lezer]:
    return {
        name: compile_minutes(data[key], lezen.within(key))
        for key, name in _MINUTEN.items()
        if key in data
    }
