"""Complaints, description and the answers to the questions of the protocol."""

from datetime import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from triage import protocol
from triage import protocol_teksten as teksten
from triage.forms.velden import (
    LenientForm,
    choice_field,
    dress,
    field_of,
    number_field,
    text_field,
    yes_no,
)
from triage.herhaling import is_due
from triage.models import Oproep


class AntwoordenForm(LenientForm):
    """Complaints, description and the answers; the questions come from the protocol."""

    klachten = forms.MultipleChoiceField(
        label=_("Klacht"),
        choices=list(teksten.KLACHTEN.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Kies een klacht uit de lijst.")},
    )
    omschrijving = text_field(
        _("Wat vertelt de patiënt?"),
        max_length=Oproep._meta.get_field("omschrijving").max_length,
        widget=forms.Textarea(attrs={"rows": 3, "data-toets": "d"}),
    )
    opname_gemeld = forms.BooleanField(
        label=_("Opname gemeld"),
        required=False,
        widget=forms.CheckboxInput(attrs={"data-toets": "r"}),
    )
    twijfel = forms.BooleanField(
        label=_("Ik twijfel"),
        required=False,
        widget=forms.CheckboxInput(attrs={"data-toets": "w"}),
    )
    leeftijd_jaren = number_field("leeftijd_jaren", teksten.VRAGEN["leeftijd_jaren"])
    beller = forms.ChoiceField(
        label=_("Wie belt?"),
        choices=[("patient", _("De patiënt zelf")), ("ander", _("Iemand anders"))],
        required=False,
        widget=forms.RadioSelect,
    )
    patient_kan_zelf_spreken = yes_no(_("Kan de patiënt zelf aan de telefoon komen?"))
    reden_patient_niet_zelf = text_field(_("Waarom niet?"))
    agressie = forms.ChoiceField(
        label=_("Gedrag van de beller"),
        choices=[
            ("geen", _("Gewoon")),
            ("onaangepast", _("Ongepast")),
            ("dreigend", _("Dreigend")),
        ],
        required=False,
        widget=forms.RadioSelect,
    )
    begeleiding_nodig = forms.BooleanField(
        label=_("Begeleider nodig (kind, gezondheid, tolk)"), required=False
    )
    ingeschreven_bij_deelnemer = choice_field(
        "ingeschreven_bij_deelnemer", teksten.VRAGEN["ingeschreven_bij_deelnemer"]
    )
    passant = forms.BooleanField(label=_("Op doorreis of vakantie"), required=False)
    mondhygienist_patient = forms.BooleanField(
        label=_("Patiënt van een vrijgevestigd mondhygiënist"), required=False
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for vraag in protocol.VRAGEN:
            self.fields[vraag.veld] = field_of(vraag)
        # From its key on, digits are the age; anywhere else they choose a complaint.
        self.fields["leeftijd_jaren"].widget.attrs["data-toets"] = "l"
        dress(self)

    @classmethod
    def initial_of(cls, oproep: Oproep, nu: datetime) -> dict:
        """Return the stored answers as the form shows them.

        "Is it better?" is blank again once the agreed call-back has come: it is about to be asked.
        """
        initial = {
            name: {True: "ja", False: "nee"}[value] if name in _JA_NEE_VELDEN else value
            for name, value in oproep.antwoorden.items()
            if name != "verbetering_sinds_advies" or not is_due(oproep, nu)
        }
        return {**initial, "omschrijving": oproep.omschrijving}

    def answers(self) -> dict:
        """Return the valid answers, without the description."""
        part = self.valid_part()
        part.pop("omschrijving", None)
        return part


_JA_NEE_VELDEN = frozenset(
    {vraag.veld for vraag in protocol.VRAGEN if vraag.soort == "ja_nee"}
    | {"patient_kan_zelf_spreken"}
)
