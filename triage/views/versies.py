"""Pages of the protocol versions: the list, the steps in a life, the rules in words."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from kern.tijd import db_now
from kern.weergave import format_moment
from triage.actions import versies
from triage.forms.protocolversie import (
    IngangForm,
    ProtocolversieForm,
    TabelForm,
    TerugstuurForm,
    WijzigingForm,
)
from triage.lezing import reading_of_version, version_in_force
from triage.models import Protocolversie
from triage.overgangen import StapGeweigerd
from triage.protocol import SPANNINGEN
from triage.protocol.toetsing import TabelFout, printable
from triage.versies import blad, overzicht, toets
from triage.versies.verschil import changes


def _get(request, protocolversie) -> Protocolversie:
    rows = Protocolversie.objects.filter(kring=request.kring)
    return get_object_or_404(rows.select_related(*overzicht.PERSONEN), pk=protocolversie)


def _to(request, versie: Protocolversie):
    return redirect("triage:protocolversie", kring=request.kring.slug, protocolversie=versie.pk)


def protocol(request):
    """List the versions of the kring, the one in force and the standard."""
    nu = db_now()
    context = {"overzicht": overzicht.overview(request.kring.pk, nu), "nu": nu}
    return render(request, "triage/versies/lijst.html", context)


def protocolversie(request, protocolversie):
    """Show one version: where it stands, what it changes, and what this person may do with it."""
    return _page(request, _get(request, protocolversie))


def _page(request, versie: Protocolversie, *, status: int = 200, **forms):
    nu = db_now()
    lezing, nu_geldt = reading_of_version(versie), version_in_force(versie.kring_id, nu)
    context = {
        "versie": versie,
        "stand": overzicht.state_of_one(versie, nu),
        "geschiedenis": overzicht.history(versie),
        "begonnen": versie.has_begun(nu),
        "geldt": nu_geldt,
        "is_maker": request.actor.gebruiker_id in versie.makers,
        "afwijkingen": [row for row in blad.setting_rows(lezing) if row.afwijkend],
        "lokaal_aan": sorted(lezing.lokale_regels),
        "ingang": forms.get("ingang") or IngangForm(),
    }
    return render(request, "triage/versies/versie.html", context, status=status)


def protocol_nieuw(request):
    """Make a concept from the version that was chosen, or from the standard."""
    van = request.POST.get("van", "")
    versie = versies.make_concept(
        kring_id=request.kring.pk, van=_get_or_404(request, van) if van else None, by=request.actor
    )
    messages.success(
        request,
        _("Versie %(nummer)s is gemaakt als concept. Er verandert nog niets.")
        % {"nummer": versie.nummer},
    )
    return redirect("triage:protocol_wijzigen", kring=request.kring.slug, protocolversie=versie.pk)


def _get_or_404(request, typed: str) -> Protocolversie:
    try:
        return _get(request, typed)
    except ValidationError as error:
        from django.http import Http404

        raise Http404 from error


def protocol_wijzigen(request, protocolversie):
    """Edit the settings and local rules of a concept."""
    versie = _get(request, protocolversie)
    if not versie.is_concept:
        messages.error(request, _("Alleen een concept kan worden gewijzigd."))
        return _to(request, versie)
    form = ProtocolversieForm(
        request.POST or None, versie=versie, lezing=reading_of_version(versie)
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                versies.save_concept(versie, **form.as_action(), by=request.actor)
            except StapGeweigerd as error:
                form.add_error(None, str(error))
                status = 409
            else:
                messages.success(request, _("Het concept is bewaard."))
                return _to(request, versie)
    zonder_keuze = [item for item in SPANNINGEN.values() if not item.instellingen]
    context = {"versie": versie, "form": form, "zonder_keuze": zonder_keuze}
    return render(request, "triage/versies/wijzigen.html", context, status=status)


def protocol_verschil(request, protocolversie):
    """Show what this version changes, against the one in force."""
    versie = _get(request, protocolversie)
    context = {"versie": versie, "verschil": changes(versie, db_now())}
    return render(request, "triage/versies/verschil.html", context)


def protocol_toetsen(request, protocolversie):
    """Run the shipped tables or an uploaded one; only the result is shown, nothing is kept."""
    versie = _get(request, protocolversie)
    lezing, form, uitslag = reading_of_version(versie), TabelForm(), None
    if request.method == "POST" and request.POST.get("bron") == "meegeleverd":
        uitslag = toets.run_shipped(lezing)
    elif request.method == "POST":
        form = TabelForm(request.POST, request.FILES)
        if form.is_valid():
            file = form.cleaned_data["bestand"]
            try:
                uitslag = [toets.run_upload(file.name, file.read(), lezing)]
            except TabelFout as error:
                text = _("Deze tabel is niet te draaien. %(fout)s") % {
                    "fout": printable(str(error))
                }
                form.add_error("bestand", text)
    context = {"versie": versie, "form": form, "uitslag": uitslag}
    status = 422 if form.errors else 200
    return render(request, "triage/versies/toetsen.html", context, status=status)


def protocol_blad(request, protocolversie=None):
    """Show every rule of a version in words; without a version those of the standard."""
    return _sheet(request, protocolversie, "triage/versies/blad.html")


def protocol_print(request, protocolversie=None):
    """The same for paper, with the version at the foot of each page."""
    return _sheet(request, protocolversie, "triage/versies/blad_print.html")


def _sheet(request, pk, template: str):
    versie = _get(request, pk) if pk else None
    context = blad.protocol_page(reading_of_version(versie), versie)
    context |= {"nu": db_now()}
    if versie:
        context["stand"] = overzicht.state_of_one(versie, context["nu"])
    return render(request, template, context)


# --- the steps


def _step(request, versie: Protocolversie, act: Callable[[], object], gelukt: str):
    """Take one step and say what came of it, on the page of the version."""
    try:
        act()
    except StapGeweigerd as error:
        messages.error(request, str(error))
    else:
        messages.success(request, gelukt % {"nummer": versie.nummer})
    return _to(request, versie)


def _wijziging(request) -> int | None:
    """Return the state that the person saw; without one the step asks no questions."""
    form = WijzigingForm(request.POST)
    return form.cleaned_data["wijziging"] if form.is_valid() else None


def protocol_aanbieden(request, protocolversie):
    """Offer a concept for approval."""
    versie, seen = _get(request, protocolversie), _wijziging(request)
    return _step(
        request,
        versie,
        lambda: versies.offer_concept(versie, wijziging=seen, by=request.actor),
        _("Versie %(nummer)s wacht nu op akkoord van een tandarts."),
    )


def protocol_terugnemen(request, protocolversie):
    """Make an offered version a concept again."""
    versie = _get(request, protocolversie)
    return _step(
        request,
        versie,
        lambda: versies.take_back(versie, by=request.actor),
        _("Versie %(nummer)s is weer een concept."),
    )


def protocol_weggooien(request, protocolversie):
    """Throw a concept away."""
    versie = _get(request, protocolversie)
    try:
        versies.discard_concept(versie, by=request.actor)
    except StapGeweigerd as error:
        messages.error(request, str(error))
        return _to(request, versie)
    messages.success(request, _("Concept %(nummer)s is weggegooid.") % {"nummer": versie.nummer})
    return redirect("triage:protocol", kring=request.kring.slug)


def protocol_akkoord(request, protocolversie):
    """Show a dentist all that would change, and take the approval."""
    versie = _get(request, protocolversie)
    if request.method == "GET":
        return _judgement(request, versie, TerugstuurForm(initial={"wijziging": versie.wijziging}))
    form = WijzigingForm(request.POST)
    # Approved is what was read: without the state that the page showed there is no approval.
    if not form.is_valid():
        return _judgement(request, versie, TerugstuurForm(), status=422)
    return _step(
        request,
        versie,
        lambda: versies.approve(versie, by=request.actor, **form.cleaned_data),
        _("Versie %(nummer)s is goedgekeurd. De coördinator bepaalt vanaf wanneer zij geldt."),
    )


def protocol_terugsturen(request, protocolversie):
    """Send an offered version back, with the reason."""
    versie = _get(request, protocolversie)
    form = TerugstuurForm(request.POST)
    if not form.is_valid():
        return _judgement(request, versie, form, status=422)
    return _step(
        request,
        versie,
        lambda: versies.send_back(versie, by=request.actor, **form.cleaned_data),
        _("Versie %(nummer)s is teruggestuurd, met je reden erbij."),
    )


def _judgement(request, versie: Protocolversie, form: TerugstuurForm, *, status: int = 200):
    context = {
        "versie": versie,
        "verschil": changes(versie, db_now()),
        "terugsturen": form,
        "is_maker": request.actor.gebruiker_id in versie.makers,
    }
    return render(request, "triage/versies/akkoord.html", context, status=status)


def protocol_ingaan(request, protocolversie):
    """Put an approved version in force, now or from a moment ahead."""
    versie = _get(request, protocolversie)
    form = IngangForm(request.POST)
    if form.is_valid():
        try:
            versies.put_in_force(versie, by=request.actor, **form.cleaned_data)
        except StapGeweigerd as error:
            form.add_error("vanaf", str(error))
        except ValidationError as error:
            form.add_error(None, error)
        else:
            moment = format_moment(versie.van_kracht_vanaf)
            messages.success(
                request,
                _("Versie %(nummer)s geldt vanaf %(moment)s.")
                % {"nummer": versie.nummer, "moment": moment},
            )
            return _to(request, versie)
    return _page(request, versie, status=422, ingang=form)


def protocol_intrekken(request, protocolversie):
    """Take back a moment that has not come yet."""
    versie = _get(request, protocolversie)
    return _step(
        request,
        versie,
        lambda: versies.withdraw(versie, by=request.actor),
        _("Het moment is ingetrokken. Versie %(nummer)s blijft goedgekeurd."),
    )
