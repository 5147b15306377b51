"""The review queue: what to look at, the lines in words, and the decision."""

from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from kern import gebeurtenissen, logboek
from kern.models import Logregel
from kern.tijd import db_now
from toezicht import actions
from toezicht.forms import BeoordelingForm
from toezicht.models import Signaal
from toezicht.querysets import TERMIJN
from triage.models import Patient

MAXIMUM = 100
ZOEK_DAGEN = 2


def overview(request):
    """Show the open signalen, the oldest first; ?alle=ja: also the decided ones, newest first."""
    every = request.GET.get("alle") == "ja"
    rows = Signaal.objects.filter(kring=request.kring).with_judgement()
    rows = rows.order_by("-aangemaakt_op") if every else rows.open().order_by("aangemaakt_op")
    rows = list(rows[: MAXIMUM + 1])
    logboek.note_read("signalen.getoond", by=request.actor)
    grens = db_now() - TERMIJN
    context = {
        "signalen": rows[:MAXIMUM],
        "meer": len(rows) > MAXIMUM,
        "maximum": MAXIMUM,
        "alle": every,
        "grens": grens,
    }
    return render(request, "toezicht/signalen.html", context)


@require_POST
def search(request):
    """Search now: the last two days, what the night has not looked at yet."""
    nu = db_now()
    aantal = actions.search(
        kring_id=request.kring.pk,
        begin=nu - timedelta(days=ZOEK_DAGEN),
        einde=nu,
        by=request.actor,
    )
    text = ngettext("%(n)s nieuw signaal.", "%(n)s nieuwe signalen.", aantal) % {"n": aantal}
    messages.success(request, text if aantal else _("Geen nieuwe signalen."))
    return redirect("toezicht:signalen", kring=request.kring.slug)


def show(request, signaal):
    """Show one signaal with its lines in words, and take the decision."""
    row = get_object_or_404(Signaal.objects.with_judgement(), pk=signaal, kring=request.kring)
    form = BeoordelingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.judge(row, **form.cleaned_data, by=request.actor)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Je oordeel is vastgelegd."))
            return redirect("toezicht:signalen", kring=request.kring.slug)
    logboek.note_read(
        "signaal.getoond",
        by=request.actor,
        object_soort="signaal",
        object_id=row.pk,
        patient_id=row.patient_id,
    )
    context = {
        "signaal": row,
        "form": form,
        "patient": Patient.objects.filter(pk=row.patient_id).first() if row.patient_id else None,
        "logregels": _lines(row),
        "over_mij": row.gebruiker_id == request.user.pk,
        "beoordelingen": list(row.beoordelingen.all()),
    }
    status = 422 if form.errors else 200
    return render(request, "toezicht/signaal.html", context, status=status)


def _lines(signaal: Signaal) -> list[tuple[Logregel, str]]:
    rows = Logregel.objects.filter(kring_id=signaal.kring_id, volgnummer__in=signaal.regels)
    return [(row, gebeurtenissen.words(row.gebeurtenis)) for row in rows.order_by("volgnummer")]
