"""Vote again: only after the meeting decided to, as a point of order of its own."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from kern.actor import Actor
from reglement.actions.stemmen.openen import open_stemming
from reglement.actions.vergadering import add_point, table_point
from reglement.besluiten import may_repeat
from reglement.besluitvorming import Besluitsoort
from reglement.models import Stemming


@transaction.atomic
def propose_herstemming(stemming: Stemming, *, gezien: int | None = None, by: Actor) -> Stemming:
    """Put to the vote whether a decided question is voted on again; returns that vote.

    The result that lies there stands until the new one. One point of order at a time.
    """
    if not hasattr(stemming, "besluit"):
        raise ValidationError(_("Over deze vraag is nog niet besloten."))
    if hasattr(stemming, "herstemming") or may_repeat(stemming):
        raise ValidationError(_("De vergadering heeft al besloten om opnieuw te stemmen."))
    if stemming.ordevoorstellen.filter(status=Stemming.Status.OPEN).exists():
        raise ValidationError(_("Over opnieuw stemmen wordt al gestemd."))
    nummer = stemming.besluit.nummer
    vraag = _("Stemmen we opnieuw over besluit %s?") % nummer
    punt = add_point(
        stemming.agendapunt.vergadering,
        titel=_("Voorstel van orde: opnieuw stemmen over besluit %s") % nummer,
        besluitsoort=Besluitsoort.OVERIG.value,
        orde=True,
        by=by,
    )
    punt = table_point(punt, gezien=gezien, by=by)
    return open_stemming(
        punt,
        vraag=vraag,
        voorstel=_("Over besluit %s wordt opnieuw gestemd.") % nummer,
        vraagt_herstemming_van=stemming,
        by=by,
    )
