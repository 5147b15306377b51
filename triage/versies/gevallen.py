"""The worked cases that the product ships: what they know, to be judged by any reading."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from triage.protocol import Feiten

MAP = Path(__file__).resolve().parents[1] / "scenarios"


@dataclass(frozen=True)
class Geval:
    """One case, without the outcome that its table expects."""

    id: str
    titel: str
    feiten: Feiten


@dataclass(frozen=True)
class Boek:
    """The cases of one file, with the days on which its practices are closed."""

    gevallen: tuple[Geval, ...]
    feestdagen: frozenset[date]


@cache
def shipped() -> tuple[Boek, ...]:
    """Return the shipped books; the files change only with the program."""
    return tuple(_read(path) for path in sorted(MAP.glob("*.json")))


def _read(path: Path) -> Boek:
    data = json.loads(path.read_text(encoding="utf-8"))
    closed = data.get("feestdagen_voor_test") or data.get("feestdagen") or []
    return Boek(tuple(_cases(data)), frozenset(map(date.fromisoformat, closed)))


def _cases(data: dict) -> Iterator[Geval]:
    for case in data.get("triage", []):
        # A case that sets its own reading says nothing about that of a version.
        if case.get("instellingen"):
            continue
        feiten = Feiten.from_mapping({**data["basis"], **case["verschil_met_basis"]})
        yield Geval(case["id"], case["titel"], feiten)
