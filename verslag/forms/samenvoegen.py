"""Joining two patients: which row stays, which details, and why."""

from django import forms
from django.utils.translation import gettext_lazy as _

from triage.forms.velden import dress
from triage.models import Patient
from verslag.dubbelen import compare

EEN, ANDER = "een", "ander"


class SamenvoegForm(forms.Form):
    """A choice for each detail that differs, and the reason."""

    reden = forms.CharField(
        label=_("Hoe weet je dat dit dezelfde patiënt is?"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Schrijf op hoe je weet dat het dezelfde patiënt is.")},
    )
    use_required_attribute = False

    def __init__(self, *args, een: Patient, ander: Patient, **kwargs):
        super().__init__(*args, **kwargs)
        for row in compare(een, ander):
            if row.kies:
                self.fields[row.naam] = forms.ChoiceField(
                    label=row.label,
                    choices=[(EEN, row.een), (ANDER, row.ander)],
                    initial=EEN,
                    widget=forms.RadioSelect,
                    error_messages={"required": _("Kies welke van de twee klopt.")},
                )
        self.order_fields([*(name for name in self.fields if name != "reden"), "reden"])
        dress(self)

    def overnemen(self) -> frozenset[str]:
        """Return the details to take over from the row that goes."""
        return frozenset(
            name for name, value in self.cleaned_data.items() if name != "reden" and value == ANDER
        )


class SplitsForm(forms.Form):
    """Why two patients are taken apart again."""

    reden = forms.CharField(
        label=_("Waarom zijn dit toch twee patiënten?"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Schrijf op waarom dit twee patiënten zijn.")},
    )
    use_required_attribute = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        dress(self)
