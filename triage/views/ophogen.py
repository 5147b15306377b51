"""More than the protocol asks for, and back."""

from django.utils.translation import gettext as _

from triage import actions
from triage.forms import AgressieForm, OphogenForm, TerugnemenForm
from triage.overgangen import StapGeweigerd
from triage.views.basis import acting, after_step, get_oproep


def ophogen(request, pk):
    """Make contact with the dentist obligatory, with a reason."""
    oproep = get_oproep(pk)
    form = OphogenForm(request.POST)
    if not form.is_valid():
        return after_step(request, oproep, ophogen=form, redenen=_texts(form))
    try:
        actions.raise_oproep(oproep, **form.cleaned_data, by=acting(request))
    except StapGeweigerd as error:
        return after_step(request, oproep, ophogen=form, redenen=[str(error)])
    return after_step(request, oproep)


def ophogen_terug(request, pk):
    """Take back one's own raise, with a reason, before anybody was called."""
    oproep = get_oproep(pk)
    form = TerugnemenForm(request.POST)
    if not form.is_valid():
        return after_step(request, oproep, terugnemen=form, redenen=_texts(form))
    try:
        actions.take_back_raise(oproep, **form.cleaned_data, by=acting(request))
    except StapGeweigerd as error:
        return after_step(request, oproep, terugnemen=form, redenen=[str(error)])
    return after_step(request, oproep)


def agressie(request, pk):
    """Note one step of the ladder; the call itself goes on (T-11)."""
    oproep = get_oproep(pk)
    form = AgressieForm(request.POST)
    if not form.is_valid():
        return after_step(request, oproep, redenen=[_("Kies welke stap je hebt gezet.")])
    try:
        actions.log_agressiestap(oproep, stap=form.cleaned_data["stap"], by=acting(request))
    except StapGeweigerd as error:
        return after_step(request, oproep, redenen=[str(error)])
    return after_step(request, oproep)


def _texts(form) -> list[str]:
    return [text for texts in form.errors.values() for text in texts]
