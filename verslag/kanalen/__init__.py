"""The ways a report goes to its recipient: a module for each, with `issue(overdracht)`.

`issue` fills what its channel needs on the row and puts the message, if there is one, in the
outbox; whoever calls it saves the row, in the same transaction.
"""

from collections.abc import Callable
from datetime import datetime

from kring.models import EigenTandarts
from verslag.kanaalkeuze import Kanaal, Keuze, Ontvanger, choose
from verslag.kanalen import ophalen, papier
from verslag.models import Overdracht, Pakket

ISSUE: dict[str, Callable[[Overdracht], None]] = {
    Kanaal.OPHALEN: ophalen.issue,
    Kanaal.PAPIER: papier.issue,
}


def choice_for(ontvanger: EigenTandarts, *, nu: datetime) -> Keuze:
    """Return the channel for this recipient as the address book is now."""
    return choose(Ontvanger(email=ontvanger.email, telefoon=ontvanger.telefoon), nu=nu)


def issue(overdracht: Overdracht, *, nu: datetime) -> None:
    """Address the handover anew: the recipient as in the address book, the channel, its message."""
    recipient = overdracht.ontvanger
    keuze = choice_for(recipient, nu=nu)
    overdracht.naam = f"{recipient.naam}, {recipient.praktijk}"[:240]
    overdracht.email = recipient.email
    overdracht.telefoon = recipient.telefoon
    overdracht.kanaal = keuze.kanaal
    overdracht.kanaal_redenen = list(keuze.redenen)
    overdracht.bericht = overdracht.verloopt_op = None
    ophalen.close(overdracht, Pakket.Einde.VERVANGEN)
    ISSUE[keuze.kanaal](overdracht)
