"""Pick-up: a notice by mail with a link, a code over another channel, a sealed package between.

The package is filled just before its notice leaves (`prepare`, in the worker that delivers): the
link never arrives before there is something to open, and signing waits for no letter. Where the
token is at each moment: docs/besluiten/0035.
"""

import logging
import re
from collections.abc import Callable
from datetime import timedelta
from email import message_from_bytes, policy

from django.conf import settings
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext as _

from kern import outbox
from kern.kanalen import Later, Nooit
from kern.models import Zending
from kern.tenancy import kring_context
from kern.tijd import db_now
from kern.weergave import format_moment, format_telefoon, is_landline
from kring.models import Kring
from verslag import zegel
from verslag.fhir_uit import MIMETYPE, FhirOngeldig, fhir_of
from verslag.fhir_uit import filename as fhir_filename
from verslag.models import Bijlage, Overdracht, Pakket, Pakketdeel, Verslagversie
from verslag.pakketinhoud import Pakketinhoud, Stuk, fingerprint
from verslag.pdf import filename, pdf_of
from verslag.weergave import attachment_filename, thumbnail_of

log = logging.getLogger(__name__)

WACHT_OP_SCANNER = timedelta(minutes=15)
"""How long a notice waits for the virus scanner; then it leaves, and says what did not come."""

_LINK = re.compile(r"/ophalen/([^/\s]+)/")


def issue(overdracht: Overdracht) -> None:
    """Give the handover a link and put its notice in the outbox; the caller closed the old one."""
    earlier = Pakket.objects.filter(overdracht=overdracht).order_by("aangemaakt_op").last()
    pakket = _address(
        overdracht.versie,
        overdracht=overdracht,
        naam=overdracht.naam,
        email=overdracht.email,
        telefoon=overdracht.telefoon,
        # A new link gives no new guesses: the codes of the day stay counted.
        codes_verstuurd=earlier.codes_verstuurd if earlier else 0,
        codes_sinds=earlier.codes_sinds if earlier else None,
    )
    overdracht.verloopt_op = pakket.verloopt_op
    overdracht.bericht = pakket.bericht
    # The package points at the handover, and the handover must have its notice.
    overdracht.save()
    pakket.save(force_insert=True)


def close(overdracht: Overdracht, einde: str) -> None:
    """Close the living link of this handover, if it has one."""
    for pakket in Pakket.objects.filter(overdracht=overdracht, gesloten_op__isnull=True):
        close_pakket(pakket, einde)


def make_pakket(
    versie: Verslagversie, *, naam: str, email: str, telefoon: str, voor: str
) -> Pakket:
    """Make a link to a signed version that is no handover, and put its notice in the outbox.

    `email` gets the link, `telefoon` (E.164) the code: a text message, or read out on a landline.
    """
    pakket = _address(versie, naam=naam, email=email, telefoon=telefoon, voor=voor)
    pakket.save(force_insert=True)
    return pakket


def _address(versie: Verslagversie, **fields) -> Pakket:
    """Return a package with a fresh link, its notice in the outbox; the caller saves it.

    Only the mail knows the token, and it is wiped once it was accepted.
    """
    kring = Kring.objects.get(pk=versie.kring_id)
    token = zegel.new_token()
    pakket = Pakket(
        kring_id=versie.kring_id,
        versie=versie,
        token_hash=zegel.hash_token(token),
        verloopt_op=db_now() + timedelta(days=kring.ophaal_dagen),
        **fields,
    )
    onderwerp, tekst = _NOTICES[pakket.voor](pakket, kring, pickup_url(kring, token))
    pakket.bericht = outbox.enqueue_mail(
        kring_id=kring.pk,
        sleutel=f"overdracht|{pakket.pk}",
        aan=pakket.email,
        onderwerp=onderwerp,
        tekst=tekst,
        eenmalig=True,
    )
    return pakket


