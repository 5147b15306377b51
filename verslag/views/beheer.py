"""What the coordinator keeps for the reports: text blocks and tariff codes."""

from datetime import date

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kern.tijd import db_now, to_local
from kring.formulierpagina import confirm_page, form_page
from verslag.actions.tarief import KOLOMMEN, MOGELIJK, import_tariefcodes
from verslag.actions.tekstblok import remove_tekstblok, save_tekstblok
from verslag.forms.beheer import TariefbestandForm, TekstblokForm
from verslag.models import Tariefcode, Tekstblok


def tekstblokken(request):
    """List the blocks per field."""
    rows = Tekstblok.objects.filter(kring=request.kring)
    return render(request, "verslag/beheer/tekstblokken.html", {"tekstblokken": rows})


def tekstblok_nieuw(request):
    return _block_page(
        request,
        Tekstblok(kring=request.kring),
        titel=_("Tekstblok toevoegen"),
        gelukt=_("Het tekstblok is toegevoegd."),
    )


def tekstblok(request, tekstblok):
    return _block_page(
        request,
        get_object_or_404(Tekstblok, pk=tekstblok, kring=request.kring),
        titel=_("Tekstblok wijzigen"),
        gelukt=_("Het tekstblok is gewijzigd."),
    )


def _block_page(request, row: Tekstblok, *, titel: str, gelukt: str):
    return form_page(
        request,
        TekstblokForm(request.POST if request.method == "POST" else None, instance=row),
        save=lambda velden: save_tekstblok(row, by=request.actor, **velden),
        titel=titel,
        terug=_to(request, "tekstblokken"),
        gelukt=gelukt,
    )


def tekstblok_weg(request, tekstblok):
    """Ask once more, then remove the block."""
    row = get_object_or_404(Tekstblok, pk=tekstblok, kring=request.kring)
    return confirm_page(
        request,
        act=lambda: remove_tekstblok(row, by=request.actor),
        titel=_("Tekstblok verwijderen"),
        vraag=_("“%(naam)s” verdwijnt uit de keuzelijst. Verslagen veranderen niet.")
        % {"naam": row.naam},
        knop=_("Verwijder het tekstblok"),
        terug=_to(request, "tekstblokken"),
        gelukt=_("Het tekstblok is verwijderd."),
    )


def tariefcodes(request):
    """The codes that hold on a day; today when none is asked."""
    today = to_local(db_now()).date()
    dag = _day(request.GET.get("dag", "")) or today
    rows = Tariefcode.objects.filter(kring=request.kring).holding_on(dag)
    context = {"tariefcodes": rows, "dag": dag, "is_vandaag": dag == today}
    return render(request, "verslag/beheer/tariefcodes.html", context)


def tariefcodes_csv(request):
    """Take over the table from a file."""

    def save(velden: dict):
        aantal = import_tariefcodes(kring_id=request.kring.pk, by=request.actor, **velden)
        said = ngettext("%(aantal)s code overgenomen.", "%(aantal)s codes overgenomen.", aantal)
        messages.success(request, said % {"aantal": aantal})
        return redirect(_to(request, "tariefcodes"))

    return form_page(
        request,
        TariefbestandForm(*((request.POST, request.FILES) if request.method == "POST" else ())),
        save=save,
        titel=_("Tariefcodes uit een bestand"),
        terug=_to(request, "tariefcodes"),
        template="verslag/beheer/bestand.html",
        kolommen=(*KOLOMMEN, *MOGELIJK),
        voorbeeld=("C002", _("Probleemgericht consult"), "27,01", "2027-01-01", "2027-12-31"),
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _to(request, name: str) -> str:
    return reverse(f"verslag:{name}", kwargs={"kring": request.kring.slug})
