"""A letter of the coördinator to all who take part, by the outbox; once, and kept as it left."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from kern import logboek, outbox
from kern.actor import Actor
from kern.tijd import db_now
from kring.models import Kring
from reglement.models import Rondbezorging, Rondschrijven
from reglement.post import addressees, compose


@transaction.atomic
def send_round(
    kring: Kring, *, aan: str, onderwerp: str, tekst: str, antwoord: str, by: Actor
) -> Rondschrijven:
    """Send it to everybody who is addressed now; `ValidationError` when that is nobody.

    `antwoord` is the address for answers: the letter itself comes from the house.
    """
    people = addressees(kring.pk, aan)
    if not people.adressen:
        raise ValidationError(
            _("Er is niemand om dit aan te sturen. Geef eerst praktijken een vertegenwoordiger.")
        )
    nu = db_now()
    brief = Rondschrijven.objects.create(
        kring=kring,
        aan=aan,
        onderwerp=onderwerp.strip(),
        tekst=tekst.strip(),
        verzonden_op=nu,
        verzonden_door_id=by.person_id,
    )
    for number, person in enumerate(people.adressen):
        zending = outbox.enqueue_mail(
            kring_id=kring.pk,
            # The key is kept in the open, so no address in it.
            sleutel=f"rondschrijven|{brief.pk}|{number}",
            aan=person.email,
            onderwerp=brief.onderwerp,
            tekst=compose(kring, person.naam, brief.tekst, afzender=by.naam, antwoord=antwoord),
        )
        Rondbezorging.objects.create(
            kring=kring,
            rondschrijven=brief,
            deelnemer_id=person.deelnemer_id,
            naam=person.naam,
            email=person.email,
            zending=zending,
        )
    logboek.record(
        "rondschrijven.verzonden",
        "E",
        by=by,
        kring_id=kring.pk,
        object_soort="rondschrijven",
        object_id=brief.pk,
    )
    return brief
