"""What a meeting asks of somebody: answer, come, call, write the minutes, check them."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from kern.toegang import Rol
from kern.weergave import format_datum
from reglement import geldend
from reglement.models import Notulen, Notulenakkoord, Uitnodiging, Vergadering
from reglement.overzicht import Regel

Status = Vergadering.Status


def lines(request: Any, dag: date) -> Iterator[Regel]:
    """Return what waits for this person; six queries at most, for one meeting or for thirty."""
    kring_id = request.kring.pk
    own = {
        row.deelnemer_id
        for row in request.lidmaatschappen
        if row.rol == Rol.VERTEGENWOORDIGER and row.kring_id == kring_id
    }
    if own:
        yield from _answers(request, own)
        yield from _minutes_to_check(request, own)
    if Rol.COORDINATOR in request.actor.rollen:
        yield from _to_run(request, dag)


def _url(request: Any, route: str, vergadering_id: UUID) -> str:
    kwargs = {"kring": request.kring.slug, "vergadering": vergadering_id}
    return reverse(f"reglement:{route}", kwargs=kwargs)


def _answers(request: Any, own: set) -> Iterator[Regel]:
    rows = Uitnodiging.objects.filter(
        kring_id=request.kring.pk,
        deelnemer__in=own,
        vergadering__status__in=[Status.OPGEROEPEN, Status.OPEN],
    ).select_related("vergadering")
    for item in rows:
        meeting = item.vergadering
        if meeting.status == Status.OPEN:
            yield Regel(
                _("Kom in de vergadering: %s") % meeting.titel,
                _url(request, "zaal", meeting.pk),
                nu=True,
            )
        elif not item.antwoord:
            yield Regel(
                _("Laat weten of je komt: %s") % meeting.titel,
                _url(request, "vergadering", meeting.pk),
                uiterlijk=meeting.dag,
                waarom=_("De vergadering is op %s.") % format_datum(meeting.dag),
            )


def _minutes_to_check(request: Any, own: set) -> Iterator[Regel]:
    laid = list(
        Notulen.objects.filter(
            kring_id=request.kring.pk,
            status=Notulen.Status.VOORGELEGD,
            vergadering__aanwezigheid__deelnemer__in=own,
        )
        .select_related("vergadering")
        .distinct()
    )
    given = {
        (line.notulen_id, line.ronde)
        for line in Notulenakkoord.objects.filter(notulen__in=laid, deelnemer__in=own)
    }
    for row in laid:
        if (row.pk, row.ronde) not in given:
            yield Regel(
                _("Kijk de notulen na: %s") % row.vergadering.titel,
                _url(request, "notulen", row.vergadering_id),
                uiterlijk=row.reageren_tot,
                waarom=_("Wie niets laat weten, gaat akkoord."),
            )


def _to_run(request: Any, dag: date) -> Iterator[Regel]:
    """What the coordinator does: call in time, write and adopt the minutes (10.6)."""
    variabelen = geldend.variabelen_on(request.kring.pk, dag)
    rows = Vergadering.objects.filter(kring_id=request.kring.pk).select_related("notulen")
    planned = rows.filter(status=Status.CONCEPT, begint_op__date__gte=dag)
    for meeting in planned:
        weeks = timedelta(weeks=variabelen.weken_oproep)
        yield Regel(
            _("Roep de deelnemers op: %s") % meeting.titel,
            _url(request, "vergadering", meeting.pk),
            uiterlijk=meeting.dag - weeks,
            waarom=_("Sommige punten vragen meer tijd; dat staat bij de oproep (art. 4.2)."),
        )
    for meeting in rows.filter(status=Status.OPEN):
        # An evening may pass midnight; one that nobody closed has no minutes and no second meeting.
        over = dag > meeting.dag + timedelta(days=1)
        yield Regel(
            (_("Sluit de vergadering: %s") if over else _("Leid de vergadering: %s"))
            % meeting.titel,
            _url(request, "leiden", meeting.pk),
            uiterlijk=meeting.dag if over else None,
            waarom=_("Pas daarna zijn er notulen (art. 10.6).") if over else "",
            nu=not over,
        )
    term = timedelta(days=variabelen.dagen_verslag)
    closed = rows.filter(status=Status.GESLOTEN, notulen__isnull=False).exclude(
        notulen__status=Notulen.Status.VASTGESTELD
    )
    for meeting in closed:
        due = meeting.dag + term
        url = _url(request, "notulen", meeting.pk)
        why = _("De deelnemers krijgen een verslag met de besluiten (art. 10.6).")
        minutes: Notulen | None = getattr(meeting, "notulen", None)
        laid = minutes is not None and minutes.status == Notulen.Status.VOORGELEGD
        until = minutes.reageren_tot if minutes and laid else None
        if until is None:
            yield Regel(_("Leg de notulen voor: %s") % meeting.titel, url, due, why)
        else:
            yield Regel(
                _("Stel de notulen vast: %s") % meeting.titel,
                url,
                max(due, until),
                why,
                volgt=dag <= until,
            )
