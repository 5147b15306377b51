"""The frame of a kring: its kinds of duty, holidays and opening hours, each from a day on."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from itertools import pairwise

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError, Q, QuerySet
from django.utils.translation import gettext as _

from kern import logboek
from kern.actor import Actor
from kern.tenancy import one_at_a_time
from kern.weergave import format_datum
from kern.weigering import refusing
from kring.models import Deelnemer
from rooster.kader.kalender import Soort, make_duties, national_holidays
from rooster.kader.rijen import holidays_of, lines
from rooster.kader.zinnen import objections
from rooster.models import Dienstsoort, Feestdag, Openingstijd, Roosterperiode
from rooster.models.kader import WEEKDAGEN

KADER = "rooster.kader.rijen"
PROEF = timedelta(days=731)
"""Two years: both clock changes, every holiday, and a leap day when one is near."""
CONSTRAINTS = {
    "dienstsoort_geldig": "",
    "dienstsoort_duur": "",
    "dienstsoort_op_een_dag": "",
    "dienstsoort_naam_eenmaal": "",
    "openingstijd_van_voor_tot": "",
}
Status = Roosterperiode.Status


@dataclass(frozen=True)
class Uren:
    """Opening hours of a practice on one day of the week, Monday is 0."""

    weekdag: int
    van: time
    tot: time


@transaction.atomic
def set_dienstsoorten(
    *, kring_id: int, vanaf: date, soorten: Sequence[Soort], by: Actor
) -> list[Dienstsoort]:
    """Let these lines hold from a day on, in the place of all that held then.

    Refused as a whole when they do not tile two years from that day, the days before it included:
    the reasons name the line by its place in `soorten`.
    """
    one_at_a_time(KADER, kring_id)
    _refuse_in_the_making(kring_id, vanaf)
    rows = Dienstsoort.objects.filter(kring_id=kring_id)
    _refuse_untiled(kring_id, vanaf, soorten)
    try:
        rows.filter(geldig_vanaf__gte=vanaf).delete()
    except ProtectedError as error:
        raise ValidationError(
            _("Er zijn al diensten gemaakt met de afspraken na deze dag. Kies een latere dag.")
        ) from error
    still = Q(geldig_tot__isnull=True) | Q(geldig_tot__gte=vanaf)
    rows.filter(still).update(geldig_tot=vanaf - timedelta(days=1))
    with refusing(Dienstsoort, velden=CONSTRAINTS):
        made = Dienstsoort.objects.bulk_create(_kind(kring_id, vanaf, soort) for soort in soorten)
    _log("dienstsoorten.vastgesteld", "U", kring_id, by)
    return made


def _kind(kring_id: int, vanaf: date, soort: Soort) -> Dienstsoort:
    return Dienstsoort(
        kring_id=kring_id,
        naam=soort.naam,
        categorie=soort.categorie,
        dagen=sorted(soort.dagen),
        feestdagen=soort.feestdagen,
        vervuld_door=soort.vervuld_door,
        begin=soort.begin,
        einde=soort.einde,
        dagen_later=soort.dagen_later,
        geldig_vanaf=vanaf,
    )


def first_free_day(kring_id: int, vandaag: date) -> date:
    """Return the first day on which a change of the lines touches no roster."""
    fixed = _last_fixed(kring_id, vandaag)
    return (fixed.laatste_dag if fixed else vandaag) + timedelta(days=1)


def _last_fixed(kring_id: int, vanaf: date) -> Roosterperiode | None:
    """Return the last roster from a day on that is being made or is published."""
    return (
        Roosterperiode.objects.filter(
            kring_id=kring_id,
            laatste_dag__gte=vanaf,
            status__in=(Status.PLANNEN, Status.AKKOORD, Status.GEPUBLICEERD),
        )
        .order_by("eerste_dag")
        .last()
    )


def _refuse_in_the_making(kring_id: int, vanaf: date) -> None:
    """A roster that is being made or is published rests on the lines as they were."""
    fixed = _last_fixed(kring_id, vanaf)
    if fixed:
        raise ValidationError(
            {
                "vanaf": _("%(periode)s loopt tot en met %(dag)s. Kies een dag daarna.")
                % {"periode": fixed.naam, "dag": format_datum(fixed.laatste_dag)}
            }
        )


def _refuse_untiled(kring_id: int, vanaf: date, soorten: Sequence[Soort]) -> None:
    if not soorten:
        raise ValidationError(_("Vul ten minste één regel in."))
    doubles = [soort.naam for soort in soorten]
    if len(set(doubles)) < len(doubles):
        raise ValidationError(_("Twee regels hebben dezelfde naam. Geef ze elk een eigen naam."))
    for nummer, soort in enumerate(soorten, start=1):
        if soort.dagen_later == 0 and soort.begin >= soort.einde:
            raise ValidationError(
                _("Regel %(nummer)s (%(naam)s): een dienst moet na het begin eindigen.")
                % {"nummer": nummer, "naam": soort.naam}
            )
    until = vanaf - timedelta(days=1)
    before = [
        replace(soort, geldig_tot=min(soort.geldig_tot or until, until))
        for soort in lines(kring_id, vanaf, vanaf)
        if soort.geldig_vanaf < vanaf
    ]
    new = [
        replace(soort, sleutel=nummer, geldig_vanaf=vanaf, geldig_tot=None)
        for nummer, soort in enumerate(soorten, start=1)
    ]
    holidays = holidays_of(kring_id, vanaf, vanaf + PROEF)
    bezwaren = make_duties([*before, *new], vanaf, vanaf + PROEF, holidays).bezwaren
    if bezwaren:
        namen = {
            soort.sleutel: _("de afspraak van eerder (%(naam)s)") % {"naam": soort.naam}
            for soort in before
        }
        namen |= {
            soort.sleutel: _("regel %(nummer)s (%(naam)s)")
            % {"nummer": soort.sleutel, "naam": soort.naam}
            for soort in new
        }
        sentences = objections(bezwaren, namen)
        raise ValidationError([sentence[:1].upper() + sentence[1:] for sentence in sentences])


@transaction.atomic
def set_feestdagen(
    *,
    kring_id: int,
    jaar: int,
    vervallen: Collection[date],
    eigen: Mapping[date, str],
    by: Actor,
) -> None:
    """Fix the calendar of a year: which national days drop out, which days the kring adds."""
    one_at_a_time(KADER, kring_id)
    other = [dag for dag in (*vervallen, *eigen) if dag.year != jaar]
    if other:
        raise ValidationError(
            _("%(dag)s ligt niet in %(jaar)s.") % {"dag": format_datum(other[0]), "jaar": jaar}
        )
    national = national_holidays(jaar)
    Feestdag.objects.filter(kring_id=kring_id, datum__year=jaar).delete()
    Feestdag.objects.bulk_create(
        [
            *(
                Feestdag(kring_id=kring_id, datum=dag, naam=national.get(dag, ""), vervalt=True)
                for dag in vervallen
            ),
            *(
                Feestdag(kring_id=kring_id, datum=dag, naam=naam)
                for dag, naam in eigen.items()
                if dag not in vervallen
            ),
        ]
    )
    _log("feestdagen.vastgesteld", "U", kring_id, by)


@transaction.atomic
def set_openingstijden(
    deelnemer: Deelnemer, *, vanaf: date, uren: Sequence[Uren], by: Actor
) -> None:
    """Let these regular hours of a practice hold from a day on (§5.4.1)."""
    one_at_a_time(KADER, deelnemer.kring_id)
    _refuse_double_hours(uren)
    rows = Openingstijd.objects.filter(deelnemer=deelnemer)
    replace_from(rows, vanaf)
    with refusing(Openingstijd, velden=CONSTRAINTS):
        Openingstijd.objects.bulk_create(
            Openingstijd(
                kring_id=deelnemer.kring_id,
                deelnemer=deelnemer,
                weekdag=row.weekdag,
                van=row.van,
                tot=row.tot,
                geldig_vanaf=vanaf,
            )
            for row in uren
        )
    _log("openingstijden.opgeslagen", "U", deelnemer.kring_id, by, deelnemer=deelnemer)


def replace_from(rows: QuerySet, vanaf: date) -> None:
    """End the rows that hold on a day; those that would only begin then are gone."""
    rows.filter(geldig_vanaf__gte=vanaf).delete()
    still = Q(geldig_tot__isnull=True) | Q(geldig_tot__gte=vanaf)
    rows.filter(still, geldig_vanaf__lt=vanaf).update(geldig_tot=vanaf - timedelta(days=1))


def _refuse_double_hours(uren: Sequence[Uren]) -> None:
    found = sorted(uren, key=lambda row: (row.weekdag, row.van))
    for row in found:
        if row.van >= row.tot:
            raise ValidationError(
                _("%(dag)s: de eindtijd moet na de begintijd liggen.") % {"dag": _day(row)}
            )
    for row, after in pairwise(found):
        if row.weekdag == after.weekdag and after.van < row.tot:
            raise ValidationError(_("%(dag)s: de tijden vallen over elkaar.") % {"dag": _day(row)})


def _day(row: Uren) -> str:
    return str(WEEKDAGEN[row.weekdag][1]).capitalize()


def _log(
    gebeurtenis: str,
    actie: str,
    kring_id: int,
    by: Actor,
    *,
    deelnemer: Deelnemer | None = None,
) -> None:
    about = {"object_soort": "deelnemer", "object_id": deelnemer.pk} if deelnemer else {}
    logboek.record(gebeurtenis, actie, by=by, kring_id=kring_id, **about)
