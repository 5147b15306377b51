"""Everything we hold about one patient, as files: the reports for a copy, or all of it (S36).

The tables come from `rechten.pad`; a field is left out only with a reason in `NIET`. Of colleagues
there is a name, and of the log what `toezicht.overzicht` shows a patient.
"""

import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import models
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from kern.models import Zending
from kern.versleuteld import BlindeIndex, VersleuteldBinair
from kring.models import Kring, Tandarts
from rechten import lezen, pad
from toezicht import overzicht
from toezicht import pdf as inzage_pdf
from triage.models import Patient
from triage.models.zoekwoord import Zoekwoord
from verslag.models import Bijlage, Verklaring, Verslagversie
from verslag.pdf import filename, pdf_of, to_pdf
from verslag.weergave import attachment_filename

FORMAAT = 1

NIET = {
    "kern.Zending.inhoud": "het bericht zelf noemt geen patiënt, wel de sleutel van een link",
    "kern.Zending.sleutel": "noemt alleen nummers van rijen",
    "verslag.Pakket.token_hash": "sleutel van de ontvanger",
    "verslag.Pakket.code_hash": "sleutel van de ontvanger",
    "verslag.Pakketdeel.inhoud": "kopie van het verslag die alleen met de link opengaat",
    "verslag.Bijlage.miniatuur": "kleine kopie van het bestand, dat er zelf in zit",
    "verslag.VerslagPdf.inhoud": "zit als pdf in de map verslagen",
    "rechten.Vernietiging.coordinator_id": "nummer van een medewerker",
    "rechten.Vernietiging.fg_id": "nummer van een medewerker",
}
"""Fields that the patient does not get, each with its reason."""

_AFGELEID = (BlindeIndex, Zoekwoord)
"""Follow from a field that is in it: made to find a row, they say nothing more."""


@dataclass
class Bundel:
    """Files on their way into one archive; `versies` are the signed versions in it."""

    bestanden: dict[str, bytes] = field(default_factory=dict)
    versies: list[str] = field(default_factory=list)

    def add(self, naam: str, inhoud: bytes) -> str:
        """Add a file and return the name that it got: a second one of a name gets a number."""
        stem, dot, ending = naam.rpartition(".")
        nummer = 1
        while naam in self.bestanden:
            nummer += 1
            naam = f"{stem}-{nummer}{dot}{ending}"
        self.bestanden[naam] = inhoud
        return naam

    def as_download(self, stam: str) -> tuple[str, bytes, str]:
        """Return name, bytes and media type: one PDF as it is, anything else as an archive."""
        if len(self.bestanden) == 1:
            (naam, inhoud) = next(iter(self.bestanden.items()))
            if naam.endswith(".pdf"):
                return naam, inhoud, "application/pdf"
        return f"{stam}.zip", self.to_zip(), "application/zip"

    def to_zip(self) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for naam, inhoud in self.bestanden.items():
                archive.writestr(naam, inhoud)
        return out.getvalue()


def copy_of(patient: Patient) -> Bundel:
    """Return the newest version of every report, with its attachments (BW 7:456)."""
    bundel = Bundel()
    for versie in lezen.newest_versions([patient.pk]):
        _add_letter(bundel, versie, map_="")
        rows = Bijlage.objects.filter(in_versies__versie=versie).select_related("verslag__oproep")
        for bijlage in rows:
            if bijlage.is_leesbaar:
                bundel.add(attachment_filename(bijlage), bijlage.checked_content(versie))
    if bundel.bestanden and (statements := list(pad.rows_of(Verklaring, [patient.pk]))):
        bundel.add("verklaring-van-de-patient.pdf", _statements(patient, statements))
    return bundel


def _statements(patient: Patient, rows: list[Verklaring]) -> bytes:
    """Return the own words of the patient: they go with every copy (BW 7:454 lid 2)."""
    context = {"patient": patient, "kring": patient.kring, "verklaringen": rows}
    return to_pdf(render_to_string("rechten/verklaring_pdf.html", context))


def all_of(kring: Kring, patient: Patient, *, nu: datetime) -> Bundel:
    """Return everything: every table, every file, every letter, and who looked (AVG 15)."""
    bundel = Bundel()
    toegangen = overzicht.accesses(patient.pk)
    tabellen = [_table(model, rows, bundel) for model, rows in _tables(patient)]
    for versie in pad.rows_of(Verslagversie, [patient.pk]):
        _add_letter(bundel, versie, map_="verslagen/")
    gegevens = {
        "formaat": FORMAAT,
        "kring": kring.naam,
        "gemaakt_op": nu.isoformat(),
        "tabellen": {tabel["naam"]: tabel["rijen"] for tabel in tabellen},
        "inzage": [_access(row) for row in toegangen],
    }
    bundel.add("gegevens.json", _json(gegevens))
    context = {"kring": kring, "patient": patient, "tabellen": tabellen, "nu": nu}
    bundel.add("gegevens.pdf", to_pdf(render_to_string("rechten/gegevens_pdf.html", context)))
    bundel.add("wie-zag-mijn-gegevens.pdf", inzage_pdf.render(kring, patient, toegangen, nu))
    bundel.add("LEESMIJ.txt", _readme(kring).encode())
    return bundel


