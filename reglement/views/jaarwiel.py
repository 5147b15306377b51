"""The yearly wheel: the ring, what must be done now, what comes, what is done, and how."""

from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from kern.tijd import db_now, to_local
from kern.toegang import Rol
from kring.formulierpagina import form_page
from reglement.actions import jaarwiel as actions
from reglement.forms.jaarwiel import GedaanForm, TaakForm, TerugForm
from reglement.geldend import variabelen_on
from reglement.jaarwiel import regels
from reglement.jaarwiel.beeld import LETTERS, draw
from reglement.jaarwiel.instellingen import ARTIKEL, UITLEG, tasks_of
from reglement.jaarwiel.regels import Beurt, Stand
from reglement.jaarwiel.rijen import turns_of_year
from reglement.models import Verplichting
from reglement.views.adres import as_uuid, as_year


def overview(request):
    """Show a year: the ring, and beside it what a person has to do now."""
    today = to_local(db_now()).date()
    year = as_year(request.GET.get("jaar"), today.year)
    tasks = tasks_of(request.kring.pk)
    found = _visible(request, turns_of_year(request.kring, year, today, tasks))
    shown = [(beurt, beurt.stand(today), _may_note(request, tasks, beurt)) for beurt in found]
    now = {Stand.NU, Stand.TE_LAAT}
    done = {Stand.GEDAAN, Stand.TE_LAAT_GEDAAN}
    words = dict(Verplichting.Soort.choices)
    context = {
        "jaar": year,
        "vandaag": today,
        "ring": draw(
            [(words[soort], [b for b in found if b.soort == soort]) for soort in regels.SOORTEN],
            year,
            today,
        ),
        "nu": [row for row in shown if row[1] in now],
        "straks": _thin([row for row in shown if row[1] == Stand.STRAKS]),
        "gedaan": _thin([row for row in shown if row[1] in done][::-1]),
        "gemist": [beurt for beurt, stand, _may in shown if stand == Stand.GEMIST][::-1],
        "doet": Rol.COORDINATOR in request.actor.rollen,
        "taken": [
            (letter, words[soort], tasks.vast.get(soort), ARTIKEL[soort])
            for letter, soort in zip(LETTERS, regels.SOORTEN, strict=True)
        ],
        "eigen": tasks.eigen,
        "uit_reglement": _still_to_add(request, tasks, today),
    }
    return render(request, "reglement/jaarwiel/jaarwiel.html", context)


def _visible(request, found: list[Beurt]) -> list[Beurt]:
    """Return what this person may know of: a dispute is of those concerned."""
    if Rol.COORDINATOR in request.actor.rollen:
        return found
    return [beurt for beurt in found if not beurt.vertrouwelijk]


def _thin(rows: list) -> list:
    """Return the rows with only the first of a duty of every week: the ring has them all."""
    seen = set()
    kept = []
    for row in rows:
        beurt = row[0]
        duty = beurt.sleutel.rpartition("|")[0]
        if beurt.vervalt is None or duty not in seen:
            kept.append(row)
        seen.add(duty)
    return kept


def _may_note(request, tasks, beurt: Beurt) -> bool:
    task = tasks.of(beurt.sleutel)
    mine = task is not None and task.gedelegeerd_aan_id == request.actor.gebruiker_id
    may = Rol.COORDINATOR in request.actor.rollen or mine
    by_itself = beurt.feit is not None and not beurt.feit.genoteerd
    return may and not by_itself and beurt.soort != regels.BEMIDDELEN


def _still_to_add(request, tasks, today) -> list[str]:
    """Return the extra duties of the rules (4.2) that have no place in the wheel yet."""
    known = {task.titel.casefold() for task in tasks.eigen}
    named = variabelen_on(request.kring.pk, today).extra_taken
    return [name for name in named if name[:120].casefold() not in known]


def done(request):
    """Note that one turn is done, with what shows it."""
    beurt, year, back = _asked(request)
    return form_page(
        request,
        GedaanForm(request.POST if request.method == "POST" else None),
        save=lambda velden: actions.note_done(
            request.kring, beurt.sleutel, jaar=year, by=request.actor, **velden
        ),
        titel=_("Gedaan: %s") % beurt.titel,
        terug=back,
        gelukt=_("Genoteerd."),
    )


def take_back(request):
    """Take a note back."""
    beurt, year, back = _asked(request)
    return form_page(
        request,
        TerugForm(request.POST if request.method == "POST" else None),
        save=lambda velden: actions.take_back(
            request.kring, beurt.sleutel, jaar=year, by=request.actor, **velden
        ),
        titel=_("Toch niet gedaan: %s") % beurt.titel,
        terug=back,
        gelukt=_("Genoteerd. De taak staat weer open."),
    )


def _asked(request) -> tuple[Beurt, int, str]:
    """Return the turn that the address names, its year and the page to go back to."""
    today = to_local(db_now()).date()
    year = as_year(request.GET.get("jaar"), today.year)
    key = request.GET.get("beurt", "")
    try:
        beurt = actions.find_turn(request.kring, key, jaar=year, dag=today)
    except ValidationError as error:
        raise Http404 from error
    if not actions.may_note(request.kring.pk, key, request.actor):
        raise Http404
    return beurt, year, f"{_page(request)}?jaar={year}"


def settings(request):
    """Say how a duty is done here, or add one (?taak=nieuw, the kind, or the key of its row)."""
    task = _task(request)
    titel = str(task) if not task._state.adding or task.soort != regels.EXTRA else _("Eigen taak")
    form = TaakForm(
        request.POST if request.method == "POST" else None,
        instance=task,
        kring=request.kring,
        uitleg=UITLEG.get(task.soort, ""),
        initial={"titel": request.GET.get("titel", "")[:120]} if task._state.adding else None,
    )
    return form_page(
        request,
        form,
        save=lambda velden: actions.save_task(task, by=request.actor, **velden),
        titel=titel,
        terug=_page(request),
        gelukt=_("De taak is opgeslagen."),
        template="reglement/jaarwiel/taak.html",
        uitleg=UITLEG.get(task.soort, ""),
        artikel=ARTIKEL[task.soort],
    )


def _task(request) -> Verplichting:
    asked = request.GET.get("taak", "")
    if asked == "nieuw":
        return Verplichting(kring=request.kring, soort=regels.EXTRA, herinner_dagen=14)
    tasks = tasks_of(request.kring.pk)
    own = next((row for row in tasks.eigen if row.pk == as_uuid(asked)), None)
    found = own or tasks.vast.get(asked)
    if found is None:
        raise Http404
    return found


def _page(request) -> str:
    return reverse("reglement:jaarwiel", kwargs={"kring": request.kring.slug})
