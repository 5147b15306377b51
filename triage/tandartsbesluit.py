"""What a decision of the dentist asks for, and how it differs from the advice (§2.1, T-16).

Pure: plain values in, a word or a truth out. Only the dentist may do less than the triage asked;
the difference is kept, so that the kring can learn from it (U14).
"""

from collections.abc import Collection
from datetime import datetime

from triage.protocol.afronden import NIET_GEZIEN

ALS_IN_PROTOCOL = {"instructie": "telefonische_instructie"}
"""Our decisions as the protocol names them, where the word differs."""

JONG_KIND_FORSE_PIJN = "R-23"


def needs_grounds(regels: Collection[str], besluit: str) -> bool:
    """Whether weighty grounds must be noted: a young child in severe pain is not seen (§2.2.3)."""
    return JONG_KIND_FORSE_PIJN in regels and ALS_IN_PROTOCOL.get(besluit, besluit) in NIET_GEZIEN


def is_later(afspraak_om: datetime | None, zien_voor: datetime | None) -> bool:
    """Whether the appointment lies beyond the term of the guideline."""
    return afspraak_om is not None and zien_voor is not None and afspraak_om > zien_voor


def compare(
    moet_gezien: str, zien_voor: datetime | None, besluit: str, afspraak_om: datetime | None
) -> str:
    """Return gelijk, lager or hoger: what the dentist does beside what the triage asked.

    `moet_gezien` is ja | tandarts_bepaalt | vooralsnog_niet. First aid and a referral are places
    where the patient is seen as well.
    """
    is_seen = besluit in ("zien", "eerstehulp", "verwijzing")
    if moet_gezien == "ja":
        return "lager" if not is_seen or is_later(afspraak_om, zien_voor) else "gelijk"
    if moet_gezien == "tandarts_bepaalt":
        return "lager" if is_later(afspraak_om, zien_voor) else "gelijk"
    return "hoger" if is_seen else "gelijk"
