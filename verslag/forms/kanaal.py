"""What opens a channel, and the proof of what a person handed over."""

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from kern.smime import MAX_CERTIFICATE
from kern.tijd import LokaalMomentField
from verslag.models import Certificaat, Overdracht, Overhandiging


class OverhandigForm(forms.Form):
    """To whom, when, and how it was known who that was."""

    kanaal = forms.ChoiceField(
        label=_("Hoe gaf je het verslag?"),
        choices=[
            (Overdracht.Kanaal.PERSOONLIJK, _("Persoonlijk gegeven")),
            (Overdracht.Kanaal.PAPIER, _("Brief op papier verstuurd of afgegeven")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies hoe je het verslag gaf.")},
    )
    aan = forms.CharField(
        label=_("Aan wie?"),
        max_length=120,
        help_text=_("De naam van wie de brief kreeg, of aan wie hij is gericht."),
    )
    gedaan_op = LokaalMomentField(label=_("Wanneer?"))
    vastgesteld = forms.ChoiceField(
        label=_("Hoe wist je wie het was?"),
        choices=Overhandiging.Vastgesteld,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies hoe je wist wie het was.")},
    )
    toelichting = forms.CharField(
        label=_("Toelichting"),
        max_length=200,
        required=False,
        help_text=_(
            "Bijvoorbeeld het nummer van het ontvangstbewijs. Schrijf geen nummer van een "
            "legitimatiebewijs op."
        ),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = _helper()


class CertificaatForm(forms.Form):
    """A file, and the question that ties it to a person."""

    bestand = forms.FileField(
        label=_("Certificaat"),
        help_text=_(
            "Het openbare certificaat van de ontvanger, als .cer, .crt of .pem. Nooit een bestand "
            "met een sleutel of een wachtwoord (.p12, .pfx)."
        ),
        widget=forms.FileInput(attrs={"accept": ".cer,.crt,.pem,.der"}),
    )
    vingerafdruk = forms.CharField(
        label=_("Laatste 16 tekens van de vingerafdruk (SHA-256)"),
        max_length=40,
        help_text=_(
            "Vraag die aan de praktijk zelf: bel het nummer dat je al had, niet dat uit de mail "
            "met het certificaat."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    nagevraagd = forms.ChoiceField(
        label=_("Hoe heb je de vingerafdruk nagevraagd?"),
        choices=Certificaat.Nagevraagd,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies hoe je de vingerafdruk hebt nagevraagd.")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = _helper()

    def clean_bestand(self):
        """Return the bytes; what is far too long for a certificate is not read further."""
        return self.cleaned_data["bestand"].read(MAX_CERTIFICATE + 1)

    def clean_vingerafdruk(self):
        """Return sixteen hexadecimal digits, however they were typed.

        Eight are made to order: four thousand million tries are minutes of work, because nothing
        but its signature, which nobody checks here, has to change.
        """
        text = self.cleaned_data["vingerafdruk"].lower()
        digits = "".join(char for char in text if char not in " :-")
        if len(digits) != 16 or set(digits) - set("0123456789abcdef"):
            raise forms.ValidationError(
                _("Typ de laatste 16 tekens: cijfers en de letters a tot en met f.")
            )
        return digits


def _helper() -> FormHelper:
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    return helper
