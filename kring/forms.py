"""What a person types about the kring."""

from datetime import date, datetime, time, timedelta

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from kern import gebeurtenissen
from kern.tijd import from_local
from kern.toegang import Rol
from kring.models import Deelnemer, EigenTandarts, Gebruiker, Kring, Lidmaatschap, Tandarts

_TEL = {"type": "tel", "inputmode": "tel", "autocomplete": "off"}
_CIJFERS = {"inputmode": "numeric", "autocomplete": "off"}


class RijKeuze(forms.ModelChoiceField):
    """A choice of a row; text that is no row number gets the sentence of a wrong choice."""

    default_error_messages = {
        "invalid_choice": _("Deze keuze bestaat niet (meer). Kies uit de lijst.")
    }

    def to_python(self, value):
        try:
            return super().to_python(value)
        except ValidationError as error:
            raise ValidationError(
                self.error_messages["invalid_choice"], code="invalid_choice"
            ) from error


class InstellingenForm(forms.ModelForm):
    """What the coordinator decides for the whole kring."""

    class Meta:
        model = Kring
        fields = ["ophaal_dagen"]
        widgets = {"ophaal_dagen": forms.NumberInput(attrs=_CIJFERS | {"min": 7, "max": 30})}
        help_texts = {
            "ophaal_dagen": _(
                "Van 7 tot en met 30 dagen; 14 is gewoon. Zo lang kan een eigen tandarts een "
                "verslag ophalen. Daarna wordt de klaargezette kopie vernietigd; het verslag zelf "
                "blijft. Is het na twee werkdagen niet opgehaald, dan komt er al een taak. Wat al "
                "is verstuurd, houdt zijn eigen termijn."
            )
        }


class _KringForm(forms.ModelForm):
    """A form for a row of one kring. `actief` is asked only of what exists already."""

    def __init__(self, *args, kring, **kwargs):
        super().__init__(*args, **kwargs)
        self.kring = kring
        if self.instance._state.adding:
            self.fields.pop("actief", None)
        for name, attrs in (("telefoon", _TEL), ("big_nummer", _CIJFERS), ("agb_code", _CIJFERS)):
            if name in self.fields:
                self.fields[name].widget.attrs |= attrs


class DeelnemerForm(_KringForm):
    class Meta:
        model = Deelnemer
        fields = [
            "naam",
            "adres",
            "postcode",
            "plaats",
            "telefoon",
            "email",
            "agb_code",
            "actief",
        ]
        help_texts = {"actief": _("Stopt de praktijk? Leg dat vast bij Vergaderen, Deelnemers.")}


