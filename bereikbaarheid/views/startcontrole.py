"""The check at the start of a duty: the list on the dentist's phone, and how it stands."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from bereikbaarheid import actions
from bereikbaarheid.forms import PuntForm
from bereikbaarheid.models import Controlepunt, Herinnering
from bereikbaarheid.regels import PUNTEN, Controle, Vinkje, judge_check, opens_at
from bereikbaarheid.startblok import own_check
from kern.tijd import db_now
from kern.toegang import Rol
from rooster.models import Dienst, Dienstplaats
from rooster.wacht import card_of, watches


@dataclass(frozen=True)
class Regel:
    """One line of the list: a point, and its tick when that counts."""

    punt: str
    vinkje: Controlepunt | None


@dataclass(frozen=True)
class Lijst:
    """The list of one place of a duty."""

    plaats: Dienstplaats
    regels: list[Regel]
    controle: Controle


def overzicht(request):
    """How the check of the running and of the next duty stands, and who was reminded."""
    moment = db_now()
    kaart = card_of(moment, watches(moment, 2, kring_id=request.kring.pk))
    diensten = [dienst for dienst in (kaart.nu, kaart.straks) if dienst]
    told = (
        Herinnering.objects.filter(dienst__in=diensten)
        .select_related("tandarts")
        .order_by("gemaakt_op")
    )
    context = {
        "kaart": kaart,
        "nu": lists_of(kaart.nu) if kaart.nu else [],
        "straks": lists_of(kaart.straks) if kaart.straks else [],
        "herinneringen": list(told),
        "eigen": own_check(request, moment) if Rol.TANDARTS in request.actor.rollen else None,
    }
    return render(request, "bereikbaarheid/overzicht.html", context)


def mijn(request):
    """Lead to the own check, or say when there is one to do."""
    moment = db_now()
    eigen = own_check(request, moment)
    if eigen:
        return redirect("bereikbaarheid:start", kring=request.kring.slug, dienst=eigen.dienst_id)
    places = Dienstplaats.objects.filter(
        kring=request.kring, tandarts__gebruiker_id=request.user.pk, begin__gt=moment
    )
    volgende = places.order_by("begin").first()
    opens = opens_at(volgende.begin) if volgende else None
    context = {"volgende": volgende, "opent": opens}
    return render(request, "bereikbaarheid/mijn.html", context)


def start(request, dienst):
    """The own list of a duty; a press ticks a point or takes it back."""
    row = _duty(request, dienst)
    own = [li for li in lists_of(row) if li.plaats.tandarts.gebruiker_id == request.user.pk]
    return _list_page(request, row, own)


def namens(request, dienst):
    """Both lists, for the coordinator who has the dentist on the phone."""
    row = _duty(request, dienst)
    return _list_page(request, row, lists_of(row), namens=True)


def _duty(request, pk) -> Dienst:
    return get_object_or_404(Dienst.objects.with_places(), pk=pk, kring=request.kring)


def _list_page(request, dienst: Dienst, lists: list[Lijst], *, namens: bool = False):
    fout = ""
    if request.method == "POST":
        try:
            anchor = _press(request, lists)
        except ValidationError as error:
            fout = " ".join(error.messages)
        else:
            page = reverse(
                f"bereikbaarheid:{'namens' if namens else 'start'}",
                kwargs={"kring": request.kring.slug, "dienst": dienst.pk},
            )
            # Back to where the thumb was.
            return redirect(f"{page}#{anchor}")
    moment, opens = db_now(), opens_at(dienst.begin)
    context = {
        "dienst": dienst,
        "lijsten": lists,
        "opent": opens,
        "dicht": not opens <= moment < dienst.einde,
        "voorbij": moment >= dienst.einde,
        "namens": namens,
        "fout": fout,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "bereikbaarheid/start.html", context, status=status)


def _press(request, lists: list[Lijst]) -> str:
    """Do what the button says; return where on the page it stands."""
    form = PuntForm(request.POST)
    if not form.is_valid():
        raise ValidationError(_("Dat punt kennen we niet. Laad de pagina opnieuw."))
    chosen = form.cleaned_data
    place = next((li.plaats for li in lists if li.plaats.rol == chosen["rol"]), None)
    if place is None:
        raise Http404
    act = actions.tick_punt if chosen["aan"] == "ja" else actions.untick_punt
    act(place, punt=chosen["punt"], by=request.actor)
    return f"{place.rol}-{chosen['punt']}"


def lists_of(dienst: Dienst) -> list[Lijst]:
    """Return the lists of both places of a duty, the dienstdoende first; one query."""
    ticks = list(Controlepunt.objects.filter(dienst=dienst).select_related("afgevinkt_door"))
    order = list(PUNTEN)
    places = sorted(dienst.plaatsen.all(), key=lambda plaats: order.index(plaats.rol))
    return [_list_of(plaats, ticks) for plaats in places]


def _list_of(plaats: Dienstplaats, ticks: list[Controlepunt]) -> Lijst:
    own = {
        tick.punt: tick
        for tick in ticks
        if tick.tandarts_id == plaats.tandarts_id and tick.afgevinkt_op >= opens_at(plaats.begin)
    }
    seen = [Vinkje(plaats.tandarts_id, tick.punt, tick.afgevinkt_op) for tick in own.values()]
    controle = judge_check(plaats.rol, plaats.tandarts_id, plaats.begin, seen)
    rows = [Regel(punt, own.get(punt)) for punt in PUNTEN[plaats.rol]]
    return Lijst(plaats, rows, controle)
