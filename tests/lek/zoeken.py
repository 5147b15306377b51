"""Search what a house wrote for a person; shared by the leak run and the fault runs."""

import urllib.parse
from collections.abc import Iterable

from tests.proefhuis import Proefhuis

DUMP_VALKEY = """
import json
from spoeddienst.celery import app
client = app.connection().default_channel.client
found = {}
for key in client.keys("*"):
    kind = client.type(key).decode()
    read = {"list": lambda: client.lrange(key, 0, -1), "hash": lambda: client.hgetall(key),
            "set": lambda: client.smembers(key), "zset": lambda: client.zrange(key, 0, -1),
            "string": lambda: client.get(key)}[kind]
    found[repr(key)] = repr(read())
print(json.dumps(found))
"""


def artefacts(huis: Proefhuis) -> dict[str, str]:
    """Return what the house wrote outside its tables, by name."""
    logs = huis.instantie.logs.iterdir()
    found = {path.name: path.read_text(errors="replace") for path in logs}
    return found | {
        "console": huis.output(),
        "valkey": huis.shell(DUMP_VALKEY),
        "mail": b"\n".join(huis.mails()).decode(errors="replace"),
        "sms": repr(huis.smsen()),
    }


def leaks(found: dict[str, str], canaries: Iterable[str]) -> set[tuple[str, str]]:
    """Return (name, canary) of everything that turned up, also in an address or a form."""
    return {
        (naam, canary)
        for naam, text in found.items()
        for canary in canaries
        for form in (canary, urllib.parse.quote(canary), canary.replace(" ", "+"))
        if form in text
    }
