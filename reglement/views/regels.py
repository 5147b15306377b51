"""Reading the rules: what holds now, every version, what differs, on paper."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from kern.tijd import db_now, to_local
from kern.toegang import Rol
from reglement import overzicht
from reglement.forms.regels import PAGINAS, page_of
from reglement.geldend import lezing_of, newest_version, variabelen_of, version_on
from reglement.inhoud.plaatsen import count_places
from reglement.inhoud.variabelen import VARIABELEN
from reglement.inhoud.verschil import Wat
from reglement.lezing import LEESPUNTEN
from reglement.models import Besluit, Reglementversie
from reglement.versies import papier, rooster
from reglement.versies.lezen import (
    articles_of,
    clocks_of,
    decision_on,
    differences,
    is_in_force,
    objections_to,
)
from reglement.versies.tekenstand import signatures_of, still_to_sign

Status = Reglementversie.Status


def regels(request):
    """The version in force, what is being prepared, and every version before."""
    rows = Reglementversie.objects.filter(kring=request.kring).select_related("gemaakt_door")
    coordinator = Rol.COORDINATOR in request.actor.rollen
    newest = newest_version(request.kring.pk)
    context = {
        "geldend": version_on(request.kring.pk, _today()),
        "nieuwste": newest,
        "stand": signatures_of(newest) if newest and _may_see_signatures(request) else None,
        "te_tekenen": still_to_sign(newest, request.user.pk) if newest else [],
        "concepten": rows.filter(status=Status.CONCEPT).order_by("-gewijzigd_op")
        if coordinator
        else [],
        "voorstel": rows.filter(status=Status.VOORGELEGD).first(),
        "archief": rows.filter(
            status__in=[Status.VASTGESTELD, Status.VERWORPEN, Status.INGETROKKEN]
        ).order_by("-aangemaakt_op"),
    }
    return render(request, "reglement/regels/lijst.html", context)


def versie(request, reglementversie):
    """One version: the text, what was filled in, its readings, its clocks and signatures."""
    row = find_version(request, reglementversie)
    besluit = row.besluit or (decision_on(row) if row.status == Status.VOORGELEGD else None)
    adopted = row.status == Status.VASTGESTELD
    filled, still, out = count_places(row.variabelen)
    context = {
        "versie": row,
        "artikelen": articles_of(row),
        "besluit": besluit,
        "aangenomen": besluit is not None and besluit.uitkomst == Besluit.Uitkomst.AANGENOMEN,
        "klokken": clocks_of(row, besluit),
        "bezwaren": _mendable(request, row) if row.status == Status.CONCEPT else [],
        "plekken": {"gevuld": filled, "open": still, "vervallen": out},
        "invulling": _filled_in(row),
        "lezingen": readings_of(row),
        "geldt_nu": is_in_force(row),
        "verouderd": row.status == Status.CONCEPT
        and newest_version(request.kring.pk) != row.vorige,
        "punten": row.agendapunten.select_related("vergadering").order_by("vergadering__begint_op"),
        "stand": signatures_of(row) if adopted and _may_see_signatures(request) else None,
        "te_tekenen": still_to_sign(row, request.user.pk)
        if adopted and row == newest_version(request.kring.pk)
        else [],
        "is_vereniging": variabelen_of(row).is_vereniging,
        "roosterverschil": rooster.differing_hours(row, _today()) if adopted else [],
        "vandaag": _today(),
    }
    return render(request, "reglement/regels/versie.html", context)


def verschil(request, reglementversie):
    """What changes from the version before to this one."""
    row = find_version(request, reglementversie)
    context = {
        "versie": row,
        "verschil": differences(row.vorige, row) if row.vorige else None,
        "wat": {wat.name: wat.value for wat in Wat},
    }
    return render(request, "reglement/regels/verschil.html", context)


def versie_pdf(request, reglementversie):
    """The text on paper; a draft says on every page that it is one."""
    row = find_version(request, reglementversie)
    document = papier.render(row, signatures_of(row) if _may_see_signatures(request) else None)
    name = f"reglement-{request.kring.slug}-{row.nummer or 'concept'}.pdf"
    return HttpResponse(
        document,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def find_version(request, pk) -> Reglementversie:
    """Return a version of the own kring that this person may read; a draft is the coordinator's."""
    rows = Reglementversie.objects.filter(kring=request.kring).select_related(
        "vorige", "besluit", "gemaakt_door", "kring"
    )
    if Rol.COORDINATOR not in request.actor.rollen:
        rows = rows.exclude(status=Status.CONCEPT)
    return get_object_or_404(rows, pk=pk)


def readings_of(versie: Reglementversie) -> list[tuple]:
    """Return (place, choice) of every reading, in the order of the form."""
    lezing = lezing_of(versie)
    return [(punt, punt.choice(lezing)) for punt in LEESPUNTEN]


@overzicht.register
def own_lines(request, dag) -> list[overzicht.Regel]:
    """Sign; and for the coordinator: process the decision, send the text (10.7)."""
    kring_id = request.kring.pk
    found = []
    newest = newest_version(kring_id)
    if newest and Rol.VERTEGENWOORDIGER in request.actor.rollen:
        found += [
            overzicht.Regel(
                f"Onderteken het reglement, versie {newest.nummer}, voor {praktijk.naam}",
                _link(request, "ondertekenen", newest),
                waarom="art. 3",
            )
            for praktijk in still_to_sign(newest, request.user.pk)
        ]
    if Rol.COORDINATOR not in request.actor.rollen:
        return found
    proposal = Reglementversie.objects.filter(kring_id=kring_id, status=Status.VOORGELEGD).first()
    besluit = decision_on(proposal) if proposal else None
    if proposal and besluit:
        clocks = clocks_of(proposal, besluit)
        found.append(
            overzicht.Regel(
                "Verwerk het besluit over het reglement",
                _link(request, "versie", proposal),
                uiterlijk=clocks.verwerken_uiterlijk if clocks else None,
                waarom="art. 10.7",
            )
        )
    if newest and newest.besluit_id and not newest.verzonden_op:
        clocks = clocks_of(newest)
        found.append(
            overzicht.Regel(
                f"Stuur het reglement, versie {newest.nummer}, aan alle deelnemers",
                _link(request, "versie", newest),
                uiterlijk=clocks.verzenden_uiterlijk if clocks else None,
                waarom="art. 10.7",
            )
        )
    return found


def _link(request, route: str, versie: Reglementversie) -> str:
    values = {"kring": request.kring.slug, "reglementversie": versie.pk}
    return reverse(f"reglement:{route}", kwargs=values)


def _today():
    return to_local(db_now()).date()


def _may_see_signatures(request) -> bool:
    """Who signed says something of a practice: for those who run the kring or speak for one."""
    return bool({Rol.COORDINATOR, Rol.VERTEGENWOORDIGER} & request.actor.rollen)


def _mendable(request, versie: Reglementversie) -> list[tuple]:
    """Return each objection with the address where it is mended."""
    return [
        (
            bezwaar,
            reverse(
                "reglement:artikel",
                kwargs={
                    "kring": request.kring.slug,
                    "reglementversie": versie.pk,
                    "pagina": bezwaar.pagina,
                },
            )
            if bezwaar.pagina in PAGINAS
            else "",
        )
        for bezwaar in objections_to(versie)
    ]


def _filled_in(versie: Reglementversie) -> list[tuple]:
    """Return (variable, page, value in words) of everything that the chosen options ask."""
    return [
        (var, page_of(var), var.in_words(versie.variabelen.get(var.sleutel)))
        for var in VARIABELEN
        if var.applies(versie.variabelen)
    ]
