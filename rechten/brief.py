"""The letter about a request: granted, refused, or that it takes longer; made anew each time."""

from datetime import datetime

from django.template.loader import render_to_string

from kring.models import Kring
from rechten import lezen
from rechten.models import Patientverzoek
from verslag.pdf import to_pdf


def render(kring: Kring, verzoek: Patientverzoek, nu: datetime) -> bytes:
    """Return the letter as PDF/UA, in the words of the newest step."""
    context = {
        "kring": kring,
        "verzoek": verzoek,
        "nu": nu,
        "term": lezen.term_of(verzoek),
        "verklaringen": lezen.statements_of(verzoek),
    }
    return to_pdf(render_to_string("rechten/brief_pdf.html", context))
