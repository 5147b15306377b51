"""The periods with their drafts; make one, choose one, throw one away."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import OuterRef, Prefetch, Subquery
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kern.tijd import db_now, to_local
from kring.formulierpagina import confirm_page, form_page
from rooster.actions.concept import choose_concept, copy_concept, make_concept, remove_concept
from rooster.concept.uitvoer import duties_of
from rooster.forms.concept import ConceptForm, WatAlsForm
from rooster.models import Concept, Plantaak, Roosterperiode


def concepten(request):
    """Every period that is not over, with its drafts."""
    laatste = Plantaak.objects.filter(concept=OuterRef("pk")).order_by("-aangemaakt_op")
    drafts = Concept.objects.annotate(
        stand=Subquery(laatste.values("status")[:1]),
        doel=Subquery(laatste.values("doel")[:1]),
        ondergrens=Subquery(laatste.values("ondergrens")[:1]),
    ).defer("bewijs")
    perioden = Roosterperiode.objects.filter(
        kring=request.kring, laatste_dag__gte=to_local(db_now()).date()
    ).prefetch_related(Prefetch("concepten", drafts))
    return render(request, "rooster/concept/lijst.html", {"perioden": perioden})


def concept_nieuw(request, periode):
    """Make a draft of this period, with its duties and every place open."""
    row = get_object_or_404(Roosterperiode, pk=periode, kring=request.kring)
    aantal = row.concepten.count()
    naam = _("Concept %(nummer)s") % {"nummer": aantal + 1}

    def save(velden: dict):
        concept = make_concept(periode=row, diensten=duties_of(row), by=request.actor, **velden)
        return redirect(address(request, concept))

    return form_page(
        request,
        ConceptForm(request.POST or None, initial={"naam": naam}),
        save=save,
        titel=_("Concept maken voor %(periode)s") % {"periode": row.naam},
        terug=list_address(request),
    )


def wat_als(request, concept):
    """Lay another draft beside this one, with other rules."""
    row = draft_of(request, concept)
    begin = {
        "naam": _("Wat als: %(naam)s") % {"naam": row.naam[:40]},
        "rustdagen": row.periode.rustdagen,
        "geen_aaneengesloten_weekenden": row.periode.geen_aaneengesloten_weekenden,
        **row.afwijking,
    }

    def save(velden: dict):
        naam = velden.pop("naam")
        kopie = copy_concept(row, naam=naam, afwijking=velden, by=request.actor)
        return redirect(address(request, kopie))

    return form_page(
        request,
        WatAlsForm(request.POST or None, initial=begin),
        save=save,
        titel=_("Wat als …"),
        terug=address(request, row),
    )


def concept_kiezen(request, concept):
    """Make this the draft that goes to the deelnemers."""
    row = draft_of(request, concept)
    return confirm_page(
        request,
        act=lambda: choose_concept(row, by=request.actor),
        titel=_("Concept kiezen"),
        vraag=_("%(naam)s wordt het concept dat naar de deelnemers gaat.") % {"naam": row.naam},
        knop=_("Kies dit concept"),
        terug=address(request, row),
        gelukt=_("Dit concept is gekozen."),
    )


def concept_weg(request, concept):
    row = draft_of(request, concept)
    return confirm_page(
        request,
        act=lambda: remove_concept(row, by=request.actor),
        titel=_("Concept weggooien"),
        vraag=_("%(naam)s verdwijnt, met alles wat je hierin hebt vastgezet.") % {"naam": row.naam},
        knop=_("Weggooien"),
        terug=list_address(request),
        gelukt=_("Het concept is weg."),
    )


def draft_of(request, pk, *zonder: str) -> Concept:
    """Return a draft of this kring; `zonder` are columns that the page does not need."""
    rows = Concept.objects.select_related("periode").defer(*zonder)
    return get_object_or_404(rows, pk=pk, kring=request.kring)


def address(request, concept: Concept, name: str = "concept") -> str:
    return reverse(f"rooster:{name}", kwargs={"kring": request.kring.slug, "concept": concept.pk})


def list_address(request) -> str:
    return reverse("rooster:concepten", kwargs={"kring": request.kring.slug})


def tell_refusal(request, error: ValidationError) -> None:
    for sentence in error.messages:
        messages.error(request, sentence)
