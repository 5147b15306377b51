"""The life of a protocol version: concept, offered, approved, in force from a moment.

Two persons: a coordinator makes and offers, a dentist who had no hand in it approves. Every step
locks the row and knows which state the person was looking at (`wijziging`).
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.http import Http404
from django.utils.translation import gettext as _

from kern import logboek
from kern.actor import Actor
from kern.tenancy import one_at_a_time
from kern.tijd import db_now
from kern.weergave import format_moment
from kern.weigering import refusing
from triage.lezing import check_local_rules, reading_of_version, settings_from, settings_record
from triage.models import Protocolversie
from triage.overgangen import StapGeweigerd

Status = Protocolversie.Status


@transaction.atomic
def make_concept(
    *, kring_id: int, by: Actor, van: Protocolversie | None = None, toelichting: str = ""
) -> Protocolversie:
    """Make a concept with the contents of an earlier version, or of the shipped standard."""
    # max+1 without a lock gives two coordinators the same number.
    one_at_a_time("triage.protocolversie", kring_id)
    rows = Protocolversie.objects.filter(kring_id=kring_id)
    last = rows.aggregate(last=Max("nummer"))["last"]
    lezing = reading_of_version(van)
    versie = Protocolversie.objects.create(
        kring_id=kring_id,
        nummer=(last or 0) + 1,
        regelset=lezing.regelset.id,
        instellingen=settings_record(lezing.instellingen),
        lokale_regels=sorted(lezing.lokale_regels),
        toelichting=toelichting,
        gemaakt_van=van,
        gemaakt_door_id=by.person_id,
        gemaakt_op=db_now(),
        makers=[by.person_id],
    )
    _record("protocolversie.gemaakt", "C", versie, by)
    return versie


@transaction.atomic
def save_concept(
    versie: Protocolversie,
    *,
    instellingen: Mapping[str, Any],
    lokale_regels: Iterable[str],
    toelichting: str,
    by: Actor,
    wijziging: int | None = None,
) -> Protocolversie:
    """Replace the contents of a concept; who saves had a hand in it.

    Raises `ValueError` for a setting or local rule that does not exist: forms know them all.
    """
    _lock(versie, wijziging)
    _require(versie, Status.CONCEPT, _("Alleen een concept kan worden gewijzigd."))
    settings = settings_from(instellingen, strict=True)
    versie.instellingen = settings_record(settings)
    versie.lokale_regels = sorted(check_local_rules(lokale_regels))
    versie.toelichting = toelichting
    versie.makers = sorted({*versie.makers, by.person_id})
    _save(versie)
    _record("protocolversie.gewijzigd", "U", versie, by)
    return versie


@transaction.atomic
def discard_concept(versie: Protocolversie, *, by: Actor) -> None:
    """Throw a concept away; what was ever approved stays."""
    _lock(versie)
    _require(versie, Status.CONCEPT, _("Alleen een concept kan worden weggegooid."))
    _record("protocolversie.weggegooid", "D", versie, by)
    versie.delete()


@transaction.atomic
def offer_concept(
    versie: Protocolversie, *, by: Actor, wijziging: int | None = None
) -> Protocolversie:
    """Offer a concept for approval; from here its contents stand still."""
    _lock(versie, wijziging)
    _require(versie, Status.CONCEPT, _("Deze versie is al aangeboden."))
    if not versie.toelichting.strip():
        raise StapGeweigerd(
            _("Schrijf eerst op waarom deze versie er komt. De tandarts leest dat.")
        )
    versie.status = Status.AANGEBODEN
    versie.aangeboden_door_id, versie.aangeboden_op = by.person_id, db_now()
    versie.makers = sorted({*versie.makers, by.person_id})
    # An earlier refusal was about an earlier text.
    versie.teruggestuurd_door, versie.teruggestuurd_op = None, None
    versie.teruggestuurd_reden = ""
    _save(versie)
    _record("protocolversie.aangeboden", "U", versie, by)
    return versie


@transaction.atomic
def take_back(versie: Protocolversie, *, by: Actor) -> Protocolversie:
    """Make an offered version a concept again, before anybody approved it."""
    _lock(versie)
    _require(versie, Status.AANGEBODEN, _("Deze versie wacht niet op akkoord."))
    _back_to_concept(versie)
    _save(versie)
    _record("protocolversie.teruggenomen", "U", versie, by)
    return versie


@transaction.atomic
def approve(versie: Protocolversie, *, by: Actor, wijziging: int | None = None) -> Protocolversie:
    """Approve as a second person; from here the contents never change."""
    _lock(versie, wijziging)
    _require(versie, Status.AANGEBODEN, _("Deze versie wacht niet op akkoord."))
    if by.person_id in versie.makers:
        raise StapGeweigerd(
            _("Je hebt zelf aan deze versie meegeschreven. Vraag een andere tandarts om akkoord.")
        )
    versie.status = Status.GOEDGEKEURD
    versie.goedgekeurd_door_id, versie.goedgekeurd_op = by.person_id, db_now()
    _save(versie)
    _record("protocolversie.goedgekeurd", "U", versie, by)
    return versie


@transaction.atomic
def send_back(
    versie: Protocolversie, *, reden: str, by: Actor, wijziging: int | None = None
) -> Protocolversie:
    """Send an offered version back to its makers, with the reason."""
    _lock(versie, wijziging)
    _require(versie, Status.AANGEBODEN, _("Deze versie wacht niet op akkoord."))
    if not reden.strip():
        raise StapGeweigerd(_("Schrijf op waarom je de versie terugstuurt."))
    _back_to_concept(versie)
    versie.teruggestuurd_door_id, versie.teruggestuurd_op = by.person_id, db_now()
    versie.teruggestuurd_reden = reden
    _save(versie)
    _record("protocolversie.teruggestuurd", "U", versie, by)
    return versie


@transaction.atomic
def put_in_force(
    versie: Protocolversie, *, by: Actor, vanaf: datetime | None = None
) -> Protocolversie:
    """Let an approved version hold from a moment on; None is now. Running calls keep theirs.

    A moment that the constraints refuse is a `ValidationError` at the field `vanaf`.
    """
    # A call that begins at this very moment waits for the same lock (`start_oproep`).
    one_at_a_time("triage.nummer", versie.kring_id)
    _lock(versie)
    _require(versie, Status.GOEDGEKEURD, _("Deze versie is nog niet goedgekeurd."))
    nu = db_now()
    _refuse_if_begun(versie, nu)
    if vanaf is not None and vanaf < nu:
        raise StapGeweigerd(
            _("Dit tijdstip is al voorbij. Kies een moment dat nog komt, of kies nu.")
        )
    versie.van_kracht_vanaf, versie.van_kracht_door_id = vanaf or nu, by.person_id
    with refusing(Protocolversie, velden={"protocolversie_een_per_moment": "vanaf"}):
        _save(versie)
    _record("protocolversie.van_kracht_gezet", "U", versie, by)
    return versie


@transaction.atomic
def withdraw(versie: Protocolversie, *, by: Actor) -> Protocolversie:
    """Take back a moment that has not come yet; the approval stays."""
    _lock(versie)
    if versie.van_kracht_vanaf is None:
        raise StapGeweigerd(_("Voor deze versie staat geen moment klaar."))
    _refuse_if_begun(versie, db_now())
    versie.van_kracht_vanaf = versie.van_kracht_door = None
    _save(versie)
    _record("protocolversie.ingetrokken", "U", versie, by)
    return versie


def _lock(versie: Protocolversie, wijziging: int | None = None) -> None:
    """Bring the row up to date and hold it; refuse who looks at an older state of it."""
    try:
        versie.refresh_from_db(from_queryset=Protocolversie.objects.select_for_update())
    except Protocolversie.DoesNotExist as error:
        # Thrown away since the caller read it.
        raise Http404 from error
    if wijziging is not None and wijziging != versie.wijziging:
        raise StapGeweigerd(
            _("Iemand anders heeft deze versie intussen gewijzigd. Lees haar opnieuw.")
        )


def _require(versie: Protocolversie, status: str, sentence: str) -> None:
    if versie.status != status:
        raise StapGeweigerd(sentence)


def _refuse_if_begun(versie: Protocolversie, nu: datetime) -> None:
    if versie.van_kracht_vanaf is not None and versie.has_begun(nu):
        raise StapGeweigerd(
            _("Deze versie is van kracht sinds %(moment)s. Maak een nieuwe versie om te wijzigen.")
            % {"moment": format_moment(versie.van_kracht_vanaf)}
        )


def _back_to_concept(versie: Protocolversie) -> None:
    versie.status = Status.CONCEPT
    versie.aangeboden_door, versie.aangeboden_op = None, None


def _save(versie: Protocolversie) -> None:
    versie.wijziging += 1
    versie.save()


def _record(gebeurtenis: str, actie: str, versie: Protocolversie, by: Actor) -> None:
    logboek.record(
        gebeurtenis,
        actie,
        by=by,
        object_soort="protocolversie",
        object_id=versie.pk,
        kring_id=versie.kring_id,
    )
