"""The report as the content of a mail: for an envelope that only the recipient opens."""

import logging
from email.message import EmailMessage

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kern.weergave import format_telefoon
from verslag import fhir_uit
from verslag.kanalen.feiten import attachments_of
from verslag.models import Verslagversie
from verslag.pdf import filename, pdf_of
from verslag.weergave import attachment_filename

log = logging.getLogger(__name__)

ONDERWERP = gettext_lazy("Verslag van de spoedgevallendienst")
"""Outside the envelope, so it names no patient (S31)."""


def fill(message: EmailMessage, versie: Verslagversie) -> EmailMessage:
    """Put the letter, its FHIR document and the attachments of a version in a message."""
    kring = versie.inhoud["kring"]
    message.set_content(
        _(
            "Geachte collega,\n\n"
            "Hierbij het verslag van spoedgevallendienst %(kring)s over een patiënt van uw "
            "praktijk. U vindt het in de bijlagen.\n\n"
            "Vragen? Bel %(telefoon)s.\n\n"
            "Met vriendelijke groet,\nSpoedgevallendienst %(kring)s\n"
        )
        % {"kring": kring["naam"], "telefoon": format_telefoon(kring["spoednummer"])}
    )
    _attach(message, pdf_of(versie), "application/pdf", filename(versie))
    try:
        document = fhir_uit.fhir_of(versie)
    except fhir_uit.FhirOngeldig:
        # The letter says it all; a fault in our own document is no reason to keep it from anybody.
        log.exception("No FHIR document for version %s.", versie.pk)
    else:
        _attach(message, document, fhir_uit.MIMETYPE, fhir_uit.filename(versie))
    for bijlage in attachments_of(versie).select_related("verslag__oproep"):
        _attach(
            message,
            bijlage.checked_content(versie),
            bijlage.mimetype,
            attachment_filename(bijlage),
        )
    return message


def _attach(message: EmailMessage, content: bytes, mimetype: str, name: str) -> None:
    maintype, _slash, subtype = mimetype.partition("/")
    message.add_attachment(content, maintype=maintype, subtype=subtype, filename=name)
