"""A version on paper (PDF/UA): the text, the readings, the parties and who signed."""

from django.template.loader import render_to_string

from kern.pdf import to_pdf
from kern.tijd import db_now, to_local
from reglement.geldend import lezing_of
from reglement.kiesregister import members_on
from reglement.lezing import LEESPUNTEN
from reglement.models import Reglementversie
from reglement.versies.lezen import articles_of
from reglement.versies.tekenstand import Tekenstand


def render(versie: Reglementversie, stand: Tekenstand | None) -> bytes:
    """Return the version as PDF; without `stand` no signatures are on it."""
    lezing = lezing_of(versie)
    context = {
        "versie": versie,
        "kring": versie.kring,
        "naam": versie.variabelen.get("0.naam") or versie.kring.naam,
        "artikelen": articles_of(versie),
        "partijen": parties_of(versie),
        "lezingen": [(punt, punt.choice(lezing)) for punt in LEESPUNTEN],
        "stand": stand if versie.nummer else None,
    }
    return to_pdf(
        render_to_string("reglement/regels/reglement_pdf.html", context), "css/reglement_pdf.css"
    )


def parties_of(versie: Reglementversie) -> list[tuple[str, str]]:
    """Return (practice, vertegenwoordiger): as adopted, or of today for a draft."""
    head = versie.inhoud.get("aanhef")
    if head:
        return [(praktijk, naam) for praktijk, naam in head["partijen"]]
    return [
        (lid.deelnemer.naam, lid.vertegenwoordiger.naam if lid.vertegenwoordiger else "")
        for lid in members_on(versie.kring_id, to_local(db_now()).date())
    ]
