"""The first page of the app: what do I have to do, and how does the kring stand."""

from django.shortcuts import render

from kern.tijd import db_now, to_local
from reglement.geldend import version_on
from reglement.kiesregister import register_on
from reglement.models import Vergadering
from reglement.overzicht import lines_for

Status = Vergadering.Status


def overview(request):
    """Show what waits for this person; the same number of queries for one line and for thirty."""
    nu = db_now()
    today = to_local(nu).date()
    lines = lines_for(request, today)
    register = register_on(request.kring.pk, today)
    members = [lid for lid in register if lid.telt_mee]
    context = {
        "vandaag": today,
        "doen": [line for line in lines if not line.volgt],
        "volgt": [line for line in lines if line.volgt],
        "vergadering": _next_meeting(request.kring.pk, nu),
        "versie": version_on(request.kring.pk, today),
        "aantal": len(members),
        "zonder": [lid.deelnemer for lid in members if lid.vertegenwoordiger is None],
    }
    return render(request, "reglement/overzicht/overzicht.html", context)


def _next_meeting(kring_id: int, nu) -> Vergadering | None:
    """Return the meeting that is going on, else the first one that is called."""
    rows = Vergadering.objects.filter(kring_id=kring_id)
    running = rows.filter(status=Status.OPEN).order_by("begint_op")
    called = rows.filter(status=Status.OPGEROEPEN, begint_op__gte=nu).order_by("begint_op")
    return running.first() or called.first()
