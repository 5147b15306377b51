"""Access rows of the triage app: whoever helps the patient, and nobody else."""

from uuid import UUID

from kern.toegang import Doel, Menu, Rol, regel
from triage.models import Oproep, Tandartsbericht

_ZORG = (Rol.TRIAGE, Rol.TANDARTS)
_LEZERS = (*_ZORG, Rol.COORDINATOR)
_VERSIE = "protocolversie van de kring"


def _helps_now(request, kwargs: dict[str, UUID]) -> bool:
    """The treatment relation of the telephone: a call that still runs, with a patient (S10)."""
    return Oproep.objects.open().filter(pk=kwargs["pk"], patient__isnull=False).exists()


def _is_addressed(request, kwargs: dict[str, UUID]) -> bool:
    """The dentist whom the message was sent to; the link is worth nothing to anybody else."""
    return Tandartsbericht.objects.filter(
        pk=kwargs["bericht"], tandarts__gebruiker_id=request.user.pk
    ).exists()


def _bericht(route: str, methoden: str = "POST"):
    return regel(
        f"triage:{route}",
        Rol.TANDARTS,
        methoden=methoden,
        doel=Doel.ZORG,
        voorwaarde=_is_addressed,
        object="bericht aan deze tandarts",
    )


def _oproep(route: str, methoden: str = "POST", *, achtergrond: bool = False):
    return regel(
        f"triage:{route}",
        *_ZORG,
        methoden=methoden,
        doel=Doel.ZORG,
        object="oproep van de kring",
        achtergrond=achtergrond,
    )


def _protocol(route: str, *rollen, methoden: str = "POST", **kwargs):
    return regel(f"triage:{route}", *rollen, methoden=methoden, object=_VERSIE, **kwargs)


def _kringen(route: str, **kwargs):
    """A page of a call centre: over the kringen in which this person does triage, and no other."""
    return regel(
        f"meldkamer:{route}",
        Rol.TRIAGE,
        doel=Doel.ZORG,
        object="open oproepen van de eigen kringen",
        **kwargs,
    )


REGELS = [
    _kringen("bord"),
    _kringen("bord_fragment", achtergrond=True),
    _kringen("strook", achtergrond=True),
    _kringen("wand", scherm=True),
    _kringen("wand_fragment", achtergrond=True, scherm=True),
    _kringen("wand_begin", methoden="POST"),
    regel("triage:gesloten", *_ZORG, doel=Doel.ZORG, object="gesloten oproepen van de kring"),
    regel(
        "triage:bord",
        *_ZORG,
        doel=Doel.ZORG,
        object="open oproepen van de kring",
        menu=Menu("Bord", 10),
    ),
    regel(
        "triage:bord_fragment",
        *_ZORG,
        doel=Doel.ZORG,
        object="open oproepen van de kring",
        achtergrond=True,
    ),
    regel(
        "triage:zoek",
        *_ZORG,
        methoden="GET POST",
        doel=Doel.ZORG,
        object="patiënten van de kring",
        menu=Menu("Zoeken", 30),
    ),
    regel("triage:nieuw", *_ZORG, methoden="POST", doel=Doel.ZORG, object="kring"),
    regel("triage:navoeren", *_ZORG, methoden="GET POST", doel=Doel.ZORG, object="kring"),
    regel("triage:nachtblad", *_ZORG, doel=Doel.ZORG, object="oproepen van deze dienst"),
    regel("triage:formulier", *_ZORG, Rol.COORDINATOR, object="leeg formulier"),
    regel("triage:verwijsadressen", Rol.COORDINATOR, Rol.BEHEERDER, object="verwijsadressen"),
    regel(
        "triage:verwijsadres_nieuw",
        Rol.COORDINATOR,
        methoden="GET POST",
        object="verwijsadres",
    ),
    regel("triage:verwijsadres", Rol.COORDINATOR, methoden="GET POST", object="verwijsadres"),
    _oproep("oproep", "GET"),
    _oproep("stand", "GET", achtergrond=True),
    _oproep("antwoorden"),
    _oproep("patient"),
    _oproep("patient_kies"),
    regel(
        "triage:bsn_tonen",
        *_ZORG,
        methoden="POST",
        doel=Doel.ZORG,
        voorwaarde=_helps_now,
        object="lopende oproep van de kring",
    ),
    _oproep("herhaling"),
    _oproep("eigen_tandarts"),
    _oproep("contactpoging"),
    _oproep("vergissing"),
    _oproep("bericht_sturen"),
    _bericht("bericht", "GET"),
    _bericht("bericht_bevestigen"),
    _bericht("bericht_doorgeven"),
    _bericht("bericht_besluit"),
    _oproep("besluit"),
    _oproep("ophogen"),
    _oproep("ophogen_terug"),
    _oproep("agressie"),
    _oproep("afronden"),
    _oproep("afbreken"),
    _oproep("weggooien"),
    # The protocol itself: who works by it may read it, the coordinator makes a version, a dentist
    # who had no hand in it approves, with a proof that it is really them.
    _protocol("protocol", *_LEZERS, methoden="GET", menu=Menu("Protocol", 40)),
    _protocol("protocol_standaard", *_LEZERS, methoden="GET"),
    _protocol("protocol_standaard_print", *_LEZERS, methoden="GET"),
    _protocol("protocolversie", *_LEZERS, methoden="GET"),
    _protocol("protocol_blad", *_LEZERS, methoden="GET"),
    _protocol("protocol_print", *_LEZERS, methoden="GET"),
    _protocol("protocol_verschil", *_LEZERS, methoden="GET"),
    _protocol("protocol_toetsen", Rol.COORDINATOR, Rol.TANDARTS, methoden="GET POST"),
    _protocol("protocol_nieuw", Rol.COORDINATOR),
    _protocol("protocol_wijzigen", Rol.COORDINATOR, methoden="GET POST"),
    _protocol("protocol_aanbieden", Rol.COORDINATOR),
    _protocol("protocol_terugnemen", Rol.COORDINATOR),
    _protocol("protocol_weggooien", Rol.COORDINATOR),
    _protocol("protocol_akkoord", Rol.TANDARTS, methoden="GET POST", vers=True),
    _protocol("protocol_terugsturen", Rol.TANDARTS),
    _protocol("protocol_ingaan", Rol.COORDINATOR),
    _protocol("protocol_intrekken", Rol.COORDINATOR),
]
