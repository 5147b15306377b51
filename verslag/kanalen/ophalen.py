"""Pick-up: a notice by mail with a link, and a code over another channel (NTA 7516)."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from kern import outbox
from kern.models import Zending
from kern.tijd import db_now
from kern.weergave import format_datum, format_telefoon
from kring.models import Kring
from verslag.models import Overdracht

GELDIG = timedelta(days=30)


def hash_token(token: str) -> str:
    """Return what the database keeps of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def issue(overdracht: Overdracht) -> None:
    """Give the handover a new token and put its notice in the outbox."""
    token = secrets.token_urlsafe(32)
    overdracht.token_hash = hash_token(token)
    overdracht.verloopt_op = db_now() + GELDIG
    overdracht.bericht = _enqueue_notice(overdracht, token)


def clear(overdracht: Overdracht) -> None:
    """Forget the link and its code; the codes of the day stay counted."""
    overdracht.token_hash = ""
    overdracht.verloopt_op = None
    overdracht.code_hash = ""
    overdracht.code_pogingen = 0


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
