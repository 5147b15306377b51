"""Safe mail (NTA 7516): the report itself, to the certified relay and nowhere else."""

import secrets
from email.message import EmailMessage

from kern import outbox
from kern.kanalen import Later, Nooit
from kern.models import Zending
from kern.tijd import db_now
from verslag.kanalen.feiten import is_nta
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


def require_listing(overdracht: Overdracht) -> None:
    """Hold it back when the domain lost its listing since signing: the report is readable inside.

    Raises `Nooit`; `Later` while the DNS says nothing, as then it would not be chosen either.
    """
    listed = is_nta(overdracht.ontvanger, nu=db_now())
    if listed is None:
        raise Later("het is nu niet bekend of het maildomein van de ontvanger veilige mail heeft")
    if not listed:
        raise Nooit("het maildomein van de ontvanger is niet meer aangemeld voor veilige mail")


def complete(overdracht: Overdracht, envelope: EmailMessage) -> EmailMessage:
    """Put the report in the envelope."""
    return fill(envelope, overdracht.versie)