class TandartsForm(_KringForm):
    class Meta:
        model = Tandarts
        field_classes = {"deelnemer": RijKeuze}
        fields = ["deelnemer", "naam", "big_nummer", "telefoon", "gebruiker", "actief"]
        help_texts = {
            "big_nummer": _("11 cijfers. Controleer het in het BIG-register."),
            "telefoon": _("Op dit nummer belt de triagemedewerker tijdens een dienst."),
            "gebruiker": _("Alleen mensen met de rol tandarts staan in deze lijst."),
            "actief": _("Zet dit uit als de tandarts geen diensten meer doet."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        current = self.instance
        self.fields["deelnemer"].queryset = Deelnemer.objects.filter(
            Q(actief=True) | Q(pk=current.deelnemer_id), kring=self.kring
        ).order_by("naam")
        taken = Tandarts.objects.filter(kring=self.kring, gebruiker__isnull=False)
        self.fields["gebruiker"].queryset = (
            Gebruiker.objects.filter(
                Q(pk=current.gebruiker_id)
                | Q(
                    pk__in=Lidmaatschap.objects.filter(kring=self.kring, rol=Rol.TANDARTS)
                    .exclude(status=Lidmaatschap.Status.BEEINDIGD)
                    .values("gebruiker")
                )
            )
            .exclude(pk__in=taken.exclude(pk=current.pk).values("gebruiker"))
            .order_by("naam")
        )
        self.fields["gebruiker"].empty_label = _("nog geen gebruiker")


class EigenTandartsForm(_KringForm):
    class Meta:
        model = EigenTandarts
        fields = ["naam", "praktijk", "plaats", "email", "telefoon", "agb_code"]
        help_texts = {
            "email": _(
                "Hier komt het bericht dat er een verslag klaarstaat. Onbekend? Laat het leeg: het "
                "verslag gaat dan op papier."
            ),
            "telefoon": _(
                "Hier komt de code: per sms, of ingesproken op een vaste lijn. Nooit een nummer "
                "van de patiënt."
            ),
        }


class AdrescontroleForm(forms.Form):
    """Somebody asked the practice. What they had before them comes along unseen."""

    email = forms.CharField(required=False, max_length=254, widget=forms.HiddenInput)
    telefoon = forms.CharField(required=False, max_length=32, widget=forms.HiddenInput)
    toelichting = forms.CharField(
        label=_("Hoe heb je het gecontroleerd?"),
        max_length=200,
        help_text=_("Bijvoorbeeld: gebeld met de praktijk, gesproken met de assistent."),
        error_messages={"required": _("Schrijf op hoe je het adres hebt gecontroleerd.")},
    )


class AdresfoutForm(forms.Form):
    """Somebody found out that a report would not arrive there."""

    reden = forms.CharField(
        label=_("Wat klopt er niet?"),
        max_length=200,
        help_text=_("Schrijf hier niets over een patiënt."),
        error_messages={"required": _("Schrijf op wat er niet klopt aan dit adres.")},
    )


class RolForm(forms.Form):
    """Give a role by e-mail address and name."""

    email = forms.EmailField(label=_("E-mailadres"), max_length=254)
    naam = forms.CharField(
        label=_("Naam"),
        max_length=120,
        help_text=_("Heeft deze persoon al een account? Dan blijft de naam van dat account staan."),
    )
    rol = forms.ChoiceField(label=_("Rol"))
    deelnemer = RijKeuze(
        Deelnemer.objects.none(),
        label=_("Praktijk"),
        required=False,
        empty_label=_("niet van toepassing"),
        help_text=_("Alleen voor een vertegenwoordiger."),
    )

    def __init__(self, *args, kring, rollen, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["rol"].choices = [
            ("", _("kies een rol")),
            *((rol, rol.label) for rol in Rol if rol in rollen),
        ]
        self.fields["deelnemer"].queryset = Deelnemer.objects.filter(
            kring=kring, actief=True
        ).order_by("naam")


class FactorherstelForm(forms.Form):
    """Why somebody's second factor may be wiped."""

    reden = forms.CharField(
        label=_("Hoe weet je dat deze persoon het zelf vraagt?"),
        max_length=200,
        min_length=10,
        help_text=_("Bijvoorbeeld: stond naast me, of zelf gebeld op het nummer dat we kennen."),
    )


class WachtwoordForm(forms.Form):
    """Choose the first password. 128 characters is plenty, and hashing more costs the house."""

    wachtwoord = forms.CharField(
        label=_("Kies een wachtwoord"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Minstens 12 tekens. Een zin die alleen jij kent, onthoud je het best."),
    )
    herhaling = forms.CharField(
        label=_("Typ het nog een keer"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args, gebruiker, **kwargs):
        super().__init__(*args, **kwargs)
        self.gebruiker = gebruiker

    def clean_wachtwoord(self):
        validate_password(self.cleaned_data["wachtwoord"], self.gebruiker)
        return self.cleaned_data["wachtwoord"]

    def clean_herhaling(self):
        first = self.cleaned_data.get("wachtwoord")
        if first is not None and first != self.cleaned_data["herhaling"]:
            raise ValidationError(_("De twee wachtwoorden zijn niet gelijk. Typ ze opnieuw."))
        return self.cleaned_data["herhaling"]


class LogboekForm(forms.Form):
    """Which lines of the access log to show; an empty form shows the newest."""

    datum = forms.DateField(
        label=_("Vanaf"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=_("Zonder einddatum: alleen deze dag."),
    )
    tot = forms.DateField(
        label=_("Tot en met"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    persoon = RijKeuze(
        Gebruiker.objects.none(), label=_("Medewerker"), required=False, empty_label=_("iedereen")
    )
    gebeurtenis = forms.ChoiceField(
        label=_("Gebeurtenis"),
        required=False,
        error_messages={"invalid_choice": _("Deze gebeurtenis bestaat niet. Kies uit de lijst.")},
    )
    patient = forms.UUIDField(
        label=_("Patiëntnummer"),
        required=False,
        error_messages={
            "invalid": _("Dit is geen patiëntnummer. Klik het aan in een regel van het logboek.")
        },
    )
    # The number of the last line on the page before: "older lines" goes on from there.
    voor = forms.IntegerField(
        required=False, min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput
    )

    def __init__(self, *args, kring, **kwargs):
        super().__init__(*args, **kwargs)
        # Also who left: their lines stay.
        members = Lidmaatschap.objects.filter(kring=kring).values("gebruiker")
        self.fields["persoon"].queryset = Gebruiker.objects.filter(pk__in=members).order_by("naam")
        events = sorted(gebeurtenissen.table().items(), key=lambda item: item[1])
        self.fields["gebeurtenis"].choices = [("", _("alle")), *events]

    def clean_datum(self):
        return _day_in_range(self.cleaned_data["datum"])

    def clean_tot(self):
        tot, van = _day_in_range(self.cleaned_data["tot"]), self.cleaned_data.get("datum")
        if tot and van and tot < van:
            raise ValidationError(_("De einddatum ligt vóór de begindatum. Draai ze om."))
        return tot

    def periode(self) -> tuple[datetime | None, datetime | None]:
        """Return the Amsterdam days as two moments; a day lasts 23 or 25 h at a clock change."""
        van: date | None = self.cleaned_data.get("datum")
        tot: date | None = self.cleaned_data.get("tot") or van
        begin = from_local(datetime.combine(van, time())) if van else None
        einde = from_local(datetime.combine(tot, time()) + timedelta(days=1)) if tot else None
        return begin, einde

    def select(self, rows: QuerySet) -> QuerySet:
        """Return the chosen lines: only by these columns, whatever the address asks (S35)."""
        chosen = self.cleaned_data
        begin, einde = self.periode()
        wanted = {
            "tijdstip__gte": begin,
            "tijdstip__lt": einde,
            "gebruiker_id": chosen["persoon"].pk if chosen.get("persoon") else None,
            "gebeurtenis": chosen.get("gebeurtenis"),
            "patient_id": chosen.get("patient"),
            "id__lt": chosen.get("voor"),
        }
        return rows.filter(**{name: value for name, value in wanted.items() if value})

    def query(self) -> dict[str, str]:
        """Return what was chosen as parameters, for the next page and the file."""
        names = ("datum", "tot", "persoon", "gebeurtenis", "patient")
        chosen = {name: self.cleaned_data.get(name) for name in names}
        return {name: str(getattr(value, "pk", value)) for name, value in chosen.items() if value}


def _day_in_range(day: date | None) -> date | None:
    # Moments of faraway years do not fit in time zone arithmetic.
    if day and not 2000 <= day.year <= 2200:
        raise ValidationError(_("Vul een datum in vanaf het jaar 2000."))
    return day
