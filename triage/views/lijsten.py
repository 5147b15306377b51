"""What stands beside the board: the calls that were closed, and the strip on every other page."""

import hashlib
from datetime import timedelta

from django.http import HttpResponseNotModified
from django.shortcuts import render
from django.urls import reverse

from kern import logboek
from kern.tijd import db_now
from rooster.models import Dienst
from triage.bord import complaints_text
from triage.models import Oproep
from triage.strook import read_strip
from triage.views.basis import acting

ZONDER_DIENST = timedelta(hours=12)
"""How far the list goes back when nobody is on duty: a shift."""
MEEST = 100


def gesloten(request):
    """Show the calls that were closed in this duty, the last one first."""
    nu = db_now()
    dienst = Dienst.objects.on_duty_at(nu).first()
    sinds = dienst.begin if dienst else nu - ZONDER_DIENST
    oproepen = list(
        Oproep.objects.filter(status=Oproep.Status.AFGEROND, afgerond_op__gte=sinds)
        .select_related("patient", "behandelaar", "afgerond_door")
        .order_by("-afgerond_op")[:MEEST]
    )
    for oproep in oproepen:
        if oproep.patient_id:
            logboek.note_read(
                "bord.getoond",
                by=acting(request),
                object_soort="oproep",
                object_id=oproep.pk,
                patient_id=oproep.patient_id,
            )
        oproep.klacht = complaints_text(oproep.antwoorden.get("klachten"))
    return render(request, "triage/gesloten.html", {"oproepen": oproepen, "sinds": sinds})


def strook(request):
    """Answer the poll of every page: what is overdue, nearly so, or new; 304 without news."""
    strip = read_strip(gebruiker_id=request.user.pk)
    tag = f'"{hashlib.sha256(strip.state.encode()).hexdigest()[:20]}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponseNotModified()
    slugs = {row.kring_id: row.kring.slug for row in request.lidmaatschappen}
    regels = [
        (r, reverse("triage:oproep", kwargs={"kring": slugs[r.kring_id], "pk": r.oproep_id}))
        for r in strip.getoond
    ]
    context = {"strook": strip, "etag": tag, "regels": regels}
    return render(request, "triage/_strook.html", context)
