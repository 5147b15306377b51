"""What a person types about the frame: lines, holidays, hours, shares, exemptions, periods."""

import re
from datetime import date, time

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kern.weergave import format_datum
from kring.forms import RijKeuze
from kring.models import Deelnemer, Tandarts
from rooster.actions.kader import Uren
from rooster.forms.dienst import TandartsKeuze
from rooster.kader.kalender import Soort, national_holidays, usual_own_days
from rooster.models import Categorie, Dienstsoort, Feestdag, Roosterperiode, Vrijstelling
from rooster.models.kader import WEEKDAGEN

VROEGST, LAATST = date(2000, 1, 1), date(2100, 12, 31)
MEER_REGELS = 2
EIGEN_REGELS = 3
GROOTSTE_BESTAND = 1024 * 1024
_UREN = re.compile(r"([0-9]{1,2})[:.]?([0-9]{2})?\s*(?:-|–|tot)\s*([0-9]{1,2})[:.]?([0-9]{2})?")


class DagField(forms.DateField):
    """A day within this century: a year of two digits is a typing error."""

    def __init__(self, **kwargs):
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        between = _("Controleer het jaar.")
        validators = [MinValueValidator(VROEGST, between), MaxValueValidator(LAATST, between)]
        super().__init__(widget=widget, validators=validators, **kwargs)


class VanafForm(forms.Form):
    """The day on which a change begins."""

    vanaf = DagField(label=_("Geldt vanaf"))


