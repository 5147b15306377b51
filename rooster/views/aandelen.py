"""What everybody owes: shares per dentist and practice, exemptions, balances."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kern import logboek
from kern.tijd import db_now, to_local
from kring.formulierpagina import confirm_page, form_page
from kring.models import Deelnemer, Tandarts
from rooster.actions import aandeel as actions
from rooster.eigenpraktijk import practices_of
from rooster.forms.kader import BestandForm, InzetForm, SaldibestandForm, VrijstellingForm
from rooster.kader import bestand as kaderbestand
from rooster.kader.rijen import valid
from rooster.models import Categorie, Inzet, Roosterperiode, Saldo, Vrijstelling


def inzet(request):
    """The dentists of the practices one keeps, with their share at each practice."""
    today = to_local(db_now()).date()
    rows = Inzet.objects.filter(valid("geldig", today, today)).select_related("deelnemer")
    dentists = (
        Tandarts.objects.filter(actief=True, deelnemer__in=practices_of(request))
        .select_related("deelnemer")
        .prefetch_related(Prefetch("inzetten", rows.order_by("deelnemer__naam")))
        .order_by("deelnemer__naam", "naam")
    )
    return render(request, "rooster/kader/inzet.html", {"tandartsen": dentists})


def inzet_wijzigen(request, tandarts):
    """The share of one dentist at one practice, from a day on."""
    row = get_object_or_404(
        Tandarts.objects.select_related("deelnemer"), pk=tandarts, kring=request.kring
    )
    today = to_local(db_now()).date()
    present = row.inzetten.filter(valid("geldig", today, today), deelnemer=row.deelnemer).first()
    initial = {
        "deelnemer": row.deelnemer_id,
        "fte": present.fte if present else 1,
        "doet_dienst": present.doet_dienst if present else True,
        "vanaf": today,
    }
    return form_page(
        request,
        InzetForm(request.POST or None, deelnemers=practices_of(request), initial=initial),
        save=lambda velden: actions.set_inzet(row, by=request.actor, **velden),
        titel=_("Inzet van %(tandarts)s") % {"tandarts": row.naam},
        terug=_page(request, "inzet"),
        gelukt=_("De inzet van %(tandarts)s is opgeslagen.") % {"tandarts": row.naam},
    )


def inzet_csv(request):
    """The shares of many dentists from a file."""

    def save(velden: dict):
        aantal = kaderbestand.import_inzet(kring_id=request.kring.pk, by=request.actor, **velden)
        messages.success(
            request, _("Overgenomen: %(aantal)s regels met inzet.") % {"aantal": aantal}
        )
        return redirect(_page(request, "inzet"))

    return form_page(
        request,
        BestandForm(
            request.POST or None,
            request.FILES or None,
            initial={"vanaf": to_local(db_now()).date()},
        ),
        save=save,
        titel=_("Inzet uit een bestand"),
        terug=_page(request, "inzet"),
        template="rooster/kader/bestand.html",
        kolommen=(*kaderbestand.INZET[0], *kaderbestand.INZET[1]),
        voorbeeld=("Praktijk De Brug", "A. Tandarts", "0,8", _("ja")),
    )


def vrijstellingen(request):
    """Who is exempt and for how much; the ground is on the page of the exemption."""
    rows = Vrijstelling.objects.filter(kring=request.kring).defer("grond", "toelichting")
    context = {
        "vrijstellingen": rows.select_related("tandarts__deelnemer").order_by("-eerste_dag"),
        "vandaag": to_local(db_now()).date(),
    }
    return render(request, "rooster/kader/vrijstellingen.html", context)


def vrijstelling_nieuw(request):
    return form_page(
        request,
        VrijstellingForm(request.POST or None, kring=request.kring),
        save=lambda velden: actions.add_vrijstelling(
            kring_id=request.kring.pk, by=request.actor, **velden
        ),
        titel=_("Vrijstelling geven"),
        terug=_page(request, "vrijstellingen"),
        gelukt=_("De vrijstelling is opgeslagen."),
    )


def vrijstelling(request, vrijstelling):
    """One exemption with its ground: who reads it leaves a line in the log."""
    row = get_object_or_404(Vrijstelling, pk=vrijstelling, kring=request.kring)
    logboek.note_read(
        "vrijstelling.gezien", by=request.actor, object_soort="vrijstelling", object_id=row.pk
    )
    return form_page(
        request,
        VrijstellingForm(request.POST or None, kring=request.kring, instance=row),
        save=lambda velden: actions.change_vrijstelling(row, by=request.actor, **velden),
        titel=_("Vrijstelling wijzigen"),
        terug=_page(request, "vrijstellingen"),
        gelukt=_("De vrijstelling is gewijzigd."),
        template="rooster/kader/vrijstelling.html",
        vrijstelling=row,
    )


def vrijstelling_weg(request, vrijstelling):
    row = get_object_or_404(
        Vrijstelling.objects.select_related("tandarts"), pk=vrijstelling, kring=request.kring
    )
    return confirm_page(
        request,
        act=lambda: actions.remove_vrijstelling(row, by=request.actor),
        titel=_("Vrijstelling verwijderen"),
        vraag=_(
            "De vrijstelling van %(tandarts)s en de reden ervan verdwijnen. Is zij alleen voorbij? "
            "Vul dan een laatste dag in."
        )
        % {"tandarts": row.tandarts},
        knop=_("Vrijstelling verwijderen"),
        terug=_page(request, "vrijstellingen"),
        gelukt=_("De vrijstelling is verwijderd."),
    )


def saldi(request):
    """What each practice did more or less so far, per category: everybody may see it (RO-4)."""
    practices = {
        row.pk: row for row in Deelnemer.objects.filter(kring=request.kring).order_by("naam")
    }
    totals: dict = {}
    for row in Saldo.objects.filter(kring=request.kring).select_related("periode"):
        mine = totals.setdefault(row.deelnemer_id, dict.fromkeys(Categorie.values, 0))
        mine[row.categorie] += row.verschil
    rows = [
        (row, [(label, totals.get(pk, {}).get(value, 0)) for value, label in Categorie.choices])
        for pk, row in practices.items()
        if row.actief or pk in totals
    ]
    today = to_local(db_now()).date()
    periods = Roosterperiode.objects.filter(kring=request.kring, laatste_dag__lt=today)
    context = {
        "rijen": rows,
        "categorieen": Categorie.labels,
        "perioden": periods.order_by("-eerste_dag").prefetch_related("saldi"),
    }
    return render(request, "rooster/kader/saldi.html", context)


def saldi_tellen(request, periode):
    """Count the balances of a period that is over."""
    row = get_object_or_404(Roosterperiode, pk=periode, kring=request.kring)
    try:
        actions.record_saldi(row, by=request.actor)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("De saldi van %(periode)s zijn geteld.") % {"periode": row})
    return redirect(_page(request, "saldi"))


def saldi_csv(request):
    """Balances as they were kept elsewhere."""

    def save(velden: dict):
        aantal = kaderbestand.import_saldi(
            velden["periode"], bestand=velden["bestand"], by=request.actor
        )
        messages.success(
            request, _("Overgenomen: %(aantal)s regels met saldi.") % {"aantal": aantal}
        )
        return redirect(_page(request, "saldi"))

    return form_page(
        request,
        SaldibestandForm(
            request.POST or None,
            request.FILES or None,
            perioden=Roosterperiode.objects.filter(kring=request.kring),
        ),
        save=save,
        titel=_("Saldi uit een bestand"),
        terug=_page(request, "saldi"),
        template="rooster/kader/bestand.html",
        kolommen=kaderbestand.SALDI[0],
        voorbeeld=("Praktijk De Brug", "weekend", "-1,5"),
    )


def _page(request, name: str) -> str:
    return reverse(f"rooster:{name}", kwargs={"kring": request.kring.slug})
