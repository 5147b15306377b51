"""The text of a version as it is adopted, and its hash (RG-11). Pure."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

FORMAAT = 1


def merge(
    oud: Mapping[str, Any], voorstel: Mapping[str, Any], nu: Mapping[str, Any]
) -> dict[str, Any]:
    """Return `nu` with the changes that `voorstel` makes to `oud`.

    A proposal is a set of changes; when another version came in between, they are made to that.
    """
    merged = dict(nu)
    for key in {*oud, *voorstel}:
        if oud.get(key) == voorstel.get(key):
            continue
        if key in voorstel:
            merged[key] = voorstel[key]
        else:
            merged.pop(key, None)
    return merged


def head_of(
    waarden: Mapping[str, Any],
    *,
    partijen: Sequence[tuple[str, str]],
    besloten_op: date,
    geldig_vanaf: date,
) -> dict[str, Any]:
    """Return what register and decision fill in: parties and days (RG-2, the close of the text)."""
    return {
        "naam": waarden.get("0.naam", ""),
        "gebied": waarden.get("0.gebied", ""),
        "plaats": waarden.get("slot.plaats", ""),
        "partijen": [list(partij) for partij in partijen],
        "besloten_op": besloten_op.isoformat(),
        "geldig_vanaf": geldig_vanaf.isoformat(),
    }


def fingerprint(
    *,
    nummer: int,
    variabelen: Mapping[str, Any],
    lezing: Mapping[str, Any],
    inhoud: Mapping[str, Any],
    vorige: str,
) -> str:
    """Return the hash of a version; `vorige` is that of the one before, "" for the first."""
    record = {
        "formaat": FORMAAT,
        "nummer": nummer,
        "variabelen": variabelen,
        "lezing": lezing,
        "inhoud": inhoud,
        "vorige": vorige,
    }
    text = json.dumps(record, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def plain_text(inhoud: Mapping[str, Any], nummer: int) -> str:
    """Return an adopted version as text: for a mail, and for whoever serves for a practice."""
    kop = inhoud["aanhef"]
    lines = [
        f"Reglement van {kop['naam']}, versie {nummer}",
        f"Verzorgingsgebied {kop['gebied']}. Geldt vanaf {_day(kop['geldig_vanaf'])}.",
        "",
        "Deelnemers:",
        *(f"- {praktijk}{f' ({naam})' if naam else ''}" for praktijk, naam in kop["partijen"]),
    ]
    for artikel in inhoud["artikelen"]:
        lines += ["", f"Artikel {artikel['nummer']}. {artikel['titel']}"]
        lines += [f"{lid['nummer']} {lid['tekst']}".strip() for lid in artikel["leden"]]
    lines += ["", f"Vastgesteld te {kop['plaats']} op {_day(kop['besloten_op'])}.", ""]
    return "\n".join(lines)


def _day(iso: str) -> str:
    return "{2}-{1}-{0}".format(*iso.split("-"))
