"""The form of a calendar link."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kern.toegang import Rol
from kring.models import Deelnemer, Tandarts
from rooster.models import Agendalink


class AgendalinkForm(forms.Form):
    """Which duties; only what this person may see is offered."""

    keuze = forms.ChoiceField(
        label=_("Welke diensten?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies welke diensten je in je agenda wilt.")},
    )
    bezet = forms.BooleanField(
        label=_("Toon me als bezet tijdens deze diensten"),
        required=False,
        help_text=_("Niet aangevinkt: je agenda blijft vrij, je ziet de dienst er wel in staan."),
    )

    def __init__(self, *args, kring, gebruiker, lidmaatschappen, **kwargs):
        super().__init__(*args, **kwargs)
        self._targets = _targets(kring, gebruiker, lidmaatschappen)
        self.fields["keuze"].choices = [(key, label) for key, (label, _v) in self._targets.items()]

    def clean(self):
        data = super().clean()
        if data.get("keuze") in self._targets:
            data |= self._targets[data.pop("keuze")][1]
        return data


def _targets(kring, gebruiker, lidmaatschappen) -> dict:
    """Return key → (label, fields of the link)."""
    soort = Agendalink.Soort
    own = Tandarts.objects.filter(kring=kring, gebruiker=gebruiker).select_related("deelnemer")
    practices = {tandarts.deelnemer_id: tandarts.deelnemer for tandarts in own}
    represented = [
        row.deelnemer_id
        for row in lidmaatschappen
        if row.kring_id == kring.pk and row.rol == Rol.VERTEGENWOORDIGER
    ]
    practices |= {row.pk: row for row in Deelnemer.objects.filter(pk__in=represented)}
    found = {
        f"tandarts-{tandarts.pk}": (
            _("Mijn eigen diensten"),
            {"soort": soort.TANDARTS, "tandarts": tandarts},
        )
        for tandarts in own
    }
    found |= {
        f"praktijk-{praktijk.pk}": (
            _("De diensten van %(praktijk)s") % {"praktijk": praktijk.naam},
            {"soort": soort.PRAKTIJK, "deelnemer": praktijk},
        )
        for praktijk in practices.values()
    }
    found["kring"] = (_("Alle diensten van de kring"), {"soort": soort.KRING})
    return found
