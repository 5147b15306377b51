"""Swapping on the phone: own duties, ask colleagues, say yes or no, report ill."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kern.tijd import db_now, to_local
from kern.toegang import Rol
from rooster import actions
from rooster.forms.ruil import RuilForm, UitvalForm
from rooster.models import Dienstplaats, Ruilaanbod, Ruilverzoek
from rooster.ruil.partners import candidates
from rooster.ruil.recht import may_touch_request
from rooster.ruil.scherm import (
    DIENSTEN,
    asked_of,
    in_month,
    in_words,
    months_of,
    nearest_month,
    open_requests,
    own_duties,
    own_requests,
    parse_month,
    with_requests,
)

Soort = Ruilverzoek.Soort


def ruilen(request):
    """What is asked of me, my duties to come, and my requests; for the coordinator all of them."""
    nu = db_now()
    alles = request.GET.get("toon") == "alles"
    diensten = own_duties(request.actor, nu, most=None if alles else DIENSTEN + 1)
    context = {
        "gevraagd": asked_of(request.actor, nu),
        "diensten": diensten if alles else diensten[:DIENSTEN],
        "meer": not alles and len(diensten) > DIENSTEN,
        "verzoeken": own_requests(request.actor),
        "nu": nu,
    }
    if Rol.COORDINATOR in request.actor.rollen:
        running = (
            Dienstplaats.objects.filter(kring=request.kring, begin__lte=nu, einde__gt=nu)
            .select_related("tandarts__deelnemer", "deelnemer", "dienst")
            .order_by("-rol")
        )
        context |= {"alle": open_requests(request.kring.pk), "lopend": with_requests(running, nu)}
    return render(request, "rooster/ruilen/overzicht.html", context)


def ruil_nieuw(request, plaats):
    """Give a place away, or put swaps before colleagues."""
    row = _place(request, plaats)
    nu = db_now()
    soort = request.POST.get("soort") or request.GET.get("wat")
    if soort not in (Soort.OVERNAME, Soort.RUIL):
        soort = Soort.OVERNAME
    found = candidates(row.dienst, row.rol, nu=nu)
    keuzes = in_words(found.overnames if soort == Soort.OVERNAME else found.ruilen)
    form = RuilForm(
        request.POST or None,
        plaats=row,
        nu=nu,
        soort=soort,
        keuzes=[(keuze.sleutel, keuze.label) for keuze in keuzes],
    )
    if request.method == "POST" and form.is_valid():
        try:
            verzoek = actions.ask_ruil(
                row,
                soort=soort,
                keuzes=form.cleaned_data["keuzes"],
                uiterlijk_op=form.moment(),
                toelichting=form.cleaned_data["toelichting"],
                by=request.actor,
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Gevraagd. Je krijgt bericht zodra iemand ja zegt."))
            return _to_request(request, verzoek)
    context = {
        "plaats": row,
        "form": form,
        "soort": soort,
        "keuzes": keuzes,
        "verzoek": Ruilverzoek.objects.filter(
            dienst=row.dienst, rol=row.rol, status=Ruilverzoek.Status.OPEN
        ).first(),
        "begonnen": row.begin <= nu,
        "gekozen": set(form["keuzes"].value() or ()),
    }
    if soort == Soort.RUIL:
        months = months_of(keuzes)
        wanted = parse_month(request.GET.get("maand", ""), to_local(row.begin).date())
        month = nearest_month(months, wanted)
        context |= {
            "maanden": months,
            "maand": month,
            "keuzes": in_month(keuzes, month) if month else [],
        }
    return render(
        request, "rooster/ruilen/nieuw.html", context, status=422 if form.is_bound else 200
    )


def ruilverzoek(request, ruilverzoek):
    """How a request stands: who was asked, who said what. A press takes it back."""
    rows = Ruilverzoek.objects.select_related("dienst", "tandarts", "deelnemer", "gevraagd_door")
    row = get_object_or_404(rows, pk=ruilverzoek, kring=request.kring)
    fouten = []
    if request.method == "POST":
        try:
            actions.withdraw_ruil(row, by=request.actor)
        except ValidationError as error:
            fouten = error.messages
        else:
            messages.success(request, _("Het verzoek is ingetrokken. De dienst blijft van jou."))
            return redirect("rooster:ruilen", kring=request.kring.slug)
    offers = row.aanbiedingen.select_related("tandarts", "deelnemer", "terug_dienst")
    context = {
        "verzoek": row,
        "aanbiedingen": list(offers),
        "mag_intrekken": row.is_open
        and row.soort != Soort.UITVAL
        and may_touch_request(row, request.actor),
        "bellen": row.soort == Soort.UITVAL and Rol.COORDINATOR in request.actor.rollen,
        "fouten": fouten,
        "nu": db_now(),
    }
    return render(request, "rooster/ruilen/verzoek.html", context, status=422 if fouten else 200)


def ruilaanbod(request, ruilaanbod):
    """What is asked of a colleague; a press says yes or no."""
    rows = Ruilaanbod.objects.select_related(
        *("tandarts", "deelnemer", "terug_dienst", "verzoek__dienst"),
        *("verzoek__tandarts", "verzoek__deelnemer"),
    )
    row = get_object_or_404(rows, pk=ruilaanbod, kring=request.kring)
    fouten = []
    if request.method == "POST":
        answer = request.POST.get("antwoord")
        try:
            if answer == "ja":
                actions.accept_aanbod(row, by=request.actor)
                messages.success(request, _("Geregeld. Het rooster is aangepast."))
            elif answer == "nee":
                actions.decline_aanbod(row, by=request.actor)
                messages.success(request, _("Doorgegeven dat het niet lukt."))
            else:
                raise ValidationError(_("Kies ja of nee."))
        except ValidationError as error:
            fouten = error.messages
            row.refresh_from_db()
        else:
            return redirect("rooster:ruilen", kring=request.kring.slug)
    nu = db_now()
    context = {
        "aanbod": row,
        "verzoek": row.verzoek,
        "fouten": fouten,
        "namens": row.tandarts.gebruiker_id != request.user.pk,
        "open": row.te_beantwoorden and row.verzoek.is_open and row.verzoek.uiterlijk_op > nu,
        "nu": nu,
    }
    return render(request, "rooster/ruilen/aanbod.html", context, status=422 if fouten else 200)


def ziek(request, plaats):
    """Report that somebody cannot go on: the achterwacht is on duty at once."""
    row = _place(request, plaats)
    form = UitvalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            verzoek = actions.report_uitval(row, by=request.actor, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(
                request, _("Gemeld. Het rooster is aangepast en collega's zijn gevraagd.")
            )
            if may_touch_request(verzoek, request.actor):
                return _to_request(request, verzoek)
            return redirect("rooster:ruilen", kring=request.kring.slug)
    deputy = Dienstplaats.objects.filter(
        dienst=row.dienst, rol=Dienstplaats.Rol.ACHTERWACHT
    ).select_related("tandarts")
    context = {
        "plaats": row,
        "form": form,
        "achterwacht": deputy.first() if row.rol == Dienstplaats.Rol.DIENSTDOENDE else None,
        "terug": reverse("rooster:ruilen", kwargs={"kring": request.kring.slug}),
    }
    return render(
        request, "rooster/ruilen/ziek.html", context, status=422 if form.is_bound else 200
    )


def start_block(request) -> dict | None:
    """Return what the first page shows: only what waits for an answer of this person."""
    if not {Rol.TANDARTS, Rol.VERTEGENWOORDIGER} & request.actor.rollen:
        return None
    gevraagd = asked_of(request.actor, db_now())
    return {"gevraagd": gevraagd} if gevraagd else None


def _place(request, pk) -> Dienstplaats:
    rows = Dienstplaats.objects.select_related("dienst", "tandarts__deelnemer", "deelnemer")
    return get_object_or_404(rows, pk=pk, kring=request.kring)


def _to_request(request, verzoek: Ruilverzoek):
    return redirect("rooster:ruilverzoek", kring=request.kring.slug, ruilverzoek=verzoek.pk)
