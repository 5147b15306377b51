"""The minutes: read, written, laid before who was there, answered, adopted, on paper."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from kern import logboek
from kern.tijd import db_now
from kring.formulierpagina import confirm_page, form_page
from kring.models import Deelnemer
from reglement.actions import vergadering as acties
from reglement.actions.vergadering.notulen import attended, minutes_standing
from reglement.forms.vergadering import (
    NotulenAntwoordForm,
    NotulenForm,
    NotulenVaststellenForm,
)
from reglement.models import Notulen
from reglement.vergadering import papier
from reglement.views.vergadering.delen import is_coordinator, page_of, presides, represented

Status = Notulen.Status


def _minutes(request, vergadering) -> Notulen:
    rows = Notulen.objects.select_related(
        "vergadering__kring",
        "vergadering__versie",
        "vergadering__voorzitter",
        "vastgesteld_door",
    )
    return get_object_or_404(rows, vergadering=vergadering, kring=request.kring)


def show(request, vergadering):
    """Show the minutes with what those who were there said of them; a draft to its writers only."""
    row = _minutes(request, vergadering)
    writes = presides(request, row.vergadering)
    if row.status == Status.CONCEPT and not writes:
        return render(
            request, "reglement/vergadering/notulen_straks.html", {"vergadering": row.vergadering}
        )
    logboek.note_read("notulen.gelezen", by=request.actor, object_soort="notulen", object_id=row.pk)
    there = attended(row)
    given: dict = {}
    if row.ronde:
        for line in row.akkoorden.filter(ronde=row.ronde).order_by("op"):
            given[line.deelnemer_id] = line
    own = represented(request)
    practices = Deelnemer.objects.filter(pk__in=there).order_by("naam")
    context = {
        "notulen": row,
        "vergadering": row.vergadering,
        "stand": minutes_standing(row) if row.status == Status.VOORGELEGD else None,
        "antwoorden": [
            (practice, given.get(practice.pk))
            for practice in practices
            if is_coordinator(request) or practice.pk in own
        ],
        "eigen": own,
        "schrijft": writes,
        "is_coordinator": is_coordinator(request),
    }
    return render(request, "reglement/vergadering/notulen.html", context)


def write(request, vergadering):
    """Change the text; what a second writer typed stays when the first one was earlier."""
    row = _minutes(request, vergadering)
    form = NotulenForm(request.POST or None, initial={"tekst": row.tekst, "gezien": row.versie})
    return form_page(
        request,
        form,
        save=lambda velden: acties.write_minutes(
            row, tekst=velden["tekst"], gezien=velden["gezien"], by=request.actor
        ),
        titel=_("Notulen schrijven"),
        terug=page_of(row.vergadering, "notulen"),
        gelukt=_("De notulen zijn bewaard."),
        template="reglement/vergadering/notulen_schrijven.html",
        notulen=row,
    )


def submit(request, vergadering):
    """Lay the minutes before those who were there."""
    row = _minutes(request, vergadering)
    return confirm_page(
        request,
        act=lambda: acties.submit_minutes(row, by=request.actor),
        titel=_("Notulen voorleggen"),
        vraag=_(
            "Iedereen die bij de vergadering was krijgt een mail en heeft een week om te zeggen "
            "wat er niet klopt. Wie niets zegt, gaat akkoord."
        ),
        knop=_("Voorleggen en mailen"),
        terug=page_of(row.vergadering, "notulen"),
        gelukt=_("De notulen liggen bij wie erbij was."),
    )


def take_back(request, vergadering):
    """Take the minutes back to mend something."""
    row = _minutes(request, vergadering)
    return confirm_page(
        request,
        act=lambda: acties.take_back_minutes(row, by=request.actor),
        titel=_("Notulen terugnemen"),
        vraag=_("Je kunt ze dan verbeteren. Daarna leg je ze opnieuw voor aan iedereen."),
        knop=_("Terugnemen"),
        terug=page_of(row.vergadering, "notulen"),
        gelukt=_("De notulen zijn weer een concept."),
    )


def adopt(request, vergadering):
    """Fix the minutes and send everybody the decisions."""
    row = _minutes(request, vergadering)
    stand = minutes_standing(row) if row.status == Status.VOORGELEGD else None
    return form_page(
        request,
        NotulenVaststellenForm(request.POST if request.method == "POST" else None),
        save=lambda velden: acties.adopt_minutes(row, by=request.actor, **velden),
        titel=_("Notulen vaststellen"),
        terug=page_of(row.vergadering, "notulen"),
        gelukt=_("De notulen staan vast. Alle deelnemers krijgen de besluiten."),
        template="reglement/vergadering/notulen_vaststellen.html",
        notulen=row,
        stand=stand,
    )


def reply(request, vergadering, deelnemer):
    """The answer of a practice that was there."""
    row = _minutes(request, vergadering)
    praktijk = get_object_or_404(Deelnemer, pk=deelnemer, kring=request.kring)
    return form_page(
        request,
        NotulenAntwoordForm(request.POST or None),
        save=lambda velden: acties.answer_minutes(
            row, deelnemer=praktijk, by=request.actor, **velden
        ),
        titel=_("Notulen: antwoord van %s") % praktijk.naam,
        terug=page_of(row.vergadering, "notulen"),
        gelukt=_("Dank je, je antwoord is genoteerd."),
    )


def paper(request, vergadering):
    """Give the minutes as PDF."""
    row = _minutes(request, vergadering)
    if row.status == Status.CONCEPT and not presides(request, row.vergadering):
        return render(
            request, "reglement/vergadering/notulen_straks.html", {"vergadering": row.vergadering}
        )
    logboek.note_read("notulen.gelezen", by=request.actor, object_soort="notulen", object_id=row.pk)
    response = HttpResponse(papier.render(row, db_now()), content_type="application/pdf")
    name = f"notulen-{row.vergadering.dag:%Y-%m-%d}.pdf"
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response
