"""The ways a report goes to its recipient: a module for each, with `issue(overdracht)`.

`issue` fills what its channel needs on the row and puts the message, if there is one, in the
outbox; whoever calls it saves the row, in the same transaction.
"""

from collections.abc import Callable
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP

from django.db.models import QuerySet

from kern.kanalen import Nooit
from kern.models import Zending
from kern.outbox import is_finished
from kern.tenancy import kring_context
from kring.models import EigenTandarts
from verslag.kanaalkeuze import Kanaal, Keuze, choose
from verslag.kanalen import nta, ophalen, papier, persoonlijk, smime
from verslag.kanalen.feiten import attachments_of, facts_of
from verslag.models import Bijlage, Overdracht, Pakket
from verslag.models.bijlage import BijlageVervangen

ISSUE: dict[str, Callable[[Overdracht], None]] = {
    Kanaal.SMIME: smime.issue,
    Kanaal.NTA: nta.issue,
    Kanaal.OPHALEN: ophalen.issue,
    Kanaal.PERSOONLIJK: persoonlijk.issue,
    Kanaal.PAPIER: papier.issue,
}

COMPLETE: dict[str, Callable[[Overdracht, EmailMessage], EmailMessage]] = {
    Kanaal.SMIME: smime.complete,
    Kanaal.NTA: nta.complete,
}


def prepare(zending: Zending, body: bytes) -> bytes | None:
    """Get everything of a report ready before its mail leaves; other messages pass.

    Returns the whole mail when this was still its envelope. In the process that delivers: drawing
    a letter and encrypting it takes longer than whoever signs should wait, holding the report.
    """
    if not zending.eenmalig or zending.soort not in (Zending.Soort.MAIL, Zending.Soort.NTA):
        return None
    with kring_context(zending.kring_id):
        rows = Overdracht.objects.select_related("ontvanger", "versie")
        overdracht = rows.filter(bericht=zending).first()
        # Somebody found out that it was wrong; what waited must not go there after all.
        if overdracht is not None and overdracht.ontvanger.email != overdracht.email:
            raise Nooit("het adres in het adresboek is gewijzigd")
        if overdracht is not None and overdracht.ontvanger.controle == EigenTandarts.Controle.FOUT:
            raise Nooit("van het adres in het adresboek is gemeld dat het niet klopt")
        if overdracht is not None and overdracht.kanaal == Kanaal.NTA:
            nta.require_listing(overdracht)
        if overdracht is not None and not is_finished(zending, body):
            return _complete(overdracht, body)
    ophalen.prepare(zending, body)
    return None


def _complete(overdracht: Overdracht, body: bytes) -> bytes | None:
    if overdracht.kanaal not in COMPLETE:
        return None
    envelope = message_from_bytes(body, policy=SMTP)
    try:
        return COMPLETE[overdracht.kanaal](overdracht, envelope).as_bytes()
    except BijlageVervangen as error:
        raise Nooit("een bijlage is niet die van het ondertekenen") from error


def choice_for(ontvanger: EigenTandarts, bijlagen: QuerySet[Bijlage], *, nu: datetime) -> Keuze:
    """Return the channel for this recipient and these attachments as everything is now."""
    return choose(facts_of(ontvanger, bijlagen, nu=nu), nu=nu)


def issue(overdracht: Overdracht, *, nu: datetime, keuze: Keuze | None = None) -> None:
    """Address the handover anew: the recipient as in the address book, the channel, its message.

    Without a `keuze` of the sender the law chooses.
    """
    recipient = overdracht.ontvanger
    keuze = keuze or choice_for(recipient, attachments_of(overdracht.versie), nu=nu)
    overdracht.naam = f"{recipient.naam}, {recipient.praktijk}"[:240]
    overdracht.email = recipient.email
    overdracht.telefoon = recipient.telefoon
    overdracht.kanaal = keuze.kanaal
    overdracht.kanaal_redenen = list(keuze.redenen)
    overdracht.bericht = overdracht.verloopt_op = None
    ophalen.close(overdracht, Pakket.Einde.VERVANGEN)
    ISSUE[keuze.kanaal](overdracht)
