"""The frame of a demo kring: kinds, holidays, hours, shares, and three periods.

Last year is closed and left its balances, this year is published, and for the next one the
wishes are being asked.
"""

from datetime import date, time, timedelta
from decimal import Decimal

from kern.actor import Actor
from kern.tijd import to_local
from rooster.actions import aandeel, kader, periode
from rooster.actions.kader import Uren
from rooster.kader.kalender import DOORDEWEEKS, FEESTDAG, WEEKEND, Soort, usual_own_days
from rooster.kader.rijen import calendar_between
from rooster.models import Categorie, Dienst, Inzet, Roosterperiode, Saldo
from spoeddienst.demo.gegevens.klok import Klok
from spoeddienst.demo.gegevens.kringen import VECHTSTREEK, Bezetting, Recept

WERKDAGEN, WEEKENDDAGEN = frozenset(range(5)), frozenset({5, 6})
OPEN, DICHT, MIDDAG, AVOND = time(8), time(17), time(12), time(20)
JAAR = timedelta(weeks=52)
FTE = ("1.0", "0.8", "0.6", "1.0", "0.4", "0.8")
KRAP = {"rustdagen": 0, "geen_aaneengesloten_weekenden": False}
"""Of a kring with six dentists, who serve by day too in a demo."""
EIGEN_DAGEN = ("Vrijdag na Hemelvaartsdag", "Kerstavond", "Oudejaarsdag")


def _line(naam: str, categorie: str, dagen, uren: tuple[time, time, int], **kwargs) -> Soort:
    return Soort(naam, naam, categorie, frozenset(dagen), *uren, **kwargs)


_DAG, _NACHT, _ETMAAL, _WEEKEND = (
    (OPEN, DICHT, 0),
    (DICHT, OPEN, 1),
    (OPEN, OPEN, 1),
    (DICHT, OPEN, 3),
)
_OPEN = _line(
    *("Praktijken open", DOORDEWEEKS, WERKDAGEN, _DAG),
    feestdagen="niet",
    vervuld_door="praktijken",
)
_FEEST = _line("Feestdag overdag", FEESTDAG, WERKDAGEN, _DAG, feestdagen="alleen")
PER_DAG = (
    _OPEN,
    _line("Avond en nacht", DOORDEWEEKS, WERKDAGEN, _NACHT, feestdagen="ook"),
    _line("Weekend, een etmaal", WEEKEND, WEEKENDDAGEN, _ETMAAL, feestdagen="ook"),
    _FEEST,
)
HEEL_WEEKEND = (
    _OPEN,
    _line("Avond en nacht", DOORDEWEEKS, range(4), _NACHT, feestdagen="ook"),
    _line("Heel weekend", WEEKEND, {4}, _WEEKEND, feestdagen="ook"),
    _FEEST,
)


def fill(rows: Bezetting, recept: Recept, klok: Klok) -> Roosterperiode:
    """Make the frame and the periods; return the one for which wishes are asked."""
    big = recept is VECHTSTREEK
    vandaag = to_local(klok.nu).date()
    by = Actor.system(rows.kring.pk, "demogegevens")
    start = _first_day(vandaag)
    kader.set_dienstsoorten(
        kring_id=rows.kring.pk,
        vanaf=start - 2 * JAAR,
        soorten=PER_DAG if big else HEEL_WEEKEND,
        by=by,
    )
    for jaar in {vandaag.year, start.year}:
        own = usual_own_days(jaar)
        kader.set_feestdagen(
            kring_id=rows.kring.pk,
            jaar=jaar,
            # Practices of the demo work on Liberation Day, but for the lustrum.
            vervallen={date(jaar, 5, 5)} if jaar % 5 else (),
            eigen={dag: naam for dag, naam in own.items() if naam in EIGEN_DAGEN},
            by=by,
        )
    _set_hours(rows, start - JAAR, by)
    _set_shares(rows, start - 2 * JAAR, by)
    past, current, coming = _make_periods(rows, start, vandaag, by, {} if big else KRAP)
    _give_kinds(rows, current)
    _carry_over(rows, past)
    return periode.open_wensen(coming, by=by)


def _first_day(vandaag: date) -> date:
    """Return a Monday some months ahead: near the turn of the year when that is far enough."""
    day = max(date(vandaag.year + 1, 1, 1), vandaag + timedelta(days=60))
    return day + timedelta(days=-day.weekday() % 7)


