"""Send the report to the own dentist: a notice by mail, and a pick-up behind two factors."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext as _

from kern import logboek, outbox
from kern.actor import Actor
from kern.models import Zending
from kern.tijd import db_now
from kern.weergave import format_datum, format_telefoon
from kring.models import EigenTandarts, Kring
from triage.models import JaNeeOnbekend
from verslag.actions.fouten import NietDeBehandelaar, OverdrachtGeweigerd
from verslag.models import Overdracht, Verslagversie

GELDIG = timedelta(days=30)


def hash_token(token: str) -> str:
    """Return what the database keeps of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def hand_over(versie: Verslagversie, *, replaces: Verslagversie | None, by: Actor) -> None:
    """Hand a fresh version over; the link of the version it replaces dies if nobody used it."""
    if replaces is not None:
        for overdracht in replaces.overdrachten.filter(
            ingetrokken_op__isnull=True, opgehaald_op__isnull=True
        ):
            _withdraw(overdracht, by, only_unopened=True)
    recipient = recipient_of(versie)
    if recipient is not None:
        _create(versie, recipient, by)


def recipient_of(versie: Verslagversie) -> EigenTandarts | None:
    """Return the own dentist of the patient, when there is one with an address."""
    patient = versie.verslag.dossier.patient
    if patient.heeft_eigen_tandarts != JaNeeOnbekend.JA:
        return None
    return patient.eigen_tandarts


@transaction.atomic
def send_overdracht(versie: Verslagversie, *, by: Actor) -> Overdracht:
    """Send a signed version that has no living handover: the address came later, or was wrong."""
    _require_author(versie, by)
    # The row of the report is the lock of everything that hangs below it.
    type(versie.verslag).objects.select_for_update().get(pk=versie.verslag_id)
    if versie != versie.verslag.versies.last():
        raise OverdrachtGeweigerd(_("Er is een nieuwere versie van dit verslag. Verstuur die."))
    recipient = recipient_of(versie)
    if recipient is None:
        raise OverdrachtGeweigerd(_("Van deze patiënt is geen eigen tandarts met adres bekend."))
    if versie.overdrachten.filter(ontvanger=recipient, ingetrokken_op__isnull=True).exists():
        raise OverdrachtGeweigerd(_("Dit verslag is al naar deze tandarts gestuurd."))
    return _create(versie, recipient, by)


def _create(versie: Verslagversie, recipient: EigenTandarts, by: Actor) -> Overdracht:
    overdracht = Overdracht(kring_id=versie.kring_id, versie=versie, ontvanger=recipient)
    _issue(overdracht)
    overdracht.save(force_insert=True)
    record("overdracht.verzonden", "E", overdracht, by)
    return overdracht


@transaction.atomic
def resend_overdracht(overdracht: Overdracht, *, by: Actor) -> Overdracht:
    """Send a new link to the address as it is in the address book now; the old link dies.

    A lost link is made anew, never recovered: nobody has it but the recipient.
    """
    overdracht = _locked(overdracht, by)
    if overdracht.ingetrokken_op is not None:
        raise OverdrachtGeweigerd(
            _("Deze overdracht is ingetrokken. Verstuur het verslag opnieuw.")
        )
    if overdracht.versie != overdracht.versie.verslag.versies.last():
        raise OverdrachtGeweigerd(_("Er is een nieuwere versie van dit verslag. Verstuur die."))
    outbox.withdraw(overdracht.bericht)
    _issue(overdracht)
    overdracht.code_hash = ""
    overdracht.code_pogingen = 0
    overdracht.save()
    record("overdracht.opnieuw", "E", overdracht, by)
    return overdracht


@transaction.atomic
def withdraw_overdracht(overdracht: Overdracht, *, by: Actor) -> bool:
    """Kill the link at once; return False when that had been done already."""
    return _withdraw(_locked(overdracht, by), by)


