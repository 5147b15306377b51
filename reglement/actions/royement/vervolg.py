"""What follows a decision: showing, testing, readmission; and a procedure that ends (9.2i-9.2k)."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from kern.actor import Actor
from kern.tijd import db_now, to_local
from kring.models import Deelnemer
from reglement.actions.royement.besluit import counts_of, follow
from reglement.actions.royement.stap import Soort, add_step, lock
from reglement.besluiten import standing_decision
from reglement.models import Besluit, Royement, Royementstap
from reglement.royement import gang, post, wie


@transaction.atomic
def show(royement: Royement, *, tekst: str, op: date, by: Actor) -> Royementstap:
    """Note what shows that the conditions are met; the meeting of four weeks begins to run (9.2j).

    By the practice itself, also before the term is over, or by the coordinator after it.
    """
    royement = _lock_for(royement, by)
    own = wie.represents(royement, by.gebruiker_id)
    return add_step(royement, Soort.AANTONEN, op=op, gegevens={"eigen": own}, tekst=tekst, by=by)


@transaction.atomic
def ask_readmission(royement: Royement, *, tekst: str, op: date, by: Actor) -> Royementstap:
    """Note the request of a practice that was expelled, by itself or as it came in (9.2i)."""
    royement = _lock_for(royement, by)
    return add_step(royement, Soort.HERTOELATING, op=op, tekst=tekst, by=by)


@transaction.atomic
def note_k_decision(royement: Royement, *, by: Actor) -> Royementstap:
    """Process what the meeting of four weeks decided; the status of the practice follows (9.2k)."""
    royement = lock(royement, by=by)
    punt = gang.read(royement).waiting_point
    besluit = standing_decision(punt) if punt else None
    if punt is None or besluit is None:
        raise ValidationError(
            _("De vergadering heeft nog niet beslist. Kom hier terug als de uitslag er is.")
        )
    counts = counts_of(punt, besluit)
    stap = add_step(
        royement,
        Soort.BESLISSEN,
        op=besluit.genomen_op,
        gegevens=counts | {"aangenomen": besluit.uitkomst == Besluit.Uitkomst.AANGENOMEN},
        vergadering=punt.vergadering,
        besluit=besluit,
        by=by,
    )
    follow(royement, stap.op, besluit=besluit, by=by)
    post.tell_letter(royement, stap)
    return stap


@transaction.atomic
def lapse(royement: Royement, *, tekst: str, op: date, by: Actor) -> Royementstap:
    """End a procedure that goes no further, with the reason."""
    royement = lock(royement, by=by)
    return add_step(
        royement,
        Soort.VERVALLEN,
        op=op,
        gegevens={"reden": bool(tekst.strip())},
        tekst=tekst,
        by=by,
    )


@transaction.atomic
def note_one_sided(deelnemer: Deelnemer, *, by: Actor) -> None:
    """Write in its file that an expelled practice was admitted one-sidedly (9.2l).

    Nothing is to be noted about a practice that was expelled before there were files here.
    """
    for royement in deelnemer.royementen.select_for_update().order_by("-nummer"):
        if gang.read(royement).may(Soort.EENZIJDIG):
            add_step(royement, Soort.EENZIJDIG, op=to_local(db_now()).date(), by=by)
            return


def _lock_for(royement: Royement, by: Actor) -> Royement:
    """Lock a procedure for a step that the practice itself takes too."""
    if wie.represents(royement, by.gebruiker_id):
        return Royement.objects.select_for_update().get(pk=royement.pk)
    return lock(royement, by=by)
