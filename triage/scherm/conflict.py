"""Where two windows differ."""

from typing import Any

from django.utils.translation import gettext as _

from triage.forms import (
    AntwoordenForm,
)
from triage.models import Oproep


def differences(oproep: Oproep, form: AntwoordenForm) -> list[dict]:
    """Return where this window's answers differ from what another window saved meanwhile."""
    mine = {**form.valid_part()}
    theirs = {**oproep.antwoorden, "omschrijving": oproep.omschrijving}
    rows = []
    for name, value in mine.items():
        other = theirs.get(name)
        if (value or None) != (other or None) and not (value is False and other is None):
            rows.append(
                {
                    "label": form[name].label,
                    "mijn": _shown(form, name, value),
                    "hun": _shown(form, name, other),
                }
            )
    return rows


def _shown(form, name: str, value: Any) -> str:
    if value in (None, "", []):
        return _("leeg")
    if isinstance(value, bool):
        return _("ja") if value else _("nee")
    labels = dict(getattr(form.fields[name], "choices", []))
    values = value if isinstance(value, list) else [value]
    return ", ".join(str(labels.get(item, item)) for item in values)
