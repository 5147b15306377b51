"""What is typed about a request. Of a document its kind, never its number."""

import re
from decimal import Decimal
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kern.outbox import is_mailable
from kern.tijd import db_now, to_local
from kern.velden import TelefoonField
from rechten.models import Afgifte, Patientverzoek

# A Dutch passport, card or licence has nine or ten letters and digits in one piece, a BSN nine; a
# telephone number begins with a nought.
_DOCUMENTNUMMER = re.compile(r"\b(?!0)(?=(?:[A-Z]*\d){4})[A-Z0-9]{9,10}\b")


def refuse_document_number(tekst: str) -> str:
    """Return the text; `ValidationError` when somebody typed the number of a document in it."""
    if _DOCUMENTNUMMER.search(tekst.upper()):
        raise ValidationError(
            _("Dit lijkt een documentnummer of BSN. Schrijf dat niet op: de soort is genoeg.")
        )
    return tekst


def _dag(label, **anders) -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, widget=widget, **anders)


def _tekst(label, *, regels: int = 3, maximum: int = 2000, **anders) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=maximum, widget=forms.Textarea(attrs={"rows": regels}), **anders
    )


_IDENTITEIT = [("", _("nog niet gecontroleerd")), *Patientverzoek.Identiteit.choices]


class VerzoekForm(forms.Form):
    """A new request, as it came in at the desk, by letter or by phone."""

    soort = forms.ChoiceField(
        label=_("Waar gaat het verzoek over?"),
        choices=Patientverzoek.Soort.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies waar het verzoek over gaat.")},
    )
    ontvangen_op = _dag(
        _("Ontvangen op"), help_text=_("Vanaf deze dag loopt de termijn van een maand.")
    )
    aanvrager = forms.ChoiceField(
        label=_("Wie vraagt het?"),
        choices=Patientverzoek.Aanvrager.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies wie het vraagt.")},
    )
    aanvrager_naam = forms.CharField(label=_("Naam van de aanvrager"), max_length=120)
    aanvrager_adres = _tekst(_("Adres voor de brief"), regels=2, maximum=300, required=False)
    wens = _tekst(
        _("Wat wordt gevraagd?"),
        required=False,
        help_text=_("Bij een verbetering: wat klopt er niet, en wat moet er staan?"),
    )
    identiteit = forms.ChoiceField(
        label=_("Identiteit gecontroleerd met"),
        choices=_IDENTITEIT,
        required=False,
        help_text=_("Alleen de soort. Noteer nooit het nummer en maak geen kopie."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ontvangen_op"].initial = to_local(db_now()).date()

    def clean_wens(self):
        return refuse_document_number(self.cleaned_data["wens"].strip())

    def clean(self):
        data = super().clean()
        if data.get("soort") == Patientverzoek.Soort.CORRECTIE and not data.get("wens"):
            self.add_error("wens", _("Schrijf op wat er niet klopt en wat er moet staan."))
        return data


class IdentiteitForm(forms.Form):
    identiteit = forms.ChoiceField(
        label=_("Gecontroleerd met"),
        choices=_IDENTITEIT,
        error_messages={"required": _("Kies waarmee je de identiteit hebt gecontroleerd.")},
        help_text=_("Alleen de soort. Noteer nooit het nummer en maak geen kopie."),
    )


class VerlengForm(forms.Form):
    reden = _tekst(
        _("Waarom duurt het langer?"),
        maximum=1000,
        help_text=_("De aanvrager leest dit. Stuur de brief nog binnen de eerste maand."),
    )


class VerklaringForm(forms.Form):
    """The own words of the patient; `versies` are the signed reports that they can be about."""

    tekst = _tekst(
        _("Verklaring van de patiënt"),
        regels=5,
        maximum=4000,
        help_text=_("In de eigen woorden van de patiënt. Dit verandert daarna niet meer."),
    )
    verslag = forms.TypedChoiceField(
        label=_("Waar gaat de verklaring over?"), coerce=UUID, empty_value=None, required=False
    )

    def __init__(self, *args, versies, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["verslag"].choices = [
            ("", _("het hele dossier")),
            *(
                (str(versie.verslag_id), _("verslag bij oproep %s") % versie.verslag.oproep.nummer)
                for versie in versies
            ),
        ]

    def clean_tekst(self):
        return refuse_document_number(self.cleaned_data["tekst"].strip())


class BesluitForm(forms.Form):
    """Grant or refuse; what a refusal needs is asked by the action."""

    toewijzen = forms.TypedChoiceField(
        label=_("Besluit"),
        choices=[("ja", _("toewijzen")), ("nee", _("weigeren"))],
        coerce=lambda value: value == "ja",
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies of je het toewijst of weigert.")},
    )
    weigergrond = forms.ChoiceField(
        label=_("Grond van de weigering"),
        choices=[("", "–"), *Patientverzoek.Weigergrond.choices],
        required=False,
    )
    motivering = _tekst(
        _("Motivering"),
        required=False,
        help_text=_("Verplicht bij een weigering. De aanvrager leest dit in de brief."),
    )

    def clean_motivering(self):
        return refuse_document_number(self.cleaned_data["motivering"].strip())


class GeefForm(forms.Form):
    """How it is given, and the proof."""

    wijze = forms.ChoiceField(
        label=_("Hoe geef je het?"),
        choices=Afgifte.Wijze.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies hoe je het geeft.")},
    )
    uitgereikt_aan = forms.CharField(label=_("Aan wie?"), max_length=120)
    identiteit = forms.ChoiceField(
        label=_("Identiteit bij het geven gecontroleerd met"),
        choices=[("", "–"), *Patientverzoek.Identiteit.choices],
        required=False,
        help_text=_("Niet nodig bij ophalen: daar is de code voor."),
    )
    email = forms.EmailField(
        label=_("E-mailadres voor de link"), required=False, help_text=_("Alleen bij ophalen.")
    )
    telefoon = TelefoonField(_("Telefoonnummer voor de code"), blank=True).formfield(
        help_text=_("Alleen bij ophalen. Van de aanvrager zelf.")
    )
    betaald = forms.BooleanField(label=_("De vergoeding is betaald"), required=False)

    def __init__(self, *args, bedrag_cent: int = 0, ophalen: bool = True, **kwargs):
        super().__init__(*args, **kwargs)
        if not ophalen:
            # A package holds a report; all of the data goes as one file from hand to hand.
            self.fields["wijze"].choices = [
                choice for choice in Afgifte.Wijze.choices if choice[0] != Afgifte.Wijze.OPHALEN
            ]
            del self.fields["email"], self.fields["telefoon"]
        if bedrag_cent:
            self.fields["betaald"].required = True
            self.fields["betaald"].error_messages["required"] = _(
                "Geef het afschrift pas als de vergoeding is betaald."
            )
        else:
            del self.fields["betaald"]

    def clean_email(self):
        email = self.cleaned_data["email"]
        if email and not is_mailable(email):
            raise ValidationError(_("Naar dit adres gaat geen mail. Controleer elk teken."))
        return email

    def clean(self):
        data = super().clean()
        if data.get("wijze") == Afgifte.Wijze.OPHALEN:
            for name in ("email", "telefoon"):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, _("Nodig om het te laten ophalen."))
        elif data.get("wijze") and not data.get("identiteit"):
            self.add_error("identiteit", _("Kies waarmee je dat hebt gecontroleerd."))
        return data


class BewaarForm(forms.Form):
    """Keep a file longer than twenty years."""

    tot = _dag(_("Bewaar tot en met"))
    reden = _tekst(
        _("Waarom is dat nodig voor goede zorg?"), maximum=1000, help_text=_("Minstens 15 tekens.")
    )


class TerugForm(forms.Form):
    reden = _tekst(_("Waarom stem je niet in?"), maximum=1000, help_text=_("Minstens 15 tekens."))


class TariefForm(forms.Form):
    """The fee in euros; kept in cents."""

    tarief = forms.DecimalField(
        label=_("Vergoeding in euro"),
        min_value=0,
        max_value=50,
        max_digits=4,
        decimal_places=2,
        localize=True,
        help_text=_(
            "Voor een tweede of volgend afschrift van hetzelfde. Het eerste is altijd gratis, en "
            "de vergoeding is niet hoger dan wat het maken kost."
        ),
        error_messages={"max_value": _("Een redelijke vergoeding is hoogstens 50 euro.")},
    )

    def clean_tarief(self) -> int:
        return int((self.cleaned_data["tarief"] * Decimal(100)).to_integral_value())
