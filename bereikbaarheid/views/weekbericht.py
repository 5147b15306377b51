"""The weekly notice: what goes out next, what went out, and to whom it came."""

from datetime import date, timedelta

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bereikbaarheid import actions
from bereikbaarheid.actions.weekbericht import current_version
from bereikbaarheid.bericht import compose
from bereikbaarheid.forms import InstellingForm
from bereikbaarheid.models import Instelling, Ontvanger, Weekbericht, Weekbezorging
from bereikbaarheid.regels import next_sending_day, week_to_announce
from kern.models import Zending
from kern.tijd import db_now, to_local
from kring.formulierpagina import form_page

TOON = 26
"""Notices in the history: half a year."""


def overzicht(request, fout: str = "", status: int = 200):
    """The next notice as it would leave now, and the ones that left."""
    moment = db_now()
    today = to_local(moment).date()
    instelling = Instelling.of(request.kring.pk)
    week = _chosen_week(request, today, instelling)
    sent = Weekbericht.objects.filter(kring=request.kring, week=week).first()
    context = {
        "opzet": compose(request.kring, week, moment),
        "week": week,
        "weken": _weeks(today),
        "verstuurd": sent,
        "gewijzigd": bool(sent) and current_version(request.kring, week) is None,
        "instelling": instelling,
        "verzenddag": next_sending_day(today, instelling.bericht_dag),
        "vandaag_verwacht": week_to_announce(today, instelling.bericht_dag) == week,
        "aantal": Ontvanger.objects.filter(kring=request.kring, actief=True).count(),
        "berichten": _history(request),
        "fout": fout,
    }
    return render(request, "bereikbaarheid/weekbericht.html", context, status=status)


def versturen(request):
    """Send the notice about a week now."""
    today = to_local(db_now()).date()
    week = _chosen_week(request, today, Instelling.of(request.kring.pk))
    try:
        bericht, aantal = actions.send_weekbericht(
            request.kring, week, met_gat=request.POST.get("met_gat") == "ja", by=request.actor
        )
    except ValidationError as error:
        return overzicht(request, fout=" ".join(error.messages), status=422)
    if not aantal:
        messages.info(request, _("Iedereen op de lijst heeft dit bericht al."))
    else:
        sentence = ngettext(
            "Het bericht gaat naar %(aantal)s ontvanger.",
            "Het bericht gaat naar %(aantal)s ontvangers.",
            aantal,
        )
        messages.success(request, sentence % {"aantal": aantal})
    return redirect("bereikbaarheid:bericht", kring=request.kring.slug, weekbericht=bericht.pk)


def bericht(request, weekbericht, fout: str = "", status: int = 200):
    """One notice, word for word, with the state of every delivery."""
    row = get_object_or_404(
        Weekbericht.objects.select_related("gemaakt_door"), pk=weekbericht, kring=request.kring
    )
    rows = row.bezorgingen.select_related("zending", "ontvanger")
    context = {"bericht": row, "bezorgingen": rows, "fout": fout}
    return render(request, "bereikbaarheid/bericht.html", context, status=status)


def opnieuw(request, weekbezorging):
    """Send a notice again to one recipient."""
    row = get_object_or_404(
        Weekbezorging.objects.select_related("weekbericht", "ontvanger"),
        pk=weekbezorging,
        kring=request.kring,
    )
    try:
        sent = actions.resend_bezorging(row, by=request.actor)
    except ValidationError as error:
        return bericht(request, row.weekbericht_id, fout=" ".join(error.messages), status=422)
    messages.success(request, _("Het bericht gaat opnieuw naar %(email)s.") % {"email": sent.email})
    return redirect(_page(request, "bericht", weekbericht=row.weekbericht_id))


def instellingen(request):
    """When people are reminded, and when the notice leaves."""
    return form_page(
        request,
        InstellingForm(request.POST or None, instance=Instelling.of(request.kring.pk)),
        save=lambda velden: actions.save_instelling(
            kring_id=request.kring.pk, by=request.actor, **velden
        ),
        titel=_("Instellingen van de bereikbaarheid"),
        terug=_page(request, "overzicht"),
        gelukt=_("De instellingen zijn opgeslagen."),
    )


def _weeks(today: date) -> list[date]:
    """Return the Mondays that a notice can be about: of this week and of the next."""
    monday = today - timedelta(days=today.weekday())
    return [monday, monday + timedelta(days=7)]


def _chosen_week(request, today: date, instelling: Instelling) -> date:
    """Return the week that was asked for; else what is due and not sent, else the next one."""
    weeks = _weeks(today)
    try:
        asked = parse_date(request.POST.get("week") or request.GET.get("week") or "")
    except ValueError:
        asked = None
    if asked in weeks:
        return asked
    due = week_to_announce(today, instelling.bericht_dag)
    sent = Weekbericht.objects.filter(kring=request.kring, week=due).exists()
    return weeks[1] if sent else due


def _history(request) -> list[Weekbericht]:
    """Return the last notices with how many recipients got them; people, not attempts."""
    arrived = Q(bezorgingen__zending__status=Zending.Status.VERZONDEN)
    rows = Weekbericht.objects.filter(kring=request.kring).annotate(
        ontvangers=Count("bezorgingen__naam", distinct=True),
        bezorgd=Count("bezorgingen__naam", distinct=True, filter=arrived),
    )
    # A query that counts forgets the order of the model.
    return list(rows.select_related("gemaakt_door").order_by("-week", "-versie")[:TOON])


def _page(request, name: str, **kwargs) -> str:
    return reverse(f"bereikbaarheid:{name}", kwargs={"kring": request.kring.slug, **kwargs})
