"""Forms of the report and of the pick-up page, a module per subject."""

from verslag.forms.ophalen import CodeForm
from verslag.forms.verslag import TekenForm, VerslagForm

__all__ = ["CodeForm", "TekenForm", "VerslagForm"]