def close_pakket(pakket: Pakket, einde: str) -> bool:
    """Destroy the content and the mail with the link; False when that had been done already."""
    closed = Pakket.objects.filter(pk=pakket.pk, gesloten_op__isnull=True).update(
        gesloten_op=Now(), einde=einde, code_hash="", gewijzigd_op=Now()
    )
    if closed:
        Pakketdeel.objects.filter(pakket=pakket).delete()
        outbox.withdraw(pakket.bericht)
    return bool(closed)


# --- filling, in the worker


def prepare(zending: Zending, body: bytes) -> None:
    """Fill the package that this mail holds the link of, before it leaves; other mail passes."""
    if zending.soort != Zending.Soort.MAIL or not zending.eenmalig:
        return
    with kring_context(zending.kring_id):
        pakket = (
            Pakket.objects.select_related("versie__verslag__oproep").filter(bericht=zending).first()
        )
        if pakket is not None:
            fill(pakket, token_in(body, pakket.token_hash))


def token_in(body: bytes, token_hash: str) -> str:
    """Return the token of the link in a notice."""
    text = message_from_bytes(body, policy=policy.default).get_content()
    for token in _LINK.findall(text):
        if zegel.hash_token(token) == token_hash:
            return token
    raise Nooit("de link hoort niet bij het pakket")


def fill(pakket: Pakket, token: str) -> None:
    """Seal the version with its letter and attachments under the token; once."""
    if pakket.gevuld_op:
        return
    inhoud, contents = collect(pakket.versie, wait=_may_wait(pakket))
    # Whoever closes the package holds this row: after that nothing is put in any more.
    alive = Pakket.objects.select_for_update(no_key=True).filter(
        pk=pakket.pk, gesloten_op__isnull=True, gevuld_op__isnull=True
    )
    if not alive.exists():
        return
    parts = {0: inhoud.to_bytes(), **contents}
    Pakketdeel.objects.bulk_create(
        Pakketdeel(
            kring_id=pakket.kring_id,
            pakket=pakket,
            nummer=nummer,
            inhoud=zegel.seal(token, plain, deel=nummer),
        )
        for nummer, plain in parts.items()
    )
    Pakket.objects.filter(pk=pakket.pk).update(gevuld_op=Now(), gewijzigd_op=Now())


def _may_wait(pakket: Pakket) -> bool:
    return db_now() < pakket.aangemaakt_op + WACHT_OP_SCANNER


def collect(versie: Verslagversie, *, wait: bool) -> tuple[Pakketinhoud, dict[int, bytes]]:
    """Return what goes in a package of this version: its table of contents, and part → bytes.

    `Later` while the virus scanner owes a verdict on an attachment and the notice may `wait`.
    """
    rows = list(
        Bijlage.objects.with_thumbnails()
        .filter(in_versies__versie=versie)
        .select_related("verslag__oproep")
    )
    if wait and any(row.scan == Bijlage.Scan.WACHT for row in rows):
        raise Later("een bijlage wacht op de virusscanner")
    contents: dict[int, bytes] = {}

    def file(soort: str, bestand: str, mimetype: str, content: bytes, **details) -> Stuk:
        deel = len(contents) + 1
        contents[deel] = content
        return Stuk(deel, soort, bestand, mimetype, len(content), fingerprint(content), **details)

    stukken = [file("pdf", filename(versie), "application/pdf", pdf_of(versie))]
    try:
        document = fhir_of(versie)
    except FhirOngeldig:
        # Our own fault, and no reason to keep the letter from who needs it.
        log.exception("The FHIR document of version %s stays out of its package.", versie.pk)
    else:
        stukken.append(file("fhir", fhir_filename(versie), MIMETYPE, document))
    for bijlage in rows:
        stukken.append(_attachment(bijlage, versie, file))
    inhoud = Pakketinhoud(
        str(versie.pk), versie.nummer, versie.sha256, versie.inhoud, tuple(stukken)
    )
    return inhoud, contents


