"""A patient of a test alone: whom a dentist of the demo saw, with an own dentist elsewhere.

The house is shared, and what the demo itself has to offer depends on the hour.
"""

import json
import uuid
from dataclasses import asdict, dataclass, replace

TANDARTS = "Anouk Crèvecœur"
SLUG = "vechtstreek"
KRING = f"/k/{SLUG}"


@dataclass(frozen=True)
class Proefpatient:
    """`email` and `mobiel` are of the own dentist, who has no other patient; `oproep` is an id."""

    naam: str
    eigen_naam: str
    email: str
    mobiel: str
    oproep: str = ""


def seen(huis, number: int, *, getekend: int = 0) -> list[Proefpatient]:
    """Let the dentist have seen so many new patients; the last `getekend` have a signed report."""
    made = [_new() for _ in range(number)]
    rows = json.dumps([asdict(patient) for patient in made])
    calls = huis.shell(
        "from tests.browser.opzet import make; "
        f"print(*make({SLUG!r}, {TANDARTS!r}, {rows!r}, getekend={getekend}))"
    ).split()
    return [replace(patient, oproep=pk) for patient, pk in zip(made, calls, strict=True)]


def _new() -> Proefpatient:
    mark = uuid.uuid4()
    return Proefpatient(
        naam=f"Proefje van {mark.hex[:8]}",
        eigen_naam=f"Eigen van {mark.hex[:8]}",
        email=f"eigen-{mark.hex}@elders.example",
        mobiel=f"+316{mark.int % 10**8:08d}",
    )


def open_report(page, huis, patient: Proefpatient) -> str:
    """Open the report of this patient from the dentist's own list; return its address."""
    page.goto(f"{huis.adres}{KRING}/mijn/")
    page.locator(f"form[action*='{patient.oproep}'][action$='/verslag/'] button").click()
    page.wait_for_url("**/bewerken/")
    return page.url
