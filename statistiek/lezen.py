"""Read the figures of one kring and one period: three queries, however many calls there were.

Everything is counted by the database; only counts, shares and times come back, never a call. The
training has rows of its own and is not read here at all (U13).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import (
    Aggregate,
    BooleanField,
    Case,
    Count,
    DateField,
    DateTimeField,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import (
    Cast,
    Coalesce,
    ExtractHour,
    ExtractIsoWeekDay,
    Greatest,
)

from kern.tijd import AMSTERDAM
from statistiek import maten
from statistiek.periode import Periode
from triage.contact import CONTACT
from triage.models import Oproep, Termijn
from triage.protocol.termijnen import TE_MELDEN
from triage.querysets import HERHAALTERMIJN

TIMERNORM = timedelta(minutes=5)
"""A clock that ran out is resolved within this time (U14)."""

_TWAALF_JAAR = timedelta(days=4383)


class Percentiel(Aggregate):
    """The value below or at which this fraction lies: one that really occurred, never between."""

    function = "percentile_disc"
    template = "%(function)s(%(fractie)s) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = DurationField()

    def __init__(self, expression, fractie: float, **extra):
        super().__init__(expression, fractie=float(fractie), **extra)


@dataclass(frozen=True, slots=True)
class Duur:
    """How long it took: over `aantal` calls, of which `binnen` within the target."""

    aantal: int
    binnen: int
    mediaan: timedelta | None
    p90: timedelta | None


@dataclass(frozen=True, slots=True)
class Aandeel:
    """`teller` of `noemer`."""

    teller: int
    noemer: int


@dataclass(frozen=True, slots=True)
class Punt:
    """One step of the trend: how many calls, and how many dentists were spoken to in time."""

    begin: date
    aantal: int
    gesproken: Aandeel


@dataclass(frozen=True, slots=True)
class Cijfers:
    """All figures of a period; every mapping has a fixed order and a key for what was zero."""

    aantal: int
    nog_open: int
    duren: Mapping[str, Duur]
    aandelen: Mapping[str, Aandeel]
    intake_mist: Mapping[str, int]
    contact: Mapping[str, int]
    klacht: Mapping[str, int]
    afgebroken: Mapping[str, int]
    overgeslagen: Mapping[str, int]
    opgehoogd: Mapping[str, int]
    timers: Mapping[str, Aandeel]
    uur: Mapping[int, int]
    weekdag: Mapping[int, int]
    verloop: list[Punt] = field(default_factory=list)


def read(kring_id: int, periode: Periode, nu: datetime) -> Cijfers:
    """Return the figures; `nu` is the database clock, against which a term has passed or not."""
    calls = _calls(kring_id, periode)
    with connection.cursor() as cursor:
        # A hundred conditions over some thousand rows: compiling them takes longer than the work.
        cursor.execute("SET LOCAL jit = off")
    found = _with_moments(calls, nu).aggregate(**_all_aggregates(), **_steps(periode))
    uur, weekdag = _when(calls)
    return Cijfers(
        aantal=found["aantal"],
        nog_open=found["nog_open"],
        duren={maat.sleutel: _duration(found, maat.sleutel) for maat in maten.DUREN},
        aandelen={maat.sleutel: _share(found, maat.sleutel) for maat in _SHARES},
        intake_mist={key: found[f"mist_{key}"] for key, _titel, _mist in maten.INTAKE},
        contact={value: found[f"contact_{value}"] for value in Oproep.Contact.values},
        klacht={key: found[f"klacht_{key}"] for key in maten.KLACHT_BIJ},
        afgebroken={value: found[f"afbreek_{value}"] for value in Oproep.Afbreekreden.values},
        overgeslagen={key: found[f"reden_{key}"] for key in _REDENEN},
        opgehoogd={value: found[f"ophoog_{value}"] for value in Oproep.Ophoogreden.values},
        timers=_timers(kring_id, periode, nu),
        uur=uur,
        weekdag=weekdag,
        verloop=[
            Punt(day, found[f"stap_{number}"], _share(found, f"stap_{number}"))
            for number, (day, _begin, _einde) in enumerate(periode.steps())
        ],
    )


# Without a reason from the list: from before there was one, in somebody's own words.
_REDENEN = (*Oproep.RedenGeenContact.values, "")
_SHARES = (*maten.AANDELEN, maten.INTAKEMAAT)


def _calls(kring_id: int, periode: Periode) -> QuerySet:
    return Oproep.objects.filter(
        kring_id=kring_id, aangenomen_op__gte=periode.begin, aangenomen_op__lt=periode.einde
    )


def _with_moments(calls: QuerySet, nu: datetime) -> QuerySet:
    """Add what the definitions of `maten` speak of, one row a call."""
    spoken = Q(contactpogingen__resultaat__in=CONTACT, contactpogingen__vergissing__isnull=True)
    earlier = Oproep.objects.filter(
        kring_id=OuterRef("kring_id"),
        patient_id=OuterRef("patient_id"),
        aangenomen_op__lt=OuterRef("aangenomen_op"),
        aangenomen_op__gte=OuterRef("aangenomen_op") - HERHAALTERMIJN,
    )
    is_young = Q(antwoorden__leeftijd_jaren__lt=12) | Q(
        patient__geboortedatum__gt=Cast(F("aangenomen_op") - _TWAALF_JAAR, DateField())
    )
    return (
        calls.annotate(
            nu=Value(nu, DateTimeField()),
            gesproken_op=Min("contactpogingen__moment", filter=spoken),
            gebeld_op=Min("contactpogingen__moment"),
        )
        .annotate(
            # Who calls before the questions are through, calls in time.
            verplicht_sinds=Case(
                When(contact=Oproep.Contact.VERPLICHT, then=Coalesce("verplicht_op", "gebeld_op"))
            ),
            norm=Cast(KeyTextTransform("zien_binnen_min", "uitkomst"), IntegerField()),
            belde_eerder=Exists(earlier),
            jong=_yes(is_young),
        )
        .annotate(
            gesproken_na_plicht=Greatest("gesproken_op", "verplicht_sinds"),
            volledig=Case(
                When(maten.ONVOLLEDIG, then=False), default=True, output_field=BooleanField()
            ),
        )
    )


def _yes(condition: Q) -> Case:
    return Case(When(condition, then=True), default=False, output_field=BooleanField())


def _all_aggregates() -> dict[str, Aggregate]:
    found: dict[str, Aggregate] = {
        "aantal": Count("pk"),
        "nog_open": Count("pk", filter=~Q(status=Oproep.Status.AFGEROND)),
    }
    for duur in maten.DUREN:
        found |= _of_duration(duur)
    for maat in _SHARES:
        found[f"{maat.sleutel}_n"] = Count("pk", filter=maat.bij)
        found[f"{maat.sleutel}_t"] = Count("pk", filter=maat.bij & maat.haalt)
    for key, _titel, mist in maten.INTAKE:
        found[f"mist_{key}"] = Count("pk", filter=maten.INTAKEMAAT.bij & mist)
    for value in Oproep.Contact.values:
        found[f"contact_{value}"] = Count("pk", filter=Q(contact=value))
    for value in Oproep.Afbreekreden.values:
        found[f"afbreek_{value}"] = Count("pk", filter=Q(afbreekreden=value))
    for value in Oproep.Ophoogreden.values:
        raised = ~Q(opgehoogd_naar="") & Q(ophoogreden=value)
        found[f"ophoog_{value}"] = Count("pk", filter=raised)
    known = Q(reden_geen_contact__in=Oproep.RedenGeenContact.values)
    for value in _REDENEN:
        reason = Q(reden_geen_contact=value) if value else ~known
        found[f"reden_{value}"] = Count("pk", filter=maten.OVERGESLAGEN & reason)
    for key, condition in maten.KLACHT_BIJ.items():
        found[f"klacht_{key}"] = Count("pk", filter=condition)
    return found


def _steps(periode: Periode) -> dict[str, Aggregate]:
    maat = next(maat for maat in maten.AANDELEN if maat.sleutel == "gesproken_op_tijd")
    found: dict[str, Aggregate] = {}
    for number, (_day, begin, einde) in enumerate(periode.steps()):
        within = Q(aangenomen_op__gte=begin, aangenomen_op__lt=einde)
        found[f"stap_{number}"] = Count("pk", filter=within)
        found[f"stap_{number}_n"] = Count("pk", filter=within & maat.bij)
        found[f"stap_{number}_t"] = Count("pk", filter=within & maat.bij & maat.haalt)
    return found


def _of_duration(maat: maten.Duurmaat) -> dict[str, Aggregate]:
    took = ExpressionWrapper(F(maat.tot) - F(maat.van), DurationField())
    in_time = Q(**{f"{maat.tot}__lte": F(maat.van) + timedelta(seconds=maat.doel)})
    return {
        f"{maat.sleutel}_n": Count("pk", filter=maat.bij),
        f"{maat.sleutel}_binnen": Count("pk", filter=maat.bij & in_time),
        f"{maat.sleutel}_p50": Percentiel(took, 0.5, filter=maat.bij),
        f"{maat.sleutel}_p90": Percentiel(took, 0.9, filter=maat.bij),
    }


def _duration(found: Mapping[str, Any], key: str) -> Duur:
    return Duur(found[f"{key}_n"], found[f"{key}_binnen"], found[f"{key}_p50"], found[f"{key}_p90"])


def _share(found: Mapping[str, Any], key: str) -> Aandeel:
    return Aandeel(found[f"{key}_t"], found[f"{key}_n"])


def _timers(kring_id: int, periode: Periode, nu: datetime) -> dict[str, Aandeel]:
    """Return per kind of clock how many of those that ran out were resolved in time.

    A clock that was closed before it ran out, because something else took over or nothing was
    left to do, did not run out and does not count; one that was met in time does.
    """
    counts = Q(sluitreden=Termijn.Sluitreden.GEHAALD) | Q(gesloten_op__gt=F("vervalt_op"))
    counts |= Q(gesloten_op__isnull=True, vervalt_op__lt=nu - TIMERNORM)
    rows = (
        Termijn.objects.filter(
            counts,
            kring_id=kring_id,
            soort__in=TE_MELDEN,
            oproep__aangenomen_op__gte=periode.begin,
            oproep__aangenomen_op__lt=periode.einde,
        )
        .order_by()
        .values("soort")
        .annotate(
            noemer=Count("pk"),
            teller=Count("pk", filter=Q(gesloten_op__lte=F("vervalt_op") + TIMERNORM)),
        )
    )
    found = {row["soort"]: Aandeel(row["teller"], row["noemer"]) for row in rows}
    kinds = [soort for soort in Termijn.Soort.values if soort in TE_MELDEN]
    return {soort: found.get(soort, Aandeel(0, 0)) for soort in kinds}


def _when(calls: QuerySet) -> tuple[dict[int, int], dict[int, int]]:
    """Return calls per hour (0-23) and per weekday (1 = Monday) on the Amsterdam clock."""
    rows = (
        calls.order_by()
        .values(
            uur=ExtractHour("aangenomen_op", tzinfo=AMSTERDAM),
            dag=ExtractIsoWeekDay("aangenomen_op", tzinfo=AMSTERDAM),
        )
        .annotate(aantal=Count("pk"))
    )
    hours, days = dict.fromkeys(range(24), 0), dict.fromkeys(range(1, 8), 0)
    for row in rows:
        hours[row["uur"]] += row["aantal"]
        days[row["dag"]] += row["aantal"]
    return hours, days
