"""Join two rows of one person, and take them apart again exactly (§4.1: one file per patient)."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.utils.translation import gettext as _

from kern import logboek
from kern.actor import Actor
from kern.tijd import db_now
from triage.models import Oproep, Patient
from triage.patientstand import PATIENTVELDEN
from verslag.actions.fouten import SamenvoegenGeweigerd
from verslag.dubbel import Persoon, judge
from verslag.models import Passantendossier, Samenvoeging, Verslag
from verslag.samenvoegbezwaar import objection_of_others

# The dossier itself, of which each patient has one, and what tells of the joining.
_BLIJFT_STAAN = (Passantendossier, Samenvoeging)


def person_of(patient: Patient) -> Persoon:
    """Return what `verslag.dubbel` judges."""
    return Persoon(
        naam=patient.naam,
        geboortedatum=patient.geboortedatum,
        postcode=patient.postcode,
        telefoon=patient.telefoon,
        bsn=patient.bsn,
    )


@transaction.atomic
def merge_patients(
    blijft: Patient, vervalt: Patient, *, overnemen: frozenset[str], reden: str, by: Actor
) -> Samenvoeging:
    """Hang everything of `vervalt` below `blijft`; `overnemen` names the details to take over.

    What `blijft` lacks is taken over always. `SamenvoegenGeweigerd` while one of them has a running
    call, when the BSNs differ, or when one was joined meanwhile.
    """
    blijft, vervalt = _locked(blijft, vervalt)
    _check(blijft, vervalt, reden)
    voor, na = _take_over(blijft, vervalt, overnemen)
    made = False
    if Passantendossier.objects.filter(patient=vervalt).exists():
        _dossier, made = Passantendossier.objects.get_or_create(
            patient=blijft, defaults={"kring_id": blijft.kring_id}
        )
    row = Samenvoeging.objects.create(
        kring_id=blijft.kring_id,
        blijft=blijft,
        vervallen=vervalt,
        reden=reden.strip(),
        verplaatst=_move(vervalt, blijft),
        voor=voor,
        na=na,
        maakte_dossier=made,
        gedaan_op=db_now(),
        gedaan_door_id=by.gebruiker_id,
    )
    vervalt.opgegaan_in = blijft
    vervalt.save(update_fields=["opgegaan_in", "gewijzigd_op"])
    _record("patient.samengevoegd", row, by)
    return row


def _locked(een: Patient, ander: Patient) -> tuple[Patient, Patient]:
    """Return the newest rows, held against everybody who points at them: no call slips in.

    Calls, reports, patients: the order of every action of the report.
    """
    pair = [een.pk, ander.pk]
    calls = Oproep.objects.filter(patient__in=pair).order_by("pk")
    list(calls.select_for_update(no_key=True).values_list("pk"))
    reports = Verslag.objects.filter(dossier__patient__in=pair).order_by("pk")
    list(reports.select_for_update(of=("self",), no_key=True).values_list("pk"))
    rows = {
        row.pk: row
        for row in Patient.objects.filter(pk__in=pair).order_by("pk").select_for_update()
    }
    return rows[een.pk], rows[ander.pk]


def _check(blijft: Patient, vervalt: Patient, reden: str) -> None:
    if blijft == vervalt:
        raise SamenvoegenGeweigerd(_("Dit is twee keer dezelfde patiënt. Kies een andere."))
    if blijft.opgegaan_in_id or vervalt.opgegaan_in_id:
        raise SamenvoegenGeweigerd(_("Een van beide is al samengevoegd. Zoek opnieuw."))
    if bezwaar := judge(person_of(blijft), person_of(vervalt)).bezwaar:
        raise SamenvoegenGeweigerd(bezwaar)
    _check_running(blijft, vervalt)
    if bezwaar := objection_of_others(blijft, vervalt):
        raise SamenvoegenGeweigerd(bezwaar)
    if not reden.strip():
        raise SamenvoegenGeweigerd(
            _("Schrijf op hoe je weet dat het dezelfde patiënt is."), veld="reden"
        )


def _check_running(*patients: Patient) -> None:
    """The outcome of a running call counts with age and own dentist: it must not shift unseen."""
    running = Oproep.objects.open().filter(patient__in=patients).order_by("nummer").first()
    if running is not None:
        raise SamenvoegenGeweigerd(
            _("Oproep %s van deze patiënt loopt nog. Wacht tot die is afgerond.") % running.nummer
        )


def _take_over(
    blijft: Patient, vervalt: Patient, overnemen: frozenset[str]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Set the details on `blijft`; return those that changed as they were and as they are."""
    chosen = [name for name in PATIENTVELDEN if _is_taken(name, blijft, vervalt, overnemen)]
    voor = {name: _plain(getattr(blijft, name)) for name in chosen}
    for name in chosen:
        setattr(blijft, name, getattr(vervalt, name))
    if chosen:
        blijft.save(update_fields=[*chosen, "gewijzigd_op"])
    return voor, {name: _plain(getattr(blijft, name)) for name in chosen}


