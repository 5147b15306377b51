"""Forms of planning and calling a meeting."""

from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from kern.tijd import LokaalMomentField
from kern.toegang import Rol
from kring.models import Gebruiker, Lidmaatschap
from reglement.besluitnamen import NAMEN, VRIJ
from reglement.models import Agendapunt, Uitnodiging, Vergadering
from reglement.pdfstuk import StukGeweigerd, accept
from rooster.forms.kader import DagField

Zitting = Vergadering.Zitting
ZITTINGEN = [
    (Zitting.EERSTE, _("gewone vergadering")),
    (Zitting.ZONDER_QUORUM, _("over een royement van eerder: hertoelating of toets (art. 9.2k)")),
]


def possible_chairs(kring_id: int):
    """Return who may preside: the coördinators and the vertegenwoordigers of the kring."""
    rows = Lidmaatschap.objects.active().filter(
        kring_id=kring_id, rol__in=[Rol.COORDINATOR, Rol.VERTEGENWOORDIGER]
    )
    return Gebruiker.objects.filter(pk__in=rows.values("gebruiker")).order_by("naam")


class TijdEnPlaatsForm(forms.Form):
    """When and where; the whole of a second meeting."""

    begint_op = LokaalMomentField(label=_("Begint op"))
    plaats = forms.CharField(label=_("Plaats"), max_length=120)
    op_afstand = forms.BooleanField(
        label=_("Meedoen op afstand mag"),
        required=False,
        help_text=_("Zet je dit niet aan, dan telt alleen mee wie in de zaal is."),
    )


class VergaderingForm(TijdEnPlaatsForm):
    """The plan of a meeting."""

    titel = forms.CharField(label=_("Titel"), max_length=120)
    duur_minuten = forms.IntegerField(
        label=_("Duur in minuten"), min_value=15, max_value=720, initial=120
    )
    zitting = forms.ChoiceField(
        label=_("Wat voor vergadering"),
        choices=ZITTINGEN,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies wat voor vergadering het is.")},
    )
    voorzitter = forms.ModelChoiceField(
        label=_("Voorzitter"),
        queryset=Gebruiker.objects.none(),
        required=False,
        empty_label=_("wie het volgens het reglement is"),
    )
    field_order = (
        "titel",
        "begint_op",
        "duur_minuten",
        "plaats",
        "op_afstand",
        "zitting",
        "voorzitter",
    )

    def __init__(self, *args, kring_id: int, vergadering: Vergadering | None = None, **kwargs):
        initial = {"zitting": Zitting.EERSTE} | kwargs.pop("initial", {})
        if vergadering is not None:
            initial |= {name: getattr(vergadering, name) for name in self.base_fields}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["voorzitter"].queryset = possible_chairs(kring_id)
        if vergadering is not None and vergadering.zitting == Zitting.TWEEDE:
            del self.fields["zitting"]


class ProefForm(forms.Form):
    """The convocation simulator: a day and what is to be decided."""

    dag = DagField(
        label=_("Dag van de vergadering"),
        required=False,
        help_text=_("Laat leeg om te zien wat de vroegste dag is."),
    )
    verzonden = DagField(
        label=_("Oproep gaat weg op"),
        required=False,
        help_text=_("Leeg: vandaag."),
    )
    soorten = forms.MultipleChoiceField(
        label=_("Waarover besloten wordt"),
        required=False,
        choices=list(NAMEN.items()),
        widget=forms.CheckboxSelectMultiple,
    )

    def clean(self):
        data = super().clean()
        day, sent = data.get("dag"), data.get("verzonden")
        if day and sent and sent > day:
            self.add_error("verzonden", _("De oproep gaat weg vóór de vergadering."))
        if day and sent and day - sent > timedelta(days=366):
            self.add_error("dag", _("Kies een dag binnen een jaar na de oproep."))
        return data


class PuntForm(forms.Form):
    """A point of the agenda; title and kind only of a point that stands for itself."""

    titel = forms.CharField(label=_("Onderwerp"), max_length=200)
    toelichting = forms.CharField(
        label=_("Toelichting"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    besluitsoort = forms.ChoiceField(
        label=_("Wordt hierover besloten?"),
        required=False,
        help_text=_("Royement, reglement en toelating zet je vanaf hun eigen bladzijde hier neer."),
    )

    def __init__(self, *args, punt: Agendapunt | None = None, gebonden: bool = False, **kwargs):
        if punt is not None:
            kwargs["initial"] = {name: getattr(punt, name) for name in self.base_fields}
        super().__init__(*args, **kwargs)
        choices = [("", _("Nee, alleen bespreken"))] + [(soort, NAMEN[soort]) for soort in VRIJ]
        if punt is not None and punt.besluitsoort not in dict(choices):
            choices.append((punt.besluitsoort, NAMEN.get(punt.besluitsoort, punt.besluitsoort)))
        self.fields["besluitsoort"].choices = choices
        if gebonden:
            del self.fields["titel"], self.fields["besluitsoort"]


class StukForm(forms.Form):
    """A document: PDF only."""

    bestand = forms.FileField(
        label=_("Pdf-bestand"),
        widget=forms.ClearableFileInput(attrs={"accept": "application/pdf,.pdf"}),
        help_text=_("Hoogstens 10 MB."),
    )
    omschrijving = forms.CharField(label=_("Wat is het"), max_length=200)
    agendapunt = forms.ModelChoiceField(
        label=_("Bij welk punt"),
        queryset=Agendapunt.objects.none(),
        required=False,
        empty_label=_("bij de hele vergadering"),
    )

    def __init__(self, *args, vergadering: Vergadering, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["agendapunt"].queryset = vergadering.agendapunten.order_by("volgorde")

    def clean_bestand(self):
        file = self.cleaned_data["bestand"]
        try:
            return accept(file.read(), file.name, size=file.size)
        except StukGeweigerd as refused:
            raise forms.ValidationError(str(refused)) from refused


class AfgelastenForm(forms.Form):
    """Calling a meeting off."""

    reden = forms.CharField(
        label=_("Reden"),
        max_length=300,
        help_text=_("Staat in de mail aan wie is opgeroepen."),
    )


class AntwoordForm(forms.Form):
    """Whether somebody comes."""

    antwoord = forms.ChoiceField(choices=Uitnodiging.Antwoord.choices)


class NotulenForm(forms.Form):
    """The text of the minutes, with the number of the text that this window holds."""

    tekst = forms.CharField(
        label=_("Notulen"),
        max_length=40_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 30}),
    )
    gezien = forms.IntegerField(widget=forms.HiddenInput)


class NotulenAntwoordForm(forms.Form):
    """What somebody who was there says of the minutes."""

    akkoord = forms.ChoiceField(
        label=_("Kloppen de notulen?"),
        choices=[("ja", _("Ja, akkoord")), ("nee", _("Nee, er klopt iets niet"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies of de notulen kloppen.")},
    )
    opmerking = forms.CharField(
        label=_("Wat klopt er niet"),
        max_length=500,
        required=False,
        help_text=_("Nodig als er iets niet klopt: zo kan het worden verbeterd."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean_akkoord(self) -> bool:
        return self.cleaned_data["akkoord"] == "ja"


class NotulenVaststellenForm(forms.Form):
    """Adopting the minutes; the reason is asked when somebody objects."""

    reden = forms.CharField(
        label=_("Waarom stel je ze toch vast?"),
        max_length=300,
        required=False,
        help_text=_("Staat bij de notulen."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
