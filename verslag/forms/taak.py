"""What somebody types who is done with a task."""

from django import forms
from django.utils.translation import gettext_lazy as _

from verslag.models import Taak

KEUZES = [(keuze.value, keuze.label) for keuze in Taak.Oplossing if keuze != Taak.Oplossing.VANZELF]


class TaakForm(forms.Form):
    """How it was solved; with "anders" it takes a sentence."""

    oplossing = forms.ChoiceField(
        label=_("Hoe is het opgelost?"),
        choices=KEUZES,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Kies hoe het is opgelost."),
            "invalid_choice": _("Kies een van de mogelijkheden."),
        },
    )
    toelichting = forms.CharField(
        label=_("Toelichting"),
        required=False,
        max_length=400,
        help_text=_("Schrijf hier niets over de patiënt."),
    )

    def clean(self):
        data = super().clean()
        if data.get("oplossing") == Taak.Oplossing.ANDERS and not data.get("toelichting"):
            self.add_error("toelichting", _("Schrijf in een paar woorden wat je hebt gedaan."))
        return data
