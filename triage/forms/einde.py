"""How the call ends."""

from django import forms
from django.utils.translation import gettext_lazy as _

from triage import afronding
from triage.forms.velden import dress, text_field
from triage.models import Oproep


class AfbreekForm(forms.Form):
    """Why the conversation ended halfway; the action says what is missing."""

    afbreekreden = forms.ChoiceField(
        label=_("Waarom is het gesprek afgebroken?"),
        choices=Oproep.Afbreekreden,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Kies waarom het gesprek is afgebroken."),
            "invalid_choice": _("Kies waarom het gesprek is afgebroken."),
        },
    )
    afbreek_toelichting = text_field(_("Toelichting"), max_length=200)
    afbreek_tandarts = forms.ChoiceField(
        label=_("De tandarts is niet gesproken. Hoe staat het?"),
        # Whom triage did tell, is noted as a conversation.
        choices=[(answer.value, answer.label) for answer in (Oproep.AfbreekTandarts.NIET_BEREIKT,)],
        required=False,
        widget=forms.RadioSelect,
        error_messages={
            "invalid_choice": _("Leg het gesprek met de tandarts vast bij 'Gesproken'."),
        },
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, auto_id="afbreken_%s", **kwargs)
        dress(self)


class AfrondenForm(forms.Form):
    """The closing checks of the conversation."""

    controles = forms.MultipleChoiceField(
        label=_("Slotvragen"),
        choices=afronding.CONTROLES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    betaling_gemeld = forms.BooleanField(
        label=_("Verteld: betalen en wie er mee naar binnen mag"),
        required=False,
        widget=forms.CheckboxInput(attrs={"data-toets": "5"}),
    )
    reden_geen_contact = forms.ChoiceField(
        label=_("Overleg is aanbevolen. Waarom niet gebeld?"),
        choices=Oproep.RedenGeenContact,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Kies een reden uit de lijst.")},
    )
    toelichting_geen_contact = text_field(_("Anders, namelijk"), max_length=200)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, auto_id="afronden_%s", **kwargs)
        dress(self)
