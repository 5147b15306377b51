"""What became of a duty, and what changed lately."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render

from kern.toegang import Rol
from rooster.models import Dienst, Roosterwijziging
from rooster.versie.geschiedenis import history
from rooster.versie.rijen import ROLLEN

PER_PAGINA = 50


def dienst_wijzigingen(request, pk):
    """One duty with its history; also one that was removed, or that never had any."""
    dienst = Dienst.objects.filter(pk=pk, kring=request.kring).with_places().first()
    events = _events(request).filter(dienst_nummer=pk)
    gebeurtenissen = history(events, met_reden=_sees_reasons(request))
    if dienst is None and not gebeurtenissen:
        raise Http404
    plaatsen = sorted(dienst.plaatsen.all(), key=_order) if dienst else []
    context = {
        "dienst": dienst,
        "plaatsen": plaatsen,
        "gebeurtenissen": gebeurtenissen[::-1],
    }
    return render(request, "rooster/dienst_wijzigingen.html", context)


def wijzigingen(request):
    """The latest changes of the roster, the newest first; duties that are gone as well."""
    # Hundreds of equal lines on the day of publication say less than the version itself.
    rows = _events(request).exclude(soort=Roosterwijziging.Soort.GEPUBLICEERD)
    page = Paginator(rows.order_by("-gedaan_op", "pk"), PER_PAGINA).get_page(
        request.GET.get("pagina")
    )
    context = {
        "pagina": page,
        "gebeurtenissen": history(page, met_reden=_sees_reasons(request)),
    }
    return render(request, "rooster/wijzigingen.html", context)


def _order(plaats) -> int:
    return ROLLEN.index(plaats.rol)


def _events(request):
    return Roosterwijziging.objects.filter(kring=request.kring).select_related("gedaan_door")


def _sees_reasons(request) -> bool:
    return Rol.COORDINATOR in request.actor.rollen
