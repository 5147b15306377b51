"""A lost second factor: one asks, another one checks and wipes (S23). Nobody chooses a password.

Who has lost telephone and recovery codes cannot get in, and whoever may let them in alone could
get into any account. So two people of the kring do it, each with a fresh proof of their own, and
the owner of the account gets a mail at both steps. Afterwards the person logs in with the own
password and sets up a new second factor before anything else opens.
"""

import secrets
from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kern import logboek, outbox
from kern.actor import Actor
from kern.tijd import db_now
from kern.weigering import refusing
from kring.aanmeldingen import end_sessions
from kring.models import Factorherstel, Gebruiker, Kring
from kring.rollen import may_make_link

GELDIG = timedelta(hours=24)
"""A request that nobody took up in a day is asked anew."""

Status = Factorherstel.Status


def may_help(gebruiker: Gebruiker, *, by: Actor) -> bool:
    """Whether this actor may ask or decide about this account: the reach of the password link.

    Only an account of this kring alone, without a role above the actor's own reach; for anybody
    else there is `manage tweede_factor_wissen` of the server's owner.
    """
    return may_make_link(gebruiker, by=by)


def open_requests(kring_id: int) -> list[Factorherstel]:
    """Return what waits for a colleague in this kring, the oldest first."""
    rows = Factorherstel.objects.filter(kring_id=kring_id, status=Status.OPEN)
    rows = rows.filter(gevraagd_op__gt=Now() - GELDIG)
    return list(rows.select_related("gebruiker", "gevraagd_door").order_by("gevraagd_op"))


@transaction.atomic
def ask(gebruiker: Gebruiker, *, reden: str, by: Actor) -> Factorherstel:
    """Ask for the second factor of somebody to be wiped; a colleague decides."""
    _check_reach(gebruiker, by)
    overdue = Factorherstel.objects.filter(
        kring_id=by.kring_id, gebruiker=gebruiker, gevraagd_op__lte=db_now() - GELDIG
    )
    overdue.filter(status=Status.OPEN).update(status=Status.VERLOPEN)
    row = Factorherstel(
        kring_id=by.kring_id, gebruiker=gebruiker, gevraagd_door_id=by.gebruiker_id, reden=reden
    )
    row.gevraagd_op = db_now()
    with refusing(Factorherstel, velden={"factorherstel_een_open": ""}):
        row.save(force_insert=True)
    _log("gebruiker.factorherstel_gevraagd", "C", row, by)
    _tell(
        row,
        gettext("Iemand vraagt om je tweede stap te wissen"),
        gettext(
            "Dag %(naam)s,\n\n%(door)s van %(kring)s heeft gevraagd om je tweede stap (app, "
            "passkey en herstelcodes) te wissen, omdat je die kwijt zou zijn. Een collega "
            "controleert dat nog.\n\nHeb jij hier niet om gevraagd? Bel dan nu je kring.\n"
        ),
        by,
    )
    return row


@transaction.atomic
def approve(row: Factorherstel, *, by: Actor) -> Factorherstel:
    """Wipe the factors and end every session; the actor is not the one who asked."""
    row = _open_row(row, by)
    Authenticator.objects.filter(user=row.gebruiker).delete()
    # One of them may be in the lost telephone.
    end_sessions(row.gebruiker)
    _decide(row, Status.GEDAAN, by)
    _log("gebruiker.tweede_factor_gewist", "D", row, by)
    _tell(
        row,
        gettext("Je tweede stap is gewist"),
        gettext(
            "Dag %(naam)s,\n\n%(door)s van %(kring)s heeft je tweede stap gewist en je overal "
            "uitgelogd. Log in met je wachtwoord; je stelt dan een nieuwe in.\n\nHeb jij hier "
            "niet om gevraagd? Bel dan nu je kring.\n"
        ),
        by,
    )
    return row


@transaction.atomic
def refuse(row: Factorherstel, *, by: Actor) -> Factorherstel:
    """Turn the request down, or take one's own request back; nothing changes for the account."""
    row = Factorherstel.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if row.status != Status.OPEN:
        raise ValidationError(_("Over dit verzoek is al beslist."))
    _check_reach(row.gebruiker, by)
    _decide(row, Status.AFGEWEZEN, by)
    _log("gebruiker.factorherstel_afgewezen", "U", row, by)
    return row


def _open_row(row: Factorherstel, by: Actor) -> Factorherstel:
    row = Factorherstel.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if row.status != Status.OPEN:
        raise ValidationError(_("Over dit verzoek is al beslist."))
    if db_now() - row.gevraagd_op >= GELDIG:
        raise ValidationError(_("Dit verzoek is ouder dan 24 uur. Laat het opnieuw doen."))
    if row.gevraagd_door_id == by.gebruiker_id:
        raise ValidationError(_("Je hebt dit zelf gevraagd. Laat een collega het beoordelen."))
    _check_reach(row.gebruiker, by)
    return row


def _check_reach(gebruiker: Gebruiker, by: Actor) -> None:
    if not may_help(gebruiker, by=by):
        raise ValidationError(
            _(
                "Dit kun jij niet voor deze persoon doen. Vraag een beheerder van je kring, of "
                "degene die de server beheert."
            )
        )


def _decide(row: Factorherstel, status: str, by: Actor) -> None:
    row.status, row.beslist_door_id, row.beslist_op = status, by.gebruiker_id, db_now()
    row.save(update_fields=["status", "beslist_door", "beslist_op", "gewijzigd_op"])


def _log(gebeurtenis: str, actie: str, row: Factorherstel, by: Actor) -> None:
    logboek.record(gebeurtenis, actie, by=by, object_soort="gebruiker", object_id=row.gebruiker_id)


def _tell(row: Factorherstel, onderwerp: str, tekst: str, by: Actor) -> None:
    kring = Kring.objects.get(pk=row.kring_id)
    outbox.enqueue_mail(
        kring_id=kring.pk,
        sleutel=f"factorherstel|{row.pk}|{secrets.token_hex(4)}",
        aan=row.gebruiker.email,
        onderwerp=onderwerp,
        tekst=tekst % {"naam": row.gebruiker.naam, "door": by.naam, "kring": kring.naam},
    )
