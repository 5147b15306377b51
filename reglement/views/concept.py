"""Writing a draft: an article at a time, the readings, and throwing it away."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kring.formulierpagina import confirm_page
from reglement.actions import reglement as acties
from reglement.forms.regels import PAGINAS, ArtikelForm, LezingForm, page_of
from reglement.geldend import lezing_of
from reglement.inhoud.artikelen import build
from reglement.inhoud.variabelen import open_variables
from reglement.models import Reglementversie
from reglement.versies.lezen import objections_to

Status = Reglementversie.Status


def nieuw(request):
    """Begin a draft: of the version in force, of our own model, or of an older version."""
    van = None
    if request.GET.get("van"):
        rows = Reglementversie.objects.filter(kring=request.kring).exclude(status=Status.CONCEPT)
        try:
            van = get_object_or_404(rows, pk=request.GET["van"])
        except ValidationError as error:
            raise Http404 from error
    made: list[Reglementversie] = []
    answer = confirm_page(
        request,
        act=lambda: made.append(
            acties.start_draft(kring_id=request.kring.pk, van=van, by=request.actor)
        ),
        titel=_("Nieuw concept"),
        vraag=_question(van),
        knop=_("Begin een concept"),
        terug=reverse("reglement:regels", kwargs={"kring": request.kring.slug}),
        gelukt=_("Het concept is er. Alleen coördinatoren zien het."),
    )
    return redirect(_to(request, "versie", made[0])) if made else answer


def artikel(request, reglementversie, pagina):
    """One page of the form: what the article leaves open, and an own text for it."""
    if pagina not in PAGINAS:
        raise Http404
    row = find_draft(request, reglementversie)
    form = ArtikelForm(request.POST or None, pagina=pagina, versie=row)
    if request.method == "POST" and form.is_valid():
        try:
            acties.save_article(
                row,
                pagina=pagina,
                waarden=form.waarden,
                tekst=form.cleaned_data.get("tekst"),
                gezien=seen_number(request),
                by=request.actor,
            )
        except ValidationError as error:
            form.add_error(None, error)
            row.refresh_from_db()
        else:
            messages.success(request, _("Bewaard."))
            if "verder" in request.POST:
                return redirect(_next(request, row, pagina))
            return redirect(_to(request, "artikel", row, pagina=pagina))
    context = {
        "versie": row,
        "pagina": pagina,
        "titel": PAGINAS[pagina],
        "paginas": _pages(row),
        "form": form,
        "onze_tekst": next(
            (art for art in build(row.variabelen, {}) if art.nummer == pagina), None
        ),
        "bezwaren": [bezwaar for bezwaar in objections_to(row) if bezwaar.pagina == pagina],
    }
    return render(
        request,
        "reglement/regels/artikel.html",
        context,
        status=422 if form.is_bound else 200,
    )


def lezingen(request, reglementversie):
    """How the kring reads the unclear places."""
    row = find_draft(request, reglementversie)
    form = LezingForm(request.POST or None, lezing=lezing_of(row))
    if request.method == "POST" and form.is_valid():
        try:
            acties.save_lezing(
                row, lezing=form.lezing, gezien=seen_number(request), by=request.actor
            )
        except ValidationError as error:
            form.add_error(None, error)
            row.refresh_from_db()
        else:
            messages.success(request, _("Bewaard."))
            return redirect(_to(request, "lezingen", row))
    context = {"versie": row, "form": form, "paginas": _pages(row), "pagina": "lezingen"}
    return render(
        request,
        "reglement/regels/lezingen.html",
        context,
        status=422 if form.is_bound else 200,
    )


def bijwerken(request, reglementversie):
    """Put the changes of a draft on the version that was adopted since."""
    row = find_draft(request, reglementversie)
    return confirm_page(
        request,
        act=lambda: acties.refresh_draft(row, by=request.actor),
        titel=_("Concept bijwerken"),
        vraag=_(
            "Sinds dit concept begon, is er een nieuwe versie vastgesteld. Je wijzigingen komen op "
            "die versie. Kijk daarna bij Verschil of alles klopt."
        ),
        knop=_("Werk het concept bij"),
        terug=_to(request, "versie", row),
        gelukt=_("Het concept gaat nu uit van de nieuwste versie."),
    )


def weggooien(request, reglementversie):
    """Throw a draft away."""
    row = find_draft(request, reglementversie)
    return confirm_page(
        request,
        act=lambda: acties.discard_draft(row, by=request.actor),
        titel=_("Concept weggooien"),
        vraag=_("Alles wat in dit concept is ingevuld, is daarna weg."),
        knop=_("Gooi het concept weg"),
        terug=reverse("reglement:regels", kwargs={"kring": request.kring.slug}),
        gelukt=_("Het concept is weg."),
    )


def find_draft(request, pk) -> Reglementversie:
    rows = Reglementversie.objects.select_related("vorige", "kring")
    return get_object_or_404(rows, pk=pk, kring=request.kring, status=Status.CONCEPT)


def _question(van: Reglementversie | None) -> str:
    if van is not None:
        return _("Het concept begint als kopie van %(versie)s.") % {"versie": van}
    return _(
        "Het concept begint met wat nu geldt. Is er nog geen reglement, dan begint het met een "
        "voorstel in onze woorden; vul daarna in wat alleen jullie weten."
    )


def _pages(versie: Reglementversie) -> list[tuple[str, str, int]]:
    """Return (page, title, open places) of every page of the form."""
    still = [page_of(var) for var in open_variables(versie.variabelen)]
    return [(pagina, titel, still.count(pagina)) for pagina, titel in PAGINAS.items()]


def _next(request, versie: Reglementversie, pagina: str) -> str:
    """Return the page after this one; the version itself after the last."""
    pages = list(PAGINAS)
    place = pages.index(pagina) + 1
    if place == len(pages):
        return _to(request, "lezingen", versie)
    return _to(request, "artikel", versie, pagina=pages[place])


def seen_number(request) -> int:
    """Return the number of the text that the page of this request showed; -1 without one."""
    text = request.POST.get("gezien", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else -1


def _to(request, route: str, versie: Reglementversie, **more) -> str:
    values = {"kring": request.kring.slug, "reglementversie": versie.pk, **more}
    return reverse(f"reglement:{route}", kwargs=values)
