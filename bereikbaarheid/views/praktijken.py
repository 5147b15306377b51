"""Per practice: the links between patient and dentist, and the announcements."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from bereikbaarheid import actions
from bereikbaarheid.forms import AankondigingForm, DoorschakelingForm, SluitingForm
from bereikbaarheid.models import Aankondiging, Doorschakeling, Sluiting
from bereikbaarheid.regels import Schakelnorm
from bereikbaarheid.teksten import OPENINGSTIJDEN, make_teksten
from kern.tijd import db_now, to_local
from kring.formulierpagina import form_page
from kring.models import Deelnemer


def schakels(request):
    """Every chain with its judgement; what was never filled in is told too."""
    chains = {row.deelnemer_id: row for row in Doorschakeling.objects.filter(kring=request.kring)}
    practices = _practices(request)
    rows = [(praktijk, chains.get(praktijk.pk)) for praktijk in practices]
    context = {
        "kringketen": chains.get(None),
        "rijen": rows,
        "norm": Schakelnorm(),
        "te_veel": sum(row.oordeel.te_veel for row in chains.values()),
        "onbekend": sum(row is None for _praktijk, row in rows),
    }
    return render(request, "bereikbaarheid/schakels.html", context)


def schakel_kring(request):
    """The chain of the emergency number itself."""
    return _schakel(request, None, _("Tussenschakels van het spoednummer"))


def schakel(request, deelnemer):
    row = get_object_or_404(Deelnemer, pk=deelnemer, kring=request.kring)
    titel = _("Tussenschakels van %(praktijk)s") % {"praktijk": row.naam}
    return _schakel(request, row, titel)


def _schakel(request, deelnemer: Deelnemer | None, titel: str):
    row = Doorschakeling.objects.filter(kring=request.kring, deelnemer=deelnemer).first()

    def save(velden: dict):
        saved = actions.save_doorschakeling(
            kring_id=request.kring.pk, deelnemer=deelnemer, by=request.actor, **velden
        )
        messages.success(request, _("De tussenschakels zijn opgeslagen."))
        if saved.oordeel.te_veel:
            messages.warning(
                request,
                _(
                    "Dit zijn %(aantal)s tussenschakels; de richtlijn raadt er hoogstens %(norm)s "
                    "aan (§ 3.1.2)."
                )
                % {"aantal": saved.oordeel.aantal, "norm": saved.oordeel.norm},
            )
        return redirect(_page(request, "schakels"))

    return form_page(
        request,
        DoorschakelingForm(request.POST or None, instance=row),
        save=save,
        titel=titel,
        terug=_page(request, "schakels"),
    )


def teksten(request):
    """The practices, each with a way to its announcements."""
    today = to_local(db_now()).date()
    closings = Sluiting.objects.filter(kring=request.kring, tot__gte=today)
    found: dict[object, list[Sluiting]] = {}
    for row in closings:
        found.setdefault(row.deelnemer_id, []).append(row)
    rows = [(praktijk, found.get(praktijk.pk, [])) for praktijk in _practices(request)]
    return render(request, "bereikbaarheid/teksten.html", {"rijen": rows})


def tekst(request, deelnemer):
    """The three announcements of a practice, to copy or to print."""
    row = get_object_or_404(Deelnemer, pk=deelnemer, kring=request.kring)
    return render(request, "bereikbaarheid/tekst.html", _announcement(request, row))


def deur(request, deelnemer):
    """The announcement for the door: one sheet, to be read from the pavement."""
    row = get_object_or_404(Deelnemer, pk=deelnemer, kring=request.kring)
    return render(request, "bereikbaarheid/deur.html", _announcement(request, row))


def _announcement(request, deelnemer: Deelnemer) -> dict:
    today = to_local(db_now()).date()
    closings = list(Sluiting.objects.filter(deelnemer=deelnemer, tot__gte=today))
    hours = Aankondiging.objects.filter(deelnemer=deelnemer).first()
    open_ = hours.openingstijden if hours else str(OPENINGSTIJDEN)
    return {
        "praktijk": deelnemer,
        "openingstijden": open_,
        "bekend": hours is not None,
        "sluitingen": closings,
        "teksten": make_teksten(request.kring, deelnemer, open_, closings),
    }


def openingstijden(request, deelnemer):
    row = get_object_or_404(Deelnemer, pk=deelnemer, kring=request.kring)
    hours = Aankondiging.objects.filter(deelnemer=row).first()
    initial = {} if hours else {"openingstijden": OPENINGSTIJDEN}
    return form_page(
        request,
        AankondigingForm(request.POST or None, instance=hours, initial=initial),
        save=lambda velden: actions.save_aankondiging(row, by=request.actor, **velden),
        titel=_("Openingstijden van %(praktijk)s") % {"praktijk": row.naam},
        terug=_page(request, "tekst", deelnemer=row.pk),
        gelukt=_("De openingstijden zijn opgeslagen. De teksten zijn bijgewerkt."),
    )


def sluiting_nieuw(request, deelnemer):
    row = get_object_or_404(Deelnemer, pk=deelnemer, kring=request.kring)
    return form_page(
        request,
        SluitingForm(request.POST or None),
        save=lambda velden: actions.add_sluiting(row, by=request.actor, **velden),
        titel=_("Sluiting van %(praktijk)s") % {"praktijk": row.naam},
        terug=_page(request, "tekst", deelnemer=row.pk),
        gelukt=_("De sluiting staat in de teksten."),
    )


def sluiting_weg(request, sluiting):
    row = get_object_or_404(Sluiting, pk=sluiting, kring=request.kring)
    actions.remove_sluiting(row, by=request.actor)
    messages.success(request, _("De sluiting is uit de teksten."))
    return redirect(_page(request, "tekst", deelnemer=row.deelnemer_id))


def _practices(request) -> list[Deelnemer]:
    return list(Deelnemer.objects.filter(kring=request.kring, actief=True).order_by("naam"))


def _page(request, name: str, **kwargs) -> str:
    return reverse(f"bereikbaarheid:{name}", kwargs={"kring": request.kring.slug, **kwargs})
