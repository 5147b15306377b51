"""Access rows of the triage app: whoever helps the patient, and nobody else."""

from kern.toegang import Doel, Menu, Rol, regel

_ZORG = (Rol.TRIAGE, Rol.TANDARTS)


def _oproep(route: str, methoden: str = "POST", *, achtergrond: bool = False):
    return regel(
        f"triage:{route}",
        *_ZORG,
        methoden=methoden,
        doel=Doel.ZORG,
        object="oproep van de kring",
        achtergrond=achtergrond,
    )


REGELS = [
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
    regel("triage:nieuw", *_ZORG, methoden="POST", doel=Doel.ZORG, object="kring"),
    _oproep("oproep", "GET"),
    _oproep("stand", "GET", achtergrond=True),
    _oproep("antwoorden"),
    _oproep("patient"),
    _oproep("patient_kies"),
    _oproep("eigen_tandarts"),
    _oproep("contactpoging"),
    _oproep("besluit"),
    _oproep("afronden"),
    _oproep("afbreken"),
    _oproep("weggooien"),
]
