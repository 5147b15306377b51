"""The rows behind the wish pages: who is asked, what they answered, and for whom one may speak."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Count, Q, QuerySet

from kern.toegang import Rol
from kring.models import Lidmaatschap, Tandarts
from rooster.kader import rijen as kader
from rooster.models import Categorie, Dienstplaats, Inzet, Roosterperiode, Wens, Wensenlijst
from rooster.wensen.regels import Dagwens, Kader


@dataclass(frozen=True)
class Antwoord:
    """What one dentist did so far: wishes given, list sent in, last reminded."""

    tandarts: Tandarts
    wensen: int
    ingediend_op: datetime | None
    herinnerd_op: datetime | None


@dataclass(frozen=True)
class Saldoregel:
    """One category: done in the year before, carried over by the practice, about to come."""

    categorie: str
    gedaan: int
    verschil: Decimal
    verwacht: float


def wish_frame(periode: Roosterperiode) -> Kader:
    """Return the period as the law of wishes sees it."""
    return Kader(
        eerste_dag=periode.eerste_dag,
        laatste_dag=periode.laatste_dag,
        wensen_tot=periode.wensen_tot,
        opengesteld=periode.status == Roosterperiode.Status.WENSEN,
        punten=periode.wensenbudget,
        blokkades=periode.blokkadebudget,
    )


def wishes_of(periode: Roosterperiode, tandarts: Tandarts) -> dict[date, Dagwens]:
    """Return the wishes of one dentist by day."""
    rows = Wens.objects.filter(periode=periode, tandarts=tandarts)
    return {
        dag: Dagwens(soort, gewicht)
        for dag, soort, gewicht in rows.values_list("dag", "soort", "gewicht")
    }


def asked(periode: Roosterperiode) -> QuerySet[Tandarts]:
    """Return the dentists who serve in the period, by practice (§5.3.2: the practice decides)."""
    inzet = kader.inzet_between(periode.kring_id, periode.eerste_dag, periode.laatste_dag)
    return (
        Tandarts.objects.filter(
            kring_id=periode.kring_id, pk__in={row.tandarts for row in inzet if row.doet_dienst}
        )
        .select_related("deelnemer", "gebruiker")
        .order_by("deelnemer__naam", "naam")
    )


def answers(periode: Roosterperiode, tandartsen: Iterable[Tandarts]) -> list[Antwoord]:
    """Return what these dentists answered, in the same order; two queries for any number."""
    counted = Wens.objects.filter(periode=periode).values_list("tandarts").annotate(Count("pk"))
    wishes = dict(counted.order_by())
    lists = {row.tandarts_id: row for row in Wensenlijst.objects.filter(periode=periode)}
    nothing = Wensenlijst()
    return [
        Antwoord(
            tandarts,
            wishes.get(tandarts.pk, 0),
            lists.get(tandarts.pk, nothing).ingediend_op,
            lists.get(tandarts.pk, nothing).herinnerd_op,
        )
        for tandarts in tandartsen
    ]


def balance_of(periode: Roosterperiode, tandarts: Tandarts) -> list[Saldoregel]:
    """Return a line per category: what was done, what is carried over, what is to come."""
    practice = tandarts.deelnemer_id
    carried = kader.saldi_before(periode.kring_id, periode.eerste_dag)
    year = Dienstplaats.objects.filter(
        tandarts=tandarts,
        dienst__begin__date__gte=_a_year_before(periode.eerste_dag),
        dienst__begin__date__lt=periode.eerste_dag,
    )
    done = dict(year.values_list("dienst__categorie").annotate(Count("pk")).order_by())
    expected = _expected(periode, tandarts)
    return [
        Saldoregel(
            categorie=categorie.label,
            gedaan=done.get(categorie.value, 0),
            verschil=carried.get((practice, categorie.value), Decimal(0)),
            verwacht=expected.get(categorie.value, 0.0),
        )
        for categorie in Categorie
    ]


def _expected(periode: Roosterperiode, tandarts: Tandarts) -> dict[str, float]:
    """Return about how many places of each category this dentist will get, both roles together.

    The practice divides its places among its dentists; which of them gets the weekends is for the
    plan to say, so a dentist's part of each category is the part of the whole.
    """
    duties = kader.calendar_of(periode).diensten
    owed = kader.shares_of(periode, [dienst.categorie for dienst in duties])
    found: dict[str, float] = {}
    for (dentist, practice), places in owed.per_tandarts.items():
        total = sum(sum(rollen.values()) for rollen in owed.streef[practice].values())
        if dentist == tandarts.pk and total:
            for categorie, rollen in owed.streef[practice].items():
                part = sum(rollen.values()) * places / total
                found[categorie] = found.get(categorie, 0.0) + part
    return found


def _a_year_before(dag: date) -> date:
    # 29 February: the year before has none.
    return dag.replace(year=dag.year - 1, day=min(dag.day, 28) if dag.month == 2 else dag.day)


def represented_practices(kring_id: int, gebruiker_id: int) -> list:
    """Return the ids of the practices this person speaks for; at most one in practice."""
    rows = Lidmaatschap.objects.active().filter(
        kring_id=kring_id, gebruiker_id=gebruiker_id, rol=Rol.VERTEGENWOORDIGER
    )
    return list(rows.values_list("deelnemer_id", flat=True))


def own_dentists(request) -> QuerySet[Tandarts]:
    """Return the dentists for whom this person may wish: oneself, or those of the own practice.

    A dentist with a second practice belongs to its representative as well (RO-4).
    """
    mine = Q(pk__in=[])
    if Rol.TANDARTS in request.actor.rollen:
        mine |= Q(gebruiker_id=request.user.pk)
    if Rol.VERTEGENWOORDIGER in request.actor.rollen:
        practices = represented_practices(request.kring.pk, request.user.pk)
        mine |= Q(deelnemer__in=practices)
        mine |= Q(
            pk__in=Inzet.objects.filter(deelnemer__in=practices, doet_dienst=True).values(
                "tandarts"
            )
        )
    return Tandarts.objects.filter(mine, kring=request.kring)


def may_wish_for(request, tandarts_id) -> bool:
    """Whether this person may give wishes for that dentist.

    The coordinator may for everybody: a dentist who phones is helped at once, and the log says
    who wrote it down.
    """
    if Rol.COORDINATOR in request.actor.rollen:
        return Tandarts.objects.filter(pk=tandarts_id, kring=request.kring).exists()
    return own_dentists(request).filter(pk=tandarts_id).exists()
