"""The heading of the kring's letters."""

import base64

from django.urls import reverse
from django.utils.translation import gettext as _

from kring.formulierpagina import form_page
from verslag import actions
from verslag.forms.briefhoofd import BriefhoofdForm
from verslag.models import Briefhoofd


def wijzigen(request):
    """Name, lines and logo; the page shows the logo as it is now."""
    row = Briefhoofd.objects.filter(kring=request.kring).first()
    logo = base64.b64encode(bytes(row.logo)).decode() if row and row.logo else ""
    form = BriefhoofdForm(request.POST or None, request.FILES or None, instance=row)
    return form_page(
        request,
        form,
        save=lambda _data: actions.save_briefhoofd(
            kring_id=request.kring.pk, by=request.actor, **form.values()
        ),
        titel=_("Briefhoofd"),
        terug=reverse("verslag:overzicht", kwargs={"kring": request.kring.slug}),
        gelukt=_("Het briefhoofd is opgeslagen. Het staat boven elke brief die nu wordt gemaakt."),
        template="verslag/briefhoofd.html",
        logo=logo,
    )
