"""What is typed about a practice that wants to take part."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kern.velden import NormalizedFormField, normalize_big, normalize_phone
from kern.weergave import format_moment
from kring.forms import RijKeuze
from kring.models import Deelnemer
from reglement.forms.deelname import JaNeeField, day_field
from reglement.models import Toelating, Vergadering
from rooster.forms.kader import DagField
from rooster.models import Bigcontrole


class AanvraagForm(forms.ModelForm):
    """The practice as it will stand in the kring."""

    class Meta:
        model = Toelating
        fields = [
            *("naam", "adres", "postcode", "plaats", "telefoon", "email", "agb_code"),
            *("vertegenwoordiger", "aangevraagd_op", "gewenst_op", "deelnemer"),
        ]
        field_classes = {
            "deelnemer": RijKeuze,
            "aangevraagd_op": DagField,
            "gewenst_op": DagField,
        }
        labels = {"deelnemer": _("Deed eerder mee als")}
        help_texts = {
            "vertegenwoordiger": _("Deze persoon stemt straks voor de praktijk."),
            "deelnemer": _("Kies dit als de praktijk eerder is gestopt en nu terugkomt."),
        }

    def __init__(self, *args, kring, today, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance._state.adding:
            former = Deelnemer.objects.filter(kring=kring, actief=False).order_by("naam")
            self.fields["deelnemer"].queryset = former
            self.fields["deelnemer"].empty_label = _("nee, voor het eerst")
            self.initial.setdefault("aangevraagd_op", today)
        else:
            del self.fields["deelnemer"]


class VerklaringForm(forms.Form):
    """What the practice declares (§5.2.1, MR 3)."""

    standaard = JaNeeField(
        label=_("Houden alle tandartsen zich aan de professionele standaard?"),
        required=False,
        help_text=_("Ook: zij kunnen met de patiënt communiceren, zo nodig met een tolk."),
    )
    tweede_dienst = JaNeeField(
        label=_("Doet de praktijk al mee aan een andere spoeddienst in dit gebied?"), required=False
    )
    kent_reglement = JaNeeField(
        label=_("Kent de praktijk reglement en richtlijn, en stemt zij ermee in?"), required=False
    )


class TandartsForm(forms.Form):
    """A dentist of the practice."""

    naam = forms.CharField(label=_("Naam"), max_length=120)
    big_nummer = NormalizedFormField(
        normalize=normalize_big,
        label=_("BIG-nummer"),
        max_length=20,
        help_text=_("11 cijfers."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    telefoon = NormalizedFormField(
        normalize=normalize_phone,
        label=_("Telefoon tijdens dienst"),
        max_length=30,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
    )


class BigForm(forms.Form):
    """What a person saw in the register."""

    uitkomst = forms.ChoiceField(
        label=_("Wat zegt het BIG-register?"),
        choices=Bigcontrole.Uitkomst,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies wat je in het BIG-register zag.")},
    )


class AdviesForm(forms.ModelForm):
    """The advice that goes to the meeting."""

    advies = forms.ChoiceField(
        label=_("Wat is je advies?"),
        choices=Toelating.Advies,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies wat je adviseert.")},
    )

    class Meta:
        model = Toelating
        fields = ["advies", "advies_reden"]
        widgets = {"advies_reden": forms.Textarea(attrs={"rows": 3})}


class VoorleggenForm(forms.Form):
    """On the agenda of which meeting; only those that nobody was called for yet."""

    vergadering = RijKeuze(
        Vergadering.objects.none(),
        label=_("Op de agenda van"),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": _("Kies een vergadering.")},
    )

    def __init__(self, *args, kring, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["vergadering"].queryset = Vergadering.objects.filter(
            kring=kring, status=Vergadering.Status.CONCEPT, zitting=Vergadering.Zitting.EERSTE
        ).order_by("begint_op")
        self.fields["vergadering"].label_from_instance = lambda row: (
            f"{row.titel}, {format_moment(row.begint_op)}"
        )


class VerwerkForm(forms.Form):
    """From which day the practice takes part."""

    vanaf = day_field(
        label=_("Doet mee vanaf"),
        help_text=_("Vanaf deze dag stemt de praktijk mee en kan zij op het rooster staan."),
    )
