"""Make the document: Composition first, then everything that it points at (R4, 3.3.1)."""

import base64
import hashlib
from dataclasses import dataclass
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from verslag import gebit
from verslag.fhir import bronnen
from verslag.fhir.codes import LOINC, OVERZICHT, SECTIES, SOORTEN, TERM
from verslag.fhir.verhaal import narrative

MAX_INGESLOTEN = 20_000_000
"""Bytes of images that travel inside; what no longer fits is named with its size and hash."""


@dataclass(frozen=True, slots=True)
class Beeld:
    """An attachment of the signed version, as it was signed. `naam` names no patient."""

    naam: str
    omschrijving: str
    mimetype: str
    inhoud: bytes
    # In words: what is to be seen on it.
    soort: str = ""


def bundle_id(verslag: str, versie: int) -> str:
    """Return the identity of the document of one version; the same whenever it is made."""
    return str(uuid5(UUID(verslag), f"fhir-document|{versie}"))


def document(inhoud: dict[str, Any], *, pdf: bytes, beelden: list[Beeld]) -> dict[str, Any]:
    """Return the R4 document of a signed version (momentopname.sign), with letter and images.

    Every id follows from the report and its version, every moment from the signature: making it
    again gives the same document.
    """
    eigen = UUID(bundle_id(inhoud["verslag"], inhoud["versie"]))
    urls = _Adressen(eigen)
    rows = bronnen.resources(inhoud, urls)
    files = _files(inhoud, pdf, beelden, urls)
    composition = _composition(inhoud, rows, files, urls)
    entries = [("Composition", composition), *rows, *files]
    return {
        "resourceType": "Bundle",
        "id": str(eigen),
        "meta": {"lastUpdated": inhoud["getekend_op"]},
        "language": "nl-NL",
        "identifier": {"system": "urn:ietf:rfc:3986", "value": f"urn:uuid:{eigen}"},
        "type": "document",
        "timestamp": inhoud["getekend_op"],
        "entry": [
            {"fullUrl": urls(name), "resource": {**body, "id": urls.id(name)}}
            for name, body in entries
        ],
    }


class _Adressen:
    """The addresses inside one document: urn:uuid of a name, so that nothing points outside."""

    def __init__(self, eigen: UUID) -> None:
        self._eigen = eigen

    def id(self, naam: str) -> str:
        return str(uuid5(NAMESPACE_URL, f"{self._eigen}|{naam}"))

    def __call__(self, naam: str) -> str:
        return f"urn:uuid:{self.id(naam)}"

    def ref(self, naam: str, display: str = "") -> dict[str, str]:
        return {"reference": self(naam)} | ({"display": display} if display else {})


def _composition(inhoud: dict, rows: list, files: list, urls: _Adressen) -> dict:
    names = [name for name, _body in rows]
    versie = inhoud["versie"]
    relates = {}
    if versie > 1:
        previous = bundle_id(inhoud["verslag"], versie - 1)
        identifier = {"system": "urn:ietf:rfc:3986", "value": f"urn:uuid:{previous}"}
        relates = {"relatesTo": [{"code": "replaces", "targetIdentifier": identifier}]}
    return {
        "resourceType": "Composition",
        "identifier": {
            "system": "urn:ietf:rfc:3986",
            "value": f"urn:uuid:{UUID(inhoud['verslag'])}",
        },
        "status": "final" if versie == 1 else "amended",
        "type": {
            "coding": [{"system": LOINC, "code": OVERZICHT, "display": "Summary of episode note"}],
            "text": "Verslag spoedbehandeling",
        },
        "subject": urls.ref("Patient"),
        "encounter": urls.ref("Encounter"),
        "date": inhoud["getekend_op"],
        "author": [urls.ref("Practitioner", inhoud["tandarts"]["naam"])],
        "title": "Verslag spoedbehandeling"
        + (f", verbeterde versie {versie}" if versie > 1 else ""),
        "confidentiality": "R",
        "attester": [
            {
                "mode": "professional",
                "time": inhoud["getekend_op"],
                "party": urls.ref("Practitioner"),
            }
        ],
        "custodian": urls.ref("Kring", inhoud["kring"]["naam"]),
        **relates,
        "section": _sections(inhoud, names, [name for name, _body in files], urls),
    }


