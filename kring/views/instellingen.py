"""What the coordinator decides for the whole kring."""

from django.urls import reverse
from django.utils.translation import gettext as _

from kring import actions
from kring.forms import InstellingenForm
from kring.formulierpagina import form_page
from kring.models import Kring


def change(request):
    """Show and change the settings."""
    # A row of its own: a refused value may not end up in the heading of the page.
    row = Kring.objects.get(pk=request.kring.pk)
    here = reverse("kring:instellingen", kwargs={"kring": request.kring.slug})
    return form_page(
        request,
        InstellingenForm(request.POST if request.method == "POST" else None, instance=row),
        save=lambda velden: actions.change_kring(row, by=request.actor, **velden),
        titel=_("Instellingen van de kring"),
        terug=here,
        gelukt=_("De instelling is bewaard."),
        template="kring/instellingen.html",
    )
