"""Resigning and the other ends of taking part (MR 8)."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from kern.toegang import Rol
from kring.formulierpagina import form_page
from kring.models import Deelnemer
from reglement.actions import einde as actions
from reglement.forms.deelname import AfwijkForm, EindeForm, OpzegForm, RedenForm
from reglement.geldend import variabelen_on
from reglement.models import Einde
from reglement.views.deelname import page_of, today


def resign(request, deelnemer):
    """Resign for the own practice, or note a letter; the last day and why stand above the form."""
    row = get_object_or_404(Deelnemer, pk=deelnemer, kring=request.kring)
    vandaag = today()
    coordinator = Rol.COORDINATOR in request.actor.rollen
    return form_page(
        request,
        OpzegForm(request.POST or None, coordinator=coordinator, today=vandaag),
        save=lambda velden: actions.resign(row, by=request.actor, **velden),
        titel=_("Opzegging van %(praktijk)s") % {"praktijk": row.naam},
        terug=page_of(request, row),
        gelukt=_("De opzegging is vastgelegd. De laatste dag staat hieronder, met de reden."),
        template="reglement/deelname/opzeggen.html",
        praktijk=row,
        coordinator=coordinator,
        verwacht=actions.expected_end(row, vandaag),
        regels=variabelen_on(request.kring.pk, vandaag),
    )


def stop(request, deelnemer):
    """Note that a one-person practice stopped or that its vertegenwoordiger died."""
    row = get_object_or_404(Deelnemer, pk=deelnemer, kring=request.kring)
    return form_page(
        request,
        EindeForm(request.POST or None, initial={"laatste_dag": today()}),
        save=lambda velden: actions.stop(row, by=request.actor, **velden),
        titel=_("%(praktijk)s stopt") % {"praktijk": row.naam},
        terug=page_of(request, row),
        gelukt=_("Het einde van de deelname is vastgelegd."),
        template="reglement/formulier.html",
    )


def deviate(request, einde):
    """Let a resignation take effect on another day."""
    row = _end(request, einde)
    return form_page(
        request,
        AfwijkForm(
            request.POST or None,
            initial={"laatste_dag": row.gevraagd or row.laatste_dag, "afwijking": row.afwijking},
        ),
        save=lambda velden: actions.deviate(row, by=request.actor, **velden),
        titel=_("Andere laatste dag voor %(praktijk)s") % {"praktijk": row.deelnemer.naam},
        terug=page_of(request, row.deelnemer),
        gelukt=_("De nieuwe laatste dag is vastgelegd. De praktijk krijgt bericht."),
        template="reglement/formulier.html",
        uitleg=_(
            "Volgens het reglement is %(dag)s de laatste dag. Afwijken kan om bijzondere "
            "omstandigheden (art. 8)."
        )
        % {"dag": f"{row.volgens_regel:%d-%m-%Y}"},
    )


def withdraw(request, einde):
    """Take an end back: the practice stays."""
    row = _end(request, einde)
    return form_page(
        request,
        RedenForm(request.POST or None),
        save=lambda velden: actions.withdraw_end(row, by=request.actor, **velden),
        titel=_("%(praktijk)s blijft toch") % {"praktijk": row.deelnemer.naam},
        terug=page_of(request, row.deelnemer),
        gelukt=_("Ingetrokken. De praktijk doet gewoon mee."),
        template="reglement/formulier.html",
        uitleg=_("De praktijk telt weer mee, en haar tandartsen kunnen weer op het rooster."),
    )


def _end(request, pk) -> Einde:
    return get_object_or_404(Einde.objects.select_related("deelnemer"), pk=pk, kring=request.kring)
