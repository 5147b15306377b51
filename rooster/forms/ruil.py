"""What somebody types who passes a place on, or who falls out."""

from datetime import date, datetime, time, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kern.tijd import from_local, to_local
from rooster.models import Dienstplaats, Ruilverzoek
from rooster.ruil.regels import GEWONE_TERMIJN


def usual_deadline(plaats: Dienstplaats, nu: datetime) -> date:
    """Return the day until which colleagues get time: a week, or the day before the duty."""
    before = to_local(plaats.begin).date() - timedelta(days=1)
    return max(min(to_local(nu + GEWONE_TERMIJN).date(), before), to_local(nu).date())


class RuilForm(forms.Form):
    """Whom to ask and until when. `plaats` is the place that is passed on."""

    soort = forms.ChoiceField(
        choices=[(Ruilverzoek.Soort.OVERNAME, ""), (Ruilverzoek.Soort.RUIL, "")],
        widget=forms.HiddenInput,
    )
    keuzes = forms.MultipleChoiceField(
        label=_("Welke diensten wil je terug?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": _("Niet alles wat je koos kan nog. Kijk de lijst opnieuw na.")
        },
    )
    uiterlijk = forms.DateField(
        label=_("Antwoord uiterlijk op"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=_("Tot het eind van deze dag kan iemand ja zeggen."),
    )
    toelichting = forms.CharField(
        label=_("Waarom?"),
        max_length=200,
        required=False,
        help_text=_("Dit lezen de collega's die we vragen. Schrijf niets over gezondheid."),
    )

    def __init__(self, *args, plaats, nu, soort, keuzes=(), **kwargs):
        kwargs["initial"] = {"soort": soort, "uiterlijk": usual_deadline(plaats, nu)}
        super().__init__(*args, **kwargs)
        self.plaats = plaats
        self.fields["keuzes"].choices = keuzes

    def clean_uiterlijk(self):
        day = self.cleaned_data["uiterlijk"]
        # Moments of faraway years do not fit in time zone arithmetic.
        if not 2000 <= day.year <= 2200:
            raise ValidationError(_("Kies een dag vanaf vandaag tot en met de dag van de dienst."))
        return day

    def moment(self) -> datetime:
        """Return the deadline: late on the chosen day, or the begin of the duty on that day.

        Not midnight: that is shown as a moment of the day after.
        """
        day = self.cleaned_data["uiterlijk"]
        end = from_local(datetime.combine(day, time(23, 59)))
        if day == to_local(self.plaats.begin).date():
            return self.plaats.begin
        return end


class UitvalForm(forms.Form):
    """Why somebody falls out: never needed, and never health."""

    toelichting = forms.CharField(
        label=_("Toelichting"),
        max_length=200,
        required=False,
        help_text=_("Dit komt in de geschiedenis van de dienst. Schrijf niets over gezondheid."),
    )
