"""A call that was taken on paper: when it really was, and who took it."""

from datetime import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from kern.tijd import DOUBLED, TijdBestaatNiet, TijdDubbel, from_local, to_local
from kring.models import Gebruiker
from triage.forms.velden import KeuzeUitLijst, dress

_DATUM = ["%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y", "%d%m%Y", "%Y-%m-%d"]
_TIJD = ["%H:%M", "%H.%M", "%H%M", "%H %M"]


class NavoerenForm(forms.Form):
    """Date and time apart, as they stand on the paper; the doubled hour asks which one (art. 4.1).

    Gives `aangenomen_op` (UTC) and `aangenomen_door`; whether that is too far back is the action's.
    """

    datum = forms.DateField(
        label=_("Datum op het papier"),
        input_formats=_DATUM,
        widget=forms.DateInput(format="%d-%m-%Y", attrs={"inputmode": "numeric"}),
        error_messages={
            "required": _("Vul de datum in die op het papier staat."),
            "invalid": _("Vul een datum in, bijvoorbeeld 21-11-2026."),
        },
    )
    tijd = forms.TimeField(
        label=_("Tijd op het papier"),
        input_formats=_TIJD,
        widget=forms.TimeInput(format="%H:%M", attrs={"inputmode": "numeric"}),
        error_messages={
            "required": _("Vul de tijd in die op het papier staat."),
            "invalid": _("Vul een tijd in, bijvoorbeeld 23:15."),
        },
    )
    keer = forms.ChoiceField(
        label=_("Die nacht was het twee keer zo laat. Welke keer was het?"),
        choices=[
            ("eerste", _("De eerste keer, vóór de klok terugging")),
            ("tweede", _("De tweede keer, nadat de klok terugging")),
        ],
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Kies de eerste of de tweede keer.")},
    )
    aangenomen_door = KeuzeUitLijst(
        Gebruiker.objects.none(),
        label=_("Wie nam het gesprek aan?"),
        empty_label=None,
        error_messages={"required": _("Kies wie het gesprek aannam.")},
    )

    def __init__(self, *args, colleagues, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["aangenomen_door"].queryset = colleagues
        for name in ("datum", "tijd"):
            self.fields[name].widget.attrs["autocomplete"] = "off"
        self.vraagt_keer = bool(self.data.get("keer"))
        dress(self)

    @classmethod
    def initial_at(cls, nu: datetime, gebruiker_id: int) -> dict:
        """Return today and oneself: mostly right, and the time is never guessed."""
        return {"datum": to_local(nu).date(), "aangenomen_door": gebruiker_id}

    def clean(self):
        data = super().clean()
        if data.get("datum") is None or data.get("tijd") is None or "keer" in self.errors:
            return data
        wall = datetime.combine(data["datum"], data["tijd"].replace(second=0, microsecond=0))
        try:
            # Outside the doubled hour there is only one, whatever was chosen.
            data["aangenomen_op"] = from_local(wall, fold=DOUBLED.get(data.get("keer")))
        except TijdBestaatNiet:
            self.add_error(
                "tijd",
                _("Deze tijd bestaat niet: die nacht ging de klok van 02:00 naar 03:00."),
            )
        except TijdDubbel:
            self.vraagt_keer = True
            self.add_error("keer", _("Kies de eerste of de tweede keer."))
        except (OverflowError, ValueError):
            self.add_error("datum", _("Vul een datum in, bijvoorbeeld 21-11-2026."))
        return data
