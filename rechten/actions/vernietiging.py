"""A file goes when two persons agree; the sweeper does it, the list outside keeps it gone."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from kern import logboek
from kern.actor import Actor
from kern.tijd import db_now, to_local
from kern.toegang import Rol
from kern.weigering import refusing
from rechten import lezen, regels, wislijst
from rechten.models import GEVOELIG, Afgifte, Patientverzoek, Vernietiging
from triage.models import Oproep, Patient

PER_DAG = 200
"""Proposals in one day: a kring that starts with old files must be able to read the list."""
MIN_REDEN = 15


class VernietigingGeweigerd(Exception):
    """It cannot go yet; the text is a Dutch sentence for the person."""


def propose_on_request(verzoek: Patientverzoek, *, by: Actor) -> Vernietiging:
    """Propose what a patient asked for, signed by the coordinator who granted it."""
    if Rol.COORDINATOR not in by.rollen:
        raise ValidationError(_("Over een vernietiging beslist de coördinator."))
    patient_id = lezen.whose(verzoek)
    _refuse_open_call(patient_id)
    row, _made = Vernietiging.objects.select_for_update().get_or_create(
        kring_id=verzoek.kring_id,
        patient_id=patient_id,
        uitgevoerd_op=None,
        defaults={"patient_nummer": patient_id, "grond": Vernietiging.Grond.VERZOEK},
    )
    row.grond = Vernietiging.Grond.VERZOEK
    row.verzoek = verzoek
    row.aangehouden_tot = None
    row.reden = ""
    _sign(row, "coordinator", by)
    _record("vernietiging.voorgesteld", "C", row, by)
    return row


@transaction.atomic
def propose_past_term(*, kring_id: int, nu: datetime, by: Actor) -> int:
    """Propose the files of the open kring whose twenty years are over; return how many are new.

    Never one with an open call, an open request or a proposal. Each is weighed by two persons.
    """
    today = to_local(nu).date()
    limit = regels.add_months(today, -12 * regels.BEWAARJAREN)
    pending = Vernietiging.objects.filter(patient=OuterRef("pk"), uitgevoerd_op__isnull=True)
    asked = Patientverzoek.objects.filter(
        patient=OuterRef("pk"),
        status__in=[Patientverzoek.Status.OPEN, Patientverzoek.Status.TOEGEWEZEN],
    )
    calls = Oproep.objects.open().filter(patient=OuterRef("pk"))
    old = Patient.objects.living().filter(kring_id=kring_id, gewijzigd_op__date__lte=limit)
    old = old.exclude(Exists(pending) | Exists(asked) | Exists(calls))
    made = 0
    for patient, changed in lezen.last_changes(old, PER_DAG):
        if not regels.is_past_term(changed, today):
            break
        row = Vernietiging.objects.create(
            kring_id=kring_id,
            patient=patient,
            patient_nummer=patient.pk,
            grond=Vernietiging.Grond.TERMIJN,
            laatste_wijziging=changed,
        )
        _record("vernietiging.voorgesteld", "C", row, by)
        made += 1
    return made


@transaction.atomic
def confirm(row: Vernietiging, *, als: str, by: Actor) -> Vernietiging:
    """Agree, as "coordinator" or as "fg"; with both signatures the sweeper destroys the file."""
    row = _lock(row)
    _refuse_open_call(lezen.whose(row))
    if row.grond == Vernietiging.Grond.TERMIJN:
        _refuse_fresh(row)
    with refusing(Vernietiging, velden={"vernietiging_twee_personen": ""}):
        _sign(row, als, by)
    _record("vernietiging.bevestigd", "U", row, by)
    return row


@transaction.atomic
def keep_longer(row: Vernietiging, *, tot: date, reden: str, by: Actor) -> Vernietiging:
    """Keep the file until a later day, because good care asks for it (BW 7:454 lid 3)."""
    row = _lock(row)
    if row.grond != Vernietiging.Grond.TERMIJN:
        raise ValidationError(_("Een verzoek wijs je af met een reden, op de pagina ervan."))
    if tot <= to_local(db_now()).date():
        raise ValidationError({"tot": _("Kies een dag die nog komt.")})
    _require_reason(reden)
    row.aangehouden_tot, row.reden = tot, reden.strip()
    _unsign(row)
    _record("vernietiging.aangehouden", "U", row, by)
    return row


@transaction.atomic
def send_back(row: Vernietiging, *, reden: str, by: Actor) -> Vernietiging:
    """The second person does not agree: the first has to look again; the request is open again."""
    row = _lock(row)
    _require_reason(reden)
    row.reden = reden.strip()
    _unsign(row)
    if row.verzoek_id:
        Patientverzoek.objects.filter(
            pk=row.verzoek_id, status=Patientverzoek.Status.TOEGEWEZEN
        ).update(status=Patientverzoek.Status.OPEN, besluit_op=None)
    _record("vernietiging.teruggestuurd", "U", row, by)
    return row


@transaction.atomic
def destroy(row: Vernietiging, *, by: Actor) -> dict[str, int]:
    """Destroy the file; return how many rows went, by table. Of the requests only proof stays.

    The list outside the database is written first: a crash in between destroys again, never less.
    """
    row = Vernietiging.objects.select_for_update().get(pk=row.pk)
    if not row.is_bevestigd or row.uitgevoerd_op is not None:
        raise VernietigingGeweigerd(_("Hierover is nog niet door twee mensen besloten."))
    if Oproep.objects.open().filter(patient=row.patient_id).exists():
        raise VernietigingGeweigerd(_("Er loopt een oproep van deze patiënt."))
    # A row that was joined since stands for the living one now.
    row.patient_nummer = lezen.whose(row)
    row.save(update_fields=["patient_nummer"])
    wislijst.keep(row)
    for verzoek in Patientverzoek.objects.filter(patient=row.patient_id):
        _keep_proof(verzoek, granted=verzoek.pk == row.verzoek_id)
    with connection.cursor() as cursor:
        cursor.execute("SELECT rechten_vernietig(%s)", [row.pk])
        counts: dict[str, Any] = _plain(cursor.fetchone()[0])
    _record("vernietiging.uitgevoerd", "D", row, by)
    return counts


def destroy_again(regel: wislijst.Regel, *, by: Actor) -> bool:
    """Destroy what an old backup brought back; False when nobody of that number is there."""
    with transaction.atomic():
        connection.ensure_connection()
        for verzoek in Patientverzoek.objects.filter(patient_id=UUID(regel.patient)):
            _keep_proof(verzoek, granted=False)
        if not wislijst.apply(connection.connection, regel):
            return False
        row = Vernietiging.objects.get(pk=regel.vernietiging)
        _record("vernietiging.uitgevoerd", "D", row, by)
    return True


def _plain(value: Any) -> dict[str, Any]:
    import json

    return json.loads(value) if isinstance(value, str) else value


def _keep_proof(verzoek: Patientverzoek, *, granted: bool) -> None:
    """Take every person out of a request: kind, dates and decision stay."""
    for name in GEVOELIG:
        setattr(verzoek, name, "")
    verzoek.bestand_versies = []
    if granted or verzoek.is_open:
        verzoek.status = Patientverzoek.Status.AFGEHANDELD
        verzoek.afgehandeld_op = db_now()
        # A request without a check of identity was never granted: it ends here all the same.
        if not verzoek.identiteit:
            verzoek.status = Patientverzoek.Status.INGETROKKEN
    verzoek.save()
    Afgifte.objects.filter(verzoek=verzoek).delete()


def _lock(row: Vernietiging) -> Vernietiging:
    row = Vernietiging.objects.select_for_update().get(pk=row.pk)
    if row.is_bevestigd or row.uitgevoerd_op is not None:
        raise ValidationError(_("Deze vernietiging is al definitief."))
    return row


def _sign(row: Vernietiging, als: str, by: Actor) -> None:
    if als not in by.rollen or als not in (Rol.COORDINATOR, Rol.FG):
        raise ValidationError(_("Dit kan alleen de coördinator of de functionaris."))
    if getattr(row, f"{als}_op") is not None:
        raise ValidationError(_("Hier is al mee ingestemd."))
    setattr(row, f"{als}_id", by.person_id)
    setattr(row, f"{als}_naam", by.naam)
    setattr(row, f"{als}_op", db_now())
    row.save()


def _unsign(row: Vernietiging) -> None:
    for als in (Rol.COORDINATOR.value, Rol.FG.value):
        setattr(row, f"{als}_id", None)
        setattr(row, f"{als}_naam", "")
        setattr(row, f"{als}_op", None)
    row.save()


def _refuse_open_call(patient_id: UUID) -> None:
    if Oproep.objects.open().filter(patient=patient_id).exists():
        raise ValidationError(
            _("Er loopt een oproep van deze patiënt. Rond die af; dan kan het dossier weg.")
        )


def _refuse_fresh(row: Vernietiging) -> None:
    """Somebody may have written in the file since it was proposed."""
    only = Patient.objects.filter(pk=lezen.whose(row))
    [(_patient, changed)] = lezen.last_changes(only, 1)
    if not regels.is_past_term(changed, to_local(db_now()).date()):
        raise ValidationError(
            _("Er is sindsdien in het dossier geschreven: de bewaartermijn loopt opnieuw.")
        )


def _require_reason(reden: str) -> None:
    if len(reden.strip()) < MIN_REDEN:
        raise ValidationError({"reden": _("Leg in minstens 15 tekens uit waarom.")})


def _record(gebeurtenis: str, actie: str, row: Vernietiging, by: Actor) -> None:
    logboek.record(
        gebeurtenis,
        actie,
        by=by,
        kring_id=row.kring_id,
        object_soort="vernietiging",
        object_id=row.pk,
        patient_id=row.patient_nummer,
    )
