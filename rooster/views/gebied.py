"""Can everybody in the area reach the dentist on duty in time (§5.1, RO-11)?"""

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from kring.formulierpagina import form_page
from kring.models import Deelnemer
from rooster.actions.gebied import save_gebied
from rooster.forms.gebied import GebiedForm, written
from rooster.gebied.kaart import draw
from rooster.gebied.reistijd import measure
from rooster.models import Gebied


def gebied(request):
    """The postcodes and the duty places: a picture, and a line per practice."""
    row = Gebied.objects.filter(kring=request.kring).first()
    if row is None:
        return render(request, "rooster/gebied.html", {"gebied": None})
    practices = Deelnemer.objects.filter(kring=request.kring, actief=True).order_by("naam")
    plaatsen = list(practices.values_list("naam", "postcode"))
    meting = measure(row.postcodes, plaatsen, row.grens)
    rijen = [
        {
            "bereik": bereik,
            "te_ver": written(bereik.te_ver) if bereik.te_ver else "",
            "aantal": len(bereik.te_ver),
        }
        for bereik in meting.bereiken
    ]
    context = {
        "gebied": row,
        "rijen": rijen,
        "kaart": draw(row.postcodes, meting.bereiken),
        "postcodes": written(row.postcodes),
        "schatting": meting.schatting,
        "mislukt": meting.mislukt,
    }
    return render(request, "rooster/gebied.html", context)


def wijzigen(request):
    row = Gebied.objects.filter(kring=request.kring).first()
    terug = reverse("rooster:gebied", kwargs={"kring": request.kring.slug})
    return form_page(
        request,
        GebiedForm(request.POST or None, instance=row),
        save=lambda velden: save_gebied(kring_id=request.kring.pk, by=request.actor, **velden),
        titel=_("Gebied van de kring"),
        terug=terug,
        gelukt=_("Het gebied is opgeslagen."),
    )
