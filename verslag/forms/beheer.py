"""Forms of the coordinator: text blocks and the table of tariff codes."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from verslag.models import Tekstblok

GROOTSTE_BESTAND = 1024 * 1024


class TekstblokForm(forms.ModelForm):
    """One block; the constraints speak in the action."""

    class Meta:
        model = Tekstblok
        fields = ("veld", "naam", "tekst")
        widgets = {"tekst": forms.Textarea(attrs={"rows": 5, "lang": "nl", "spellcheck": "true"})}
        help_texts = {
            "naam": _("Kort: dit staat in de keuzelijst van de tandarts."),
            "tekst": _("Zet er geen gegevens van een patiënt in."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["veld"].choices = [("", _("Kies een veld")), *Tekstblok.Veld.choices]

    def _post_clean(self):
        """Leave the row to the action."""


class TariefbestandForm(forms.Form):
    """A CSV file with tariff codes."""

    bestand = forms.FileField(
        label=_("CSV-bestand"), widget=forms.FileInput(attrs={"accept": ".csv"})
    )

    def clean_bestand(self):
        """Return the bytes."""
        file = self.cleaned_data["bestand"]
        if file.size > GROOTSTE_BESTAND:
            raise ValidationError(_("Dit bestand is groter dan 1 MB. Deel het op."))
        return file.read()
