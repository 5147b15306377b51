"""The outbox: a message is a row in the transaction that causes it (docs/besluiten/0004).

After the commit only a hint (two ids) goes to the broker. The sweeper delivers what no worker
took, so a dead, frozen or emptied broker costs a second, never a message.
"""

import hashlib
import json
import logging
import time
from email import message_from_bytes
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate, make_msgid
from uuid import UUID

from celery import Task
from django.conf import settings
from django.db import transaction
from django.db.models import Case, F, Value, When
from django.db.models.functions import Now

from kern import crypto
from kern.models import Zending
from kern.weergave import is_landline

log = logging.getLogger(__name__)

SILENCE = 3.0
"""Seconds without hints after one that failed."""

MAX_ADDRESS = 254
"""Characters of an address as it travels (RFC 5321 §4.5.3.1)."""

_silent_until = 0.0

KEPT = Case(When(eenmalig=True, then=Value(b"")), default=F("inhoud"))
"""The content of a message that left, or that will not: nothing of one that opens something."""


def enqueue_mail(
    *, kring_id: int, sleutel: str, aan: str, onderwerp: str, tekst: str, eenmalig: bool = False
) -> Zending:
    """Put a mail in the outbox; a notice only, the text may hold no patient data.

    `eenmalig`: the text holds a key to something, so it is wiped once it was accepted.
    """
    message = envelope(aan=aan, onderwerp=onderwerp)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(tekst)
    return _enqueue_message(message, Zending.Soort.MAIL, kring_id, sleutel, eenmalig=eenmalig)


def enqueue_envelope(
    *, kring_id: int, sleutel: str, soort: Zending.Soort, aan: str, onderwerp: str
) -> Zending:
    """Put the headers of a mail in the outbox; its content is made once, before it leaves.

    By a preparation of the delivery (`bezorging.before_sending`), that has the time for it.
    """
    message = envelope(aan=aan, onderwerp=onderwerp)
    return _enqueue_message(message, soort, kring_id, sleutel, eenmalig=True)


def is_finished(zending: Zending, body: bytes) -> bool:
    """Whether this is the message itself, not an envelope whose content is still to be made."""
    has_envelope = zending.soort in (Zending.Soort.MAIL, Zending.Soort.NTA)
    return not has_envelope or "MIME-Version" in message_from_bytes(body)


def envelope(*, aan: str, onderwerp: str) -> EmailMessage:
    """Return a message with only its headers; they are fixed here, and say nothing of a patient."""
    message = EmailMessage(policy=SMTP)
    message["From"] = settings.SMTP_FROM
    message["To"] = _one_address(aan)
    # Names are typed by people: a line end in one may not stop the message, nor add a header.
    message["Subject"] = " ".join(onderwerp.split())
    message["Date"] = formatdate()
    # Fixed here, so that a repeat after a crash is the same message to every mail system.
    message["Message-ID"] = make_msgid(domain="spoeddienst")
    return message


def is_mailable(text: str) -> bool:
    """Whether mail can leave for this address; a form lets through some that no header holds.

    Asked where an address comes in: at signing it would stop the report itself.
    """
    try:
        written = str(_one_address(text))
    except (ValueError, MessageError):
        return False
    return written.isascii() and len(written) <= MAX_ADDRESS


def _one_address(text: str) -> Address:
    """Return the address with its domain as the DNS writes it; ValueError when it is not one."""
    local, _at, domain = text.rpartition("@")
    return Address(addr_spec=f"{local}@{domain.encode('idna').decode()}")


def _enqueue_message(
    message: EmailMessage, soort: str, kring_id: int, sleutel: str, *, eenmalig: bool
) -> Zending:
    zending = Zending(
        soort=soort,
        kring_id=kring_id,
        sleutel=sleutel,
        bericht_id=message["Message-ID"],
        eenmalig=eenmalig,
    )
    return _enqueue(zending, message.as_bytes())


