"""What the coordinator types about a draft."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kring.models import Tandarts
from rooster.actions.plantaak import SECONDEN
from rooster.forms.dienst import TandartsKeuze

GROOTSTE_BESTAND = 2 * 1024 * 1024


class ConceptForm(forms.Form):
    """A draft needs a name only."""

    naam = forms.CharField(label=_("Naam van het concept"), max_length=60)


class WatAlsForm(ConceptForm):
    """Another draft beside this one, under other rules."""

    rustdagen = forms.IntegerField(
        label=_("Rustdagen tussen twee diensten"), min_value=0, max_value=30
    )
    geen_aaneengesloten_weekenden = forms.BooleanField(
        label=_("Geen twee weekenden achter elkaar"), required=False
    )


class RekenForm(forms.Form):
    """How long the planner may think."""

    seconden = forms.TypedChoiceField(
        label=_("Rekentijd"),
        coerce=int,
        choices=[(n, _("%(n)s seconden") % {"n": n}) for n in SECONDEN if n < 60]
        + [
            (n, _("%(n)s minuten") % {"n": n // 60} if n > 60 else _("1 minuut"))
            for n in SECONDEN
            if n >= 60
        ],
        initial=60,
    )


class PlaatsForm(forms.Form):
    """Who holds a place; an empty choice leaves it open."""

    wie = forms.ChoiceField(label=_("Tandarts"), required=False)
    vast = forms.BooleanField(
        label=_("Vastzetten"),
        required=False,
        help_text=_("De planner laat deze plaats dan zoals je hem nu kiest."),
    )

    def __init__(self, *args, keuzes, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["wie"].choices = [("", _("niemand (plaats blijft open)")), *keuzes]


class UitvalForm(forms.Form):
    """Who cannot serve, and on which days."""

    tandarts = TandartsKeuze(
        Tandarts.objects.none(), label=_("Wie valt uit?"), empty_label=_("kies een tandarts")
    )
    van = forms.DateField(
        label=_("Eerste dag"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    tot = forms.DateField(
        label=_("Laatste dag"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args, kring, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["tandarts"].queryset = (
            # The planner knows no dentists from outside.
            Tandarts.objects.filter(kring=kring, actief=True, waarnemer__isnull=True)
            .select_related("deelnemer")
            .order_by("naam")
        )


class BestandForm(forms.Form):
    """A plan (JSON) or a CSV, as this house wrote it or a person made it."""

    bestand = forms.FileField(
        label=_("Bestand"),
        widget=forms.FileInput(attrs={"accept": ".csv,.json"}),
        help_text=_("De CSV van dit concept, gewijzigd, of een plan van een ander programma."),
    )

    def clean_bestand(self):
        """Return the bytes."""
        file = self.cleaned_data["bestand"]
        if file.size > GROOTSTE_BESTAND:
            raise ValidationError(_("Dit bestand is groter dan 2 MB. Dat is geen rooster."))
        return file.read()
