"""What is typed about safety on duty (§5.5)."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kern.tijd import LokaalMomentField
from kring.forms import RijKeuze
from kring.models import Deelnemer
from reglement.forms.deelname import JaNeeField
from reglement.models import Incident, Veiligheidsblad


class BladForm(forms.ModelForm):
    """The sheet of one address."""

    class Meta:
        model = Veiligheidsblad
        fields = [
            *("tweede_persoon", "wie", "wie_telefoon", "uitgangen", "sloten"),
            *("begeleiders", "hulp", "hulp_telefoon"),
        ]
        error_messages = {
            "tweede_persoon": {"required": _("Kies of er een tweede persoon bij is.")},
        }
        widgets = {
            "tweede_persoon": forms.RadioSelect,
            "uitgangen": forms.Textarea(attrs={"rows": 3}),
            "sloten": forms.Textarea(attrs={"rows": 3}),
            "begeleiders": forms.NumberInput(attrs={"min": 0, "max": 1}),
        }
        help_texts = {
            "tweede_persoon": _("Streef ernaar dat niemand alleen een patiënt behandelt."),
            "wie": _("Bijvoorbeeld de assistent van dienst."),
            "uitgangen": _("Hoe kom je weg als iemand de deur blokkeert?"),
            "sloten": _("Schrijf hier geen codes of wachtwoorden op."),
            "begeleiders": _("0 of 1. Alleen voor een kind of wie hulp of een tolk nodig heeft."),
            "hulp": _("Bijvoorbeeld een beveiligingsdienst. Bij gevaar bel je 112."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # No empty choice: nobody ticks "---".
        self.fields["tweede_persoon"].choices = Veiligheidsblad.TweedePersoon.choices


class IncidentForm(forms.Form):
    """What happened. No names, no numbers: the text is checked for both."""

    soort = forms.ChoiceField(
        label=_("Wat voor incident was het?"),
        choices=Incident.Soort,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies wat voor incident het was.")},
    )
    gebeurd_op = LokaalMomentField(label=_("Wanneer was het?"))
    deelnemer = RijKeuze(
        Deelnemer.objects.none(), label=_("Bij welke praktijk?"), empty_label=_("kies een praktijk")
    )
    tekst = forms.CharField(
        label=_("Wat gebeurde er?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Zonder naam of nummer: schrijf “de patiënt” of “de begeleider”."),
    )
    alleen = JaNeeField(label=_("Was je alleen?"))
    politie = JaNeeField(label=_("Is de politie gebeld?"))

    def __init__(self, *args, kring, **kwargs):
        super().__init__(*args, **kwargs)
        rows = Deelnemer.objects.filter(kring=kring, actief=True).order_by("naam")
        self.fields["deelnemer"].queryset = rows


class VervolgForm(forms.Form):
    """What was done about it."""

    tekst = forms.CharField(
        label=_("Wat is er gedaan?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )
    sluit = forms.BooleanField(label=_("Hiermee is het klaar"), required=False)
