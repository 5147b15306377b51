"""Paper: the blank form, the shift sheet, and entering later what was written on it."""

from django.core.exceptions import ValidationError
from django.shortcuts import render

from kern import logboek
from kern.tijd import db_now
from kern.toegang import Rol
from kring.models import Gebruiker, Lidmaatschap
from triage import actions, afronding, gespreksteksten
from triage import protocol_teksten as teksten
from triage.forms import NavoerenForm
from triage.lezing import reading_of_version, version_in_force
from triage.nachtblad import read_sheet
from triage.scherm.formulier import paper_questions
from triage.views.basis import acting, to_call


def formulier(request):
    """Show the blank form, ready to print; it holds nothing about anybody."""
    versie = version_in_force(request.kring.pk, db_now())
    lezing = reading_of_version(versie)
    context = {
        "vragen": paper_questions(lezing),
        "controles": afronding.CONTROLES,
        "script": [gespreksteksten.OPENING, gespreksteksten.OPNAME, gespreksteksten.OPEN_VRAAG],
        "klachten": list(teksten.KLACHTEN.values()),
        "protocolversie": lezing.regelset.id,
        "nummer": lezing.nummer,
    }
    return render(request, "triage/formulier.html", context)


def nachtblad(request):
    """Show the shift sheet, ready to print; each patient on it is a line in the access log."""
    blad = read_sheet(db_now(), kring_id=request.kring.pk)
    for regel in blad.regels:
        if regel.patient_id:
            logboek.note_read(
                "nachtblad.getoond",
                by=acting(request),
                object_soort="oproep",
                object_id=regel.id,
                patient_id=regel.patient_id,
            )
    return render(request, "triage/nachtblad.html", {"blad": blad})


def navoeren(request):
    """Enter a call from paper: first when it was, then the ordinary screen."""
    form = NavoerenForm(
        request.POST if request.method == "POST" else None,
        colleagues=_colleagues(request),
        initial=NavoerenForm.initial_at(db_now(), request.user.pk),
    )
    if request.method == "POST" and form.is_valid():
        try:
            oproep = actions.enter_from_paper(
                kring_id=request.kring.pk,
                aangenomen_op=form.cleaned_data["aangenomen_op"],
                aangenomen_door_id=form.cleaned_data["aangenomen_door"].pk,
                by=acting(request),
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return to_call(request, oproep)
    status = 422 if form.is_bound else 200
    return render(request, "triage/navoeren.html", {"form": form}, status=status)


def _colleagues(request):
    """Return who answers the telephone in this kring."""
    members = Lidmaatschap.objects.active().filter(
        kring=request.kring, rol__in=(Rol.TRIAGE, Rol.TANDARTS)
    )
    return Gebruiker.objects.filter(pk__in=members.values("gebruiker_id")).order_by("naam")