def _is_taken(name: str, blijft: Patient, vervalt: Patient, overnemen: frozenset[str]) -> bool:
    """Whether a detail comes from `vervalt`: it was chosen, or `blijft` has none."""
    if getattr(vervalt, name) == getattr(blijft, name):
        return False
    if name == "eigen_tandarts":
        # Never apart from the answer whether there is one.
        says = "heeft_eigen_tandarts"
        if _is_taken(says, blijft, vervalt, overnemen):
            return True
        if getattr(blijft, says) != getattr(vervalt, says):
            return False
    return (name in overnemen or _is_empty(blijft, name)) and not _is_empty(vervalt, name)


def _is_empty(patient: Patient, name: str) -> bool:
    return getattr(patient, name) in ("", None, "onbekend")


def _plain(value: Any) -> Any:
    """Return a value as JSON holds it."""
    if isinstance(value, models.Model):
        return str(value.pk)
    return value.isoformat() if isinstance(value, date) else value


def _move(van: Patient, naar: Patient) -> dict[str, list[str]]:
    """Let every row that points at one patient, or its dossier, point at the other."""
    moved: dict[str, list[str]] = {}
    pairs: list[tuple[models.Model, models.Model]] = [(van, naar)]
    old = Passantendossier.objects.filter(patient=van).first()
    if old is not None:
        pairs.append((old, Passantendossier.objects.get(patient=naar)))
    for source, target in pairs:
        for model, column in pointing_at(type(source)):
            rows = model._default_manager.filter(**{column: source})
            keys = [str(pk) for pk in rows.values_list("pk", flat=True)]
            if keys:
                rows.update(**{column: target})
                moved[f"{model._meta.label}.{column}"] = keys
    return moved


def pointing_at(model: type[models.Model]) -> Iterator[tuple[type[models.Model], str]]:
    """Yield every column that names a row of this model; what only ever is added stays put."""
    for relation in model._meta.related_objects:
        other = relation.related_model
        if other not in _BLIJFT_STAAN and not getattr(other, "append_only", False):
            yield other, relation.field.name


@transaction.atomic
def undo_merge(samenvoeging: Samenvoeging, *, reden: str, by: Actor) -> Samenvoeging:
    """Put every row and every detail back as it was; what came later stays with `blijft`.

    `SamenvoegenGeweigerd`, with the reason, when a row or a detail was changed again since.
    """
    blijft, vervallen = _locked(samenvoeging.blijft, samenvoeging.vervallen)
    row = Samenvoeging.objects.select_for_update(of=("self",)).get(pk=samenvoeging.pk)
    if bezwaar := objection_to_undo(row, blijft, vervallen):
        raise SamenvoegenGeweigerd(bezwaar)
    if not reden.strip():
        raise SamenvoegenGeweigerd(_("Schrijf op waarom dit twee patiënten zijn."), veld="reden")
    for name, value in row.voor.items():
        setattr(blijft, _patient_field(name).attname, _typed(name, value))
    if row.voor:
        blijft.save(update_fields=[*row.voor, "gewijzigd_op"])
    for label, keys in row.verplaatst.items():
        _put_back(label, keys, vervallen)
    if row.maakte_dossier:
        _drop_empty_dossier(blijft)
    vervallen.opgegaan_in = None
    vervallen.save(update_fields=["opgegaan_in", "gewijzigd_op"])
    # They are two people: the details of the one may not stay with the file of the other.
    row.voor, row.na = {}, {}
    row.ongedaan_op, row.ongedaan_door_id = db_now(), by.gebruiker_id
    row.ongedaan_reden = reden.strip()
    row.save()
    _record("patient.gesplitst", row, by)
    return row


