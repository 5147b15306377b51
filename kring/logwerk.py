"""What happens to the access log each night: its head leaves the house, and what is old goes.

Who owns the database can cut the tail of a chain or rewrite all of it; not what already left. So
the head of every kring goes to a folder that a copy leaves from, to the application log, and by
mail to the functionaris gegevensbescherming of the kring (docs/besluiten/0013).
"""

import logging
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import connection
from django.db.models import Max, Min
from django.utils.translation import gettext

from kern import dagwerk, logankers, logketen, outbox
from kern.dagwerk import Beurt
from kern.models import Dagtaak
from kern.tijd import db_now, to_local
from kern.toegang import Rol
from kern.weergave import format_datum
from kring.models import Kring, Lidmaatschap

log = logging.getLogger(__name__)

KOPPEN = "logkoppen"
MAX_AGE = timedelta(hours=26)
"""A night and some slack: later than this a head was not kept."""


def register() -> None:
    """Offer the work of every night."""
    dagwerk.register(KOPPEN, keep_heads, per_kring=False)
    dagwerk.register("logkop_mail", mail_head)
    dagwerk.register("logtermijn", purge)


def keep_heads(beurt: Beurt) -> None:
    """Write the heads of all kringen to the file of this day and to the application log."""
    settings.LOGKOP_MAP.mkdir(parents=True, exist_ok=True, mode=0o700)
    ankers = logankers.export(settings.LOGKOP_MAP / f"logkop-{beurt.dag:%Y-%m-%d}.json")
    for slug, anker in sorted(ankers.koppen.items()):
        # nosemgrep: log-met-inhoud (the anchor itself: a kring, a number and a hash)
        log.info("Head of the log of %s: %s %s", slug, anker.kop.volgnummer, anker.kop.hash.hex())


def mail_head(beurt: Beurt) -> None:
    """Mail the head to each FG: a line number and a hash, nothing of a patient."""
    kring = Kring.objects.get(pk=beurt.kring_id)
    kop = logketen.head(kring.pk)
    for rij in fg_of(kring.pk):
        outbox.enqueue_mail(
            kring_id=kring.pk,
            sleutel=f"logkop|{beurt.dag}|{rij.gebruiker_id}",
            aan=rij.gebruiker.email,
            onderwerp=gettext("Kop van het logboek van %(kring)s, %(dag)s")
            % {"kring": kring.naam, "dag": _day(beurt.dag)},
            tekst=gettext(
                "Dag %(naam)s,\n\nBewaar dit bericht. Met deze kop is te bewijzen dat niemand het "
                "logboek achteraf heeft ingekort of herschreven.\n\nKring: %(kring)s\n"
                "Laatste regel: %(nummer)s\nHash: %(hash)s\n\nJe hoeft niets te doen.\n"
            )
            % {
                "naam": rij.gebruiker.naam,
                "kring": kring.naam,
                "nummer": kop.volgnummer,
                "hash": kop.hash.hex(),
            },
        )


def fg_of(kring_id: int) -> list[Lidmaatschap]:
    """Return the active memberships of the FG's of the open kring."""
    rows = Lidmaatschap.objects.active().filter(kring_id=kring_id, rol=Rol.FG)
    return list(rows.select_related("gebruiker").order_by("gebruiker_id"))


def _day(dag: date) -> str:
    return format_datum(dag)


def purge(beurt: Beurt) -> None:
    """Remove what is past the term (S20); the database checks the term and logs the purge."""
    purge_before(beurt.kring_id, logketen.keep_from(db_now(), settings.LOG_BEWAARJAREN))


def purge_before(kring_id: int, moment: datetime) -> int:
    """Remove the lines of the open kring from before the moment; return how many."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT kern_ruim_logboek(%s, %s)", [kring_id, moment])
        return cursor.fetchone()[0]


def heads_are_late() -> bool:
    """Whether the last heads that were kept are too old; a house of one day has time to begin."""
    last = Dagtaak.objects.filter(naam=KOPPEN).aggregate(op=Max("klaar_op"), sinds=Min("dag"))
    nu = db_now()
    if last["op"] is None:
        return last["sinds"] is not None and last["sinds"] < to_local(nu).date()
    return last["op"] < nu - MAX_AGE
