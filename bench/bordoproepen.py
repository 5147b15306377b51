"""Take the open calls of bench.bord through the actions: run by it as the role of the web."""

import sys
from datetime import date

import django

django.setup()

from django.db import transaction  # noqa: E402

from kern.actor import Actor  # noqa: E402
from kern.tenancy import set_context  # noqa: E402
from kern.toegang import Rol  # noqa: E402
from kring.models import Lidmaatschap, Tandarts  # noqa: E402
from spoeddienst.demo.gegevens import klachten  # noqa: E402
from spoeddienst.demo.gegevens.klachten import Klacht  # noqa: E402
from triage import actions  # noqa: E402

COMPLAINTS = [value for value in vars(klachten).values() if isinstance(value, Klacht)]


def take(kring_id: int, number: int, by: Actor, tandarts: Tandarts) -> None:
    """Take one call; every third time the dentist did not answer."""
    klacht = COMPLAINTS[number % len(COMPLAINTS)]
    oproep = actions.start_oproep(kring_id=kring_id, by=by, telefoon=f"06{20000000 + number}")
    actions.save_antwoorden(
        oproep,
        antwoorden=klacht.antwoorden,
        omschrijving=klacht.omschrijving,
        versie=oproep.versie,
        by=by,
    )
    actions.save_patient(
        oproep,
        by=by,
        gegevens={
            "naam": f"Bordpatiënt {number}",
            "geboortedatum": date(1980, 2, 1),
            "telefoon": oproep.telefoon_beller,
            "heeft_eigen_tandarts": "nee",
        },
    )
    if number % 3 == 0:
        actions.log_contactpoging(
            oproep, tandarts=tandarts, rol="dienstdoende", resultaat="niet_bereikt", by=by
        )


def main(kring_id: int, rows: int) -> None:
    with transaction.atomic():
        set_context([kring_id])
        row = Lidmaatschap.objects.filter(kring_id=kring_id, rol=Rol.TRIAGE).first()
        assert row, "nobody does triage"
        by = Actor(
            naam=row.gebruiker.naam,
            gebruiker_id=row.gebruiker_id,
            kring_id=kring_id,
            rollen=frozenset({Rol.TRIAGE.value}),
            doel="zorgverlening",
            toegangspunt="192.0.2.10",
        )
        tandarts = Tandarts.objects.filter(kring_id=kring_id).first()
        for number in range(rows):
            take(kring_id, number, by, tandarts)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
