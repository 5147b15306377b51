"""The list of procedures, and one file with what happens now."""

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kern import logboek, toegang
from kern.toegang import Rol
from kring.formulierpagina import form_page
from kring.models import Deelnemer
from reglement.actions import royement as acties
from reglement.besluiten import standing_decision
from reglement.forms import royement as forms
from reglement.models import Agendapunt, Royement, Royementstap, Vergadering
from reglement.royement import brief, gang, nu, weergave, wie
from reglement.views.royement.aanbod import EIGEN, LEIDER, offered, today_here

MAXIMUM = 100
Soort = Royementstap.Soort


def overview(request):
    """Show the procedures that this person may know of: what must be done first on top."""
    today = today_here()
    rows = gang.with_steps(wie.visible_to(request)).order_by("-nummer")[:MAXIMUM]
    own = wie.own_practices(request)
    lines = [weergave.line_of(gang.read(row), today, eigen=row.deelnemer_id in own) for row in rows]
    context = {
        "open": [line for line in lines if line.is_open],
        "klaar": [line for line in lines if not line.is_open],
        "vandaag": today,
        "is_coordinator": Rol.COORDINATOR in request.actor.rollen,
    }
    return render(request, "reglement/royement/lijst.html", context)


def new(request):
    """Establish the facts with which a procedure begins."""
    practices = Deelnemer.objects.filter(kring=request.kring, actief=True).order_by("naam")
    return form_page(
        request,
        forms.StartForm(posted(request), deelnemers=practices),
        save=lambda data: _begun(request, acties.start(**data, by=request.actor)),
        titel=_("Feiten vaststellen"),
        terug=reverse("reglement:royementen", kwargs={"kring": request.kring.slug}),
        template="reglement/royement/nieuw.html",
    )


def _begun(request, royement: Royement):
    messages.success(request, _("Dossier %s is begonnen. Doe nu een voorstel.") % royement.nummer)
    return back_to(request, royement)


def show(request, royement):
    """Show one file, with what can be done now by this person."""
    return show_file(request, find(request, royement))


def show_file(request, royement: Royement, *, status: int = 200, **bound):
    logboek.note_read(
        "royement.gezien",
        by=request.actor,
        object_soort="royement",
        object_id=royement.pk,
    )
    dossier = gang.read(royement)
    is_subject = wie.is_subject(request, royement)
    # Who speaks for the practice does nothing for the kring in its own matter.
    leads = Rol.COORDINATOR in request.actor.rollen and not is_subject
    today = today_here()
    now = nu.next_of(dossier, today)
    context = {
        "royement": royement,
        "dossier": dossier,
        "nu": now,
        "laat": now is not None and now.is_late(today),
        "fase": nu.FASEN[dossier.fase],
        "leidt": leads,
        "is_betrokkene": is_subject,
        "stukken": list(royement.stukken.defer("inhoud").select_related("door")),
        "tijdlijn": weergave.timeline(dossier, with_reasons=leads or is_subject),
        "brief": dossier.last(*gang.LETTERS) if leads or is_subject else None,
        "opgehaald": dossier.last(Soort.OPGEHAALD),
        "is_vereniging": brief.is_association(royement),
        "vergaderingen": [
            (punt.vergadering, link_to(request, "vergadering", vergadering=punt.vergadering_id))
            for punt in dossier.punten
            if Rol.COORDINATOR in request.actor.rollen or punt.vergadering.opgeroepen_op
        ],
        **(_leading(request, dossier) if leads else {}),
        **_forms(dossier, leads=leads, is_subject=is_subject),
        **bound,
    }
    return render(request, "reglement/royement/dossier.html", context, status=status)


def _leading(request, dossier: gang.Dossier) -> dict:
    """Return what only the coordinator is offered, beside the forms."""
    return {
        "oproep_te_noteren": unnoted(dossier),
        "stemming_te_verwerken": _voted(dossier.announced_point),
        "beslissen_te_verwerken": dossier.may(Soort.BESLISSEN) and _voted(dossier.waiting_point),
        "mag_besluiten": dossier.may(Soort.BESLUITEN),
        "kan_eenzijdig": dossier.may(Soort.EENZIJDIG),
        "eenzijdig_url": link_to(request, "eenzijdig", deelnemer=dossier.royement.deelnemer_id),
        "nieuwe_vergadering": link_to(request, "vergaderingen"),
    }


def _voted(punt: Agendapunt | None) -> bool:
    """Whether something came of a point that can be processed: a decision, or too few people."""
    if punt is None:
        return False
    closed = punt.vergadering.status == Vergadering.Status.GESLOTEN
    return closed or standing_decision(punt) is not None


def link_to(request, route: str, **kwargs) -> str:
    """Return the address of another page of the app, empty when this person may not open it."""
    row = toegang.find(f"reglement:{route}")
    if row is None or not row.methoden["GET"].rollen & request.actor.rollen:
        return ""
    return reverse(f"reglement:{route}", kwargs={"kring": request.kring.slug} | kwargs)


def _forms(dossier: gang.Dossier, *, leads: bool, is_subject: bool) -> dict:
    """Return an empty form for each step that this person may take now."""
    found: dict = {}
    if leads:
        found |= offered(dossier, LEIDER)
    if is_subject:
        found |= offered(dossier, EIGEN)
    if (leads or is_subject) and dossier.is_open:
        found["stuk_form"] = forms.StukForm()
    return found


def unnoted(dossier: gang.Dossier) -> Agendapunt | None:
    """Return a point whose convocation left without its step; a fallback, it writes itself."""
    punt = dossier.waiting_point
    if punt is None or punt.vergadering.opgeroepen_op is None:
        return None
    known = {row.vergadering_id for row in dossier.stappen if row.soort == Soort.AANKONDIGEN}
    waits = punt.besluitsoort in gang.IN_STEMMING and punt.vergadering_id not in known
    return punt if waits else None


def with_form(request, royement: Royement, naam: str, form, act, gelukt: str):  # noqa: PLR0917
    if form.is_valid():
        try:
            act(form.cleaned_data)
        except ValidationError as error:
            _add_errors(form, error)
        else:
            messages.success(request, gelukt)
            return back_to(request, royement)
    return show_file(request, find(request, royement.pk), status=422, **{naam: form})


def _add_errors(form, error: ValidationError) -> None:
    """Say a refusal at its field, or above the form when the form has no such field."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for veld, zinnen in error.error_dict.items():
        form.add_error(veld if veld in form.fields else NON_FIELD_ERRORS, zinnen)


def find(request, pk) -> Royement:
    return get_object_or_404(gang.with_steps(wie.visible_to(request)), pk=pk)


def back_to(request, royement: Royement):
    return redirect(address_of(request, royement))


def address_of(request, royement: Royement) -> str:
    return reverse(
        "reglement:royement", kwargs={"kring": request.kring.slug, "royement": royement.pk}
    )


def posted(request):
    return request.POST if request.method == "POST" else None
