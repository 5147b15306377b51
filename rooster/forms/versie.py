"""What is said of a proposed roster."""

from django import forms
from django.utils.translation import gettext_lazy as _

JA, NEE = "ja", "nee"


class AntwoordForm(forms.Form):
    """The answer of one practice."""

    akkoord = forms.ChoiceField(
        label=_("Is dit rooster akkoord?"),
        choices=[(JA, _("Akkoord")), (NEE, _("Niet akkoord"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies of je akkoord gaat met dit rooster.")},
    )
    opmerking = forms.CharField(
        label=_("Opmerking"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Niet akkoord? Schrijf dan op wat er niet klopt. De coördinator leest dit."),
    )

    def __init__(self, *args, given=None, **kwargs):
        if given is not None:
            answer = JA if given.akkoord else NEE
            kwargs["initial"] = {"akkoord": answer, "opmerking": given.opmerking}
        super().__init__(*args, **kwargs)

    def clean_akkoord(self) -> bool:
        return self.cleaned_data["akkoord"] == JA


class VaststellenForm(forms.Form):
    """Adopting; the reason is asked when somebody or something is passed over."""

    reden = forms.CharField(
        label=_("Waarom stel je het toch vast?"),
        max_length=300,
        help_text=_("Alle deelnemers lezen dit."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, vraagt_reden: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not vraagt_reden:
            del self.fields["reden"]


class IntrekkenForm(forms.Form):
    """Taking a proposal back."""

    reden = forms.CharField(
        label=_("Reden"), max_length=300, help_text=_("Staat in de mail aan de deelnemers.")
    )
