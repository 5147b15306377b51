"""The small language of a rule set: conditions and effects as data, checked and compiled once.

Closed on purpose: an unknown word, fact, value, setting or advice stops the start of the program.
A rule that nobody can read wrong cannot switch itself off.

Conditions (exactly one of)::

    { alle = [ ... ] }                        every one of these conditions
    { een_van = [ ... ] }                     at least one of them
    { niet = { ... } }                        not this one
    { begrip = "kind" }                       a named condition of the same rule set
    { klacht = ["pijn", "dikke_wang"] }       at least one of these complaints was chosen
    { klacht_buiten = ["pijn"] }              a complaint was chosen that is not in the list
    { feit = "koorts", is = "ja" }            a fact;     is | in | ingevuld | vanaf | onder
    { instelling = "kind_regel", is = "…" }   a setting;  is | in
    { afgeleid = "pijnstilling", in = [..] }  a computed fact (`afgeleid`); is | in | vanaf | onder
    { tot_nu_toe = "contact", is = "…" }      what an earlier phase concluded; is | in

``vanaf`` (at least) and ``onder`` (less than) take a number or ``{ instelling = "…" }``.  A fact
or setting that is empty is neither.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, fields
from types import MappingProxyType, NoneType
from typing import Any, Final, get_args, get_type_hints

from triage.protocol.afgeleid import AFGELEID
from triage.protocol.feiten import GETALLEN, KEUZES, KLACHTEN, Feiten
from triage.protocol.instellingen import KEUZES as INSTELLINGSKEUZES
from triage.protocol.instellingen import Instellingen
from triage.protocol.situatie import Situatie
from triage.protocol.uitkomst import Contact, MoetGezien, Urgentie

Voorwaarde = Callable[[Situatie], bool]
Lezer = Callable[[Situatie], Any]

_HINTS: Final = get_type_hints(Feiten)
_GETALINSTELLINGEN: Final = frozenset(
    item.name
    for item in fields(Instellingen)
    if item.name not in INSTELLINGSKEUZES and not isinstance(item.default, bool)
)
_TOT_NU_TOE: Final[Mapping[str, tuple[str, ...]]] = {
    "contact": tuple(Contact),
    "urgentie": tuple(Urgentie),
    "moet_gezien": tuple(MoetGezien),
}
# Facts without a closed list in `KEUZES`.
_VRIJE_KEUZES: Final[Mapping[str, tuple[str, ...]]] = {
    "beller": ("patient", "ander"),
    "agressie": ("geen", "onaangepast", "dreigend"),
    "eerdere_uitkomst": ("pijn_advies", "nabloeding_advies"),
}


class RegelsetFout(ValueError):
    """A rule set that may not be used: ``plaats`` says where, the message what is wrong."""

    def __init__(self, plaats: str, tekst: str) -> None:
        super().__init__(f"{plaats}: {tekst}")
        self.plaats = plaats


@dataclass(slots=True)
class Lezen:
    """What compiling one rule needs to know, and what it finds: the settings that are read."""

    plaats: str
    begrippen: Mapping[str, tuple[Voorwaarde, frozenset[str]]] = field(default_factory=dict)
    fase: int = 1
    instellingen: set[str] = field(default_factory=set)

    def fout(self, tekst: str) -> RegelsetFout:
        return RegelsetFout(self.plaats, tekst)

    def within(self, deel: str) -> "Lezen":
        """The same reading, one step deeper; settings are collected in the same set."""
        return Lezen(f"{self.plaats}.{deel}", self.begrippen, self.fase, self.instellingen)


def freeze(data: Any) -> Any:
    """The same plain data, unchangeable."""
    if isinstance(data, Mapping):
        return MappingProxyType({key: freeze(value) for key, value in data.items()})
    return tuple(freeze(item) for item in data) if isinstance(data, list) else data


def only_keys(data: Any, allowed: Collection[str], lezen: Lezen) -> Mapping[str, Any]:
    """The table itself, when it is one and has no other keys."""
    if not isinstance(data, Mapping):
        raise lezen.fout(f"must be a table, not {data!r}")
    unknown = sorted(set(data) - set(allowed))
    if unknown:
        raise lezen.fout(f"unknown: {', '.join(unknown)}")
    return data


def one_of(value: Any, allowed: Collection[Any], wat: str, lezen: Lezen) -> Any:
    """The value itself, when it is in the list; ``1`` is not ``true``."""
    if not isinstance(value, str | bool) or value not in allowed:
        raise lezen.fout(f"{value!r} is not a {wat}")
    return value


# --- conditions


def compile_condition(data: Any, lezen: Lezen) -> Voorwaarde:
    """A function of the situation; ``RegelsetFout`` for anything outside the language."""
    if not isinstance(data, Mapping):
        raise lezen.fout(f"a condition must be a table, not {data!r}")
    kinds = [key for key in data if key in _SOORTEN]
    if len(kinds) != 1:
        raise lezen.fout(f"a condition needs exactly one of {', '.join(_SOORTEN)}")
    kind = kinds[0]
    return _SOORTEN[kind](data, lezen.within(kind))


def _parts(data: Mapping[str, Any], kind: str, lezen: Lezen) -> tuple[Voorwaarde, ...]:
    only_keys(data, (kind,), lezen)
    parts = data[kind]
    if not isinstance(parts, list) or not parts:
        raise lezen.fout("needs a list of conditions")
    return tuple(
        compile_condition(part, lezen.within(str(number))) for number, part in enumerate(parts, 1)
    )


def _every(data: Mapping[str, Any], lezen: Lezen) -> Voorwaarde:
    parts = _parts(data, "alle", lezen)

    def condition(sit: Situatie) -> bool:
        for part in parts:  # noqa: SIM110 (a generator is slower, and this runs 10 000 times)
            if not part(sit):
                return False
        return True

    return condition


def _some(data: Mapping[str, Any], lezen: Lezen) -> Voorwaarde:
    parts = _parts(data, "een_van", lezen)

    def condition(sit: Situatie) -> bool:
        for part in parts:  # noqa: SIM110
            if part(sit):
                return True
        return False

    return condition


def _not(data: Mapping[str, Any], lezen: Lezen) -> Voorwaarde:
    part = compile_condition(only_keys(data, ("niet",), lezen)["niet"], lezen)
    return lambda sit: not part(sit)


def _named(data: Mapping[str, Any], lezen: Lezen) -> Voorwaarde:
    naam = only_keys(data, ("begrip",), lezen)["begrip"]
    if naam not in lezen.begrippen:
        raise lezen.fout(f"{naam!r} is not a named condition above this one")
    condition, instellingen = lezen.begrippen[naam]
    lezen.instellingen |= instellingen
    return condition


def _complaints(data: Mapping[str, Any], kind: str, lezen: Lezen) -> frozenset[str]:
    listed = only_keys(data, (kind,), lezen)[kind]
    listed = [listed] if isinstance(listed, str) else listed
    if not isinstance(listed, list) or not listed:
        raise lezen.fout("needs a complaint or a list of complaints")
    return frozenset(one_of(klacht, KLACHTEN, "complaint", lezen) for klacht in listed)


def _has_complaint(data: Mapping[str, Any], lezen: Lezen) -> Voorwaarde:
    wanted = _complaints(data, "klacht", lezen)
    return lambda sit: not wanted.isdisjoint(sit.f.klachten)


def _has_other_complaint(data: Mapping[str, Any], lezen: Lezen) -> Voorwaarde:
    known = _complaints(data, "klacht_buiten", lezen)
    return lambda sit: not known.issuperset(sit.f.klachten)


def _fact(data: Mapping[str, Any], lezen: Lezen) -> Voorwaarde:
    naam = one_of(data["feit"], _HINTS, "fact", lezen)

    def read(sit: Situatie) -> Any:
        return getattr(sit.f, naam)

    if naam in GETALLEN:
        return _comparison(data, read, ("vanaf", "onder", "ingevuld"), (), lezen)
    if naam == "klachten":
        return _comparison(data, read, ("ingevuld",), (), lezen)
    if bool in (_HINTS[naam], *get_args(_HINTS[naam])):
        can_be_empty = NoneType in get_args(_HINTS[naam])
        words = ("is", "ingevuld") if can_be_empty else ("is",)
        return _comparison(data, read, words, (True, False), lezen)
    choices = KEUZES.get(naam) or _VRIJE_KEUZES.get(naam)
    if choices is None:
        raise lezen.fout(f"{naam!r} is free text: no rule may read it")
    return _comparison(data, read, ("is", "in", "ingevuld"), choices, lezen)


def _setting(data: Mapping[str, Any], lezen: Lezen) -> Voorwaarde:
    naam = one_of(data["instelling"], _HINTS_INSTELLING, "setting", lezen)
    lezen.instellingen.add(naam)
    if naam in _GETALINSTELLINGEN:
        raise lezen.fout(f"{naam!r} is a number: compare a fact with it")
    choices: tuple[Any, ...] = INSTELLINGSKEUZES.get(naam, (True, False))

    def read(sit: Situatie) -> Any:
        return getattr(sit.s, naam)

    return _comparison(data, read, ("is", "in"), choices, lezen)


def _derived(data: Mapping[str, Any], lezen: Lezen) -> Voorwaarde:
    naam = one_of(data["afgeleid"], AFGELEID, "derived fact", lezen)
    afgeleid = AFGELEID[naam]
    lezen.instellingen.update(afgeleid.instellingen)

    def read(sit: Situatie) -> Any:
        return sit.once(naam, afgeleid.bereken)

    if afgeleid.waarden is int:
        return _comparison(data, read, ("vanaf", "onder"), (), lezen)
    if afgeleid.waarden is bool:
        return _comparison(data, read, ("is",), (True, False), lezen)
    choices = afgeleid.waarden
    return _comparison(data, read, ("is", "in"), choices, lezen)  # type: ignore[arg-type]


def _so_far(data: Mapping[str, Any], lezen: Lezen) -> Voorwaarde:
    naam = one_of(data["tot_nu_toe"], _TOT_NU_TOE, "part of the outcome", lezen)
    if lezen.fase == 1:
        raise lezen.fout("only a rule of a later phase may look at what was concluded before")

    def read(sit: Situatie) -> Any:
        return getattr(sit.tot_nu_toe, naam)

    return _comparison(data, read, ("is", "in"), _TOT_NU_TOE[naam], lezen)


_HINTS_INSTELLING: Final = frozenset(item.name for item in fields(Instellingen))
_SOORTEN: Final[Mapping[str, Callable[[Mapping[str, Any], Lezen], Voorwaarde]]] = {
    "alle": _every,
    "een_van": _some,
    "niet": _not,
    "begrip": _named,
    "klacht": _has_complaint,
    "klacht_buiten": _has_other_complaint,
    "feit": _fact,
    "instelling": _setting,
    "afgeleid": _derived,
    "tot_nu_toe": _so_far,
}


def _comparison(
    data: Mapping[str, Any],
    read: Lezer,
    words: tuple[str, ...],
    choices: Collection[Any],
    lezen: Lezen,
) -> Voorwaarde:
    only_keys(data, (*_SOORTEN, *words), lezen)
    found = [word for word in words if word in data]
    if len(found) != 1:
        raise lezen.fout(f"needs exactly one of {', '.join(words)}")
    word = found[0]
    value = data[word]
    if word == "is":
        wanted = one_of(value, choices, "value of it", lezen)
        return lambda sit: read(sit) == wanted
    if word == "in":
        if not isinstance(value, list) or not value:
            raise lezen.fout("'in' needs a list")
        several = frozenset(one_of(item, choices, "value of it", lezen) for item in value)
        return lambda sit: read(sit) in several
    if word == "ingevuld":
        filled = one_of(value, (True, False), "yes or no", lezen)
        return lambda sit: (read(sit) not in (None, ())) is filled
    bound = _bound(value, lezen.within(word))
    if word == "vanaf":
        return lambda sit: _is_at_least(read(sit), bound(sit))
    return lambda sit: _is_less(read(sit), bound(sit))


def _is_at_least(value: int | None, bound: int | None) -> bool:
    return value is not None and bound is not None and value >= bound


def _is_less(value: int | None, bound: int | None) -> bool:
    return value is not None and bound is not None and value < bound


def _bound(value: Any, lezen: Lezen) -> Lezer:
    if isinstance(value, int) and not isinstance(value, bool):
        return lambda _sit: value
    found = only_keys(value, ("instelling",), lezen).get("instelling")
    naam: str = one_of(found, _GETALINSTELLINGEN, "setting with a number", lezen)
    lezen.instellingen.add(naam)
    return lambda sit: getattr(sit.s, naam)


# --- minutes


def compile_minutes(data: Any, lezen: Lezen) -> Lezer:
    """Minutes of an effect: a number, or the smallest of some settings, less time already gone.

    ``{ instelling = "…" | ["…", "…"], verminderd_met = "<derived minutes>" }``; never below 0.
    """
    if isinstance(data, int) and not isinstance(data, bool) and data >= 0:
        return lambda _sit: data
    only_keys(data, ("instelling", "verminderd_met"), lezen)
    names = data.get("instelling")
    names = [names] if isinstance(names, str) else names
    if not isinstance(names, list) or not names:
        raise lezen.fout("needs a number of minutes or a setting")
    for naam in names:
        one_of(naam, _GETALINSTELLINGEN, "setting with a number", lezen)
    lezen.instellingen.update(names)
    gone = data.get("verminderd_met")
    if gone is None:
        return lambda sit: min(getattr(sit.s, naam) for naam in names)
    if gone not in AFGELEID or AFGELEID[gone].waarden is not int:
        raise lezen.fout(f"{gone!r} is not a derived number of minutes")
    afgeleid = AFGELEID[gone]
    lezen.instellingen.update(afgeleid.instellingen)
    return lambda sit: max(
        0, min(getattr(sit.s, naam) for naam in names) - sit.once(gone, afgeleid.bereken)
    )
