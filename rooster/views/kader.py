"""The frame of the kring: the lines of the week, and the holidays of a year."""

from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kern.tijd import db_now, to_local
from kring.formulierpagina import form_page
from rooster.actions import kader as actions
from rooster.forms.kader import LAATST, VROEGST, FeestdagenForm, SoortFormSet, VanafForm
from rooster.kader.rijen import holidays_of
from rooster.models import Dienstsoort, Feestdag
from rooster.models.kader import WEEKDAGEN


def kader(request):
    """The lines that hold now, those that are agreed for later, and the coming holidays."""
    today = to_local(db_now()).date()
    until = today + timedelta(days=365)
    rows = Dienstsoort.objects.filter(kring=request.kring).filter(
        Q(geldig_tot__isnull=True) | Q(geldig_tot__gte=today)
    )
    groups: dict = {}
    for row in rows.order_by("geldig_vanaf", "vervuld_door", "begin", "naam"):
        groups.setdefault(row.geldig_vanaf, []).append({"soort": row, "dagen": days_text(row)})
    holidays = holidays_of(request.kring.pk, today, until)
    context = {
        "groepen": [(vanaf, vanaf > today, rows) for vanaf, rows in groups.items()],
        "feestdagen": [(day, naam) for day, naam in holidays.items() if today <= day <= until],
        "jaren": (today.year, today.year + 1),
    }
    return render(request, "rooster/kader/kader.html", context)


def days_text(soort: Dienstsoort) -> str:
    """Return "ma-vr", "za, zo" or "vr": a run of three or more days is one stretch."""
    short = [str(naam)[:2] for _number, naam in WEEKDAGEN]
    runs: list[list[int]] = []
    for day in sorted(soort.dagen):
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    parts = [
        f"{short[run[0]]}-{short[run[-1]]}" if len(run) > 2 else ", ".join(short[d] for d in run)
        for run in runs
    ]
    return ", ".join(parts)


def soorten(request):
    """All lines at once, from a day on: only together they can tile the week."""
    first = actions.first_free_day(request.kring.pk, to_local(db_now()).date())
    vanaf = VanafForm(request.POST or None, initial={"vanaf": first})
    formset = SoortFormSet(request.POST or None, prefix="soort", initial=_present_lines(request))
    reasons: list[str] = []
    if request.method == "POST" and all([vanaf.is_valid(), formset.is_valid()]):
        lines = [form.soort for form in formset if form.soort]
        try:
            actions.set_dienstsoorten(
                kring_id=request.kring.pk, soorten=lines, by=request.actor, **vanaf.cleaned_data
            )
        except ValidationError as error:
            if hasattr(error, "error_dict"):
                vanaf.add_error(None, error)
            else:
                reasons = error.messages
        else:
            messages.success(request, _("De dienstsoorten zijn opgeslagen."))
            return redirect(_page(request, "kader"))
    context = {"vanaf": vanaf, "formset": formset, "redenen": reasons}
    status = 422 if request.method == "POST" else 200
    return render(request, "rooster/kader/soorten.html", context, status=status)


def _present_lines(request) -> list[dict]:
    """Return the lines of the last agreement, to start from."""
    rows = Dienstsoort.objects.filter(kring=request.kring, geldig_tot__isnull=True)
    names = [
        *("naam", "vervuld_door", "categorie", "dagen", "feestdagen"),
        *("begin", "einde", "dagen_later"),
    ]
    return list(rows.order_by("vervuld_door", "begin", "naam").values(*names))


def feestdagen(request, jaar):
    """The holidays of a year, as this kring reckons with them."""
    if not VROEGST.year < jaar < LAATST.year:
        raise Http404
    rows = list(Feestdag.objects.filter(kring=request.kring, datum__year=jaar))
    form = FeestdagenForm(request.POST or None, jaar=jaar, rows=rows)
    return form_page(
        request,
        form,
        save=lambda _velden: actions.set_feestdagen(
            kring_id=request.kring.pk, jaar=jaar, by=request.actor, **form.choice
        ),
        titel=_("Feestdagen in %(jaar)s") % {"jaar": jaar},
        terug=_page(request, "kader"),
        gelukt=_("De feestdagen van %(jaar)s zijn opgeslagen.") % {"jaar": jaar},
        template="rooster/kader/feestdagen.html",
        jaren=[year for year in range(jaar - 1, jaar + 2) if VROEGST.year < year < LAATST.year],
        jaar=jaar,
    )


def _page(request, name: str, **kwargs) -> str:
    return reverse(f"rooster:{name}", kwargs={"kring": request.kring.slug, **kwargs})
