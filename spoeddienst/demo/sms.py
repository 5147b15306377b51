"""The demo's text-message gateway: each message is a file that a local page shows."""

import json
import os
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True)
class Sms:
    """One accepted text message."""

    moment: datetime
    telefoon: str
    tekst: str


def folder() -> Path:
    """Return the folder of the text messages; made when it is missing."""
    path = Path(settings.INSTANTIE_MAP) / "sms"
    path.mkdir(parents=True, exist_ok=True)
    return path


class DemoGateway:
    """Accepts every message, as `kern.sms` describes."""

    def send(self, telefoon: str, tekst: str) -> None:
        name = f"{time.time_ns()}.json"
        part = folder() / f".{name}"
        part.write_text(json.dumps({"telefoon": telefoon, "tekst": tekst}))
        # A reader never sees half a message.
        os.replace(part, folder() / name)


class DemoSpraak(DemoGateway):
    """A telephone call, shown among the text messages."""

    def send(self, telefoon: str, tekst: str) -> None:
        super().send(telefoon, f"(gebeld en voorgelezen) {tekst}")


def messages(limit: int = 40) -> list[Sms]:
    """Return the newest messages, newest first."""
    # Hidden files are messages still being written.
    paths = [path for path in folder().glob("*.json") if not path.name.startswith(".")]
    return [_read(path) for path in sorted(paths, reverse=True)[:limit]]


def _read(path: Path) -> Sms:
    moment = datetime.fromtimestamp(int(path.stem) / 1e9, UTC)
    return Sms(moment, **json.loads(path.read_text()))
