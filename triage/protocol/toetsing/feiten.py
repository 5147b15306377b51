"""The facts of a case: known names and right types; a wrong value is for the protocol to judge."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date, datetime
from types import NoneType
from typing import Any, Final, get_args, get_type_hints

from triage.protocol.afronden import Contactpoging, Procesfeiten
from triage.protocol.feiten import DEFAULTS, GETALLEN, KEUZES, Feiten
from triage.protocol.instellingen import Instellingen, InstellingFout
from triage.protocol.toetsing.lezen import (
    TabelFout,
    a_block,
    a_list,
    a_text,
    of_kind,
    only_known,
    short,
)

_HINTS: Final = get_type_hints(Feiten)
_PROCES: Final = get_type_hints(Procesfeiten)
# What an assistant may have typed: the judging of it is the protocol's ("nrs": 11 is no mistake
# of the table).
_INGEVULD: Final = (str, int, float, bool, NoneType)
_JAREN: Final = range(1900, 2201)


def read_facts(values: Mapping[str, Any], plaats: str) -> Feiten:
    """The facts of one contact; an empty value (null) is a fact not filled in."""
    only_known(values, _HINTS, plaats)
    read = {name: _fact(name, value, f"{plaats}, {name}") for name, value in values.items()}
    if "tijdstip" not in read:
        raise TabelFout(plaats, "tijdstip ontbreekt")
    return Feiten(**read)


def _fact(name: str, value: Any, plaats: str) -> Any:
    if name == "tijdstip":
        return a_moment(value, plaats)
    if name == "klachten":
        return tuple(a_text(item, plaats) for item in a_list(value, plaats))
    if name in GETALLEN or name in KEUZES:
        return of_kind(value, _INGEVULD, plaats)
    if value is None:
        return DEFAULTS[name]
    is_yes_no = bool in (_HINTS[name], *get_args(_HINTS[name]))
    return of_kind(value, (bool,) if is_yes_no else (str,), plaats)


def a_moment(value: Any, plaats: str) -> datetime:
    """A moment with its time zone: without it "tomorrow" would be a guess."""
    try:
        moment = datetime.fromisoformat(a_text(value, plaats))
    except ValueError:
        moment = None
    if moment is None or moment.utcoffset() is None or moment.year not in _JAREN:
        voorbeeld = "2026-11-24T20:15:00+01:00"
        raise TabelFout(plaats, f"{short(value)} is geen tijdstip met tijdzone, zoals {voorbeeld}")
    return moment


def a_date(value: Any, plaats: str) -> date:
    try:
        return date.fromisoformat(a_text(value, plaats))
    except ValueError:
        raise TabelFout(plaats, f"{short(value)} is geen datum, zoals 2026-12-25") from None


def read_settings(base: Instellingen, changes: Any, plaats: str) -> Instellingen:
    """Settings with some of them changed."""
    changes = a_block(changes, plaats)
    try:
        return Instellingen.from_mapping({**base.as_record(), **changes})
    except InstellingFout as error:
        naam, zin = next(iter(error.fouten.items()))
        raise TabelFout(f"{plaats}, {short(naam)}", zin) from None


def read_process(values: Any, plaats: str) -> Procesfeiten:
    """The state of a call after triage."""
    values = a_block(values, plaats)
    only_known(values, [item.name for item in fields(Procesfeiten)], plaats)
    return Procesfeiten(
        **{name: _step(name, value, f"{plaats}, {name}") for name, value in values.items()}
    )


def _step(name: str, value: Any, plaats: str) -> Any:
    if name == "contactpogingen":
        return tuple(
            _attempt(item, f"{plaats}[{number}]")
            for number, item in enumerate(a_list(value or [], plaats), 1)
        )
    if name == "regels":
        return tuple(a_text(item, plaats) for item in a_list(value or [], plaats))
    if name == "controle_uitkomst":
        if value is None:
            return None
        return frozenset(a_text(item, plaats) for item in a_list(value, plaats))
    kinds = tuple(kind for kind in get_args(_PROCES[name]) if isinstance(kind, type))
    if int in kinds and type(value) is int and value < 0:
        raise TabelFout(plaats, "mag niet negatief zijn")
    return of_kind(value, kinds, plaats)


def _attempt(value: Any, plaats: str) -> Contactpoging:
    value = a_block(value, plaats)
    only_known(value, ("wie", "resultaat"), plaats)
    for key in ("wie", "resultaat"):
        a_text(value.get(key), f"{plaats}, {key}")
    return Contactpoging(**value)
