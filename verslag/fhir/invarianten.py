"""What is wrong with a document: the R4B models, and the checks that they leave out.

fhir.resources sees a missing or unknown element, a wrong type, a bad date and a list where there
is one value. It does not see codes of a required binding, the invariants of a Bundle, references
that lead nowhere, or what stands in a narrative: measured in docs/besluiten/0034.
"""

import base64
import binascii
import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException
from stdnum.nl import bsn as stdnum_bsn

from verslag.fhir.codes import BSN, VERPLICHT
from verslag.fhir.verhaal import XHTML

MEESTE = 20
"""Complaints of the models that are passed on; one wrong element can give dozens."""

# Of the XHTML that R4 allows in a narrative (2.4.0): what our letters need, and nothing that acts.
_TAGS = {
    *("div", "p", "br", "b", "i", "strong", "em", "span", "ul", "ol", "li", "dl", "dt", "dd"),
    *("table", "thead", "tbody", "tr", "th", "td", "h1", "h2", "h3", "h4", "h5", "h6", "pre"),
}
_ATTRIBUTES = {"lang", "{http://www.w3.org/XML/1998/namespace}lang", "colspan", "rowspan", "class"}


@dataclass(frozen=True, slots=True)
class Fout:
    """One fault: a stable kind, where it stands, a sentence. Never holds a value of the patient."""

    soort: str
    plaats: str
    zin: str


def check(bundle: dict[str, Any]) -> list[Fout]:
    """Return every fault of a document; an empty list means that it may leave."""
    faults = list(_of_models(bundle))
    if not _is_shaped(bundle):
        return faults or [Fout("vorm", "Bundle", "Dit is geen Bundle met een lijst van delen.")]
    resources = _resources(bundle)
    return [
        *faults,
        *_of_bundle(bundle),
        *_of_codes(bundle, resources),
        *_of_references(bundle, resources),
        *_of_narratives(resources),
        *_of_bsn(resources),
        *_of_attachments(resources),
    ]


def _is_shaped(bundle: Any) -> bool:
    """Whether the other checks can walk through it; what they meet deeper, they take as it is."""
    entries = bundle.get("entry", []) if isinstance(bundle, dict) else None
    return isinstance(entries, list) and all(
        isinstance(entry, dict) and isinstance(entry.get("resource", {}), dict) for entry in entries
    )


def _resources(bundle: dict) -> list[tuple[str, dict]]:
    return [
        (f"entry[{number}].{entry['resource'].get('resourceType', '?')}", entry["resource"])
        for number, entry in enumerate(bundle.get("entry", []))
        if "resource" in entry
    ]


def _of_models(bundle: Any) -> Iterator[Fout]:
    # Imported here: the models take a third of a second, and most processes make no document.
    from fhir.resources.R4B.bundle import Bundle
    from pydantic import ValidationError

    try:
        Bundle.model_validate(bundle)
    except ValidationError as error:
        # Without the value: `error` itself repeats what was typed.
        for row in error.errors(include_url=False, include_context=False, include_input=False)[
            :MEESTE
        ]:
            place = ".".join(str(part) for part in row["loc"])
            yield Fout("model", place, f"Voldoet niet aan het model van R4 ({row['type']}).")
    except (TypeError, ValueError, LookupError, AttributeError):
        yield Fout("model", "Bundle", "Voldoet niet aan het model van R4.")


def _of_bundle(bundle: dict) -> Iterator[Fout]:
    entries = bundle.get("entry", [])
    seen = Counter(
        (str(entry["fullUrl"]), _version_of(entry)) for entry in entries if "fullUrl" in entry
    )
    if any(count > 1 for count in seen.values()):
        yield Fout("bdl-7", "entry.fullUrl", "Een adres staat er twee keer in.")
    if any("/_history/" in str(entry.get("fullUrl", "")) for entry in entries):
        yield Fout("bdl-8", "entry.fullUrl", "Een adres noemt een versie.")
    if any("fullUrl" not in entry or "resource" not in entry for entry in entries):
        yield Fout("volledig", "entry", "Een deel mist zijn adres of inhoud.")
    if bundle.get("type") != "document":
        yield Fout("document", "type", "De Bundle is geen document.")
    identifier = bundle.get("identifier")
    if not (isinstance(identifier, dict) and identifier.get("system") and identifier.get("value")):
        yield Fout("bdl-9", "identifier", "Een document heeft een kenmerk met systeem en waarde.")
    if not bundle.get("timestamp"):
        yield Fout("bdl-10", "timestamp", "Een document heeft een moment.")
    first = entries[0].get("resource", {}) if entries else {}
    if first.get("resourceType") != "Composition":
        yield Fout("bdl-11", "entry[0]", "Een document begint met een Composition.")


def _version_of(entry: dict) -> str:
    meta = entry.get("resource", {}).get("meta")
    return str(meta.get("versionId", "")) if isinstance(meta, dict) else ""


