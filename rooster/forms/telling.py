"""Of which year to count, and for which practice to ask what it would have had."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from kring.models import Deelnemer


class JaarForm(forms.Form):
    """A year of the roster; odd input falls back to the newest."""

    jaar = forms.TypedChoiceField(label=_("Jaar"), coerce=int, required=False)

    def __init__(self, *args, jaren: list[int], **kwargs):
        super().__init__(*args, **kwargs)
        self.jaren = jaren
        self.fields["jaar"].choices = [(jaar, jaar) for jaar in jaren]

    def year(self, today: date) -> int:
        chosen = self.cleaned_data.get("jaar") if self.is_valid() else None
        usual = today.year if today.year in self.jaren or not self.jaren else self.jaren[0]
        return chosen or usual


class UitgetredenForm(forms.Form):
    """A practice, and the day from which it did no more duties."""

    deelnemer = forms.ModelChoiceField(
        Deelnemer.objects.none(),
        label=_("Praktijk"),
        empty_label=_("kies een praktijk"),
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    vanaf = forms.DateField(
        label=_("Doet niet meer mee vanaf"),
        widget=forms.DateInput(attrs={"type": "date", "class": "form-control"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args, kring, jaar: int, **kwargs):
        super().__init__(*args, **kwargs)
        self.jaar = jaar
        self.fields["deelnemer"].queryset = Deelnemer.objects.filter(kring=kring).order_by("naam")

    def clean_vanaf(self) -> date:
        """Count within the year that is shown: an earlier day means all of it."""
        vanaf = self.cleaned_data["vanaf"]
        if vanaf.year > self.jaar:
            raise forms.ValidationError(
                _("Deze telling gaat over %(jaar)s. Kies een dag in dat jaar of ervoor.")
                % {"jaar": self.jaar}
            )
        return max(vanaf, date(self.jaar, 1, 1))
