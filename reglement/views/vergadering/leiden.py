"""The screen of the chair: who is there, is it enough, which point, what next.

Everything that changes is one piece, asked every few seconds; what somebody types stands beside
it. Each button carries the step that the page showed, so two who preside do nothing twice.
"""

from collections.abc import Callable
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from kring.models import Deelnemer
from reglement.actions import vergadering as acties
from reglement.forms.vergadering import possible_chairs
from reglement.models import Agendapunt, Vergadering
from reglement.vergadering.stand import read_stand, state_tag
from reglement.vergaderscherm import key_of, panels
from reglement.views.vergadering.delen import meeting_of, page_of, timing

Doen = Callable[..., object]


def screen(request, vergadering):
    """Show the screen, or do what a button says and show it anew."""
    row = meeting_of(request, vergadering)
    if row.status == Vergadering.Status.CONCEPT:
        return redirect(page_of(row))
    errors: list[str] = []
    if request.POST.get("doe") == "sluit" and "zeker" not in request.POST:
        # What is closed stays closed: nobody votes any more.
        context = _context(request, row) | {"sluiten": row.status == Vergadering.Status.OPEN}
        return render(request, "reglement/vergadering/leiden.html", context)
    if request.method == "POST":
        try:
            _act(request, row)
        except ValidationError as refused:
            errors = refused.messages
            row = meeting_of(request, vergadering)
        else:
            return redirect(page_of(row, "leiden"))
    context = _context(request, row) | {"fouten": errors, **_typed(request, errors)}
    return render(
        request, "reglement/vergadering/leiden.html", context, status=422 if errors else 200
    )


def poll(request, vergadering):
    """Answer the question whether something changed: 304, or the piece that did."""
    row = meeting_of(request, vergadering)
    when = timing(row)
    if request.headers.get("If-None-Match") == state_tag(row, key_of(row), "leiden", when["vroeg"]):
        return HttpResponseNotModified()
    return render(request, "reglement/vergadering/_leiden.html", _context(request, row))


def _context(request, row: Vergadering) -> dict:
    stand, when = read_stand(row), timing(row)
    punt = stand.huidig.punt if stand.huidig else None
    templates, extra = panels(request, row, punt, zaal=False)
    return {
        "vergadering": row,
        "stand": stand,
        "etag": state_tag(row, key_of(row), "leiden", when["vroeg"]),
        "poll": page_of(row, "leiden_stand"),
        "delen": templates,
        **when,
        "voorzitters": possible_chairs(request.kring.pk)
        if row.status in (Vergadering.Status.OPGEROEPEN, Vergadering.Status.OPEN)
        else [],
        **extra,
    }


def _typed(request, errors: list[str]) -> dict:
    """Return what was typed when it could not be kept: nothing gets lost by a refusal."""
    return {"getypt": request.POST.get("aantekening")} if errors else {}


def _act(request, row: Vergadering) -> None:
    doen = {
        "open": _open,
        "sluit": _close,
        "punt": _table,
        "klaar": _finish,
        "binnen": _arrive,
        "weg": _leave,
        "voorzitter": _chair,
        "aantekening": _note,
    }.get(request.POST.get("doe", ""))
    if doen is None:
        raise ValidationError(_("Deze knop bestaat niet meer. Kies opnieuw."))
    doen(request, row)


def _seen(request) -> int:
    """Return the step that the page showed; a page that does not say is an old one."""
    try:
        return int(request.POST.get("stap", ""))
    except ValueError:
        return 0


def _open(request, row: Vergadering) -> None:
    acties.open_meeting(row, gezien=_seen(request), by=request.actor)


def _close(request, row: Vergadering) -> None:
    acties.close_meeting(row, gezien=_seen(request), by=request.actor)


def _table(request, row: Vergadering) -> None:
    acties.table_point(_point(request, row), gezien=_seen(request), by=request.actor)


def _finish(request, row: Vergadering) -> None:
    acties.finish_point(_point(request, row), gezien=_seen(request), by=request.actor)


def _note(request, row: Vergadering) -> None:
    text = _text(request.POST.get("aantekening"))
    if len(text) > Agendapunt._meta.get_field("aantekening").max_length:
        raise ValidationError(_("Een aantekening is hoogstens 4.000 tekens. Maak haar korter."))
    before = _text(request.POST.get("was"))
    acties.note_point(_point(request, row), aantekening=text, was=before, by=request.actor)


def _text(posted: str | None) -> str:
    """Return typed text with line ends as they are kept."""
    return (posted or "").replace("\r\n", "\n")


def _arrive(request, row: Vergadering) -> None:
    afar = request.POST.get("op_afstand") == "ja"
    acties.arrive(row, deelnemer=_practice(request), op_afstand=afar, by=request.actor)


def _leave(request, row: Vergadering) -> None:
    acties.leave(row, deelnemer=_practice(request), by=request.actor)


def _chair(request, row: Vergadering) -> None:
    chosen = request.POST.get("voorzitter", "")
    people = possible_chairs(request.kring.pk)
    person = next((person for person in people if str(person.pk) == chosen), None)
    if person is None:
        raise ValidationError(_("Kies wie de vergadering verder leidt."))
    acties.appoint_chair(row, voorzitter=person, gezien=_seen(request), by=request.actor)


def _point(request, row: Vergadering) -> Agendapunt:
    point = Agendapunt.objects.filter(vergadering=row, pk=_uuid(request.POST.get("punt"))).first()
    if point is None:
        raise Http404
    return point


def _practice(request) -> Deelnemer:
    practice = Deelnemer.objects.filter(
        kring=request.kring, pk=_uuid(request.POST.get("deelnemer"))
    ).first()
    if practice is None:
        raise Http404
    return practice


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None
