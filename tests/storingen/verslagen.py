"""Make and sign reports inside a running house; called through its shell."""

import random
import sys
import threading
from email import message_from_bytes

from django.db import Error, connection

from kern import crypto, logketen
from kern.actor import Actor
from kern.models import Logregel
from kern.outbox import place_of
from kern.tenancy import all_kring_ids, kring_context
from kring.models import Gebruiker, Tandarts
from tests import factories
from verslag.actions import open_verslag, save_verslag, sign_verslag
from verslag.models import Verslagversie


def sign_some(number: int) -> list[str]:
    """Sign this many new reports, each in its own transaction; return their Message-IDs."""
    return [_sign_one() for _ in range(number)]


def sign_until_told() -> None:
    """Sign reports until a line comes in; print the id of each version that was acknowledged.

    An error of the database is what a colleague would see: nothing was promised, try again.
    """
    stop = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.readline(), stop.set()), daemon=True).start()
    while not stop.is_set():
        try:
            kring_id = all_kring_ids()[0]
            with kring_context(kring_id):
                versie = _sign(kring_id)
        except Error as error:
            connection.close()
            _say("fout", type(error).__name__)
            stop.wait(0.05)
        else:
            _say("getekend", str(versie.pk))


def _say(*words: str) -> None:
    sys.stdout.write(" ".join(words) + "\n")
    sys.stdout.flush()


def signed_and_logged() -> tuple[list[str], list[str], str]:
    """Return the ids of all versions, those that their log lines name, and the first bad line."""
    kring_id = all_kring_ids()[0]
    with kring_context(kring_id):
        versies = [str(pk) for pk in Verslagversie.objects.values_list("pk", flat=True)]
        lines = Logregel.objects.filter(gebeurtenis="verslag.getekend")
        fout = logketen.verify(kring_id).fout
        return versies, list(lines.values_list("object_id", flat=True)), str(fout or "")


def _sign_one() -> str:
    kring_id = all_kring_ids()[0]
    with kring_context(kring_id):
        bericht = _sign(kring_id).overdrachten.get().bericht
        mail = crypto.unseal(bericht.inhoud, place=place_of(bericht))
        return message_from_bytes(mail)["Message-ID"]


def _sign(kring_id: int) -> Verslagversie:
    auteur = Tandarts.objects.filter(gebruiker__isnull=False).first()
    # Writers side by side may not take the same number.
    nummer = random.randint(900_000, 2_000_000_000)
    oproep = factories.OproepFactory(
        kring_id=kring_id,
        nummer=nummer,
        behandelaar=auteur,
        aangenomen_door=Gebruiker.objects.first(),
        patient=factories.PatientFactory(
            kring_id=kring_id,
            eigen_tandarts=factories.EigenTandartsFactory(
                kring_id=kring_id, email=f"storing{nummer}@elders.example"
            ),
        ),
    )
    by = Actor(auteur.naam, auteur.gebruiker_id, kring_id, doel="zorgverlening")
    verslag = open_verslag(oproep, by=by)
    gegevens = {
        "spoedklacht": "Voortand uit de mond na een val.",
        "bevindingen": "Element 11 geavulseerd.",
        "diagnose": "Avulsie 11.",
        "behandeling": "Teruggeplaatst en gespalkt.",
    }
    save_verslag(verslag, gegevens=gegevens, versie=verslag.versie, by=by)
    return sign_verslag(verslag, by=by)
