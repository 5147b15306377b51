"""The signature of a vertegenwoordiger under a version (MR 3, RG-8)."""

from datetime import date, datetime, time

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from kern import logboek
from kern.actor import Actor
from kern.models import Zending
from kern.tijd import db_now, from_local, to_local
from kern.weigering import refuse_to_come, refusing
from kring.models import Deelnemer
from reglement.actions.reglement.stap import lock, log
from reglement.geldend import newest_version
from reglement.models import Ondertekening, Reglementversie
from reglement.versies import post
from reglement.versies.tekenstand import represented_by, signatures_of

Status = Reglementversie.Status


@transaction.atomic
def sign(versie: Reglementversie, *, deelnemer: Deelnemer, gezien: str, by: Actor) -> Ondertekening:
    """Sign for the own practice; `gezien` is the hash of the text on the page.

    The route asks a fresh second factor. Whoever speaks for two practices signs twice.
    """
    if deelnemer not in represented_by(versie.kring_id, by.person_id):
        raise PermissionDenied
    versie = _signable(versie, deelnemer)
    if gezien != versie.sha256:
        raise ValidationError(_("Deze tekst is een andere dan je zag. Laad de pagina opnieuw."))
    return _add(
        versie,
        deelnemer,
        by,
        gebruiker_id=by.person_id,
        naam=by.naam,
        getekend_op=db_now(),
    )


@transaction.atomic
def note_paper(
    versie: Reglementversie, *, deelnemer: Deelnemer, getekend_op: date, by: Actor
) -> Ondertekening:
    """Put a signature on paper in the register; the coordinator keeps the paper itself."""
    versie = _signable(versie, deelnemer)
    lid = next(lid for lid in signatures_of(versie).ontbreken if lid.deelnemer == deelnemer)
    if lid.vertegenwoordiger is None:
        raise ValidationError(_("Deze praktijk heeft hier geen vertegenwoordiger. Wijs die aan."))
    refuse_to_come(getekend_op=getekend_op)
    if versie.besloten_op and getekend_op < versie.besloten_op:
        raise ValidationError({"getekend_op": _("Toen was deze versie er nog niet.")})
    return _add(
        versie,
        deelnemer,
        by,
        gebruiker_id=lid.vertegenwoordiger.pk,
        naam=lid.vertegenwoordiger.naam,
        getekend_op=from_local(datetime.combine(getekend_op, time(12))),
        wijze=Ondertekening.Wijze.PAPIER,
        genoteerd_door_id=by.person_id,
    )


@transaction.atomic
def remind_signatures(versie: Reglementversie, *, by: Actor) -> int:
    """Ask everybody who did not sign; once a day at most. Return how many were asked."""
    versie = lock(versie, Status.VASTGESTELD)
    today = to_local(db_now()).date()
    keys = f"reglement|{versie.pk}|tekenen|{today}|"
    if Zending.objects.filter(kring_id=versie.kring_id, sleutel__startswith=keys).exists():
        raise ValidationError(_("Vandaag is al een herinnering gestuurd."))
    asked = post.write_reminder(versie, signatures_of(versie), today)
    if not asked:
        raise ValidationError(_("Er is niemand om te herinneren."))
    log("reglementversie.herinnerd", "E", versie, by)
    return asked


def _signable(versie: Reglementversie, deelnemer: Deelnemer) -> Reglementversie:
    versie = lock(versie, Status.VASTGESTELD)
    if versie != newest_version(versie.kring_id):
        raise ValidationError(_("Er is een nieuwere versie. Teken die."))
    stand = signatures_of(versie)
    if any(row.deelnemer_id == deelnemer.pk for row in stand.getekend):
        raise ValidationError(_("Deze praktijk heeft deze versie al ondertekend."))
    if all(lid.deelnemer != deelnemer for lid in stand.ontbreken):
        raise ValidationError(_("Deze praktijk is geen deelnemer, en tekent dus niet."))
    return versie


def _add(
    versie: Reglementversie, deelnemer: Deelnemer, by: Actor, **fields: object
) -> Ondertekening:
    row = Ondertekening(
        kring_id=versie.kring_id,
        versie=versie,
        deelnemer=deelnemer,
        praktijk=deelnemer.naam,
        sha256=versie.sha256,
        **fields,
    )
    with refusing(Ondertekening, velden={"ondertekening_eenmaal": ""}):
        row.save(force_insert=True)
    logboek.record(
        "reglementversie.ondertekend",
        "C",
        by=by,
        kring_id=versie.kring_id,
        object_soort="ondertekening",
        object_id=row.pk,
    )
    return row
