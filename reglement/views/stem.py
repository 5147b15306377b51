"""The voter's side: choose, confirm, done; declare an interest; break a tie; read the result."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from reglement.actions import stemmen as acties
from reglement.besluitvorming import Stemmen, Uitkomst, secrecy_warning
from reglement.forms.stemmen import BelangForm
from reglement.models import Hoofdelijkestem, Keuze, Stemming
from reglement.stemmen.doorslag import decider_of
from reglement.stemmen.inzage import interests_for, presides
from reglement.stemmen.opgave import names_in
from reglement.stemmen.scherm import blocks, speaks_for
from reglement.stemmen.stand import read_stand
from reglement.views.stemmen import seen_step, vote_of

LETTERS = {"v": Keuze.VOOR, "t": Keuze.TEGEN, "b": Keuze.BLANCO}
"""What a form sends: equally long, so that the length of a request says nothing."""


def stemmen(request, stemming):
    """Choose and confirm on one page: until it is cast, nobody but the voter has the choice."""
    row = vote_of(request, stemming)
    practice = _practice(request, row)
    letter, fouten = request.POST.get("keuze", ""), []
    if request.method == "POST":
        keuze = LETTERS.get(letter, "")
        try:
            acties.cast_stem(row, deelnemer_id=practice, keuze=keuze, by=request.actor)
        except ValidationError as error:
            fouten = error.messages
            row.refresh_from_db()
        else:
            messages.success(request, _("Je stem is geteld."))
            return redirect(
                "reglement:zaal",
                kring=request.kring.slug,
                vergadering=row.agendapunt.vergadering_id,
            )
    stand = read_stand(row, row.gesloten_op)
    context = {
        "stemming": row,
        "vergadering": row.agendapunt.vergadering,
        "stand": stand,
        "blok": next(b for b in blocks(request, row, stand) if b.deelnemer_id == practice),
        "keuzes": [(teken, keuze.label.capitalize()) for teken, keuze in LETTERS.items()],
        "keuze": letter,
        "fouten": fouten,
    }
    return render(request, "reglement/stemmen/stem.html", context, status=422 if fouten else 200)


def _practice(request, row: Stemming) -> UUID:
    """Return the practice that is voted for; who speaks for one only need not say which."""
    listed = {str(pk) for pk in names_in(row)}
    own = [pk for pk in map(str, speaks_for(request, row.kring_id)) if pk in listed]
    named = request.POST.get("deelnemer") or request.GET.get("deelnemer", "")
    chosen = named or (own[0] if len(own) == 1 else "")
    if chosen not in own:
        raise Http404
    return UUID(chosen)


def stemming(request, stemming):
    """The result with its article and reading; of a running vote only who took part."""
    row = vote_of(request, stemming)
    meeting = row.agendapunt.vergadering
    stand = read_stand(row, row.gesloten_op)
    context = {
        "stemming": row,
        "vergadering": meeting,
        "stand": stand,
        "besluit": getattr(row, "besluit", None),
        "stemmen": _by_name(row),
        "belangen": interests_for(request.actor, row),
        "blokken": blocks(request, row, stand),
        "leidt": presides(request.actor, meeting),
    }
    if row.status == Stemming.Status.GESLOTEN:
        u = row.uitslag
        if row.geheim:
            counted = Stemmen(u["voor"], u["tegen"], u["blanco"])
            context["verraadt"] = secrecy_warning(counted.totaal, counted)
        if u["uitkomst"] == Uitkomst.STAKING:
            context["beslisser"] = decider_of(row)
    return render(request, "reglement/stemmen/stemming.html", context)


def _by_name(row: Stemming) -> list[tuple[str, str, str]]:
    """Return practice, person and vote, only after the close: nobody votes after another."""
    if row.geheim or row.status != Stemming.Status.GESLOTEN:
        return []
    rows = Hoofdelijkestem.objects.filter(stemming=row).select_related("deelnemer", "gebruiker")
    return [
        (item.deelnemer.naam, item.gebruiker.naam, item.get_keuze_display())
        for item in rows.order_by("deelnemer__naam")
    ]


def belang(request, stemming):
    """Declare an interest of one's own."""
    row = vote_of(request, stemming)
    form = BelangForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            acties.declare_belang(
                row, toelichting=form.cleaned_data["toelichting"], by=request.actor
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(
                request, _("Je belang is genoteerd. De notulen zeggen alleen dat je er een hebt.")
            )
            return redirect("reglement:stemming", kring=request.kring.slug, stemming=row.pk)
    context = {"stemming": row, "form": form}
    return render(
        request, "reglement/stemmen/belang.html", context, status=422 if form.is_bound else 200
    )


def doorslag(request, stemming):
    """Break a tie: only for who the law says may."""
    row = vote_of(request, stemming)
    if row.uitslag.get("uitkomst") != Uitkomst.STAKING:
        return redirect("reglement:stemming", kring=request.kring.slug, stemming=row.pk)
    decider = decider_of(row)
    if request.user.pk not in decider.personen:
        raise Http404
    fouten = []
    keuze = request.POST.get("keuze", "")
    if request.method == "POST":
        try:
            acties.cast_doorslag(row, keuze=keuze, gezien=seen_step(request), by=request.actor)
        except ValidationError as error:
            fouten = error.messages
        else:
            messages.success(request, _("De doorslag is gegeven en het besluit is genomen."))
            return redirect("reglement:stemming", kring=request.kring.slug, stemming=row.pk)
    context = {
        "stemming": row,
        "vergadering": row.agendapunt.vergadering,
        "beslisser": decider,
        "fouten": fouten,
    }
    return render(
        request, "reglement/stemmen/doorslag.html", context, status=422 if fouten else 200
    )
