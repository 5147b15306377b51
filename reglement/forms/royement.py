"""What is typed about a royement; whether a step is lawful says the action."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kern.tijd import db_now, to_local
from kring.models import Deelnemer
from reglement.models import Royement, Vergadering
from reglement.pdfstuk import Pdfstuk, StukGeweigerd, accept
from rooster.forms.kader import DagField

_KIES = _("Maak een keuze.")


def _dag(label, **anders) -> forms.DateField:
    return DagField(label=label, **anders)


def _tekst(label, *, regels: int = 4, **anders) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=8000, widget=forms.Textarea(attrs={"rows": regels}), **anders
    )


def _keuze(label, keuzes, **anders) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=keuzes,
        widget=forms.RadioSelect,
        error_messages={"required": _KIES},
        **anders,
    )


class _MetDag(forms.Form):
    """A step with the day on which it happened; today unless somebody says otherwise."""

    op = _dag(_("Op welke dag?"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["op"].initial = to_local(db_now()).date()


class StartForm(_MetDag):
    """The facts with which it begins (9.2a)."""

    deelnemer = forms.ModelChoiceField(
        queryset=Deelnemer.objects.none(), label=_("Over welke praktijk?"), empty_label="–"
    )
    grond = _keuze(_("Wat is er aan de hand? (9.1.1)"), Royement.Grond.choices)
    feiten = _tekst(
        _("Welke feiten stel je vast?"),
        regels=6,
        help_text=_("Wat is er gebeurd, wanneer, en hoe weet je dat? Geen namen van patiënten."),
    )
    field_order = ["deelnemer", "grond", "feiten", "op"]

    def __init__(self, *args, deelnemers, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["deelnemer"].queryset = deelnemers


class VoorstelForm(_MetDag):
    """What is put to the meeting (9.2b)."""

    over = _keuze(
        _("Om wie gaat het?"),
        [
            ("praktijk", _("om de praktijk")),
            ("tandarts", _("om één tandarts van de praktijk")),
        ],
    )
    vorm = _keuze(
        _("Wat stel je voor?"),
        [
            ("voorwaardelijk", _("voorwaardelijk royement: met voorwaarden en een termijn")),
            ("royement", _("royement")),
        ],
        help_text=_("Lichter besluiten dan is voorgesteld kan niet: er is dan niet over gestemd."),
    )
    in_gebreke = forms.BooleanField(
        label=_("De praktijk is gevraagd het zelf op te lossen, en heeft dat niet gedaan"),
        required=False,
        help_text=_("Alleen als het om één tandarts gaat."),
    )
    eenmanszaak = forms.TypedChoiceField(
        label=_("Is de praktijk een eenmanszaak van de vertegenwoordiger?"),
        choices=[("ja", _("ja")), ("nee", _("nee"))],
        coerce=lambda value: value == "ja",
        widget=forms.RadioSelect,
        error_messages={"required": _KIES},
    )
    tekst = _tekst(_("Het voorstel, zoals de deelnemers het lezen"))
    field_order = ["over", "in_gebreke", "eenmanszaak", "vorm", "tekst", "op"]

    def __init__(self, *args, grond: str, **kwargs):
        super().__init__(*args, **kwargs)
        if grond != Royement.Grond.MAATREGEL:
            del self.fields["eenmanszaak"]


class AgendaForm(forms.Form):
    """On the agenda of which meeting it comes."""

    vergadering = forms.ModelChoiceField(
        queryset=Vergadering.objects.none(),
        label=_("Welke vergadering?"),
        empty_label="–",
        help_text=_("Alleen een vergadering waarvan de oproep nog niet weg is."),
    )

    def __init__(self, *args, vergaderingen, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["vergadering"]
        field.queryset = vergaderingen
        field.label_from_instance = lambda row: (
            f"{to_local(row.begint_op):%d-%m-%Y %H:%M}, {row.titel}"
        )


class HoorForm(_MetDag):
    """Both sides heard, or offered and declined (9.2d)."""

    wijze = _keuze(
        _("Is de praktijk gehoord?"),
        [
            ("gehoord", _("ja, de praktijk heeft haar kant verteld")),
            ("afgezien", _("nee, de praktijk zag ervan af toen het werd aangeboden")),
        ],
    )
    tekst = _tekst(
        _("Verslag van het gesprek, of hoe en wanneer je het aanbood"),
        regels=6,
        help_text=_("De praktijk en de deelnemers die zijn uitgenodigd lezen dit."),
    )
    field_order = ["wijze", "tekst", "op"]


class UitslagForm(_MetDag):
    """That the result was told to those present (9.2g)."""


class BesluitForm(_MetDag):
    """The decision in writing, with reasons; with conditions and a term when conditional."""

    redenen = _tekst(_("Redenen"), regels=6, help_text=_("De praktijk leest dit in de brief."))
    voorwaarden = _tekst(
        _("Voorwaarden"),
        help_text=_("Per regel één voorwaarde: wat moet er aan het einde van de termijn zijn?"),
    )
    termijn_einde = _dag(_("Laatste dag van de termijn"))
    field_order = ["redenen", "voorwaarden", "termijn_einde", "op"]

    def __init__(self, *args, voorwaardelijk: bool, termijn: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        if not voorwaardelijk:
            del self.fields["voorwaarden"], self.fields["termijn_einde"]
        elif termijn:
            self.fields["termijn_einde"].help_text = termijn


class AantoonForm(_MetDag):
    """What the practice shows, or that it was given the chance to (9.2j)."""

    tekst = _tekst(_("Waaruit blijkt dat de praktijk aan de voorwaarden voldoet?"))
    field_order = ["tekst", "op"]


class HertoelatingForm(_MetDag):
    """The request of a practice that was expelled (9.2i)."""

    tekst = _tekst(_("Waarom vraagt de praktijk om opnieuw mee te doen?"))
    field_order = ["tekst", "op"]


class VervalForm(_MetDag):
    """It goes no further."""

    tekst = _tekst(_("Waarom gaat de procedure niet verder?"), regels=3)
    field_order = ["tekst", "op"]


class ZienswijzeForm(forms.Form):
    """The own words of the practice; they stay in the file as they are."""

    tekst = _tekst(
        _("Jouw kant van het verhaal"),
        regels=6,
        help_text=_("Wie is uitgenodigd leest dit vóór de stemming. Het verandert daarna niet."),
    )


class StukForm(forms.Form):
    """One PDF for the file."""

    bestand = forms.FileField(
        label=_("Stuk (pdf)"), widget=forms.ClearableFileInput(attrs={"accept": "application/pdf"})
    )
    omschrijving = forms.CharField(label=_("Wat is het?"), max_length=200)
    field_order = ["omschrijving", "bestand"]

    def clean_bestand(self) -> Pdfstuk:
        upload = self.cleaned_data["bestand"]
        try:
            return accept(upload.read(), upload.name, size=upload.size)
        except StukGeweigerd as error:
            raise ValidationError(str(error)) from error
