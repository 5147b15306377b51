"""Forms of the report: writing and signing."""

import secrets
from datetime import date

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Fieldset, Layout
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kern.tijd import to_local
from kern.weergave import format_datum, format_telefoon
from kring.models import EigenTandarts
from triage.models import Patient
from verslag import tarief
from verslag.actions import judge_upload
from verslag.actions.verslag import PATIENTVELDEN, VERSLAGVELDEN, stand_of_patient
from verslag.bestand import BestandGeweigerd
from verslag.forms.gebit import GebitField
from verslag.forms.invoegen import insert_chosen
from verslag.models import Bijlage, Tariefcode, Verslag
from verslag.momentopname import day_of_visit

# What signing needs sooner or later: not called "niet verplicht", and not asked of a draft either.
NODIG = (
    "naam",
    "adres",
    "woonplaats",
    "bsn",
    "geen_bsn_reden",
    "heeft_eigen_tandarts",
    "eigen_tandarts",
    "spoedklacht",
    "bevindingen",
    "diagnose",
    "behandeling",
    "uitstel_grond",
    "verwijzing_reden",
    "vervolg_termijn",
)
# Plain big fields: the dictation and the spelling of the device do their work undisturbed.
DICTEREN = {"lang": "nl", "spellcheck": "true", "autocapitalize": "sentences"}
_VERWEZEN = "|".join(value for value in Verslag.Verwijzing.values if value)
_BSN_TONEN = (
    "{% if verslag.dossier.patient.bsn %}{% url 'verslag:bsn_tonen' kring=kring.slug "
    "dossier=verslag.dossier_id as tonen %}{% include 'bsn_tonen.html' %}{% endif %}"
)
_PATIENT = forms.fields_for_model(Patient, fields=PATIENTVELDEN)


