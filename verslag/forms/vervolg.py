"""What became of a follow-up of a patient without own dentist."""

from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kern.tijd import to_local
from kring.models import Tandarts
from triage.forms.velden import KeuzeUitLijst, dress
from verslag.models import Vervolgactie

DAG, DRAAG_OVER = "datum", "draag_over"
_LANGSTE = timedelta(days=366)


class VervolgForm(forms.Form):
    """One page, three questions; `doel` is the button that was pressed, and asks only its own."""

    doel = forms.ChoiceField(
        choices=[
            (Vervolgactie.Afloop.GEDAAN, _("gedaan")),
            (Vervolgactie.Afloop.VERVALLEN, _("niet meer nodig")),
            (DRAAG_OVER, _("draag over")),
            (DAG, _("andere dag")),
        ],
        widget=forms.HiddenInput,
        error_messages={"required": _("Kies wat je wilt doen.")},
    )
    toelichting = forms.CharField(
        label=_("Wat is er gedaan, of waarom is het niet meer nodig?"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    naar = KeuzeUitLijst(
        Tandarts.objects.none(),
        label=_("Collega in de kring"),
        required=False,
        empty_label=_("Kies een collega"),
    )
    bericht = forms.CharField(
        label=_("Wat moet de collega weten?"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    uiterlijk = forms.DateField(
        label=_("Uiterlijk op"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    use_required_attribute = False

    def __init__(self, *args, vervolg: Vervolgactie, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["uiterlijk"] = vervolg.uiterlijk
        self.fields["naar"].queryset = (
            Tandarts.objects.filter(actief=True, gebruiker__isnull=False)
            .exclude(pk=vervolg.tandarts_id)
            .order_by("naam")
        )
        dress(self)

    def clean_uiterlijk(self):
        dag = self.cleaned_data["uiterlijk"]
        vandaag = to_local(timezone.now()).date()
        if dag and self.data.get("doel") == DAG and not vandaag <= dag <= vandaag + _LANGSTE:
            raise ValidationError(_("Kies een dag tussen vandaag en over een jaar."))
        return dag

    def clean(self):
        data = super().clean()
        doel = data.get("doel")
        if doel == DAG and not data.get("uiterlijk") and "uiterlijk" not in self.errors:
            self.add_error("uiterlijk", _("Kies de dag waarop het uiterlijk gedaan moet zijn."))
        if doel == DRAAG_OVER:
            if not data.get("naar") and "naar" not in self.errors:
                self.add_error("naar", _("Kies aan wie je het overdraagt."))
            data["toelichting"] = data.get("bericht", "")
        return data
