"""Regular hours per practice, and who may refer when (§5.4.1)."""

from datetime import timedelta

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kern.tijd import db_now, to_local
from kring.formulierpagina import form_page
from kring.models import Deelnemer
from rooster.actions.kader import set_openingstijden
from rooster.eigenpraktijk import practices_of
from rooster.forms.kader import BestandForm, OpeningstijdenForm
from rooster.kader import bestand as kaderbestand
from rooster.kader.openingstijden import usual_hours, weeks_of
from rooster.models import Openingstijd


def openingstijden(request):
    """Each practice with its hours of the coming week and what it has to arrange itself."""
    context = {
        "weken": weeks_of(practices_of(request), _next_monday()),
        "maandag": _next_monday(),
        "terug": _list(request),
    }
    return render(request, "rooster/kader/openingstijden.html", context)


def openingstijd(request, deelnemer):
    """The hours of one practice, and its use of the duty in the coming week."""
    row = get_object_or_404(Deelnemer, pk=deelnemer, kring=request.kring)
    rows = Openingstijd.objects.filter(deelnemer=row, geldig_tot__isnull=True)
    # What counts as long as nothing is filled in; an empty form would close the practice.
    hours = list(rows.order_by("weekdag", "van")) or usual_hours()
    (week,) = weeks_of([row], _next_monday())
    return form_page(
        request,
        OpeningstijdenForm(
            request.POST or None,
            uren=hours,
            initial={"vanaf": to_local(db_now()).date()},
        ),
        save=lambda velden: set_openingstijden(row, by=request.actor, **velden),
        titel=_("Openingstijden van %(praktijk)s") % {"praktijk": row.naam},
        terug=_list(request),
        gelukt=_("De openingstijden van %(praktijk)s zijn opgeslagen.") % {"praktijk": row.naam},
        template="rooster/kader/openingstijd.html",
        week=week,
        maandag=_next_monday(),
    )


def openingstijden_csv(request):
    """The hours of many practices from a file."""

    def save(velden: dict):
        aantal = kaderbestand.import_openingstijden(
            kring_id=request.kring.pk, by=request.actor, **velden
        )
        messages.success(
            request, _("Overgenomen: %(aantal)s regels met openingstijden.") % {"aantal": aantal}
        )
        return redirect(_list(request))

    return form_page(
        request,
        BestandForm(
            request.POST or None,
            request.FILES or None,
            initial={"vanaf": to_local(db_now()).date()},
        ),
        save=save,
        titel=_("Openingstijden uit een bestand"),
        terug=_list(request),
        template="rooster/kader/bestand.html",
        kolommen=kaderbestand.UREN[0],
        voorbeeld=("Praktijk De Brug", _("maandag"), "08:00", "17:00"),
    )


def _next_monday():
    today = to_local(db_now()).date()
    return today + timedelta(days=7 - today.weekday())


def _list(request) -> str:
    return reverse("rooster:openingstijden", kwargs={"kring": request.kring.slug})
