"""The address book: own dentists, also added at night by whoever needs one."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kring import actions
from kring.adresboek import may_change
from kring.forms import AdrescontroleForm, AdresfoutForm, EigenTandartsForm
from kring.formulierpagina import form_page
from kring.models import EigenTandarts

PER_PAGINA = 50
Controle = EigenTandarts.Controle


def eigen_tandartsen(request):
    """List or search; wrong addresses first, because they hold up a report."""
    zoek = request.GET.get("q", "")[:80].strip()
    stand = request.GET.get("controle", "")
    rows = EigenTandarts.objects.filter(kring=request.kring)
    aantal = rows.aggregate(
        fout=Count("pk", filter=Q(controle=Controle.FOUT)),
        niet=Count("pk", filter=Q(controle=Controle.NIET)),
    )
    if stand in Controle.values:
        rows = rows.filter(controle=stand)
    rows = rows.search(zoek).order_by("naam", "praktijk")
    pagina = Paginator(rows, PER_PAGINA).get_page(request.GET.get("pagina"))
    context = {"pagina": pagina, "zoek": zoek, "stand": stand, "aantal": aantal}
    return render(request, "kring/eigen_tandartsen.html", context)


def eigen_tandarts_nieuw(request):
    return form_page(
        request,
        EigenTandartsForm(request.POST or None, kring=request.kring),
        save=lambda velden: actions.add_eigen_tandarts(
            kring_id=request.kring.pk, by=request.actor, **velden
        ),
        titel=_("Eigen tandarts toevoegen"),
        terug=_list(request),
        gelukt=_("De eigen tandarts is toegevoegd."),
    )


def eigen_tandarts(request, pk):
    """Change an address; check it, or tell that it is wrong; read what happened to it."""
    row = _get(request, pk)
    return form_page(
        request,
        EigenTandartsForm(request.POST or None, instance=_get(request, pk), kring=request.kring),
        save=lambda velden: actions.change_eigen_tandarts(row, by=request.actor, **velden),
        titel=_("Eigen tandarts wijzigen"),
        terug=_list(request),
        gelukt=_("De eigen tandarts is gewijzigd."),
        **_about(request, row),
    )


def _about(request, row, **forms) -> dict:
    """Return what the page shows beside the form, and its template."""
    return {
        "template": "kring/eigen_tandarts.html",
        "eigen": row,
        "mag_wijzigen": may_change(row, request.actor),
        "wijzigingen": row.wijzigingen.all()[:30],
        "controle_form": forms.get("controle")
        or AdrescontroleForm(
            initial={"email": row.email, "telefoon": row.telefoon}, auto_id="controle_%s"
        ),
        "fout_form": forms.get("fout") or AdresfoutForm(),
    }


@require_POST
def adres_gecontroleerd(request, pk):
    """Note that the practice was asked and that the address is right."""
    row = _get(request, pk)
    form = AdrescontroleForm(request.POST, auto_id="controle_%s")
    if form.is_valid():
        try:
            actions.check_adres(row, by=request.actor, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Genoteerd: dit adres is gecontroleerd."))
            return redirect(_page(request, row))
    return _again(request, row, controle=form)


@require_POST
def adres_fout(request, pk):
    """Note that the address is wrong; the coordinator gets a task."""
    row = _get(request, pk)
    form = AdresfoutForm(request.POST)
    if form.is_valid():
        actions.report_fout(row, by=request.actor, **form.cleaned_data)
        messages.success(
            request, _("Gemeld. De coördinator krijgt een taak om dit adres te verbeteren.")
        )
        return redirect(_page(request, row))
    return _again(request, row, fout=form)


def _again(request, row, **forms):
    """Show the page once more with what was typed in one of its small forms."""
    about = _about(request, row, **forms)
    context = about | {
        "form": EigenTandartsForm(instance=row, kring=request.kring),
        "titel": _("Eigen tandarts wijzigen"),
        "terug": _list(request),
    }
    return render(request, about["template"], context, status=422)


def _get(request, pk) -> EigenTandarts:
    rows = EigenTandarts.objects.select_related("gecontroleerd_door")
    return get_object_or_404(rows, pk=pk, kring=request.kring)


def _page(request, row) -> str:
    return reverse("kring:eigen_tandarts", kwargs={"kring": request.kring.slug, "pk": row.pk})


def _list(request) -> str:
    return reverse("kring:eigen_tandartsen", kwargs={"kring": request.kring.slug})
