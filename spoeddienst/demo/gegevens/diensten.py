"""Eight weeks of duties: every hour outside office hours, and by day from today on."""

from datetime import date, datetime, time, timedelta
from itertools import pairwise

from kern.tijd import from_local, to_local
from rooster.kader.kalender import national_holidays
from rooster.models import Dienst, Dienstplaats
from spoeddienst.demo.gegevens.kringen import Bezetting

WEKEN = 4
ZOALS_HET_KADER = 3
"""From this many days ahead the duties are those of the frame; before that they are shorter, so
that who opens the demo sees a hand-over soon. With fewer duties colleagues are free to swap."""
AVOND, NACHT, DAG = time(17), time(23), time(8)
OVERDAG = "Demo: ook overdag dienst, zodat er altijd iemand te bellen is."


def blocks(vandaag: date, weken_terug: int = WEKEN) -> list[tuple[datetime, datetime, str]]:
    """Return (begin, einde, opmerking) of every duty from some weeks back to four weeks ahead."""
    found = []
    for offset in range(-7 * weken_terug, 7 * WEKEN):
        dag = vandaag + timedelta(days=offset)
        closed = dag.weekday() >= 5 or dag in national_holidays(dag.year)
        kader, morgen = offset >= ZOALS_HET_KADER, dag + timedelta(days=1)
        if closed and kader:
            found.append((_at(dag, DAG), _at(morgen, DAG), ""))
            continue
        # Yesterday's office hours need nobody; today's do, at whatever hour the demo is opened.
        if closed or offset >= 0:
            found.append((_at(dag, DAG), _at(dag, AVOND), "" if closed else OVERDAG))
        grenzen = [_at(dag, AVOND), *([] if kader else [_at(dag, NACHT)]), _at(morgen, DAG)]
        found += [(begin, einde, "") for begin, einde in pairwise(grenzen)]
    return found


def _at(dag: date, tijd: time) -> datetime:
    return from_local(datetime.combine(dag, tijd))


def make_diensten(rows: Bezetting, nu: datetime, weken_terug: int) -> list[Dienst]:
    """Fill every block with two dentists of different practices, in turn.

    Straight into the tables: planned one by one this is a second of work and two hundred log
    lines about nothing.
    """
    found = blocks(to_local(nu).date(), weken_terug)
    diensten = Dienst.objects.bulk_create(
        Dienst(kring=rows.kring, begin=begin, einde=einde, opmerking=opmerking)
        for begin, einde, opmerking in found
    )
    aantal = len(rows.tandartsen)
    # Not a neighbour of the dienstdoende: a night as achterwacht never touches the own duty.
    afstand = max(2, aantal // 3)
    Dienstplaats.objects.bulk_create(
        Dienstplaats(
            kring=rows.kring,
            dienst=dienst,
            rol=rol,
            tandarts=rows.tandartsen[(nummer + verschil) % aantal],
            begin=dienst.begin,
            einde=dienst.einde,
        )
        for nummer, dienst in enumerate(diensten)
        for rol, verschil in (
            (Dienstplaats.Rol.DIENSTDOENDE, 0),
            (Dienstplaats.Rol.ACHTERWACHT, afstand),
        )
    )
    return diensten
