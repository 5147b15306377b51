"""The address book: own dentists, also added at night by whoever needs one."""

from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kring import actions
from kring.forms import EigenTandartsForm
from kring.formulierpagina import form_page
from kring.models import EigenTandarts

PER_PAGINA = 50
ZOEKVELDEN = ("naam", "praktijk", "plaats", "email")


def eigen_tandartsen(request):
    """List or search; every word must be found somewhere, accents do not matter."""
    zoek = request.GET.get("q", "")[:80].strip()
    rows = EigenTandarts.objects.filter(kring=request.kring).order_by("naam", "praktijk")
    for word in zoek.split():
        found = Q()
        for field in ZOEKVELDEN:
            found |= Q(**{f"{field}__unaccent__icontains": word})
        rows = rows.filter(found)
    pagina = Paginator(rows, PER_PAGINA).get_page(request.GET.get("pagina"))
    return render(request, "kring/eigen_tandartsen.html", {"pagina": pagina, "zoek": zoek})


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
    row = get_object_or_404(EigenTandarts, pk=pk, kring=request.kring)
    return form_page(
        request,
        EigenTandartsForm(request.POST or None, instance=row, kring=request.kring),
        save=lambda velden: actions.change_eigen_tandarts(row, by=request.actor, **velden),
        titel=_("Eigen tandarts wijzigen"),
        terug=_list(request),
        gelukt=_("De eigen tandarts is gewijzigd."),
    )


def _list(request) -> str:
    return reverse("kring:eigen_tandartsen", kwargs={"kring": request.kring.slug})
