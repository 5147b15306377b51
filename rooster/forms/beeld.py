"""Which month, year and practice a page shows; odd input falls back to what most people want."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

VERSTE = 10
"""Years from now beyond which nothing is planned and nothing is kept."""


class BeeldForm(forms.Form):
    """The choice of a page of the roster, from the address."""

    maand = forms.DateField(required=False, input_formats=["%Y-%m"])
    jaar = forms.IntegerField(required=False)
    praktijk = forms.UUIDField(required=False, label=_("Licht een praktijk uit"))

    def _chosen(self, name: str):
        self.is_valid()
        return self.cleaned_data.get(name)

    def month(self, today: date) -> date:
        """Return the first day of the chosen month."""
        chosen = self._chosen("maand")
        if chosen is None or abs(chosen.year - today.year) > VERSTE:
            chosen = today
        return chosen.replace(day=1)

    def year(self, today: date) -> int:
        chosen = self._chosen("jaar")
        return chosen if chosen and abs(chosen - today.year) <= VERSTE else today.year

    def practice(self) -> str:
        """Return the id of the chosen practice as text; empty when there is none."""
        return str(self._chosen("praktijk") or "")