def objection_to_undo(row: Samenvoeging, blijft: Patient, vervallen: Patient) -> str:
    """Return why these two cannot be taken apart any more, or ""."""
    if row.ongedaan_op is not None:
        return _("Deze samenvoeging is al ongedaan gemaakt.")
    # Whatever was joined before moves along, so that a joined row names the living one at once.
    if vervallen.opgegaan_in_id != blijft.pk:
        return _("Deze patiënt is daarna zelf samengevoegd. Maak dat eerst ongedaan.")
    for name, value in row.na.items():
        if _plain(getattr(blijft, name)) != value:
            field = _patient_field(name).verbose_name
            return _("Van de patiënt is daarna gewijzigd: %s. Terugzetten zou dat wissen.") % field
    running = Oproep.objects.open().filter(patient=blijft).order_by("nummer").first()
    if running is not None:
        return (
            _("Oproep %s van deze patiënt loopt nog. Wacht tot die is afgerond.") % running.nummer
        )
    return objection_of_others(blijft, vervallen) or _moved_since(row, blijft)


def _moved_since(row: Samenvoeging, blijft: Patient) -> str:
    """Return which part does not hang below `blijft` any more, or ""."""
    for label, keys in row.verplaatst.items():
        model, column = _column_of(label)
        standing = model._default_manager.filter(
            pk__in=keys, **{column: _target(model, column, blijft)}
        )
        if standing.count() != len(keys):
            return (
                _(
                    "Een deel staat niet meer bij deze patiënt (%s): het is daarna verwijderd of "
                    "verplaatst."
                )
                % model._meta.verbose_name_plural
            )
    return ""


def _patient_field(name: str) -> models.Field:
    return next(field for field in Patient._meta.concrete_fields if field.name == name)


def _column_of(label: str) -> tuple[type[models.Model], str]:
    model, column = label.rsplit(".", 1)
    return apps.get_model(model), column


def _target(model: type[models.Model], column: str, patient: Patient) -> models.Model | None:
    """Return what the column names: the patient, or the dossier of the patient."""
    if model._meta.get_field(column).related_model is Patient:
        return patient
    return Passantendossier.objects.filter(patient=patient).first()


def _put_back(label: str, keys: list[str], vervallen: Patient) -> None:
    model, column = _column_of(label)
    rows = model._default_manager.filter(pk__in=keys)
    rows.update(**{column: _target(model, column, vervallen)})


def _drop_empty_dossier(patient: Patient) -> None:
    try:
        with transaction.atomic():
            Passantendossier.objects.filter(patient=patient).delete()
    except models.ProtectedError:
        # A report was written since: the dossier is needed.
        return


def _typed(name: str, value: Any) -> Any:
    """Return a kept value as the row takes it."""
    return date.fromisoformat(value) if name == "geboortedatum" and value else value


def later_facts(row: Samenvoeging) -> list[str]:
    """Return what came after joining and stays with `blijft`, in sentences."""
    calls = Oproep.objects.filter(patient=row.blijft_id, aangemaakt_op__gt=row.gedaan_op)
    facts = [
        _("Oproep %s kwam daarna en blijft bij deze patiënt.") % nummer
        for nummer in calls.order_by("nummer").values_list("nummer", flat=True)
    ]
    moved = row.verplaatst.get("verslag.Verslag.dossier", [])
    signed = Verslag.objects.filter(pk__in=moved, versies__getekend_op__gt=row.gedaan_op).distinct()
    return facts + [
        _("Het verslag bij oproep %s is daarna opnieuw getekend. Lees het na en verbeter het.")
        % nummer
        for nummer in signed.order_by("oproep__nummer").values_list("oproep__nummer", flat=True)
    ]


def _record(gebeurtenis: str, row: Samenvoeging, by: Actor) -> None:
    """Write the line at both patients: whoever asks after one of them finds it."""
    for patient_id in (row.blijft_id, row.vervallen_id):
        logboek.record(
            gebeurtenis,
            "U",
            by=by,
            kring_id=row.kring_id,
            object_soort="samenvoeging",
            object_id=row.pk,
            patient_id=patient_id,
        )


def fields_that_differ(een: Patient, ander: Patient) -> Mapping[str, tuple[Any, Any]]:
    """Return the details that both have and that are not the same: somebody has to choose."""
    return {
        name: (getattr(een, name), getattr(ander, name))
        for name in PATIENTVELDEN
        if getattr(een, name) != getattr(ander, name)
        and not _is_empty(een, name)
        and not _is_empty(ander, name)
    }
