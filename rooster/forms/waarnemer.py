"""What is typed about a dentist from outside, and the text of the rules."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kern.velden import NormalizedFormField, normalize_big, normalize_phone
from kring.forms import RijKeuze
from kring.models import Deelnemer
from rooster.models import Bigcontrole, Waarnemer


class WaarnemerForm(forms.Form):
    """A dentist from outside, and the practice that asked them."""

    deelnemer = RijKeuze(
        Deelnemer.objects.none(), label=_("Voor welke praktijk"), empty_label=_("kies een praktijk")
    )
    naam = forms.CharField(label=_("Naam"), max_length=120)
    big_nummer = NormalizedFormField(
        normalize=normalize_big,
        label=_("BIG-nummer"),
        max_length=20,
        help_text=_("11 cijfers."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    telefoon = NormalizedFormField(
        normalize=normalize_phone,
        label=_("Telefoon tijdens dienst"),
        max_length=30,
        help_text=_("Op dit nummer belt de triagemedewerker."),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
    )

    def __init__(self, *args, kring, praktijk=None, **kwargs):
        super().__init__(*args, **kwargs)
        rows = Deelnemer.objects.filter(kring=kring, actief=True).order_by("naam")
        self.fields["deelnemer"].queryset = rows if praktijk is None else rows.filter(pk=praktijk)
        if praktijk is not None:
            self.fields["deelnemer"].initial = praktijk


class BigForm(forms.Form):
    """What a person saw in the register."""

    uitkomst = forms.ChoiceField(
        label=_("Wat zegt het BIG-register?"),
        choices=Bigcontrole.Uitkomst,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies wat je in het BIG-register zag.")},
    )


class ReglementForm(forms.Form):
    """The text of a new version."""

    tekst = forms.CharField(
        label=_("Tekst van het reglement"),
        max_length=40000,
        widget=forms.Textarea(attrs={"rows": 18}),
        help_text=_("Na vastleggen verandert deze versie nooit meer. Iedereen leest hem opnieuw."),
    )


class WaarnemerKeuzeForm(forms.Form):
    """Which outside dentist takes the place."""

    waarnemer = RijKeuze(
        Waarnemer.objects.none(),
        label=_("Waarnemer"),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": _("Kies een waarnemer.")},
    )

    def __init__(self, *args, kring, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["waarnemer"].queryset = (
            Waarnemer.objects.filter(kring=kring, tandarts__actief=True)
            .select_related("tandarts__deelnemer")
            .order_by("tandarts__naam")
        )
        self.fields["waarnemer"].label_from_instance = lambda row: row.tandarts.naam
