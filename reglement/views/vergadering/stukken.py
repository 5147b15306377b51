"""Documents with a meeting: put in, given as a download, taken away."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from kern import logboek
from kring.formulierpagina import confirm_page, form_page
from reglement.actions import vergadering as acties
from reglement.forms.vergadering import StukForm
from reglement.models import Stuk
from reglement.pdfstuk import MIMETYPE
from reglement.views.vergadering.delen import meeting_of, page_of

# Whatever is in the file: it runs nothing, fetches nothing and stands in no page.
BELEID = "default-src 'none'; sandbox; frame-ancestors 'none'; form-action 'none'; base-uri 'none'"


def new(request, vergadering):
    """Put a document with the meeting or with one of its points."""
    row = meeting_of(request, vergadering)
    form = StukForm(
        request.POST or None,
        request.FILES or None,
        vergadering=row,
        initial={"agendapunt": request.GET.get("punt")},
    )
    return form_page(
        request,
        form,
        save=lambda velden: acties.add_document(
            row,
            stuk=velden["bestand"],
            omschrijving=velden["omschrijving"],
            agendapunt=velden["agendapunt"],
            by=request.actor,
        ),
        titel=_("Stuk toevoegen"),
        terug=page_of(row),
        gelukt=_("Het stuk is toegevoegd."),
        template="reglement/vergadering/stuk.html",
        vergadering=row,
    )


def download(request, stuk):
    """Give a document; every look is logged."""
    row = get_object_or_404(Stuk, pk=stuk, kring=request.kring)
    content = row.checked_content()
    logboek.note_read("stuk.gezien", by=request.actor, object_soort="stuk", object_id=row.pk)
    response = HttpResponse(content, content_type=MIMETYPE)
    response["Content-Disposition"] = content_disposition_header(True, row.naam)
    response["Content-Security-Policy"] = BELEID
    response["X-Content-Type-Options"] = "nosniff"
    return response


def remove(request, stuk):
    """Take a document away, as long as nobody was called."""
    row = get_object_or_404(
        Stuk.objects.select_related("vergadering__kring"), pk=stuk, kring=request.kring
    )
    return confirm_page(
        request,
        act=lambda: acties.remove_document(row, by=request.actor),
        titel=_("Stuk weghalen"),
        vraag=_("‘%s’ gaat weg bij deze vergadering.") % row.omschrijving,
        knop=_("Weghalen"),
        terug=page_of(row.vergadering),
        gelukt=_("Het stuk is weg."),
    )
