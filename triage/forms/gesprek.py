"""More than the protocol asks, and the steps with a caller who misbehaves."""

from django import forms
from django.utils.translation import gettext_lazy as _

from triage.forms.velden import dress, text_field
from triage.models import Agressiestap, Oproep


class OphogenForm(forms.Form):
    """Why the dentist is called although the protocol does not ask for it."""

    reden = forms.ChoiceField(
        choices=Oproep.Ophoogreden,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Kies waarom je de tandarts toch wilt bellen."),
            "invalid_choice": _("Kies waarom je de tandarts toch wilt bellen."),
        },
    )
    toelichting = text_field(_("Anders, namelijk"), max_length=200)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, auto_id="ophogen_%s", **kwargs)
        dress(self)


class TerugnemenForm(forms.Form):
    """Why calling is not needed after all."""

    reden = text_field(_("Waarom is bellen toch niet nodig?"), max_length=200)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, auto_id="terugnemen_%s", **kwargs)
        dress(self)


class AgressieForm(forms.Form):
    """One step of the ladder."""

    stap = forms.ChoiceField(choices=Agressiestap.Stap)
