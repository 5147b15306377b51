"""Scenario tables: worked cases that the law of deciding must get right.

A table is a JSON object with `scenarios`; a case has an `operation`, its `input`, what is
`expected` of it (a subset: every key named must be equal), and `alternatives`, each with another
`policy` (readings) and what is expected then. `defaults` are the readings of the whole table.
Pure: a record in, a result out.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from reglement.lezing import Lezing, LezingFout
from reglement.toets.bewerkingen import BEWERKINGEN
from reglement.toets.woorden import TabelFout, read_policy

__all__ = ["Afwijking", "TabelFout", "Toetsuitslag", "run_table"]

LATER: Final = ("complaint", "second_opinion", "trust", "contract", "coverage", "calamity")
"""How the operations of other apps begin; they are told apart, never counted as passed."""


@dataclass(frozen=True, slots=True)
class Afwijking:
    """One thing in which a case came out differently; `lezing` is "" for the case itself."""

    id: str
    titel: str
    lezing: str
    uitleg: str

    def __str__(self) -> str:
        where = f" [{self.lezing}]" if self.lezing else ""
        return f"{self.id}{where}  {self.titel}\n    {self.uitleg}"


@dataclass
class Toetsuitslag:
    """How a table came out. A case passes when it and all its alternatives do."""

    geslaagd: int = 0
    gezakt: int = 0
    afwijkingen: list[Afwijking] = field(default_factory=list)
    overgeslagen: Counter[str] = field(default_factory=Counter)

    @property
    def slotregel(self) -> str:
        return f"{self.geslaagd} passed, {self.gezakt} failed"


def run_table(book: Mapping[str, Any]) -> Toetsuitslag:
    """Run every case of a table. Raises `TabelFout` for what is no table at all."""
    cases = book.get("scenarios") if isinstance(book, Mapping) else None
    if not isinstance(cases, list):
        raise TabelFout("er is geen lijst 'scenarios'")
    defaults = book.get("defaults", {})
    if not isinstance(defaults, Mapping):
        raise TabelFout("'defaults' is geen blok")
    basis = read_policy(defaults)
    result = Toetsuitslag()
    for case in cases:
        if not isinstance(case, Mapping) or not isinstance(case.get("operation"), str):
            raise TabelFout("een scenario zonder 'operation'")
        operation = case["operation"]
        if operation not in BEWERKINGEN and operation.startswith(LATER):
            result.overgeslagen[operation] += 1
            continue
        wrong = _run_case(case, basis)
        result.afwijkingen += wrong
        if wrong:
            result.gezakt += 1
        else:
            result.geslaagd += 1
    return result


def _run_case(case: Mapping[str, Any], basis: Lezing) -> list[Afwijking]:
    name, title = str(case.get("id", "?")), str(case.get("title", ""))
    variants = [("", case.get("policy", {}), case.get("expected", {}))]
    for other in case.get("alternatives", ()):
        policy = {**case.get("policy", {}), **other.get("policy", {})}
        words = other.get("reading") or ", ".join(policy)
        variants.append((words, policy, other.get("expected", {})))
    found = []
    for reading, policy, expected in variants:
        for difference in _differences(case, _read_or_error(policy, basis), expected):
            found.append(Afwijking(name, title, reading, difference))
    return found


def _read_or_error(policy: Mapping[str, Any], basis: Lezing) -> Lezing | str:
    """Return the reading, or why it cannot be read: one odd case does not stop a table."""
    try:
        return read_policy(policy, basis)
    except (TabelFout, LezingFout) as error:
        return str(error)


def _differences(
    case: Mapping[str, Any], lezing: Lezing | str, expected: Mapping[str, Any]
) -> list[str]:
    if isinstance(lezing, str):
        return [lezing]
    operation = BEWERKINGEN.get(case["operation"])
    if operation is None:
        return [f"onbekende bewerking: {case['operation']}"]
    try:
        answer = operation(case.get("input", {}), lezing)
    except KeyError as error:
        return [f"ontbreekt in de invoer: {error}"]
    except (TypeError, ValueError, AttributeError, OverflowError) as error:
        return [f"niet te lezen: {error}"]
    if not expected:
        return ["er staat niet bij wat verwacht wordt"]
    return [
        f"{key}: verwacht {value!r}, gevonden {_plain(answer.get(key))!r}"
        for key, value in expected.items()
        if not _same(value, _plain(answer.get(key)))
    ]


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _same(expected: Any, found: Any) -> bool:
    """Compare as JSON does: true is not 1, and within a list everything counts."""
    if isinstance(expected, dict) and isinstance(found, dict):
        return expected.keys() == found.keys() and all(
            _same(value, found[key]) for key, value in expected.items()
        )
    if isinstance(expected, list) and isinstance(found, list):
        return len(expected) == len(found) and all(map(_same, expected, found))
    return type(expected) is type(found) and expected == found
