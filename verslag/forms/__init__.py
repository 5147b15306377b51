"""Forms of the report and of the pick-up page, a module per subject."""

from verslag.forms.eigen_tandarts import KiesEigenTandartsForm
from verslag.forms.kanaal import CertificaatForm, OverhandigForm
from verslag.forms.ophalen import AntwoordForm, CodeForm
from verslag.forms.samenvoegen import SamenvoegForm, SplitsForm
from verslag.forms.verslag import TekenForm, VerslagForm
from verslag.forms.vervolg import VervolgForm

__all__ = [
    "AntwoordForm",
    "CertificaatForm",
    "CodeForm",
    "KiesEigenTandartsForm",
    "OverhandigForm",
    "SamenvoegForm",
    "SplitsForm",
    "TekenForm",
    "VerslagForm",
    "VervolgForm",
]
