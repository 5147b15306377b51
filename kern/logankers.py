"""Heads of the log that left the machine earlier: written and read as one small file."""

import json
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from kern.logketen import Kop


class AnkerFout(Exception):
    """A file that cannot be read as an anchor; the text is for the administrator."""


@dataclass(frozen=True)
class Anker:
    """The head of one kring in such a file."""

    kring_id: int
    kop: Kop


@dataclass(frozen=True)
class Ankers:
    """One file: the heads by the slug of their kring; no personal data."""

    gemaakt_op: datetime
    koppen: dict[str, Anker]

    def by_id(self) -> dict[int, Kop]:
        return {anker.kring_id: anker.kop for anker in self.koppen.values()}


def write(path: Path, ankers: Ankers) -> None:
    """Write the file whole or not at all: a torn file of last night is no anchor."""
    rows = [
        {
            "kring": slug,
            "id": anker.kring_id,
            "volgnummer": anker.kop.volgnummer,
            "hash": anker.kop.hash.hex(),
        }
        for slug, anker in sorted(ankers.koppen.items())
    ]
    content = {"gemaakt_op": ankers.gemaakt_op.isoformat(timespec="seconds"), "koppen": rows}
    half = path.with_name(f"{path.name}.half")
    half.write_text(json.dumps(content, indent=2) + "\n")
    os.replace(half, path)


def read(path: Path) -> Ankers:
    """Return the heads of a file; raise AnkerFout when it is not one."""
    try:
        content = json.loads(path.read_text())
        return Ankers(
            datetime.fromisoformat(content["gemaakt_op"]).astimezone(UTC),
            {
                row["kring"]: Anker(
                    int(row["id"]), Kop(int(row["volgnummer"]), bytes.fromhex(row["hash"]))
                )
                for row in content["koppen"]
            },
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise AnkerFout(f"Het anker {path} is niet te lezen: {error}") from error
