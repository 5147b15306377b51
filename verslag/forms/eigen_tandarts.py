"""Who the own dentist of a patient turns out to be."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kring.models import EigenTandarts
from triage.forms.velden import KeuzeUitLijst, dress


class KiesEigenTandartsForm(forms.Form):
    """Somebody from the address book."""

    eigen_tandarts = KeuzeUitLijst(
        EigenTandarts.objects.none(),
        label=_("Wie is de eigen tandarts?"),
        empty_label=_("Kies de eigen tandarts"),
        error_messages={"required": _("Kies de eigen tandarts, of voeg die hieronder toe.")},
    )
    use_required_attribute = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["eigen_tandarts"].queryset = EigenTandarts.objects.order_by("naam")
        dress(self)
