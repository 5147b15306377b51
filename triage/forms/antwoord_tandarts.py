"""What the dentist answers on the page behind the message."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kern.tijd import KloktijdField
from kring.models import Tandarts
from triage.forms.tandarts import BesluitForm
from triage.forms.velden import KeuzeUitLijst, dress, text_field
from triage.models import Tandartsbericht


class BevestigForm(forms.Form):
    """I take it on; and when I can be there, if I know."""

    aanwezig_om = KloktijdField(label=_("Ik kan er zijn om (hoeft niet)"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, auto_id="bevestig_%s", **kwargs)
        dress(self)


class DoorgeefForm(forms.Form):
    """To whom, and why; without another dentist on duty triage calls the coordinator."""

    naar = KeuzeUitLijst(Tandarts.objects.none(), label=_("Aan wie?"), required=False)
    reden = forms.ChoiceField(
        label=_("Waarom?"),
        choices=Tandartsbericht.Doorgeefreden,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Kies waarom je de oproep doorgeeft."),
            "invalid_choice": _("Kies waarom je de oproep doorgeeft."),
        },
    )
    toelichting = text_field(_("Toelichting"), max_length=200)

    def __init__(self, *args, anderen=(), **kwargs):
        super().__init__(*args, auto_id="doorgeven_%s", **kwargs)
        field = self.fields["naar"]
        field.queryset = Tandarts.objects.filter(pk__in=[t.pk for t in anderen]).order_by("naam")
        field.empty_label = _("Triage zoekt iemand")
        if anderen:
            self.initial.setdefault("naar", anderen[0].pk)
        dress(self)


class EigenBesluitForm(BesluitForm):
    """The decision as the dentist types it; the payment is told by triage."""

    betaling_gemeld = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["besluit"].label = _("Wat besluit je?")
        self.fields["besluit"].error_messages["required"] = _("Kies wat je besluit.")
