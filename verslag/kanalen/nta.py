"""Safe mail (NTA 7516): the report itself, to the certified relay and nowhere else."""

import secrets

from kern import outbox
from verslag.kanalen.inhoud import ONDERWERP, fill
from verslag.models import Overdracht


def issue(overdracht: Overdracht) -> None:
    """Put the report in the outbox for the relay."""
    envelope = outbox.envelope(aan=overdracht.email, onderwerp=str(ONDERWERP))
    overdracht.bericht = outbox.enqueue_nta(
        kring_id=overdracht.kring_id,
        sleutel=f"overdracht|{overdracht.pk}|{secrets.token_hex(8)}",
        message=fill(envelope, overdracht.versie),
    )
