"""What is typed about offices."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kern.tijd import db_now, to_local
from reglement.functies import candidates
from reglement.models import Functie, Vergadering
from rooster.forms.kader import DagField

_KIES = _("Maak een keuze.")


def dag_veld(label, **anders) -> forms.DateField:
    """Return a field for a day."""
    return DagField(label=label, **anders)


class _PersoonForm(forms.Form):
    """Somebody from the midst of the deelnemers for an office, from a day on."""

    soort = forms.ChoiceField(
        label=_("Functie"),
        choices=[("", "–"), *Functie.Soort.choices],
        error_messages={"required": _KIES},
    )
    gebruiker = forms.TypedChoiceField(
        label=_("Wie?"), coerce=int, error_messages={"required": _KIES}
    )
    vanaf = dag_veld(_("Eerste dag"))

    def __init__(self, *args, kring, **kwargs):
        super().__init__(*args, **kwargs)
        self.people = candidates(kring.pk)
        rows = sorted(self.people.values(), key=lambda pair: pair[0].naam.lower())
        self.fields["gebruiker"].choices = [
            ("", "–"),
            *((person.pk, f"{person.naam} ({practice.naam})") for person, practice in rows),
        ]

    def clean(self):
        data = super().clean()
        if "gebruiker" in data:
            data["gebruiker"] = self.people[data["gebruiker"]][0]
        return data


class VoordrachtForm(_PersoonForm):
    toelichting = forms.CharField(
        label=_("Toelichting voor de agenda"), max_length=300, required=False
    )
    vergadering = forms.ChoiceField(
        label=_("Op welke agenda?"),
        required=False,
        help_text=_("Alleen vergaderingen waarvan de oproep nog niet weg is."),
    )

    def __init__(self, *args, kring, **kwargs):
        super().__init__(*args, kring=kring, **kwargs)
        self.fields["vergadering"].choices = meeting_choices(kring)


class AgendaForm(forms.Form):
    vergadering = forms.ChoiceField(label=_("Op welke agenda?"), error_messages={"required": _KIES})

    def __init__(self, *args, kring, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["vergadering"].choices = meeting_choices(kring)


def meeting_choices(kring) -> list[tuple[str, str]]:
    """Return the meetings that still take points."""
    rows = Vergadering.objects.filter(kring=kring, status=Vergadering.Status.CONCEPT)
    return [
        ("", _("nog geen agenda")),
        *(
            (str(row.pk), f"{row.titel}, {to_local(row.begint_op):%d-%m-%Y}")
            for row in rows.order_by("begint_op")
        ),
    ]


class VastleggenForm(_PersoonForm):
    """An appointment that no meeting in here decided."""

    wijze = forms.ChoiceField(
        label=_("Hoe is deze persoon benoemd?"),
        choices=[choice for choice in Functie.Wijze.choices if choice[0] != Functie.Wijze.BESLUIT],
        widget=forms.RadioSelect,
        error_messages={"required": _KIES},
    )
    laatste_dag = dag_veld(
        _("Laatste dag, als die toen anders is afgesproken"),
        required=False,
        help_text=_("Leeg: gerekend met de termijn uit het reglement. Alleen bij ‘eerder’."),
    )
    toelichting = forms.CharField(
        label=_("Waar is dat te lezen?"),
        max_length=300,
        help_text=_("Bijvoorbeeld: notulen van 12 maart 2024, of besluit van het bestuur."),
    )


class StoppenForm(forms.Form):
    op = dag_veld(_("Laatste dag"))
    toelichting = forms.CharField(label=_("Reden"), max_length=300)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["op"].initial = to_local(db_now()).date()
