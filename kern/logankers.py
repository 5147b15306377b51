"""Heads of the log that left the machine earlier: written and read as one small file."""

import json
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.apps import apps
from django.conf import settings

from kern import logketen
from kern.logketen import Kop
from kern.tenancy import kring_context


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


def by_slug(files: list[Ankers]) -> dict[str, list[Anker]]:
    """Return all heads of each kring in these files."""
    found: dict[str, list[Anker]] = {}
    for ankers in files:
        for slug, anker in ankers.koppen.items():
            found.setdefault(slug, []).append(anker)
    return found


def read_all(path: Path) -> list[Ankers]:
    """Read one file, or every file of a folder; a folder that nothing was written in is empty."""
    is_file = path.suffix == ".json" and not path.is_dir()
    return [read(file) for file in ([path] if is_file else sorted(path.glob("*.json")))]


def heads() -> dict[str, Anker]:
    """Return the head of every kring by its slug."""
    koppen = {}
    for slug, pk in apps.get_model(settings.KRING_MODEL).objects.values_list("slug", "pk"):
        with kring_context(pk):
            koppen[slug] = Anker(pk, logketen.head(pk))
    return koppen


def export(path: Path) -> Ankers:
    """Write the heads of now to a file and return them."""
    koppen = heads()
    # After the heads: an anchor never claims to be older than the lines it holds.
    ankers = Ankers(datetime.now(UTC), koppen)
    write(path, ankers)
    return ankers


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
        moment = datetime.fromisoformat(content["gemaakt_op"]).astimezone(UTC)
        return Ankers(
            moment,
            {
                row["kring"]: Anker(
                    int(row["id"]), Kop(int(row["volgnummer"]), bytes.fromhex(row["hash"]), moment)
                )
                for row in content["koppen"]
            },
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise AnkerFout(f"Het anker {path} is niet te lezen: {error}") from error
