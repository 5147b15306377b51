"""What is mailed about taking part: a notice with a link, through the outbox."""

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from kern import outbox
from kern.toegang import Rol
from kern.weergave import format_datum
from kring.models import Kring, Lidmaatschap
from reglement.models import Einde


def write_resigned(einde: Einde) -> None:
    """Tell the practice and the coordinators on which day it stops, and why that day."""
    kring = Kring.objects.get(pk=einde.kring_id)
    practice = Q(rol=Rol.VERTEGENWOORDIGER, deelnemer=einde.deelnemer_id)
    rows = Lidmaatschap.objects.filter(
        practice | Q(rol=Rol.COORDINATOR),
        kring=kring,
        status=Lidmaatschap.Status.ACTIEF,
        gebruiker__is_active=True,
    ).select_related("gebruiker")
    people = {row.gebruiker_id: row.gebruiker for row in rows}
    path = reverse(
        "reglement:deelname", kwargs={"kring": kring.slug, "deelnemer": einde.deelnemer_id}
    )
    for gebruiker in people.values():
        words = {
            "naam": gebruiker.naam,
            "kring": kring.naam,
            "praktijk": einde.deelnemer.naam,
            "dag": format_datum(einde.laatste_dag),
            "waarom": einde.waarom,
            "link": f"{settings.ADRES}{path}",
        }
        outbox.enqueue_mail(
            kring_id=kring.pk,
            sleutel=f"einde|{einde.pk}|{einde.gewijzigd_op.isoformat()}|{gebruiker.pk}",
            aan=gebruiker.email,
            onderwerp=_("%(praktijk)s stopt na %(dag)s") % words,
            tekst=_(
                "Dag %(naam)s,\n\n%(praktijk)s stopt met de spoeddienst van %(kring)s. De laatste "
                "dag is %(dag)s.\n\n%(waarom)s\n\nBekijk welke diensten na die dag nog op naam van "
                "de praktijk staan:\n\n%(link)s\n"
            )
            % words,
        )
