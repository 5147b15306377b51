"""The minutes on paper, PDF/UA-1; made anew each time, the text itself is what is kept."""

from datetime import datetime

from django.template.loader import render_to_string

from kern.pdf import to_pdf
from reglement.models import Besluit, Notulen

STIJL = "css/notulen_pdf.css"


def render(notulen: Notulen, nu: datetime) -> bytes:
    """Return the minutes with the decisions and, once adopted, their fingerprint."""
    vergadering = notulen.vergadering
    decisions = Besluit.objects.filter(agendapunt__vergadering=vergadering).order_by("nummer")
    context = {
        "notulen": notulen,
        "vergadering": vergadering,
        "kring": vergadering.kring,
        "alineas": [part for part in notulen.tekst.split("\n\n") if part.strip()],
        "besluiten": decisions,
        "nu": nu,
    }
    return to_pdf(render_to_string("reglement/vergadering/notulen_pdf.html", context), STIJL)
