"""One vote of one practice, once; and saying that one has an interest."""

from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.utils.translation import gettext as _

from kern.actor import Actor
from kern.tijd import db_now
from kern.toegang import Rol
from kern.weigering import refusing
from kring.models import Lidmaatschap
from reglement.aanwezig import present_at
from reglement.actions.vergadering.stap import log
from reglement.models import (
    Belangverklaring,
    Hoofdelijkestem,
    Keuze,
    Stembus,
    Stemming,
    Stemopkomst,
)
from reglement.stemmen.opgave import members_in, voiceless_in
from reglement.stemmen.stand import excluded_from


@transaction.atomic
def cast_stem(stemming: Stemming, *, deelnemer_id: UUID, keuze: str, by: Actor) -> None:
    """Count the vote of a practice, given by its own vertegenwoordiger who is there.

    A constraint lets nobody vote twice, also not from two phones at the same moment. Of a secret
    vote the choice is added to the sealed counts and forgotten: the line in the log and the row of
    the turnout are the same whatever was chosen.
    """
    if keuze not in Keuze.values:
        raise ValidationError(_("Kies voor, tegen of blanco."))
    row = _open_for_votes(stemming)
    _refuse_stranger(row, deelnemer_id, by)
    if row.geheim:
        _cast_secret(row, deelnemer_id, keuze)
    else:
        with refusing(Hoofdelijkestem, velden={"hoofdelijkestem_eenmaal": ""}):
            Hoofdelijkestem.objects.create(
                kring_id=row.kring_id,
                stemming=row,
                deelnemer_id=deelnemer_id,
                gebruiker_id=by.person_id,
                keuze=keuze,
                op=db_now(),
            )
    log("stemming.gestemd", "C", row, by)


def _open_for_votes(stemming: Stemming) -> Stemming:
    """Return the vote as it is; a close waits until the vote that holds it is in, or finds none.

    FOR SHARE: voters do not wait for each other here, only the close waits for all of them. So does
    who is noted as gone: a vote is never later than the line by which its practice left. The
    meeting comes first, as for the chair.
    """
    meeting = stemming.agendapunt.vergadering_id
    with connection.cursor() as cursor:
        cursor.execute("SELECT FROM reglement_vergadering WHERE id = %s FOR SHARE", [meeting])
        cursor.execute(
            "SELECT status FROM reglement_stemming WHERE id = %s FOR SHARE", [stemming.pk]
        )
        found = cursor.fetchone()
    if found is None or found[0] != Stemming.Status.OPEN:
        raise ValidationError(_("De stemming is al dicht. Je stem is niet meegeteld."))
    return stemming


def _refuse_stranger(row: Stemming, deelnemer_id: UUID, by: Actor) -> None:
    speaks = Lidmaatschap.objects.filter(
        kring_id=row.kring_id,
        deelnemer_id=deelnemer_id,
        gebruiker_id=by.person_id,
        rol=Rol.VERTEGENWOORDIGER,
        status=Lidmaatschap.Status.ACTIEF,
    )
    if not speaks.exists() or deelnemer_id not in members_in(row):
        raise PermissionDenied
    if deelnemer_id in voiceless_in(row):
        raise ValidationError(
            _(
                "Toen de stemming openging had je praktijk nog geen vertegenwoordiger (art. 2). "
                "Je stemt mee vanaf de volgende stemming."
            )
        )
    if deelnemer_id in excluded_from(row):
        raise ValidationError(
            _("Het gaat over je eigen praktijk. Volgens jullie reglement stem je dan niet mee.")
        )
    there = {line.deelnemer_id for line in present_at(row.agendapunt.vergadering)}
    if deelnemer_id not in there:
        raise ValidationError(
            _("Je staat niet als aanwezig genoteerd. Meld je bij de voorzitter en stem daarna.")
        )


def _cast_secret(row: Stemming, deelnemer_id: UUID, keuze: str) -> None:
    with refusing(Stemopkomst, velden={"stemopkomst_eenmaal": ""}):
        Stemopkomst.objects.create(kring_id=row.kring_id, stemming=row, deelnemer_id=deelnemer_id)
    # The one row for everybody is held as short as possible, so it comes last.
    box = Stembus.objects.select_for_update(no_key=True).get(stemming=row)
    box.add(keuze)
    box.save(update_fields=["inhoud"])


@transaction.atomic
def declare_belang(stemming: Stemming, *, toelichting: str, by: Actor) -> Belangverklaring:
    """Note that this person has an interest of his own; the casting vote may pass him by (A-6).

    Who declares it keeps his vote: only the reading of A-5 takes one away.
    """
    row = Stemming.objects.select_for_update(of=("self",)).get(pk=stemming.pk)
    if hasattr(row, "besluit") or row.status == Stemming.Status.INGETROKKEN:
        raise ValidationError(_("Deze stemming is al afgelopen."))
    with refusing(Belangverklaring, velden={"belangverklaring_eenmaal": ""}):
        belang = Belangverklaring.objects.create(
            kring_id=row.kring_id,
            stemming=row,
            gebruiker_id=by.person_id,
            toelichting=toelichting,
            op=db_now(),
        )
    log("stemming.belang", "C", belang, by)
    return belang
