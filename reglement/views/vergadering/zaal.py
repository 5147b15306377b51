"""The screen of a vertegenwoordiger, on a phone: what is on the table, am I counted, the vote."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponseNotModified
from django.shortcuts import redirect, render

from kring.models import Deelnemer
from reglement.actions import vergadering as acties
from reglement.models import Vergadering
from reglement.vergadering.stand import read_stand, state_tag
from reglement.vergaderscherm import panels, room_key_of
from reglement.views.vergadering.delen import meeting_of, page_of, presides, represented, timing


def screen(request, vergadering):
    """Show the screen, or note that the own practice is there or leaves."""
    row = meeting_of(request, vergadering)
    if row.status == Vergadering.Status.CONCEPT:
        return redirect(page_of(row))
    errors: list[str] = []
    if request.method == "POST":
        try:
            _act(request, row)
        except ValidationError as refused:
            errors = refused.messages
            row = meeting_of(request, vergadering)
        else:
            return redirect(page_of(row, "zaal"))
    context = _context(request, row) | {"fouten": errors}
    return render(
        request, "reglement/vergadering/zaal.html", context, status=422 if errors else 200
    )


def poll(request, vergadering):
    """Answer the question whether something changed: 304, or the piece that did."""
    row = meeting_of(request, vergadering)
    if request.headers.get("If-None-Match") == _tag(request, row, timing(row)):
        return HttpResponseNotModified()
    return render(request, "reglement/vergadering/_zaal.html", _context(request, row))


def _tag(request, row: Vergadering, when: dict) -> str:
    # The panel shows whether this person voted: their own screen, their own tag.
    return state_tag(row, room_key_of(request, row), request.user.pk, when["vroeg"])


def _context(request, row: Vergadering) -> dict:
    stand, when = read_stand(row), timing(row)
    punt = stand.huidig.punt if stand.huidig else None
    templates, extra = panels(request, row, punt, zaal=True)
    own = represented(request)
    return {
        "vergadering": row,
        "stand": stand,
        "eigen": [place for place in stand.plaatsen if place.lid.deelnemer.pk in own],
        "etag": _tag(request, row, when),
        "poll": page_of(row, "zaal_stand"),
        "delen": templates,
        **when,
        "leidt": presides(request, row),
        **extra,
    }


def _act(request, row: Vergadering) -> None:
    practice = _own_practice(request)
    if request.POST.get("doe") == "weg":
        acties.leave(row, deelnemer=practice, by=request.actor)
    else:
        afar = request.POST.get("op_afstand") == "ja"
        acties.arrive(row, deelnemer=practice, op_afstand=afar, by=request.actor)


def _own_practice(request) -> Deelnemer:
    """Return the practice that somebody speaks for; nobody is counted by a stranger here."""
    try:
        pk = UUID(request.POST.get("deelnemer", ""))
    except ValueError as error:
        raise Http404 from error
    practice = Deelnemer.objects.filter(kring=request.kring, pk=pk).first()
    if practice is None or pk not in represented(request):
        raise Http404
    return practice
