"""What is typed about the wheel."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kern.tijd import db_now, to_local
from kring.models import Gebruiker, Lidmaatschap
from reglement.forms.functies import dag_veld
from reglement.jaarwiel import regels
from reglement.models import Verplichting
from reglement.toegang.rollen import LEZERS
from rooster.forms.kader import DagField

_DAGEN = {"inputmode": "numeric", "min": 0, "max": 365}


class TaakForm(forms.ModelForm):
    """How one duty is done; each kind asks only what it needs."""

    class Meta:
        model = Verplichting
        fields = [
            "titel",
            "ritme",
            "eerste_dag",
            "dagen_vooraf",
            "herinner_dagen",
            "gedelegeerd_aan",
            "actief",
        ]
        field_classes = {"eerste_dag": DagField}
        widgets = {
            "dagen_vooraf": forms.NumberInput(attrs=_DAGEN),
            "herinner_dagen": forms.NumberInput(attrs=_DAGEN),
        }
        help_texts = {
            "herinner_dagen": _(
                "0: alleen op de laatste dag, en een week erna als het niet is gedaan."
            ),
            "gedelegeerd_aan": _(
                "Leeg: de coördinator zelf. De coördinator blijft verantwoordelijk."
            ),
            "eerste_dag": _("Vanaf deze dag herhaalt de taak zich."),
        }

    def __init__(self, *args, kring, uitleg="", **kwargs):
        super().__init__(*args, **kwargs)
        soort = self.instance.soort
        if soort != regels.EXTRA:
            del self.fields["titel"]
        if soort not in (regels.EXTRA, regels.KLACHTEN):
            del self.fields["ritme"], self.fields["eerste_dag"]
        else:
            self.fields["ritme"].required = self.fields["eerste_dag"].required = True
            self.fields["ritme"].choices = [("", "–"), *Verplichting.Ritme.choices]
            del self.fields["dagen_vooraf"]
        if soort == regels.EXTRA:
            self.fields["titel"].required = True
        if "dagen_vooraf" in self.fields:
            self.fields["dagen_vooraf"].help_text = uitleg
            if soort == regels.BEMIDDELEN:
                self.fields["dagen_vooraf"].label = _("Binnen zoveel dagen")
            if soort == regels.VERGADERING:
                del self.fields["dagen_vooraf"]
        members = Lidmaatschap.objects.active().filter(kring=kring, rol__in=LEZERS)
        people = Gebruiker.objects.filter(pk__in=members.values("gebruiker_id")).order_by("naam")
        self.fields["gedelegeerd_aan"].queryset = people
        self.fields["gedelegeerd_aan"].empty_label = _("de coördinator")


class GedaanForm(forms.Form):
    gedaan_op = dag_veld(_("Gedaan op"))
    bewijs = forms.CharField(
        label=_("Waaruit blijkt dat?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Bijvoorbeeld: brief van 3 november aan de krant, in de map Post. Geen namen van "
            "patiënten."
        ),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["gedaan_op"].initial = to_local(db_now()).date()


class TerugForm(forms.Form):
    reden = forms.CharField(
        label=_("Waarom klopt het niet?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
