"""What the coordinator types about a duty."""

from datetime import timedelta

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kern.tijd import LokaalMomentField
from kring.forms import RijKeuze
from kring.models import Tandarts


class TandartsKeuze(RijKeuze):
    """Dentists by practice: the two places must be of different practices."""

    def label_from_instance(self, tandarts):
        return f"{tandarts.naam} ({tandarts.deelnemer.naam})"


class RedenVeld(forms.CharField):
    """Why a duty changes, for its history."""

    def __init__(self, **kwargs):
        usual = {
            "label": _("Reden"),
            "max_length": 200,
            "help_text": _(
                "Komt in de geschiedenis van de dienst. Alleen de coördinator leest de reden; "
                "schrijf toch niets medisch op, ‘valt uit’ is genoeg."
            ),
        }
        super().__init__(**(usual | kwargs))


class RedenForm(forms.Form):
    """Only the reason: a duty is removed."""

    reden = RedenVeld()


class DienstForm(forms.Form):
    """A duty with both its places, in Amsterdam time."""

    begin = LokaalMomentField(label=_("Begin"))
    einde = LokaalMomentField(label=_("Einde"))
    dienstdoende = TandartsKeuze(
        Tandarts.objects.none(), label=_("Dienstdoende"), empty_label=_("kies een tandarts")
    )
    achterwacht = TandartsKeuze(
        Tandarts.objects.none(),
        label=_("Achterwacht"),
        empty_label=_("kies een tandarts"),
        help_text=_("Van een andere praktijk. Valt in bij ziekte of ongeval."),
    )
    opmerking = forms.CharField(label=_("Opmerking"), max_length=200, required=False)
    reden = RedenVeld()

    def __init__(self, *args, kring, dienst=None, **kwargs):
        if dienst is not None:
            kwargs["initial"] = {
                "begin": dienst.begin,
                "einde": dienst.einde,
                "dienstdoende": dienst.dienstdoende,
                "achterwacht": dienst.achterwacht,
                "opmerking": dienst.opmerking,
            }
        super().__init__(*args, **kwargs)
        # Who left may stay on the duty they had.
        # A place may be empty after illness.
        holders = (dienst.dienstdoende, dienst.achterwacht) if dienst else ()
        current = [row.pk for row in holders if row]
        choices = (
            Tandarts.objects.filter(
                Q(actief=True, deelnemer__actief=True) | Q(pk__in=current), kring=kring
            )
            .select_related("deelnemer")
            .order_by("deelnemer__naam", "naam")
        )
        self.fields["dienstdoende"].queryset = choices
        self.fields["achterwacht"].queryset = choices
        if dienst is None:
            # A new duty needs no reason; its event says who planned it.
            del self.fields["reden"]


class PeriodeForm(forms.Form):
    """From which day the overview starts; odd input falls back to today."""

    vanaf = forms.DateField(required=False)

    def day(self, today):
        """Return the chosen day, or `today` for anything that cannot be shown."""
        chosen = self.cleaned_data.get("vanaf") if self.is_valid() else None
        return chosen if chosen and abs(chosen - today) < timedelta(days=3653) else today
