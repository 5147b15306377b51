"""Encrypted mail: the report itself, readable with the key of the recipient alone (RFC 8551)."""

import secrets
from email.message import EmailMessage
from email.policy import SMTP

from kern import outbox, smime
from kern.kanalen import Nooit
from kern.models import Zending
from kern.tijd import db_now
from verslag.kanaalkeuze import object_to
from verslag.kanalen.feiten import certificate_of, facts_of_certificate, load
from verslag.kanalen.inhoud import ONDERWERP, fill
from verslag.models import Overdracht


def issue(overdracht: Overdracht) -> None:
    """Put the mail in the outbox; its content is made when it leaves."""
    overdracht.bericht = outbox.enqueue_envelope(
        kring_id=overdracht.kring_id,
        sleutel=f"overdracht|{overdracht.pk}|{secrets.token_hex(8)}",
        soort=Zending.Soort.MAIL,
        aan=overdracht.email,
        onderwerp=str(ONDERWERP),
    )


def complete(overdracht: Overdracht, envelope: EmailMessage) -> EmailMessage:
    """Sign and encrypt the report for the certificate that stands now, if it still may be used.

    Random, so no two times alike: whoever sends keeps what was made first.
    """
    row, signer = certificate_of(overdracht.ontvanger), smime.signer()
    if signer is None:
        raise Nooit("de dienst heeft geen geldig certificaat meer")
    if row is None:
        raise Nooit("het certificaat van de ontvanger is ingetrokken")
    certificate = load(row)
    facts = facts_of_certificate(certificate)
    if object_to(facts, email=overdracht.email, nu=db_now()):
        raise Nooit("het certificaat van de ontvanger geldt niet meer voor dit adres")
    content = fill(EmailMessage(policy=SMTP), overdracht.versie)
    sealed = smime.protect(content, certificate=certificate, by=signer)
    return smime.wrap(envelope, sealed, "enveloped-data")
