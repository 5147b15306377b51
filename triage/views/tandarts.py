"""Contact with the dentist, as the triagemedewerker notes it."""

from django.utils.translation import gettext as _

from triage import actions
from triage.forms import BerichtForm, BesluitForm, ContactpogingForm, VergissingForm
from triage.overgangen import StapGeweigerd, VeldGeweigerd
from triage.views.basis import acting, after_step, get_oproep


def contactpoging(request, pk):
    """Note one attempt to reach the dentist."""
    oproep = get_oproep(pk)
    form = ContactpogingForm(request.POST)
    if not form.is_valid():
        redenen = form.errors.get("aanwezig_om") or [
            _("Kies wie je belde en wat het resultaat was.")
        ]
        return after_step(request, oproep, poging=form, redenen=redenen)
    try:
        actions.log_contactpoging(oproep, **form.cleaned_data, by=acting(request))
    except StapGeweigerd as error:
        return after_step(request, oproep, redenen=[str(error)])
    return after_step(request, oproep)


def vergissing(request, pk):
    """Take an attempt back that was noted by mistake; it stays to be seen."""
    oproep = get_oproep(pk)
    form = VergissingForm(request.POST)
    poging = None
    if form.is_valid():
        poging = oproep.contactpogingen.filter(pk=form.cleaned_data["poging"]).first()
    if poging is None:
        redenen = [_("Kies welke poging een vergissing was.")]
        return after_step(request, oproep, vergissing=form, redenen=redenen)
    try:
        actions.retract_contactpoging(poging, reden=form.cleaned_data["reden"], by=acting(request))
    except StapGeweigerd as error:
        return after_step(request, oproep, vergissing=form, redenen=[str(error)])
    return after_step(request, oproep)


def bericht_sturen(request, pk):
    """Send the dentist a message; the telephone call stays to be made."""
    oproep = get_oproep(pk)
    form = BerichtForm(request.POST)
    if not form.is_valid():
        return after_step(request, oproep, redenen=[_("Kies wie het bericht krijgt.")])
    try:
        actions.send_bericht(oproep, **form.cleaned_data, by=acting(request))
    except StapGeweigerd as error:
        return after_step(request, oproep, redenen=[str(error)])
    return after_step(request, oproep)


def besluit(request, pk):
    """Note what the dentist decided; "komt langs" makes the appointment too."""
    oproep = get_oproep(pk)
    form = BesluitForm(request.POST, oproep=oproep)
    if not form.is_valid():
        return after_step(request, oproep, besluit=form)
    try:
        actions.record_besluit(oproep, **form.cleaned_data, by=acting(request))
    except VeldGeweigerd as error:
        form.add_error(error.veld, str(error))
        return after_step(request, oproep, besluit=form)
    except StapGeweigerd as error:
        form.add_error(None, str(error))
        return after_step(request, oproep, besluit=form)
    return after_step(request, oproep)