class SoortForm(forms.Form):
    """One line of the frame; an empty name means no line."""

    naam = forms.CharField(label=_("Naam"), max_length=60, required=False)
    vervuld_door = forms.ChoiceField(label=_("Wie helpt"), choices=Dienstsoort.Vervuld.choices)
    categorie = forms.ChoiceField(label=_("Telt als"), choices=Categorie.choices)
    dagen = forms.TypedMultipleChoiceField(
        label=_("Begint op"),
        choices=[(number, str(naam)[:2]) for number, naam in WEEKDAGEN],
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    feestdagen = forms.ChoiceField(
        label=_("Op feestdagen"), choices=Dienstsoort.Feestdagen.choices, initial="ook"
    )
    begin = forms.TimeField(label=_("Begint om"), required=False, input_formats=["%H:%M", "%H.%M"])
    einde = forms.TimeField(label=_("Eindigt om"), required=False, input_formats=["%H:%M", "%H.%M"])
    dagen_later = forms.TypedChoiceField(
        label=_("Eindigt"),
        choices=[
            (0, _("dezelfde dag")),
            (1, _("de volgende dag")),
            (2, _("2 dagen later")),
            (3, _("3 dagen later")),
            (4, _("4 dagen later")),
        ],
        coerce=int,
        initial=1,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("begin", "einde"):
            # As text: the browser's own time field asks an English browser for AM or PM.
            attrs = {"inputmode": "numeric", "autocomplete": "off", "placeholder": "08:00"}
            self.fields[name].widget = forms.TimeInput(format="%H:%M", attrs=attrs)

    def clean(self):
        data = super().clean()
        if not data.get("naam"):
            return data
        for name in ("begin", "einde", "dagen"):
            if name not in self.errors and data.get(name) in (None, []):
                self.add_error(name, _("Vul dit in, of maak de naam leeg."))
        return data

    @property
    def soort(self) -> Soort | None:
        """The line as the calendar takes it; None when its name is empty."""
        data = self.cleaned_data
        if not data.get("naam"):
            return None
        names = ("naam", "categorie", "begin", "einde", "dagen_later", "feestdagen", "vervuld_door")
        return Soort(
            sleutel=data["naam"],
            dagen=frozenset(data["dagen"]),
            **{name: data[name] for name in names},
        )


SoortFormSet = forms.formset_factory(SoortForm, extra=MEER_REGELS, max_num=20, absolute_max=30)


class FeestdagenForm(forms.Form):
    """The calendar of a year: which days of the country count, and which of the kring's own."""

    landelijk = forms.MultipleChoiceField(
        label=_("Feestdagen van het land"), required=False, widget=forms.CheckboxSelectMultiple
    )
    eigen = forms.MultipleChoiceField(
        label=_("Dagen van de kring"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, jaar: int, rows: list[Feestdag], **kwargs):
        self.jaar = jaar
        national = national_holidays(jaar)
        dropped = {row.datum for row in rows if row.vervalt}
        own = {row.datum: row.naam for row in rows if not row.vervalt}
        self.names = {**usual_own_days(jaar), **own}
        kwargs["initial"] = {
            "landelijk": [day.isoformat() for day in national if day not in dropped],
            "eigen": [day.isoformat() for day in own],
        }
        super().__init__(*args, **kwargs)
        self.fields["landelijk"].choices = _days(national)
        self.fields["eigen"].choices = _days(self.names)
        for number in range(1, EIGEN_REGELS + 1):
            self.fields[f"dag_{number}"] = DagField(
                label=_("Nog een dag (%(nummer)s)") % {"nummer": number}, required=False
            )
            self.fields[f"naam_{number}"] = forms.CharField(
                label=_("Naam van die dag"), max_length=60, required=False
            )

    def clean(self):
        data = super().clean()
        for number in range(1, EIGEN_REGELS + 1):
            dag, naam = data.get(f"dag_{number}"), data.get(f"naam_{number}")
            if dag and dag.year != self.jaar:
                self.add_error(f"dag_{number}", _("Deze dag ligt in een ander jaar."))
            if dag and not naam:
                self.add_error(f"naam_{number}", _("Geef deze dag een naam."))
            if naam and not dag and f"dag_{number}" not in self.errors:
                self.add_error(f"dag_{number}", _("Kies de dag die zo heet."))
        return data

    @property
    def choice(self) -> dict:
        """What the action takes."""
        data = self.cleaned_data
        kept = {date.fromisoformat(day) for day in data["landelijk"]}
        chosen = [date.fromisoformat(day) for day in data["eigen"]]
        own = {day: self.names[day] for day in chosen}
        for number in range(1, EIGEN_REGELS + 1):
            if data.get(f"dag_{number}"):
                own[data[f"dag_{number}"]] = data[f"naam_{number}"]
        dropped = set(national_holidays(self.jaar)) - kept
        return {"vervallen": dropped - set(own), "eigen": own}


def _days(days: dict[date, str]) -> list[tuple[str, str]]:
    return [(day.isoformat(), f"{format_datum(day)}, {days[day]}") for day in sorted(days)]


class OpeningstijdenForm(forms.Form):
    """A week of a practice: on each day its hours as people write them, or empty."""

    vanaf = DagField(label=_("Geldt vanaf"))

    def __init__(self, *args, uren=(), **kwargs):
        written: dict[int, list[str]] = {}
        for row in uren:
            written.setdefault(row.weekdag, []).append(f"{row.van:%H:%M}-{row.tot:%H:%M}")
        days = {f"dag_{number}": ", ".join(texts) for number, texts in written.items()}
        kwargs["initial"] = {**days, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        for number, naam in WEEKDAGEN:
            self.fields[f"dag_{number}"] = forms.CharField(
                label=str(naam).capitalize(), max_length=60, required=False
            )
        self.fields["dag_0"].help_text = _(
            "Bijvoorbeeld: 08:00-12:30, 13:00-17:00. Leeg: gesloten."
        )

    def clean(self):
        data = super().clean()
        data["uren"] = []
        for number, _naam in WEEKDAGEN:
            try:
                data["uren"] += _hours(number, data.pop(f"dag_{number}", ""))
            except ValidationError as error:
                self.add_error(f"dag_{number}", error)
        return data


def _hours(weekdag: int, text: str) -> list[Uren]:
    """Read "8:00-12:30, 13-17"; raise at what is no such stretch, or no time."""
    found = []
    for part in filter(None, (part.strip() for part in text.split(","))):
        match = _UREN.fullmatch(part)
        try:
            if match is None:
                raise ValueError
            van, tot = (
                time(int(match[1]), int(match[2] or 0)),
                time(int(match[3]), int(match[4] or 0)),
            )
        except ValueError:
            raise ValidationError(
                _("“%(deel)s” begrijp ik niet. Schrijf bijvoorbeeld 08:00-12:30, 13:00-17:00."),
                params={"deel": part},
            ) from None
        found.append(Uren(weekdag, van, tot))
    return found


class InzetForm(forms.Form):
    """How much a dentist works at which practice, from a day on."""

    deelnemer = RijKeuze(Deelnemer.objects.none(), label=_("Praktijk"), empty_label=None)
    fte = forms.DecimalField(
        label=_("Fte"),
        min_value=0,
        max_value=2,
        max_digits=3,
        decimal_places=2,
        localize=True,
        help_text=_("1 is een hele week. 0: werkt hier vanaf die dag niet meer."),
    )
    doet_dienst = forms.BooleanField(
        label=_("Doet dienst voor deze praktijk"),
        required=False,
        initial=True,
        help_text=_("Uit: de praktijk houdt haar aandeel, collega's doen de diensten (§ 5.3.2)."),
    )
    vanaf = DagField(label=_("Geldt vanaf"))

    def __init__(self, *args, deelnemers, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["deelnemer"].queryset = deelnemers


class VrijstellingForm(forms.ModelForm):
    """An exemption. The ground is health data: read by the coordinator only."""

    class Meta:
        model = Vrijstelling
        fields = ["tandarts", "deel", "eerste_dag", "laatste_dag", "last", "grond", "toelichting"]
        field_classes = {
            "tandarts": TandartsKeuze,
            "eerste_dag": DagField,
            "laatste_dag": DagField,
        }
        help_texts = {
            "deel": _("100: doet geen diensten. 50: de helft."),
            "laatste_dag": _("Leeg: tot nader bericht."),
            "last": _("De praktijk blijft deelnemer (§ 5.3.3)."),
            "toelichting": _("Alleen jij en je plaatsvervanger lezen dit. Zo kort mogelijk."),
        }

    def __init__(self, *args, kring, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["tandarts"].queryset = (
            Tandarts.objects.filter(Q(actief=True) | Q(pk=self.instance.tandarts_id), kring=kring)
            .select_related("deelnemer")
            .order_by("deelnemer__naam", "naam")
        )
        self.fields["tandarts"].empty_label = _("kies een tandarts")
        self.fields["last"].choices = Vrijstelling.Last.choices
        self.fields["grond"].choices = Vrijstelling.Grond.choices

    def clean(self):
        data = super().clean()
        _in_order(self, "eerste_dag", "laatste_dag")
        return data


class PeriodeForm(forms.ModelForm):
    class Meta:
        model = Roosterperiode
        fields = [
            *("naam", "eerste_dag", "laatste_dag", "wensen_tot", "akkoord_tot"),
            *("rustdagen", "geen_aaneengesloten_weekenden", "wensenbudget", "blokkadebudget"),
        ]
        field_classes = dict.fromkeys(
            ("eerste_dag", "laatste_dag", "wensen_tot", "akkoord_tot"), DagField
        )
        help_texts = {
            "laatste_dag": _("De dienst die op deze dag begint, hoort er nog bij."),
            "wensenbudget": _(
                "Zoveel punten mag elke tandarts verdelen over liever niet en graag."
            ),
            "blokkadebudget": _("Zoveel dagen mag elke tandarts ten hoogste blokkeren."),
        }

    def clean(self):
        data = super().clean()
        for name, most in (("rustdagen", 60), ("wensenbudget", 500), ("blokkadebudget", 366)):
            if (data.get(name) or 0) > most:
                self.add_error(name, _("Vul hoogstens %(aantal)s in.") % {"aantal": most})
        _in_order(self, "eerste_dag", "laatste_dag")
        _in_order(self, "wensen_tot", "akkoord_tot")
        first, until = data.get("eerste_dag"), data.get("akkoord_tot")
        if first and until and until >= first:
            self.add_error("akkoord_tot", _("Kies een dag vóór de eerste dag van de periode."))
        return data


def _in_order(form: forms.Form, first: str, then: str) -> None:
    """Tell it at the second of two days when it lies before the first."""
    begin, einde = form.cleaned_data.get(first), form.cleaned_data.get(then)
    if begin and einde and einde < begin:
        label = form.fields[first].label.lower()
        form.add_error(then, _("Deze dag ligt vóór “%(eerst)s”.") % {"eerst": label})


class BestandForm(forms.Form):
    """A CSV file, and from which day it holds."""

    bestand = forms.FileField(
        label=_("CSV-bestand"), widget=forms.FileInput(attrs={"accept": ".csv"})
    )
    vanaf = DagField(label=_("Geldt vanaf"))

    def clean_bestand(self):
        """Return the bytes."""
        file = self.cleaned_data["bestand"]
        if file.size > GROOTSTE_BESTAND:
            raise ValidationError(_("Dit bestand is groter dan 1 MB. Deel het op."))
        return file.read()


class SaldibestandForm(BestandForm):
    """Balances belong to a period and not to a day."""

    vanaf = None
    periode = RijKeuze(
        Roosterperiode.objects.none(), label=_("Van periode"), empty_label=_("kies een periode")
    )

    def __init__(self, *args, perioden, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["periode"].queryset = perioden
