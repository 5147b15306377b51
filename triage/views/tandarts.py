"""Contact with the dentist."""

from django.db import transaction
from django.utils.translation import gettext as _

from kern.actor import Actor
from triage import actions
from triage.forms import (
    BesluitForm,
    ContactpogingForm,
)
from triage.models import Oproep
from triage.overgangen import StapGeweigerd
from triage.views.basis import acting, after_step, get_oproep


def contactpoging(request, pk):
    """Note one attempt to reach the dentist."""
    oproep = get_oproep(pk)
    form = ContactpogingForm(request.POST)
    if not form.is_valid():
        return after_step(
            request, oproep, redenen=[_("Kies wie je belde en wat het resultaat was.")]
        )
    try:
        actions.log_contactpoging(oproep, **form.cleaned_data, by=acting(request))
    except StapGeweigerd as error:
        return after_step(request, oproep, redenen=[str(error)])
    return after_step(request, oproep)


def besluit(request, pk):
    """Note what the dentist decided; "komt langs" makes the appointment too."""
    oproep = get_oproep(pk)
    form = BesluitForm(request.POST)
    if not form.is_valid():
        return after_step(request, oproep, besluit=form)
    try:
        _save_decision(oproep, form.cleaned_data, by=acting(request))
    except StapGeweigerd as error:
        form.add_error(None, str(error))
        return after_step(request, oproep, besluit=form)
    return after_step(request, oproep)


@transaction.atomic
def _save_decision(oproep: Oproep, data: dict, *, by: Actor) -> None:
    """Decision and appointment stand or fall together: they are one form."""
    actions.record_besluit(oproep, besluit=data["besluit"], toelichting=data["toelichting"], by=by)
    if data["besluit"] == Oproep.Besluit.ZIEN:
        actions.make_afspraak(
            oproep, moment=data["moment"], betaling_gemeld=data["betaling_gemeld"], by=by
        )
