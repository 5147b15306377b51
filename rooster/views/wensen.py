"""Wishes: the calendar of one dentist, and for the coordinator who has answered."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kern.tijd import db_now, to_local
from kern.toegang import Rol
from kern.weergave import format_datum
from kring.formulierpagina import confirm_page
from kring.models import Tandarts
from rooster import actions
from rooster.forms.wensen import GEWICHTEN, MerkForm, ReeksForm
from rooster.kader.rijen import holidays_of
from rooster.models import Roosterperiode, Wens, Wensenlijst
from rooster.wensen import lijst
from rooster.wensen.kalender import months
from rooster.wensen.regels import Opdracht, stand_of

Status = Roosterperiode.Status


def wensen(request):
    """The periods of which wishes are asked, with whoever this person may speak for."""
    today = to_local(db_now()).date()
    periods = Roosterperiode.objects.filter(kring=request.kring).exclude(
        status__in=(Status.VOORBEREIDING, Status.GEPUBLICEERD)
    )
    if Rol.COORDINATOR not in request.actor.rollen:
        periods = periods.filter(status=Status.WENSEN, wensen_tot__gte=today)
        own = list(lijst.own_dentists(request))
        if len(own) == 1 and len(periods) == 1:
            # One dentist, one period: there is nothing to choose.
            return redirect(_page(request, "wensenlijst", periods[0], own[0]))
    blocks = [_period_block(request, periode, today) for periode in periods.order_by("eerste_dag")]
    return render(request, "rooster/wensen/overzicht.html", {"blokken": blocks})


def wensenlijst(request, periode, tandarts):
    """The calendar of one dentist. A post gives the ticked days a wish."""
    row, wie = _objects(request, periode, tandarts)
    form = MerkForm({"dag": request.POST.getlist("dag"), **_wish_of(request)})
    if request.method != "POST":
        return _calendar(request, row, wie)
    return _mark(request, row, wie, form, vervang=True, merk=form)


def wensenreeks(request, periode, tandarts):
    """The same for a stretch of days."""
    row, wie = _objects(request, periode, tandarts)
    form = ReeksForm(request.POST, periode=row)
    vervang = request.POST.get("vervang") == "on"
    return _mark(request, row, wie, form, vervang=vervang, reeks=form)


def wensen_indienen(request, periode, tandarts):
    """Say that the list is complete."""
    row, wie = _objects(request, periode, tandarts)
    try:
        actions.submit_wensen(row, wie, by=request.actor)
    except ValidationError as error:
        return _calendar(request, row, wie, fouten=error.messages, status=422)
    messages.success(
        request,
        _("Ingediend. Wijzigen kan nog tot en met %(tot)s.")
        % {"tot": format_datum(row.wensen_tot)},
    )
    return redirect(_page(request, "wensenlijst", row, wie))


def wensen_herinneren(request, periode):
    """Mail everybody who did not answer."""
    row = get_object_or_404(Roosterperiode, pk=periode, kring=request.kring)
    try:
        aantal = actions.remind_wensen(row, by=request.actor)
    except ValidationError as error:
        messages.info(request, " ".join(error.messages))
    else:
        messages.success(
            request,
            ngettext(
                "%(aantal)s tandarts krijgt een mail.",
                "%(aantal)s tandartsen krijgen een mail.",
                aantal,
            )
            % {"aantal": aantal},
        )
    return redirect(_list(request))


def wensen_heropenen(request, periode):
    """Open the wishes again, after one more question."""
    row = get_object_or_404(Roosterperiode, pk=periode, kring=request.kring)
    return confirm_page(
        request,
        act=lambda: actions.reopen_wensen(row, by=request.actor),
        titel=_("Wensen weer openstellen"),
        vraag=_(
            "Tandartsen kunnen dan tot en met %(tot)s hun wensen voor %(periode)s weer wijzigen."
        )
        % {"tot": format_datum(row.wensen_tot), "periode": row.naam},
        knop=_("Weer openstellen"),
        terug=_list(request),
        gelukt=_("De wensen staan weer open."),
    )


def wensen_sluiten(request, periode):
    """Close the wishes, after one more question that names who did not answer."""
    row = get_object_or_404(Roosterperiode, pk=periode, kring=request.kring)
    silent = [
        answer for answer in lijst.answers(row, lijst.asked(row)) if answer.ingediend_op is None
    ]
    question = _("Daarna kan niemand nog wensen voor %(periode)s opgeven of wijzigen.")
    if silent:
        question += " " + ngettext(
            "%(aantal)s tandarts diende nog niets in.",
            "%(aantal)s tandartsen dienden nog niets in.",
            len(silent),
        )
    return confirm_page(
        request,
        act=lambda: actions.close_wensen(row, by=request.actor),
        titel=_("Wensen sluiten"),
        vraag=question % {"periode": row.naam, "aantal": len(silent)},
        knop=_("Wensen sluiten"),
        terug=_list(request),
        gelukt=_("De wensen zijn gesloten. Maak nu een concept, bij Concepten."),
    )


def start_block(request) -> dict | None:
    """Return what the first page says to a dentist who did not send in a list yet."""
    if not request.actor.rollen & {Rol.TANDARTS, Rol.VERTEGENWOORDIGER}:
        return None
    today = to_local(db_now()).date()
    periode = (
        Roosterperiode.objects.filter(
            kring=request.kring, status=Status.WENSEN, wensen_tot__gte=today
        )
        .order_by("eerste_dag")
        .first()
    )
    if periode is None:
        return None
    own = lijst.asked(periode).filter(pk__in=lijst.own_dentists(request).values("pk"))
    silent = [row for row in lijst.answers(periode, own) if row.ingediend_op is None]
    return {"periode": periode, "stil": silent} if silent else None


def _objects(request, periode, tandarts) -> tuple[Roosterperiode, Tandarts]:
    """Return the rows; who may is the question of the access table."""
    row = get_object_or_404(Roosterperiode, pk=periode, kring=request.kring)
    wie = get_object_or_404(
        Tandarts.objects.select_related("deelnemer"), pk=tandarts, kring=request.kring
    )
    return row, wie


def _wish_of(request) -> dict:
    return {name: request.POST.get(name, "") for name in ("soort", "gewicht")}


def _mark(request, periode, wie, form, *, vervang: bool, **forms):
    """Carry out what was asked, or show why not; what was typed and ticked stays."""
    if not form.is_valid():
        errors = [text for texts in form.errors.values() for text in texts]
        return _calendar(request, periode, wie, fouten=errors, status=422, **forms)
    orders = form.orders()
    try:
        actions.mark_wensen(periode, wie, opdrachten=orders, vervang=vervang, by=request.actor)
    except ValidationError as error:
        return _calendar(request, periode, wie, fouten=error.messages, status=422, **forms)
    if request.htmx:
        return _calendar(request, periode, wie, gelukt=_done(orders))
    messages.success(request, _done(orders))
    month = min(dag for dag, _wens in orders)
    return redirect(f"{_page(request, 'wensenlijst', periode, wie)}#maand-{month:%Y-%m}")


def _done(orders: list[Opdracht]) -> str:
    """Say what is kept now, in so few words that it fits above the buttons."""
    dagen = [dag for dag, _wens in orders]
    days = (
        format_datum(dagen[0], met_jaar=False)
        if len(dagen) == 1
        else _("%(aantal)s dagen") % {"aantal": len(dagen)}
    )
    wens = orders[0][1]
    if wens is None:
        return _("Gewist: %(dagen)s.") % {"dagen": days}
    return _("Bewaard: %(dagen)s %(wens)s.") % {
        "dagen": days,
        "wens": Wens.Soort(wens.soort).label,
    }


def _calendar(request, periode, wie, *, fouten=(), gelukt="", status=200, merk=None, reeks=None):
    kader = lijst.wish_frame(periode)
    wishes = lijst.wishes_of(periode, wie)
    feestdagen = holidays_of(periode.kring_id, periode.eerste_dag, periode.laatste_dag)
    today = to_local(db_now()).date()
    context = {
        "periode": periode,
        "wie": wie,
        "zelf": wie.gebruiker_id == request.user.pk,
        "open": kader.is_open(today),
        "maanden": months(periode.eerste_dag, periode.laatste_dag, feestdagen, wishes),
        "stand": stand_of(kader, wishes),
        "aantal": len(wishes),
        "lijst": Wensenlijst.objects.filter(periode=periode, tandarts=wie)
        .select_related("ingediend_door")
        .first(),
        "gewichten": GEWICHTEN,
        "gewicht": (merk and merk.data.get("gewicht")) or "1",
        # Only days of the calendar: what is no day at all is told in words.
        "gekozen": set(merk.data.get("dag", ())) if merk else set(),
        "reeks": reeks or ReeksForm(periode=periode, initial={"soort": Wens.Soort.GEBLOKKEERD}),
        "fouten": fouten,
        "gelukt": gelukt,
    }
    if request.htmx:
        # The page stays where it is; 422 would not be swapped in.
        return render(request, "rooster/wensen/_kalender.html", context | {"los": True})
    context["saldo"] = lijst.balance_of(periode, wie)
    return render(request, "rooster/wensen/lijst.html", context, status=status)


def _period_block(request, periode: Roosterperiode, today) -> dict:
    dentists = lijst.asked(periode)
    if Rol.COORDINATOR not in request.actor.rollen:
        dentists = dentists.filter(pk__in=lijst.own_dentists(request).values("pk"))
    rows = lijst.answers(periode, dentists)
    silent = [row for row in rows if row.ingediend_op is None]
    return {
        "periode": periode,
        "open": lijst.wish_frame(periode).is_open(today),
        # Who did nothing first: that is what the page is opened for.
        "stil": sorted(silent, key=lambda row: row.wensen > 0),
        "ingediend": [row for row in rows if row.ingediend_op is not None],
        "aantal": len(rows),
        "kan_heropenen": periode.status == Status.PLANNEN and today <= periode.wensen_tot,
        "kan_sluiten": periode.status == Status.WENSEN,
    }


def _page(request, name: str, periode: Roosterperiode, tandarts: Tandarts) -> str:
    return reverse(
        f"rooster:{name}",
        kwargs={"kring": request.kring.slug, "periode": periode.pk, "tandarts": tandarts.pk},
    )


def _list(request) -> str:
    return reverse("rooster:wensen", kwargs={"kring": request.kring.slug})
