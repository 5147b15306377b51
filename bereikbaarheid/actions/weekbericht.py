"""The weekly notice: who gets it, sending it, sending it again, holding it (MR art. 4.2)."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from bereikbaarheid.bericht import Opzet, compose
from bereikbaarheid.models import Ontvanger, Weekbericht, Weekbezorging
from kern import logboek, outbox
from kern.actor import Actor
from kern.models import Zending
from kern.tenancy import one_at_a_time
from kern.tijd import db_now
from kern.weigering import refusing
from kring.models import Kring

VERSTUREN = "bereikbaarheid.weekbericht"
VELDEN = {"ontvanger_email_uniek": "email"}


class RoosterGat(ValidationError):
    """The week has hours without a duty; a person has to say that the notice may leave so."""


# --- the list


@transaction.atomic
def add_ontvanger(*, kring_id: int, soort: str, naam: str, email: str, by: Actor) -> Ontvanger:
    """Put somebody on the list of the notice."""
    row = Ontvanger(kring_id=kring_id, soort=soort, naam=naam, email=email)
    with refusing(Ontvanger, velden=VELDEN):
        row.save(force_insert=True)
    _log("ontvanger.toegevoegd", "C", row, by)
    return row


@transaction.atomic
def change_ontvanger(
    ontvanger: Ontvanger, *, soort: str, naam: str, email: str, actief: bool, by: Actor
) -> Ontvanger:
    """Change a recipient; what was sent keeps the address it was sent to."""
    ontvanger.soort, ontvanger.naam = soort, naam
    ontvanger.email, ontvanger.actief = email, actief
    with refusing(Ontvanger, velden=VELDEN):
        ontvanger.save()
    _log("ontvanger.gewijzigd", "U", ontvanger, by)
    return ontvanger


@transaction.atomic
def remove_ontvanger(ontvanger: Ontvanger, *, by: Actor) -> None:
    """Take a recipient off the list; the notices that were sent stay."""
    pk = ontvanger.pk
    ontvanger.delete()
    ontvanger.pk = pk
    _log("ontvanger.verwijderd", "D", ontvanger, by)


# --- the notice


@transaction.atomic
def send_weekbericht(
    kring: Kring, week: date, *, by: Actor, met_gat: bool = False
) -> tuple[Weekbericht, int]:
    """Put the notice about a week in the outbox; return it and how many letters that made.

    The same words reach a recipient once: only who lacks them gets them. When the roster changed
    since, it is a new version, for everybody. A hole is refused unless `met_gat` (a person saw
    it); the notice then says that word about those hours follows.
    """
    # Two who press the button, or a button and the daily work: the second finds it done.
    one_at_a_time(VERSTUREN, kring.pk)
    nu = db_now()
    opzet = compose(kring, week, nu)
    if opzet.gaten and not met_gat:
        raise RoosterGat(
            _("In deze week zit een gat in het rooster. Vul het, of kies Toch versturen.")
        )
    ontvangers = list(Ontvanger.objects.filter(kring=kring, actief=True))
    if not ontvangers:
        raise ValidationError(_("Er is nog niemand om het bericht aan te sturen."))
    bericht = current_version(kring, week) or _new_version(kring, opzet, nu, by)
    known = set(bericht.bezorgingen.values_list("ontvanger_id", flat=True))
    missing = [ontvanger for ontvanger in ontvangers if ontvanger.pk not in known]
    for ontvanger in missing:
        _deliver(bericht, ontvanger)
    if missing:
        _log("weekbericht.verzonden", "E", bericht, by)
    return bericht, len(missing)


@transaction.atomic
def resend_bezorging(bezorging: Weekbezorging, *, by: Actor) -> Weekbezorging:
    """Send the same notice again to a recipient, at the address that the list has now."""
    one_at_a_time(VERSTUREN, bezorging.kring_id)
    bericht, ontvanger = bezorging.weekbericht, bezorging.ontvanger
    if ontvanger is None or not ontvanger.actief:
        raise ValidationError(
            _("%(naam)s krijgt het weekbericht niet meer. Zet de ontvanger eerst weer aan.")
            % {"naam": bezorging.naam}
        )
    waiting = bericht.bezorgingen.filter(ontvanger=ontvanger, zending__status=Zending.Status.KLAAR)
    if waiting.exists():
        raise ValidationError(
            _("Dit bericht staat al klaar voor %(naam)s en gaat zo weg. Wacht even.")
            % {"naam": ontvanger.naam}
        )
    row = _deliver(bericht, ontvanger)
    _log("weekbericht.opnieuw", "E", bericht, by)
    return row


def hold_weekbericht(kring: Kring, *, by: Actor) -> None:
    """Note that the notice did not leave because of a hole in the roster."""
    logboek.record(
        "weekbericht.opgehouden",
        "E",
        by=by,
        kring_id=kring.pk,
        object_soort="kring",
        object_id=kring.pk,
        uitkomst="geweigerd",
    )


def current_version(kring: Kring, week: date) -> Weekbericht | None:
    """Return the newest notice about a week, when it still tells what the roster says.

    Asked as of the moment it was sent, because what is over by now was not over then.
    """
    last = Weekbericht.objects.filter(kring=kring, week=week).first()
    if last is None:
        return None
    return last if compose(kring, week, last.gemaakt_op).tekst == last.tekst else None


def _new_version(kring: Kring, opzet: Opzet, nu: datetime, by: Actor) -> Weekbericht:
    versie = Weekbericht.objects.filter(kring=kring, week=opzet.week).count() + 1
    onderwerp = opzet.onderwerp
    if versie > 1:
        onderwerp = _("Gewijzigd: %(onderwerp)s") % {"onderwerp": onderwerp}
    return Weekbericht.objects.create(
        kring=kring,
        week=opzet.week,
        versie=versie,
        onderwerp=onderwerp[:200],
        tekst=opzet.tekst,
        met_gat=bool(opzet.gaten),
        gemaakt_op=nu,
        gemaakt_door_id=by.gebruiker_id,
    )


def _deliver(bericht: Weekbericht, ontvanger: Ontvanger) -> Weekbezorging:
    # The number makes the key of the outbox unique: the constraint is what holds "once".
    nummer = bericht.bezorgingen.filter(ontvanger=ontvanger).count() + 1
    zending = outbox.enqueue_mail(
        kring_id=bericht.kring_id,
        sleutel=f"weekbericht|{bericht.pk}|{ontvanger.pk}|{nummer}",
        aan=ontvanger.email,
        onderwerp=bericht.onderwerp,
        tekst=bericht.tekst,
    )
    return Weekbezorging.objects.create(
        kring_id=bericht.kring_id,
        weekbericht=bericht,
        ontvanger=ontvanger,
        naam=ontvanger.naam,
        email=ontvanger.email,
        zending=zending,
    )


def _log(gebeurtenis: str, actie: str, row: Ontvanger | Weekbericht, by: Actor) -> None:
    logboek.record(
        gebeurtenis,
        actie,
        by=by,
        kring_id=row.kring_id,
        object_soort=row._meta.model_name or "",
        object_id=row.pk,
    )
