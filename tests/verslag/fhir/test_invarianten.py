"""Every kind of fault is caught: the fourteen of the requirement, and those of our own document."""

import copy
from collections.abc import Callable
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.verslag.fhir.test_document import made
from verslag.fhir.invarianten import check


@cache
def _good() -> dict:
    return made()


def good() -> dict:
    return copy.deepcopy(_good())


def part(bundle: dict, soort: str) -> dict:
    rows = (entry["resource"] for entry in bundle["entry"])
    return next(row for row in rows if row["resourceType"] == soort)


def _set(soort: str, *path, value) -> Callable[[dict], None]:
    def change(bundle: dict) -> None:
        node = bundle if soort == "Bundle" else part(bundle, soort)
        for step in path[:-1]:
            node = node[step]
        node[path[-1]] = value

    return change


def _without(soort: str, key: str) -> Callable[[dict], None]:
    return lambda bundle: (bundle if soort == "Bundle" else part(bundle, soort)).pop(key)


def _twice(bundle: dict) -> None:
    bundle["entry"][2]["fullUrl"] = bundle["entry"][1]["fullUrl"]


def _not_first(bundle: dict) -> None:
    bundle["entry"].reverse()


def _adrift(bundle: dict) -> None:
    extra = copy.deepcopy(bundle["entry"][3])
    extra["fullUrl"] = "urn:uuid:00000000-0000-0000-0000-000000000000"
    bundle["entry"].append(extra)


def _narrative(div: str) -> Callable[[dict], None]:
    return _set("Composition", "section", 0, "text", "div", value=div)


XHTML = 'xmlns="http://www.w3.org/1999/xhtml"'
VEERTIEN = {
    # What the models catch.
    "missing element": ("model", _without("Composition", "title")),
    "unknown element": ("model", _set("Patient", "bloedgroep", value="A")),
    "bad date": ("model", _set("Patient", "birthDate", value="17-05-1984")),
    "wrong type": ("model", _set("Patient", "name", value="Wilhelmina")),
    "list for one value": ("model", _set("Condition", "code", value=[{"text": "Pulpitis"}])),
    # What they leave out.
    "Composition.status": ("code", _set("Composition", "status", value="getekend")),
    "Bundle.type": ("code", _set("Bundle", "type", value="brief")),
    "gender": ("code", _set("Patient", "gender", value="vrouw")),
    "bdl-7": ("bdl-7", _twice),
    "bdl-9": ("bdl-9", _without("Bundle", "identifier")),
    "bdl-10": ("bdl-10", _without("Bundle", "timestamp")),
    "bdl-11": ("bdl-11", _not_first),
    "dangling reference": (
        "verwijzing",
        _set("Condition", "subject", value={"reference": "Patient/1"}),
    ),
    "script in a narrative": (
        "verhaal",
        _narrative(f"<div {XHTML}>Pijn<script>alert(1)</script></div>"),
    ),
}
EIGEN = {
    "BSN": ("bsn", _set("Patient", "identifier", 0, "value", value="111222334")),
    "Encounter.status": ("code", _set("Encounter", "status", value="klaar")),
    "clinicalStatus": (
        "code",
        _set("Condition", "clinicalStatus", "coding", 0, "code", value="pijnlijk"),
    ),
    "attester.mode": ("code", _set("Composition", "attester", 0, "mode", value="tandarts")),
    "bdl-8": ("bdl-8", lambda b: b["entry"][1].update(fullUrl="urn:uuid:1/_history/2")),
    "a part adrift": ("los", _adrift),
    "no document": ("document", _set("Bundle", "type", value="collection")),
    "an identifier without system": ("bdl-9", _set("Bundle", "identifier", value={"value": "1"})),
    "an empty entry": ("volledig", lambda bundle: bundle["entry"].append({})),
    "handler in a narrative": ("verhaal", _narrative(f'<div {XHTML} onclick="x()">Pijn</div>')),
    "image in a narrative": ("verhaal", _narrative(f'<div {XHTML}>x<img src="http://a/b"/></div>')),
    "empty narrative": ("verhaal", _narrative(f"<div {XHTML}> </div>")),
    "narrative of another language": ("verhaal", _narrative("<div>Pijn</div>")),
    "entity bomb": (
        "verhaal",
        _narrative(f'<!DOCTYPE d [<!ENTITY a "b">]><div {XHTML}>&a;</div>'),
    ),
    "changed letter": (
        "bestand",
        _set("DocumentReference", "content", 0, "attachment", "data", value="AAAA"),
    ),
    "no letter": (
        "brief",
        _set("DocumentReference", "content", 0, "attachment", "contentType", value="image/png"),
    ),
}


@pytest.mark.parametrize(("kind", "change"), VEERTIEN.values(), ids=VEERTIEN.keys())
def test_each_of_the_fourteen_kinds_is_caught(kind, change):
    bundle = good()
    change(bundle)
    assert kind in {fault.soort for fault in check(bundle)}


@pytest.mark.parametrize(("kind", "change"), EIGEN.values(), ids=EIGEN.keys())
def test_each_fault_of_our_own_document_is_caught(kind, change):
    bundle = good()
    change(bundle)
    assert kind in {fault.soort for fault in check(bundle)}


def test_there_are_fourteen():
    assert len(VEERTIEN) == 14


def test_a_fault_names_no_value_of_the_patient():
    bundle = good()
    patient = part(bundle, "Patient")
    patient["birthDate"] = "Kanariedatum"
    patient["Kanariesleutel"] = "Kanariewaarde"
    said = " ".join(str(fault) for fault in check(bundle))
    assert "model" in said
    assert "Kanariedatum" not in said
    assert "Kanariewaarde" not in said


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)


def _spots(node, path=()) -> list[tuple]:
    rows = [path] if path else []
    items = node.items() if isinstance(node, dict) else enumerate(node)
    for key, value in items:
        rows += _spots(value, (*path, key)) if isinstance(value, dict | list) else [(*path, key)]
    return rows


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data(), value=_JSON)
def test_whatever_stands_where_it_is_a_list_of_faults(data, value):
    """A broken document is judged, never a crash."""
    bundle = good()
    *path, last = data.draw(st.sampled_from(_spots(bundle)))
    node = bundle
    for step in path:
        node = node[step]
    node[last] = value
    assert isinstance(check(bundle), list)


@pytest.mark.parametrize("broken", [{}, [], None, {"entry": {}}, {"entry": [1]}, {"entry": [{}]}])
def test_something_else_is_a_fault_too(broken):
    assert check(broken)
