"""The register of deelnemers on a day, and one practice: status, end, fee."""

from datetime import date

from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kern.tijd import db_now, to_local
from kern.toegang import Rol
from kring.formulierpagina import form_page
from kring.models import Deelnemer
from reglement.actions.vergoeding import admit_one_sided, record_fee
from reglement.forms.deelname import DagForm, EenzijdigForm, VergoedingForm
from reglement.geldend import variabelen_on
from reglement.kiesregister import register_on
from reglement.lidmaatschap.rijen import open_end, planned_after, planned_counts, stops_after
from reglement.models import Deelname, Einde, Toelating

PILLEN = {
    Deelname.Status.LID: "groen",
    Deelname.Status.VOORWAARDELIJK: "amber",
    Deelname.Status.EENZIJDIG: "blauw",
    Deelname.Status.GEROYEERD: "rood",
    Deelname.Status.GEEINDIGD: "grijs",
}


def today() -> date:
    return to_local(db_now()).date()


def register(request):
    """Every practice with its status on a day; the same queries for 1 and for 30."""
    vandaag = today()
    form = DagForm(request.GET if "dag" in request.GET else None, initial={"dag": vandaag})
    dag = form.day(vandaag)
    kring_id = request.kring.pk
    leden = register_on(kring_id, dag)
    stoppen = stops_after(kring_id, vandaag)
    gepland = planned_counts(kring_id, stoppen)
    rijen = [
        {
            "lid": lid,
            "label": Deelname.Status(lid.status).label,
            "pil": PILLEN[Deelname.Status(lid.status)],
            "laatste_dag": stoppen.get(lid.deelnemer.pk) if lid.telt_mee else None,
            "gepland": gepland.get(lid.deelnemer.pk, 0),
        }
        for lid in leden
    ]
    context = {
        "form": form,
        "dag": dag,
        "vandaag": dag == vandaag,
        "rijen": rijen,
        "tellen": sum(lid.telt_mee for lid in leden),
        "zonder": [lid for lid in leden if lid.telt_mee and lid.vertegenwoordiger is None],
        "aanvragen": Toelating.objects.filter(
            kring=request.kring, status=Toelating.Status.AANGEVRAAGD
        ).count(),
        "eigen": _own(request),
    }
    wrong = form.is_bound and not form.is_valid()
    return render(
        request, "reglement/deelname/register.html", context, status=422 if wrong else 200
    )


def _own(request) -> frozenset:
    """Return the practices whose own page this person may open."""
    return frozenset(
        row.deelnemer_id for row in request.lidmaatschappen if row.rol == Rol.VERTEGENWOORDIGER
    )


def practice(request, deelnemer):
    """One practice: what it is to the kring and was, when it stops and why, what it owes."""
    row, status, vandaag = _practice(request, deelnemer)
    einde = open_end(row, vandaag)
    ended = row.eindes.filter(ingetrokken_op__isnull=True).select_related("afgeweken_door").first()
    vergoedingen = row.vergoedingen.select_related("vastgesteld_door", "versie")
    context = {
        "praktijk": row,
        "label": Deelname.Status(status).label,
        "status": status,
        "pil": PILLEN[Deelname.Status(status)],
        "meedoen": status in (Deelname.Status.LID, Deelname.Status.VOORWAARDELIJK),
        "einde": ended,
        "komend": einde,
        "ingetrokken": row.eindes.filter(ingetrokken_op__isnull=False).order_by("-ingetrokken_op"),
        "gepland": planned_after(row, last) if (last := _last_day(row, ended, vandaag)) else [],
        "lijnen": row.deelnamen.select_related("besluit").order_by("-vanaf"),
        "vergoedingen": vergoedingen,
        "eenzijdig": row.deelnamen.filter(status=Deelname.Status.EENZIJDIG).exists(),
        "regels": variabelen_on(request.kring.pk, vandaag),
    }
    return render(request, "reglement/deelname/praktijk.html", context)


def _last_day(row: Deelnemer, einde: Einde | None, vandaag):
    stops = stops_after(row.kring_id, vandaag).get(row.pk)
    return stops or (einde.laatste_dag if einde and einde.laatste_dag < vandaag else None)


def one_sided(request, deelnemer):
    """Let an expelled practice in one-sidedly (MR 9.2l)."""
    row, status, vandaag = _practice(request, deelnemer)
    return form_page(
        request,
        EenzijdigForm(request.POST or None, initial={"vanaf": vandaag}),
        save=lambda velden: admit_one_sided(row, by=request.actor, **velden),
        titel=_("%(praktijk)s eenzijdig toelaten") % {"praktijk": row.naam},
        terug=page_of(request, row),
        gelukt=_("Vastgelegd. Bereken nu de vergoeding van dit jaar."),
        template="reglement/deelname/eenzijdig.html",
        geroyeerd=status == Deelname.Status.GEROYEERD,
    )


def fee(request, deelnemer):
    """Reckon and fix the fee of a year."""
    row, _status, vandaag = _practice(request, deelnemer)
    first = row.deelnamen.filter(status=Deelname.Status.EENZIJDIG).order_by("vanaf").first()
    jaren = range(vandaag.year, (first.vanaf.year if first else vandaag.year) - 1, -1)

    def save(velden: dict) -> None:
        if first is None:
            raise ValidationError(_("Deze praktijk is niet eenzijdig toegelaten (art. 9.2l)."))
        record_fee(row, by=request.actor, **velden)

    return form_page(
        request,
        VergoedingForm(request.POST or None, jaren=jaren, initial={"jaar": vandaag.year}),
        save=save,
        titel=_("Vergoeding berekenen"),
        terug=page_of(request, row),
        gelukt=_("De vergoeding is berekend en vastgelegd."),
        template="reglement/deelname/vergoeding.html",
        praktijk=row,
        regels=variabelen_on(request.kring.pk, vandaag),
    )


def page_of(request, deelnemer: Deelnemer) -> str:
    """Return the address of the page of a practice."""
    return reverse(
        "reglement:deelname", kwargs={"kring": request.kring.slug, "deelnemer": deelnemer.pk}
    )


def _practice(request, pk) -> tuple[Deelnemer, str, date]:
    """Return the practice, its status today, and today."""
    row = get_object_or_404(Deelnemer, pk=pk, kring=request.kring)
    vandaag = today()
    register_today = register_on(request.kring.pk, vandaag)
    status = next(lid.status for lid in register_today if lid.deelnemer == row)
    return row, status, vandaag
