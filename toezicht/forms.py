"""What the functionaris gegevensbescherming types."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from toezicht.models import Beoordeling


class BeoordelingForm(forms.Form):
    """The decision and its explanation."""

    oordeel = forms.ChoiceField(
        label=_("Oordeel"),
        choices=Beoordeling.Oordeel.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies een oordeel.")},
    )
    toelichting = forms.CharField(
        label=_("Toelichting"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Verplicht. Waarom was de inzage wel of niet terecht? Noem geen patiënt."),
        error_messages={"required": _("Leg uit hoe je tot dit oordeel komt.")},
    )


class ZoekPatientForm(forms.Form):
    """Who asks for the overview: by name, and birth date or telephone when known."""

    naam = forms.CharField(
        label=_("Achternaam"),
        min_length=2,
        max_length=120,
        error_messages={"min_length": _("Typ minstens twee letters van de achternaam.")},
    )
    geboortedatum = forms.DateField(
        label=_("Geboortedatum"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=_("Vul je deze in, dan vind je alleen wie op die dag is geboren."),
    )

    def clean_naam(self):
        naam = self.cleaned_data["naam"]
        if "\x00" in naam:
            raise ValidationError(_("Deze tekens kunnen niet."))
        return naam.strip()
