"""Applications of practices, from the first letter to the day they take part."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kern.tijd import db_now
from kring.formulierpagina import confirm_page, form_page
from reglement.actions import toelating as actions
from reglement.forms.deelname import RedenForm
from reglement.forms.toelating import (
    AanvraagForm,
    AdviesForm,
    BigForm,
    TandartsForm,
    VerklaringForm,
    VerwerkForm,
    VoorleggenForm,
)
from reglement.geldend import lezing_on
from reglement.lezing import NieuweDeelnemer
from reglement.lidmaatschap.aanvraag import requirements_of
from reglement.lidmaatschap.eisen import blocking, meets_all
from reglement.models import Besluit, Toelating, Toelatingstandarts
from reglement.views.deelname import today
from rooster.ruil.bigregister import Handmatig, bigregister

FORMULIER = "reglement/formulier.html"


def applications(request):
    """Every application, the open ones first."""
    rows = Toelating.objects.filter(kring=request.kring).select_related("besluit")
    open_rows = [row for row in rows if row.open]
    context = {"open": open_rows, "klaar": [row for row in rows if not row.open]}
    return render(request, "reglement/deelname/toelatingen.html", context)


def new(request):
    """Note an application."""

    def save(velden: dict):
        row = actions.apply_for(kring_id=request.kring.pk, by=request.actor, **velden)
        messages.success(
            request, _("De aanvraag staat erin. Zet nu de tandartsen van de praktijk erbij.")
        )
        return redirect(_page(request, row))

    return form_page(
        request,
        AanvraagForm(request.POST or None, kring=request.kring, today=today()),
        save=save,
        titel=_("Nieuwe aanvraag"),
        terug=reverse("reglement:toelatingen", kwargs={"kring": request.kring.slug}),
        template=FORMULIER,
    )


def application(request, toelating):
    """One application: every requirement as it stands, and the next step."""
    row = _row(request, toelating)
    eisen, meting = requirements_of(row)
    besluit = row.besluit or actions.decision_on(row)
    by_right = lezing_on(request.kring.pk, today()).nieuwe_deelnemer is NieuweDeelnemer.RECHT
    context = {
        "toelating": row,
        "tandartsen": row.tandartsen.select_related("gecontroleerd_door"),
        "eisen": eisen,
        "schatting": meting.schatting,
        "mislukt": meting.mislukt,
        "blokkeert": blocking(eisen),
        "van_rechtswege": by_right,
        "voldoet": meets_all(eisen),
        "besluit": besluit,
        "aangenomen": besluit and besluit.uitkomst == Besluit.Uitkomst.AANGENOMEN,
        "verworpen": besluit and besluit.uitkomst == Besluit.Uitkomst.VERWORPEN,
        "agendapunten": row.agendapunten.select_related("vergadering").order_by(
            "vergadering__begint_op"
        ),
        "nu": db_now(),
    }
    return render(request, "reglement/deelname/toelating.html", context)


def change(request, toelating):
    """Mend what was typed."""
    row = _row(request, toelating)
    return _step(
        request,
        row,
        AanvraagForm(request.POST or None, instance=row, kring=request.kring, today=today()),
        save=lambda velden: actions.change_toelating(row, by=request.actor, **velden),
        titel=_("Aanvraag wijzigen"),
        gelukt=_("De aanvraag is gewijzigd."),
    )


def declare(request, toelating):
    """Note what the practice declares."""
    row = _row(request, toelating)
    known = {
        name: {True: "ja", False: "nee"}.get(getattr(row, name))
        for name in VerklaringForm.base_fields
    }
    return _step(
        request,
        row,
        VerklaringForm(request.POST or None, initial=known),
        save=lambda velden: actions.change_toelating(row, by=request.actor, **velden),
        titel=_("Wat verklaart %(praktijk)s?") % {"praktijk": row.naam},
        gelukt=_("De verklaring is vastgelegd."),
    )


def dentist(request, toelating):
    """Add a dentist of the practice."""
    row = _row(request, toelating)
    return _step(
        request,
        row,
        TandartsForm(request.POST or None),
        save=lambda velden: actions.add_dentist(row, by=request.actor, **velden),
        titel=_("Tandarts van %(praktijk)s") % {"praktijk": row.naam},
        gelukt=_("Toegevoegd. Kijk de tandarts nu na in het BIG-register."),
    )


def remove_dentist(request, toelatingstandarts):
    """Take a dentist off the application."""
    row = _dentist(request, toelatingstandarts)
    return confirm_page(
        request,
        act=lambda: actions.remove_dentist(row, by=request.actor),
        titel=_("Tandarts weghalen"),
        vraag=_("%(naam)s weghalen bij deze aanvraag?") % {"naam": row.naam},
        knop=_("Weghalen"),
        terug=_page(request, row.toelating),
        gelukt=_("De tandarts is weggehaald."),
    )


def check_dentist(request, toelatingstandarts):
    """Note what the BIG register says; by its service when there is one."""
    row = _dentist(request, toelatingstandarts)
    if not isinstance(bigregister(), Handmatig):
        return confirm_page(
            request,
            act=lambda: actions.check_dentist(row, by=request.actor),
            titel=_("BIG-register nakijken"),
            vraag=_("%(naam)s (%(nummer)s) opvragen bij het BIG-register?")
            % {"naam": row.naam, "nummer": row.big_nummer},
            knop=_("Kijk na"),
            terug=_page(request, row.toelating),
            gelukt=_("Nagekeken en vastgelegd."),
        )
    return _step(
        request,
        row.toelating,
        BigForm(request.POST or None),
        save=lambda velden: actions.check_dentist(row, by=request.actor, **velden),
        titel=_("%(naam)s in het BIG-register") % {"naam": row.naam},
        gelukt=_("Nagekeken en vastgelegd."),
        uitleg=_("Zoek %(nummer)s op bij bigregister.nl en leg vast wat je ziet.")
        % {"nummer": row.big_nummer},
    )


def advise(request, toelating):
    """Write the advice to the meeting."""
    row = _row(request, toelating)
    return _step(
        request,
        row,
        AdviesForm(request.POST or None, instance=row),
        save=lambda velden: actions.advise(row, by=request.actor, **velden),
        titel=_("Advies over %(praktijk)s") % {"praktijk": row.naam},
        gelukt=_("Het advies is vastgelegd."),
        uitleg=_(
            "Eisen aan deelnemers zijn objectief, voor iedereen gelijk en vooraf bekend. Noem de "
            "eisen waar je advies op rust."
        ),
    )


def put(request, toelating):
    """Put the application on an agenda."""
    row = _row(request, toelating)
    return _step(
        request,
        row,
        VoorleggenForm(request.POST or None, kring=request.kring),
        save=lambda velden: actions.put_to_meeting(row, by=request.actor, **velden),
        titel=_("%(praktijk)s voorleggen aan de vergadering") % {"praktijk": row.naam},
        gelukt=_("De toelating staat op de agenda."),
        uitleg=_(
            "Je kiest een vergadering waarvoor nog niemand is opgeroepen. Is er geen, maak die dan "
            "eerst bij Vergaderingen."
        ),
    )


def settle(request, toelating):
    """Do what was decided."""
    row = _row(request, toelating)
    return _step(
        request,
        row,
        VerwerkForm(request.POST or None, initial={"vanaf": row.gewenst_op}),
        save=lambda velden: actions.settle(row, by=request.actor, **velden),
        titel=_("Aanvraag van %(praktijk)s verwerken") % {"praktijk": row.naam},
        gelukt=_("De aanvraag is verwerkt."),
    )


def withdraw(request, toelating):
    """Note that the practice does not ask any more."""
    row = _row(request, toelating)
    return _step(
        request,
        row,
        RedenForm(request.POST or None),
        save=lambda velden: actions.withdraw_toelating(row, by=request.actor, **velden),
        titel=_("Aanvraag van %(praktijk)s intrekken") % {"praktijk": row.naam},
        gelukt=_("De aanvraag is ingetrokken."),
    )


def _step(request, row: Toelating, form, *, save, titel, gelukt, **context):
    return form_page(
        request,
        form,
        save=save,
        titel=titel,
        terug=_page(request, row),
        gelukt=gelukt,
        template=FORMULIER,
        **context,
    )


def _page(request, row: Toelating) -> str:
    return reverse("reglement:toelating", kwargs={"kring": request.kring.slug, "toelating": row.pk})


def _row(request, pk) -> Toelating:
    return get_object_or_404(Toelating, pk=pk, kring=request.kring)


def _dentist(request, pk) -> Toelatingstandarts:
    rows = Toelatingstandarts.objects.select_related("toelating")
    return get_object_or_404(rows, pk=pk, kring=request.kring)
