"""Contact with the dentist, and what the dentist decided."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kern.tijd import KloktijdField
from kring.models import Tandarts
from rooster.models import Dienstplaats
from triage.forms.velden import KeuzeUitLijst, dress, text_field
from triage.models import Contactpoging, Oproep


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
    toelichting = text_field(
        _("Toelichting"),
        max_length=Oproep._meta.get_field("besluit_toelichting").max_length,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    moment = KloktijdField(label=_("Afspraak om (tijd)"), required=False)
    betaling_gemeld = forms.BooleanField(label=_("Betaling gemeld"), required=False)

    def __init__(self, *args, **kwargs):
        # Its fields share the page with those of the closing: other ids.
        super().__init__(*args, auto_id="besluit_%s", **kwargs)
        dress(self)

    def clean(self):
        data = super().clean()
        if (
            data.get("besluit") == Oproep.Besluit.ZIEN
            and "moment" not in self.errors
            and not data.get("moment")
        ):
            self.add_error("moment", _("Vul in hoe laat de patiënt komt."))
        return data