def _sections(inhoud: dict, names: list[str], files: list[str], urls: _Adressen) -> list[dict]:
    def of(prefix: str) -> list[dict]:
        return [urls.ref(name) for name in names if name.startswith(prefix)]

    rows = [
        ("spoedklacht", "Spoedklacht", inhoud["spoedklacht"], of("Encounter")),
        ("bevindingen", "Bevindingen", inhoud["bevindingen"], []),
        ("gebit", "Gebit", _teeth(inhoud), of("Bevinding")),
        ("diagnose", "Diagnose", inhoud["diagnose"], of("Condition")),
        ("behandeling", "Behandeling en advies", inhoud["behandeling"], of("Procedure")),
        ("verwijzing", "Verwijzing", _referral(inhoud), []),
        ("vervolg", "Vervolg", _follow_up(inhoud), []),
        ("uitstel", "Niet of later behandeld", inhoud.get("uitstel_grond", ""), []),
        ("neven", "Andere dringende bevinding", inhoud.get("nevenbevinding", ""), []),
        ("overig", "Overige gegevens", _other(inhoud), []),
        ("tarieven", "Tariefcodes", _tariffs(inhoud), of("Tarief")),
        ("bestanden", "Brief en bijlagen", _listing(inhoud), [urls.ref(name) for name in files]),
    ]
    return [
        {
            "title": title,
            **_code(key),
            "text": narrative(text or title),
            **({"entry": entries} if entries else {}),
        }
        for key, title, text, entries in rows
        if text.strip() or entries
    ]


def _code(key: str) -> dict:
    if key not in SECTIES:
        return {}
    return {"code": {"coding": [{"system": LOINC, "code": SECTIES[key]}]}}


def _referral(inhoud: dict) -> str:
    if not inhoud["verwijzing"]:
        return ""
    return f"Naar {inhoud['verwijzing_tekst']}. Reden: {inhoud['verwijzing_reden']}"


def _follow_up(inhoud: dict) -> str:
    if not inhoud["vervolg"]:
        return ""
    return f"{inhoud['vervolg']}\nTermijn: {inhoud['vervolg_termijn']}"


def _other(inhoud: dict) -> str:
    advice = "De patiënt kreeg het dringende advies om een eigen tandarts te zoeken."
    lines = [advice if inhoud["advies_eigen_tandarts"] else "", inhoud["overig"]]
    if inhoud.get("reden"):
        lines.append(f"Reden van de verbetering: {inhoud['reden']}")
    lines += [
        f"Verklaring van de patiënt, {row['gegeven_op']}: {row['tekst']}"
        for row in inhoud.get("verklaringen", [])
    ]
    return "\n".join(line for line in lines if line)


def _teeth(inhoud: dict) -> str:
    return "\n".join(gebit.in_words(row) for row in inhoud.get("gebit", []))


def _tariffs(inhoud: dict) -> str:
    rows = [f"{row['code']} {row['omschrijving']}".strip() for row in inhoud.get("tarieven", [])]
    return "\n".join(rows) or inhoud["tariefcodes"]


def _listing(inhoud: dict) -> str:
    rows = [
        f"{row['nummer']}. {_shows(row)}, sha256 {row['sha256']}"
        for row in inhoud.get("bijlagen", [])
    ]
    return "\n".join(["De brief als pdf.", *rows])


def _shows(row: dict) -> str:
    kind = f"{SOORTEN[row['soort']]}: " if row.get("soort") else ""
    return kind + (row["omschrijving"] or row["mimetype"])


def _files(
    inhoud: dict, pdf: bytes, beelden: list[Beeld], urls: _Adressen
) -> list[tuple[str, dict]]:
    letter = Beeld("verslag.pdf", "Verslag spoedbehandeling", "application/pdf", pdf)
    rows, room = [("DocumentReference", _file(inhoud, letter, True, urls))], MAX_INGESLOTEN
    for number, beeld in enumerate(beelden, start=1):
        room -= len(beeld.inhoud)
        rows.append((f"DocumentReference{number}", _file(inhoud, beeld, room >= 0, urls)))
    return rows


def _file(inhoud: dict, beeld: Beeld, is_inside: bool, urls: _Adressen) -> dict:
    attachment = {
        "contentType": beeld.mimetype,
        "language": "nl-NL",
        "size": len(beeld.inhoud),
        # R4 asks for SHA-1 here, as a check on transport; what is signed is the SHA-256.
        "hash": _base64(hashlib.sha1(beeld.inhoud, usedforsecurity=False).digest()),
        "title": beeld.omschrijving or beeld.naam,
        "creation": inhoud["getekend_op"],
    }
    if is_inside:
        attachment["data"] = _base64(beeld.inhoud)
    return {
        "resourceType": "DocumentReference",
        "status": "current",
        "docStatus": "final" if inhoud["versie"] == 1 else "amended",
        "type": {"text": beeld.soort or beeld.omschrijving or beeld.naam},
        **({"description": beeld.omschrijving} if beeld.soort and beeld.omschrijving else {}),
        "subject": urls.ref("Patient"),
        "date": inhoud["getekend_op"],
        "author": [urls.ref("Practitioner")],
        "custodian": urls.ref("Kring"),
        "securityLabel": [{"coding": [{"system": f"{TERM}v3-Confidentiality", "code": "R"}]}],
        "content": [{"attachment": attachment}],
        "context": {"encounter": [urls.ref("Encounter")]},
    }


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()
