"""Which period to show."""

from datetime import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from statistiek import periode
from statistiek.periode import MIN_DAGEN_VRIJ, Periode

VRIJ = "vrij"
MAX_JAREN_VRIJ = 5
_VORMEN = ["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y"]


def _day(label):
    return forms.DateField(
        label=label,
        required=False,
        input_formats=_VORMEN,
        widget=forms.DateInput(
            format="%d-%m-%Y", attrs={"class": "form-control", "inputmode": "numeric"}
        ),
        error_messages={"invalid": _lazy("Vul een datum in, bijvoorbeeld 1-9-2026.")},
    )


class PeriodeForm(forms.Form):
    """A named period, or two days; `nu` is the database clock."""

    periode = forms.ChoiceField(
        label=_lazy("Periode"),
        required=False,
        widget=forms.Select(attrs={"class": "form-select"}),
        error_messages={"invalid_choice": _lazy("Kies een periode uit de lijst.")},
    )
    van = _day(_lazy("Van"))
    tot = _day(_lazy("Tot en met"))

    def __init__(self, *args, nu: datetime, **kwargs):
        super().__init__(*args, **kwargs)
        self.choices = {option.code: option for option in periode.options(nu)}
        self.fields["periode"].choices = [
            *((code, option.titel) for code, option in self.choices.items()),
            (VRIJ, _("andere periode")),
        ]
        self.initial.setdefault("periode", periode.STANDAARD)

    def clean(self):
        data = super().clean()
        if data.get("periode") == VRIJ and not self.errors:
            self._check_days(data)
        return data

    def _check_days(self, data) -> None:
        van, tot = data.get("van"), data.get("tot")
        for name, value in (("van", van), ("tot", tot)):
            if value is None:
                self.add_error(name, _("Vul een datum in, bijvoorbeeld 1-9-2026."))
            elif not 2000 <= value.year <= 2100:
                self.add_error(name, _("Dit jaar kan niet kloppen. Kijk het na."))
        if self.errors:
            return
        days = (tot - van).days + 1
        if days < MIN_DAGEN_VRIJ:
            sentence = _("Kies ten minste %s dagen, met de laatste dag na de eerste.")
            self.add_error("tot", ValidationError(sentence % MIN_DAGEN_VRIJ))
        elif days > 366 * MAX_JAREN_VRIJ:
            self.add_error("tot", _("Kies ten hoogste vijf jaar."))

    def chosen(self) -> Periode:
        """Return the period of a valid form."""
        data = self.cleaned_data
        if data["periode"] == VRIJ:
            return periode.free(data["van"], data["tot"])
        return self.choices[data["periode"] or periode.STANDAARD]

    def query(self) -> dict[str, str]:
        """Return the choice as it stands in an address."""
        data = self.cleaned_data
        found = {"periode": data["periode"] or periode.STANDAARD}
        if found["periode"] == VRIJ:
            found |= {"van": data["van"].isoformat(), "tot": data["tot"].isoformat()}
        return found
