"""Files that may go: weigh one, agree, keep longer, or send it back."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from kern import logboek
from kern.tijd import db_now, to_local
from kern.toegang import Rol
from rechten import actions, lezen
from rechten.forms import BewaarForm, TerugForm
from rechten.models import Vernietiging

MAXIMUM = 100


def overview(request):
    """Show what waits for a signature, then what was destroyed lately."""
    today = to_local(db_now()).date()
    rows = list(
        lezen.to_weigh(request.kring.pk, today)
        .select_related("patient", "verzoek")
        .order_by("laatste_wijziging", "aangemaakt_op")[: MAXIMUM + 1]
    )
    done = Vernietiging.objects.filter(kring=request.kring, uitgevoerd_op__isnull=False)
    for row in rows[:MAXIMUM]:
        _note(request, row)
    context = {
        "rijen": rows[:MAXIMUM],
        "meer": len(rows) > MAXIMUM,
        "maximum": MAXIMUM,
        "gedaan": list(done.order_by("-uitgevoerd_op")[:MAXIMUM]),
        "mag": _missing_signatures(request),
    }
    return render(request, "rechten/vernietigingen.html", context)


def show(request, vernietiging):
    """Show one file that may go, and take the decision."""
    row = get_object_or_404(
        Vernietiging.objects.select_related("patient", "verzoek"),
        pk=vernietiging,
        kring=request.kring,
    )
    bewaar, terug, fouten = BewaarForm(), TerugForm(), []
    if request.method == "POST":
        doel = request.POST.get("doel")
        bewaar = BewaarForm(request.POST) if doel == "bewaar" else bewaar
        terug = TerugForm(request.POST) if doel == "terug" else terug
        form = {"bewaar": bewaar, "terug": terug}.get(doel)
        try:
            if form is None or form.is_valid():
                text = _act(request, row, doel, form.cleaned_data if form else {})
                messages.success(request, text)
                return redirect("rechten:vernietigingen", kring=request.kring.slug)
        except ValidationError as error:
            row.refresh_from_db()
            # A form that is not offered any more cannot tell why.
            if form is None or row.is_bevestigd:
                fouten = error.messages
            else:
                form.add_error(None, error)
    _note(request, row)
    context = {
        "rij": row,
        "aantallen": lezen.sizes(row.patient_id) if row.patient_id else [],
        "als": [als for als in _missing_signatures(request) if getattr(row, f"{als}_op") is None],
        "bewaar_form": bewaar,
        "terug_form": terug,
        "fouten": fouten,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "rechten/vernietiging.html", context, status=status)


def _act(request, row: Vernietiging, doel: str | None, data: dict) -> str:
    if doel == "bewaar":
        actions.keep_longer(row, **data, by=request.actor)
        return _("Het dossier blijft langer bewaard.")
    if doel == "terug":
        actions.send_back(row, **data, by=request.actor)
        return _("Het voorstel is teruggestuurd.")
    als = (doel or "").removeprefix("instemmen_")
    row = actions.confirm(row, als=als, by=request.actor)
    if row.is_bevestigd:
        return _("Twee mensen hebben ingestemd. Het dossier wordt nu vernietigd.")
    return _("Je instemming is vastgelegd. Nu moet de tweede nog instemmen.")


def _missing_signatures(request) -> list[str]:
    return [rol for rol in (Rol.COORDINATOR.value, Rol.FG.value) if rol in request.actor.rollen]


def _note(request, row: Vernietiging) -> None:
    logboek.note_read(
        "vernietiging.in_lijst",
        by=request.actor,
        object_soort="vernietiging",
        object_id=row.pk,
        patient_id=row.patient_nummer,
    )