def _tables(patient: Patient) -> Iterator[tuple[type[models.Model], models.QuerySet]]:
    for model in pad.paths():
        yield model, pad.rows_of(model, [patient.pk])
    yield Zending, pad.messages_of([patient.pk])


def fields_of(model: type[models.Model]) -> list[models.Field]:
    """Return the fields of a table that the patient gets."""
    return [
        found
        for found in model._meta.local_concrete_fields
        if not isinstance(found, _AFGELEID) and label_of(found) not in NIET
    ]


def label_of(found: models.Field) -> str:
    return f"{found.model._meta.label}.{found.name}"


def _table(model: type[models.Model], rows: models.QuerySet, bundel: Bundel) -> dict[str, Any]:
    fields = fields_of(model)
    people = [
        found.name
        for found in fields
        if found.is_relation and found.remote_field.model in _people()
    ]
    filled = []
    for row in rows.select_related(*people):
        filled.append({found.name: _value(row, found, bundel) for found in fields})
    return {
        "naam": model._meta.db_table,
        "titel": str(model._meta.verbose_name_plural),
        "rijen": filled,
        "regels": [_readable(row, fields) for row in filled],
    }


def _readable(row: dict[str, Any], fields: list[models.Field]) -> list[tuple[str, str]]:
    """Return what there is to read in a row: no numbers of rows, nothing empty."""
    named = [(found, row[found.name]) for found in fields]
    return [
        (str(found.verbose_name), _words(value))
        for found, value in named
        if value not in (None, "", [], {}) and not _is_number_of_a_row(found)
    ]


def _is_number_of_a_row(found: models.Field) -> bool:
    to_person = found.is_relation and found.remote_field.model in _people()
    return (found.is_relation and not to_person) or isinstance(found, models.UUIDField)


def _words(value: Any) -> str:
    if isinstance(value, bool):
        return _("ja") if value else _("nee")
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, indent=1)
    return str(value)


def _people() -> tuple[type[models.Model], ...]:
    from django.contrib.auth import get_user_model

    return (get_user_model(), Tandarts)


def _value(row: models.Model, found: models.Field, bundel: Bundel) -> Any:
    """Return one value as JSON can hold it; a file goes into the archive and leaves its name."""
    if found.is_relation:
        if found.remote_field.model in _people():
            person = getattr(row, found.name)
            return person.naam if person else None
        key = getattr(row, found.attname)
        return key if key is None or isinstance(key, int) else str(key)
    value = getattr(row, found.attname)
    if isinstance(found, VersleuteldBinair):
        return _file(row, found, value, bundel)
    if isinstance(found, models.BinaryField):
        return _("%s bytes, verzegeld") % len(value)
    if found.choices:
        return str(dict(found.flatchoices).get(value, value))
    return _plain(value)


def _file(row: models.Model, found: models.Field, value: bytes, bundel: Bundel) -> str:
    if isinstance(row, Bijlage):
        if not row.is_leesbaar:
            return _("in quarantaine: %s") % row.get_scan_display()
        return bundel.add(f"bestanden/{attachment_filename(row)}", bytes(value))
    return bundel.add(f"bestanden/{found.model._meta.db_table}-{found.name}.bin", bytes(value))


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, UUID | Decimal):
        return str(value)
    return value


def _add_letter(bundel: Bundel, versie: Verslagversie, *, map_: str) -> None:
    bundel.add(map_ + filename(versie), pdf_of(versie))
    bundel.versies.append(str(versie.pk))


def _access(row: overzicht.Toegang) -> dict[str, str]:
    return {
        "moment": row.moment.isoformat(),
        "wie": row.wie,
        "rol": row.rol,
        "namens": row.namens,
        "wat": row.wat,
        "waarom": row.waarom,
        "uitkomst": row.uitkomst,
    }


def _json(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=2).encode()


def _readme(kring: Kring) -> str:
    return _(
        "Dit zijn alle gegevens die spoedgevallendienst %(kring)s van u heeft.\n\n"
        "gegevens.pdf               alle gegevens, om te lezen\n"
        "gegevens.json              dezelfde gegevens, voor een computer\n"
        "wie-zag-mijn-gegevens.pdf  wie uw gegevens heeft gezien\n"
        "verslagen/                 de getekende verslagen, elke versie\n"
        "bestanden/                 foto's en andere bijlagen\n\n"
        "Klopt er iets niet, of wilt u iets laten verwijderen? Neem contact op met de kring:\n"
        "%(adres)s\n"
    ) % {"kring": kring.naam, "adres": settings.ADRES}
