"""The gallery: every component in every variant, with fixed made-up values. Only in the demo."""

from datetime import timedelta

from crispy_forms.helper import FormHelper
from django import forms
from django.shortcuts import render
from django.utils import timezone

from kern.templatetags.componenten import icoon_namen


class ProefForm(forms.Form):
    """Every kind of field; sending it always fails, to show what errors look like."""

    naam = forms.CharField(label="Naam")
    telefoon = forms.CharField(label="Telefoonnummer", help_text="Bijvoorbeeld 06-12345678")
    bsn = forms.CharField(label="BSN", required=False)
    klacht = forms.ChoiceField(label="Klacht", choices=[("", "Kies"), ("pijn", "Pijn")])
    beller = forms.ChoiceField(
        label="Wie belt er?",
        choices=[("patient", "De patiënt"), ("ander", "Iemand anders")],
        widget=forms.RadioSelect,
    )
    opname = forms.BooleanField(label="Ik heb gemeld dat het gesprek wordt opgenomen")
    toelichting = forms.CharField(
        label="Toelichting", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False

    def clean_bsn(self):
        raise forms.ValidationError("Dit is geen geldig BSN: controleer de cijfers.")

    def clean(self):
        raise forms.ValidationError("Er is al een melding van deze patiënt.")


class KeuzeForm(forms.Form):
    """Two questions, of which the second depends on the first."""

    klacht = forms.ChoiceField(
        label="Wat is de klacht?",
        choices=[("pijn", "Pijn"), ("nabloeding", "Nabloeding"), ("avulsie", "Tand uit de mond")],
        widget=forms.RadioSelect,
    )
    bloeding = forms.ChoiceField(
        label="Hoe erg bloedt het?",
        choices=[("gering", "Gering"), ("matig", "Matig"), ("ernstig", "Ernstig")],
        widget=forms.RadioSelect,
    )


def galerij(request):
    """Show the gallery; a POST shows it with errors."""
    nu = timezone.now()
    return render(
        request,
        "galerij.html",
        {
            "nu": nu,
            "form": ProefForm(request.POST or None),
            "keuzes": KeuzeForm(initial={"klacht": "nabloeding"}, auto_id="keuze_%s"),
            "iconen": sorted(icoon_namen()),
            "deadlines": [
                ("ruim", nu + timedelta(minutes=74)),
                ("straks", nu + timedelta(minutes=9, seconds=58)),
                ("bijna", nu + timedelta(minutes=3, seconds=5)),
                ("te laat", nu - timedelta(minutes=12)),
            ],
            "gebeurtenissen": _events(nu),
            "rijen": _rows(nu),
        },
    )


def _events(nu) -> list[dict]:
    rows = [
        (20, "Melding geopend", "", "telefoon", "blauw"),
        (18, "Dienstdoende niet bereikt", "Voicemail ingesproken", "telefoon-gemist", "amber"),
        (12, "Achterwacht gesproken", "Ziet de patiënt om 01:15", "gelukt", "groen"),
    ]
    return [
        {
            "moment": nu - timedelta(minutes=minuten),
            "titel": titel,
            "tekst": tekst,
            "icoon": icoon,
            "kleur": kleur,
            "wie": "S. de Boer",
        }
        for minuten, titel, tekst, icoon, kleur in rows
    ]


def _rows(nu) -> list[dict]:
    rows = [
        ("Mevr. A. van der Laan-Wijngaarden", "Tand uit de mond", "verplicht", "rood", -2),
        ("Dhr. J. Bakker", "Nabloeding", "aanbevolen", "amber", 8),
        ("Mevr. F. Yıldız", "Ongemak na een vulling", "niet_nodig", "groen", 55),
    ]
    return [
        {
            "naam": naam,
            "klacht": klacht,
            "uitkomst": uitkomst,
            "kleur": kleur,
            "telefoon": "+31612345678",
            "deadline": nu + timedelta(minutes=minuten),
        }
        for naam, klacht, uitkomst, kleur, minuten in rows
    ]
