"""The ways a report goes to its recipient: a module for each, with `issue(overdracht)`.

`issue` fills what its channel needs on the row and puts the message, if there is one, in the
outbox; whoever calls it saves the row, in the same transaction.
"""

from collections.abc import Callable
from datetime import datetime

from django.db.models import QuerySet

from kring.models import EigenTandarts
from verslag.kanaalkeuze import Kanaal, Keuze, choose
from verslag.kanalen import nta, ophalen, papier, persoonlijk, smime
from verslag.kanalen.feiten import attachments_of, facts_of
from verslag.models import Bijlage, Overdracht, Pakket

ISSUE: dict[str, Callable[[Overdracht], None]] = {
    Kanaal.SMIME: smime.issue,
    Kanaal.NTA: nta.issue,
    Kanaal.OPHALEN: ophalen.issue,
    Kanaal.PERSOONLIJK: persoonlijk.issue,
    Kanaal.PAPIER: papier.issue,
}


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