def _withdraw(overdracht: Overdracht, by: Actor, *, only_unopened: bool = False) -> bool:
    rows = Overdracht.objects.filter(pk=overdracht.pk, ingetrokken_op__isnull=True)
    if only_unopened:
        # Asked again inside the statement: the recipient may be opening it right now.
        rows = rows.filter(opgehaald_op__isnull=True)
    if not rows.update(ingetrokken_op=Now(), code_hash="", gewijzigd_op=Now()):
        return False
    outbox.withdraw(overdracht.bericht)
    record("overdracht.ingetrokken", "U", overdracht, by)
    return True


def _locked(overdracht: Overdracht, by: Actor) -> Overdracht:
    Overdracht.objects.select_for_update().get(pk=overdracht.pk)
    overdracht = Overdracht.objects.select_related(
        "bericht", "ontvanger", "versie__verslag__dossier", "versie__verslag__auteur"
    ).get(pk=overdracht.pk)
    _require_author(overdracht.versie, by)
    return overdracht


def _require_author(versie: Verslagversie, by: Actor) -> None:
    if by.gebruiker_id is not None and versie.verslag.auteur.gebruiker_id != by.gebruiker_id:
        raise NietDeBehandelaar


def _issue(overdracht: Overdracht) -> None:
    """Give the handover a new token and put its notice in the outbox."""
    recipient = overdracht.ontvanger
    token = secrets.token_urlsafe(32)
    overdracht.naam = f"{recipient.naam}, {recipient.praktijk}"[:240]
    overdracht.email = recipient.email
    overdracht.telefoon = recipient.telefoon
    overdracht.token_hash = hash_token(token)
    overdracht.verloopt_op = db_now() + GELDIG
    overdracht.bericht = _enqueue_notice(overdracht, token)


def _enqueue_notice(overdracht: Overdracht, token: str) -> Zending:
    kring = Kring.objects.get(pk=overdracht.kring_id)
    return outbox.enqueue_mail(
        kring_id=kring.pk,
        sleutel=f"overdracht|{overdracht.pk}|{overdracht.token_hash[:16]}",
        aan=overdracht.email,
        onderwerp=_("Verslag van de spoedgevallendienst staat voor u klaar"),
        tekst=notice_text(kring, pickup_url(kring, token), overdracht.verloopt_op),
    )


def pickup_url(kring: Kring, token: str) -> str:
    """Return the link that only the recipient gets."""
    return settings.ADRES + reverse("verslag:ophalen", kwargs={"kring": kring.slug, "token": token})


def notice_text(kring: Kring, url: str, verloopt_op: datetime) -> str:
    """Return the text of the mail: who, where, until when. Nothing about the patient (S31)."""
    return _(
        "Geachte collega,\n\n"
        "Spoedgevallendienst %(kring)s heeft een verslag voor u klaargezet over een patiënt van "
        "uw praktijk.\n\n"
        "Haal het op via deze link. U krijgt een code op uw telefoon:\n%(url)s\n\n"
        "De link werkt tot en met %(tot)s en is alleen voor u bestemd.\n"
        "Vragen? Bel %(telefoon)s.\n\n"
        "Met vriendelijke groet,\nSpoedgevallendienst %(kring)s\n"
    ) % {
        "kring": kring.naam,
        "url": url,
        "tot": format_datum(verloopt_op),
        "telefoon": format_telefoon(kring.spoednummer),
    }


def record(
    gebeurtenis: str, actie: str, overdracht: Overdracht, by: Actor, *, uitkomst: str = "geslaagd"
) -> None:
    """Write the log line of a handover."""
    logboek.record(
        gebeurtenis,
        actie,
        by=by,
        kring_id=overdracht.kring_id,
        object_soort="overdracht",
        object_id=overdracht.pk,
        patient_id=overdracht.versie.verslag.dossier.patient_id,
        uitkomst=uitkomst,
    )
