"""Deliver the outbox: claim with a lease and a fencing token, send, record.

Three short transactions, never one around the network. A process that dies between them leaves a
lease that runs out; the next one sends the identical message again. Recording "sent" is
unconditional (it is the truth, whoever says it); recording a failure needs the newest token, so
that a frozen process cannot undo the success of its successor.
"""

import logging
import random
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from cryptography.exceptions import InvalidTag
from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now

from kern import crypto, logboek
from kern.actor import Actor
from kern.kanalen import CHANNELS, Later, Nooit
from kern.models import Bezorgpoging, Zending
from kern.outbox import KEPT, place_of
from kern.tenancy import all_kring_ids, kring_context

log = logging.getLogger(__name__)
Resultaat = Bezorgpoging.Resultaat
_preparations: list[Callable[[Zending, bytes], None]] = []


def before_sending(prepare: Callable[[Zending, bytes], None]) -> None:
    """Have `prepare(zending, body)` done before a message leaves, each time that one is tried.

    For what has to stand ready before its notice arrives. It opens its own kring context, bears
    being repeated, and raises `Later` or `Nooit` like a channel.
    """
    _preparations.append(prepare)


def due(limit: int = 50) -> list[tuple[UUID, int]]:
    """Return (zending, kring) of what is due and not held by a living lease, over all kringen."""
    with kring_context(*all_kring_ids()):
        rows = (
            Zending.objects.filter(status=Zending.Status.KLAAR, volgende_poging_op__lte=Now())
            .exclude(lease_tot__gt=Now())
            .order_by("volgende_poging_op")
            .values_list("pk", "kring_id")[:limit]
        )
        return list(rows)


def deliver(zending_id: UUID, kring_id: int) -> str | None:
    """Deliver one zending if it is due; return the result, or None when there was nothing to do."""
    with kring_context(kring_id):
        claimed = _claim(zending_id)
    if claimed is None:
        return None
    zending, poging = claimed
    try:
        body = crypto.unseal(zending.inhoud, place=place_of(zending))
        for prepare in _preparations:
            prepare(zending, body)
        CHANNELS[zending.soort](body)
    except Later as error:
        return _record_failure(zending, poging, Resultaat.UITGESTELD, str(error))
    except Nooit as error:
        return _record_failure(zending, poging, Resultaat.GEWEIGERD, str(error))
    except InvalidTag:
        # Altered or swapped in the database: trying again will not mend it.
        return _record_failure(zending, poging, Resultaat.GEWEIGERD, "inhoud beschadigd")
    except Exception as error:
        log.exception("Delivery of %s failed.", zending.pk)
        return _record_failure(zending, poging, Resultaat.UITGESTELD, type(error).__name__)
    return _record_sent(zending, poging)


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
    zending.save(update_fields=["hek", "pogingen", "lease_tot", "gewijzigd_op"])
    poging = Bezorgpoging.objects.create(
        kring_id=zending.kring_id, zending=zending, hek=zending.hek
    )
    return zending, poging


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


def _record_failure(zending: Zending, poging: Bezorgpoging, resultaat: str, fout: str) -> str:
    final = resultaat == Resultaat.GEWEIGERD or zending.pogingen >= settings.OUTBOX_MAX_ATTEMPTS
    with kring_context(zending.kring_id):
        updated = Zending.objects.filter(
            pk=zending.pk, hek=zending.hek, status=Zending.Status.KLAAR
        ).update(
            status=Zending.Status.MISLUKT if final else F("status"),
            volgende_poging_op=Now() + timedelta(seconds=backoff(zending.pogingen)),
            lease_tot=None,
            fout=fout[:200],
        )
        _close(poging, resultaat, fout)
        if updated and final:
            _log_transfer(zending, "mislukt")
    return resultaat


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


def requeue(zending: Zending, *, by: Actor) -> None:
    """Put a failed zending back in the outbox: a person looked at it."""
    with transaction.atomic():
        Zending.objects.filter(pk=zending.pk, status=Zending.Status.MISLUKT).update(
            status=Zending.Status.KLAAR, pogingen=0, volgende_poging_op=Now(), fout=""
        )
        logboek.record("zending.opnieuw", "U", by=by, object_soort="zending", object_id=zending.pk)
