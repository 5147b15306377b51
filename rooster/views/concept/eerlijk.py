"""For everybody in the roster: is it shared out fairly, and why me and not somebody else?

The coordinator sees every draft; a dentist and a representative see one from the moment that it
is proposed.
"""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render

from kern.toegang import Rol
from kring.models import Tandarts
from rooster.concept.beeld import Beeld
from rooster.models import Concept, Conceptplaats, Roosterversie
from rooster.planner.uitleg import explain
from rooster.views.concept.concept import candidates, picture_of
from rooster.views.concept.lijst import address

ZICHTBAAR = (Roosterversie.Status.VOORGELEGD, Roosterversie.Status.VASTGESTELD)
"""Versions whose draft everybody in the roster may see."""


def visible(request):
    """Return the drafts that this person may see."""
    rows = Concept.objects.filter(kring=request.kring).select_related("periode")
    if Rol.COORDINATOR in request.actor.rollen:
        return rows
    # By its version and not by its period: what is chosen for a published period is not proposed.
    proposed = Roosterversie.objects.filter(kring=request.kring, status__in=ZICHTBAAR)
    return rows.filter(pk__in=proposed.values("concept"))


def eerlijk(request):
    """Lead to the newest roster that there is something to see of."""
    concept = visible(request).order_by("-periode__eerste_dag", "-gekozen").first()
    if concept is None:
        return render(request, "rooster/concept/eerlijk_leeg.html")
    return redirect(address(request, concept, "concept_eerlijk"))


def concept_eerlijk(request, concept):
    """Per practice and per dentist: what is fair, what they get, and which wishes were met."""
    row = get_object_or_404(visible(request), pk=concept)
    beeld, klachten = picture_of(row)
    ik = Tandarts.objects.filter(kring=request.kring, gebruiker=request.user).first()
    mijn = Conceptplaats.objects.none()
    if ik is not None:
        mijn = Conceptplaats.objects.filter(dienst__concept=row, tandarts=ik)
    context = {
        "concept": row,
        "beeld": beeld,
        "klachten": klachten,
        "praktijken": beeld.practices() if beeld else [],
        "tandartsen": beeld.dentists() if beeld else [],
        "mijn": mijn.select_related("dienst").order_by("dienst__begin"),
    }
    return render(request, "rooster/concept/eerlijk.html", context)


def waarom(request, conceptplaats):
    """Why this dentist has this place, and why each other has not."""
    rows = Conceptplaats.objects.filter(dienst__concept__in=visible(request))
    row = get_object_or_404(
        rows.select_related("dienst__concept__periode", "tandarts", "deelnemer"), pk=conceptplaats
    )
    try:
        beeld = Beeld(row.dienst.concept)
    except ValueError as fout:
        raise Http404 from fout
    uitleg = explain(beeld.inst, beeld.toewijzing, row.dienst.code, row.rol, stand=beeld.stand)
    coordinator = Rol.COORDINATOR in request.actor.rollen
    context = {
        "plaats": row,
        "kandidaten": candidates(beeld, uitleg, coordinator=coordinator),
        "terug": address(request, row.dienst.concept, "concept_eerlijk"),
    }
    return render(request, "rooster/concept/waarom.html", context)
