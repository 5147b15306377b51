"""The steps of a version beyond the draft: to the meeting, adopted, sent, signed."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kring.formulierpagina import confirm_page, form_page
from kring.models import Deelnemer
from reglement.actions import reglement as acties
from reglement.forms.regels import (
    PapierForm,
    PapierhandtekeningForm,
    VerwerkForm,
    VoorlegForm,
)
from reglement.models import Besluit, Reglementversie
from reglement.versies.lezen import articles_of, clocks_of, decision_on, objections_to
from reglement.versies.papier import parties_of
from reglement.versies.tekenstand import signatures_of, still_to_sign
from reglement.views.concept import find_draft, seen_number

Status = Reglementversie.Status


def voorleggen(request, reglementversie):
    """Put a draft on the agenda of a meeting."""
    row = find_draft(request, reglementversie)

    def save(data):
        acties.save_toelichting(
            row, toelichting=data["toelichting"], gezien=seen_number(request), by=request.actor
        )
        acties.lay_before(row, vergadering=data["vergadering"], by=request.actor)

    return form_page(
        request,
        VoorlegForm(request.POST or None, versie=row),
        save=save,
        titel=_("Aan de vergadering voorleggen"),
        terug=_to(request, "versie", row),
        gelukt=_("Het voorstel staat op de agenda. De tekst ligt nu vast."),
        template="reglement/regels/voorleggen.html",
        versie=row,
        bezwaren=[bezwaar for bezwaar in objections_to(row) if bezwaar.blokkeert],
    )


def terughalen(request, reglementversie):
    """Make a proposal a draft again."""
    row = _find(request, reglementversie, Status.VOORGELEGD)
    return confirm_page(
        request,
        act=lambda: acties.take_back(row, by=request.actor),
        titel=_("Terug naar concept"),
        vraag=_(
            "Het agendapunt vervalt en je kunt de tekst weer wijzigen. Dat kan zolang de "
            "deelnemers nog niet zijn opgeroepen."
        ),
        knop=_("Maak er weer een concept van"),
        terug=_to(request, "versie", row),
        gelukt=_("Het is weer een concept."),
    )


def intrekken(request, reglementversie):
    """Take a proposal from the table."""
    row = _find(request, reglementversie, Status.VOORGELEGD)
    return confirm_page(
        request,
        act=lambda: acties.withdraw(row, by=request.actor),
        titel=_("Voorstel intrekken"),
        vraag=_(
            "Over dit voorstel kan dan niet meer worden gestemd. Het agendapunt blijft staan. De "
            "tekst blijft bewaard; je kunt er een nieuw concept mee beginnen."
        ),
        knop=_("Trek het voorstel in"),
        terug=_to(request, "versie", row),
        gelukt=_("Het voorstel is ingetrokken."),
    )


def verwerken(request, reglementversie):
    """Carry out what the group decided: the proposal becomes the rules, or is closed."""
    row = _find(request, reglementversie, Status.VOORGELEGD)
    besluit = decision_on(row)
    first = {"geldig_vanaf": besluit.genomen_op} if besluit else {}
    rejected = besluit is not None and besluit.uitkomst == Besluit.Uitkomst.VERWORPEN
    if besluit is None or rejected:
        return confirm_page(
            request,
            act=lambda: acties.process(row, by=request.actor),
            titel=_("Besluit verwerken"),
            vraag=_("De kring heeft dit voorstel verworpen. Het blijft bewaard als verworpen.")
            if rejected
            else _("Over dit voorstel is nog niet besloten."),
            knop=_("Verwerk het besluit"),
            terug=_to(request, "versie", row),
            gelukt=_("Verwerkt: het voorstel is verworpen."),
        )

    return form_page(
        request,
        VerwerkForm(request.POST or None, initial=first),
        save=lambda data: acties.process(row, by=request.actor, **data),
        titel=_("Besluit verwerken"),
        terug=_to(request, "versie", row),
        gelukt=_("Verwerkt. Dit is nu het reglement."),
        template="reglement/regels/verwerken.html",
        versie=row,
        besluit=besluit,
        klokken=clocks_of(row, besluit),
    )


def papier(request, reglementversie):
    """Register a text that the kring adopted without this program."""
    row = find_draft(request, reglementversie)
    return form_page(
        request,
        PapierForm(request.POST or None),
        save=lambda data: acties.register_paper(row, by=request.actor, **data),
        titel=_("Al op papier vastgesteld"),
        terug=_to(request, "versie", row),
        gelukt=_("Vastgelegd. Dit is nu het reglement."),
        template="reglement/regels/papier.html",
        versie=row,
        bezwaren=[bezwaar for bezwaar in objections_to(row) if bezwaar.blokkeert],
    )


def verzenden(request, reglementversie):
    """Send an adopted version to every deelnemer."""
    row = _find(request, reglementversie, Status.VASTGESTELD)
    names = ", ".join(praktijk for praktijk, _naam in parties_of(row))
    return confirm_page(
        request,
        act=lambda: acties.send(row, by=request.actor),
        titel=_("Reglement versturen"),
        vraag=_(
            "Alle deelnemers van vandaag krijgen de hele tekst van versie %(nummer)s per mail. "
            "Partijen bij deze versie: %(namen)s."
        )
        % {"nummer": row.nummer, "namen": names},
        knop=_("Verstuur"),
        terug=_to(request, "versie", row),
        gelukt=_("De tekst is onderweg naar alle deelnemers."),
    )


def ondertekenen(request, reglementversie):
    """The vertegenwoordiger reads the text and signs for the own practice (art. 3)."""
    row = _find(request, reglementversie, Status.VASTGESTELD)
    own = still_to_sign(row, request.user.pk)
    fouten = []
    if request.method == "POST":
        choice = request.POST.get("deelnemer", "")
        praktijk = next((one for one in own if str(one.pk) == choice), None)
        try:
            if praktijk is None:
                raise ValidationError(_("Kies een praktijk waarvoor je nog moet tekenen."))
            if request.POST.get("akkoord") != "ja":
                raise ValidationError(
                    _("Zet een vinkje: je kent het reglement en de richtlijn en bent akkoord.")
                )
            acties.sign(
                row, deelnemer=praktijk, gezien=request.POST.get("gezien", ""), by=request.actor
            )
        except ValidationError as error:
            fouten = error.messages
        else:
            messages.success(
                request, _("Ondertekend voor %(praktijk)s.") % {"praktijk": praktijk.naam}
            )
            return redirect(_to(request, "versie", row))
    context = {"versie": row, "praktijken": own, "artikelen": articles_of(row), "fouten": fouten}
    return render(
        request, "reglement/regels/ondertekenen.html", context, status=422 if fouten else 200
    )


def ondertekeningen(request, reglementversie):
    """Who signed this version and who did not; the coordinator reminds."""
    row = _find(request, reglementversie, Status.VASTGESTELD)
    context = {"versie": row, "stand": signatures_of(row)}
    return render(request, "reglement/regels/ondertekeningen.html", context)


def herinneren(request, reglementversie):
    """Ask everybody who did not sign."""
    row = _find(request, reglementversie, Status.VASTGESTELD)
    missing = [lid.deelnemer.naam for lid in signatures_of(row).ontbreken if lid.vertegenwoordiger]
    return confirm_page(
        request,
        act=lambda: acties.remind_signatures(row, by=request.actor),
        titel=_("Herinnering sturen"),
        vraag=_("Een mail gaat naar de vertegenwoordiger van: %(namen)s.")
        % {"namen": ", ".join(missing) or _("niemand")},
        knop=_("Verstuur de herinnering"),
        terug=_to(request, "ondertekeningen", row),
        gelukt=_("De herinnering is verstuurd."),
    )


def papieren_handtekening(request, reglementversie):
    """Put a signature on paper in the register."""
    row = _find(request, reglementversie, Status.VASTGESTELD)

    def save(data):
        deelnemer: Deelnemer = data["deelnemer"]
        acties.note_paper(
            row, deelnemer=deelnemer, getekend_op=data["getekend_op"], by=request.actor
        )

    return form_page(
        request,
        PapierhandtekeningForm(request.POST or None, ontbreken=signatures_of(row).ontbreken),
        save=save,
        titel=_("Handtekening op papier noteren"),
        terug=_to(request, "ondertekeningen", row),
        gelukt=_("Genoteerd. Bewaar het papier zelf ook (art. 3)."),
    )


def _find(request, pk, status: str) -> Reglementversie:
    rows = Reglementversie.objects.select_related("vorige", "besluit", "kring")
    return get_object_or_404(rows, pk=pk, kring=request.kring, status=status)


def _to(request, route: str, versie: Reglementversie) -> str:
    values = {"kring": request.kring.slug, "reglementversie": versie.pk}
    return reverse(f"reglement:{route}", kwargs=values)
