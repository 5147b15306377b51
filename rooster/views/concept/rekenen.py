"""Start the planner, follow it, stop it."""

from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from kern.tijd import db_now
from rooster.actions.plantaak import ask_plan, stop_plan
from rooster.concept.beeld import Beeld
from rooster.concept.uitvoer import instance_of
from rooster.forms.concept import RekenForm
from rooster.models import Concept, Plantaak
from rooster.planner import InstantieFout
from rooster.views.concept.lijst import address, draft_of, tell_refusal


def rekenen(request, concept):
    """Ask for a plan around what is pinned."""
    row = draft_of(request, concept)
    form = RekenForm(request.POST)
    seconden = form.cleaned_data["seconden"] if form.is_valid() else 60
    try:
        ask_plan(row, instantie=checked_instance(row), seconden=seconden, by=request.actor)
    except ValidationError as error:
        tell_refusal(request, error)
    return redirect(address(request, row))


def checked_instance(concept: Concept) -> dict:
    """Return the instance of a draft; refuse one that cannot be planned, with the reasons."""
    begin = _("De planner kan hier niet mee beginnen.")
    try:
        bezwaren = Beeld(concept).pin_objections()
    except InstantieFout as fout:
        raise ValidationError([begin, *fout.klachten]) from fout
    if bezwaren:
        raise ValidationError([begin, _("Wat je vastgezet hebt, kan niet samen:"), *bezwaren])
    return instance_of(concept)


def voortgang(request, concept):
    """How far the run is; the page asks this every two seconds, and reloads at the end."""
    row = draft_of(request, concept, "bewijs")
    taak = last_run(row)
    bezig = taak is not None and taak.status in Plantaak.BEZIG
    context = {"concept": row, "taak": taak, "bezig": bezig} | progress_of(taak)
    answer = render(request, "rooster/concept/_voortgang.html", context)
    if not bezig:
        answer["HX-Refresh"] = "true"
    return answer


def stoppen(request, concept):
    row = draft_of(request, concept)
    taak = last_run(row)
    if taak is not None:
        try:
            stop_plan(taak, by=request.actor)
        except ValidationError as error:
            tell_refusal(request, error)
    return redirect(address(request, row))


def last_run(concept: Concept) -> Plantaak | None:
    """Return the newest run, without its large columns."""
    return concept.plantaken.defer("instantie", "beste").order_by("-aangemaakt_op").first()


def progress_of(taak: Plantaak | None) -> dict:
    """Return the seconds that a run lasts, by the clock of the database, and its limit."""
    if taak is None or taak.begonnen_op is None:
        return {"seconden": 0, "deel": 0}
    seconden = int(((taak.klaar_op or db_now()) - taak.begonnen_op).total_seconds())
    return {"seconden": seconden, "deel": min(100, 100 * seconden // taak.seconden)}
