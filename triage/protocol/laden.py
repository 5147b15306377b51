"""Reading a rule set from its file: strict, so that a mistake stops the start of the program."""

import hashlib
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from triage.protocol.gevolg import advice_of, compile_effect
from triage.protocol.regelset import Advies, Regel, Regelset
from triage.protocol.taal import (
    Lezen,
    RegelsetFout,
    Voorwaarde,
    compile_condition,
    freeze,
    one_of,
    only_keys,
)
from triage.protocol.uitkomst import Tabel, Zekerheid

FASEN: Final = (1, 2, 3)
_KOP: Final = ("id", "titel", "richtlijn", "tekst_van")
_DELEN: Final = (*_KOP, "versie", "begrip", "advies", "vlag", "regel", "herinnering")
_REGEL: Final = ("id", "tabel", "reden", "paragraaf", "zekerheid", "als", "dan", "fase")


def load(path: Path) -> Regelset:
    """The rule set of one file; ``RegelsetFout`` names the place of the first mistake."""
    raw = path.read_bytes()
    try:
        data = tomllib.loads(raw.decode())
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise RegelsetFout(path.name, f"is not TOML: {error}") from error
    regelset = build(data, path.name, hashlib.sha256(raw).hexdigest())
    if path.stem != regelset.id:
        raise RegelsetFout(path.name, f"must have the name of its id, {regelset.id}.toml")
    return regelset


def load_all(folder: Path) -> dict[str, Regelset]:
    """Every rule set of a folder by its id, oldest file name first."""
    return {path.stem: load(path) for path in sorted(folder.glob("*.toml"))}


def build(data: Mapping[str, Any], plaats: str, vingerafdruk: str = "") -> Regelset:
    """A rule set from plain data, checked whole and compiled."""
    lezen = Lezen(plaats)
    only_keys(data, _DELEN, lezen)
    kop = {key: _text(data, key, lezen) for key in _KOP}
    versie = data.get("versie")
    if not isinstance(versie, int) or isinstance(versie, bool) or versie < 1:
        raise lezen.fout("versie must be a number from 1")
    adviezen = _advice(data.get("advies"), lezen.within("advies"))
    vlaggen = _flags(data.get("vlag"), lezen.within("vlag"))
    begrippen = _named_conditions(data.get("begrip", {}), lezen.within("begrip"))
    tabel = _Tabel(adviezen, vlaggen, begrippen, data.get("begrip", {}))
    regels = _rows(data, "regel", tabel, lezen)
    herinneringen = _rows(data, "herinnering", tabel, lezen)
    _refuse_unused(adviezen, vlaggen, (*regels, *herinneringen), lezen)
    return Regelset(
        **kop,
        versie=versie,
        begrippen=freeze(data.get("begrip", {})),
        adviezen=adviezen,
        vlaggen=vlaggen,
        regels=tuple(regel for regel in regels if not regel.is_lokaal),
        lokaal=tuple(regel for regel in regels if regel.is_lokaal),
        herinneringen=herinneringen,
        vingerafdruk=vingerafdruk,
    )


class _Tabel:
    """What the rows of one rule set may refer to."""

    def __init__(
        self,
        adviezen: Mapping[str, Advies],
        vlaggen: Mapping[str, str],
        begrippen: Mapping[str, tuple[Voorwaarde, frozenset[str]]],
        conditions: Mapping[str, Any],
    ) -> None:
        self.adviezen, self.vlaggen, self.begrippen = adviezen, vlaggen, begrippen
        self.conditions = conditions

    def row(self, data: Mapping[str, Any], plaats: str) -> Regel:
        lezen = Lezen(plaats, self.begrippen)
        only_keys(data, _REGEL, lezen)
        lezen.fase = data.get("fase", 1)
        if lezen.fase not in FASEN or isinstance(lezen.fase, bool):
            raise lezen.fout(f"fase must be one of {FASEN}")
        past = compile_condition(data.get("als"), lezen.within("als"))
        clauses = data.get("dan")
        geeft = compile_effect(clauses, self.adviezen, self.vlaggen, lezen.within("dan"))
        return Regel(
            id=_text(data, "id", lezen),
            tabel=Tabel(one_of(data.get("tabel"), tuple(Tabel), "table", lezen)),
            reden=_text(data, "reden", lezen),
            paragraaf=_text(data, "paragraaf", lezen),
            zekerheid=Zekerheid(
                one_of(data.get("zekerheid"), tuple(Zekerheid), "certainty", lezen)
            ),
            conditie=freeze(data["als"]),
            effect=freeze(clauses),
            adviezen=advice_of(clauses),
            instellingen=tuple(sorted(lezen.instellingen)),
            fase=lezen.fase,
            klachten=needed_complaints(data["als"], self.conditions),
            past=past,
            geeft=geeft,
        )


