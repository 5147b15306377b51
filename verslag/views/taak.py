"""Tasks: what waits for a person, what can be done about it, and that it was done."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kern import bezorging
from kring.wachtrij import about
from verslag import actions, taken
from verslag.forms.taak import TaakForm


def overview(request):
    """List what waits, and what was done last."""
    return render(request, "verslag/taken.html", {"lijst": taken.list_of(request.actor)})


def show(request, taak):
    """Show one task with the steps that help; close it with how it was solved."""
    taak = get_object_or_404(taken.visible(request.actor), pk=taak)
    form = TaakForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        done = actions.close_taak(
            kring_id=taak.kring_id, sleutel=taak.sleutel, by=request.actor, **form.cleaned_data
        )
        if done:
            messages.success(request, _("De taak is afgerond."))
        else:
            messages.info(request, _("Deze taak was al afgerond."))
        return redirect("verslag:taken", kring=request.kring.slug)
    auteur = taak.auteur
    context = {
        "taak": taak,
        "form": form,
        "doen": taken.advice(taak),
        "bericht": about(taak.zending.sleutel) if taak.zending else "",
        "is_auteur": auteur is not None and auteur.pk == request.user.pk,
    }
    return render(request, "verslag/taak.html", context, status=422 if form.is_bound else 200)


@require_POST
def again(request, taak):
    """Let the message of a task be tried again, now."""
    taak = get_object_or_404(taken.visible(request.actor).exclude(zending=None), pk=taak)
    if bezorging.requeue(taak.zending, by=request.actor):
        messages.success(
            request, _("Het bericht wordt nu opnieuw bezorgd. Lukt het, dan sluit deze taak.")
        )
    else:
        messages.info(request, _("Dit bericht is al weg, of het is ingetrokken."))
    return redirect("verslag:taak", kring=request.kring.slug, taak=taak.pk)
