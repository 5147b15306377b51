"""The fields the forms of the call screen are made of."""

from django import forms
from django.core.exceptions import ValidationError
from django.forms.widgets import ChoiceWidget
from django.utils.translation import gettext_lazy as _

from triage import protocol
from triage import protocol_teksten as teksten
from triage.protocol.feiten import GETALLEN, KEUZES

TEKST_MAX = 400
GETAL_MAX = 100_000
_JA_NEE = [("ja", _("Ja")), ("nee", _("Nee"))]


def yes_no(label=""):
    return forms.TypedChoiceField(
        label=label,
        choices=_JA_NEE,
        coerce=lambda value: value == "ja",
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )


def choice_field(veld: str, label=""):
    choices = [(value, teksten.answer_label(veld, value)) for value in KEUZES[veld]]
    return forms.ChoiceField(label=label, choices=choices, required=False, widget=forms.RadioSelect)


def number_field(veld: str, label=""):
    low, high = GETALLEN[veld]
    if veld == "nrs":
        choices = [(n, str(n)) for n in range(low, high + 1)]
        return forms.TypedChoiceField(
            label=label,
            choices=choices,
            coerce=int,
            empty_value=None,
            required=False,
            widget=forms.RadioSelect,
        )
    # A bound on the open ones too: nobody bleeds for two months before calling.
    limit = GETAL_MAX if high is None else high
    sentence = _("Vul een heel getal in van %(low)s tot en met %(high)s.") % {
        "low": low,
        "high": limit,
    }
    return forms.IntegerField(
        label=label,
        min_value=low,
        max_value=limit,
        required=False,
        error_messages={"invalid": sentence, "min_value": sentence, "max_value": sentence},
    )


def text_field(label="", max_length=TEKST_MAX, **kwargs):
    return forms.CharField(label=label, max_length=max_length, required=False, **kwargs)


def field_of(vraag: protocol.Vraag):
    label = teksten.VRAGEN[vraag.veld]
    if vraag.soort == "ja_nee":
        return yes_no(label)
    if vraag.soort == "keuze":
        return choice_field(vraag.veld, label)
    if vraag.soort == "getal":
        return number_field(vraag.veld, label)
    return text_field(label)


def dress(form: forms.BaseForm) -> None:
    """Give the text inputs the class of the design system; keys bring their own."""
    for field in form.fields.values():
        widget = field.widget
        if isinstance(widget, forms.CheckboxInput):
            widget.attrs["class"] = "form-check-input"
        elif isinstance(widget, ChoiceWidget):
            if widget.input_type == "select":
                widget.attrs["class"] = "form-select"
        else:
            widget.attrs["class"] = "form-control"


class LenientForm(forms.Form):
    """A form of which the valid part counts, whatever is wrong with the rest."""

    def valid_part(self) -> dict:
        """Return the clean values of the fields without an error."""
        self.full_clean()
        return {name: self.cleaned_data[name] for name in self.fields if name in self.cleaned_data}


class KeuzeUitLijst(forms.ModelChoiceField):
    """A choice of a row; what is no id at all gets the same sentence as an unknown one."""

    default_error_messages = {"invalid_choice": _("Kies iemand uit de lijst.")}

    def to_python(self, value):
        try:
            return super().to_python(value)
        except ValidationError as error:
            raise ValidationError(
                self.error_messages["invalid_choice"], code="invalid_choice"
            ) from error
