"""The FHIR document of a signed version, and the way to a server that takes one."""

import json
import ssl
import urllib.error

from django.conf import settings

from kern import https
from kern.kanalen import Later, Nooit
from verslag import fhir
from verslag.fhir import invarianten
from verslag.fhir.codes import SOORTEN
from verslag.models import Bijlage, Verslagversie
from verslag.pdf import pdf_of
from verslag.weergave import attachment_filename

MIMETYPE = "application/fhir+json"


class FhirOngeldig(Exception):
    """Our own document has faults; it does not leave. Names kinds and places, no values."""


def fhir_of(versie: Verslagversie) -> bytes:
    """Return the R4 document of a signed version as JSON, letter and readable images inside.

    The same bytes every time. Raises `FhirOngeldig` when a check fails, `BijlageVervangen` when an
    attachment is not the one that was signed.
    """
    bundle = fhir.document(versie.inhoud, pdf=pdf_of(versie), beelden=_images(versie))
    faults = invarianten.check(bundle)
    if faults:
        raise FhirOngeldig("; ".join(f"{fault.soort} {fault.plaats}" for fault in faults))
    return json.dumps(bundle, ensure_ascii=False, separators=(",", ":")).encode()


def _images(versie: Verslagversie) -> list[fhir.Beeld]:
    """What is in quarantine stays out, as it does in the pick-up."""
    rows = Bijlage.objects.filter(in_versies__versie=versie).select_related("verslag__oproep")
    return [
        fhir.Beeld(
            attachment_filename(row),
            row.omschrijving,
            row.mimetype,
            row.checked_content(versie),
            SOORTEN[row.aard],
        )
        for row in rows
        if row.is_leesbaar
    ]


def filename(versie: Verslagversie) -> str:
    """Return a name for the download; no patient data."""
    return f"verslag-{versie.inhoud['oproep']['nummer']}-versie-{versie.nummer}.fhir.json"


class FhirServer:
    """A server that takes a document by POST on its base address (R4, 3.3.3), with a bearer key.

    Outside our walls, so behind this adapter with a contract test. `sleutel` travels in a header,
    never in the address, and no redirect is followed. `ca` (PEM): whom we trust to know this
    server, and nobody else; without it, whom the machine trusts.
    """

    def __init__(self, url: str = "", sleutel: str = "", ca: str = "") -> None:
        self._url = url or settings.FHIR_URL
        self._sleutel = sleutel or settings.FHIR_SLEUTEL
        self._context = ssl.create_default_context(cadata=ca) if ca else None

    def send(self, document: bytes) -> None:
        """Hand over; 4xx is final (except 408 and 429), everything else is tried again."""
        if not self._url.startswith("https://"):
            raise Later("SPOED_FHIR_URL is niet ingesteld")
        try:
            https.ask(
                self._url,
                data=document,
                headers={
                    "Content-Type": f"{MIMETYPE}; fhirVersion=4.0",
                    "Accept": MIMETYPE,
                    "Prefer": "return=minimal",
                    "Authorization": f"Bearer {self._sleutel}",
                },
                context=self._context,
            )
        except urllib.error.HTTPError as error:
            error.close()
            final = 400 <= error.code < 500 and error.code not in (408, 429)
            raise (Nooit if final else Later)(f"fhir-server antwoordt {error.code}") from error
        except OSError as error:
            raise Later(f"fhir-server: {type(error).__name__}") from error
