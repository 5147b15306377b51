"""The own dentist is known now: fill it in, and the reports that waited go out in one press."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kern import logboek
from kring.actions import add_eigen_tandarts
from kring.models import EigenTandarts
from triage.forms import EigenTandartsForm
from verslag import actions
from verslag.forms import KiesEigenTandartsForm
from verslag.models import Passantendossier, Verslag


def fill_in(request, dossier):
    """Choose the own dentist or add one; by default everything that waited is sent at once."""
    dossier = get_object_or_404(
        Passantendossier.objects.select_related("patient__eigen_tandarts"), pk=dossier
    )
    is_new = request.POST.get("doel", "").startswith("nieuw")
    sent = request.POST if request.method == "POST" else None
    known = {"eigen_tandarts": dossier.patient.eigen_tandarts_id}
    kies = KiesEigenTandartsForm(None if is_new else sent, initial=known)
    nieuw = EigenTandartsForm(sent if is_new else None, prefix="et")
    form = nieuw if is_new else kies
    if form.is_bound and form.is_valid():
        try:
            # Together: an address without its patient would be in the book for nothing.
            with transaction.atomic():
                dentist = _dentist_of(request, form, is_new=is_new)
                overdrachten = actions.set_own_dentist(
                    dossier,
                    eigen_tandarts=dentist,
                    by=request.actor,
                    send="alleen" not in request.POST.get("doel", ""),
                )
        except ValidationError as error:
            form.add_error(None, error)
        except actions.OverdrachtGeweigerd as error:
            form.add_error(None, str(error))
        else:
            _tell(request, dentist, len(overdrachten))
            return redirect("verslag:dossier", kring=request.kring.slug, dossier=dossier.pk)
    return _page(request, dossier, kies, nieuw)


def _dentist_of(request, form, *, is_new: bool) -> EigenTandarts:
    if not is_new:
        return form.cleaned_data["eigen_tandarts"]
    return add_eigen_tandarts(kring_id=request.kring.pk, by=request.actor, **form.cleaned_data)


def _tell(request, dentist: EigenTandarts, aantal: int) -> None:
    if not aantal:
        messages.success(request, _("De eigen tandarts is bewaard."))
        return
    messages.success(
        request,
        ngettext(
            "Bewaard. %(aantal)s verslag gaat nu naar %(naam)s.",
            "Bewaard. %(aantal)s verslagen gaan nu naar %(naam)s.",
            aantal,
        )
        % {"aantal": aantal, "naam": dentist.naam},
    )


def _page(request, dossier: Passantendossier, kies, nieuw):
    logboek.note_read(
        "dossier.gelezen",
        by=request.actor,
        object_soort="passantendossier",
        object_id=dossier.pk,
        patient_id=dossier.patient_id,
    )
    waiting = Verslag.objects.filter(dossier=dossier, versies__isnull=False).exclude(
        versies__overdrachten__isnull=False
    )
    rows = list(waiting.distinct().select_related("auteur", "oproep").order_by("oproep__nummer"))
    context = {
        "dossier": dossier,
        "patient": dossier.patient,
        "kies": kies,
        "nieuw": nieuw,
        "eigen": [row for row in rows if row.auteur.gebruiker_id == request.user.pk],
        "van_collega": [row for row in rows if row.auteur.gebruiker_id != request.user.pk],
    }
    status = 422 if kies.errors or nieuw.errors else 200
    return render(request, "verslag/eigen_tandarts.html", context, status=status)
