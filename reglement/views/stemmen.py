"""The chair's side of a vote: open it, close it, take it back, propose to hold it again."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kring.models import Deelnemer
from reglement.actions import stemmen as acties
from reglement.actions.vergadering.agenda import subject_of as about
from reglement.besluitvorming import secrecy_warning, turning_points
from reglement.forms.stemmen import StemmingForm
from reglement.models import Agendapunt, Stemming
from reglement.stembeletsel import objections
from reglement.stemmen.bezwaren import Zaal, other_vote, quorum_objections, room_of
from reglement.stemmen.inzage import OVER_EEN_PRAKTIJK, votes_for
from reglement.stemmen.opgave import NietInStemming, Opgave, opgave_for
from reglement.stemmen.stand import read_stand


def seen_step(request) -> int | None:
    """Return the step of the meeting that this page showed, None without one."""
    text = request.POST.get("stap", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else None


def vote_of(request, pk) -> Stemming:
    """Return a vote that this person may see, with its meeting."""
    rows = votes_for(request.actor).select_related(
        "agendapunt__vergadering__voorzitter", "betrokkene", "geopend_door", "herstemming_van"
    )
    return get_object_or_404(rows, pk=pk)


def stemming_openen(request, agendapunt):
    """Prepare a vote: who is there, what majority, what another reading would give; and open it."""
    punt = get_object_or_404(
        Agendapunt.objects.select_related("vergadering__voorzitter", "vergadering__versie"),
        pk=agendapunt,
        kring=request.kring,
    )
    try:
        opgave = opgave_for(punt)
    except NietInStemming as error:
        context = {"punt": punt, "niet": str(error), "terug": _meeting_url(request, punt)}
        return render(request, "reglement/stemmen/openen.html", context)
    subject = subject_of(punt)
    form = StemmingForm(
        request.POST if request.method == "POST" else None,
        initial={
            "vraag": _("Stem je in met dit voorstel?"),
            # What a subject decides is its title. The note with another point explains it, and is
            # not the decision: that the chair writes down.
            "voorstel": punt.titel if about(punt) else "",
            "geheim": punt.besluitsoort in ("bestuur", "coordinator"),
        },
        praktijken=_practices(punt, opgave) if subject is None else (),
    )
    if request.method == "POST" and form.is_valid():
        try:
            stemming = acties.open_stemming(
                punt,
                vraag=form.cleaned_data["vraag"],
                voorstel=form.cleaned_data["voorstel"],
                geheim=form.cleaned_data["geheim"],
                betrokkene=subject or _chosen(form, punt),
                gezien=seen_step(request),
                by=request.actor,
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("De stemming is open. Iedereen ziet nu de vraag."))
            return redirect(
                "reglement:leiden",
                kring=request.kring.slug,
                vergadering=stemming.agendapunt.vergadering_id,
            )
    room = room_of(punt.vergadering, opgave)
    context = {
        "punt": punt,
        "form": form,
        "opgave": opgave,
        "zaal": room,
        "loopt": other_vote(punt.vergadering),
        "bezwaren": [*quorum_objections(punt.vergadering, opgave), *objections(punt)],
        "kantelpunten": _turning(opgave, room, with_subject=bool(subject)),
        "geheim": secrecy_warning(room.aanwezig),
        "betrokkene": subject,
        "terug": _meeting_url(request, punt),
    }
    return render(
        request, "reglement/stemmen/openen.html", context, status=422 if form.is_bound else 200
    )


def stemming_sluiten(request, stemming):
    """Ask once more, with who did not vote yet, and close."""
    row = vote_of(request, stemming)
    return _confirm(
        request,
        row,
        doe=acties.close_stemming,
        titel=_("Stemming sluiten?"),
        uitleg=_("Daarna kan niemand meer stemmen. De uitslag wordt meteen berekend."),
        knop=_("Sluit en tel"),
        icoon="vinkje",
        gelukt=_("De stemming is gesloten."),
        wachten=True,
    )


def stemming_intrekken(request, stemming):
    row = vote_of(request, stemming)
    return _confirm(
        request,
        row,
        doe=acties.withdraw_stemming,
        titel=_("Stemming intrekken?"),
        uitleg=_(
            "Er wordt niets geteld en niets besloten. Je kunt de vraag daarna anders stellen."
        ),
        knop=_("Trek in"),
        icoon="sluiten",
        gelukt=_("De stemming is ingetrokken. Er is niets besloten."),
    )


def stemming_opnieuw(request, stemming):
    """Propose to vote again: first the meeting decides whether that happens."""
    row = vote_of(request, stemming)
    return _confirm(
        request,
        row,
        doe=acties.propose_herstemming,
        titel=_("Opnieuw stemmen?"),
        uitleg=_(
            "De vergadering beslist daar eerst zelf over, met een gewone meerderheid. "
            "Wordt dat aangenomen, dan kun je het punt opnieuw in stemming brengen."
        ),
        knop=_("Leg dit aan de vergadering voor"),
        icoon="herhaal",
        gelukt=_("De vergadering stemt nu over opnieuw stemmen."),
    )


def _confirm(request, row: Stemming, *, doe, gelukt: str, wachten: bool = False, **woorden):
    fouten = []
    if request.method == "POST":
        try:
            done = doe(row, gezien=seen_step(request), by=request.actor)
        except ValidationError as error:
            fouten = error.messages
            row = vote_of(request, row.pk)
        else:
            messages.success(request, gelukt)
            return redirect("reglement:stemming", kring=request.kring.slug, stemming=done.pk)
    context = {
        **woorden,
        "stemming": row,
        "vergadering": row.agendapunt.vergadering,
        "stand": read_stand(row) if wachten and row.status == Stemming.Status.OPEN else None,
        "fouten": fouten,
        "terug": _meeting_url(request, row.agendapunt),
    }
    return render(
        request, "reglement/stemmen/bevestig.html", context, status=422 if fouten else 200
    )


def subject_of(punt: Agendapunt) -> Deelnemer | None:
    """Return the practice that a point is about by itself."""
    royement = punt.royement
    return royement.deelnemer if royement else None


def _practices(punt: Agendapunt, opgave: Opgave) -> list[tuple[str, str]]:
    if punt.besluitsoort not in OVER_EEN_PRAKTIJK:
        return []
    return [(row["id"], row["naam"]) for row in opgave.deelnemers]


def _chosen(form: StemmingForm, punt: Agendapunt) -> Deelnemer | None:
    chosen = form.cleaned_data.get("betrokkene")
    if not chosen:
        return None
    return Deelnemer.objects.filter(pk=chosen, kring_id=punt.kring_id).first()


def _turning(opgave: Opgave, room: Zaal, *, with_subject: bool):
    """Return the readings that could change the result, to talk about before the vote."""
    return turning_points(
        leden=len(opgave.leden),
        aanwezig=room.aanwezig,
        zitting=opgave.zitting,
        regel=opgave.regel,
        lezing=opgave.regels.lezing,
        bij_opening=room.bij_opening,
        betrokkene_aanwezig=with_subject and room.aanwezig > 0,
    )


def _meeting_url(request, punt: Agendapunt) -> str:
    return reverse(
        "reglement:leiden", kwargs={"kring": request.kring.slug, "vergadering": punt.vergadering_id}
    )
