"""A letter to all who take part: write, see who gets it, send, and see how far it came."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kern.models import Zending
from reglement.actions import post as actions
from reglement.forms.post import RondschrijvenForm
from reglement.models import Rondschrijven
from reglement.post import addressees, compose

TOON = 50


def overview(request):
    """Show the letters that left, with how many of them arrived."""
    arrived = Q(bezorgingen__zending__status=Zending.Status.VERZONDEN)
    rows = (
        Rondschrijven.objects.filter(kring=request.kring)
        .select_related("verzonden_door")
        .annotate(ontvangers=Count("bezorgingen"), bezorgd=Count("bezorgingen", filter=arrived))
        .order_by("-verzonden_op")
    )
    return render(request, "reglement/post/post.html", {"brieven": rows[:TOON]})


def new(request):
    """Write a letter; first it is shown with who gets it, and then it leaves."""
    form = RondschrijvenForm(
        request.POST if request.method == "POST" else None,
        initial={"aan": Rondschrijven.Aan.VERTEGENWOORDIGERS, "antwoord": request.user.email},
    )
    if not form.is_bound or not form.is_valid():
        return _page(request, form, status=422 if form.is_bound else 200)
    data = form.cleaned_data
    people = addressees(request.kring.pk, data["aan"])
    if request.POST.get("doel") != "versturen" or not people.adressen:
        if not people.adressen:
            form.add_error(
                "aan",
                _(
                    "Er is niemand om dit aan te sturen. Geef eerst praktijken een "
                    "vertegenwoordiger."
                ),
            )
            return _page(request, form, status=422)
        example = compose(
            request.kring,
            people.adressen[0].naam,
            data["tekst"],
            afzender=request.actor.naam,
            antwoord=data["antwoord"],
        )
        return _page(request, form, voorbeeld=example, mensen=people)
    try:
        brief = actions.send_round(request.kring, by=request.actor, **data)
    except ValidationError as error:
        form.add_error(None, error)
        return _page(request, form, status=422)
    count = len(people.adressen)
    messages.success(
        request,
        ngettext(
            "De mail gaat naar %(aantal)s persoon.", "De mail gaat naar %(aantal)s personen.", count
        )
        % {"aantal": count},
    )
    return redirect("reglement:brief", kring=request.kring.slug, rondschrijven=brief.pk)


def _page(request, form, *, status: int = 200, **context):
    return render(request, "reglement/post/nieuw.html", {"form": form, **context}, status=status)


def show(request, rondschrijven):
    """Show one letter, word for word, with every delivery."""
    row = get_object_or_404(
        Rondschrijven.objects.select_related("verzonden_door"),
        pk=rondschrijven,
        kring=request.kring,
    )
    rows = row.bezorgingen.select_related("zending", "deelnemer").order_by("naam")
    return render(request, "reglement/post/brief.html", {"brief": row, "bezorgingen": rows})
