"""The resources that the Composition points at: who, when, what was found and done."""

from typing import Any, Protocol

from verslag import gebit
from verslag.fhir.codes import BIG, BSN, FDI, TERM
from verslag.fhir.verhaal import clean


class Adressen(Protocol):
    """The addresses inside one document."""

    def __call__(self, naam: str) -> str: ...
    def ref(self, naam: str, display: str = "") -> dict[str, str]: ...


def resources(inhoud: dict[str, Any], urls: Adressen) -> list[tuple[str, dict]]:
    """Return (name in the document, resource), every one of them reachable from the Composition."""
    rows = [
        ("Patient", _patient(inhoud, urls)),
        ("Practitioner", _practitioner(inhoud["tandarts"])),
        ("Kring", _organization(inhoud["kring"]["naam"], inhoud["kring"]["plaats"])),
        ("Praktijk", _organization(inhoud["tandarts"]["praktijk"], inhoud["tandarts"]["plaats"])),
        ("Encounter", _encounter(inhoud, urls)),
        ("Condition", _condition(inhoud, urls, inhoud["diagnose"], "encounter-diagnosis")),
        ("Procedure", _procedure(inhoud, urls, inhoud["behandeling"])),
        *_teeth(inhoud, urls),
        *_tariffs(inhoud, urls),
    ]
    if inhoud["eigen_tandarts"]:
        rows.append(("EigenTandarts", _own_dentist(inhoud["eigen_tandarts"])))
    return rows


def _filled(body: dict) -> dict:
    """FHIR has no empty values: what is not known is not there."""
    return {key: value for key, value in body.items() if value not in (None, "", [], {})}


def _patient(inhoud: dict, urls: Adressen) -> dict:
    patient = inhoud["patient"]
    address = _filled(
        {
            "line": [clean(patient["adres"])] if patient["adres"] else [],
            "city": clean(patient["woonplaats"]),
            "postalCode": patient["postcode"],
        }
    )
    eigen = inhoud["eigen_tandarts"]
    return _filled(
        {
            "resourceType": "Patient",
            "identifier": [{"system": BSN, "value": patient["bsn"]}] if patient["bsn"] else [],
            "name": [{"use": "official", "text": clean(patient["naam"])}],
            "telecom": [{"system": "phone", "value": patient["telefoon"]}]
            if patient["telefoon"]
            else [],
            "birthDate": patient["geboortedatum"],
            "address": [{"use": "home", **address}] if address else [],
            "generalPractitioner": [urls.ref("EigenTandarts", eigen["naam"])] if eigen else [],
        }
    )


def _practitioner(tandarts: dict) -> dict:
    return _filled(
        {
            "resourceType": "Practitioner",
            "identifier": [{"system": BIG, "value": tandarts["big_nummer"]}],
            "name": [{"use": "official", "text": clean(tandarts["naam"])}],
            "telecom": [{"system": "phone", "value": tandarts["telefoon"]}]
            if tandarts["telefoon"]
            else [],
            "qualification": [{"code": {"text": "tandarts"}}],
        }
    )


def _own_dentist(eigen: dict) -> dict:
    place = ", ".join(part for part in (eigen["praktijk"], eigen["plaats"]) if part)
    return _filled(
        {
            "resourceType": "Practitioner",
            "name": [{"text": clean(eigen["naam"])}],
            "address": [{"use": "work", "text": clean(place)}] if place else [],
        }
    )


def _organization(naam: str, plaats: str) -> dict:
    return _filled(
        {
            "resourceType": "Organization",
            "name": clean(naam),
            "address": [{"city": clean(plaats)}] if plaats else [],
        }
    )


def _encounter(inhoud: dict, urls: Adressen) -> dict:
    code, display = ("EMER", "emergency") if inhoud["gezien"] else ("VR", "virtual")
    return {
        "resourceType": "Encounter",
        "identifier": [
            {
                "value": str(inhoud["oproep"]["nummer"]),
                "assigner": urls.ref("Kring", inhoud["kring"]["naam"]),
            }
        ],
        "status": "finished",
        "class": {"system": f"{TERM}v3-ActCode", "code": code, "display": display},
        "subject": urls.ref("Patient"),
        "participant": [{"individual": urls.ref("Practitioner")}],
        "period": {"start": inhoud["oproep"]["moment"]},
        "reasonCode": [{"text": clean(inhoud["spoedklacht"])}],
        "serviceProvider": urls.ref("Praktijk", inhoud["tandarts"]["praktijk"]),
    }


def _condition(inhoud: dict, urls: Adressen, text: str, soort: str) -> dict:
    def of(system: str, code: str) -> dict:
        return {"coding": [{"system": f"{TERM}{system}", "code": code}]}

    return {
        "resourceType": "Condition",
        "clinicalStatus": of("condition-clinical", "active"),
        "verificationStatus": of("condition-ver-status", "confirmed"),
        "category": [of("condition-category", soort)],
        "code": {"text": clean(text)},
        "subject": urls.ref("Patient"),
        "encounter": urls.ref("Encounter"),
        "recordedDate": inhoud["getekend_op"],
        "recorder": urls.ref("Practitioner"),
    }


def _procedure(inhoud: dict, urls: Adressen, text: str) -> dict:
    return {
        "resourceType": "Procedure",
        "status": "completed",
        "code": {"text": clean(text)},
        "subject": urls.ref("Patient"),
        "encounter": urls.ref("Encounter"),
        # The day is what the report knows of it; the moment of signing is hours later.
        "performedDateTime": (inhoud["afspraak"] or inhoud["oproep"]["moment"])[:10],
        "performer": [{"actor": urls.ref("Practitioner")}],
    }


def _teeth(inhoud: dict, urls: Adressen) -> list[tuple[str, dict]]:
    """One finding and one treatment per element of the tooth chart (report of format 2)."""
    rows = []
    for row in inhoud.get("gebit", []):
        site = {"bodySite": [_tooth(row)]}
        if row["bevinding"]:
            text = f"{gebit.BEVINDINGEN.get(row['bevinding'], row['bevinding'])} {row['element']}"
            body = _condition(inhoud, urls, text, "encounter-diagnosis") | site
            rows.append((f"Bevinding-{row['element']}", body))
        if row["behandeling"]:
            done = gebit.BEHANDELINGEN.get(row["behandeling"], row["behandeling"])
            text = f"{done} {row['element']}"
            body = _procedure(inhoud, urls, text) | site
            rows.append((f"Procedure-{row['element']}", body))
    return rows


def _tooth(row: dict) -> dict:
    text = f"element {row['element']}" + (f" {row['vlakken']}" if row["vlakken"] else "")
    return {"coding": [{"system": FDI, "code": row["element"]}], "text": text}


def _tariffs(inhoud: dict, urls: Adressen) -> list[tuple[str, dict]]:
    rows = []
    for number, row in enumerate(inhoud.get("tarieven", []), start=1):
        coding = _filled({"code": row["code"], "display": clean(row["omschrijving"])})
        body = _procedure(inhoud, urls, row["omschrijving"] or row["code"])
        body["code"]["coding"] = [coding]
        body["category"] = {"text": "in rekening gebrachte prestatie"}
        if row["element"]:
            body["bodySite"] = [_tooth({"element": row["element"], "vlakken": ""})]
        rows.append((f"Tarief-{number}", body))
    return rows
