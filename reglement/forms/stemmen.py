"""What the chair types to put something to the vote, and what a voter declares."""

from django import forms
from django.utils.translation import gettext_lazy as _


class StemmingForm(forms.Form):
    """The question, the text that becomes the decision, and whether it is secret."""

    vraag = forms.CharField(
        label=_("De vraag"),
        max_length=300,
        help_text=_(
            "Zo staat hij op ieders scherm. Vraag één ding, zo dat wie het besluit hieronder wil, "
            "voor stemt."
        ),
    )
    voorstel = forms.CharField(
        label=_("Het besluit, als het wordt aangenomen"),
        max_length=3900,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Precies deze tekst komt in de notulen en in de besluitenlijst."),
    )
    geheim = forms.BooleanField(
        label=_("Geheim stemmen"),
        required=False,
        help_text=_("Voor personen. Het systeem bewaart dan nergens wie wat stemde."),
    )
    betrokkene = forms.ChoiceField(
        label=_("Over welke praktijk gaat het?"),
        required=False,
        help_text=_("Alleen als het over één praktijk gaat, zoals bij royement."),
    )

    def __init__(self, *args, praktijken=(), **kwargs):
        super().__init__(*args, **kwargs)
        if praktijken:
            self.fields["betrokkene"].choices = [("", _("niemand in het bijzonder")), *praktijken]
        else:
            del self.fields["betrokkene"]


class BelangForm(forms.Form):
    """Which interest somebody has; only who leads the meeting may read that with him."""

    toelichting = forms.CharField(
        label=_("Welk belang heb je?"),
        max_length=200,
        help_text=_(
            "Eén zin, bijvoorbeeld: het gaat om de praktijk van mijn broer. Alleen jij, de "
            "coördinator en de voorzitter lezen dit. De anderen zien dat je een belang meldde."
        ),
    )
