"""The rows of the frame as the pure calendar and the pure shares take them.

What a period asks of everybody, in one place: the pages, the draft and the export all ask here.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.db.models import Q, Sum

from kring.models import Tandarts
from rooster.kader.aandelen import Aandelen, Inzetregel, Vrijstelregel, shares
from rooster.kader.kalender import (
    MARGE,
    EigenDag,
    Kalender,
    Soort,
    holidays_between,
    make_duties,
)
from rooster.models import (
    Categorie,
    Dienstsoort,
    Feestdag,
    Inzet,
    Roosterperiode,
    Saldo,
    Vrijstelling,
)

HELE_FTE = Decimal(1)
"""Who has no line anywhere counts as a whole dentist of the own practice."""


def soort_of(row: Dienstsoort) -> Soort:
    """Return a kind as a line of the calendar; its key is the row's id."""
    return Soort(
        sleutel=row.pk,
        naam=row.naam,
        categorie=row.categorie,
        dagen=frozenset(row.dagen),
        begin=row.begin,
        einde=row.einde,
        dagen_later=row.dagen_later,
        feestdagen=row.feestdagen,
        vervuld_door=row.vervuld_door,
        geldig_vanaf=row.geldig_vanaf,
        geldig_tot=row.geldig_tot,
    )


def valid(field: str, first: date, last: date) -> Q:
    """Rows that hold on some day of [first, last]; `field` is geldig or the name of the pair."""
    van, tot = {"geldig": ("geldig_vanaf", "geldig_tot"), "dag": ("eerste_dag", "laatste_dag")}[
        field
    ]
    open_end = Q(**{f"{tot}__isnull": True}) | Q(**{f"{tot}__gte": first})
    return Q(**{f"{van}__lte": last}) & open_end


def lines(kring_id: int, eerste_dag: date, laatste_dag: date) -> list[Soort]:
    """Return the kinds of these days, and those just before: a weekend may still run."""
    rows = Dienstsoort.objects.filter(
        valid("geldig", eerste_dag - MARGE, laatste_dag), kring_id=kring_id
    )
    return [soort_of(row) for row in rows]


def holidays_of(kring_id: int, eerste_dag: date, laatste_dag: date) -> dict[date, str]:
    """Return the holidays of the kring in the years of these days, with their names."""
    rows = Feestdag.objects.filter(
        kring_id=kring_id,
        datum__year__gte=(eerste_dag - MARGE).year,
        datum__year__lte=(laatste_dag + MARGE).year,
    )
    own = [EigenDag(row.datum, row.naam, row.vervalt) for row in rows]
    return holidays_between(eerste_dag, laatste_dag, own)


def calendar_between(kring_id: int, eerste_dag: date, laatste_dag: date) -> Kalender:
    """Return the duties that begin on these days, and what is wrong with the frame; 2 queries."""
    soorten = lines(kring_id, eerste_dag, laatste_dag)
    holidays = holidays_of(kring_id, eerste_dag, laatste_dag)
    return make_duties(soorten, eerste_dag, laatste_dag, holidays)


def calendar_of(periode: Roosterperiode) -> Kalender:
    """Return the duties of a period; `soort` of each is the id of its kind."""
    return calendar_between(periode.kring_id, periode.eerste_dag, periode.laatste_dag)


def inzet_between(kring_id: int, eerste_dag: date, laatste_dag: date) -> list[Inzetregel]:
    """Return how much each active dentist works where; keys are ids.

    A dentist without any line counts as one whole dentist of the own practice: a kring that has
    not filled this in yet still divides fairly per head.
    """
    # Who comes from outside serves when asked, and is never planned (RO-8).
    dentists = Tandarts.objects.filter(
        kring_id=kring_id, actief=True, deelnemer__actief=True, waarnemer__isnull=True
    ).values_list("pk", "deelnemer_id")
    rows = Inzet.objects.filter(
        kring_id=kring_id,
        tandarts__actief=True,
        tandarts__waarnemer__isnull=True,
        deelnemer__actief=True,
    ).values_list("tandarts_id", "deelnemer_id", "fte", "doet_dienst", "geldig_vanaf", "geldig_tot")
    found = [Inzetregel(*row) for row in rows]
    filled_in = {row.tandarts for row in found}
    found += [
        Inzetregel(pk, deelnemer_id, HELE_FTE)
        for pk, deelnemer_id in dentists
        if pk not in filled_in
    ]
    return [
        row
        for row in found
        if row.vanaf <= laatste_dag and (row.tot is None or row.tot >= eerste_dag)
    ]


def exemptions_between(kring_id: int, eerste_dag: date, laatste_dag: date) -> list[Vrijstelregel]:
    """Return who is exempt, without the ground: that stays sealed."""
    rows = Vrijstelling.objects.filter(valid("dag", eerste_dag, laatste_dag), kring_id=kring_id)
    return [
        Vrijstelregel(*row)
        for row in rows.values_list("tandarts_id", "deel", "last", "eerste_dag", "laatste_dag")
    ]


def saldi_before(kring_id: int, dag: date) -> dict[tuple[object, str], Decimal]:
    """Return what each practice did more (+) or less (-) in all periods that began before a day."""
    rows = (
        Saldo.objects.filter(kring_id=kring_id, periode__eerste_dag__lt=dag)
        .values_list("deelnemer_id", "categorie")
        .annotate(som=Sum("verschil"))
    )
    return {(deelnemer_id, categorie): som for deelnemer_id, categorie, som in rows}


def shares_of(
    periode: Roosterperiode, categorieen: Iterable[str], *, met_saldi: bool = True
) -> Aandelen:
    """Return what everybody owes of these duties; one category in `categorieen` per duty.

    Keys are ids of deelnemer, and (tandarts, deelnemer). `met_saldi` False: the bare share, to
    compare with what was done.
    """
    days = (periode.eerste_dag, periode.laatste_dag)
    aantallen = dict.fromkeys(Categorie.values, 0) | Counter(categorieen)
    return shares(
        inzet_between(periode.kring_id, *days),
        exemptions_between(periode.kring_id, *days),
        saldi_before(periode.kring_id, periode.eerste_dag) if met_saldi else {},
        aantallen,
        days,
    )
