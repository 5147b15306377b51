"""Deliver the outbox: claim with a lease and a fencing token, send, record.

Short transactions, never one around the network. A process that dies between them leaves a
lease that runs out; the next one sends the identical message again. Recording "sent" is
unconditional (it is the truth, whoever says it); recording a failure needs the newest token, so
that a frozen process cannot undo the success of its successor. Recording outlives a restart of the
database: a message that left and was not recorded would leave again.
"""

import hashlib
import logging
import random
import time
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from django.conf import settings
from django.db import InterfaceError, InternalError, OperationalError, connection, transaction
from django.db.models.functions import Now

from kern import crypto, logboek
from kern.actor import Actor
from kern.kanalen import CHANNELS, Later, Nooit, Onbekend, extra_time
from kern.models import Bezorgpoging, Zending
from kern.outbox import KEPT, is_finished, place_of
from kern.tenancy import all_kring_ids, kring_context

log = logging.getLogger(__name__)
Resultaat = Bezorgpoging.Resultaat
Voorbereiding = Callable[[Zending, bytes], bytes | None]
_preparations: list[Voorbereiding] = []


class _Ingehaald(Exception):
    """Withdrawn, or taken over by another process, before it could leave."""


def before_sending(prepare: Voorbereiding) -> None:
    """Have `prepare(zending, body)` done before a message leaves, each time that one is tried.

    For what has to stand ready before its notice arrives, or to make the content of an envelope
    (`outbox.enqueue_envelope`): what it returns is kept, so that every attempt sends the same. It
    opens its own kring context, bears being repeated, and raises `Later` or `Nooit` like a channel.
    """
    _preparations.append(prepare)


PATIENCE = 15 * 60.0
"""Seconds that recording waits for a database that went away.

Without a database there is no other work to hold up, and what is not recorded leaves twice."""

_listeners: list[Callable[[Zending], object]] = []


def on_stuck(listener: Callable[[Zending], object]) -> None:
    """Call `listener` for every zending that no machine will try again: a person has to look.

    In the transaction that gives it up, with its kring open: task and dead letter are one fact.
    """
    _listeners.append(listener)


def due(limit: int = 50, *, tried: bool | None = None) -> list[tuple[UUID, int]]:
    """Return (zending, kring) of what is due and not held by a living lease, over all kringen.

    `tried`: only what was, or was not, attempted before.
    """
    with kring_context(*all_kring_ids()):
        rows = Zending.objects.filter(
            status=Zending.Status.KLAAR, volgende_poging_op__lte=Now()
        ).exclude(lease_tot__gt=Now())
        if tried is not None:
            rows = rows.filter(pogingen__gt=0) if tried else rows.filter(pogingen=0)
        return list(rows.order_by("volgende_poging_op").values_list("pk", "kring_id")[:limit])


def deliver(zending_id: UUID, kring_id: int) -> str | None:
    """Deliver one zending if it is due; return the result, or None when there was nothing to do."""
    with kring_context(kring_id):
        claimed = _claim(zending_id)
    if claimed is None:
        return None
    zending, poging = claimed
    try:
        CHANNELS[zending.soort](_prepared(zending))
    except _Ingehaald:
        _record_overtaken(zending, poging)
        return None
    except Later as error:
        unknown = isinstance(error, Onbekend)
        resultaat = Resultaat.ONBEKEND if unknown else Resultaat.UITGESTELD
        fout = str(error)
    except Nooit as error:
        resultaat, fout = Resultaat.GEWEIGERD, str(error)
    except InvalidTag:
        # Altered or swapped in the database: trying again will not mend it.
        resultaat, fout = Resultaat.GEWEIGERD, "inhoud beschadigd"
    except Exception as error:
        log.exception("Delivery of %s failed.", zending.pk)
        resultaat, fout = Resultaat.UITGESTELD, type(error).__name__
    else:
        return _record_sent(zending, poging)
    return _record_failure(zending, poging, resultaat, fout)


def _claim(zending_id: UUID) -> tuple[Zending, Bezorgpoging] | None:
    """Take the lease; None when it is not due, already sent or held by someone else."""
    zending = (
        Zending.objects.select_for_update(skip_locked=True)
        .filter(pk=zending_id, status=Zending.Status.KLAAR, volgende_poging_op__lte=Now())
        .exclude(lease_tot__gt=Now())
        .first()
    )
    if zending is None:
        return None
    zending.hek += 1
    zending.pogingen += 1
    zending.lease_tot = Now() + timedelta(seconds=settings.OUTBOX_LEASE)
    zending.geprobeerd_sinds = zending.geprobeerd_sinds or Now()
    zending.save(update_fields=["hek", "pogingen", "lease_tot", "geprobeerd_sinds", "gewijzigd_op"])
    poging = Bezorgpoging.objects.create(
        kring_id=zending.kring_id, zending=zending, hek=zending.hek
    )
    return zending, poging


def _prepared(zending: Zending) -> bytes:
    """Return the bytes to send, with everything ready for them and the lease fresh."""
    body = made = crypto.unseal(zending.inhoud, place=place_of(zending))
    for prepare in _preparations:
        made = prepare(zending, made) or made
    if not is_finished(zending, made):
        raise Nooit("de inhoud van het bericht is niet te maken")
    changes: dict = {}
    if made != body:
        changes["inhoud"] = crypto.seal(made, place=place_of(zending))
        changes["sha256"] = hashlib.sha256(made).hexdigest()
    # Preparing takes time: in it a person may have withdrawn the message, or the lease may have
    # run out and somebody else be sending. Who is no longer its holder sends nothing.
    seconds = settings.OUTBOX_LEASE + extra_time(made)
    with kring_context(zending.kring_id):
        mine = Zending.objects.filter(
            pk=zending.pk, hek=zending.hek, status=Zending.Status.KLAAR
        ).update(lease_tot=Now() + timedelta(seconds=seconds), **changes)
    if not mine:
        raise _Ingehaald
    return made


