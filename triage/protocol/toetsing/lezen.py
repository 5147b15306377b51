"""Reading a scenario table: anything wrong with the file is one Dutch sentence with its place."""

import json
import stat
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any, Final, NoReturn

GROOTSTE: Final = 5_000_000  # bytes; a table of a thousand cases is about 1 MB
DIEPSTE: Final = 12  # levels; a table needs five
_SOORT: Final[Mapping[type, str]] = {
    bool: "ja of nee",
    int: "een getal",
    float: "een getal",
    str: "tekst",
    list: "een lijst",
    dict: "een blok",
    type(None): "leeg",
}


class TabelFout(ValueError):
    """A table that cannot be run: ``plaats`` in the file, and what is wrong there."""

    def __init__(self, plaats: str, tekst: str) -> None:
        super().__init__(f"{plaats}: {tekst}" if plaats else tekst)
        self.plaats, self.tekst = plaats, tekst


def read_file(path: Path) -> dict[str, Any]:
    """The plain data of a table in a file; ``TabelFout`` for anything that is not one."""
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise TabelFout("", "dit is een map, geen bestand")
        if not stat.S_ISREG(status.st_mode):
            raise TabelFout("", "dit is geen gewoon bestand")
        with path.open("rb") as file:
            raw = file.read(GROOTSTE + 1)
    except TabelFout:
        raise
    except FileNotFoundError:
        raise TabelFout("", "dit bestand bestaat niet") from None
    except (OSError, ValueError) as error:
        raise TabelFout("", f"dit bestand is niet te lezen ({error.__class__.__name__})") from None
    return parse(raw)


def parse(raw: bytes) -> dict[str, Any]:
    """The plain data of a table; ``TabelFout`` when it is no JSON of a table's shape."""
    if len(raw) > GROOTSTE:
        raise TabelFout("", f"het bestand is groter dan {GROOTSTE // 1_000_000} MB")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise TabelFout(f"byte {error.start}", "het bestand is geen UTF-8") from None
    try:
        data = json.loads(
            text, parse_constant=_no_number, parse_float=_finite, object_pairs_hook=_no_doubles
        )
    except TabelFout:
        raise
    except json.JSONDecodeError as error:
        plaats = f"regel {error.lineno}, teken {error.colno}"
        raise TabelFout(plaats, "het bestand is geen geldige JSON") from None
    except RecursionError:
        raise TabelFout("", "het bestand is te diep genest") from None
    except ValueError:  # a number of more than 4300 digits
        raise TabelFout("", "er staat een te groot getal in het bestand") from None
    _refuse_depth(data)
    return a_block(data, "het bestand")


def _no_number(name: str) -> NoReturn:
    raise TabelFout("", f"{name} is geen getal")


def _finite(text: str) -> float:
    value = float(text)
    if value in (float("inf"), float("-inf")):
        raise TabelFout("", f"het getal {short(text)} is te groot")
    return value


def _no_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise TabelFout("", f"de naam {short(key)} staat er twee keer in hetzelfde blok")
        found[key] = value
    return found


def _refuse_depth(data: Any) -> None:
    """Level by level, so that a deep file cannot exhaust the stack here either."""
    level, depth = [data], 0
    while level := [item for item in level if isinstance(item, dict | list)]:
        depth += 1
        if depth > DIEPSTE:
            raise TabelFout("", "het bestand is te diep genest")
        level = [
            child for item in level for child in (item.values() if isinstance(item, dict) else item)
        ]


def short(value: Any) -> str:
    """A value for a message: at most 60 characters, without characters that a terminal obeys."""
    text = printable(json.dumps(value, ensure_ascii=False, default=str))
    return text if len(text) <= 60 else f"{text[:59]}…"


def printable(text: str) -> str:
    """The text without characters that a terminal obeys or cannot write."""
    return "".join(char if char.isprintable() else "?" for char in text)


def a_block(value: Any, plaats: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise TabelFout(plaats, f"moet een blok tussen accolades zijn, geen {_kind(value)}")
    return value


def a_list(value: Any, plaats: str) -> list[Any]:
    if not isinstance(value, list):
        raise TabelFout(plaats, f"moet een lijst zijn, geen {_kind(value)}")
    return value


def a_text(value: Any, plaats: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise TabelFout(plaats, f"moet tekst zijn, geen {short(value)}")
    return value


def only_known(data: Collection[str], known: Collection[str], plaats: str) -> None:
    """Refuse a name that nobody reads: a mistyped expectation would never be checked."""
    unknown = [key for key in data if key not in known]
    if unknown:
        raise TabelFout(plaats, f"onbekend: {', '.join(short(key) for key in sorted(unknown))}")


def of_kind(value: Any, kinds: tuple[type, ...], plaats: str) -> Any:
    """The value, when its JSON type is one of these; ``bool`` is no number here."""
    if type(value) not in kinds:
        wanted = " of ".join(dict.fromkeys(_SOORT[kind] for kind in kinds))
        raise TabelFout(plaats, f"moet {wanted} zijn, geen {_kind(value)}: {short(value)}")
    return value


def _kind(value: Any) -> str:
    return {bool: "ja/nee-waarde", type(None): "lege waarde"}.get(
        type(value), _SOORT[type(value)].removeprefix("een ")
    )