def _attachment(bijlage: Bijlage, versie: Verslagversie, file: Callable[..., Stuk]) -> Stuk:
    details = {
        "id": str(bijlage.pk),
        "nummer": bijlage.nummer,
        "naam": bijlage.naam,
        "omschrijving": bijlage.omschrijving,
        "aard": str(bijlage.soortnaam),
    }
    name = attachment_filename(bijlage)
    if not bijlage.is_leesbaar:
        reason = "virus" if bijlage.scan == Bijlage.Scan.BESMET else "wacht"
        return Stuk(
            0, "bijlage", name, bijlage.mimetype, bijlage.grootte, ontbreekt=reason, **details
        )
    content = bijlage.checked_content(versie)
    return file(
        "bijlage", name, bijlage.mimetype, content, miniatuur=thumbnail_of(bijlage), **details
    )


# --- the notice


def pickup_url(kring: Kring, token: str) -> str:
    """Return the link that only the recipient gets."""
    return settings.ADRES + reverse("verslag:ophalen", kwargs={"kring": kring.slug, "token": token})


def _to_colleague(pakket: Pakket, kring: Kring, url: str) -> tuple[str, str]:
    """Subject and text: who, where, until when. Nothing about the patient (S31)."""
    words = _words(pakket, kring, url)
    if pakket.versie.nummer > 1:
        # The mail of a correction must not look like the one that was read already.
        return _("Verbeterd verslag van de spoedgevallendienst staat voor u klaar"), _(
            "Geachte collega,\n\n"
            "Spoedgevallendienst %(kring)s heeft een verslag over een patiënt van uw praktijk "
            "verbeterd. Kreeg u het eerdere verslag al? Dan komt dit ervoor in de plaats. Bovenaan "
            "staat waarom het is verbeterd.\n\n"
            "Haal het op via deze link. %(code)s\n%(url)s\n\n"
            "De link werkt tot %(tot)s en is alleen voor u bestemd.\n"
            "Vragen? Bel %(telefoon)s.\n\n"
            "Met vriendelijke groet,\nSpoedgevallendienst %(kring)s\n"
        ) % words
    return _("Verslag van de spoedgevallendienst staat voor u klaar"), _(
        "Geachte collega,\n\n"
        "Spoedgevallendienst %(kring)s heeft een verslag voor u klaargezet over een patiënt van "
        "uw praktijk.\n\n"
        "Haal het op via deze link. %(code)s\n%(url)s\n\n"
        "De link werkt tot %(tot)s en is alleen voor u bestemd.\n"
        "Vragen? Bel %(telefoon)s.\n\n"
        "Met vriendelijke groet,\nSpoedgevallendienst %(kring)s\n"
    ) % words


def _to_patient(pakket: Pakket, kring: Kring, url: str) -> tuple[str, str]:
    return _("Er staat iets voor u klaar bij de spoedgevallendienst"), _(
        "Geachte heer of mevrouw,\n\n"
        "U vroeg Spoedgevallendienst %(kring)s om gegevens. Ze staan voor u klaar.\n\n"
        "Open deze link. %(code)s\n%(url)s\n\n"
        "De link werkt tot %(tot)s en is alleen voor u.\n"
        "Vragen? Bel %(telefoon)s.\n\n"
        "Met vriendelijke groet,\nSpoedgevallendienst %(kring)s\n"
    ) % _words(pakket, kring, url)


_NOTICES: dict[str, Callable[[Pakket, Kring, str], tuple[str, str]]] = {
    Pakket.Voor.COLLEGA: _to_colleague,
    Pakket.Voor.PATIENT: _to_patient,
}


def _words(pakket: Pakket, kring: Kring, url: str) -> dict:
    return {
        "kring": kring.naam,
        "url": url,
        "code": _("Wij bellen u op en lezen een code voor:")
        if is_landline(pakket.telefoon)
        else _("U krijgt een code op uw telefoon:"),
        "tot": format_moment(pakket.verloopt_op),
        "telefoon": format_telefoon(kring.spoednummer),
    }
