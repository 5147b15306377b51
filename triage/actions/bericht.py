"""The message to the dentist, and what the dentist answers on the page behind it."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from kern import outbox
from kern.actor import Actor
from kern.tijd import db_now
from kern.toegang import Rol
from kring.models import Lidmaatschap, Tandarts
from rooster.wacht import places_at
from triage.actions.basis import lock, record_step
from triage.models import Oproep, Tandartsbericht
from triage.overgangen import StapGeweigerd, require_running

GELDIG = timedelta(hours=4)
"""How long the link works: the longest that a call is still news to the dentist."""


@transaction.atomic
def send_bericht(
    oproep: Oproep, *, tandarts: Tandarts, rol: str, by: Actor, formulier: str = ""
) -> Tandartsbericht:
    """Tell the dentist by text message and mail that a call waits; calling stays a duty.

    The same `formulier` twice is one message. A newer message to the same dentist replaces the
    older one: its link dies, and what had not left yet stays at home.
    """
    lock(oproep)
    known = oproep.tandartsberichten.filter(formulier=formulier).first() if formulier else None
    if known is not None:
        return known
    require_running(oproep)
    if not oproep.contact:
        raise StapGeweigerd(_("Kies eerst de klacht. Zonder uitkomst is er niets te melden."))
    if not _is_wanted(oproep, tandarts):
        raise StapGeweigerd(
            _("%(naam)s heeft nu geen dienst. Bel wie dienst heeft.") % {"naam": tandarts.naam}
        )
    if not can_open(tandarts):
        raise StapGeweigerd(
            _("%(naam)s kan hier niet inloggen en krijgt dus geen bericht. Bel.")
            % {"naam": tandarts.naam}
        )
    return issue_bericht(oproep, tandarts=tandarts, rol=rol, by=by, door=by, formulier=formulier)


def send_after_miss(
    oproep: Oproep, *, tandarts: Tandarts, rol: str, by: Actor
) -> Tandartsbericht | None:
    """Send a message by itself after a missed call: once for each dentist, if it can be opened."""
    told = oproep.tandartsberichten.filter(tandarts=tandarts).exists()
    if told or not oproep.contact or not can_open(tandarts):
        return None
    return issue_bericht(oproep, tandarts=tandarts, rol=rol, by=by, door=None)


def can_open(tandarts: Tandarts) -> bool:
    """Whether this dentist can log in here and open the page."""
    if not tandarts.gebruiker_id:
        return False
    return (
        Lidmaatschap.objects.active()
        .filter(kring=tandarts.kring_id, gebruiker=tandarts.gebruiker_id, rol=Rol.TANDARTS)
        .exists()
    )


def _is_wanted(oproep: Oproep, tandarts: Tandarts) -> bool:
    places = places_at(db_now(), kring_id=oproep.kring_id)
    return tandarts.pk in {oproep.behandelaar_id, *(place.tandarts_id for place in places)}


def issue_bericht(
    oproep: Oproep,
    *,
    tandarts: Tandarts,
    rol: str,
    by: Actor,
    door: Actor | None,
    formulier: str = "",
) -> Tandartsbericht:
    nu = db_now()
    for older in oproep.tandartsberichten.filter(tandarts=tandarts, vervangen_op__isnull=True):
        older.vervangen_op = nu
        older.save(update_fields=["vervangen_op", "gewijzigd_op"])
        for zending in filter(None, (older.sms, older.mail)):
            outbox.withdraw(zending)
    bericht = Tandartsbericht(
        kring_id=oproep.kring_id,
        oproep=oproep,
        tandarts=tandarts,
        rol=rol,
        verstuurd_op=nu,
        verloopt_op=nu + GELDIG,
        door_id=door.person_id if door else None,
        formulier=formulier,
    )
    _enqueue(bericht)
    bericht.save(force_insert=True)
    # The board and the other windows see by this that something happened.
    oproep.save(update_fields=["gewijzigd_op"])
    record_step("bericht.verstuurd", "E", oproep, by)
    return bericht


def _enqueue(bericht: Tandartsbericht) -> None:
    """Put both messages in the outbox: the number of a call and a link, nothing of a patient."""
    oproep, tandarts = bericht.oproep, bericht.tandarts
    if tandarts.gebruiker is None:
        raise ValueError("only a dentist who can log in is sent a link")
    path = reverse("triage:bericht", kwargs={"kring": oproep.kring.slug, "bericht": bericht.pk})
    words = {"nummer": oproep.nummer, "kring": oproep.kring.naam, "link": settings.ADRES + path}
    bericht.sms = outbox.enqueue_sms(
        kring_id=bericht.kring_id,
        sleutel=f"tandartsbericht:{bericht.pk}:sms",
        telefoon=tandarts.telefoon,
        tekst=_("%(kring)s: oproep %(nummer)s wacht op je. Open %(link)s") % words,
    )
    bericht.mail = outbox.enqueue_mail(
        kring_id=bericht.kring_id,
        sleutel=f"tandartsbericht:{bericht.pk}:mail",
        aan=tandarts.gebruiker.email,
        onderwerp=_("Oproep %(nummer)s wacht op je") % words,
        tekst=_(
            "%(kring)s: oproep %(nummer)s wacht op je.\n\n"
            "Open %(link)s en log in.\n"
            "Het bericht vervangt het telefoontje niet: je wordt ook gebeld.\n"
        )
        % words,
    )
