"""One draft: its weeks by month, how good it is, and its places by hand."""

from datetime import date, timedelta

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from kring.formulierpagina import form_page
from kring.models import Deelnemer, Tandarts
from rooster.actions.concept import fill_place, pin_place
from rooster.concept.beeld import Beeld, helps_most, holder_id, months_of, next_month, rows_of
from rooster.forms.concept import PlaatsForm, RekenForm
from rooster.models import Conceptplaats, Plantaak
from rooster.planner import InstantieFout
from rooster.planner.uitleg import Positie, explain
from rooster.planner.zinnen import balance_sentence, candidate_sentences
from rooster.views.concept.herstel import changes
from rooster.views.concept.lijst import address, draft_of, tell_refusal
from rooster.views.concept.rekenen import last_run, progress_of


def concept(request, concept):
    """A month of the draft, with what is broken and how far it is from the best."""
    row = draft_of(request, concept)
    maanden = months_of(row.periode.eerste_dag, row.periode.laatste_dag)
    maand = _chosen(request.GET.get("maand", ""), maanden)
    rijen = rows_of(row, maand, next_month(maand) - timedelta(days=1))
    beeld, klachten = picture_of(row)
    taak = last_run(row)
    knelpunten = beeld.bottlenecks() if beeld else []
    context = {
        "concept": row,
        "maanden": maanden,
        "maand": maand,
        "weken": _weeks(rijen, beeld),
        "beeld": beeld,
        "klachten": klachten,
        "taak": taak,
        "bezig": taak is not None and taak.status in Plantaak.BEZIG,
        "reken_form": RekenForm(),
        "knelpunten": knelpunten,
        "helpt": helps_most(knelpunten),
        "herstel": (row.bewijs or {}).get("herstel"),
        "anders": changes(row) if row.afwijking.get("gepubliceerd") else None,
        "anderen": row.periode.concepten.exclude(pk=row.pk).only("pk", "naam", "gekozen"),
    }
    return render(request, "rooster/concept/concept.html", context | progress_of(taak))


def picture_of(concept) -> tuple[Beeld | None, list[str]]:
    """Return the draft with its judgement, or why it cannot be judged."""
    try:
        return Beeld(concept), []
    except InstantieFout as fout:
        return None, fout.klachten


def _chosen(text: str, maanden: list[date]) -> date:
    """Return the month of ?maand=2027-03; the first one for anything else."""
    return next((maand for maand in maanden if f"{maand:%Y-%m}" == text), maanden[0])


def _weeks(rijen, beeld: Beeld | None) -> list[dict]:
    """Return the rows by week, each place with what it breaks."""
    weken: dict[date, list[dict]] = {}
    for rij in rijen:
        dag = rij.dienst.eerste_dag
        plaatsen = [
            {
                "plaats": plaats,
                "bezwaren": beeld.objections(rij.dienst.code, plaats.rol) if beeld else [],
            }
            for plaats in rij.plaatsen
        ]
        maandag = dag - timedelta(days=dag.weekday())
        weken.setdefault(maandag, []).append({"dienst": rij.dienst, "plaatsen": plaatsen})
    return [
        {"maandag": maandag, "nummer": maandag.isocalendar().week, "rijen": rows}
        for maandag, rows in weken.items()
    ]


def plaats(request, conceptplaats):
    """One place: who could hold it and why, and a form to change it by hand."""
    row = place_of(request, conceptplaats)
    concept = row.dienst.concept
    beeld, klachten = picture_of(concept)
    terug = f"{address(request, concept)}?maand={row.dienst.eerste_dag:%Y-%m}#p{row.pk}"
    if beeld is None:
        for klacht in klachten:
            messages.error(request, klacht)
        return redirect(address(request, concept))
    uitleg = explain(beeld.inst, beeld.toewijzing, row.dienst.code, row.rol, stand=beeld.stand)
    kandidaten = candidates(beeld, uitleg, coordinator=True)

    def save(velden: dict):
        wie = velden["wie"]
        tandarts, deelnemer = _holder(request, wie)
        fill_place(
            row, tandarts=tandarts, deelnemer=deelnemer, vast=velden["vast"], by=request.actor
        )
        bezwaren = beeld.objections_of(wie, row.dienst.code, row.rol) if wie else []
        messages.success(request, _("De plaats is gewijzigd."))
        for zin in bezwaren:
            messages.warning(request, zin)
        return redirect(terug)

    begin = {"wie": holder_id(row) or "", "vast": row.vast}
    keuzes = [(k["id"], k["keuze"]) for k in kandidaten]
    return form_page(
        request,
        PlaatsForm(request.POST or None, initial=begin, keuzes=keuzes),
        save=save,
        titel=_("Wie heeft deze plaats?"),
        terug=terug,
        template="rooster/concept/plaats.html",
        plaats=row,
        kandidaten=kandidaten,
        bezwaren=beeld.objections(row.dienst.code, row.rol),
    )


def candidates(beeld: Beeld, uitleg, *, coordinator: bool) -> list[dict]:
    """Return every candidate as the page shows it: the name, what became of it, and why."""
    uit = []
    for k in uitleg.kandidaten:
        t = beeld.inst.tandarts[k.tandarts]
        praktijk = beeld.inst.praktijk[t.praktijk].naam
        zinnen = candidate_sentences(beeld.inst, uitleg, k, coordinator=coordinator)
        keuze = f"{t.naam} ({praktijk})"
        if k.positie == Positie.UITGESLOTEN:
            keuze = _("%(wie)s – kan eigenlijk niet") % {"wie": keuze}
        uit.append(
            {
                "id": k.tandarts,
                "naam": t.naam,
                "praktijk": praktijk,
                "positie": k.positie.value,
                "zinnen": zinnen,
                "doel": k.verschil.doel,
                "balans": [balance_sentence(beeld.inst, b) for b in k.balans],
                "keuze": keuze,
            }
        )
    return uit


def vastzetten(request, conceptplaats):
    """Pin a place, or loosen it: one press in the list."""
    row = place_of(request, conceptplaats)
    try:
        pin_place(row, vast=not row.vast, by=request.actor)
    except ValidationError as error:
        tell_refusal(request, error)
    concept = row.dienst.concept
    return redirect(f"{address(request, concept)}?maand={row.dienst.eerste_dag:%Y-%m}#p{row.pk}")


def place_of(request, pk) -> Conceptplaats:
    rows = Conceptplaats.objects.select_related("dienst__concept__periode", "tandarts", "deelnemer")
    return get_object_or_404(rows, pk=pk, kring=request.kring)


def _holder(request, wie: str) -> tuple[Tandarts | None, Deelnemer | None]:
    """Return dentist and practice of a choice of the form; it only offers those of this kring."""
    if not wie:
        return None, None
    tandarts, deelnemer = wie.split("/")
    return (
        Tandarts.objects.get(pk=tandarts, kring=request.kring),
        Deelnemer.objects.get(pk=deelnemer, kring=request.kring),
    )
