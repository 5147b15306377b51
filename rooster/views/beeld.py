"""The roster as a picture: the calendar of a month, the year by practice, on screen and paper.

Nothing here counts down, so the clock of the web server is good enough for what day it is.
"""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.http import content_disposition_header, urlencode

from kern.pdf import to_pdf
from kern.tijd import to_local
from kring.models import Deelnemer
from rooster.beeld.jaar import build_year, year_stretch
from rooster.beeld.maand import build_month, month_stretch, next_month, previous_month
from rooster.eigen import practices
from rooster.forms.beeld import BeeldForm
from rooster.kader.feestdagen import named_days
from rooster.models import Dienst


def maand(request):
    """The calendar of a month."""
    return render(request, "rooster/maand.html", _month(request))


def maand_pdf(request):
    """The month on one sheet, to hang on the wall."""
    context = _month(request)
    return _pdf(request, "rooster/maand_pdf.html", context, f"rooster-{context['maand']:%Y-%m}.pdf")


def jaar(request):
    """The year: a strip of weeks for each practice."""
    return render(request, "rooster/jaar.html", _year(request))


def jaar_pdf(request):
    """The year on paper."""
    context = _year(request)
    return _pdf(request, "rooster/jaar_pdf.html", context, f"rooster-{context['jaar']}.pdf")


def praktijk(request, deelnemer):
    """The duties of one practice in a year."""
    row = get_object_or_404(Deelnemer, pk=deelnemer, kring=request.kring)
    nu = timezone.now()
    jaar = BeeldForm(request.GET).year(to_local(nu).date())
    eigen = frozenset({str(row.pk)})
    rijen = [(rij, rij.role_of(eigen)) for rij in _rows_of_year(request, jaar)]
    context = {
        "praktijk": row,
        "jaar": jaar,
        "nu": nu,
        "rijen": [(rij, rol, rij.plekken[rol]) for rij, rol in rijen if rol],
    }
    return render(request, "rooster/praktijk.html", context)


def _month(request) -> dict:
    nu = timezone.now()
    today = to_local(nu).date()
    form = BeeldForm(request.GET)
    month = form.month(today)
    bereik = month_stretch(month)
    feestdagen = named_days(bereik, kring_id=request.kring.pk)
    rijen = Dienst.objects.filter(kring=request.kring).overlapping(*bereik).as_rows()
    weken = build_month(rijen, month, nu, feestdagen)
    vorige, volgende = previous_month(month), next_month(month)
    lit = _highlight(request, form)
    return {
        "weken": weken,
        "maand": month,
        "maand_adres": f"{month:%Y-%m}",
        "zelfde_adres": _query(lit, maand=f"{month:%Y-%m}"),
        "vorige": vorige,
        "volgende": volgende,
        "vorige_adres": _query(lit, maand=f"{vorige:%Y-%m}"),
        "volgende_adres": _query(lit, maand=f"{volgende:%Y-%m}"),
        "vandaag": today,
        "nu": nu,
        "gaten": sum(len(dag.gaten) for week in weken for dag in week.dagen if dag.in_maand),
        "leeg": not rijen,
        **lit,
    }


def _year(request) -> dict:
    nu = timezone.now()
    form = BeeldForm(request.GET)
    jaar = form.year(to_local(nu).date())
    rijen = _rows_of_year(request, jaar)
    context = _highlight(request, form)
    # A practice that left keeps the strip of the duties it did.
    names = {pk: naam for pk, naam, actief, _eigen in context["praktijken"] if actief}
    beeld = build_year(rijen, jaar, names, nu=nu, eigen=context["uitgelicht"])
    return context | {
        "beeld": beeld,
        "jaar": jaar,
        "jaar_adres": _query(context, jaar=jaar),
        "vorige": jaar - 1,
        "volgende": jaar + 1,
        "vorige_adres": _query(context, jaar=jaar - 1),
        "volgende_adres": _query(context, jaar=jaar + 1),
        "nu": nu,
        "leeg": not rijen,
    }


def _rows_of_year(request, jaar: int):
    bereik = year_stretch(jaar)
    diensten = Dienst.objects.filter(
        kring=request.kring, begin__gte=bereik.begin, begin__lt=bereik.einde
    )
    return diensten.as_rows()


def _highlight(request, form: BeeldForm) -> dict:
    """Return the practices of the kring, and which are lit: the chosen one, else the own."""
    rows = practices(request)
    chosen = form.practice()
    known = chosen in {pk for pk, *_rest in rows}
    return {
        "praktijken": rows,
        "gekozen": chosen if known else "",
        "uitgelicht": frozenset({chosen} if known else {pk for pk, *_x, own in rows if own}),
    }


def _query(lit: dict, **waar) -> str:
    """Return the address of a neighbour that keeps the practice that stands out."""
    return urlencode(waar | ({"praktijk": lit["gekozen"]} if lit["gekozen"] else {}))


def _pdf(request, template: str, context: dict, naam: str) -> HttpResponse:
    html = render_to_string(template, context | {"kring": request.kring, "op_papier": True})
    return HttpResponse(
        to_pdf(html, "css/rooster_pdf.css"),
        content_type="application/pdf",
        headers={"Content-Disposition": content_disposition_header(False, naam)},
    )
