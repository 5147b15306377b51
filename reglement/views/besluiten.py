"""The decisions of the kring, each with its proof to take along."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from kern import logboek
from reglement.bundel.controleer_besluit import as_file, pack
from reglement.stemmen.inzage import decisions_for

PER_PAGINA = 25


def besluiten(request):
    """All decisions, the newest first."""
    rows = decisions_for(request.actor).select_related(
        "agendapunt__vergadering", "versie", "stemming__herstemming__besluit"
    )
    page = Paginator(rows, PER_PAGINA).get_page(request.GET.get("pagina"))
    return render(request, "reglement/stemmen/besluiten.html", {"pagina": page})


def besluit(request, besluit):
    """One decision: what, when, under which rules, and how to check it."""
    rows = decisions_for(request.actor).select_related(
        "agendapunt__vergadering", "versie", "stemming__herstemming__besluit"
    )
    row = get_object_or_404(rows, pk=besluit)
    context = {"besluit": row, "uitslag": row.bundel.get("uitslag")}
    return render(request, "reglement/stemmen/besluit.html", context)


def bundel(request, besluit):
    """The proof as a file: facts, check number and the program that computes the result again."""
    row = get_object_or_404(decisions_for(request.actor), pk=besluit)
    logboek.note_read("besluit.bundel", by=request.actor, object_soort="besluit", object_id=row.pk)
    response = HttpResponse(pack(as_file(row.bundel)), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="besluit-{row.nummer}.zip"'
    return response
