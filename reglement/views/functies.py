"""Offices: who holds which, until when, who is put forward, and what the meeting decided."""

from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kern.tijd import db_now, to_local
from kern.toegang import Rol
from kring.formulierpagina import confirm_page, form_page
from kring.models import Lidmaatschap
from reglement.actions import functies as actions
from reglement.besluiten import standing_decisions
from reglement.forms.functies import AgendaForm, StoppenForm, VastleggenForm, VoordrachtForm
from reglement.functies import term_of, who_appoints
from reglement.geldend import variabelen_on
from reglement.models import Agendapunt, Functie, Vergadering, Voordracht
from reglement.views.adres import as_uuid

BINNENKORT = timedelta(days=120)


def overview(request):
    """Show who holds which office, what is open, and who held it before."""
    today = to_local(db_now()).date()
    rules = variabelen_on(request.kring.pk, today)
    rows = list(
        Functie.objects.filter(kring=request.kring)
        .select_related("gebruiker", "deelnemer", "besluit")
        .order_by("-vanaf")
    )
    present = [row for row in rows if row.vanaf <= today <= row.einde]
    with_role = set(
        Lidmaatschap.objects.active()
        .filter(kring=request.kring, rol=Rol.COORDINATOR)
        .values_list("gebruiker_id", flat=True)
    )
    kinds = [
        (value, label)
        for value, label in Functie.Soort.choices
        if rules.heeft_bestuur or rules.is_standaard or value.endswith("coordinator")
    ]
    context = {
        "vandaag": today,
        "binnenkort": today + BINNENKORT,
        "regels": rules,
        "ambten": [
            (label, [row for row in present if row.soort == value]) for value, label in kinds
        ],
        "komend": [row for row in rows if row.vanaf > today],
        "eerder": [row for row in rows if row.einde < today],
        "voordrachten": _nominations(request),
        "zonder_rol": {row.gebruiker_id for row in present} - with_role,
        "doet": Rol.COORDINATOR in request.actor.rollen,
    }
    return render(request, "reglement/functies/functies.html", context)


def _nominations(request) -> list[tuple[Voordracht, Agendapunt | None, object]]:
    """Return (nomination, its newest agenda point, the decision that stands); few and open."""
    rows = list(
        Voordracht.objects.filter(
            kring=request.kring, status=Voordracht.Status.OPEN
        ).select_related("gebruiker", "deelnemer")
    )
    points: dict = {}
    found = Agendapunt.objects.filter(voordracht__in=rows).select_related("vergadering")
    for point in found.exclude(vergadering__status=Vergadering.Status.AFGELAST).order_by(
        "vergadering__begint_op"
    ):
        points[point.voordracht_id] = point
    decided = standing_decisions(points.values())
    return [
        (row, point, decided.get(point.pk) if point else None)
        for row, point in ((row, points.get(row.pk)) for row in rows)
    ]


def put_forward(request):
    """Put somebody forward, and put that on an agenda at once when there is one."""
    old = Functie.objects.filter(kring=request.kring, pk=as_uuid(request.GET.get("na"))).first()
    initial = {}
    if old:
        initial = {"soort": old.soort, "vanaf": old.einde + timedelta(days=1)}
        initial["gebruiker"] = old.gebruiker_id
    form = VoordrachtForm(
        request.POST if request.method == "POST" else None, kring=request.kring, initial=initial
    )
    return form_page(
        request,
        form,
        save=lambda velden: _put_forward(request, velden),
        titel=_("Iemand voordragen"),
        terug=_list(request),
        template="reglement/functies/voordragen.html",
        regels=variabelen_on(request.kring.pk, to_local(db_now()).date()),
    )


