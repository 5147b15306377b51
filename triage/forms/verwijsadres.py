"""Where this kring refers to."""

from django import forms

from triage.forms.velden import dress
from triage.models import Verwijsadres


class VerwijsadresForm(forms.ModelForm):
    """An address as the coordinator keeps it; `actief` is asked only of what exists."""

    class Meta:
        model = Verwijsadres
        fields = ["soort", "naam", "telefoon", "adres", "toelichting", "actief"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance._state.adding:
            del self.fields["actief"]
        self.fields["telefoon"].widget.attrs |= {"type": "tel", "autocomplete": "off"}
        dress(self)

    def _post_clean(self):
        """Leave the row to the action: the constraints speak there."""
