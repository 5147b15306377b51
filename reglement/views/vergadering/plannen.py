"""The list of meetings, one meeting with everything about it, and planning."""

from django.contrib import messages
from django.db.models import Count, Q
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kring.formulierpagina import form_page
from reglement import oproepdeel
from reglement.actions import vergadering as acties
from reglement.forms.vergadering import TijdEnPlaatsForm, VergaderingForm
from reglement.models import Notulen, Uitnodiging, Vergadering
from reglement.vergadering.herkansing import undecided
from reglement.vergadering.proef import try_meeting
from reglement.views.vergadering.delen import (
    agenda_of,
    is_coordinator,
    knows,
    loose_documents,
    meeting_of,
    page_of,
    presides,
    represented,
)

MAXIMUM = 60
Status = Vergadering.Status
Antwoord = Uitnodiging.Antwoord


def overview(request):
    """Show what comes and what was; a plan is for the coordinator alone."""
    said = Count("uitnodigingen", filter=~Q(uitnodigingen__antwoord=""))
    comes = Count(
        "uitnodigingen",
        filter=Q(
            uitnodigingen__antwoord__in=[
                Antwoord.KOMT,
                Antwoord.OP_AFSTAND,
            ]
        ),
    )
    rows = (
        Vergadering.objects.filter(kring=request.kring)
        .select_related("voorzitter", "notulen")
        .annotate(gevraagd=Count("uitnodigingen"), geantwoord=said, komen=comes)
    )
    if not is_coordinator(request):
        rows = rows.exclude(status=Status.CONCEPT).exclude(opgeroepen_op__isnull=True)
    rows = list(rows.order_by("-begint_op")[:MAXIMUM])
    over = (Status.GESLOTEN, Status.AFGELAST)
    context = {
        "komend": sorted(
            (row for row in rows if row.status not in over), key=lambda row: row.begint_op
        ),
        "geweest": [row for row in rows if row.status in over],
        "is_coordinator": is_coordinator(request),
    }
    return render(request, "reglement/vergadering/lijst.html", context)


def new(request):
    """Plan a meeting."""
    initial = {}
    if request.GET.get("dag"):
        initial["begint_op"] = f"{request.GET['dag']}T20:00"
    return form_page(
        request,
        VergaderingForm(request.POST or None, kring_id=request.kring.pk, initial=initial),
        save=lambda velden: _to_page(
            request, acties.plan(kring_id=request.kring.pk, by=request.actor, **velden)
        ),
        titel=_("Vergadering plannen"),
        terug=_list(request),
    )


def _to_page(request, row: Vergadering):
    messages.success(request, _("De vergadering staat klaar. Zet nu de punten op de agenda."))
    return redirect(page_of(row))


def edit(request, vergadering):
    """Change the plan of a meeting that nobody was called to yet."""
    row = meeting_of(request, vergadering)
    return form_page(
        request,
        VergaderingForm(request.POST or None, kring_id=request.kring.pk, vergadering=row),
        save=lambda velden: acties.change(row, by=request.actor, **velden),
        titel=_("Vergadering wijzigen"),
        terug=page_of(row),
        gelukt=_("Het plan is gewijzigd."),
    )


def show(request, vergadering):
    """Show one meeting: for who is called first whether they come, then what it is about."""
    row = meeting_of(request, vergadering)
    kent, own = knows(request, row), represented(request)
    proef, kader = try_meeting(row)
    invitations = list(
        row.uitnodigingen.select_related("deelnemer", "gebruiker").order_by("deelnemer__naam")
    )
    comes = {Antwoord.KOMT, Antwoord.OP_AFSTAND}
    called = row.status != Status.CONCEPT
    context = {
        "vergadering": row,
        "bezwaren": [] if called else [*proef.bezwaren, *oproepdeel.objections(row)],
        "agenda": agenda_of(row, len(kader.leden), kader.lezing, kent=kent),
        "stukken": loose_documents(row) if kent else [],
        "proef": proef,
        "weken": kader.weken,
        "uitnodigingen": invitations if kent else [],
        "eigen": [item for item in invitations if item.deelnemer_id in own],
        "komen": sum(item.antwoord in comes for item in invitations),
        "stil": sum(not item.antwoord for item in invitations),
        "kent": kent,
        "leidt": presides(request, row),
        "is_coordinator": is_coordinator(request),
        "notulen": Notulen.objects.filter(vergadering=row).first() if kent else None,
        "tweede": row.tweede.exclude(status=Status.AFGELAST).first(),
        "kan_tweede": _may_have_second(request, row),
        "antwoorden": _answers(row),
    }
    return render(request, "reglement/vergadering/vergadering.html", context)


def _may_have_second(request, row: Vergadering) -> bool:
    if not is_coordinator(request) or row.status != Status.GESLOTEN:
        return False
    return row.zitting == Vergadering.Zitting.EERSTE and bool(undecided(row))


def _answers(row: Vergadering) -> list[tuple[str, str]]:
    """Return what one may answer: from elsewhere only where the convocation says so."""
    words = [
        (Antwoord.KOMT.value, _("Ik kom")),
        (Antwoord.OP_AFSTAND.value, _("Ik doe mee op afstand")),
        (Antwoord.KOMT_NIET.value, _("Ik kom niet")),
    ]
    return [pair for pair in words if row.op_afstand or pair[0] != Antwoord.OP_AFSTAND]


def second(request, vergadering):
    """Plan the second meeting on the points that had too few deelnemers."""
    row = meeting_of(request, vergadering)
    return form_page(
        request,
        TijdEnPlaatsForm(
            request.POST or None, initial={"plaats": row.plaats, "op_afstand": row.op_afstand}
        ),
        save=lambda velden: redirect(page_of(acties.plan_second(row, by=request.actor, **velden))),
        titel=_("Tweede vergadering plannen"),
        terug=page_of(row),
        template="reglement/vergadering/tweede.html",
        vergadering=row,
        punten=undecided(row),
    )


def again(request, vergadering):
    """Plan a meeting that was called off on another day."""
    row = meeting_of(request, vergadering)
    form = TijdEnPlaatsForm(request.POST or None, initial={"plaats": row.plaats})
    del form.fields["op_afstand"]
    return form_page(
        request,
        form,
        save=lambda velden: redirect(page_of(acties.plan_again(row, by=request.actor, **velden))),
        titel=_("Opnieuw plannen"),
        terug=page_of(row),
    )


def _list(request) -> str:
    return reverse("reglement:vergaderingen", kwargs={"kring": request.kring.slug})
