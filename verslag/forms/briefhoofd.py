"""The form of the heading."""

from django import forms
from django.utils.translation import gettext_lazy as _

from verslag.bestand import BestandGeweigerd, accept
from verslag.bestand.druk import for_paper
from verslag.bestand.soorten import JPEG, PNG, kind_of
from verslag.models import Briefhoofd

REGELS = 4
# Twice what the letter draws, so that it stays sharp in print.
LOGO_MM = {"breedte_mm": 90, "hoogte_mm": 36}


class BriefhoofdForm(forms.ModelForm):
    """`logo` becomes the bytes to keep, empty to take it away, or None to leave it."""

    logo = forms.FileField(
        label=_("Logo"),
        required=False,
        allow_empty_file=True,
        help_text=_("JPEG of PNG. Het staat rechtsboven, hoogstens 45 bij 18 mm."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png"}),
    )
    zonder_logo = forms.BooleanField(label=_("Logo weghalen"), required=False)

    class Meta:
        model = Briefhoofd
        fields = ["naam", "tekst"]
        labels = {"naam": _("Naam boven de brief"), "tekst": _("Regels onder de naam")}
        help_texts = {
            "naam": _("Leeg: Spoedgevallendienst en de naam van de kring."),
            "tekst": _("Bijvoorbeeld adres en website. Hoogstens vier regels."),
        }
        widgets = {"tekst": forms.Textarea(attrs={"rows": REGELS})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.instance.logo:
            del self.fields["zonder_logo"]

    def clean_tekst(self):
        lines = [line.strip() for line in self.cleaned_data["tekst"].splitlines() if line.strip()]
        if len(lines) > REGELS:
            raise forms.ValidationError(_("Gebruik hoogstens vier regels."))
        return "\n".join(lines)

    def clean_logo(self):
        upload = self.cleaned_data["logo"]
        if not upload:
            return None
        data = upload.read()
        if data and kind_of(data) not in (JPEG, PNG):
            # What else an attachment may be, and how to make one of it, does not help here.
            raise forms.ValidationError(_("Een logo is een JPEG of PNG. Kies een ander bestand."))
        try:
            bestand = accept(data, upload.name or "", size=upload.size)
        except BestandGeweigerd as error:
            raise forms.ValidationError(str(error)) from error
        return for_paper(bestand.inhoud, **LOGO_MM)

    def values(self) -> dict:
        """Return what the action takes."""
        data = self.cleaned_data
        logo = b"" if data.get("zonder_logo") and not data["logo"] else data["logo"]
        return {"naam": data["naam"], "tekst": data["tekst"], "logo": logo}
