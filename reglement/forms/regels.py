"""The forms of the rules: one per article, the readings, and the steps of a version."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from kern.tijd import db_now, to_local
from reglement.inhoud.artikelen import TITELS
from reglement.inhoud.nakijken import MEESTE_TEKENS
from reglement.inhoud.soorten import DAGEN, Ongeldig, Soort, Variabele
from reglement.inhoud.variabelen import VARIABELEN
from reglement.lezing import LEESPUNTEN, Lezing, LezingFout
from reglement.models import Reglementversie, Vergadering
from rooster.forms.kader import DagField

AANHEF = "aanhef"
PAGINAS = {AANHEF: _("Naam, gebied en ondertekening"), **TITELS}
"""The pages of the form in their order: the head of the text, and the eleven articles."""
_LATER = (
    (0, _("dezelfde dag")),
    (1, _("de volgende dag")),
    (2, _("2 dagen later")),
    (3, _("3 dagen later")),
    (4, _("4 dagen later")),
)


_LATER_NODIG = _("mag leeg in een concept, nodig voor vaststellen")


def page_of(var: Variabele) -> str:
    """Return the page of the form on which a variable stands."""
    return AANHEF if var.artikel == "0" else var.artikel


class ArtikelForm(forms.Form):
    """What one article leaves open, with an own text for it; a draft may be half filled in.

    After `is_valid` the checked values stand in `waarden` by key, the own text in `tekst`.
    """

    def __init__(self, *args, pagina: str, versie: Reglementversie, **kwargs):
        super().__init__(*args, **kwargs)
        self.variabelen = [var for var in VARIABELEN if page_of(var) == pagina]
        self.heeft_tekst = pagina != AANHEF
        self.waarden: dict = {}
        for var in self.variabelen:
            fields = _fields_of(var, versie.variabelen.get(var.sleutel))
            for field in fields.values():
                # The legend of a duty says it once for all its fields.
                field.merk = "" if var.soort is Soort.DIENST else _mark(var)
            self.fields |= fields
        if self.heeft_tekst:
            self.fields["tekst"] = forms.CharField(
                label=_("Eigen tekst van dit artikel"),
                required=False,
                max_length=MEESTE_TEKENS,
                initial=versie.teksten.get(pagina, ""),
                widget=forms.Textarea(attrs={"rows": 8}),
                help_text=_(
                    "Plak hier de tekst van je kring; elke regel wordt een lid. Leeg: onze tekst. "
                    "De software rekent altijd met wat hierboven is ingevuld."
                ),
            )

    def clean(self):
        data = super().clean()
        for var in self.variabelen:
            if any(name in self.errors for name in _fields_of(var, None)):
                continue
            try:
                self.waarden[var.sleutel] = var.check(_value_of(var, data))
            except Ongeldig as error:
                # A duty has several fields; the sentence stands at the first.
                self.add_error(next(iter(_fields_of(var, None))), str(error))
        return data

    @property
    def groepen(self) -> list[tuple[str, Any, list]]:
        """The bound fields of each variable; a duty has a legend with a mark, others "" ."""
        return [
            (
                var.label if var.soort is Soort.DIENST else "",
                _mark(var),
                [self[name] for name in _fields_of(var, None)],
            )
            for var in self.variabelen
        ]


def _mark(var: Variabele) -> Any:
    """Return what stands behind the label; None where a field may stay empty for ever."""
    return _LATER_NODIG if var.verplicht else None


def _name(var: Variabele) -> str:
    return f"v-{var.sleutel.replace('.', '-')}"


def _label(var: Variabele) -> str:
    return f"{var.label} ({var.eenheid[1]})" if var.eenheid[1] else var.label


def _help(var: Variabele) -> str:
    words = [var.uitleg]
    if var.als:
        words.append(f"Alleen bij optie {var.als[1]}.")
    return " ".join(word for word in words if word)


def _fields_of(var: Variabele, waarde) -> dict[str, forms.Field]:
    """Return the fields of one variable by name."""
    if var.soort is Soort.DIENST:
        return _duty_fields(_name(var), waarde or {})
    usual = {"label": _label(var), "help_text": _help(var), "required": False}
    kinds = {
        Soort.TEKST: lambda: forms.CharField(max_length=500, initial=waarde, **usual),
        Soort.GETAL: lambda: forms.IntegerField(
            min_value=var.minimaal, max_value=var.maximaal, initial=waarde, **usual
        ),
        Soort.BEDRAG: lambda: forms.DecimalField(
            max_value=10_000,
            min_value=0,
            max_digits=7,
            decimal_places=2,
            localize=True,
            initial=None if waarde is None else Decimal(waarde) / 100,
            **usual | {"label": _("%(naam)s (euro)") % {"naam": var.label}},
        ),
        Soort.KEUZE: lambda: forms.ChoiceField(
            choices=var.keuzes, widget=forms.RadioSelect, initial=waarde, **usual
        ),
        Soort.LIJST: lambda: forms.CharField(
            widget=forms.Textarea(attrs={"rows": 4}), initial="\n".join(waarde or []), **usual
        ),
        Soort.BESLUITEN: lambda: forms.MultipleChoiceField(
            choices=var.keuzes, widget=forms.CheckboxSelectMultiple, initial=waarde, **usual
        ),
    }
    return {_name(var): kinds[var.soort]()}


def _duty_fields(naam: str, waarde: dict) -> dict[str, forms.Field]:
    clock = {"inputmode": "numeric", "autocomplete": "off", "placeholder": "17:00"}
    formats = ["%H:%M", "%H.%M"]

    def hour(label, key):
        return forms.TimeField(
            label=label,
            required=False,
            input_formats=formats,
            initial=waarde.get(key),
            # As text: the browser's own field asks an English browser for AM or PM.
            widget=forms.TimeInput(format="%H:%M", attrs=clock),
            error_messages={"invalid": _("Vul een tijd in, bijvoorbeeld 17:00.")},
        )

    return {
        f"{naam}-dagen": forms.TypedMultipleChoiceField(
            label=_("Begint op"),
            choices=[(nummer, dag[:2]) for nummer, dag in enumerate(DAGEN)],
            coerce=int,
            required=False,
            widget=forms.CheckboxSelectMultiple,
            initial=waarde.get("dagen", []),
        ),
        f"{naam}-begin": hour(_("Begint om"), "begin"),
        f"{naam}-einde": hour(_("Eindigt om"), "einde"),
        f"{naam}-later": forms.TypedChoiceField(
            label=_("Eindigt"),
            choices=_LATER,
            coerce=int,
            required=False,
            empty_value=0,
            initial=waarde.get("dagen_later", 0),
        ),
        f"{naam}-geen": forms.BooleanField(
            label=_("Deze dienst kennen wij niet apart"),
            required=False,
            initial=bool(waarde.get("geen")),
        ),
    }


def _value_of(var: Variabele, data: dict):
    """Return what was typed for a variable, as `Variabele.check` takes it."""
    naam = _name(var)
    if var.soort is Soort.DIENST:
        if data.get(f"{naam}-geen"):
            return {"geen": True}
        dagen, begin, einde = (data.get(f"{naam}-{part}") for part in ("dagen", "begin", "einde"))
        if not dagen and begin is None and einde is None:
            return None
        return {
            "dagen": dagen,
            "begin": f"{begin:%H:%M}" if begin else "",
            "einde": f"{einde:%H:%M}" if einde else "",
            "dagen_later": data.get(f"{naam}-later") or 0,
        }
    value = data.get(naam)
    if var.soort is Soort.BEDRAG and value is not None:
        return int((value * 100).to_integral_value())
    return value


class LezingForm(forms.Form):
    """How the kring reads each place where the rules leave a choice."""

    def __init__(self, *args, lezing: Lezing, **kwargs):
        super().__init__(*args, **kwargs)
        for punt in LEESPUNTEN:
            self.fields[punt.veld] = forms.ChoiceField(
                label=punt.vraag,
                choices=[
                    (keuze.tekst, format_html("<b>{}</b><br>{}", keuze.label, keuze.uitleg))
                    for keuze in punt.keuzes
                ],
                widget=forms.RadioSelect,
                initial=punt.choice(lezing).tekst,
                help_text=_("Artikel %(artikel)s (%(nummer)s). De eerste keuze is de standaard.")
                % {"artikel": punt.artikel, "nummer": punt.nummer},
                error_messages={"required": _("Maak een keuze.")},
            )
        self.fields["extra_feestdagen"] = forms.CharField(
            label=_("Extra vrije dagen van de kring"),
            required=False,
            initial="\n".join(dag.isoformat() for dag in lezing.extra_feestdagen),
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text=_(
                "Alleen als een termijn bij jullie opschuift. Eén datum per regel: 2027-05-07."
            ),
        )

    def clean(self):
        data = super().clean()
        if self.errors:
            return data
        record = {punt.veld: punt.parse(data[punt.veld]) for punt in LEESPUNTEN}
        try:
            self.lezing = Lezing.from_dict(
                {naam: v if isinstance(v, bool) else str(v) for naam, v in record.items()}
                | {"extra_feestdagen": data["extra_feestdagen"].split()}
            )
        except LezingFout:
            self.add_error(
                "extra_feestdagen", _("Schrijf elke dag als jaar-maand-dag: 2027-05-07.")
            )
        return data


class VoorlegForm(forms.Form):
    """To which meeting, and why."""

    vergadering = forms.ModelChoiceField(
        label=_("Vergadering"),
        queryset=Vergadering.objects.none(),
        empty_label=_("Kies een vergadering"),
        help_text=_("Alleen een vergadering waarvoor nog niet is opgeroepen."),
        error_messages={"required": _("Kies een vergadering.")},
    )
    toelichting = forms.CharField(
        label=_("Waarom deze tekst?"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Komt bij het agendapunt te staan; iedereen leest dit."),
    )

    def __init__(self, *args, versie: Reglementversie, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["vergadering"].queryset = Vergadering.objects.filter(
            kring_id=versie.kring_id, status=Vergadering.Status.CONCEPT, eerste__isnull=True
        ).order_by("begint_op")
        self.fields["vergadering"].label_from_instance = _meeting_in_words
        self.fields["toelichting"].initial = versie.toelichting


def _meeting_in_words(row: Vergadering) -> str:
    return f"{row.titel}, {to_local(row.begint_op):%d-%m-%Y}"


class VerwerkForm(forms.Form):
    """Carry out the decision."""

    geldig_vanaf = DagField(
        label=_("Geldt vanaf"),
        help_text=_("De dag van het besluit, tenzij de vergadering een latere dag koos."),
    )
    versturen = forms.BooleanField(
        label=_("Stuur de nieuwe tekst meteen aan alle deelnemers"),
        required=False,
        initial=True,
        help_text=_("Dat moet binnen een week na het verwerken (art. 10.7)."),
    )


class PapierForm(forms.Form):
    """A text that the kring adopted without this program."""

    besloten_op = DagField(label=_("Vastgesteld in de vergadering van"))
    geldig_vanaf = DagField(label=_("Geldt vanaf"))
    reden = forms.CharField(
        label=_("Waar staat dit besluit, en waarom leg je het nu pas vast?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Bijvoorbeeld: notulen van 12 maart 2024, map op de praktijk."),
    )


class PapierhandtekeningForm(forms.Form):
    """A signature under the text on paper."""

    deelnemer = forms.TypedChoiceField(
        label=_("Praktijk"), error_messages={"required": _("Kies een praktijk.")}
    )
    getekend_op = DagField(label=_("Getekend op"))

    def __init__(self, *args, ontbreken, **kwargs):
        super().__init__(*args, **kwargs)
        by_key = {str(lid.deelnemer.pk): lid.deelnemer for lid in ontbreken}
        self.fields["deelnemer"].choices = [
            ("", "–"),
            *((key, row.naam) for key, row in by_key.items()),
        ]
        self.fields["deelnemer"].coerce = by_key.get
        self.fields["getekend_op"].initial = to_local(db_now()).date()
