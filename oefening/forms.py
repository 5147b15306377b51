"""What a trainee decides: whom to call, how soon, and what to say."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from oefening import teksten
from oefening.score import TERMIJNEN, Keuze
from triage import protocol_teksten
from triage.protocol import Contact, Urgentie

_TERUGBELLEN = Urgentie.ADVIES_MET_TERUGBELMOMENT
_MINUTEN_MAX = 240
_GROEPEN = tuple(teksten.ADVIEZEN.items())


def term_label(termijn: str) -> str:
    """Return a term in words; one of them stands for everything within the hour (T-18)."""
    if termijn == Urgentie.BINNEN_60_MIN:
        return _("Binnen 60 minuten of sneller")
    return _(protocol_teksten.URGENTIE[termijn])


class KeuzeForm(forms.Form):
    """The decision; the advice comes in groups, as one field each, so that they read as such."""

    contact = forms.ChoiceField(
        label=_lazy("De tandarts bellen?"),
        widget=forms.RadioSelect,
        error_messages={"required": _lazy("Kies of je de tandarts belt.")},
    )
    termijn = forms.ChoiceField(
        label=_lazy("Hoe snel?"),
        widget=forms.RadioSelect,
        error_messages={"required": _lazy("Kies de termijn.")},
    )
    minuten = forms.IntegerField(
        label=_lazy("Terugbellen na hoeveel minuten?"), required=False, min_value=1
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["contact"].choices = [
            (c.value, _(protocol_teksten.CONTACT[c])) for c in Contact
        ]
        self.fields["termijn"].choices = [(t.value, term_label(t)) for t in TERMIJNEN]
        for name in ("contact", "termijn"):
            self.fields[name].error_messages["invalid_choice"] = self.fields[name].error_messages[
                "required"
            ]
        minuten = self.fields["minuten"]
        minuten.widget.attrs["class"] = "form-control veld-kort"
        sentence = _("Vul een heel getal in van 1 tot en met %s.") % _MINUTEN_MAX
        minuten.max_value = _MINUTEN_MAX
        minuten.error_messages |= {"invalid": sentence, "min_value": sentence}
        for number, (titel, adviezen) in enumerate(_GROEPEN):
            self.fields[f"advies_{number}"] = forms.MultipleChoiceField(
                label=_(titel),
                choices=[(key, _(text)) for key, text in adviezen.items()],
                required=False,
                widget=forms.CheckboxSelectMultiple,
                error_messages={"invalid_choice": _("Kies een advies uit de lijst.")},
            )

    @property
    def adviesgroepen(self) -> list[forms.BoundField]:
        return [self[f"advies_{number}"] for number in range(len(_GROEPEN))]

    def clean_minuten(self):
        minuten = self.cleaned_data["minuten"]
        if minuten is not None and minuten > _MINUTEN_MAX:
            raise forms.ValidationError(self.fields["minuten"].error_messages["invalid"])
        return minuten

    def clean(self):
        data = super().clean()
        needs = data.get("termijn") == _TERUGBELLEN
        if needs and data.get("minuten") is None and "minuten" not in self.errors:
            self.add_error("minuten", _("Vul in na hoeveel minuten je terugbelt."))
        return data

    def keuze(self) -> Keuze:
        """Return the decision of a valid form."""
        data = self.cleaned_data
        adviezen = {key for number in range(len(_GROEPEN)) for key in data[f"advies_{number}"]}
        minuten = data["minuten"] if data["termijn"] == _TERUGBELLEN else None
        return Keuze(data["contact"], data["termijn"], minuten, frozenset(adviezen))
