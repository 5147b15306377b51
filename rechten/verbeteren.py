"""A granted correction is work for whoever signed: a task at each report, until it is no longer.

The request says in words of the patient what is wrong, and names no report: every author looks.
"""

from django.utils.translation import gettext as _

from kern.actor import Actor
from rechten.lezen import newest_versions, whose
from rechten.models import Patientverzoek
from verslag.actions import close_taak, open_taak
from verslag.models import Taak


def ask_authors(verzoek: Patientverzoek, *, by: Actor) -> None:
    """Open a task at each signed report about the patient; said twice it stays one."""
    for versie in newest_versions([whose(verzoek)]):
        open_taak(
            kring_id=verzoek.kring_id,
            soort=Taak.Soort.VERBETEREN,
            sleutel=f"{_key(verzoek)}{versie.verslag_id}",
            by=by,
            verslag=versie.verslag,
            uitleg=_(
                "Verzoek %(nummer)s om verbetering is toegewezen. Wat er anders moet, staat bij "
                "het verzoek; je vindt het in het dossier van de patiënt."
            )
            % {"nummer": verzoek.nummer},
        )


def release_authors(verzoek: Patientverzoek, *, by: Actor) -> None:
    """Close what is left of these tasks: it is done, or nobody asks it any more."""
    rows = Taak.objects.open().filter(kring_id=verzoek.kring_id, sleutel__startswith=_key(verzoek))
    for sleutel in list(rows.values_list("sleutel", flat=True)):
        close_taak(kring_id=verzoek.kring_id, sleutel=sleutel, by=by)


def _key(verzoek: Patientverzoek) -> str:
    return f"verbeteren|{verzoek.pk}|"
