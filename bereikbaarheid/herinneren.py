"""Remind who has not done the start check, and tell the coordinator when it stays undone.

Work of the sweeper, judged by the database clock. A notice is a row and a message in one
transaction, so that it is made exactly once whatever dies, and by however many sweepers.
"""

import time
from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from bereikbaarheid.controle import Plaatscontrole, checks
from bereikbaarheid.coordinatoren import coordinators_of
from bereikbaarheid.models import Herinnering, Instelling
from bereikbaarheid.regels import ESCALATIE, NA, Termijnen, due_notices
from bereikbaarheid.stand import words_of
from kern import logboek, outbox
from kern.actor import Actor
from kern.sms import speak_telefoon
from kern.tenancy import all_kring_ids, kring_context
from kern.tijd import db_now
from kern.weergave import format_moment, format_telefoon, format_tijd
from kring.models import Gebruiker, Kring, Tandarts
from rooster.models import Dienstplaats

RUST = 10.0
"""Seconds between two looks: terms are minutes, and a round of the sweeper is a second."""
VOORUIT = timedelta(minutes=240)
"""No kring reminds longer before a duty than this (the form holds it)."""

_next_look = 0.0


def look() -> None:
    """Remind whoever is due, but not in every round of the sweeper."""
    global _next_look  # noqa: PLW0603  a fact about this process
    if time.monotonic() < _next_look:
        return
    _next_look = time.monotonic() + RUST
    remind_all()


def remind_all() -> int:
    """Make every notice that is due in any kring; return how many were made."""
    nu = db_now()
    kring_ids = all_kring_ids()
    with kring_context(*kring_ids):
        terms = {row.kring_id: row.termijnen for row in Instelling.objects.all()}
        near = Dienstplaats.objects.filter(begin__lte=nu + VOORUIT, einde__gt=nu)
        due = [
            (plaats, soort)
            for plaats in checks(near)
            if not plaats.controle.klaar
            for soort in due_notices(
                plaats.rol,
                plaats.begin,
                nu,
                terms.get(plaats.kring_id, Termijnen()),
                plaats.herinnerd,
                vanaf=plaats.vanaf,
            )
        ]
    return sum(_notice(plaats, soort, nu) for plaats, soort in due)


def _notice(plaats: Plaatscontrole, soort: str, nu: datetime) -> bool:
    """Make one notice, unless another sweeper just did: its row is unique."""
    with kring_context(plaats.kring_id):
        row, new = Herinnering.objects.get_or_create(
            dienst_id=plaats.dienst_id,
            tandarts_id=plaats.tandarts_id,
            soort=soort,
            begin=plaats.begin,
            defaults={"kring_id": plaats.kring_id, "gemaakt_op": nu},
        )
        if not new:
            return False
        kring = Kring.objects.get(pk=plaats.kring_id)
        tandarts = Tandarts.objects.select_related("gebruiker").get(pk=plaats.tandarts_id)
        if soort == ESCALATIE:
            _escalate(row, kring, tandarts, plaats)
        else:
            _remind(row, kring, tandarts)
        logboek.record(
            "startcontrole.geescaleerd" if soort == ESCALATIE else "startcontrole.herinnerd",
            "E",
            by=Actor.system(kring.pk, "startcontrole"),
            object_soort="dienst",
            object_id=plaats.dienst_id,
        )
    return True


def _remind(row: Herinnering, kring: Kring, tandarts: Tandarts) -> None:
    """A text message to the phone of the duty; once late a mail too, as the phone may be off."""
    values = {
        "kring": kring.naam,
        "begin": format_tijd(row.begin),
        "moment": format_moment(row.begin),
        "link": settings.ADRES
        + reverse("bereikbaarheid:start", kwargs={"kring": kring.slug, "dienst": row.dienst_id}),
        "naam": tandarts.naam,
    }
    late = row.soort == NA
    _sms(
        row,
        kring,
        tandarts.telefoon,
        (
            _(
                "%(kring)s: je dienst van %(begin)s loopt, maar je startcontrole is niet af: "
                "%(link)s"
            )
            if late
            else _("%(kring)s: je dienst begint om %(begin)s. Doe de startcontrole: %(link)s")
        )
        % values,
    )
    if late and tandarts.gebruiker is not None:
        _mail(
            row,
            kring,
            tandarts.gebruiker,
            _("Je startcontrole is niet af"),
            _(
                "Dag %(naam)s,\n\nJe dienst voor %(kring)s begon %(moment)s, maar de startcontrole "
                "is niet af. Controleer of patiënten en triage je kunnen bereiken:\n\n%(link)s\n"
            )
            % values,
        )


def _escalate(row: Herinnering, kring: Kring, tandarts: Tandarts, plaats: Plaatscontrole) -> None:
    values = {
        "kring": kring.naam,
        "moment": format_moment(row.begin),
        "begin": format_tijd(row.begin),
        "tandarts": tandarts.naam,
        "telefoon": format_telefoon(tandarts.telefoon),
        "mist": words_of(plaats.controle.ontbreekt),
        "link": settings.ADRES + reverse("bereikbaarheid:overzicht", kwargs={"kring": kring.slug}),
    }
    if kring.telefoon_coordinator:
        outbox.enqueue_telefoon(
            kring_id=kring.pk,
            sleutel=_key(row),
            telefoon=kring.telefoon_coordinator,
            tekst=_(
                "%(kring)s: %(tandarts)s heeft de startcontrole van %(begin)s niet af. "
                "Bel %(telefoon)s."
            )
            % values,
            gesproken=_(
                "Goedendag. Dit is spoedgevallendienst %(kring)s met een melding voor de "
                "coördinator. %(tandarts)s heeft dienst sinds %(begin)s, maar de startcontrole is "
                "niet af. Bel %(nummer)s. Ik herhaal: %(nummer)s."
            )
            % (values | {"nummer": speak_telefoon(tandarts.telefoon)}),
        )
    for gebruiker in coordinators_of(kring.pk):
        _mail(
            row,
            kring,
            gebruiker,
            _("Startcontrole niet af: %(tandarts)s") % values,
            _(
                "Dag %(naam)s,\n\nDe dienst van %(tandarts)s voor %(kring)s begon %(moment)s. De "
                "startcontrole is niet af. Nog te doen: %(mist)s.\n\nBel %(telefoon)s. Lukt dat "
                "niet, zet dan een ander op de dienst.\n\n%(link)s\n"
            )
            % (values | {"naam": gebruiker.naam}),
        )


def _sms(row: Herinnering, kring: Kring, telefoon: str, tekst: str) -> None:
    outbox.enqueue_sms(kring_id=kring.pk, sleutel=_key(row), telefoon=telefoon, tekst=tekst)


def _key(row: Herinnering) -> str:
    return f"herinnering|{row.pk}|sms"


def _mail(row: Herinnering, kring: Kring, gebruiker: Gebruiker, onderwerp: str, tekst: str) -> None:
    outbox.enqueue_mail(
        kring_id=kring.pk,
        sleutel=f"herinnering|{row.pk}|{gebruiker.pk}",
        aan=gebruiker.email,
        onderwerp=onderwerp,
        tekst=tekst,
    )
