"""Access rows of the toezicht app: the functionaris gegevensbescherming, and nobody else."""

from django.utils.translation import gettext_lazy as _

from kern.toegang import Doel, Menu, Rol, regel


def _fg(route: str, methoden: str = "GET", *, object: str, menu=None, vers: bool = False):
    return regel(
        f"toezicht:{route}",
        Rol.FG,
        methoden=methoden,
        doel=Doel.CONTROLE,
        object=object,
        menu=menu,
        vers=vers,
    )


REGELS = [
    _fg("signalen", object="signalen van de kring", menu=Menu(_("Signalen"), 16)),
    _fg("zoeken", "POST", object="logregels van de kring"),
    _fg("signaal", "GET POST", object="signaal van de kring"),
    _fg("zoek_patient", "GET POST", object="patiënten van de kring", menu=Menu(_("Inzage"), 17)),
    _fg("inzage", object="logregels van een patiënt van de kring"),
    _fg("inzage_pdf", object="logregels van een patiënt van de kring", vers=True),
]
