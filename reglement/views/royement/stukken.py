"""The documents of a file, and the letter."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kern import logboek
from reglement.actions import royement as acties
from reglement.forms import royement as forms
from reglement.models import Royementstuk
from reglement.royement import brief, gang
from reglement.views.royement.pagina import find, with_form

# Whatever is in the file: it runs nothing, fetches nothing and stands in no page.
BELEID = "default-src 'none'; sandbox; frame-ancestors 'none'; form-action 'none'; base-uri 'none'"


@require_POST
def add_stuk(request, royement):
    """Put a document in the file."""
    royement = find(request, royement)
    form = forms.StukForm(request.POST, request.FILES)
    return with_form(
        request,
        royement,
        "stuk_form",
        form,
        lambda data: acties.add_stuk(
            royement, stuk=data["bestand"], omschrijving=data["omschrijving"], by=request.actor
        ),
        _("Het stuk zit in het dossier."),
    )


def stuk(request, royement, royementstuk):
    """Give a document; every look is logged."""
    row = get_object_or_404(Royementstuk, pk=royementstuk, royement=royement, kring=request.kring)
    logboek.note_read(
        "royement.stuk_gezien",
        by=request.actor,
        object_soort="royementstuk",
        object_id=row.pk,
    )
    return _pdf(bytes(row.inhoud), row.naam)


@require_POST
def letter(request, royement):
    """Give the letter; the first time that the practice takes it is noted as received."""
    royement = find(request, royement)
    dossier = gang.read(royement)
    stap = dossier.last(*gang.LETTERS)
    if stap is None or stap.soort not in gang.LETTERS:
        raise Http404
    content = brief.render(request.kring, dossier, stap)
    acties.collect_letter(royement, by=request.actor)
    logboek.record(
        "royement.brief", "E", by=request.actor, object_soort="royement", object_id=royement.pk
    )
    return _pdf(content, f"brief-dossier-{royement.nummer}.pdf")


def _pdf(content: bytes, naam: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(True, naam)
    response["Content-Security-Policy"] = BELEID
    return response
