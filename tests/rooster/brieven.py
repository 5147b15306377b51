"""What waits in the outbox, as the one who gets it reads it."""

from email import message_from_bytes, policy
from email.message import EmailMessage

from kern import crypto
from kern.models import Zending
from kern.outbox import place_of


def letters() -> list[EmailMessage]:
    """Return the mails in the outbox, oldest first."""
    return [
        message_from_bytes(crypto.unseal(row.inhoud, place=place_of(row)), policy=policy.default)
        for row in Zending.objects.filter(soort="mail").order_by("aangemaakt_op")
    ]
