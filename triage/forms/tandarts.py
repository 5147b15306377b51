"""Contact with the dentist, and what the dentist decided."""

from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from kern.tijd import KloktijdField
from kern.velden import FREE_TEXT_MAX
from kring.models import Tandarts
from triage.forms.velden import KeuzeUitLijst, dress, text_field
from triage.models import Contactpoging, Oproep


class ContactpogingForm(forms.Form):
    """One attempt: whom, in which role, with what result; the coordinator is no dentist."""

    tandarts = KeuzeUitLijst(
        Tandarts.objects.none(),
        label=_("Welke tandarts heb je gesproken?"),
        required=False,
        empty_label=_("Kies een tandarts"),
    )
    rol = forms.ChoiceField(choices=Contactpoging.Rol)
    resultaat = forms.ChoiceField(choices=Contactpoging.Resultaat.choices[:4])
    aanwezig_om = KloktijdField(label=_("Kan er zijn om"), required=False)
    formulier = forms.CharField(max_length=32, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, auto_id="poging_%s", **kwargs)
        self.fields["tandarts"].queryset = Tandarts.objects.filter(actief=True).order_by("naam")
        dress(self)

    def clean(self):
        data = super().clean()
        needs_dentist = (
            data.get("rol") != Contactpoging.Rol.COORDINATOR
            or data.get("resultaat") == Contactpoging.Resultaat.GESPROKEN
        )
        if needs_dentist and not data.get("tandarts") and "tandarts" not in self.errors:
            self.add_error("tandarts", _("Kies wie je hebt gesproken."))
        if needs_dentist and data.get("resultaat") == Contactpoging.Resultaat.INGELICHT:
            self.add_error("resultaat", _("Alleen de coördinator wordt ingelicht."))
        if not needs_dentist:
            data["tandarts"] = None
        return data


class VergissingForm(forms.Form):
    """Why an attempt was noted wrongly."""

    poging = forms.UUIDField(widget=forms.HiddenInput)
    reden = text_field(_("Wat ging er mis?"), max_length=200)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, auto_id="vergissing_%s", **kwargs)
        dress(self)


class BerichtForm(forms.Form):
    """To whom a message goes."""

    tandarts = KeuzeUitLijst(Tandarts.objects.none())
    rol = forms.ChoiceField(choices=Contactpoging.Rol)
    formulier = forms.CharField(max_length=32, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["tandarts"].queryset = Tandarts.objects.filter(actief=True).select_related(
            "gebruiker"
        )


class BesluitForm(forms.Form):
    """What the dentist decided, and when the patient comes."""

    besluit = forms.ChoiceField(
        label=_("Besluit van de tandarts"),
        choices=Oproep.Besluit,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies wat de tandarts heeft besloten.")},
    )
    toelichting = text_field(
        _("Toelichting"),
        max_length=Oproep._meta.get_field("besluit_toelichting").max_length,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    zwaarwegende_gronden = text_field(
        _("Waarom wordt dit kind niet gezien? (zwaarwegende gronden)"),
        max_length=FREE_TEXT_MAX,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    moment = KloktijdField(label=_("Afspraak om (tijd)"), required=False)
    reden_later = text_field(_("Later dan de norm? Waarom"), max_length=200)
    betaling_gemeld = forms.BooleanField(label=_("Betaling gemeld"), required=False)

    def __init__(self, *args, oproep: Oproep | None = None, **kwargs):
        # Its fields share the page with those of the closing: other ids.
        super().__init__(*args, auto_id="besluit_%s", **kwargs)
        if oproep is not None and oproep.is_nagevoerd:
            self.fields["moment"].vanaf = oproep.aangenomen_op + timedelta(hours=1)
        dress(self)

    def clean(self):
        data = super().clean()
        if (
            data.get("besluit") == Oproep.Besluit.ZIEN
            and "moment" not in self.errors
            and not data.get("moment")
        ):
            self.add_error("moment", _("Vul in hoe laat de patiënt komt."))
        if data.get("besluit") != Oproep.Besluit.ZIEN:
            # The offered time stands in the form whatever is chosen.
            data["moment"] = None
        return data
