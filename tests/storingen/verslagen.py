"""Make and sign reports inside a running house; called through its shell."""

import hashlib
import json
import os
import queue
import random
import sys
import threading
import time
from contextlib import suppress
from email import message_from_bytes
from unittest import mock

from django.core.exceptions import ImproperlyConfigured
from django.db import Error, connection, transaction

from kern import bezorging, crypto, logboek, logketen, outbox
from kern.actor import Actor
from kern.models import Logregel, Zending
from kern.outbox import place_of
from kern.tasks import bezorg_zending
from kern.tenancy import all_kring_ids, kring_context
from kring.actions import check_adres
from kring.models import Gebruiker, Tandarts
from tests import factories
from tests.storingen import GEMERKT
from tests.storingen.post import VERSLAG
from verslag.actions import open_verslag, save_verslag, sign_verslag
from verslag.models import Verslag, Verslagversie

AGAIN = 0.05
DIED = 9
VAST = "zending.ingetrokken"
"""An event that no case makes otherwise."""


def serve() -> None:
    """Sign as many reports as the lines that come in ask for; print one line of JSON for each.

    What fails is what a colleague would see: nothing was promised, try again. Until the input
    ends: then after the report under hand.
    """
    asked: queue.Queue[int | None] = queue.Queue()
    stop = threading.Event()
    threading.Thread(target=_read_orders, args=[asked, stop], daemon=True).start()
    while (number := asked.get()) is not None:
        done = 0
        while done < number and not stop.is_set():
            try:
                _say(_sign_one())
            except (Error, crypto.CryptoFout, ImproperlyConfigured) as error:
                connection.close()
                _say({"fout": type(error).__name__})
                stop.wait(AGAIN)
            else:
                done += 1


def _read_orders(asked: queue.Queue, stop: threading.Event) -> None:
    for line in sys.stdin:
        asked.put(int(line))
    stop.set()
    asked.put(None)


def _say(words: dict) -> None:
    sys.stdout.write(json.dumps(words) + "\n")
    sys.stdout.flush()


def _sign_one() -> dict:
    """Write a report, then sign it in a transaction of its own; return what was promised."""
    kring_id = all_kring_ids()[0]
    with kring_context(kring_id):
        verslag, by = _draft(kring_id)
    committed: list[float] = []
    began = time.perf_counter()
    with kring_context(kring_id):
        # The first to be called after the commit: the hints come after it.
        transaction.on_commit(lambda: committed.append(time.perf_counter()))
        promise = _promise(sign_verslag(verslag, by=by))
    ended = time.perf_counter()
    return promise | {"op": time.time(), "duur": ended - began, "hint": ended - committed[0]}


def _promise(versie: Verslagversie) -> dict:
    overdracht = versie.overdrachten.select_related("bericht").get()
    mail = crypto.unseal(overdracht.bericht.inhoud, place=place_of(overdracht.bericht))
    return {
        "versie": str(versie.pk),
        "adres": overdracht.email,
        "bericht": message_from_bytes(mail)["Message-ID"],
        "sha256": hashlib.sha256(mail).hexdigest(),
    }


def _draft(kring_id: int) -> tuple[Verslag, Actor]:
    """Return a complete draft about a marked patient, whose own dentist has an own address."""
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
            naam=GEMERKT.naam,
            bsn=GEMERKT.bsn,
            geboortedatum=GEMERKT.geboren,
            eigen_tandarts=factories.EigenTandartsFactory(
                kring_id=kring_id, email=f"{VERSLAG}{nummer}@elders.example"
            ),
        ),
    )
    by = Actor(auteur.naam, auteur.gebruiker_id, kring_id, doel="zorgverlening")
    verslag = open_verslag(oproep, by=by)
    gegevens = {
        "spoedklacht": "Voortand uit de mond na een val.",
        "bevindingen": "Element 11 geavulseerd.",
        "diagnose": GEMERKT.diagnose,
        "behandeling": "Teruggeplaatst en gespalkt.",
    }
    return save_verslag(verslag, gegevens=gegevens, versie=verslag.versie, by=by), by


def sign_and_die(number: int) -> None:
    """Sign in this many processes that die between the commit and the hint; print the promises."""
    kring_id = all_kring_ids()[0]
    for _ in range(number):
        with kring_context(kring_id):
            verslag, by = _draft(kring_id)
        connection.close()
        reading, writing = os.pipe()
        if not (pid := os.fork()):
            with suppress(BaseException):
                _sign_and_die(kring_id, verslag, by, writing)
            os._exit(1)
        os.close(writing)
        with os.fdopen(reading) as pipe:
            promise = json.loads(pipe.read())
        assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == DIED
        _say(promise | {"op": time.time(), "duur": 0.0, "hint": 0.0})


def _sign_and_die(kring_id: int, verslag: Verslag, by: Actor, writing: int) -> None:
    outbox._silent_until = 0.0
    with (
        mock.patch.object(
            bezorg_zending, "apply_async", side_effect=lambda *_, **__: os._exit(DIED)
        ),
        kring_context(kring_id),
    ):
        os.write(writing, json.dumps(_promise(sign_verslag(verslag, by=by))).encode())


def hold_the_log() -> None:
    """Write a line in the log, say so, and commit when a line of input comes, or tell why not."""
    kring_id = all_kring_ids()[0]
    try:
        with kring_context(kring_id):
            logboek.record(VAST, "U", by=Actor.system(kring_id), object_soort="zending")
            _say({"vast": kring_id})
            sys.stdin.readline()
    except Error as error:
        _say({"fout": type(error).__name__})
    with kring_context(kring_id):
        _say({"regels": Logregel.objects.filter(gebeurtenis=VAST).count()})


def requeue(rows: list[tuple[str, int]]) -> None:
    """Put these failed messages (id, kring) back in the outbox, as a person does.

    First they ask the practice: to an address that a mail server called wrong nothing leaves.
    """
    for pk, kring_id in rows:
        with kring_context(kring_id):
            person = Gebruiker.objects.first()
            by = Actor(person.naam, person.pk, kring_id, doel="beheer")
            zending = Zending.objects.select_related("overdracht__ontvanger").get(pk=pk)
            eigen = zending.overdracht.ontvanger
            check_adres(eigen, email=eigen.email, telefoon=eigen.telefoon, by=by)
            bezorging.requeue(zending, by=by)


def signed_and_logged() -> tuple[list[str], list[str], str]:
    """Return the ids of all versions, those that their log lines name, and the first bad line."""
    kring_id = all_kring_ids()[0]
    with kring_context(kring_id):
        versies = [str(pk) for pk in Verslagversie.objects.values_list("pk", flat=True)]
        lines = Logregel.objects.filter(gebeurtenis="verslag.getekend")
        fout = logketen.verify(kring_id).fout
        return versies, list(lines.values_list("object_id", flat=True)), str(fout or "")
