"""What is typed when a practice stops, or is let in one-sidedly."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from reglement.models import Einde
from rooster.forms.kader import DagField

_JA_NEE = [("ja", _("Ja")), ("nee", _("Nee"))]


def day_field(**kwargs) -> forms.DateField:
    """Return a field for a day, as the browser's own calendar; terms are reckoned from it."""
    return DagField(**kwargs)


class JaNeeField(forms.TypedChoiceField):
    """A question that is answered with yes or no: no box that is forgotten."""

    def __init__(self, **kwargs):
        kwargs |= {"choices": _JA_NEE, "widget": forms.RadioSelect}
        kwargs.setdefault("error_messages", {"required": _("Kies ja of nee.")})
        super().__init__(coerce=lambda value: value == "ja", empty_value=None, **kwargs)


class DagForm(forms.Form):
    """The day of the register; odd input means today."""

    dag = day_field(label=_("Op welke dag"), required=False)

    def day(self, today: date) -> date:
        return (self.is_valid() and self.cleaned_data["dag"]) or today


class OpzegForm(forms.Form):
    """A resignation. The coordinator notes a letter, and may deviate with a reason."""

    gemeld_op = day_field(
        label=_("Wanneer kwam de opzegging binnen?"),
        help_text=_("De dag waarop de brief of mail er was. De termijn begint dan."),
    )
    gevraagd = day_field(
        label=_("Gevraagde laatste dag"),
        required=False,
        help_text=_("Leeg: de eerste dag die volgens het reglement kan. Later mag altijd."),
    )
    afwijking = forms.CharField(
        label=_("Bijzondere omstandigheden"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Alleen als de praktijk eerder wil stoppen dan het reglement zegt (art. 8)."),
    )

    def __init__(self, *args, coordinator: bool, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        if coordinator:
            self.fields["gemeld_op"].initial = today
        else:
            del self.fields["gemeld_op"]
            self.fields["afwijking"].help_text = _(
                "Wil je eerder stoppen dan het reglement zegt? Schrijf op waarom. De coördinator "
                "beslist daarover; tot die tijd geldt de gewone laatste dag."
            )

    def clean(self):
        return {"gemeld_op": self.today, **super().clean()}


class EindeForm(forms.Form):
    """The other ends of art. 8; both only for a one-person practice."""

    grond = forms.ChoiceField(
        label=_("Waardoor eindigt de deelname?"),
        choices=[
            (Einde.Grond.STAKEN, _("De praktijk is gestaakt")),
            (Einde.Grond.OVERLIJDEN, _("De vertegenwoordiger is overleden")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies waardoor de deelname eindigt.")},
    )
    eenmanszaak = JaNeeField(
        label=_("Is de praktijk een eenmanszaak?"),
        help_text=_("Alleen dan eindigt de deelname zo (art. 8)."),
    )
    laatste_dag = day_field(label=_("Laatste dag"))


class AfwijkForm(forms.Form):
    """Another last day, because of special circumstances."""

    laatste_dag = day_field(label=_("Nieuwe laatste dag"))
    afwijking = forms.CharField(
        label=_("Welke bijzondere omstandigheden?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class RedenForm(forms.Form):
    """Why something is taken back."""

    reden = forms.CharField(label=_("Waarom?"), max_length=300)


class EenzijdigForm(forms.Form):
    """The two questions of 9.2l, and the day."""

    zelf_opzetten = JaNeeField(label=_("Kan de praktijk zelf een spoeddienst opzetten?"))
    andere_dienst = JaNeeField(label=_("Kan de praktijk meedoen aan een andere spoeddienst?"))
    toelichting = forms.CharField(
        label=_("Hoe is dat nagegaan?"),
        max_length=200,
        help_text=_("Bijvoorbeeld welke diensten zijn gevraagd en wat zij antwoordden."),
    )
    vanaf = day_field(label=_("Vanaf"))


class VergoedingForm(forms.Form):
    """Of which year the fee is reckoned."""

    jaar = forms.TypedChoiceField(label=_("Jaar"), coerce=int)

    def __init__(self, *args, jaren, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["jaar"].choices = [(jaar, jaar) for jaar in jaren]