def _record_overtaken(zending: Zending, poging: Bezorgpoging) -> None:
    with kring_context(zending.kring_id):
        _close(poging, Resultaat.UITGESTELD, "niet verstuurd: ingetrokken of overgenomen")


def _persistent(record: Callable[..., str]) -> Callable[..., str]:
    """Let a recording try again while the database is away, for `PATIENCE` seconds."""

    @wraps(record)
    def trying(*args: Any) -> str:
        until = time.monotonic() + PATIENCE
        while True:
            try:
                return record(*args)
            except (OperationalError, InterfaceError, InternalError):
                # InternalError: PostgreSQL ended us, because we stood still with a lock in hand.
                # Inside a transaction of somebody else there is nothing to try again.
                if connection.in_atomic_block or time.monotonic() > until:
                    raise
                log.warning("Database away while recording; trying again.")
                connection.close()
                time.sleep(0.5)

    return trying


@_persistent
def _record_sent(zending: Zending, poging: Bezorgpoging) -> str:
    with kring_context(zending.kring_id):
        updated = (
            Zending.objects.filter(pk=zending.pk)
            .exclude(status=Zending.Status.VERZONDEN)
            .update(
                status=Zending.Status.VERZONDEN,
                verzonden_op=Now(),
                lease_tot=None,
                fout="",
                inhoud=KEPT,
            )
        )
        _close(poging, Resultaat.AANGENOMEN, "")
        if updated:
            _log_transfer(zending, "geslaagd")
    return Resultaat.AANGENOMEN


@_persistent
def _record_failure(zending: Zending, poging: Bezorgpoging, resultaat: str, fout: str) -> str:
    with kring_context(zending.kring_id):
        mine = Zending.objects.filter(
            pk=zending.pk, hek=zending.hek, status=Zending.Status.KLAAR
        ).select_for_update()
        if row := mine.first():
            row.volgende_poging_op = Now() + timedelta(seconds=backoff(row.pogingen))
            row.lease_tot = None
            row.fout = fout[:200]
            if resultaat == Resultaat.GEWEIGERD or _tried_enough(row):
                row.status = Zending.Status.MISLUKT
            row.save(
                update_fields=[
                    "volgende_poging_op",
                    "lease_tot",
                    "fout",
                    "status",
                    "gewijzigd_op",
                ]
            )
        _close(poging, resultaat, fout)
        if row and row.status == Zending.Status.MISLUKT:
            _give_up(row)
            _log_transfer(row, "mislukt")
    return resultaat


def _tried_enough(zending: Zending) -> bool:
    """Twelve attempts, or four hours since the first of them by the clock of the database."""
    if zending.pogingen >= settings.OUTBOX_MAX_ATTEMPTS:
        return True
    limit = Now() - timedelta(hours=settings.OUTBOX_MAX_HOURS)
    return Zending.objects.filter(pk=zending.pk, geprobeerd_sinds__lte=limit).exists()


def _give_up(zending: Zending) -> None:
    for listener in _listeners:
        listener(zending)


def _close(poging: Bezorgpoging, resultaat: str, fout: str) -> None:
    Bezorgpoging.objects.filter(pk=poging.pk).update(
        resultaat=resultaat, fout=fout[:200], klaar_op=Now()
    )


def _log_transfer(zending: Zending, uitkomst: str) -> None:
    logboek.record(
        f"zending.{zending.soort}",
        "E",
        by=Actor.system(zending.kring_id, "bezorger"),
        object_soort="zending",
        object_id=zending.pk,
        uitkomst=uitkomst,
    )


def backoff(pogingen: int) -> float:
    """Return the seconds until the next attempt: full jitter on 1 s · 2^n, capped."""
    return random.uniform(0.5, min(settings.OUTBOX_BACKOFF_CAP, 2.0**pogingen))  # noqa: S311  # nosec B311


@transaction.atomic
def requeue(zending: Zending, *, by: Actor) -> bool:
    """Let a zending be tried now: one that was given up begins anew, one that waits waits no more.

    A person looked at it. Returns False for one that left, was withdrawn, or is being sent.
    """
    updated = (
        Zending.objects.filter(
            pk=zending.pk, status__in=(Zending.Status.KLAAR, Zending.Status.MISLUKT)
        )
        .exclude(lease_tot__gt=Now())
        .update(
            status=Zending.Status.KLAAR,
            pogingen=0,
            klaar_sinds=Now(),
            geprobeerd_sinds=None,
            volgende_poging_op=Now(),
            gewijzigd_op=Now(),
        )
    )
    if updated:
        logboek.record("zending.opnieuw", "U", by=by, object_soort="zending", object_id=zending.pk)
    return updated == 1


@transaction.atomic
def stop(zending: Zending, *, by: Actor) -> bool:
    """Let a zending never leave, because a person says so; whoever waits for it gets a task.

    Returns False for one that left, was withdrawn already, or is being sent at this moment: what
    the mail server may have accepted cannot be called back.
    """
    updated = (
        Zending.objects.filter(
            pk=zending.pk, status__in=(Zending.Status.KLAAR, Zending.Status.MISLUKT)
        )
        .exclude(lease_tot__gt=Now())
        .update(status=Zending.Status.INGETROKKEN, inhoud=KEPT, gewijzigd_op=Now())
    )
    if not updated:
        return False
    zending.refresh_from_db()
    _give_up(zending)
    logboek.record("zending.ingetrokken", "U", by=by, object_soort="zending", object_id=zending.pk)
    return True