def enqueue_sms(
    *, kring_id: int, sleutel: str, telefoon: str, tekst: str, eenmalig: bool = False
) -> Zending:
    """Put a text message in the outbox; `telefoon` is E.164."""
    zending = Zending(
        soort=Zending.Soort.SMS, kring_id=kring_id, sleutel=sleutel, eenmalig=eenmalig
    )
    return _enqueue(zending, _call(telefoon, tekst))


def enqueue_spraak(
    *, kring_id: int, sleutel: str, telefoon: str, tekst: str, eenmalig: bool = False
) -> Zending:
    """Have a number called and the text read out; for a landline, `telefoon` is E.164."""
    zending = Zending(
        soort=Zending.Soort.SPRAAK, kring_id=kring_id, sleutel=sleutel, eenmalig=eenmalig
    )
    return _enqueue(zending, _call(telefoon, tekst))


def enqueue_telefoon(
    *,
    kring_id: int,
    sleutel: str,
    telefoon: str,
    tekst: str,
    gesproken: str,
    eenmalig: bool = False,
) -> Zending:
    """Put a text message in the outbox, or have `gesproken` read out on a landline."""
    spoken = is_landline(telefoon)
    enqueue = enqueue_spraak if spoken else enqueue_sms
    return enqueue(
        kring_id=kring_id,
        sleutel=sleutel,
        telefoon=telefoon,
        tekst=gesproken if spoken else tekst,
        eenmalig=eenmalig,
    )


def _call(telefoon: str, tekst: str) -> bytes:
    return json.dumps({"telefoon": telefoon, "tekst": tekst}).encode()


def _enqueue(zending: Zending, body: bytes) -> Zending:
    zending.sha256 = hashlib.sha256(body).hexdigest()
    zending.inhoud = crypto.seal(body, place=place_of(zending))
    # A second cause with the same key is a programming error or a race: the constraint says so.
    zending.save(force_insert=True)
    transaction.on_commit(lambda: _hint(zending))
    return zending


def place_of(zending: Zending) -> str:
    """Return the place that the sealed content is bound to."""
    return f"kern_zending.inhoud|{zending.pk}|{zending.kring_id}"


def _hint(zending: Zending) -> None:
    from kern.tasks import bezorg_zending

    hint_worker(bezorg_zending, zending.pk, zending.kring_id)


def hint_worker(task: Task, *ids: UUID | int) -> None:
    """Tell a worker that there is work. Only ids: nothing of a patient goes through the broker.

    TypeError for anything else (S33).

    Whatever goes wrong here is no fault of the person who waits: the work is a row already, and
    the sweeper, or whoever needs the result, finds it. A frozen broker costs half a second, so
    after a failure the next hints are skipped for a while.
    """
    global _silent_until  # noqa: PLW0603  a fact about this process
    message = tuple(_id(value) for value in ids)
    if time.monotonic() < _silent_until:
        return
    try:
        task.apply_async(message, retry=False)
    except Exception as error:  # noqa: BLE001  any broker fault
        _silent_until = time.monotonic() + SILENCE
        log.warning("No hint to the broker (%s).", type(error).__name__)


def _id(value: UUID | int) -> str | int:
    """Return an id as JSON carries it."""
    if isinstance(value, UUID):
        return str(value)
    if type(value) is int:
        return value
    raise TypeError(f"a task takes ids only, not {type(value).__name__}")


def withdraw(zending: Zending, *, also_leaving: bool = True) -> bool:
    """Stop a zending that has not left yet; return whether it was stopped.

    Also one that was given up: nobody may send a link that died. One that is being sent at this
    moment may arrive all the same and is only kept from a next attempt: good enough for a link
    that died. With `also_leaving=False` that one goes on, and is not called stopped.
    """
    waiting = (Zending.Status.KLAAR, Zending.Status.MISLUKT)
    rows = Zending.objects.filter(pk=zending.pk, status__in=waiting)
    if not also_leaving:
        rows = rows.exclude(lease_tot__gt=Now())
    updated = rows.update(status=Zending.Status.INGETROKKEN, inhoud=KEPT, gewijzigd_op=Now())
    return updated == 1
