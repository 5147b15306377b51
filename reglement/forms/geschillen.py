"""What is typed about a dispute; only those concerned read it."""

from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from kern.tijd import db_now, to_local
from kring.models import Deelnemer
from reglement import geschilgang
from reglement.forms.functies import dag_veld
from reglement.geschillen import handlers
from reglement.models import Geschilstap

_KIES = _("Maak een keuze.")


class GeschilForm(forms.Form):
    """`namens` is asked only of who may speak for more than one practice."""

    namens = forms.TypedChoiceField(
        label=_("Namens welke praktijk?"), coerce=UUID, error_messages={"required": _KIES}
    )
    partijen = forms.TypedMultipleChoiceField(
        label=_("Met wie is het geschil?"),
        coerce=UUID,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Niets aangevinkt: met de kring als geheel, het bestuur of de coördinator."),
    )
    onderwerp = forms.CharField(label=_("Waar gaat het over, in één regel?"), max_length=120)
    omschrijving = forms.CharField(
        label=_("Wat is er aan de hand?"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "De andere partij en de coördinator lezen dit. Schrijf geen namen van patiënten op."
        ),
    )

    def __init__(self, *args, kring, eigen, **kwargs):
        super().__init__(*args, **kwargs)
        rows = list(Deelnemer.objects.filter(kring=kring).order_by("naam"))
        self.rows = {row.pk: row for row in rows}
        own = [row for row in rows if eigen is None or row.pk in eigen]
        choices = [(str(row.pk), row.naam) for row in own]
        self.fields["namens"].choices = choices if len(own) == 1 else [("", "–"), *choices]
        self.fields["partijen"].choices = [(str(row.pk), row.naam) for row in rows if row.actief]
        if len(own) == 1:
            self.fields["namens"].initial = choices[0][0]

    def clean(self):
        data = super().clean()
        if data.get("namens"):
            data["namens"] = self.rows[data["namens"]]
        data["partijen"] = [self.rows[pk] for pk in data.get("partijen") or []]
        return data


class StapForm(forms.Form):
    """Only the steps that the road allows from here."""

    soort = forms.ChoiceField(
        label=_("Wat is er gedaan?"), widget=forms.RadioSelect, error_messages={"required": _KIES}
    )
    gedaan_op = dag_veld(_("Op welke dag?"))
    tekst = forms.CharField(
        label=_("Wat is er gezegd of afgesproken?"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Beide partijen lezen dit."),
    )

    def __init__(self, *args, geschil, **kwargs):
        super().__init__(*args, **kwargs)
        # All of them: one that may not be taken now is refused with the article and what is first.
        words = dict(Geschilstap.Soort.choices)
        lawful = geschilgang.allowed(geschil.stand)
        self.fields["soort"].choices = [
            (stap, words[stap]) for stap in geschilgang.STAPPEN if stap != geschilgang.INTREKKEN
        ]
        if lawful:
            self.fields["soort"].initial = lawful[0]
        self.fields["gedaan_op"].initial = to_local(db_now()).date()


class BehandelaarForm(forms.Form):
    behandelaar = forms.TypedChoiceField(
        label=_("Wie hoort beide kanten?"),
        coerce=int,
        error_messages={"required": _KIES},
        help_text=_("Een coördinator of bestuurslid van wie de praktijk geen partij is (11.1)."),
    )

    def __init__(self, *args, geschil, **kwargs):
        super().__init__(*args, **kwargs)
        self.people = {row.pk: row for row in handlers(geschil)}
        self.fields["behandelaar"].choices = [
            ("", "–"),
            *((pk, row.naam) for pk, row in self.people.items()),
        ]

    def clean_behandelaar(self):
        return self.people[self.cleaned_data["behandelaar"]]


class IntrekForm(forms.Form):
    tekst = forms.CharField(
        label=_("Waarom trek je het in?"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
