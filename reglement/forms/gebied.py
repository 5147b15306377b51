"""Another area, as proposed."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from reglement.models import Gebiedswijziging
from rooster.forms.gebied import GebiedForm

MEESTE_GEMEENTEN = 60


class VoorstelForm(GebiedForm):
    """Postcodes as everywhere, and the names that the rules use."""

    gemeenten = forms.CharField(
        label=_("Gemeenten, wijken of plaatsen"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Zoals ze in het reglement komen (art. 2). Elk op een eigen regel."),
    )

    class Meta(GebiedForm.Meta):
        model = Gebiedswijziging
        fields = ["gemeenten", "postcodes", "grens", "toelichting"]
        widgets = {"toelichting": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        names = self.initial.get("gemeenten")
        if isinstance(names, list | tuple):
            self.initial["gemeenten"] = "\n".join(names)

    def clean_gemeenten(self) -> list[str]:
        names = [line.strip() for line in self.cleaned_data["gemeenten"].splitlines()]
        found = list(dict.fromkeys(filter(None, names)))
        if len(found) > MEESTE_GEMEENTEN or any(len(name) > 80 for name in found):
            raise ValidationError(
                _("Schrijf elke naam op een eigen regel, hoogstens %(meeste)s namen."),
                params={"meeste": MEESTE_GEMEENTEN},
            )
        return found
