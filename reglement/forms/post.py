"""A letter to all who take part."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kern.outbox import is_mailable
from reglement.models import Rondschrijven


class RondschrijvenForm(forms.Form):
    aan = forms.ChoiceField(
        label=_("Aan wie?"),
        choices=Rondschrijven.Aan.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies aan wie het gaat.")},
    )
    onderwerp = forms.CharField(label=_("Onderwerp"), max_length=150)
    tekst = forms.CharField(
        label=_("Bericht"),
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_(
            "Begin met je boodschap: de aanhef en je naam komen er vanzelf bij. Gewone mail is "
            "niet beveiligd, dus schrijf niets over patiënten."
        ),
    )
    antwoord = forms.EmailField(label=_("Antwoorden naar"))

    def clean_antwoord(self):
        email = self.cleaned_data["antwoord"]
        if not is_mailable(email):
            raise ValidationError(_("Naar dit adres gaat geen mail. Controleer elk teken."))
        return email
