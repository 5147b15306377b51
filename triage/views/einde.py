"""The end of a call."""

from django.utils.translation import gettext as _

from triage import actions
from triage.forms import (
    AfbreekForm,
    AfrondenForm,
)
from triage.overgangen import StapGeweigerd
from triage.views.basis import acting, after_step, get_oproep, to_board


def afronden(request, pk):
    """Close the telephone call, or say what is still missing."""
    oproep = get_oproep(pk)
    form = AfrondenForm(request.POST)
    if not form.is_valid():
        return after_step(request, oproep, afronden=form)
    try:
        actions.close_oproep(oproep, **form.cleaned_data, by=acting(request))
    except actions.AfrondenGeweigerd as error:
        return after_step(request, oproep, afronden=form, redenen=error.redenen)
    except StapGeweigerd as error:
        return after_step(request, oproep, afronden=form, redenen=[str(error)])
    return to_board(request, _("Oproep %(nummer)s is afgerond.") % {"nummer": oproep.nummer})


def afbreken(request, pk):
    """Close a call that ended halfway: the caller hung up, or would not say who it is."""
    oproep = get_oproep(pk)
    form = AfbreekForm(request.POST)
    if not form.is_valid():
        wrong = [text for texts in form.errors.values() for text in texts]
        return after_step(request, oproep, afbreken=form, redenen=wrong)
    data = form.cleaned_data
    try:
        actions.abort_oproep(
            oproep,
            reden=data["afbreekreden"],
            toelichting=data["afbreek_toelichting"],
            tandarts=data["afbreek_tandarts"],
            by=acting(request),
        )
    except actions.AfrondenGeweigerd as error:
        return after_step(request, oproep, afbreken=form, redenen=error.redenen)
    except StapGeweigerd as error:
        return after_step(request, oproep, afbreken=form, redenen=[str(error)])
    text = _("Oproep %(nummer)s is afgesloten als afgebroken.") % {"nummer": oproep.nummer}
    return to_board(request, text)
