"""What every change of a call shares: the lock, the log line, the conflict, the judgement."""

from collections.abc import Sequence
from datetime import timedelta

from django.http import Http404
from django.utils.translation import gettext as _

from kern import logboek
from kern.actor import Actor
from kern.tijd import db_now
from triage import bloedinginstructie, intake, termijnen
from triage.models import Oproep, Patient
from triage.namens import under_duty
from triage.overgangen import StapGeweigerd, move
from triage.redenen import Reden

DUBBEL = timedelta(seconds=5)
"""The same step twice within this time is one press of a tired thumb."""


class VersieConflict(StapGeweigerd):
    """Another window changed the call meanwhile; `oproep` holds what it looks like now."""

    def __init__(self, oproep: Oproep):
        self.oproep = oproep
        super().__init__(_("Iemand anders heeft deze oproep intussen gewijzigd."))


class PatientConflict(VersieConflict):
    """Another person changed the same fields (`velden`) of the patient; `patient` is the row."""

    def __init__(self, oproep: Oproep, patient: Patient, velden: list[str]):
        super().__init__(oproep)
        self.patient, self.velden = patient, velden


class AfrondenGeweigerd(StapGeweigerd):
    """The call cannot be closed yet; `redenen` says in Dutch sentences what is missing, where."""

    def __init__(self, redenen: Sequence[Reden | str]):
        self.redenen = redenen
        super().__init__(" ".join(str(reden) for reden in redenen))


def lock(oproep: Oproep) -> None:
    """Bring the instance up to date and hold the row until the transaction ends.

    Not against those who only point at the row (a joined call, an attempt): their check would wait
    for us while we wait for the head of the log that they hold. A call that was thrown away since
    the caller read it is a 404, as it would have been a moment later.
    """
    try:
        oproep.refresh_from_db(from_queryset=Oproep.objects.select_for_update(no_key=True))
    except Oproep.DoesNotExist as error:
        raise Http404 from error


def record_step(gebeurtenis: str, actie: str, oproep: Oproep, by: Actor) -> None:
    """Finish a step: its line in the log, and the clocks that it opened or closed.

    Every step ends here, so none can leave a clock running that its call no longer has.
    """
    if actie != "D":
        termijnen.sync(oproep)
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


def check_versie(oproep: Oproep, versie: int | None, venster: str) -> None:
    """Refuse a change that was made on top of an older state."""
    if is_outdated(oproep, versie, venster):
        raise VersieConflict(oproep)


def next_version(oproep: Oproep, venster: str) -> None:
    oproep.versie += 1
    if venster != oproep.venster:
        # What another window wrote of the patient is news to this one.
        oproep.patient_stand = ""
    oproep.venster = venster


def judge_again(oproep: Oproep) -> None:
    """Recompute outcome and deadlines; a call that only waits, waits for the call back."""
    intake.apply_outcome(oproep, intake.judge(oproep))
    intake.note_moments(oproep, db_now())
    if callback := bloedinginstructie.callback_at(oproep):
        oproep.terugbellen_om = callback
    if oproep.status in (Oproep.Status.OPEN, Oproep.Status.TERUGBELLEN):
        waits = oproep.terugbellen_om is not None and bool(callback or not oproep.besluit)
        move(oproep, Oproep.Status.TERUGBELLEN if waits else Oproep.Status.OPEN)
