"""Make patients with an own dentist inside a running house; called through its shell."""

import json
import random

from kern.actor import Actor
from kern.tenancy import kring_context
from kern.tijd import db_now
from kring.models import Gebruiker, Kring, Tandarts
from tests import factories
from triage.models import Oproep
from verslag.actions import open_verslag, save_verslag, sign_verslag

VERSLAG = {
    "spoedklacht": "Hoek van de voortand na een val.",
    "bevindingen": "Element 11 incisaal afgebroken.",
    "diagnose": "Kroonfractuur 11.",
    "behandeling": "Composiet aangebracht.",
}


def make(slug: str, tandarts: str, rows: str, *, getekend: int) -> list[str]:
    """Make the calls of these patients (JSON, as `Proefpatient`), reports signed of the last."""
    kring = Kring.objects.get(slug=slug)
    with kring_context(kring.pk):
        behandelaar = Tandarts.objects.get(gebruiker__naam=tandarts)
        calls = [_call(kring, behandelaar, row) for row in json.loads(rows)]
        for oproep in calls[len(calls) - getekend :]:
            _sign(oproep)
    return [str(oproep.pk) for oproep in calls]


def _call(kring: Kring, behandelaar: Tandarts, row: dict[str, str]) -> Oproep:
    eigen = factories.EigenTandartsFactory(
        kring=kring, naam=row["eigen_naam"], email=row["email"], telefoon=row["mobiel"]
    )
    return factories.OproepFactory(
        kring=kring,
        nummer=random.randint(900_000, 2_000_000_000),
        behandelaar=behandelaar,
        gezien_op=db_now(),
        aangenomen_door=Gebruiker.objects.first(),
        patient=factories.PatientFactory(kring=kring, naam=row["naam"], eigen_tandarts=eigen),
    )


def _sign(oproep: Oproep) -> None:
    auteur = oproep.behandelaar
    by = Actor(auteur.naam, auteur.gebruiker_id, oproep.kring_id, doel="zorgverlening")
    verslag = open_verslag(oproep, by=by)
    verslag = save_verslag(verslag, gegevens=VERSLAG, versie=verslag.versie, by=by)
    sign_verslag(verslag, by=by)