@transaction.atomic
def _put_forward(request, velden: dict):
    meeting = velden.pop("vergadering")
    row = actions.put_forward(kring_id=request.kring.pk, by=request.actor, **velden)
    if meeting:
        actions.put_on_agenda(row, vergadering=_meeting(request, meeting), by=request.actor)
    term = term_of(request.kring.pk, row.soort, row.gebruiker_id, row.vanaf)
    text = _("%(naam)s is voorgedragen. %(waarom)s") % {
        "naam": row.gebruiker.naam,
        "waarom": term.benoeming.waarom,
    }
    messages.success(request, text)
    if term.benoeming.waarschuwing:
        messages.warning(request, term.benoeming.waarschuwing)
    return redirect(_list(request))


def agenda(request, voordracht):
    """Put a nomination on an agenda."""
    row = _nomination(request, voordracht)
    form = AgendaForm(request.POST if request.method == "POST" else None, kring=request.kring)
    return form_page(
        request,
        form,
        save=lambda velden: actions.put_on_agenda(
            row, vergadering=_meeting(request, velden["vergadering"]), by=request.actor
        ),
        titel=_("%s op de agenda zetten") % row.gebruiker.naam,
        terug=_list(request),
        gelukt=_("De voordracht staat op de agenda."),
    )


def process(request, voordracht):
    """Do what the meeting decided."""
    row = _nomination(request, voordracht)
    body = who_appoints(request.kring.pk, row.soort, row.vanaf)
    besluit = actions.decision_of(row)
    return confirm_page(
        request,
        act=lambda: actions.process(row, by=request.actor),
        titel=_("Besluit verwerken"),
        vraag=_("%(besluit)s. %(uitleg)s Verwerk je dit?")
        % {"besluit": str(besluit).capitalize(), "uitleg": body.uitleg}
        if besluit
        else _("De vergadering heeft hier nog niet over besloten."),
        knop=_("Verwerken"),
        terug=_list(request),
        gelukt=_("Het besluit is verwerkt."),
    )


def withdraw(request, voordracht):
    """Take a nomination back."""
    row = _nomination(request, voordracht)
    return confirm_page(
        request,
        act=lambda: actions.withdraw(row, by=request.actor),
        titel=_("Voordracht intrekken"),
        vraag=_(
            "%s is dan niet meer voorgedragen. Een agendapunt blijft staan tot je het weghaalt."
        )
        % row.gebruiker.naam,
        knop=_("Intrekken"),
        terug=_list(request),
        gelukt=_("De voordracht is ingetrokken."),
    )


def register(request):
    """Note an appointment by the bestuur, or of before the kring worked with this."""
    form = VastleggenForm(request.POST if request.method == "POST" else None, kring=request.kring)
    return form_page(
        request,
        form,
        save=lambda velden: actions.register(kring_id=request.kring.pk, by=request.actor, **velden),
        titel=_("Benoeming vastleggen"),
        terug=_list(request),
        gelukt=_("De benoeming is vastgelegd."),
    )


def stop(request, functie):
    """Let somebody stop before the term is over."""
    row = get_object_or_404(
        Functie.objects.select_related("gebruiker"), pk=functie, kring=request.kring
    )
    return form_page(
        request,
        StoppenForm(request.POST if request.method == "POST" else None),
        save=lambda velden: actions.stop(row, by=request.actor, **velden),
        titel=_("%(naam)s stopt als %(functie)s")
        % {"naam": row.gebruiker.naam, "functie": row.get_soort_display()},
        terug=_list(request),
        gelukt=_("Vastgelegd. Regel op tijd een opvolger."),
    )


def _nomination(request, pk) -> Voordracht:
    rows = Voordracht.objects.select_related("gebruiker")
    return get_object_or_404(rows, pk=pk, kring=request.kring)


def _meeting(request, pk: str) -> Vergadering:
    row = Vergadering.objects.filter(kring=request.kring, pk=as_uuid(pk)).first()
    if row is None:
        raise ValidationError({"vergadering": _("Deze vergadering bestaat niet meer.")})
    return row


def _list(request) -> str:
    return reverse("reglement:functies", kwargs={"kring": request.kring.slug})
