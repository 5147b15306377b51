"""Mail about a royement: that something is ready; what it is stands behind the login (RY-4).

The link is that of the first page of the app: an address can say too much as well.
"""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from kern import outbox
from kern.tijd import to_local
from kern.toegang import Rol
from kern.weergave import format_datum, format_tijd
from kring.models import Lidmaatschap
from reglement.models import Royement, Royementstap, Vergadering


def tell_letter(royement: Royement, stap: Royementstap) -> None:
    """Tell whoever speaks for the practice that a letter is ready."""
    for rij in _members(royement, Rol.VERTEGENWOORDIGER, deelnemer_id=royement.deelnemer_id):
        outbox.enqueue_mail(
            kring_id=royement.kring_id,
            sleutel=f"royementsbrief|{stap.pk}|{rij.pk}",
            aan=rij.gebruiker.email,
            onderwerp=_("Er staat een brief van de kring voor je klaar"),
            tekst=_(
                "Dag %(naam)s,\n\nEr staat een brief van %(kring)s voor je klaar. Log in om hem "
                "te lezen:\n\n%(link)s\n"
            )
            % {
                "naam": rij.gebruiker.naam,
                "kring": royement.kring.naam,
                "link": _address(royement),
            },
        )


def tell_meeting(royement: Royement, vergadering: Vergadering) -> None:
    """Tell a practice that takes part no more when the deelnemers meet about it."""
    _about_meeting(
        royement,
        vergadering,
        "oproep",
        _("De kring vergadert over je dossier"),
        _(
            "Dag %(naam)s,\n\nOp %(wanneer)s vergaderen de deelnemers van %(kring)s over het "
            "dossier van je praktijk. Je praktijk is geen deelnemer en stemt niet mee. Wel kun je "
            "tot die dag je eigen kant in het dossier zetten: de deelnemers lezen die. Wil je "
            "erbij zijn, vraag dat dan aan de coördinator. Log in:\n\n%(link)s\n"
        ),
    )


def tell_meeting_off(royement: Royement, vergadering: Vergadering) -> None:
    """Tell the same practice that this meeting is off."""
    _about_meeting(
        royement,
        vergadering,
        "afgelast",
        _("Een vergadering over je dossier gaat niet door"),
        _(
            "Dag %(naam)s,\n\nDe vergadering van %(kring)s op %(wanneer)s gaat niet door. Is er "
            "een nieuwe dag, dan hoor je dat. Hoe je dossier ervoor staat, lees je na het inloggen:"
            "\n\n%(link)s\n"
        ),
    )


def _about_meeting(
    royement: Royement, vergadering: Vergadering, wat: str, onderwerp: str, tekst: str
) -> None:
    begin = to_local(vergadering.begint_op)
    for rij in _members(royement, Rol.VERTEGENWOORDIGER, deelnemer_id=royement.deelnemer_id):
        outbox.enqueue_mail(
            kring_id=royement.kring_id,
            sleutel=f"royementsvergadering|{vergadering.pk}|{royement.pk}|{wat}|{rij.pk}",
            aan=rij.gebruiker.email,
            onderwerp=onderwerp,
            tekst=tekst
            % {
                "naam": rij.gebruiker.naam,
                "kring": royement.kring.naam,
                "wanneer": f"{format_datum(begin.date())}, {format_tijd(begin)}",
                "link": _address(royement),
            },
        )


def remind(royement: Royement, *, dag: date, uiterlijk: str) -> None:
    """Remind the coordinators that something must be done in this file before a day."""
    for rij in _members(royement, Rol.COORDINATOR):
        outbox.enqueue_mail(
            kring_id=royement.kring_id,
            sleutel=f"royementstermijn|{royement.pk}|{dag}|{rij.pk}",
            aan=rij.gebruiker.email,
            onderwerp=_("Een termijn loopt af in dossier %s") % royement.nummer,
            tekst=_(
                "Dag %(naam)s,\n\nIn dossier %(nummer)s van %(kring)s is uiterlijk %(dag)s iets te "
                "doen. Wat en waarom lees je na het inloggen:\n\n%(link)s\n"
            )
            % {
                "naam": rij.gebruiker.naam,
                "nummer": royement.nummer,
                "kring": royement.kring.naam,
                "dag": uiterlijk,
                "link": _address(royement),
            },
        )


def _address(royement: Royement) -> str:
    path = reverse("reglement:overzicht", kwargs={"kring": royement.kring.slug})
    return f"{settings.ADRES}{path}"


def _members(royement: Royement, rol: str, **who: UUID) -> Iterable[Lidmaatschap]:
    rows = Lidmaatschap.objects.active().filter(kring_id=royement.kring_id, rol=rol, **who)
    return rows.select_related("gebruiker").order_by("gebruiker_id")