def _of_codes(bundle: dict, resources: list[tuple[str, dict]]) -> Iterator[Fout]:
    for place, resource in [("Bundle", bundle), *resources]:
        soort = resource.get("resourceType")
        for (type_, path), codes in VERPLICHT.items():
            if type_ in (soort, "*"):
                for value in _values(resource, path.split(".")):
                    if value not in codes:
                        yield Fout("code", f"{place}.{path}", "Deze code bestaat niet in R4.")


def _values(node: Any, path: list[str]) -> Iterator[Any]:
    """Yield what stands at the end of a path; through lists, past what is not there."""
    if isinstance(node, list):
        for item in node:
            yield from _values(item, path)
    elif not path:
        yield node if isinstance(node, str) else None
    elif isinstance(node, dict) and path[0] in node:
        yield from _values(node[path[0]], path[1:])


def _of_references(bundle: dict, resources: list[tuple[str, dict]]) -> Iterator[Fout]:
    """Every reference leads to a part, and every part is reached from the Composition."""
    entries = [entry for entry in bundle.get("entry", []) if "resource" in entry]
    parts = {str(entry.get("fullUrl")): entry["resource"] for entry in entries}
    for place, resource in resources:
        for target in _references(resource):
            if target not in parts and not _is_contained(resource, target):
                yield Fout("verwijzing", place, "Een verwijzing leidt nergens heen.")
    reached, todo = set(), [str(entries[0].get("fullUrl"))] if entries else []
    while todo:
        url = todo.pop()
        if url not in reached and url in parts:
            reached.add(url)
            todo += _references(parts[url])
    if set(parts) - reached:
        yield Fout("los", "entry", "Een deel hangt nergens aan.")


def _references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(node.get("reference"), str):
            yield node["reference"]
        for value in node.values():
            yield from _references(value)
    elif isinstance(node, list):
        for item in node:
            yield from _references(item)


def _is_contained(resource: dict, target: str) -> bool:
    contained = resource.get("contained")
    rows = contained if isinstance(contained, list) else []
    return target.startswith("#") and any(
        isinstance(row, dict) and row.get("id") == target[1:] for row in rows
    )


def _of_narratives(resources: list[tuple[str, dict]]) -> Iterator[Fout]:
    for place, resource in resources:
        for div in _divs(resource):
            if not _is_harmless(div):
                yield Fout(
                    "verhaal",
                    f"{place}.text",
                    "In een verhaal staat meer dan tekst (txt-1, txt-2).",
                )


def _divs(node: Any) -> Iterator[Any]:
    if isinstance(node, dict):
        if "div" in node:
            yield node["div"]
        for value in node.values():
            yield from _divs(value)
    elif isinstance(node, list):
        for item in node:
            yield from _divs(item)


def _is_harmless(div: Any) -> bool:
    """Whether it is one XHTML div with some text, of allowed tags and attributes only."""
    if not isinstance(div, str):
        return False
    try:
        root = ElementTree.fromstring(div, forbid_dtd=True)
    except (ElementTree.ParseError, DefusedXmlException, ValueError):
        return False
    if root.tag != f"{{{XHTML}}}div" or not "".join(root.itertext()).strip():
        return False
    return all(
        isinstance(element.tag, str)
        and element.tag.removeprefix(f"{{{XHTML}}}") in _TAGS
        and set(element.attrib) <= _ATTRIBUTES
        for element in root.iter()
    )


def _of_bsn(resources: list[tuple[str, dict]]) -> Iterator[Fout]:
    for place, resource in resources:
        rows = resource.get("identifier")
        for row in rows if isinstance(rows, list) else [rows]:
            if isinstance(row, dict) and row.get("system") == BSN:
                value = str(row.get("value", ""))
                if len(value) != 9 or not stdnum_bsn.is_valid(value):
                    yield Fout("bsn", f"{place}.identifier", "Dit BSN klopt niet (elfproef).")


def _of_attachments(resources: list[tuple[str, dict]]) -> Iterator[Fout]:
    """The letter is inside, and every file is as long and as whole as it says."""
    has_letter = False
    for place, resource in resources:
        if resource.get("resourceType") != "DocumentReference":
            continue
        for content in _values_of(resource, ["content", "attachment"]):
            data = content.get("data")
            if data is None:
                continue
            has_letter |= content.get("contentType") == "application/pdf"
            if not _is_whole(content, data):
                yield Fout(
                    "bestand", f"{place}.content", "Lengte of hash van een bestand klopt niet."
                )
    if not has_letter:
        yield Fout("brief", "DocumentReference", "De brief als pdf zit er niet in.")


def _is_whole(content: dict, data: Any) -> bool:
    try:
        raw = base64.b64decode(data, validate=True)
    except (binascii.Error, TypeError, ValueError):
        return False
    digest = hashlib.sha1(raw, usedforsecurity=False).digest()
    return content.get("size") == len(raw) and content.get("hash") == base64.b64encode(
        digest
    ).decode("ascii")


def _values_of(node: Any, path: list[str]) -> Iterator[dict]:
    if isinstance(node, list):
        for item in node:
            yield from _values_of(item, path)
    elif not path:
        if isinstance(node, dict):
            yield node
    elif isinstance(node, dict):
        yield from _values_of(node.get(path[0]), path[1:])
