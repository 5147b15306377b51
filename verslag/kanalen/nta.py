"""Safe mail (NTA 7516): the report itself, to the certified relay and nowhere else."""

import secrets
from email.message import EmailMessage

from kern import outbox
from kern.models import Zending
from verslag.kanalen.inhoud import ONDERWERP, fill
from verslag.models import Overdracht


def issue(overdracht: Overdracht) -> None:
    """Put the mail in the outbox for the relay; its content is made when it leaves."""
    overdracht.bericht = outbox.enqueue_envelope(
        kring_id=overdracht.kring_id,
        sleutel=f"overdracht|{overdracht.pk}|{secrets.token_hex(8)}",
        soort=Zending.Soort.NTA,
        aan=overdracht.email,
        onderwerp=str(ONDERWERP),
    )


def complete(overdracht: Overdracht, envelope: EmailMessage) -> EmailMessage:
    """Put the report in the envelope."""
    return fill(envelope, overdracht.versie)
