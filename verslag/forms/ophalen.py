"""The forms of the pick-up page."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from kern.velden import FREE_TEXT_MAX


class CodeForm(forms.Form):
    """The six digits of the text message or the call; spaces are forgiven."""

    code = forms.CharField(
        label=_("Code uit het sms-bericht"),
        max_length=20,
        error_messages={"required": _("Vul de code van zes cijfers in.")},
    )

    def clean_code(self):
        digits = re.sub(r"[\s\-]", "", self.cleaned_data["code"])
        if not re.fullmatch(r"[0-9]{6}", digits):
            raise forms.ValidationError(_("Een code heeft zes cijfers."))
        return digits

    def refuse(self) -> None:
        """Say that the code was wrong, used, too old, or tried too often."""
        self.add_error("code", _("Deze code klopt niet of is niet meer geldig."))


class AntwoordForm(forms.Form):
    """What the own dentist writes back."""

    tekst = forms.CharField(
        label=_("Uw antwoord"),
        max_length=FREE_TEXT_MAX,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Schrijf eerst uw antwoord.")},
    )
