"""Versions of a roster: the proposal and its answers, adopting, withdrawing, what differs."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kern.tijd import db_now
from kern.toegang import Rol
from kring.formulierpagina import confirm_page, form_page
from kring.models import Deelnemer
from rooster.actions.versie import adopt, answer, propose, rows_of, standing, withdraw
from rooster.beeld.jaar import build_strips
from rooster.beeld.maand import build_month, month_stretch, next_month, previous_month
from rooster.eigen import practices
from rooster.forms.beeld import BeeldForm
from rooster.forms.versie import AntwoordForm, IntrekkenForm, VaststellenForm
from rooster.kader.feestdagen import named_days
from rooster.models import Concept, Dienst, Roosterperiode, Roosterversie
from rooster.versie.rijen import ACHTERWACHT, DIENSTDOENDE
from rooster.versie.verschil import compare

Status = Roosterversie.Status


def versies(request):
    """Every version of every period; for the coordinator also what can be proposed."""
    rows = (
        Roosterversie.objects.filter(kring=request.kring)
        .defer("inhoud")
        .select_related("periode")
        .order_by("-periode__eerste_dag", "-nummer")
    )
    voorstellen = []
    if Rol.COORDINATOR in request.actor.rollen:
        proposed = rows.filter(status=Status.VOORGELEGD).values("periode")
        voorstellen = (
            Concept.objects.filter(
                kring=request.kring,
                gekozen=True,
                periode__status__in=[
                    Roosterperiode.Status.PLANNEN,
                    Roosterperiode.Status.GEPUBLICEERD,
                ],
            )
            .exclude(periode__in=proposed)
            .select_related("periode")
        )
    context = {"versies": rows, "voorstellen": voorstellen}
    return render(request, "rooster/versie/lijst.html", context)


def voorleggen(request, concept):
    """Lay the chosen draft before the deelnemers, after one more look."""
    row = get_object_or_404(
        Concept.objects.select_related("periode"), pk=concept, kring=request.kring
    )
    rijen = rows_of(row)
    open_plaatsen = sum(len(rij.open_rollen) for rij in rijen)
    vraag = _(
        "Alle praktijken krijgen een mail met het rooster %(periode)s: %(aantal)s diensten, "
        "waarvan %(open)s plaatsen nog open zijn. Daarna kun je dit concept niet meer wijzigen, "
        "tenzij je het voorstel intrekt."
    ) % {"periode": row.periode.naam, "aantal": len(rijen), "open": open_plaatsen}
    return confirm_page(
        request,
        act=lambda: propose(row, by=request.actor),
        titel=_("Rooster voorleggen"),
        vraag=vraag,
        knop=_("Voorleggen en mailen"),
        terug=_list(request),
        gelukt=_("Het voorstel ligt bij de deelnemers."),
    )


def versie(request, roosterversie):
    """One version: what it means for the own practice, the year as strips, the answers."""
    row = _version(request, roosterversie)
    rijen = row.rijen
    rows = practices(request)
    eigen = frozenset(pk for pk, _naam, _actief, own in rows if own)
    namen = {pk: naam for pk, naam, actief, _own in rows if actief}
    stand = standing(row) if row.status == Status.VOORGELEGD else None
    context = {
        "versie": row,
        "beeld": build_strips(
            rijen, row.periode.eerste_dag, row.periode.laatste_dag, namen, nu=db_now(), eigen=eigen
        ),
        "eigen": [(pk, naam, own_rows(rijen, pk)) for pk, naam, _actief, own in rows if own],
        "stand": stand,
        "antwoorden": _answers(request, row, rows),
        "open_plaatsen": sum(len(rij.open_rollen) for rij in rijen),
        "aantal": len(rijen),
        "vorige_versie": _previous(row),
        "mag_antwoorden": _represented(request) if stand else frozenset(),
    }
    return render(request, "rooster/versie/versie.html", context)


def own_rows(rijen, deelnemer: str) -> list:
    """Return (duty, role, place) of every place of one practice."""
    return [
        (rij, rol, rij.plekken[rol])
        for rij in rijen
        for rol in (DIENSTDOENDE, ACHTERWACHT)
        if rol in rij.plekken and rij.plekken[rol].deelnemer == deelnemer
    ]


def maand(request, roosterversie):
    """A month of a version, as it would stand in the roster."""
    row = _version(request, roosterversie)
    nu = db_now()
    first, last = row.periode.eerste_dag, row.periode.laatste_dag
    month = BeeldForm(request.GET).month(first)
    month = min(max(month, first.replace(day=1)), last.replace(day=1))
    bereik = month_stretch(month)
    rijen = [rij for rij in row.rijen if rij.begin < bereik.einde and rij.einde > bereik.begin]
    feestdagen = named_days(bereik, kring_id=request.kring.pk)
    rows = practices(request)
    context = {
        "versie": row,
        "weken": build_month(rijen, month, nu, feestdagen),
        "maand": month,
        "vorige": previous_month(month) if month > first.replace(day=1) else None,
        "volgende": next_month(month) if next_month(month) <= last else None,
        "uitgelicht": frozenset(pk for pk, _naam, _actief, own in rows if own),
    }
    return render(request, "rooster/versie/maand.html", context)


def verschil(request, roosterversie):
    """What differs from the version before, or from the roster as it stands now."""
    row = _version(request, roosterversie)
    vorige = _previous(row)
    met_nu = request.GET.get("met") == "nu" or vorige is None
    if met_nu:
        oud = Dienst.objects.filter(kring=request.kring, roosterperiode=row.periode).as_rows()
    else:
        oud = vorige.rijen
    context = {
        "versie": row,
        "vorige": vorige,
        "met_nu": met_nu,
        "verschil": compare(oud, row.rijen),
    }
    return render(request, "rooster/versie/verschil.html", context)


def antwoord(request, roosterversie, deelnemer):
    """The answer of a practice: by who represents it, or noted by the coordinator."""
    row = _version(request, roosterversie)
    praktijk = get_object_or_404(Deelnemer, pk=deelnemer, kring=request.kring)
    given = row.akkoorden.filter(deelnemer=praktijk).first()
    return form_page(
        request,
        AntwoordForm(request.POST or None, given=given),
        save=lambda velden: answer(row, deelnemer=praktijk, by=request.actor, **velden),
        titel=_("Antwoord van %(praktijk)s") % {"praktijk": praktijk.naam},
        terug=_page(request, row),
        gelukt=_("Dank je, het antwoord is genoteerd."),
    )


def vaststellen(request, roosterversie):
    """Adopt a proposal."""
    row = _version(request, roosterversie)
    stand = standing(row)
    return form_page(
        request,
        # An empty form is no reason to leave it unbound: there may be nothing to fill in.
        VaststellenForm(
            request.POST if request.method == "POST" else None, vraagt_reden=stand.vraagt_reden
        ),
        save=lambda velden: _adopted(request, adopt(row, by=request.actor, **velden)),
        titel=_("Rooster vaststellen"),
        terug=_page(request, row),
        template="rooster/versie/vaststellen.html",
        versie=row,
        stand=stand,
    )


def intrekken(request, roosterversie):
    """Take a proposal back."""
    row = _version(request, roosterversie)
    return form_page(
        request,
        IntrekkenForm(request.POST or None),
        save=lambda velden: withdraw(row, by=request.actor, **velden),
        titel=_("Voorstel intrekken"),
        vraag=_("De deelnemers krijgen een mail dat dit voorstel van tafel is."),
        knop=_("Voorstel intrekken"),
        terug=_page(request, row),
        gelukt=_("Het voorstel is ingetrokken. Het concept kan weer gewijzigd worden."),
        template="rooster/met_reden.html",
    )


def _adopted(request, row: Roosterversie):
    messages.success(request, _("Het rooster is vastgesteld. Iedereen krijgt een mail."))
    return redirect(_page(request, row))


def _version(request, pk) -> Roosterversie:
    rows = Roosterversie.objects.select_related(
        "periode", "kring", "voorgelegd_door", "vastgesteld_door"
    )
    return get_object_or_404(rows, pk=pk, kring=request.kring)


def _previous(row: Roosterversie) -> Roosterversie | None:
    return (
        Roosterversie.objects.filter(periode=row.periode_id, nummer__lt=row.nummer)
        .order_by("-nummer")
        .first()
    )


def _represented(request) -> frozenset[str]:
    """The practices for which this person speaks."""
    return frozenset(
        str(row.deelnemer_id)
        for row in request.lidmaatschappen
        if row.rol == Rol.VERTEGENWOORDIGER and row.kring_id == request.kring.pk
    )


def _answers(request, row: Roosterversie, rows) -> list:
    """Return (id, name, answer or None): of all for the coordinator, else of the own practices."""
    all_of_them = Rol.COORDINATOR in request.actor.rollen
    given = {str(item.deelnemer_id): item for item in row.akkoorden.select_related("gegeven_door")}
    return [
        (pk, naam, given.get(pk))
        for pk, naam, actief, own in rows
        if (actief or pk in given) and (all_of_them or own)
    ]


def _list(request) -> str:
    return reverse("rooster:versies", kwargs={"kring": request.kring.slug})


def _page(request, row: Roosterversie) -> str:
    return reverse("rooster:versie", kwargs={"kring": request.kring.slug, "roosterversie": row.pk})