def _text(data: Mapping[str, Any], key: str, lezen: Lezen) -> str:
    value = data.get(key)
    if not isinstance(value, str) or not value.strip():
        raise lezen.fout(f"{key} needs a text")
    return value


def _list(data: Any, lezen: Lezen) -> list[Any]:
    if not isinstance(data, list) or not data:
        raise lezen.fout("is missing")
    return data


def _advice(data: Any, lezen: Lezen) -> dict[str, Advies]:
    found: dict[str, Advies] = {}
    for number, item in enumerate(_list(data, lezen), 1):
        here = lezen.within(str(number))
        only_keys(item, ("sleutel", "tekst", "voorlezen", "vervalt_bij_verplicht"), here)
        for key in ("voorlezen", "vervalt_bij_verplicht"):
            one_of(item.get(key, False), (True, False), key, here)
        sleutel = _new(item, found, here)
        found[sleutel] = Advies(**{**item, "tekst": _text(item, "tekst", here)})
    return found


def _flags(data: Any, lezen: Lezen) -> dict[str, str]:
    found: dict[str, str] = {}
    for number, item in enumerate(_list(data, lezen), 1):
        here = lezen.within(str(number))
        only_keys(item, ("sleutel", "tekst"), here)
        found[_new(item, found, here)] = _text(item, "tekst", here)
    return found


def _new(item: Mapping[str, Any], found: Mapping[str, Any], lezen: Lezen) -> str:
    sleutel = _text(item, "sleutel", lezen)
    if sleutel in found:
        raise lezen.fout(f"{sleutel} stands there twice")
    return sleutel


def _named_conditions(data: Any, lezen: Lezen) -> dict[str, tuple[Voorwaarde, frozenset[str]]]:
    """In order: a named condition may use those above it, so that none can run in a circle."""
    if not isinstance(data, Mapping):
        raise lezen.fout("must be a table")
    found: dict[str, tuple[Voorwaarde, frozenset[str]]] = {}
    for naam, conditie in data.items():
        here = Lezen(f"{lezen.plaats}.{naam}", dict(found))
        found[naam] = _once(naam, compile_condition(conditie, here)), frozenset(here.instellingen)
    return found


def _once(naam: str, condition: Voorwaarde) -> Voorwaarde:
    """The condition, computed once per situation however many rules ask it."""
    sleutel = f"begrip {naam}"
    return lambda sit: bool(sit.once(sleutel, condition))


def _rows(data: Mapping[str, Any], kind: str, tabel: _Tabel, lezen: Lezen) -> tuple[Regel, ...]:
    rows: dict[str, Regel] = {}
    for number, item in enumerate(_list(data.get(kind), lezen.within(kind)), 1):
        naam = item.get("id") if isinstance(item, Mapping) else None
        regel = tabel.row(item, f"{lezen.plaats}.{naam or f'{kind}.{number}'}")
        if regel.id in rows:
            raise lezen.fout(f"{regel.id} stands there twice")
        rows[regel.id] = regel
    return tuple(rows[key] for key in sorted(rows))


def needed_complaints(data: Any, begrippen: Mapping[str, Any]) -> frozenset[str] | None:
    """Complaints of which at least one must be chosen for a (checked) condition to hold.

    None: it may hold without any complaint.  Lets a call skip the rules of other complaints.
    """
    if "klacht" in data:
        listed = data["klacht"]
        return frozenset([listed] if isinstance(listed, str) else listed)
    if "begrip" in data:
        return needed_complaints(begrippen[data["begrip"]], begrippen)
    if "alle" in data:
        known = [needed_complaints(part, begrippen) for part in data["alle"]]
        return min((part for part in known if part is not None), key=len, default=None)
    if "een_van" in data:
        several = [needed_complaints(part, begrippen) for part in data["een_van"]]
        return None if None in several else frozenset().union(*filter(None, several))
    if data.get("afgeleid") == "pijnstilling" and data.get("is") not in (None, "geen_pijn"):
        return frozenset({"pijn"})
    return None


def _refuse_unused(
    adviezen: Mapping[str, Advies],
    vlaggen: Mapping[str, str],
    rows: tuple[Regel, ...],
    lezen: Lezen,
) -> None:
    """A text that no rule gives is a rule that somebody forgot."""
    used = {key for row in rows for key in row.adviezen} | {
        flag
        for row in rows
        for clause in (row.effect if isinstance(row.effect, tuple) else (row.effect,))
        for flag in clause.get("vlag", ())
    }
    unused = sorted((set(adviezen) | set(vlaggen)) - used)
    if unused:
        raise lezen.fout(f"no rule gives {', '.join(unused)}")
