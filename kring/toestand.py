"""How the house itself is doing, for the beheerder: backups, restore drills, deliveries.

Of the whole server, the same for every kring; nothing of a patient, no path and no address.
"""

import logging
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext

from kern import dagwerk, outbox
from kern.dagwerk import Beurt
from kern.kopie.ronde import Oordeel, judge
from kern.kopie.voortgang import megabytes
from kern.models import Hartslag, Kopieronde
from kern.tijd import db_now
from kern.toegang import Rol
from kring.models import Kring, Lidmaatschap

log = logging.getLogger(__name__)

ROUNDS = 20
"""Shown on the page: ten nights of one copy and one drill."""


@dataclass(frozen=True)
class Regel:
    """One round as the page shows it."""

    ronde: Kopieronde
    grootte: str
    seconden: str
    mislukt: str


@dataclass(frozen=True)
class Toestand:
    oordeel: Oordeel
    rondes: list[Regel]
    bezorgt: bool


def register() -> None:
    """Offer the alarm of every morning, after the night's copy and drill, in working hours."""
    dagwerk.register("kopie_alarm", log_alarm, uur=8, per_kring=False)
    dagwerk.register("kopie_alarm_mail", mail_alarm, uur=8)


def log_alarm(beurt: Beurt) -> None:
    """Write each alarm to the application log, where the monitoring looks."""
    for alarm in judge(nu=db_now()).alarmen:
        # nosemgrep: log-met-inhoud (our own sentence about a file, see judge)
        log.error("Backup alarm: %s", alarm)


def mail_alarm(beurt: Beurt) -> None:
    """Mail every alarm to the beheerders of the kring, once a day for as long as it lasts."""
    alarmen = judge(nu=db_now()).alarmen
    if not alarmen:
        return
    kring = Kring.objects.get(pk=beurt.kring_id)
    rows = Lidmaatschap.objects.active().filter(kring_id=kring.pk, rol=Rol.BEHEERDER)
    for rij in rows.select_related("gebruiker").order_by("gebruiker_id"):
        outbox.enqueue_mail(
            kring_id=kring.pk,
            sleutel=f"kopie_alarm|{beurt.dag}|{rij.gebruiker_id}",
            aan=rij.gebruiker.email,
            onderwerp=gettext("De reservekopie van Spoeddienst vraagt aandacht"),
            tekst=gettext(
                "Dag %(naam)s,\n\n%(alarmen)s\n\nBel vandaag nog de technisch beheerder van de "
                "server. Wat je vraagt en wat er is gebeurd, staat op:\n%(adres)s\n\n"
                "De dienst kan gewoon doorgaan.\n"
            )
            % {
                "naam": rij.gebruiker.naam,
                "alarmen": "\n".join(alarmen),
                "adres": settings.ADRES + reverse("kring:toestand", kwargs={"kring": kring.slug}),
            },
        )


def state() -> Toestand:
    rondes = Kopieronde.objects.order_by("-begonnen_op")[:ROUNDS]
    return Toestand(
        judge(nu=db_now()),
        [_row(ronde) for ronde in rondes],
        Hartslag.objects.beats(Hartslag.BEZORGER),
    )


def _row(ronde: Kopieronde) -> Regel:
    seconds = f"{ronde.duur.total_seconds():.1f} s".replace(".", ",")
    size = "" if ronde.grootte is None else megabytes(ronde.grootte)
    return Regel(ronde, size, seconds, ", ".join(ronde.mislukt))


def alarm_of(request) -> dict | None:
    """Return the alarms for the first page of a beheerder; None when there is nothing to say."""
    if Rol.BEHEERDER not in request.actor.rollen:
        return None
    alarmen = judge(nu=db_now()).alarmen
    return {"alarmen": alarmen} if alarmen else None
