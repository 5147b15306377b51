"""Which rows are about a patient: found by walking the models, so a new table cannot be forgotten.

A row is about a patient when its foreign keys lead there, over whatever rows. The export (S36), the
retention (S38) and the tests of the destruction (S37) all walk here; `rechten_vernietig` walks the
keys of the database itself, and a test holds the two together.
"""

from collections.abc import Iterator
from functools import cache, reduce
from operator import or_

from django.apps import apps
from django.db import models
from django.db.models import Q, QuerySet

from kern.models import Zending
from triage.models import Patient

ANDERMANS = {"triage_oproep.herhaling_van_id"}
"""Keys that point at a row of the patient but are no part of the file: the call of another."""

BEWIJS = {"rechten_patientverzoek.patient_id", "rechten_vernietiging.patient_id"}
"""Keys of what stays as minimal proof when the file is destroyed."""

BLIJFT = ANDERMANS | BEWIJS
"""Keys that a destruction empties; the rows behind every other key go."""


def column_of(field: models.Field) -> str:
    return f"{field.model._meta.db_table}.{field.column}"


def keys_to(model: type[models.Model]) -> Iterator[models.Field]:
    """Yield the foreign keys of all models that point at this one."""
    for other in apps.get_models(include_auto_created=True):
        for field in other._meta.local_fields:
            if field.remote_field is not None and field.remote_field.model is model:
                yield field


@cache
def paths() -> dict[type[models.Model], tuple[str, ...]]:
    """Return every model about a patient with its lookups to the patient, nearest first."""
    found: dict[type[models.Model], list[str]] = {Patient: ["pk", "opgegaan_in"]}
    edge = [(Patient, "", frozenset({Patient}))]
    while edge:
        following = []
        for parent, path, passed in edge:
            for field in keys_to(parent):
                if column_of(field) in ANDERMANS or field.model in passed:
                    continue
                lookup = f"{field.name}__{path}" if path else field.name
                found.setdefault(field.model, []).append(lookup)
                following.append((field.model, lookup, passed | {field.model}))
        edge = following
    return {model: tuple(lookups) for model, lookups in found.items()}


def rows_of(model: type[models.Model], patient_ids) -> QuerySet:
    """Return the rows of a model about these patients, oldest first where it knows."""
    lookups = (Q(**{f"{path}__in": patient_ids}) for path in paths()[model])
    rows = model._base_manager.filter(reduce(or_, lookups))
    order = ["aangemaakt_op", "pk"] if _has(model, "aangemaakt_op") else ["pk"]
    # By primary key, because two paths may lead to the same row.
    return model._base_manager.filter(pk__in=rows.values("pk")).order_by(*order)


def messages_of(patient_ids) -> QuerySet:
    """Return the messages that rows about these patients sent."""
    sent = [
        Q(pk__in=rows_of(field.model, patient_ids).values(field.column))
        for field in keys_to(Zending)
        if field.model in paths()
    ]
    return Zending.objects.filter(reduce(or_, sent)).order_by("aangemaakt_op", "pk")


def dossier_models() -> list[type[models.Model]]:
    """Return the models whose change is a change of the file: all but this room's own."""
    return [
        model
        for model in paths()
        if model._meta.app_label != "rechten" and _has(model, "gewijzigd_op")
    ]


def _has(model: type[models.Model], name: str) -> bool:
    return any(field.name == name for field in model._meta.local_concrete_fields)
