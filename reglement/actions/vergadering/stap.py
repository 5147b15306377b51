"""One hand at a time: the row of the meeting is locked, and an old page is refused."""

from collections.abc import Collection
from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kern import logboek
from kern.actor import Actor
from kern.tenancy import KringModel
from kern.tijd import db_now
from kern.weergave import format_tijd
from reglement.models import Agendapunt, Vergadering, Vergaderstap

Status = Vergadering.Status

_NIET_MEER = {
    Status.CONCEPT: gettext_lazy("De vergadering is nog niet opgeroepen."),
    Status.OPGEROEPEN: gettext_lazy("De vergadering is al opgeroepen; daarmee staat zij vast."),
    Status.OPEN: gettext_lazy("De vergadering is al geopend."),
    Status.GESLOTEN: gettext_lazy("De vergadering is al gesloten."),
    Status.AFGELAST: gettext_lazy("De vergadering is afgelast."),
}


def lock(
    vergadering: Vergadering, *, in_stand: Collection[str] = (), gezien: int | None = None
) -> Vergadering:
    """Return the meeting, held until the transaction ends; call inside one.

    `gezien` is the last step that the page of this person showed. Refused when somebody did
    something since, with what that was, or when the meeting is not `in_stand`.
    """
    row = (
        Vergadering.objects.select_for_update(of=("self",))
        .select_related("kring", "versie", "voorzitter", "eerste")
        .get(pk=vergadering.pk)
    )
    refused = in_stand and row.status not in in_stand
    since = _since(row, gezien) if gezien is not None else ""
    if refused:
        raise ValidationError(since or str(_NIET_MEER[Status(row.status)]))
    if since:
        raise ValidationError(since)
    return row


def _since(row: Vergadering, gezien: int) -> str:
    """Return what happened after that step, empty when nothing did."""
    if row.stap <= gezien:
        return ""
    steps = row.stappen.filter(nummer__gt=gezien).select_related("door", "agendapunt")
    words = " ".join(step_words(step) for step in steps.order_by("-nummer")[:3])
    return _("Intussen is er iets gebeurd, daarom is je keuze niet gedaan. %(wat)s") % {
        "wat": words
    }


def step_words(stap: Vergaderstap) -> str:
    """Return a step as a sentence: who did what, at what time."""
    values = {
        "tijd": format_tijd(stap.op),
        "wie": stap.door.naam if stap.door else _("het systeem"),
        "wat": stap.get_soort_display(),
    }
    if stap.agendapunt:
        values["punt"] = f"{stap.agendapunt.volgorde}. {stap.agendapunt.titel}"
        return _("Om %(tijd)s heeft %(wie)s %(wat)s: %(punt)s.") % values
    return _("Om %(tijd)s heeft %(wie)s %(wat)s.") % values


def note_step(
    vergadering: Vergadering,
    soort: str,
    *,
    by: Actor,
    agendapunt: Agendapunt | None = None,
    toelichting: str = "",
    op: datetime | None = None,
) -> Vergaderstap:
    """Write the next step of a locked meeting; every page that shows an older one is old now."""
    vergadering.stap += 1
    vergadering.save(update_fields=["stap", "gewijzigd_op"])
    return Vergaderstap.objects.create(
        kring_id=vergadering.kring_id,
        vergadering=vergadering,
        nummer=vergadering.stap,
        soort=soort,
        agendapunt=agendapunt,
        toelichting=toelichting,
        op=op or db_now(),
        door_id=by.gebruiker_id,
    )


def log(gebeurtenis: str, actie: str, row: KringModel, by: Actor) -> None:
    """Write the line of the access log: the last act of an action."""
    logboek.record(
        gebeurtenis,
        actie,
        by=by,
        kring_id=row.kring_id,
        object_soort=row._meta.model_name,
        object_id=row.pk,
    )
