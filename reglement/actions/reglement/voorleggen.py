"""Put a proposal to a meeting, or take it from the table."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from kern.actor import Actor
from kern.tenancy import one_at_a_time
from kern.tijd import db_now
from kern.weigering import refusing
from reglement.actions.reglement.stap import WERK, lock, log
from reglement.actions.vergadering import add_point, remove_point
from reglement.geldend import newest_version
from reglement.models import Agendapunt, Reglementversie, Vergadering
from reglement.versies.lezen import decision_on, kind_of, objections_to

Status = Reglementversie.Status


@transaction.atomic
def lay_before(versie: Reglementversie, *, vergadering: Vergadering, by: Actor) -> Agendapunt:
    """Put a draft on the agenda of a meeting that was not called yet; from then on it is fixed.

    Refused while a place is open (G-05), or when another version was adopted since.
    """
    one_at_a_time(WERK, versie.kring_id)
    versie = lock(versie, Status.CONCEPT)
    if newest_version(versie.kring_id) != versie.vorige:
        raise ValidationError(
            _("Er is intussen een nieuwe versie vastgesteld. Werk dit concept eerst bij.")
        )
    blocking = [bezwaar.uitleg for bezwaar in objections_to(versie) if bezwaar.blokkeert]
    if blocking:
        raise ValidationError([_("Dit reglement is nog niet af (art. 10.1)."), *blocking])
    versie.status, versie.voorgelegd_op = Status.VOORGELEGD, db_now()
    with refusing(Reglementversie, velden={"reglementversie_een_voorstel": ""}):
        versie.save()
    punt = add_point(
        vergadering,
        titel=title_of(versie),
        toelichting=versie.toelichting,
        besluitsoort=kind_of(versie),
        reglementversie=versie,
        by=by,
    )
    log("reglementversie.voorgelegd", "U", versie, by)
    return punt


@transaction.atomic
def take_back(versie: Reglementversie, *, by: Actor) -> Reglementversie:
    """Make a proposal a draft again; possible until the meeting is called."""
    versie = lock(versie, Status.VOORGELEGD)
    points = Agendapunt.objects.filter(reglementversie=versie)
    if points.exclude(vergadering__status=Vergadering.Status.CONCEPT).exists():
        raise ValidationError(
            _(
                "De vergadering is al opgeroepen over dit voorstel. Je kunt het nog intrekken; "
                "wijzigen kan niet meer."
            )
        )
    for punt in points:
        remove_point(punt, by=by)
    versie.status, versie.voorgelegd_op = Status.CONCEPT, None
    versie.save()
    log("reglementversie.teruggehaald", "U", versie, by)
    return versie


@transaction.atomic
def withdraw(versie: Reglementversie, *, by: Actor) -> Reglementversie:
    """Take a proposal from the table for good; a vote about it cannot be opened any more."""
    versie = lock(versie, Status.VOORGELEGD)
    if decision_on(versie):
        raise ValidationError(_("Hierover is al besloten. Verwerk het besluit."))
    versie.status = Status.INGETROKKEN
    versie.save()
    log("reglementversie.ingetrokken", "U", versie, by)
    return versie


def title_of(versie: Reglementversie) -> str:
    """Return what the agenda calls it."""
    kind = kind_of(versie)
    if kind == "vaststellen":
        return _("Vaststellen van het reglement")
    if kind == "verzorgingsgebied":
        return _("Wijzigen van het verzorgingsgebied")
    return _("Wijzigen van het reglement")
