"""What a dentist sends from the wish page: ticked days, or a stretch of days."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _

from rooster.models import Wens
from rooster.models.kader import WEEKDAGEN
from rooster.wensen.kalender import stretch
from rooster.wensen.regels import ZWAARTE, Dagwens, Opdracht

WIS = "wis"
SOORTEN = [*Wens.Soort.choices, (WIS, _("wissen"))]
GEWICHTEN = list(zip(ZWAARTE, (_("gewoon"), _("belangrijk"), _("heel belangrijk")), strict=True))
HOOGSTENS = 800
"""Days in one stretch: two years, and no more work for the server than that."""


class DagenField(forms.Field):
    """Days as `2027-03-14`, as many as were ticked."""

    widget = forms.MultipleHiddenInput
    default_error_messages = {
        "required": _("Tik eerst een of meer dagen aan."),
        "invalid": _("Een van deze dagen bestaat niet. Laad de pagina opnieuw."),
    }

    def to_python(self, value) -> list[date]:
        if not value:
            return []
        try:
            days = [parse_date(text) for text in value]
        except ValueError:
            days = [None]
        if None in days:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return days


class _WensForm(forms.Form):
    """The wish itself, the same for ticked days and for a stretch."""

    soort = forms.ChoiceField(
        label=_("Wens"), choices=SOORTEN, widget=forms.Select(attrs={"class": "form-select"})
    )
    gewicht = forms.TypedChoiceField(
        label=_("Telt"),
        choices=GEWICHTEN,
        coerce=int,
        empty_value=1,
        required=False,
        widget=forms.Select(attrs={"class": "form-select"}),
    )

    def _orders(self, dagen: list[date]) -> list[Opdracht]:
        soort = self.cleaned_data["soort"]
        if soort == WIS:
            return [(dag, None) for dag in dagen]
        gewicht = 1 if soort == Wens.Soort.GEBLOKKEERD else self.cleaned_data["gewicht"]
        return [(dag, Dagwens(soort, gewicht)) for dag in dagen]


class MerkForm(_WensForm):
    """Ticked days that get one wish, or lose theirs."""

    dag = DagenField(label=_("Dagen"))

    def orders(self) -> list[Opdracht]:
        return self._orders(self.cleaned_data["dag"])


class ReeksForm(_WensForm):
    """A holiday, or every Wednesday: a stretch of days, perhaps on some weekdays only."""

    van = forms.DateField(
        label=_("Van"),
        widget=forms.DateInput(attrs={"type": "date", "class": "form-control"}, format="%Y-%m-%d"),
    )
    tot = forms.DateField(
        label=_("Tot en met"),
        widget=forms.DateInput(attrs={"type": "date", "class": "form-control"}, format="%Y-%m-%d"),
    )
    weekdagen = forms.TypedMultipleChoiceField(
        label=_("Alleen op"),
        choices=WEEKDAGEN,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Niets gekozen: alle dagen."),
    )
    vervang = forms.BooleanField(label=_("Vervang wat er staat"), required=False)

    field_order = ["van", "tot", "weekdagen", "soort", "gewicht", "vervang"]

    def __init__(self, *args, periode, **kwargs):
        super().__init__(*args, **kwargs)
        # The date picker of a phone opens in the right year.
        for name in ("van", "tot"):
            self.fields[name].widget.attrs |= {
                "min": periode.eerste_dag.isoformat(),
                "max": periode.laatste_dag.isoformat(),
            }

    def clean(self):
        data = super().clean()
        van, tot = data.get("van"), data.get("tot")
        if van and tot and van > tot:
            self.add_error("tot", _("De laatste dag ligt voor de eerste dag."))
        elif van and tot and (tot - van).days >= HOOGSTENS:
            self.add_error("tot", _("Kies ten hoogste twee jaar."))
        elif van and tot and not self._days(van, tot):
            self.add_error("weekdagen", _("Deze dag van de week komt in deze dagen niet voor."))
        return data

    def orders(self) -> list[Opdracht]:
        return self._orders(self._days(self.cleaned_data["van"], self.cleaned_data["tot"]))

    def _days(self, van: date, tot: date) -> list[date]:
        chosen = frozenset(self.cleaned_data.get("weekdagen") or range(7))
        return stretch(van, tot, chosen)
