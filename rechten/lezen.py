"""Questions about requests and files: terms, what was given, when a file last changed."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from django.db.models import DateTimeField, F, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Greatest

from kern import feestdagen
from kern.tijd import to_local
from kring.models import Kring
from rechten import pad, regels
from rechten.models import Afgifte, Patientverzoek, Rechteninstelling, Vernietiging
from triage.models import Patient
from verslag.models import Pakket, Verklaring, Verslagversie


def term_of(verzoek: Patientverzoek) -> date:
    """Return the last day on which the answer is in time."""
    return regels.term_of(
        verzoek.ontvangen_op,
        verlengd=verzoek.verlengd_op is not None,
        is_vrij=lambda dag: dag in feestdagen.holidays(dag.year),
    )


def tarief_of(kring_id: int) -> int:
    """Return what a further copy costs, in cents."""
    row = Rechteninstelling.objects.filter(kring_id=kring_id).first()
    return row.tarief_cent if row else 0


def newest_versions(patient_ids) -> list[Verslagversie]:
    """Return the newest signed version of each report about these patients, oldest report first."""
    rows = pad.rows_of(Verslagversie, patient_ids).select_related("verslag__oproep")
    newest = {versie.verslag_id: versie for versie in rows.order_by("nummer")}
    return sorted(newest.values(), key=lambda versie: versie.verslag.oproep.aangenomen_op)


def given_before(patient_id: UUID) -> set[str]:
    """Return the ids of the versions that were given in an earlier copy."""
    given = Afgifte.objects.filter(verzoek__patient=patient_id).values_list("versies", flat=True)
    return {pk for versies in given for pk in versies}


def with_last_change(patients: QuerySet[Patient]) -> QuerySet[Patient]:
    """Annotate `laatst`: when anything in the file was last written, by the clock of its rows."""
    newest = [
        Subquery(
            model._base_manager.filter(**{path: OuterRef("pk")})
            .order_by()
            .values(path)
            .annotate(laatst=Max("gewijzigd_op"))
            .values("laatst"),
            output_field=DateTimeField(),
        )
        for model in pad.dossier_models()
        if model is not Patient
        for path in pad.paths()[model]
    ]
    # PostgreSQL's GREATEST passes NULL over.
    return patients.annotate(laatst=Greatest(F("gewijzigd_op"), *newest))


def last_changes(patients: QuerySet[Patient], maximum: int) -> Iterator[tuple[Patient, date]]:
    """Yield patients with the day on which their file was last written, longest ago first."""
    for patient in with_last_change(patients).order_by("laatst")[:maximum]:
        yield patient, to_local(patient.laatst).date()


def living_links(verzoek: Patientverzoek) -> QuerySet[Pakket]:
    """Return the links of this request that still open something."""
    rows = list(verzoek.afgiften.filter(wijze=Afgifte.Wijze.OPHALEN))
    return Pakket.objects.filter(
        voor=Pakket.Voor.PATIENT,
        overdracht=None,
        gesloten_op=None,
        versie__in={pk for row in rows for pk in row.versies},
        naam__in={row.uitgereikt_aan for row in rows},
    )


def whose(row: Patientverzoek | Vernietiging) -> UUID:
    """Return the patient of a row; `ValueError` when the file is gone and only proof is left."""
    if row.patient_id is None:
        raise ValueError(f"{row} is proof of a file that is gone")
    return row.patient_id


def statements_of(verzoek: Patientverzoek) -> list[Verklaring]:
    """Return what the patient stated with this request."""
    rows = Verklaring.objects.filter(patient=verzoek.patient_id, verzoek_nummer=verzoek.nummer)
    return list(rows.select_related("verslag__oproep")) if verzoek.patient_id else []


def to_weigh(kring_id: int, dag: date) -> QuerySet[Vernietiging]:
    """Return the destructions that still need a signature; not those that were put off."""
    return Vernietiging.objects.filter(kring_id=kring_id, uitgevoerd_op__isnull=True).exclude(
        aangehouden_tot__gte=dag
    )


def sizes(patient_id: UUID) -> list[tuple[str, int]]:
    """Return how many rows of each kind would go: (name, number), nothing of their content."""
    counts = [
        (model._meta, pad.rows_of(model, [patient_id]).count()) for model in pad.dossier_models()
    ]
    return [
        (str(meta.verbose_name if aantal == 1 else meta.verbose_name_plural), aantal)
        for meta, aantal in counts
        if aantal
    ]


def search(kring: Kring, *, naam: str, geboortedatum: date | None, maximum: int) -> list[Patient]:
    """Return patients of this name, as `toezicht` finds them for the overview of accesses."""
    rows = Patient.objects.living().filter(kring=kring, naam__unaccent__icontains=naam)
    if geboortedatum:
        rows = rows.filter(geboortedatum=geboortedatum)
    return list(rows.order_by("naam", "geboortedatum")[:maximum])
