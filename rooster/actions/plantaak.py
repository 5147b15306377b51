"""Runs of the planner: ask for one, stop it, and what the worker does with it.

The worker's steps are short transactions of their own, so that a page sees how far it is, and so
that a killed worker leaves its best plan so far. Every step asks whether the run is still its own.
"""

from datetime import timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from kern import logboek, outbox
from kern.actor import Actor
from kern.weigering import refusing
from rooster.actions.concept import Bezetting, open_concept, write_places
from rooster.models import Concept, Plantaak

SECONDEN = (10, 30, 60, 120, 300)
"""How long the planner may think: what the form offers."""


@transaction.atomic
def ask_plan(
    concept: Concept,
    *,
    instantie: dict,
    seconden: int,
    by: Actor,
    soort: str = Plantaak.Soort.PLAN,
) -> Plantaak:
    """Ask a worker for a plan of this instance; the draft is closed until it is there."""
    concept = open_concept(concept)
    taak = Plantaak(
        kring_id=concept.kring_id,
        concept=concept,
        soort=soort,
        seconden=seconden,
        instantie=instantie,
        gevraagd_door_id=by.gebruiker_id,
    )
    with refusing(Plantaak, velden={"plantaak_een_tegelijk": ""}):
        taak.save(force_insert=True)
    _log("concept.plannen", taak, by)
    transaction.on_commit(lambda: hint(taak))
    return taak


def hint(taak: Plantaak) -> None:
    """Tell a worker that there is a run to do."""
    from rooster.tasks import reken_rooster

    outbox.hint_worker(reken_rooster, taak.pk, taak.kring_id)


@transaction.atomic
def stop_plan(taak: Plantaak, *, by: Actor) -> None:
    """Stop a run: at once when nobody works on it yet, else the worker hands in what it has."""
    taak = Plantaak.objects.select_for_update().defer("instantie", "beste").get(pk=taak.pk)
    if taak.status not in Plantaak.BEZIG:
        raise ValidationError(_("De planner was al klaar."))
    taak.stop_gevraagd = True
    if taak.status == Plantaak.Status.WACHT:
        taak.status, taak.klaar_op = Plantaak.Status.GESTOPT, Now()
    taak.save(update_fields=["stop_gevraagd", "status", "klaar_op", "gewijzigd_op"])
    _log("concept.stoppen", taak, by)


def claim(taak_id: UUID | str) -> Plantaak | None:
    """Take a run that nobody has; None when it is taken, done or stopped."""
    mine = Plantaak.objects.filter(pk=taak_id, status=Plantaak.Status.WACHT).update(
        status=Plantaak.Status.LOOPT, begonnen_op=Now(), gezien_op=Now()
    )
    return Plantaak.objects.get(pk=taak_id) if mine else None


def note_progress(taak_id: UUID | str, **velden: object) -> bool:
    """Note a sign of life and what is new; return whether the worker should go on."""
    mijn = Plantaak.objects.filter(pk=taak_id, status=Plantaak.Status.LOOPT)
    if not mijn.update(gezien_op=Now(), **velden):
        return False
    return not mijn.filter(stop_gevraagd=True).exists()


@transaction.atomic
def finish(
    taak: Plantaak,
    *,
    status: str,
    plan: dict | None,
    bezetting: Bezetting,
    by: Actor,
    fase: str = "",
) -> bool:
    """Put the plan into the draft and close the run; return False when it was not ours any more.

    `plan` is rooster-plan/1 without names; None: there is none, the draft stays as it was.
    """
    concept = Concept.objects.select_for_update().get(pk=taak.concept_id)
    velden = {"beste": plan} if plan else {}
    if plan:
        velden |= {k: plan["bewijs"][k] for k in ("doel", "ondergrens")}
    mijn = Plantaak.objects.filter(pk=taak.pk, status=Plantaak.Status.LOOPT)
    if not mijn.update(status=status, fase=fase, klaar_op=Now(), **velden):
        return False
    if plan:
        write_places(concept, bezetting)
        concept.bewijs = plan
        concept.save(update_fields=["bewijs", "gewijzigd_op"])
    _log("concept.gepland", taak, by.on_behalf_of(taak.gevraagd_door_id, _asker(taak)))
    return True


def _asker(taak: Plantaak) -> str:
    return taak.gevraagd_door.naam if taak.gevraagd_door else ""


def untaken(geduld: timedelta) -> Q:
    """Runs that no worker took within this time."""
    return Q(status=Plantaak.Status.WACHT, aangemaakt_op__lt=Now() - geduld)


def silent(geduld: timedelta) -> Q:
    """Runs whose worker has given no sign of life within this time."""
    return Q(status=Plantaak.Status.LOOPT, gezien_op__lt=Now() - geduld)


def _log(gebeurtenis: str, taak: Plantaak, by: Actor) -> None:
    logboek.record(
        gebeurtenis,
        "U",
        by=by,
        kring_id=taak.kring_id,
        object_soort="concept",
        object_id=taak.concept_id,
    )