class VerslagForm(forms.ModelForm):
    """The report with the identity of the patient; a draft may be as empty as it likes.

    What is complete enough to sign is decided by `verslag.volledigheid`, not here.
    """

    versie = forms.IntegerField(widget=forms.HiddenInput)
    venster = forms.SlugField(widget=forms.HiddenInput, max_length=32)
    patient_stand = forms.CharField(widget=forms.HiddenInput, max_length=40)
    # Without `capture`: the phone then offers its camera and its photos.
    bestand = forms.FileField(
        label=_("Foto, röntgenopname of pdf"),
        help_text=_("JPEG, PNG, DICOM of pdf, hoogstens 15 MB."),
        allow_empty_file=True,
        max_length=None,
        widget=forms.FileInput(
            attrs={"accept": "image/jpeg,image/png,application/pdf,.dcm,application/dicom"}
        ),
    )
    bijlage_omschrijving = forms.CharField(label=_("Wat is te zien?"), max_length=200)
    bijlage_soort = forms.ChoiceField(
        label=_("Wat voor beeld is het?"),
        choices=[
            ("", _("zoals het bestand is")),
            *Bijlage.Soort.choices,
        ],
        help_text=_(
            "DICOM is een röntgenfoto, pdf een document, JPEG en PNG een foto. Kies zelf als dat "
            "niet klopt."
        ),
    )
    use_required_attribute = False

    class Meta:
        model = Verslag
        fields = VERSLAGVELDEN
        widgets = {
            name: forms.Textarea(attrs={"rows": rows, **DICTEREN})
            for name, rows in {
                "spoedklacht": 3,
                "bevindingen": 5,
                "diagnose": 2,
                "behandeling": 5,
                "uitstel_grond": 2,
                "nevenbevinding": 2,
                "verwijzing_reden": 2,
                "vervolg": 2,
                "overig": 2,
            }.items()
        }
        labels = {
            "gezien": _("Ik heb de patiënt gezien (niet alleen gesproken)"),
            "geen_bsn_reden": _("Reden dat het BSN er niet is"),
            "vervolg": _("Noodzakelijk vervolg"),
            "vervolg_termijn": _("Binnen welke termijn"),
            "verwijzing_reden": _("Reden van de verwijzing"),
            "rontgen_gemaakt": _("Ik heb een röntgenopname gemaakt"),
            "nevenbevinding": _("Andere dringende bevinding, los van de klacht"),
            "nevenbevinding_gemeld": _("Ik heb dit aan de patiënt verteld, met het advies"),
            "uitgesteld": _("Ik heb de behandeling geweigerd of uitgesteld"),
            "uitstel_grond": _("Waarom kon het wachten, of kon het niet?"),
            "advies_eigen_tandarts": _(
                "Ik heb de patiënt dringend geadviseerd snel een eigen tandarts te zoeken"
            ),
        }
        help_texts = {
            "vervolg_termijn": _("Bijvoorbeeld: binnen 2 weken."),
            "tariefcodes": _("Liefst invullen, met het element erachter. Voorbeeld: C002, X10 36."),
            "uitstel_grond": _(
                "Bij een jong kind met veel pijn telt alleen een zware reden (§2.2.3)."
            ),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["gebit"] = GebitField()
        self.initial["gebit"] = self.instance.gebit
        if self.is_bound:
            self.data = insert_chosen(self.data, kring_id=self.instance.kring_id)
        patient = self.instance.dossier.patient
        for name, field in _PATIENT.items():
            self.fields[name] = field.__deepcopy__({})
            self.initial.setdefault(name, getattr(patient, name))
        self._shape_patient_fields(patient)
        for name in self.fields:
            self.fields[name].required = name == "versie" or name in NODIG
        self.initial["versie"] = self.instance.versie
        self.initial["patient_stand"] = stand_of_patient(patient)
        self.initial["venster"] = secrets.token_hex(8)
        self.helper = _helper()
        # Faults are named in this order: whoever mends them one by one only goes down the page.
        self.order_fields([found.name for found in self.helper.layout.get_field_names()])

    def _shape_patient_fields(self, patient: Patient) -> None:
        self.fields["naam"].label = _("Naam van de patiënt")
        self.fields["telefoon"].widget.input_type = "tel"
        self.fields["bsn"].widget.attrs["inputmode"] = "numeric"
        self.initial["bsn"] = self.fields["bsn"].keep(patient.bsn)
        self.fields["geboortedatum"].widget = forms.DateInput(
            format="%Y-%m-%d", attrs={"type": "date"}
        )
        # The choices are rows of this kring only; the queryset is made inside the request.
        self.fields["eigen_tandarts"].queryset = EigenTandarts.objects.order_by("naam")
        self.fields["eigen_tandarts"].empty_label = _("staat niet in de lijst")
        self.initial["telefoon"] = format_telefoon(patient.telefoon) if patient.telefoon else ""
        self.initial["eigen_tandarts"] = patient.eigen_tandarts_id

    def full_clean(self):
        """Check what was typed; `required` only shapes the labels of the page."""
        for name in NODIG:
            self.fields[name].required = False
        super().full_clean()
        for name in NODIG:
            self.fields[name].required = True

    def clean_geboortedatum(self):
        dag = self.cleaned_data["geboortedatum"]
        if dag and not date(1900, 1, 1) <= dag <= to_local(timezone.now()).date():
            raise forms.ValidationError(_("Deze geboortedatum kan niet kloppen."))
        return dag

    def clean_tariefcodes(self):
        """Refuse what is no code on the day of the visit, when the kring has a table of that day.

        Only what was typed now: an old text that a new table no longer knows is for the signature.
        """
        text = self.cleaned_data["tariefcodes"]
        dag = day_of_visit(self.instance.oproep)
        if text and text != self.initial["tariefcodes"]:
            tabel = Tariefcode.objects.table_on(self.instance.kring_id, dag)
            if unknown := tarief.faults(text, tabel):
                raise forms.ValidationError(
                    _("Op %(dag)s is dit geen tariefcode: %(codes)s. Verbeter of verwijder dit.")
                    % {"dag": format_datum(dag), "codes": ", ".join(unknown)}
                )
        return text

    def clean_bestand(self):
        """Return the `Keuring` of the chosen file; None when there is none."""
        chosen = self.files.getlist("bestand") if self.files else []
        if len(chosen) > 1:
            raise forms.ValidationError(_("Voeg de bestanden een voor een toe."))
        if not chosen:
            if self.data.get("doel") == "bijlage":
                raise forms.ValidationError(_("Kies eerst een foto of een pdf."))
            return None
        [upload] = chosen
        try:
            return judge_upload(upload.read(), upload.name or "", size=upload.size)
        except BestandGeweigerd as error:
            raise forms.ValidationError(str(error)) from error

    def clean_heeft_eigen_tandarts(self):
        # A phone that lost the field must not change the answer.
        return self.cleaned_data["heeft_eigen_tandarts"] or self.initial["heeft_eigen_tandarts"]

    def gegevens(self) -> dict:
        """Return what the action saves; a field with an error is left out."""
        names = (*PATIENTVELDEN, *VERSLAGVELDEN)
        found = {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}
        if found.get("gebit", ...) is None:
            # The page did not send the teeth.
            del found["gebit"]
        return found

    def refuse(self, redenen) -> None:
        """Put the reasons of the law at their fields, with the paragraph they rest on."""
        for reden in redenen:
            veld = reden.veld if reden.veld in self.fields else None
            self.add_error(veld, f"{reden.zin} ({reden.paragraaf})")

    def forget_attachment(self) -> None:
        """What was said of the file that was just added is not about the next one."""
        self.data = self.data.copy()
        self.data["bijlage_omschrijving"] = self.data["bijlage_soort"] = ""

    def offer_newest(self, verslag: Verslag) -> None:
        """After a conflict: keep what was typed, but let the next save go on top of the newest.

        What stood empty, or masked, of the patient was not typed: there the newest comes in.
        """
        self.data = self.data.copy()
        self.data["versie"] = verslag.versie
        newest = VerslagForm(instance=verslag).initial
        if self.data.get("patient_stand") != newest["patient_stand"]:
            self.data["patient_stand"] = newest["patient_stand"]
            for name in PATIENTVELDEN:
                if not self.data.get(name) or "*" in self.data[name]:
                    self.data[name] = newest[name] or ""


def _with_blocks(veld: str) -> tuple:
    """Return a field and what puts a text block of the kring into it."""
    include = f'"verslag/_tekstblokken.html" with veld="{veld}" blokken=tekstblokken.{veld}'
    return veld, HTML(f"{{% include {include} %}}")


def _helper() -> FormHelper:
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    helper.layout = Layout(
        "versie",
        "venster",
        "patient_stand",
        Fieldset(
            _("Spoedklacht en behandeling"),
            "gezien",
            "spoedklacht",
            *_with_blocks("bevindingen"),
            "rontgen_gemaakt",
            *_with_blocks("diagnose"),
            *_with_blocks("behandeling"),
            "uitgesteld",
            Div("uitstel_grond", data_toon_als="uitgesteld=on"),
        ),
        Fieldset(_("Gebit"), HTML('{% include "verslag/_gebit_bewerk.html" %}'), css_id="gebit"),
        Fieldset(
            _("Tariefcodes"), "tariefcodes", HTML('{% include "verslag/_tarief_kiezen.html" %}')
        ),
        Fieldset(
            _("Verwijzing en vervolg"),
            "verwijzing",
            Div("verwijzing_reden", data_toon_als=f"verwijzing={_VERWEZEN}"),
            *_with_blocks("vervolg"),
            Div("vervolg_termijn", data_toon_als="vervolg"),
            "nevenbevinding",
            Div("nevenbevinding_gemeld", data_toon_als="nevenbevinding"),
            *_with_blocks("overig"),
        ),
        Fieldset(
            _("Bijlagen"),
            HTML('{% include "verslag/_bijlagen_bewerk.html" %}'),
            "bestand",
            "bijlage_omschrijving",
            "bijlage_soort",
            HTML(
                '{% load componenten i18n %}{% translate "Voeg bijlage toe" as tekst %}'
                '{% knop tekst naam="doel" waarde="bijlage" soort="secundair" icoon="paperclip" %}'
            ),
            css_id="bijlagen",
        ),
        Fieldset(
            _("Eigen tandarts"),
            "heeft_eigen_tandarts",
            Div("eigen_tandarts", data_toon_als="heeft_eigen_tandarts=ja"),
            Div(
                "advies_eigen_tandarts",
                data_toon_als="heeft_eigen_tandarts=nee|onbekend",
            ),
        ),
        Fieldset(
            _("Patiënt"),
            HTML(f'<p class="zacht">{_("Controleer deze gegevens bij de patiënt.")}</p>'),
            "naam",
            Div("geboortedatum", "telefoon", css_class="veldenrij"),
            "adres",
            Div("postcode", "woonplaats", css_class="veldenrij"),
            "bsn",
            HTML(_BSN_TONEN),
            Div("geen_bsn_reden", data_toon_als="bsn="),
        ),
    )
    return helper


class TekenForm(forms.Form):
    """Signing: which text was read back and, for a correction, why."""

    versie = forms.IntegerField(widget=forms.HiddenInput)
    patient_stand = forms.CharField(widget=forms.HiddenInput, required=False)
    reden = forms.CharField(
        label=_("Waarom verbeter je het verslag?"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args, is_correction: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if is_correction:
            self.fields["reden"].required = True
            self.fields["reden"].error_messages["required"] = _(
                "Schrijf op waarom je het verslag verbetert. De eigen tandarts leest dit."
            )
        else:
            del self.fields["reden"]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
