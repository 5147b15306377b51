"""Fields that every room uses: BSN, phone number, postal code, BIG and AGB numbers, free text.

Each normaliser takes what a person typed and returns the stored form, or raises `ValueError`
with a Dutch sentence that says what to do next.
"""

import re

import phonenumbers
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from stdnum.nl import bsn as stdnum_bsn

from kern.versleuteld import Versleuteld
from kern.weergave import mask_bsn

_SEPARATORS = re.compile(r"[\s.\-]")
FREE_TEXT_MAX = 4000


def normalize_bsn(text: str) -> str:
    """Return nine digits that pass the 11-test (Wabvpz art. 4) and belong to a person."""
    digits = _SEPARATORS.sub("", text)
    # The library pads short numbers with zeroes and would accept a forgotten digit.
    if not re.fullmatch(r"[0-9]{9}", digits):
        raise ValueError(_("Een BSN heeft 9 cijfers. Controleer het nummer."))
    if not stdnum_bsn.is_valid(digits):
        raise ValueError(_("Dit BSN klopt niet. Controleer de cijfers bij de patiënt."))
    if digits.startswith(tuple(settings.BSN_TESTREEKSEN)):
        raise ValueError(
            _("Dit is een testnummer, geen BSN van een patiënt. Neem het over van het paspoort.")
        )
    return digits


def normalize_phone(text: str) -> str:
    """Return an E.164 number; a number without country code is read as Dutch."""
    try:
        number = phonenumbers.parse(text, "NL")
    except phonenumbers.NumberParseException as error:
        raise ValueError(_("Dit is geen telefoonnummer. Voorbeeld: 06 12345678.")) from error
    if not phonenumbers.is_possible_number(number):
        raise ValueError(
            _("Dit telefoonnummer heeft te veel of te weinig cijfers. Voorbeeld: 06 12345678.")
        )
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def phone_prefix(text: str) -> str:
    """Return how the stored number begins of which these digits were typed so far, or "".

    06…, +31 6…, 0031 6… and +31 (0)6… are the same; below six digits nearly everybody matches.
    """
    digits = re.sub(r"[\s.\-()/]", "", text.replace("(0)", ""))
    if not re.fullmatch(r"\+?[0-9]{6,20}", digits):
        return ""
    if digits.startswith("00"):
        digits = "+" + digits[2:]
    if digits.startswith("0"):
        digits = "+31" + digits[1:]
    if digits.startswith("+310"):
        digits = "+31" + digits[4:]
    # A foreign code is typed with a plus; five digits after the country code are the least.
    return digits if digits.startswith("+") and len(digits) >= 8 else ""


def normalize_postcode(text: str) -> str:
    """Return a Dutch postal code as `1234 AB`."""
    code = re.sub(r"\s", "", text).upper()
    if not re.fullmatch(r"[1-9][0-9]{3}(?!SA|SD|SS)[A-Z]{2}", code):
        raise ValueError(_("Een postcode is vier cijfers en twee letters, bijvoorbeeld 3511 AA."))
    return f"{code[:4]} {code[4:]}"


def normalize_postcode_abroad(text: str) -> str:
    """Return a Dutch postal code, or a foreign one with its country in front: `D-10115`."""
    found = re.fullmatch(r"([A-Z]{1,3})-([A-Z0-9][A-Z0-9 -]{1,8})", " ".join(text.upper().split()))
    if found and found[1] not in ("N", "NL"):
        return f"{found[1]}-{found[2]}"
    try:
        return normalize_postcode(text)
    except ValueError as error:
        raise ValueError(
            _(
                "Een postcode is vier cijfers en twee letters, bijvoorbeeld 3511 AA. Woont de "
                "patiënt in het buitenland, zet dan het land ervoor, bijvoorbeeld D-10115."
            )
        ) from error


def _digits(text: str, length: int, sentence: str) -> str:
    digits = _SEPARATORS.sub("", text)
    if not re.fullmatch(rf"[0-9]{{{length}}}", digits):
        raise ValueError(sentence)
    return digits


def normalize_big(text: str) -> str:
    """Return the 11 digits of a BIG registration; there is no public check digit."""
    return _digits(text, 11, _("Een BIG-nummer heeft 11 cijfers."))


def normalize_agb(text: str) -> str:
    """Return the 8 digits of an AGB code."""
    return _digits(text, 8, _("Een AGB-code heeft 8 cijfers."))


class NormalizedFormField(forms.CharField):
    """A text field whose clean value is the normalised one; odd input stays as typed."""

    def __init__(self, *, normalize, **kwargs):
        self.normalize = normalize
        super().__init__(**kwargs)

    def clean(self, value):
        text = super().clean(value)
        if text in self.empty_values:
            return text
        try:
            return self.normalize(text)
        except ValueError as error:
            raise ValidationError(str(error), code="invalid") from error


class NormalizedField(models.CharField):
    """Base of the model fields below; subclasses name their normaliser and length."""

    normalize = staticmethod(str)
    stored_length = 0

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", self.stored_length)
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs):
        # Longer than stored: people type spaces, dots and country codes.
        defaults = {
            "form_class": NormalizedFormField,
            "normalize": self.normalize,
            "max_length": 40,
        }
        return super().formfield(**{**defaults, **kwargs})


class BsnFormField(NormalizedFormField):
    """Shows the stored BSN masked; the mask sent back unchanged means: keep it (S10)."""

    stored = ""

    def keep(self, stored: str) -> str:
        """Tell which BSN the row holds, and return what the page may show of it."""
        self.stored = stored
        return mask_bsn(stored)

    def clean(self, value):
        text = (value or "").strip()
        if "*" not in text:
            return super().clean(value)
        if self.stored and text == mask_bsn(self.stored):
            return self.stored
        raise ValidationError(
            _("Typ het hele BSN, zonder sterretjes. Of maak het veld leeg."), code="invalid"
        )


class BsnField(Versleuteld, NormalizedField):
    """A BSN, sealed in the database."""

    normalize = staticmethod(normalize_bsn)
    stored_length = 9

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": BsnFormField, **kwargs})


class TelefoonField(NormalizedField):
    normalize = staticmethod(normalize_phone)
    stored_length = 16


class PostcodeField(NormalizedField):
    normalize = staticmethod(normalize_postcode)
    stored_length = 7


class PostcodeOveralField(NormalizedField):
    """The postal code of a patient: a tourist lives abroad (§1.3.2)."""

    normalize = staticmethod(normalize_postcode_abroad)
    stored_length = 13


class BigNummerField(NormalizedField):
    normalize = staticmethod(normalize_big)
    stored_length = 11


class AgbCodeField(NormalizedField):
    normalize = staticmethod(normalize_agb)
    stored_length = 8


class VrijeTekstField(models.TextField):
    """Free text with a bound: without one a field takes megabytes and a page cannot show it."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", FREE_TEXT_MAX)
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)
