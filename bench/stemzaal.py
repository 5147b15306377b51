"""The room of bench.stemmen: run by it, for each thing that a chair does between the measurements.

python -m bench.stemzaal zaal 50          a kring with so many practices, all present: JSON
python -m bench.stemzaal open ZAAL geheim a vote on a new point: JSON
python -m bench.stemzaal sluit STEMMING   the result: JSON
"""

import json
import sys
from datetime import timedelta
from uuid import UUID

import django

django.setup()

from django.db import transaction  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from kern.actor import Actor  # noqa: E402
from kern.tenancy import set_context  # noqa: E402
from kern.toegang import Rol  # noqa: E402
from kring.models import Deelnemer, Gebruiker, Kring, Lidmaatschap  # noqa: E402
from reglement.actions import stemmen as acties  # noqa: E402
from reglement.actions import vergadering as vergaderen  # noqa: E402
from reglement.models import Aanwezigheid, Agendapunt, Stemming, Vergadering  # noqa: E402


def chair(vergadering: Vergadering) -> Actor:
    return Actor(
        naam=vergadering.voorzitter.naam,
        gebruiker_id=vergadering.voorzitter_id,
        kring_id=vergadering.kring_id,
        rollen=frozenset({Rol.COORDINATOR.value}),
        doel="organisatie",
        toegangspunt="127.0.0.1",
    )


def person(kring: Kring, naam: str, rol: Rol, deelnemer: Deelnemer | None = None) -> Gebruiker:
    email = f"{naam.lower().replace(' ', '')}.{kring.slug}@voorbeeld.example"
    gebruiker = Gebruiker.objects.create(email=email, naam=naam)
    Lidmaatschap.objects.create(
        kring=kring, gebruiker=gebruiker, rol=rol, deelnemer=deelnemer, status="actief"
    )
    return gebruiker


def zaal(leden: int) -> dict:
    """Make a kring of its own with a meeting that runs; everyone is in the room."""
    slug = f"stemzaal{Kring.objects.count()}"
    kring = Kring.objects.create(
        slug=slug, naam="Kring Stemzaal", spoednummer="+31302345678", plaats="Utrecht"
    )
    set_context([kring.pk])
    now = timezone.now()
    voorzitter = person(kring, "Voorzitter", Rol.COORDINATOR)
    vergadering = Vergadering.objects.create(
        kring=kring,
        titel="Voorjaarsvergadering",
        begint_op=now - timedelta(hours=1),
        plaats="Utrecht",
        voorzitter=voorzitter,
        status="open",
        opgeroepen_op=now - timedelta(days=30),
        geopend_op=now - timedelta(minutes=50),
    )
    people = []
    for number in range(leden):
        praktijk = Deelnemer.objects.create(
            kring=kring, naam=f"Praktijk {number:03d}", adres="Dorpsstraat 1"
        )
        gebruiker = person(kring, f"Stemmer {number:03d}", Rol.VERTEGENWOORDIGER, praktijk)
        people.append(gebruiker.pk)
        Aanwezigheid.objects.create(
            kring=kring,
            vergadering=vergadering,
            deelnemer=praktijk,
            gebruiker=gebruiker,
            soort="binnen",
            op=now - timedelta(minutes=55),
            genoteerd_door=voorzitter,
        )
    where = {"kring": slug, "vergadering": vergadering.pk}
    return {
        "vergadering": str(vergadering.pk),
        "personen": people,
        "stand": reverse("reglement:zaal_stand", kwargs=where),
    }


def open_vote(vergadering: Vergadering, geheim: bool) -> dict:
    by = chair(vergadering)
    number = vergadering.agendapunten.count() + 1
    if running := vergadering.agendapunten.filter(
        aan_de_orde_op__isnull=False, afgehandeld_op__isnull=True
    ).first():
        vergaderen.finish_point(running, by=by)
    punt = Agendapunt.objects.create(
        kring=vergadering.kring,
        vergadering=vergadering,
        volgorde=number,
        titel=f"Een tweede achterwacht ({number})",
        besluitsoort="niet_voorzien",
    )
    vergaderen.table_point(punt, by=by)
    row = acties.open_stemming(
        punt,
        vraag="Komt er een tweede achterwacht?",
        voorstel="Er komt een tweede achterwacht.",
        geheim=geheim,
        by=by,
    )
    where = {"kring": vergadering.kring.slug, "stemming": row.pk}
    return {"stemming": str(row.pk), "stem": reverse("reglement:stemmen", kwargs=where)}


def close_vote(stemming: Stemming) -> dict:
    row = acties.close_stemming(stemming, by=chair(stemming.agendapunt.vergadering))
    return {**row.uitslag, "kiezers": _turnout(row)}


def _turnout(stemming: Stemming) -> int:
    rows = stemming.opkomst if stemming.geheim else stemming.stemmen
    return rows.count()


def _in_context(model, pk: str):
    """Return a row; every kring is open to the owner of the tables, who runs this."""
    row = model.objects.get(pk=UUID(pk))
    set_context([row.kring_id])
    return row


def main(what: str, *arguments: str) -> dict:
    with transaction.atomic():
        if what == "zaal":
            return zaal(int(arguments[0]))
        if what == "open":
            return open_vote(_in_context(Vergadering, arguments[0]), arguments[1] == "geheim")
        return close_vote(_in_context(Stemming, arguments[0]))


if __name__ == "__main__":
    print(json.dumps(main(*sys.argv[1:]), default=str))
