"""Ask for more than the protocol, and take that back while nothing has come of it (U12)."""

from django.db import transaction
from django.utils.translation import gettext as _

from kern.actor import Actor
from triage.actions.basis import judge_again, lock, record_step
from triage.models import Oproep
from triage.overgangen import StapGeweigerd, require_running


@transaction.atomic
def raise_oproep(oproep: Oproep, *, reden: str, by: Actor, toelichting: str = "") -> Oproep:
    """Make contact with the dentist obligatory, with the reason of the person who decides so."""
    lock(oproep)
    require_running(oproep)
    if oproep.opgehoogd_naar:
        raise StapGeweigerd(_("Deze oproep is al opgehoogd. Bel de tandarts."))
    if not oproep.uitkomst:
        raise StapGeweigerd(
            _("Kies eerst de klacht. Past er geen? Kies 'Iets anders', dan beslist de tandarts.")
        )
    if reden not in Oproep.Ophoogreden.values:
        raise StapGeweigerd(_("Kies waarom je de tandarts toch wilt bellen."))
    if reden == Oproep.Ophoogreden.ANDERS and not toelichting.strip():
        raise StapGeweigerd(_("Schrijf op waarom je de tandarts toch wilt bellen."))
    oproep.opgehoogd_naar = Oproep.Contact.VERPLICHT
    oproep.ophoogreden, oproep.ophoog_toelichting = reden, toelichting.strip()
    oproep.opgehoogd_door_id = by.person_id
    oproep.reden_teruggenomen = ""
    judge_again(oproep)
    oproep.save()
    record_step("oproep.opgehoogd", "U", oproep, by)
    return oproep


@transaction.atomic
def take_back_raise(oproep: Oproep, *, reden: str, by: Actor) -> Oproep:
    """Undo one's own raise before anybody was called; what the protocol says then applies again.

    Nobody else's, and not after a call: from there on only the dentist decides (T-16).
    """
    lock(oproep)
    require_running(oproep)
    if not oproep.opgehoogd_naar:
        raise StapGeweigerd(_("Deze oproep is niet opgehoogd."))
    if oproep.opgehoogd_door_id != by.gebruiker_id:
        raise StapGeweigerd(
            _("Een collega heeft deze oproep opgehoogd. Alleen de tandarts beslist nu nog anders.")
        )
    if oproep.behandelaar_id or oproep.besluit or oproep.contactpogingen.exists():
        raise StapGeweigerd(
            _("De tandarts is al gebeld. Leg vast wat de tandarts beslist; terugnemen kan niet.")
        )
    if not reden.strip():
        raise StapGeweigerd(_("Schrijf op waarom bellen toch niet nodig is."))
    # The first reason stays: taking back adds to the story, it wipes nothing.
    oproep.opgehoogd_naar, oproep.reden_teruggenomen = "", reden.strip()
    judge_again(oproep)
    oproep.save()
    record_step("oproep.ophoging_teruggenomen", "U", oproep, by)
    return oproep
