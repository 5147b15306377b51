"""A second call about the same complaint: joined and parted by a person."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from triage import actions
from triage.models import Oproep
from triage.overgangen import StapGeweigerd
from triage.views.basis import acting, get_oproep, to_call


def herhaling(request, pk):
    """Join the call to the chosen earlier one; without a choice part it from the one it has."""
    oproep = get_oproep(pk)
    chosen = request.POST.get("eerdere", "")
    try:
        if chosen:
            eerdere = get_object_or_404(Oproep, pk=chosen)
            actions.join_oproep(oproep, eerdere=eerdere, by=acting(request))
        else:
            actions.part_oproep(oproep, by=acting(request))
    except ValidationError:
        messages.error(request, _("Deze oproep is niet gevonden."))
    except StapGeweigerd as error:
        messages.error(request, str(error))
    return to_call(request, oproep, "#vragen")
