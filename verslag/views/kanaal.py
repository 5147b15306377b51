"""The channel to a recipient: which one and why, the certificate, and the handover by hand."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kern import nta
from kern.tijd import db_now
from kring.models import EigenTandarts
from verslag import actions, kanalen
from verslag.actions.overdracht import recipient_of
from verslag.forms import CertificaatForm, OverhandigForm
from verslag.models import Bijlage, Certificaat, NtaDomein, Verslag


def hand_over(request, verslag):
    """Print the letter, hand it over, and keep the proof."""
    verslag = get_object_or_404(Verslag.objects.with_letterhead(), pk=verslag)
    versie = verslag.versies.last()
    if versie is None:
        raise Http404
    back = redirect("verslag:verslag", kring=request.kring.slug, verslag=verslag.pk)
    recipient = recipient_of(versie)
    if recipient is None:
        messages.error(
            request,
            _("Van deze patiënt is geen eigen tandarts bekend. Zet die eerst in het verslag."),
        )
        return back
    form = OverhandigForm(request.POST or None, initial={"gedaan_op": db_now()})
    if request.method == "POST" and form.is_valid():
        try:
            actions.record_overhandiging(versie, by=request.actor, **form.cleaned_data)
        except actions.OverdrachtGeweigerd as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Vastgelegd: het verslag is overhandigd."))
            return back
    context = {"verslag": verslag, "versie": versie, "ontvanger": recipient, "form": form}
    status = 422 if form.errors else 200
    return render(request, "verslag/overhandigen.html", context, status=status)


def channel(request, ontvanger):
    """Show how reports go to this recipient and why; take a certificate in."""
    ontvanger = get_object_or_404(EigenTandarts, pk=ontvanger)
    form = CertificaatForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and _take_in(request, ontvanger, form):
        messages.success(request, _("Het certificaat is toegevoegd."))
        return _to_channel(request, ontvanger)
    nu = db_now()
    certificaten = list(ontvanger.certificaten.select_related("door").order_by("-aangemaakt_op"))
    context = {
        "ontvanger": ontvanger,
        "form": form,
        "keuze": kanalen.choice_for(ontvanger, Bijlage.objects.none(), nu=nu),
        "certificaat": next((row for row in certificaten if not row.ingetrokken_op), None),
        "eerdere": [row for row in certificaten if row.ingetrokken_op],
        "domein": NtaDomein.objects.filter(domein=nta.domain_of(ontvanger.email)).first(),
    }
    status = 422 if form.errors else 200
    return render(request, "verslag/kanaal.html", context, status=status)


def _take_in(request, ontvanger: EigenTandarts, form: CertificaatForm) -> bool:
    """Add the certificate when it may be used and is the one that was asked about."""
    data = form.cleaned_data["bestand"]
    try:
        found = actions.judge_certificate(data, ontvanger=ontvanger)
        if not found.vingerafdruk.endswith(form.cleaned_data["vingerafdruk"]):
            form.add_error(
                "vingerafdruk",
                _(
                    "Dit hoort niet bij het bestand. Vraag het na: misschien is het certificaat "
                    "niet van deze praktijk."
                ),
            )
            return False
        actions.add_certificaat(
            ontvanger, data=data, nagevraagd=form.cleaned_data["nagevraagd"], by=request.actor
        )
    except actions.CertificaatGeweigerd as error:
        form.add_error("bestand", str(error))
        return False
    return True


@require_POST
def withdraw_certificate(request, certificaat):
    """Use a certificate no longer."""
    row = get_object_or_404(Certificaat.objects.select_related("ontvanger"), pk=certificaat)
    if actions.withdraw_certificaat(row, by=request.actor):
        messages.success(request, _("Het certificaat wordt niet meer gebruikt."))
    else:
        messages.info(request, _("Het certificaat werd al niet meer gebruikt."))
    return _to_channel(request, row.ontvanger)


def _to_channel(request, ontvanger: EigenTandarts):
    return redirect("verslag:kanaal", kring=request.kring.slug, ontvanger=ontvanger.pk)
