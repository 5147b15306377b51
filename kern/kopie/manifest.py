"""What a copy says about itself, and how two states of a database differ. Pure."""

import json
from dataclasses import asdict, dataclass
from typing import Any

from kern.kopie import KopieFout

VERSION = 1

Deel = dict[str, Any]
"""A part of a state: name of the thing to what is true of it."""
Stand = dict[str, Deel]


@dataclass(frozen=True)
class Manifest:
    """Taken in the same snapshot as the dump that it travels with."""

    gemaakt_op: str
    versie: str
    postgres: str
    stand: Stand
    formaat: int = VERSION

    def to_bytes(self) -> bytes:
        return json.dumps(asdict(self), sort_keys=True, ensure_ascii=False).encode()

    @classmethod
    def from_bytes(cls, raw: bytes) -> "Manifest":
        try:
            manifest = cls(**json.loads(raw))
        except (ValueError, TypeError) as error:
            raise KopieFout("Het manifest van deze reservekopie is onleesbaar.") from error
        if manifest.formaat != VERSION:
            raise KopieFout(f"Deze reservekopie heeft formaat {manifest.formaat}, niet {VERSION}.")
        return manifest

    @property
    def rijen(self) -> int:
        return sum(self.stand["rijen"].values())


def differences(expected: Deel, found: Deel) -> list[str]:
    """Return one short line a difference; never values, they may be a patient's."""
    lines = []
    for name in sorted(expected.keys() | found.keys()):
        if name not in found:
            lines.append(f"{name} ontbreekt")
        elif name not in expected:
            lines.append(f"{name} is er te veel")
        elif expected[name] != found[name]:
            lines.append(f"{name} {_change(expected[name], found[name])}")
    return lines


def _change(expected: object, found: object) -> str:
    if isinstance(expected, int) and isinstance(found, int):
        return f"heeft {found} in plaats van {expected}"
    if isinstance(expected, list) and isinstance(found, list):
        missing = [str(item) for item in expected if item not in found]
        extra = [str(item) for item in found if item not in expected]
        parts = [f"mist {', '.join(missing)}"] if missing else []
        parts += [f"heeft te veel {', '.join(extra)}"] if extra else []
        return " en ".join(parts) or "heeft een andere volgorde"
    return "is anders"
