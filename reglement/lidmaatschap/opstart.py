"""What taking part and safety offer to the rest of the house, at start-up."""

from django.utils.translation import gettext_lazy as _

from kern import dagwerk
from kring import startpagina
from reglement import overzicht
from reglement.lidmaatschap import taken, werk
from reglement.lidmaatschap.rijen import area_is_ruled, rules_page
from reglement.views.veiligheid import duty_card
from rooster.gebied import slot
from rooster.ruil import reglementslot


def offer() -> None:
    """Offer daily work, tasks, the safety card and the locks on the area and the text of rules."""
    dagwerk.register("deelname", werk.follow_all, uur=0)
    overzicht.register(taken.lines)
    slot.register(area_is_ruled)
    reglementslot.register(rules_page)
    startpagina.register("reglement/veiligheid/_startblok.html", duty_card, volgorde=14)
    startpagina.register_taak(
        "reglement:incident_nieuw",
        _("Incident melden"),
        _("Agressie of dreiging tijdens een dienst. Zonder naam van de patiënt."),
        icoon="agressie",
        volgorde=60,
    )
