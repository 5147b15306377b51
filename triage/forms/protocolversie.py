"""What a coordinator chooses in a version, a dentist answers, and both type around it."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kern.tijd import LokaalMomentField
from kern.velden import FREE_TEXT_MAX
from triage.models import Protocolversie
from triage.protocol import INSTELLINGEN, SPANNINGEN, Instelling, Lezing
from triage.protocol.instellingen import faults_in
from triage.versies.toets import GROOTST
from triage.versies.woorden import value_words


def _yes_no(text: str) -> bool | None:
    return {"ja": True, "nee": False}.get(text)


def _field(item: Instelling) -> forms.Field:
    if item.soort == "getal":
        return _number(item)
    choices = item.keuzes.items() or [("ja", _("ja")), ("nee", _("nee"))]
    return forms.ChoiceField(
        label=item.titel,
        choices=list(choices),
        widget=forms.RadioSelect,
        help_text=_default(item),
        error_messages={
            "required": _("Maak een keuze."),
            "invalid_choice": _("Kies een van de antwoorden."),
        },
    )


def _number(item: Instelling) -> forms.Field:
    text = _("Vul een heel getal in van %(van)s tot en met %(tot)s.") % {
        "van": item.laagste,
        "tot": item.hoogste,
    }
    empty = _(" Leeg: %(uitleg)s.") % {"uitleg": item.leeg} if item.leeg else ""
    return forms.IntegerField(
        label=f"{item.titel} ({item.eenheid})",
        required=not item.leeg,
        min_value=item.laagste,
        max_value=item.hoogste,
        help_text=f"{item.laagste}–{item.hoogste}. {_default(item)}{empty}",
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "class": "getalveld"}),
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), text),
    )


def _default(item: Instelling) -> str:
    return str(_("Standaard: %(waarde)s.") % {"waarde": value_words(item.naam, item.standaard)})


class ProtocolversieForm(forms.Form):
    """Every setting of a concept, its local rules and the reason for the version."""

    toelichting = forms.CharField(
        label=_("Waarom deze versie?"),
        help_text=_(
            "Nodig om aan te bieden: de tandarts leest dit. Het blijft bij de versie staan."
        ),
        required=False,
        max_length=FREE_TEXT_MAX,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    lokale_regels = forms.MultipleChoiceField(
        label=_("Lokale regels"), required=False, widget=forms.CheckboxSelectMultiple
    )
    wijziging = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, versie: Protocolversie, lezing: Lezing, **kwargs):
        initial = {
            name: {True: "ja", False: "nee"}.get(value, value) if isinstance(value, bool) else value
            for name, value in lezing.instellingen.as_record().items()
        }
        initial |= {
            "toelichting": versie.toelichting,
            "lokale_regels": sorted(lezing.lokale_regels),
            "wijziging": versie.wijziging,
        }
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["lokale_regels"].choices = [
            (regel.id, f"{regel.id}: {regel.reden}") for regel in lezing.regelset.lokaal
        ]
        for item in INSTELLINGEN.values():
            self.fields[item.naam] = _field(item)

    def clean(self):
        data = super().clean()
        if not self.errors:
            for name, fault in faults_in(self.settings(data)).items():
                self.add_error(name, _("Deze waarde %(fout)s.") % {"fout": fault})
        return data

    def settings(self, data: dict[str, Any]) -> dict[str, Any]:
        """Return the settings as the protocol takes them."""
        return {
            item.naam: _yes_no(data[item.naam]) if item.soort == "ja_nee" else data[item.naam]
            for item in INSTELLINGEN.values()
        }

    def as_action(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "instellingen": self.settings(data),
            **{name: data[name] for name in ("toelichting", "lokale_regels", "wijziging")},
        }

    def groups(self) -> Iterator[tuple[Any, list[forms.BoundField]]]:
        """Yield each tension that leaves a choice with its fields, and last the own norms."""
        for spanning in SPANNINGEN.values():
            if spanning.instellingen:
                yield spanning, [self[name] for name in spanning.instellingen]
        yield None, [self[n] for n, item in INSTELLINGEN.items() if item.spanning is None]


class IngangForm(forms.Form):
    """From when a version holds; empty is now."""

    vanaf = LokaalMomentField(
        label=_("Vanaf"),
        required=False,
        help_text=_("Leeg laten is: vanaf nu. Oproepen die al lopen, houden hun eigen versie."),
    )


class TerugstuurForm(forms.Form):
    reden = forms.CharField(
        label=_("Waarom stuur je de versie terug?"),
        max_length=FREE_TEXT_MAX,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Schrijf op waarom je de versie terugstuurt.")},
    )
    wijziging = forms.IntegerField(widget=forms.HiddenInput)


class TabelForm(forms.Form):
    """A scenario table of the coordinator's own."""

    bestand = forms.FileField(
        label=_("Scenariotabel"),
        help_text=_(
            "Een .json-bestand van hoogstens 1 MB. Alleen de uitslag wordt getoond; er blijft "
            "niets van bewaard."
        ),
        widget=forms.FileInput(attrs={"accept": ".json,application/json"}),
        allow_empty_file=True,
        error_messages={"required": _("Kies een bestand.")},
    )

    def clean_bestand(self):
        file = self.cleaned_data["bestand"]
        if file.size > GROOTST:
            raise forms.ValidationError(_("Dit bestand is groter dan 1 MB."))
        return file


class WijzigingForm(forms.Form):
    """Which state of the version the person was looking at."""

    wijziging = forms.IntegerField()
