"""What is typed on the call screen.

Both big forms are read leniently: a field that is wrong keeps its text and its sentence, every
other field is saved. One typing error never holds up the outcome or the rest of the intake.
"""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.forms.widgets import ChoiceWidget
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kern.tijd import KloktijdField
from kring.models import EigenTandarts, Tandarts
from rooster.models import Dienstplaats
from triage import afronding, protocol
from triage import protocol_teksten as teksten
from triage.models import Contactpoging, JaNeeOnbekend, Oproep, Patient
from triage.protocol.feiten import GETALLEN, KEUZES

TEKST_MAX = 400
GETAL_MAX = 100_000
_JA_NEE = [("ja", _("Ja")), ("nee", _("Nee"))]
_DATUMVORMEN = ["%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y", "%d %m %Y", "%d%m%Y", "%Y-%m-%d"]


def _yes_no(label=""):
    return forms.TypedChoiceField(
        label=label,
        choices=_JA_NEE,
        coerce=lambda value: value == "ja",
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )


def _choice(veld: str, label=""):
    choices = [(value, teksten.answer_label(veld, value)) for value in KEUZES[veld]]
    return forms.ChoiceField(label=label, choices=choices, required=False, widget=forms.RadioSelect)


def _number(veld: str, label=""):
    low, high = GETALLEN[veld]
    if veld == "nrs":
        choices = [(n, str(n)) for n in range(low, high + 1)]
        return forms.TypedChoiceField(
            label=label,
            choices=choices,
            coerce=int,
            empty_value=None,
            required=False,
            widget=forms.RadioSelect,
        )
    # A bound on the open ones too: nobody bleeds for two months before calling.
    limit = GETAL_MAX if high is None else high
    sentence = _("Vul een heel getal in van %(low)s tot en met %(high)s.") % {
        "low": low,
        "high": limit,
    }
    return forms.IntegerField(
        label=label,
        min_value=low,
        max_value=limit,
        required=False,
        error_messages={"invalid": sentence, "min_value": sentence, "max_value": sentence},
    )


def _text(label="", max_length=TEKST_MAX, **kwargs):
    return forms.CharField(label=label, max_length=max_length, required=False, **kwargs)


def _field_of(vraag: protocol.Vraag):
    label = teksten.VRAGEN[vraag.veld]
    if vraag.soort == "ja_nee":
        return _yes_no(label)
    if vraag.soort == "keuze":
        return _choice(vraag.veld, label)
    if vraag.soort == "getal":
        return _number(vraag.veld, label)
    return _text(label)


def _dress(form: forms.BaseForm) -> None:
    """Give the text inputs the class of the design system; keys bring their own."""
    for field in form.fields.values():
        widget = field.widget
        if isinstance(widget, forms.CheckboxInput):
            widget.attrs["class"] = "form-check-input"
        elif isinstance(widget, ChoiceWidget):
            if widget.input_type == "select":
                widget.attrs["class"] = "form-select"
        else:
            widget.attrs["class"] = "form-control"


class LenientForm(forms.Form):
    """A form of which the valid part counts, whatever is wrong with the rest."""

    def valid_part(self) -> dict:
        """Return the clean values of the fields without an error."""
        self.full_clean()
        return {name: self.cleaned_data[name] for name in self.fields if name in self.cleaned_data}


