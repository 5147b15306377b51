"""Your duty comes: a mail in the week before, a text message on the day before.

Daily work. A notice is a row and a message in one transaction: made once, whatever dies. Who gets
a duty later by a swap hears of it too, because the row is per dentist; a duty that is moved is
told again. No more mail than this.
"""

from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from bereikbaarheid.models import Herinnering
from kern import dagwerk, logboek, outbox
from kern.actor import Actor
from kern.dagwerk import Beurt
from kern.tijd import AMSTERDAM, db_now
from kern.weergave import format_moment
from kring.models import Kring
from rooster.models import Dienstplaats

NAAM = "dienstherinnering"
UUR = 10
"""In the morning of a working day, not during the night duty before it."""


def register() -> None:
    dagwerk.register(NAAM, remind, uur=UUR)


def remind(beurt: Beurt) -> None:
    """Tell whoever serves tomorrow, and whoever serves within a week."""
    kring = Kring.objects.get(pk=beurt.kring_id)
    nu = db_now()
    tomorrow = _end_of(beurt.dag + timedelta(days=1))
    places = (
        Dienstplaats.objects.filter(
            kring=kring, begin__gt=nu, begin__lt=_end_of(beurt.dag + timedelta(days=7))
        )
        .select_related("tandarts__gebruiker", "tandarts__deelnemer", "deelnemer")
        .order_by("begin", "rol")
    )
    known = set(
        Herinnering.objects.filter(
            kring=kring,
            soort__in=[Herinnering.Soort.WEEK, Herinnering.Soort.DAG],
            begin__gt=nu,
        ).values_list("dienst_id", "tandarts_id", "soort", "begin")
    )
    for plaats in places:
        # The day before says all that the mail of the week would say.
        soort = Herinnering.Soort.DAG if plaats.begin < tomorrow else Herinnering.Soort.WEEK
        if (plaats.dienst_id, plaats.tandarts_id, soort, plaats.begin) not in known:
            _tell(kring, plaats, soort, nu)


def _end_of(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=AMSTERDAM)


def _tell(kring: Kring, plaats: Dienstplaats, soort: str, nu: datetime) -> None:
    row = Herinnering.objects.create(
        kring=kring,
        dienst_id=plaats.dienst_id,
        tandarts=plaats.tandarts,
        soort=soort,
        begin=plaats.begin,
        gemaakt_op=nu,
    )
    values = {
        "kring": kring.naam,
        "naam": plaats.tandarts.naam,
        "begin": format_moment(plaats.begin),
        "einde": format_moment(plaats.einde),
        "rol": plaats.get_rol_display(),
        "link": settings.ADRES + reverse("bereikbaarheid:mijn", kwargs={"kring": kring.slug}),
        "rooster": settings.ADRES + reverse("rooster:overzicht", kwargs={"kring": kring.slug}),
    }
    if soort == Herinnering.Soort.DAG:
        outbox.enqueue_sms(
            kring_id=kring.pk,
            sleutel=f"herinnering|{row.pk}|sms",
            telefoon=plaats.tandarts.telefoon,
            tekst=_(
                "%(kring)s: je bent %(rol)s van %(begin)s tot %(einde)s. "
                "Doe bij het begin de startcontrole: %(link)s"
            )
            % values,
        )
    else:
        outbox.enqueue_mail(
            kring_id=kring.pk,
            sleutel=f"herinnering|{row.pk}",
            aan=_address(plaats),
            onderwerp=_("Je dienst van %(begin)s") % values,
            tekst=_(
                "Dag %(naam)s,\n\nJe bent %(rol)s voor %(kring)s van %(begin)s tot %(einde)s.\n\n"
                "Kun je niet? Zoek dan nu een vervanger. Je praktijk blijft verantwoordelijk tot "
                "een ander de dienst heeft.\n\n%(rooster)s\n\n"
                "De dag ervoor krijg je nog een sms. Bij het begin doe je de startcontrole:\n\n"
                "%(link)s\n"
            )
            % values,
        )
    logboek.record(
        "dienst.herinnerd",
        "E",
        by=Actor.system(kring.pk, NAAM),
        object_soort="dienst",
        object_id=plaats.dienst_id,
    )


def _address(plaats: Dienstplaats) -> str:
    """Return the dentist's own address; without an account the practice hears it."""
    gebruiker = plaats.tandarts.gebruiker
    return gebruiker.email if gebruiker else plaats.praktijk.email
