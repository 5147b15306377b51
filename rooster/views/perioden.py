"""The periods for which a roster is made: their dates, their duties, who owes what."""

from collections import Counter

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kern.tijd import db_now, to_local
from kring.formulierpagina import confirm_page, form_page
from kring.models import Deelnemer
from rooster.actions import periode as actions
from rooster.forms.kader import PeriodeForm
from rooster.kader.rijen import calendar_of, shares_of
from rooster.models import Categorie, Roosterperiode

PILLEN = {
    "voorbereiding": "grijs",
    "wensen": "amber",
    "plannen": "blauw",
    "akkoord": "amber",
    "gepubliceerd": "groen",
}


def perioden(request):
    rows = Roosterperiode.objects.filter(kring=request.kring).order_by("-eerste_dag")
    context = {"rijen": [(row, PILLEN[row.status]) for row in rows]}
    return render(request, "rooster/perioden/lijst.html", context)


def periode_nieuw(request):
    last = Roosterperiode.objects.filter(kring=request.kring).order_by("eerste_dag").last()
    initial = actions.default_dates(last, to_local(db_now()).date())
    initial["naam"] = _("Rooster %(jaar)s") % {"jaar": initial["eerste_dag"].year}
    if last:
        names = ("rustdagen", "geen_aaneengesloten_weekenden", "wensenbudget", "blokkadebudget")
        initial |= {name: getattr(last, name) for name in names}
    return form_page(
        request,
        PeriodeForm(request.POST or None, initial=initial),
        save=lambda velden: _to_periode(
            request,
            actions.add_periode(kring_id=request.kring.pk, by=request.actor, **velden),
            _("De periode is gemaakt."),
        ),
        titel=_("Nieuwe periode"),
        terug=_list(request),
    )


def periode(request, periode):
    """What the frame makes of a period: its duties, what is wrong, and each practice's share."""
    row = get_object_or_404(Roosterperiode, pk=periode, kring=request.kring)
    kalender = calendar_of(row)
    categorieen = [dienst.categorie for dienst in kalender.diensten]
    aandelen = shares_of(row, categorieen)
    names = dict(Deelnemer.objects.filter(pk__in=aandelen.streef).values_list("pk", "naam"))
    counted = Counter(categorieen)
    owed = [
        {
            "naam": names[pk],
            "fte": aandelen.gewicht[pk],
            "cellen": [
                (label, sum(per[categorie].values())) for categorie, label in Categorie.choices
            ],
            "zonder": pk in aandelen.zonder,
        }
        for pk, per in aandelen.streef.items()
    ]
    context = {
        "periode": row,
        "pil": PILLEN[row.status],
        "aantallen": [(str(label), counted[value]) for value, label in Categorie.choices],
        "diensten": len(kalender.diensten),
        "bezwaren": actions.frame_objections(row, kalender),
        "aandelen": sorted(owed, key=lambda rij: rij["naam"].casefold()),
        "categorieen": Categorie.labels,
        "kan_vragen": row.status == Roosterperiode.Status.VOORBEREIDING,
    }
    return render(request, "rooster/perioden/periode.html", context)


def periode_wijzigen(request, periode):
    row = get_object_or_404(Roosterperiode, pk=periode, kring=request.kring)
    return form_page(
        request,
        PeriodeForm(request.POST or None, instance=row),
        save=lambda velden: _to_periode(
            request,
            actions.change_periode(row, by=request.actor, **velden),
            _("De periode is gewijzigd."),
        ),
        titel=_("%(periode)s wijzigen") % {"periode": row.naam},
        terug=_page(request, "periode", periode=row.pk),
    )


def periode_openen(request, periode):
    """Ask for wishes, or say why that cannot be yet."""
    row = get_object_or_404(Roosterperiode, pk=periode, kring=request.kring)
    try:
        actions.open_wensen(row, by=request.actor)
    except ValidationError as error:
        for sentence in error.messages:
            messages.error(request, sentence)
    else:
        messages.success(request, _("Iedereen kan nu wensen opgeven voor %s.") % row)
    return redirect(_page(request, "periode", periode=row.pk))


def periode_weg(request, periode):
    row = get_object_or_404(Roosterperiode, pk=periode, kring=request.kring)
    return confirm_page(
        request,
        act=lambda: actions.remove_periode(row, by=request.actor),
        titel=_("Periode verwijderen"),
        vraag=_("%(periode)s verdwijnt. Er zijn nog geen wensen voor gevraagd.") % {"periode": row},
        knop=_("Periode verwijderen"),
        terug=_page(request, "periode", periode=row.pk)
        if request.method == "GET"
        else _list(request),
        gelukt=_("De periode is verwijderd."),
    )


def _to_periode(request, row: Roosterperiode, zin: str):
    messages.success(request, zin)
    return redirect(_page(request, "periode", periode=row.pk))


def _list(request) -> str:
    return _page(request, "perioden")


def _page(request, name: str, **kwargs) -> str:
    return reverse(f"rooster:{name}", kwargs={"kring": request.kring.slug, **kwargs})
