"""Once a day: does a notice leave, or does a hole in the roster hold it (MR art. 4.2).

The notice belongs to a week, not to a day: a house that was down on the sending day sends on the
first day that it is up, and a second run finds it sent.
"""

from datetime import date, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from bereikbaarheid.actions import hold_weekbericht, send_weekbericht
from bereikbaarheid.bericht import Opzet, compose
from bereikbaarheid.coordinatoren import coordinators_of
from bereikbaarheid.models import Instelling, Ontvanger, Weekbericht
from bereikbaarheid.regels import week_to_announce
from kern import dagwerk, outbox
from kern.actor import Actor
from kern.dagwerk import Beurt
from kern.tijd import db_now
from kern.weergave import format_datum, format_moment
from kring.models import Kring

NAAM = "weekbericht"
UUR = 9
"""People who get it at work read it the same day."""


def register() -> None:
    dagwerk.register(NAAM, announce, uur=UUR)


def announce(beurt: Beurt) -> None:
    """Send the notice that is due and not sent yet, or tell the coordinator what holds it.

    The day before the notice is due the coordinator hears of a hole already, and from then on
    every day until it is filled: newspapers cannot print what nobody planned.
    """
    kring = Kring.objects.get(pk=beurt.kring_id)
    instelling = Instelling.of(kring.pk)
    if not instelling.bericht_aan or not Ontvanger.objects.filter(actief=True).exists():
        return
    due = week_to_announce(beurt.dag, instelling.bericht_dag)
    soon = week_to_announce(beurt.dag + timedelta(days=1), instelling.bericht_dag)
    by = Actor.system(kring.pk, "weekbericht")
    for week in sorted({due, soon}):
        if Weekbericht.objects.filter(kring=kring, week=week).exists():
            continue
        opzet = compose(kring, week, db_now())
        if opzet.gaten:
            _tell_coordinators(kring, opzet, beurt.dag)
            hold_weekbericht(kring, by=by)
        elif week == due:
            send_weekbericht(kring, week, by=by)


def _tell_coordinators(kring: Kring, opzet: Opzet, dag: date) -> None:
    link = settings.ADRES + reverse("bereikbaarheid:weekbericht", kwargs={"kring": kring.slug})
    gaten = "\n".join(
        f"  {format_moment(gat.begin)} – {format_moment(gat.einde)}" for gat in opzet.gaten
    )
    for gebruiker in coordinators_of(kring.pk):
        outbox.enqueue_mail(
            kring_id=kring.pk,
            sleutel=f"weekgat|{opzet.week}|{dag}|{gebruiker.pk}",
            aan=gebruiker.email,
            onderwerp=_("Het weekbericht wacht: er zit een gat in het rooster"),
            tekst=_(
                "Dag %(naam)s,\n\nHet weekbericht van %(kring)s over de week van %(week)s gaat "
                "niet vanzelf weg. Op deze tijden heeft niemand dienst:\n\n%(gaten)s\n\n"
                "Plan een dienst, dan gaat het bericht vanzelf. Wil je het nu al versturen, met "
                "de vermelding dat over deze tijden nog bericht volgt? Dat kan hier:\n\n"
                "%(link)s\n"
            )
            % {
                "naam": gebruiker.naam,
                "kring": kring.naam,
                "week": format_datum(opzet.week),
                "gaten": gaten,
                "link": link,
            },
        )
