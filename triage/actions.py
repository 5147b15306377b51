"""Changes of a call: the only door, each with its access-log line in the same transaction.

Every action locks the row first, so two windows never decide on the same old state. Moments come
from the database clock. An action refuses with a Dutch sentence (`StapGeweigerd`, or a subclass
that carries more); it then has changed nothing.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max, ProtectedError
from django.utils.translation import gettext as _

from kern import logboek
from kern.actor import Actor
from kern.tenancy import one_at_a_time
from kern.tijd import db_now
from kring.models import Tandarts
from rooster.models import Dienst
from triage import afronding, intake
from triage.models import Contactpoging, Oproep, Patient
from triage.namens import under_duty
from triage.overgangen import StapGeweigerd, move, require_running

PATIENTVELDEN = (
    "naam",
    "geboortedatum",
    "adres",
    "postcode",
    "woonplaats",
    "telefoon",
    "bsn",
    "heeft_eigen_tandarts",
    "eigen_tandarts",
)


class VersieConflict(StapGeweigerd):
    """Another window changed the call meanwhile; `oproep` holds what it looks like now."""

    def __init__(self, oproep: Oproep):
        self.oproep = oproep
        super().__init__(_("Iemand anders heeft deze oproep intussen gewijzigd."))


class AfrondenGeweigerd(StapGeweigerd):
    """The call cannot be closed yet; `redenen` says in Dutch sentences what is missing."""

    def __init__(self, redenen: list[str]):
        self.redenen = redenen
        super().__init__(" ".join(redenen))


def _lock(oproep: Oproep) -> None:
    """Bring the instance up to date and hold the row until the transaction ends."""
    oproep.refresh_from_db(from_queryset=Oproep.objects.select_for_update())


def _record(gebeurtenis: str, actie: str, oproep: Oproep, by: Actor) -> None:
    logboek.record(
        gebeurtenis,
        actie,
        by=under_duty(by),
        object_soort="oproep",
        object_id=oproep.pk,
        patient_id=oproep.patient_id,
        kring_id=oproep.kring_id,
    )


def is_outdated(oproep: Oproep, versie: int | None, venster: str) -> bool:
    """Whether a window shows an older state than what is stored.

    A window's own last change does not make it old: its answer may have been lost on the way, or
    the next key was pressed before it arrived.
    """
    if versie is None or versie == oproep.versie:
        return False
    return not venster or venster != oproep.venster


def _check_versie(oproep: Oproep, versie: int | None, venster: str) -> None:
    """Refuse a change that was made on top of an older state."""
    if is_outdated(oproep, versie, venster):
        raise VersieConflict(oproep)


def _next_version(oproep: Oproep, venster: str) -> None:
    oproep.versie += 1
    oproep.venster = venster


def _judge(oproep: Oproep) -> None:
    """Recompute outcome and deadlines; a call that only waits, waits for the call back."""
    intake.apply_outcome(oproep, intake.judge(oproep))
    if oproep.status in (Oproep.Status.OPEN, Oproep.Status.TERUGBELLEN):
        waits = oproep.terugbellen_om is not None and not oproep.besluit
        move(oproep, Oproep.Status.TERUGBELLEN if waits else Oproep.Status.OPEN)


@transaction.atomic
def start_oproep(*, kring_id: int, by: Actor, telefoon: str = "") -> Oproep:
    """Start a call; its number is the next one of the kring."""
    # max+1 without a lock gives two callers the same number.
    one_at_a_time("triage.nummer", kring_id)
    last = Oproep.objects.filter(kring_id=kring_id).aggregate(last=Max("nummer"))["last"]
    nu = db_now()
    oproep = Oproep.objects.create(
        kring_id=kring_id,
        nummer=(last or 0) + 1,
        aangenomen_op=nu,
        aangenomen_door_id=by.person_id,
        telefoon_beller=telefoon,
        dienst=Dienst.objects.on_duty_at(nu).filter(kring_id=kring_id).first(),
    )
    _record("oproep.aangenomen", "C", oproep, by)
    return oproep


@transaction.atomic
def save_antwoorden(
    oproep: Oproep,
    *,
    antwoorden: Mapping[str, Any],
    omschrijving: str,
    versie: int | None,
    by: Actor,
    venster: str = "",
) -> Oproep:
    """Replace the answers, drop those of hidden questions, and judge the call again."""
    _lock(oproep)
    require_running(oproep)
    _check_versie(oproep, versie, venster)
    answers = intake.with_callback(oproep, antwoorden, nu=db_now())
    kept = intake.keep_visible(oproep, answers)
    if kept == oproep.antwoorden and omschrijving == oproep.omschrijving:
        return oproep
    oproep.antwoorden, oproep.omschrijving = kept, omschrijving
    _judge(oproep)
    _next_version(oproep, venster)
    oproep.save()
    _record("oproep.antwoorden_bewaard", "U", oproep, by)
    return oproep


@transaction.atomic
def save_patient(
    oproep: Oproep,
    *,
    by: Actor,
    patient: Patient | None = None,
    gegevens: Mapping[str, Any] | None = None,
    versie: int | None = None,
    venster: str = "",
) -> Patient:
    """Tie a patient to the call: an existing one (`patient`), or what was typed (`gegevens`).

    An earlier patient of this call is replaced, never merged. Age and own dentist count in the
    outcome, so the call is judged again.
    """
    _lock(oproep)
    require_running(oproep)
    _check_versie(oproep, versie, venster)
    before = oproep.patient
    current = patient or before or Patient(kring_id=oproep.kring_id)
    is_new = current._state.adding
    for name, value in (gegevens or {}).items():
        if name not in PATIENTVELDEN:
            raise ValueError(f"unknown field: {name}")
        setattr(current, name, value)
    if is_new or gegevens:
        current.save()
    oproep.patient = current
    if current.telefoon:
        oproep.telefoon_beller = oproep.telefoon_beller or current.telefoon
    _judge(oproep)
    _next_version(oproep, venster)
    oproep.save()
    _record(
        "patient.aangemaakt" if is_new else "patient.gewijzigd", "C" if is_new else "U", oproep, by
    )
    if before is not None and before != current and before.aangemaakt_op >= oproep.aangenomen_op:
        _drop_unused(before)
    return current


def _drop_unused(patient: Patient) -> None:
    """Remove the half-typed row that the chosen patient replaces, unless anything needs it."""
    if Oproep.objects.filter(patient=patient).exists():
        return
    try:
        with transaction.atomic():
            patient.delete()
    except ProtectedError:
        return


@transaction.atomic
def log_contactpoging(
    oproep: Oproep, *, tandarts: Tandarts, rol: str, resultaat: str, by: Actor
) -> Contactpoging:
    """Note one attempt to reach a dentist; who was spoken to becomes the behandelaar."""
    _lock(oproep)
    require_running(oproep)
    poging = Contactpoging.objects.create(
        kring_id=oproep.kring_id,
        oproep=oproep,
        tandarts=tandarts,
        rol=rol,
        resultaat=resultaat,
        moment=db_now(),
        door_id=by.person_id,
    )
    if resultaat == Contactpoging.Resultaat.GESPROKEN:
        oproep.behandelaar = tandarts
    oproep.save(update_fields=["behandelaar", "gewijzigd_op"])
    _record(f"contactpoging.{resultaat}", "C", oproep, by)
    return poging


@transaction.atomic
def record_besluit(oproep: Oproep, *, besluit: str, toelichting: str, by: Actor) -> Oproep:
    """Note what the dentist decided; only a dentist who was spoken to decides (§2.1)."""
    _lock(oproep)
    require_running(oproep)
    if oproep.behandelaar_id is None:
        raise StapGeweigerd(
            _("Leg eerst vast dat je de tandarts hebt gesproken. Alleen de tandarts beslist.")
        )
    oproep.besluit, oproep.besluit_toelichting = besluit, toelichting
    if besluit != Oproep.Besluit.ZIEN and oproep.status == Oproep.Status.AFSPRAAK:
        oproep.afspraak_om = None
        move(oproep, Oproep.Status.OPEN)
    _judge(oproep)
    oproep.save()
    _record("oproep.besluit_vastgelegd", "U", oproep, by)
    return oproep


@transaction.atomic
def make_afspraak(
    oproep: Oproep, *, moment: datetime, by: Actor, betaling_gemeld: bool = False
) -> Oproep:
    """Agree when the patient comes to the dentist who was spoken to."""
    _lock(oproep)
    require_running(oproep)
    if oproep.behandelaar_id is None:
        raise StapGeweigerd(
            _("Leg eerst vast dat je de tandarts hebt gesproken. Dan kun je een afspraak maken.")
        )
    if moment < oproep.aangenomen_op:
        raise StapGeweigerd(_("De afspraak kan niet vóór het telefoontje liggen."))
    oproep.afspraak_om = moment
    oproep.besluit = Oproep.Besluit.ZIEN
    oproep.betaling_gemeld = oproep.betaling_gemeld or betaling_gemeld
    move(oproep, Oproep.Status.AFSPRAAK)
    oproep.save()
    _record("oproep.afspraak_gemaakt", "U", oproep, by)
    return oproep


@transaction.atomic
def mark_gezien(oproep: Oproep, *, by: Actor) -> Oproep:
    """Note that the dentist has seen the patient, also when the telephone call is closed."""
    _lock(oproep)
    if oproep.gezien_op is not None:
        return oproep
    if oproep.status != Oproep.Status.AFGEROND:
        move(oproep, Oproep.Status.GEZIEN)
    oproep.gezien_op = db_now()
    oproep.save()
    _record("oproep.gezien", "U", oproep, by)
    return oproep


@transaction.atomic
def close_oproep(
    oproep: Oproep,
    *,
    controles: Iterable[str],
    by: Actor,
    betaling_gemeld: bool = False,
    reden_geen_contact: str = "",
) -> Oproep:
    """Close the telephone call, or say in sentences what still has to be done.

    A patient need not have been seen yet: the closing checks end the conversation (Bijlage 1
    §2.4). What is missing never hid the advice; it only holds up the closing.
    """
    _lock(oproep)
    require_running(oproep)
    oproep.afsluitcontroles = sorted(set(controles))
    oproep.betaling_gemeld = oproep.betaling_gemeld or betaling_gemeld
    oproep.reden_geen_contact = reden_geen_contact or oproep.reden_geen_contact
    reasons = afronding.reasons_not_to_close(oproep)
    if reasons:
        raise AfrondenGeweigerd(reasons)
    move(oproep, Oproep.Status.AFGEROND)
    oproep.afgerond_op, oproep.afgerond_door_id = db_now(), by.gebruiker_id
    oproep.save()
    _record("oproep.afgerond", "U", oproep, by)
    return oproep


@transaction.atomic
def abort_oproep(
    oproep: Oproep, *, reden: str, by: Actor, toelichting: str = "", tandarts: str = ""
) -> Oproep:
    """Close a call that ended halfway, or say in sentences what the patient is still owed."""
    _lock(oproep)
    require_running(oproep)
    oproep.afbreekreden, oproep.afbreek_toelichting = reden, toelichting
    oproep.afbreek_tandarts = tandarts
    nu = db_now()
    reasons = afronding.reasons_not_to_abort(oproep, nu)
    if reasons:
        raise AfrondenGeweigerd(reasons)
    move(oproep, Oproep.Status.AFGEROND)
    oproep.afgerond_op, oproep.afgerond_door_id = nu, by.gebruiker_id
    oproep.save()
    _record("oproep.afgebroken", "U", oproep, by)
    return oproep


@transaction.atomic
def discard_oproep(oproep: Oproep, *, by: Actor) -> None:
    """Throw away a call that was started by accident: only while nothing was noted in it."""
    _lock(oproep)
    if (
        oproep.antwoorden
        or oproep.omschrijving
        or oproep.patient_id
        or oproep.contactpogingen.exists()
    ):
        raise StapGeweigerd(_("In deze oproep staat al iets. Rond hem af; weggooien kan niet."))
    _record("oproep.weggegooid", "D", oproep, by)
    oproep.delete()
