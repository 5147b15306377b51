"""Who the patient is, and who the own dentist."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kring.models import EigenTandarts
from triage.forms.velden import KeuzeUitLijst, dress
from triage.models import JaNeeOnbekend, Patient
from triage.patientstand import print_of, prints, stand_of

DATUMVORMEN = ["%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y", "%d %m %Y", "%d%m%Y", "%Y-%m-%d"]


def plausible_birth_date(born: date | None) -> date | None:
    """Return the date, or refuse one on which nobody who calls was born."""
    if born and not date(1900, 1, 1) <= born <= timezone.localdate():
        raise ValidationError(_("Deze geboortedatum kan niet kloppen. Vraag het nog eens na."))
    return born


class PatientForm(forms.ModelForm):
    """Who the patient is; nothing is required here, the closing of the call asks for it."""

    geboortedatum = forms.DateField(
        label=_("Geboortedatum"),
        input_formats=DATUMVORMEN,
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
        self.stand = self.data.get("patient_stand", "")[:120] or stand_of(self.instance)
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
        dress(self)

    def clean_geboortedatum(self):
        return plausible_birth_date(self.cleaned_data["geboortedatum"])

    def clean(self):
        """A masked BSN that another person replaced meanwhile was not typed here: leave it out."""
        data = super().clean()
        known = prints(self.stand).get("bsn")
        is_replaced = known is not None and known != print_of("bsn", self.instance.bsn)
        if is_replaced and "*" in self.data.get(self.add_prefix("bsn"), ""):
            self.errors.pop("bsn", None)
        return data

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
        dress(self)

    def _post_clean(self):
        """Leave the row to `add_eigen_tandarts`: the constraints speak there."""
