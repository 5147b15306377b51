"""What somebody knows of a patient whom they look for."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kern.velden import NormalizedFormField, normalize_bsn, phone_prefix
from triage.forms.patient import DATUMVORMEN, plausible_birth_date
from triage.forms.velden import dress


class ZoekForm(forms.Form):
    """A name, or what is more certain; at least one field."""

    naam = forms.CharField(
        label=_("Naam"),
        required=False,
        min_length=2,
        max_length=120,
        help_text=_("Eén typefout is niet erg."),
        error_messages={"min_length": _("Typ minstens twee letters van de naam.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "data-toets": "/"}),
    )
    geboortedatum = forms.DateField(
        label=_("Geboortedatum"),
        input_formats=DATUMVORMEN,
        required=False,
        widget=forms.DateInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"invalid": _("Vul een datum in, bijvoorbeeld 17-05-1984.")},
    )
    telefoon = forms.CharField(
        label=_("Telefoon"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "type": "tel"}),
    )
    bsn = NormalizedFormField(
        label=_("BSN"),
        normalize=normalize_bsn,
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )
    use_required_attribute = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        dress(self)

    def clean_geboortedatum(self):
        return plausible_birth_date(self.cleaned_data["geboortedatum"])

    def clean_telefoon(self):
        typed = self.cleaned_data["telefoon"]
        if typed and not phone_prefix(typed):
            raise ValidationError(_("Typ minstens zes cijfers, met de 0 of het landnummer ervoor."))
        return typed

    def clean(self):
        data = super().clean()
        if not self.errors and not (data["naam"] or data["telefoon"] or data["bsn"]):
            self.add_error("naam", _("Vul een naam, een telefoonnummer of een BSN in."))
        return data
