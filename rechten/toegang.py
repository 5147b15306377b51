"""Access rows of the rechten app: who handles a request, who decides, who agrees as the second."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from kern.toegang import Doel, Menu, Rol, regel
from rechten.models import Patientverzoek
from verslag.models import Passantendossier
from verslag.toegang import tandarts_of

BEHANDELT = frozenset({Rol.COORDINATOR, Rol.FG})
"""Handle the requests of the whole kring; a dentist those of own patients."""


def _may_patient(request, kwargs: dict[str, UUID]) -> bool:
    return _may(request, kwargs["patient"])


def _may_verzoek(request, kwargs: dict[str, UUID]) -> bool:
    patient = Patientverzoek.objects.filter(pk=kwargs["verzoek"]).values_list("patient", flat=True)
    return patient.exists() and _may(request, patient.get())


def _may(request, patient: UUID | None) -> bool:
    if request.actor.rollen & BEHANDELT:
        return True
    tandarts = tandarts_of(request)
    return tandarts is not None and Passantendossier.objects.may_read(tandarts, patient=patient)


def _rights(route: str, *rollen: str, methoden: str = "GET", object: str, **anders):
    return regel(
        f"rechten:{route}",
        *rollen,
        methoden=methoden,
        doel=Doel.RECHTEN,
        object=object,
        **anders,
    )


_VERZOEK = "verzoek van de kring, of over een eigen patiënt"

REGELS = [
    _rights(
        "verzoeken",
        BEHANDELT,
        object="verzoeken van de kring",
        menu=Menu(_("Verzoeken"), 32),
    ),
    _rights("zoek", BEHANDELT, methoden="GET POST", object="patiënten van de kring"),
    _rights(
        "nieuw",
        BEHANDELT,
        Rol.TANDARTS,
        methoden="GET POST",
        voorwaarde=_may_patient,
        object="patiënt van de kring, of eigen patiënt",
    ),
    _rights("verzoek", BEHANDELT, Rol.TANDARTS, voorwaarde=_may_verzoek, object=_VERZOEK),
    _rights(
        "stap",
        Rol.COORDINATOR,
        Rol.TANDARTS,
        methoden="POST",
        voorwaarde=_may_verzoek,
        object=_VERZOEK,
        vers=True,  # gives a copy away: an export as well (S26)
    ),
    _rights("besluit", Rol.COORDINATOR, methoden="POST", object="verzoek van de kring", vers=True),
    _rights("brief", Rol.COORDINATOR, methoden="POST", object="verzoek van de kring"),
    _rights(
        "bestand",
        Rol.COORDINATOR,
        Rol.TANDARTS,
        methoden="POST",
        voorwaarde=_may_verzoek,
        object=_VERZOEK,
        vers=True,
    ),
    _rights("vernietigingen", BEHANDELT, object="dossiers van de kring die weg mogen"),
    _rights(
        "vernietiging",
        BEHANDELT,
        methoden="GET POST",
        object="dossier van de kring dat weg mag",
        vers=True,
    ),
    _rights("instelling", Rol.COORDINATOR, methoden="GET POST", object="vergoeding van de kring"),
]