def _set_hours(rows: Bezetting, vanaf: date, by: Actor) -> None:
    """Two practices differ from the usual: one is open in an evening, one is closed on Friday."""
    usual = [Uren(dag, OPEN, DICHT) for dag in WERKDAGEN]
    evening = [*usual, Uren(1, time(18), AVOND)]
    short = [*usual[:4], Uren(4, OPEN, MIDDAG)]
    for deelnemer, uren in zip(rows.deelnemers, (evening, short, usual), strict=False):
        kader.set_openingstijden(deelnemer, vanaf=vanaf, uren=uren, by=by)


def _set_shares(rows: Bezetting, vanaf: date, by: Actor) -> None:
    """Straight into the table, as somebody would import it; and two who are exempt."""
    tandartsen = rows.tandartsen
    found = [
        Inzet(
            kring=rows.kring,
            tandarts=tandarts,
            deelnemer=tandarts.deelnemer,
            fte=Decimal(FTE[nummer % len(FTE)]),
            geldig_vanaf=vanaf,
        )
        for nummer, tandarts in enumerate(tandartsen)
    ]
    # The last one works a day a week at another practice too.
    elsewhere = Inzet(
        kring=rows.kring,
        tandarts=tandartsen[-1],
        deelnemer=tandartsen[0].deelnemer,
        fte=Decimal("0.2"),
        geldig_vanaf=vanaf,
    )
    Inzet.objects.bulk_create([*found, elsewhere])
    start = vanaf + 2 * JAAR
    aandeel.add_vrijstelling(
        kring_id=rows.kring.pk,
        tandarts=tandartsen[1],
        grond="zwangerschap",
        deel=100,
        eerste_dag=start + timedelta(weeks=6),
        laatste_dag=start + timedelta(weeks=22),
        last="kring",
        by=by,
    )
    aandeel.add_vrijstelling(
        kring_id=rows.kring.pk,
        tandarts=tandartsen[-2],
        grond="leeftijd",
        deel=50,
        eerste_dag=start - JAAR,
        last="praktijk",
        by=by,
    )


def _make_periods(
    rows: Bezetting, start: date, vandaag: date, by: Actor, regels: dict
) -> tuple[Roosterperiode, Roosterperiode, Roosterperiode]:
    def make(eerste: date, **velden) -> Roosterperiode:
        # Named after the year in which most of it lies.
        naam = f"Rooster {(eerste + timedelta(weeks=26)).year}"
        given = {
            "naam": naam,
            "eerste_dag": eerste,
            "laatste_dag": eerste + JAAR - timedelta(days=1),
            "wensen_tot": eerste - timedelta(weeks=10),
            "akkoord_tot": eerste - timedelta(weeks=5),
            **velden,
        }
        return periode.add_periode(kring_id=rows.kring.pk, by=by, **given)

    past, current = make(start - 2 * JAAR), make(start - JAAR, **regels)
    coming = make(
        start,
        wensen_tot=vandaag + timedelta(days=12),
        akkoord_tot=vandaag + timedelta(days=33),
    )
    done = Roosterperiode.objects.filter(pk__in=(past.pk, current.pk))
    done.update(status=Roosterperiode.Status.GEPUBLICEERD)
    return past, current, coming


def _give_kinds(rows: Bezetting, current: Roosterperiode) -> None:
    """Let the duties around today count as what they are; the demo cuts evening and night."""
    diensten = list(Dienst.objects.filter(kring=rows.kring).order_by("begin"))
    first, last = (to_local(dienst.begin).date() for dienst in (diensten[0], diensten[-1]))
    kalender = calendar_between(rows.kring.pk, first - timedelta(days=3), last).diensten
    for dienst in diensten:
        over = next((d for d in kalender if d.begin <= dienst.begin < d.einde), None)
        dienst.categorie = over.categorie if over else Categorie.DOORDEWEEKS
        if to_local(dienst.begin).date() <= current.laatste_dag:
            dienst.roosterperiode = current
    Dienst.objects.bulk_update(diensten, ["categorie", "roosterperiode"])


def _carry_over(rows: Bezetting, past: Roosterperiode) -> None:
    """Leave small balances of last year: half a duty more here is half a duty less there."""
    halves = [Decimal(sign) / 2 for sign in (1, -1, 1, -1, 2, -2)]
    even = rows.deelnemers[: len(rows.deelnemers) // 2 * 2]
    Saldo.objects.bulk_create(
        Saldo(
            kring=rows.kring,
            deelnemer=deelnemer,
            periode=past,
            categorie=categorie,
            verschil=halves[(nummer + 2 * shift) % len(halves)],
        )
        for shift, categorie in enumerate(Categorie.values)
        for nummer, deelnemer in enumerate(even)
    )
