"""The form of the area."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from rooster.gebied.regels import known_postcodes
from rooster.models import Gebied

_STUK = re.compile(r"([1-9][0-9]{3})(?:\s*[-–]\s*([1-9][0-9]{3}))?")
MEESTE_POSTCODES = 600


class GebiedForm(forms.ModelForm):
    """Postcodes as people write them: 3511-3515, 3521."""

    postcodes = forms.CharField(
        label=_("Postcodes (vier cijfers)"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Met een komma of op een nieuwe regel; een reeks mag: 3511-3515."),
    )

    class Meta:
        model = Gebied
        fields = ["postcodes", "grens"]
        help_texts = {
            "grens": _("Binnen hoeveel minuten moet een patiënt er zijn? 30 tot en met 60 (§ 5.1).")
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.instance._state.adding:
            self.initial["postcodes"] = written(self.instance.postcodes)

    def clean_postcodes(self):
        found: set[str] = set()
        known = known_postcodes()
        for part in re.split(r"[,;\n]+", self.cleaned_data["postcodes"]):
            text = part.strip()
            if not text:
                continue
            match = _STUK.fullmatch(text)
            if match is None:
                raise ValidationError(
                    _("“%(stuk)s” is geen postcode van vier cijfers of een reeks."),
                    params={"stuk": text[:20]},
                )
            first, last = int(match[1]), int(match[2] or match[1])
            if last < first:
                raise ValidationError(
                    _("De reeks %(stuk)s loopt terug. Zet de laagste voorop."),
                    params={"stuk": text},
                )
            inside = {str(code) for code in range(first, last + 1)} & known
            if not inside:
                raise ValidationError(_("Postcode %(stuk)s bestaat niet."), params={"stuk": text})
            found |= inside
        if len(found) > MEESTE_POSTCODES:
            raise ValidationError(
                _("Dit zijn %(aantal)s postcodes. Een kring heeft er hoogstens %(meeste)s."),
                params={"aantal": len(found), "meeste": MEESTE_POSTCODES},
            )
        return sorted(found)


def written(postcodes: list[str]) -> str:
    """Return postcodes as people write them: neighbours become a range."""
    parts: list[list[int]] = []
    for code in sorted(map(int, postcodes)):
        if parts and code == parts[-1][1] + 1:
            parts[-1][1] = code
        else:
            parts.append([code, code])
    return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in parts)