class AntwoordenForm(LenientForm):
    """Complaints, description and the answers; the questions come from the protocol."""

    klachten = forms.MultipleChoiceField(
        label=_("Klacht"),
        choices=list(teksten.KLACHTEN.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Kies een klacht uit de lijst.")},
    )
    omschrijving = _text(
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
    leeftijd_jaren = _number("leeftijd_jaren", teksten.VRAGEN["leeftijd_jaren"])
    beller = forms.ChoiceField(
        label=_("Wie belt?"),
        choices=[("patient", _("De patiënt zelf")), ("ander", _("Iemand anders"))],
        required=False,
        widget=forms.RadioSelect,
    )
    patient_kan_zelf_spreken = _yes_no(_("Kan de patiënt zelf aan de telefoon komen?"))
    reden_patient_niet_zelf = _text(_("Waarom niet?"))
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
    ingeschreven_bij_deelnemer = _choice(
        "ingeschreven_bij_deelnemer", teksten.VRAGEN["ingeschreven_bij_deelnemer"]
    )
    passant = forms.BooleanField(label=_("Op doorreis of vakantie"), required=False)
    mondhygienist_patient = forms.BooleanField(
        label=_("Patiënt van een vrijgevestigd mondhygiënist"), required=False
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for vraag in protocol.VRAGEN:
            self.fields[vraag.veld] = _field_of(vraag)
        _dress(self)

    @classmethod
    def initial_of(cls, oproep: Oproep) -> dict:
        """Return the stored answers as the form shows them."""
        initial = {
            name: {True: "ja", False: "nee"}[value] if name in _JA_NEE_VELDEN else value
            for name, value in oproep.antwoorden.items()
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


class KeuzeUitLijst(forms.ModelChoiceField):
    """A choice of a row; what is no id at all gets the same sentence as an unknown one."""

    default_error_messages = {"invalid_choice": _("Kies iemand uit de lijst.")}

    def to_python(self, value):
        try:
            return super().to_python(value)
        except ValidationError as error:
            raise ValidationError(
                self.error_messages["invalid_choice"], code="invalid_choice"
            ) from error


class PatientForm(forms.ModelForm):
    """Who the patient is; nothing is required here, the closing of the call asks for it."""

    geboortedatum = forms.DateField(
        label=_("Geboortedatum"),
        input_formats=_DATUMVORMEN,
        required=False,
        widget=forms.DateInput(format="%d-%m-%Y", attrs={"inputmode": "numeric"}),
        error_messages={"invalid": _("Vul een datum in, bijvoorbeeld 17-05-1984.")},
    )
    heeft_eigen_tandarts = forms.ChoiceField(
        label=_("Eigen tandarts?"), choices=JaNeeOnbekend, required=False, widget=forms.RadioSelect
    )

    eigen_tandarts = KeuzeUitLijst(
        EigenTandarts.objects.none(),
        label=_("Wie is de eigen tandarts?"),
        required=False,
        empty_label=_("Kies de eigen tandarts"),
    )

    class Meta:
        model = Patient
        fields = [
            "telefoon",
            "naam",
            "geboortedatum",
            "adres",
            "postcode",
            "woonplaats",
            "bsn",
            "heeft_eigen_tandarts",
            "eigen_tandarts",
        ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("telefoon", "naam", "adres", "postcode", "woonplaats", "bsn"):
            # The browser would offer the previous patient.
            self.fields[name].widget.attrs["autocomplete"] = "off"
        self.fields["telefoon"].widget.input_type = "tel"
        self.fields["telefoon"].widget.attrs["data-toets"] = "p"
        self.fields["bsn"].widget.attrs["inputmode"] = "numeric"
        self.initial["bsn"] = self.fields["bsn"].keep(self.instance.bsn)
        self.fields["eigen_tandarts"].queryset = EigenTandarts.objects.order_by("naam")
        for field in self.fields.values():
            field.required = False
        _dress(self)

    def clean_geboortedatum(self):
        born = self.cleaned_data["geboortedatum"]
        if born and not date(1900, 1, 1) <= born <= timezone.localdate():
            raise ValidationError(_("Deze geboortedatum kan niet kloppen. Vraag het nog eens na."))
        return born

    def clean_heeft_eigen_tandarts(self):
        return self.cleaned_data["heeft_eigen_tandarts"] or JaNeeOnbekend.ONBEKEND

    def _post_clean(self):
        """Leave the row alone: `save_patient` is the door, it locks the call first."""

    def changes(self) -> dict:
        """Return the valid values of the fields that were sent."""
        self.full_clean()
        part = {
            name: value
            for name, value in self.cleaned_data.items()
            if self.add_prefix(name) in self.data
        }
        has_one = part.get("heeft_eigen_tandarts")
        if has_one == JaNeeOnbekend.NEE or (
            has_one == JaNeeOnbekend.ONBEKEND and "eigen_tandarts" not in part
        ):
            part["eigen_tandarts"] = None
        elif part.get("eigen_tandarts"):
            part["heeft_eigen_tandarts"] = JaNeeOnbekend.JA
        return part


class EigenTandartsForm(forms.ModelForm):
    """An own dentist who is not in the address book yet."""

    class Meta:
        model = EigenTandarts
        fields = ["naam", "praktijk", "plaats", "email", "telefoon"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _dress(self)

    def _post_clean(self):
        """Leave the row to `add_eigen_tandarts`: the constraints speak there."""


class ContactpogingForm(forms.Form):
    """One attempt: whom, in which role, with what result."""

    tandarts = KeuzeUitLijst(Tandarts.objects.none())
    rol = forms.ChoiceField(choices=Dienstplaats.Rol)
    resultaat = forms.ChoiceField(choices=Contactpoging.Resultaat)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["tandarts"].queryset = Tandarts.objects.filter(actief=True)


class BesluitForm(forms.Form):
    """What the dentist decided, and when the patient comes."""

    besluit = forms.ChoiceField(
        label=_("Besluit van de tandarts"),
        choices=Oproep.Besluit,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies wat de tandarts heeft besloten.")},
    )
    toelichting = _text(
        _("Toelichting"),
        max_length=Oproep._meta.get_field("besluit_toelichting").max_length,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    moment = KloktijdField(label=_("Afspraak om (tijd)"), required=False)
    betaling_gemeld = forms.BooleanField(label=_("Betaling gemeld"), required=False)

    def __init__(self, *args, **kwargs):
        # Its fields share the page with those of the closing: other ids.
        super().__init__(*args, auto_id="besluit_%s", **kwargs)
        _dress(self)

    def clean(self):
        data = super().clean()
        if (
            data.get("besluit") == Oproep.Besluit.ZIEN
            and "moment" not in self.errors
            and not data.get("moment")
        ):
            self.add_error("moment", _("Vul in hoe laat de patiënt komt."))
        return data


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
    afbreek_toelichting = _text(_("Toelichting"), max_length=200)
    afbreek_tandarts = forms.ChoiceField(
        label=_("De tandarts is niet gesproken. Hoe staat het?"),
        choices=Oproep.AfbreekTandarts,
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, auto_id="afbreken_%s", **kwargs)
        _dress(self)


class AfrondenForm(forms.Form):
    """The closing checks of the conversation."""

    controles = forms.MultipleChoiceField(
        label=_("Slotvragen"),
        choices=afronding.CONTROLES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    betaling_gemeld = forms.BooleanField(label=_("Betaling gemeld"), required=False)
    reden_geen_contact = _text(_("Waarom geen overleg met de tandarts?"), max_length=200)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, auto_id="afronden_%s", **kwargs)
        _dress(self)
