"""What a person types about being reachable."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from bereikbaarheid.models import Aankondiging, Controlepunt, Doorschakeling, Instelling, Ontvanger
from bereikbaarheid.teksten import OPENINGSTIJDEN
from rooster.models import Dienstplaats

MEESTE_SCHAKELS = 10


class PuntForm(forms.Form):
    """One press on the check list: which point, of whose place, on or off."""

    rol = forms.ChoiceField(choices=Dienstplaats.Rol.choices)
    punt = forms.ChoiceField(choices=Controlepunt.Punt.choices)
    aan = forms.ChoiceField(choices=[("ja", "ja"), ("nee", "nee")])


class DoorschakelingForm(forms.ModelForm):
    class Meta:
        model = Doorschakeling
        fields = ["soort", "schakels"]
        widgets = {"soort": forms.RadioSelect, "schakels": forms.Textarea(attrs={"rows": 4})}
        error_messages = {
            "soort": {"required": _("Kies of het doorschakelen automatisch of met de hand gaat.")}
        }
        help_texts = {
            "schakels": _(
                "Eén per regel: wat of wie zit er tussen de patiënt en de dienstdoende tandarts? "
                "Noemt het antwoordapparaat alleen het nummer en belt de patiënt zelf, dan telt "
                "het niet mee. Leeg: de patiënt krijgt de tandarts direct."
            )
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["soort"].choices = Doorschakeling.Soort.choices

    def clean_schakels(self):
        """Keep the lines that say something."""
        lines = [line.strip() for line in self.cleaned_data["schakels"].splitlines()]
        lines = [line for line in lines if line]
        if len(lines) > MEESTE_SCHAKELS:
            raise ValidationError(
                _("Noem hoogstens %(aantal)s schakels, één per regel."),
                params={"aantal": MEESTE_SCHAKELS},
            )
        return "\n".join(lines)


class AankondigingForm(forms.ModelForm):
    class Meta:
        model = Aankondiging
        fields = ["openingstijden"]
        help_texts = {"openingstijden": _("Zoals je het zou zeggen: “%s”.") % OPENINGSTIJDEN}


class SluitingForm(forms.Form):
    """Days on which a practice is closed."""

    van = forms.DateField(
        label=_("Gesloten van"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    tot = forms.DateField(
        label=_("Tot en met"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=_("Leeg: één dag."),
    )
    reden = forms.CharField(
        label=_("Reden"), max_length=80, required=False, help_text=_("Bijvoorbeeld: vakantie.")
    )

    def clean(self):
        data = super().clean()
        van = data.get("van")
        if van is None:
            return data
        data["tot"] = data.get("tot") or van
        if "tot" not in self.errors and data["tot"] < van:
            self.add_error("tot", _("De laatste dag ligt vóór de eerste. Draai ze om."))
        elif not 2000 <= van.year <= 2200:
            self.add_error("van", _("Controleer het jaar."))
        return data


class OntvangerForm(forms.ModelForm):
    """A recipient; `actief` is asked only of one that exists."""

    class Meta:
        model = Ontvanger
        fields = ["soort", "naam", "email", "actief"]
        help_texts = {
            "naam": _("Van de redactie, praktijk of post; geen persoon als dat niet hoeft."),
            "actief": _("Zet dit uit als het bericht niet meer welkom is."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance._state.adding:
            self.fields.pop("actief")
        self.fields["soort"].choices = [("", _("kies een soort")), *Ontvanger.Soort.choices]


class InstellingForm(forms.ModelForm):
    class Meta:
        model = Instelling
        fields = [
            "herinner_voor",
            "herinner_na",
            "escaleer_na",
            "bericht_aan",
            "bericht_dag",
            "antwoordadres",
            "noem_praktijk",
        ]
        help_texts = {
            "herinner_voor": _("De tandarts krijgt een sms als de startcontrole nog niet af is."),
            "herinner_na": _("De tandarts krijgt een sms en een mail."),
            "escaleer_na": _("Jij krijgt een mail, en een sms op het nummer van de kring."),
            "bericht_dag": _("Om 9 uur, over de week die daarna begint."),
            "antwoordadres": _("Staat onder het bericht. Leeg: er staat geen adres."),
            "noem_praktijk": _(
                "Zet dit alleen aan als de ontvangers dat nodig hebben. De naam van de tandarts "
                "staat er nooit in."
            ),
        }
