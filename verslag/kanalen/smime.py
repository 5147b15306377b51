"""Encrypted mail: the report itself, readable with the key of the recipient alone (RFC 8551)."""

import secrets
from email.message import EmailMessage
from email.policy import SMTP

from kern import outbox, smime
from verslag.kanalen.feiten import certificate_of, load
from verslag.kanalen.inhoud import ONDERWERP, fill
from verslag.models import Overdracht


def issue(overdracht: Overdracht) -> None:
    """Sign and encrypt the report, and put the mail in the outbox."""
    row, signer = certificate_of(overdracht.ontvanger), smime.signer()
    if row is None or signer is None:
        raise ValueError("no certificate: this channel was not the one to choose")
    content = fill(EmailMessage(policy=SMTP), overdracht.versie)
    overdracht.bericht = outbox.enqueue_smime(
        kring_id=overdracht.kring_id,
        sleutel=f"overdracht|{overdracht.pk}|{secrets.token_hex(8)}",
        aan=overdracht.email,
        onderwerp=str(ONDERWERP),
        inhoud=smime.protect(content, certificate=load(row), by=signer),
    )
