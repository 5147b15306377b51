"""Tell the coordinator of a patient who was owed a dentist and got none (§3.1.1)."""

from django.utils.translation import gettext as _

from bereikbaarheid.coordinatoren import coordinators_of
from kern import outbox
from kern.actor import Actor
from kern.sms import speak_telefoon
from kern.weergave import format_telefoon
from rooster.wacht import places_at
from triage.actions.basis import record_step
from triage.models import Oproep


def tell_unreached(oproep: Oproep, *, by: Actor) -> None:
    """Put the notices in the outbox: which call and whom to ring, of the patient nothing.

    A mail to each coordinator, and to the telephone a text message or on a landline a call; without
    either there is nobody to tell, and no line that somebody was told.
    """
    kring = oproep.kring
    places = places_at(oproep.afgerond_op, kring_id=kring.pk) if oproep.afgerond_op else []
    words = {
        "kring": kring.naam,
        "nummer": oproep.nummer,
        "triage": format_telefoon(kring.spoednummer),
        "dienst": "\n".join(
            f"{plaats.get_rol_display()}: {plaats.tandarts.naam}, "
            f"{format_telefoon(plaats.tandarts.telefoon)}"
            for plaats in places
        )
        or _("Er had niemand dienst."),
    }
    told = False
    if kring.telefoon_coordinator:
        told = True
        outbox.enqueue_telefoon(
            kring_id=kring.pk,
            sleutel=f"niet_bereikt|{oproep.pk}|sms",
            telefoon=kring.telefoon_coordinator,
            tekst=_(
                "%(kring)s: oproep %(nummer)s is afgebroken zonder de verplichte tandarts. "
                "Dienstdoende en achterwacht waren niet te bereiken. Bel triage: %(triage)s."
            )
            % words,
            gesproken=_(
                "Goedendag. Dit is spoedgevallendienst %(kring)s met een melding voor de "
                "coördinator. Oproep %(nummer)s is afgebroken zonder de verplichte tandarts. "
                "Dienstdoende en achterwacht waren niet te bereiken. Bel triage: %(bel)s. Ik "
                "herhaal: %(bel)s."
            )
            % (words | {"bel": speak_telefoon(kring.spoednummer)}),
        )
    for gebruiker in coordinators_of(kring.pk):
        told = True
        outbox.enqueue_mail(
            kring_id=kring.pk,
            sleutel=f"niet_bereikt|{oproep.pk}|{gebruiker.pk}",
            aan=gebruiker.email,
            onderwerp=_("Geen tandarts bereikt: oproep %(nummer)s") % words,
            tekst=_(
                "Dag %(naam)s,\n\nOproep %(nummer)s van %(kring)s is afgebroken. De tandarts moest "
                "worden gesproken, maar dienstdoende en achterwacht waren niet te bereiken.\n\n"
                "%(dienst)s\n\nBel hen, en zet een ander op de dienst als dat niet lukt. Bel dan "
                "triage: %(triage)s.\n"
            )
            % (words | {"naam": gebruiker.naam}),
        )
    if told:
        record_step("oproep.coordinator_bericht", "E", oproep, by)
