"""The form of the pick-up page."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _


class CodeForm(forms.Form):
    """The six digits of the text message; spaces are forgiven."""

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
