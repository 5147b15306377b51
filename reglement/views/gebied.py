"""The area of the kring, and another one by decision (§5.1, MR 10.1c)."""

from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kring.formulierpagina import confirm_page, form_page
from kring.models import Deelnemer
from reglement.actions import gebied as actions
from reglement.forms.gebied import VoorstelForm
from reglement.forms.toelating import VoorleggenForm
from reglement.geldend import variabelen_on, version_on
from reglement.models import Besluit, Gebiedswijziging
from reglement.views.deelname import today
from rooster.forms.gebied import written
from rooster.gebied.kaart import draw
from rooster.gebied.reistijd import measure
from rooster.models import Gebied

Status = Gebiedswijziging.Status


def area(request):
    """The area as it holds, the proposal with its travel times, and what was decided before."""
    current = Gebied.objects.filter(kring=request.kring).first()
    rows = Gebiedswijziging.objects.filter(kring=request.kring).select_related("besluit", "versie")
    proposal = next((row for row in rows if row.status == Status.VOORSTEL), None)
    context = {
        "gebied": current,
        "postcodes": written(current.postcodes) if current else "",
        "regels": variabelen_on(request.kring.pk, today()),
        "versie": version_on(request.kring.pk, today()),
        "voorstel": proposal,
        "eerdere": [row for row in rows if row.status != Status.VOORSTEL],
    }
    if proposal:
        context |= _judged(request, proposal, current)
    return render(request, "reglement/gebied/gebied.html", context)


def _judged(request, proposal: Gebiedswijziging, current: Gebied | None) -> dict:
    """Return what the proposal does: postcodes that come and go, and how far each lies."""
    practices = Deelnemer.objects.filter(kring=request.kring, actief=True).order_by("naam")
    places = list(practices.values_list("naam", "postcode"))
    meting = measure(proposal.postcodes, places, proposal.grens)
    now = set(current.postcodes) if current else set()
    besluit = actions.decision_on(proposal)
    return {
        "rijen": [
            {"bereik": bereik, "te_ver": written(bereik.te_ver) if bereik.te_ver else ""}
            for bereik in meting.bereiken
        ],
        "kaart": draw(proposal.postcodes, meting.bereiken),
        "grens": proposal.grens,
        "schatting": meting.schatting,
        "mislukt": meting.mislukt,
        "erbij": written(sorted(set(proposal.postcodes) - now)),
        "eraf": written(sorted(now - set(proposal.postcodes))),
        "buiten": [naam for naam, code in places if code[:4] not in proposal.postcodes],
        "voorgesteld": written(proposal.postcodes),
        "besluit": besluit,
        "besloten": besluit and besluit.uitkomst != Besluit.Uitkomst.GEEN_GELDIGE_STEMMING,
        "agendapunten": proposal.agendapunten.select_related("vergadering"),
    }


def propose(request):
    """Write a proposal, or mend the one that is on no agenda yet."""
    row = Gebiedswijziging.objects.filter(kring=request.kring, status=Status.VOORSTEL).first()
    current = Gebied.objects.filter(kring=request.kring).first()
    initial = {}
    if row is None and current:
        initial = {"postcodes": written(current.postcodes), "grens": current.grens}
    if row is None:
        initial["gemeenten"] = list(variabelen_on(request.kring.pk, today()).gemeenten)

    def save(velden: dict) -> object:
        if row is None:
            return actions.propose_area(kring_id=request.kring.pk, by=request.actor, **velden)
        return actions.change_proposal(row, by=request.actor, **velden)

    return form_page(
        request,
        VoorstelForm(request.POST or None, instance=row, initial=initial),
        save=save,
        titel=_("Voorstel voor een ander gebied"),
        terug=_page(request),
        gelukt=_("Het voorstel staat klaar. Bekijk de reistijden en zet het op een agenda."),
        template="reglement/formulier.html",
        uitleg=_(
            "De deelnemers besluiten hierover (art. 10.1c). Wordt het aangenomen, dan komt er ook "
            "een nieuwe versie van het reglement."
        ),
    )


def put(request, gebiedswijziging):
    """Put the proposal on an agenda."""
    row = _row(request, gebiedswijziging)
    return form_page(
        request,
        VoorleggenForm(request.POST or None, kring=request.kring),
        save=lambda velden: actions.put_to_meeting(row, by=request.actor, **velden),
        titel=_("Voorstel voorleggen aan de vergadering"),
        terug=_page(request),
        gelukt=_("Het voorstel staat op de agenda."),
        template="reglement/formulier.html",
        uitleg=_(
            "Je kiest een vergadering waarvoor nog niemand is opgeroepen. Is er geen, maak die dan "
            "eerst bij Vergaderingen."
        ),
    )


def settle(request, gebiedswijziging):
    """Do what the deelnemers decided."""
    row = _row(request, gebiedswijziging)

    def act() -> None:
        actions.settle_area(row, by=request.actor)

    return confirm_page(
        request,
        act=act,
        titel=_("Besluit over het gebied verwerken"),
        vraag=_(
            "Is het voorstel aangenomen, dan geldt het nieuwe gebied meteen en komt er een nieuwe "
            "versie van het reglement."
        ),
        knop=_("Verwerk het besluit"),
        terug=_page(request),
        gelukt=_("Het besluit is verwerkt."),
    )


def withdraw(request, gebiedswijziging):
    """Take the proposal off the table."""
    row = _row(request, gebiedswijziging)

    def act() -> None:
        if actions.decision_on(row):
            raise ValidationError(_("Er is al over besloten. Verwerk het besluit."))
        actions.withdraw_proposal(row, by=request.actor)

    return confirm_page(
        request,
        act=act,
        titel=_("Voorstel intrekken"),
        vraag=_("Het voorstel vervalt. Het gebied blijft zoals het is."),
        knop=_("Trek in"),
        terug=_page(request),
        gelukt=_("Het voorstel is ingetrokken."),
    )


def _page(request) -> str:
    return reverse("reglement:verzorgingsgebied", kwargs={"kring": request.kring.slug})


def _row(request, pk) -> Gebiedswijziging:
    return get_object_or_404(Gebiedswijziging, pk=pk, kring=request.kring)
