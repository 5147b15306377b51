"""The queue of messages as a person sees it: what waits, what is on its way, what was given up.

What a message says is sealed and stays so, and whom it goes to is part of it. The page tells what
it is about by the beginning of its key, which holds numbers of rows only.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min, Q, QuerySet
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from kern.models import Hartslag, Zending
from kern.tijd import db_now

SHOWN = 50
"""Rows of each table; the numbers above them count everything."""
OUD = timedelta(minutes=5)
"""A message that waits longer than this, although it is due, waits for something that is broken."""

OVER = {
    "overdracht": _("verslag aan een eigen tandarts"),
    "code": _("code om een verslag te openen"),
    "antwoord": _("antwoord van een eigen tandarts"),
    "vervolg": _("herinnering aan een vervolg"),
    "taakalarm": _("waarschuwing over taken"),
    "termijn": _("verstreken termijn"),
    "tandartsbericht": _("bericht aan de dienstdoende tandarts"),
    "niet_bereikt": _("dienstdoende niet bereikt"),
    "weekbericht": _("weekbericht"),
    "weekgat": _("gat in het weekbericht"),
    "herinnering": _("herinnering aan een dienst"),
    "ruilaanbod": _("vraag om een dienst over te nemen"),
    "uitval": _("uitval van een tandarts"),
    "rooster": _("rooster"),
    "wensen": _("wensen voor het rooster"),
    "wachtwoordlink": _("link om een wachtwoord te kiezen"),
    "factorherstel": _("herstel van de tweede stap"),
    "logkop": _("kop van het logboek"),
    "kopie_alarm": _("alarm van de reservekopie"),
    "signalen_te_laat": _("signalen over inzage"),
}
"""What a message is about, by the first part of its key."""

Status = Zending.Status


@dataclass(frozen=True)
class Bericht:
    """One message as the page shows it."""

    zending: Zending
    over: str
    bezig: bool


@dataclass(frozen=True)
class Wachtrij:
    """Numbers over everything, and the first rows.

    `oudste`: since when the first of what waits was put in, by its cause or again by a person.
    """

    wacht: int
    bezig: int
    mislukt: int
    verzonden: int
    oudste: datetime | None
    traag: bool
    bezorgt: bool
    gaven_op: list[Bericht]
    wachten: list[Bericht]


def queue_of(kring_id: int) -> Wachtrij:
    """Return the queue of one kring; a fixed number of queries, of a fixed size."""
    rows = Zending.objects.filter(kring_id=kring_id)
    nu = db_now()
    waiting, leased = Q(status=Status.KLAAR), Q(lease_tot__gt=Now())
    facts = rows.filter(~Q(status=Status.VERZONDEN) | Q(verzonden_op__gte=nu - timedelta(days=1)))
    counts = facts.aggregate(
        wacht=Count("pk", filter=waiting & ~leased | waiting & Q(lease_tot=None)),
        bezig=Count("pk", filter=waiting & leased),
        mislukt=Count("pk", filter=Q(status=Status.MISLUKT)),
        verzonden=Count("pk", filter=Q(status=Status.VERZONDEN)),
        oudste=Min("klaar_sinds", filter=waiting),
    )
    oudste = counts["oudste"]
    return Wachtrij(
        **counts,
        traag=oudste is not None and oudste < nu - OUD,
        bezorgt=Hartslag.objects.beats(Hartslag.BEZORGER),
        gaven_op=_show(rows.filter(status=Status.MISLUKT).order_by("-gewijzigd_op"), nu),
        wachten=_show(rows.filter(status=Status.KLAAR).order_by("klaar_sinds"), nu),
    )


def _show(rows: QuerySet[Zending], nu: datetime) -> list[Bericht]:
    return [
        Bericht(row, about(row.sleutel), row.lease_tot is not None and row.lease_tot > nu)
        for row in rows.defer("inhoud")[:SHOWN]
    ]


def about(sleutel: str) -> str:
    """Return what a message is about, in words; never the numbers in its key."""
    first = sleutel.replace(":", "|").split("|")[0]
    return str(OVER.get(first, _("bericht")))
