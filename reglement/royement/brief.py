"""The decision in writing, with its reasons: the letter to the practice (9.2g, 9.2h)."""

from datetime import date

from django.template.loader import render_to_string

from kern import pdf
from kring.models import Kring
from reglement.geldend import variabelen_of
from reglement.models import Royement, Royementstap
from reglement.royement import gang

STIJL = "css/verslag_pdf.css"
"""The style of every letter of the house."""


def render(kring: Kring, dossier: gang.Dossier, stap: Royementstap) -> bytes:
    """Return the letter about a step as PDF/UA; made anew each time from what never changes."""
    return pdf.to_pdf(
        render_to_string("reglement/royement/brief_pdf.html", context_of(kring, dossier, stap)),
        STIJL,
    )


def context_of(kring: Kring, dossier: gang.Dossier, stap: Royementstap) -> dict:
    royement = dossier.royement
    return {
        "kring": kring,
        "royement": royement,
        "dossier": dossier,
        "stap": stap,
        "stemming": dossier.last(gang.Soort.STEMMEN),
        "gehoord": dossier.last(gang.Soort.HOREN),
        "voorwaarden": stap.voorwaarden.splitlines(),
        "einde": date.fromisoformat(einde)
        if (einde := stap.gegevens.get("termijn_einde"))
        else None,
        "is_vereniging": is_association(royement),
    }


def is_association(royement: Royement) -> bool:
    """Whether the kring is a vereniging: then BW 2:35 holds beside the rules (RG-14)."""
    return variabelen_of(royement.versie).is_vereniging
