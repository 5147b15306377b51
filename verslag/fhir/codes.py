"""Systems and required codes of FHIR R4 (4.0.1) that our document uses, and no others."""

BSN = "http://fhir.nl/fhir/NamingSystem/bsn"
BIG = "http://fhir.nl/fhir/NamingSystem/big"
# Tooth numbers are those of the FDI: ISO 3950. For the tariff codes of the NZa no public address
# of the code system is known; such a code travels without one, which FHIR allows.
FDI = "urn:iso:std:iso:3950"
LOINC = "http://loinc.org"
TERM = "http://terminology.hl7.org/CodeSystem/"

OVERZICHT = "34133-9"
"""Summary of episode note: what the document is."""

SECTIES = {
    "spoedklacht": "10154-3",  # Chief complaint
    "bevindingen": "29545-1",  # Physical findings
    "diagnose": "29308-4",  # Diagnosis
    "behandeling": "29554-3",  # Procedure
    "verwijzing": "42349-1",  # Reason for referral
    "vervolg": "18776-5",  # Plan of care note
}

# What an attachment shows. As text: a code that names a photo or an X-ray of no body site in
# particular would say less than the Dutch word.
SOORTEN = {"rontgen": "Röntgenfoto", "lichtfoto": "Foto", "document": "Document"}

# (resource type, path) -> the codes of a required binding. What fhir.resources does not check.
VERPLICHT = {
    ("Bundle", "type"): {
        *("document", "message", "transaction", "transaction-response", "batch"),
        *("batch-response", "history", "searchset", "collection"),
    },
    ("Composition", "status"): {"preliminary", "final", "amended", "entered-in-error"},
    ("Composition", "confidentiality"): {"U", "L", "M", "N", "R", "V"},
    ("Composition", "attester.mode"): {"personal", "professional", "legal", "official"},
    ("Composition", "relatesTo.code"): {"replaces", "transforms", "signs", "appends"},
    ("Composition", "section.mode"): {"working", "snapshot", "changes"},
    ("Patient", "gender"): {"male", "female", "other", "unknown"},
    ("Practitioner", "gender"): {"male", "female", "other", "unknown"},
    ("Patient", "telecom.system"): {"phone", "fax", "email", "pager", "url", "sms", "other"},
    ("Patient", "address.use"): {"home", "work", "temp", "old", "billing"},
    ("Patient", "name.use"): {
        *("usual", "official", "temp", "nickname", "anonymous", "old", "maiden"),
    },
    ("Encounter", "status"): {
        *("planned", "arrived", "triaged", "in-progress", "onleave", "finished", "cancelled"),
        *("entered-in-error", "unknown"),
    },
    ("Condition", "clinicalStatus.coding.code"): {
        *("active", "recurrence", "relapse", "inactive", "remission", "resolved"),
    },
    ("Condition", "verificationStatus.coding.code"): {
        *("unconfirmed", "provisional", "differential", "confirmed", "refuted"),
        "entered-in-error",
    },
    ("Procedure", "status"): {
        *("preparation", "in-progress", "not-done", "on-hold", "stopped", "completed"),
        *("entered-in-error", "unknown"),
    },
    ("DocumentReference", "status"): {"current", "superseded", "entered-in-error"},
    ("DocumentReference", "docStatus"): {
        *("preliminary", "final", "amended", "entered-in-error"),
    },
    ("*", "text.status"): {"generated", "extensions", "additional", "empty"},
    ("*", "section.text.status"): {"generated", "extensions", "additional", "empty"},
}
