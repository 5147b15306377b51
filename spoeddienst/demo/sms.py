"""The demo's text-message gateway: each message is a file that a local page shows."""

import json
import os
import time
from pathlib import Path

from django.conf import settings


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


def messages() -> list[dict]:
    """Return the messages, newest first."""
    return [json.loads(path.read_text()) for path in sorted(folder().glob("*.json"), reverse=True)]
