"""The trial of a convocation from the rows of a kring (reglement.oproep)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from kern.tijd import db_now, to_local
from reglement import geldend
from reglement.kiesregister import Lid, members_on
from reglement.lezing import Lezing
from reglement.models import Reglementversie, Vergadering
from reglement.oproep import Proef, demands, try_convocation


@dataclass(frozen=True)
class Kader:
    """What a convocation of this kring is judged by on a day."""

    versie: Reglementversie | None
    lezing: Lezing
    weken: int
    weken_onvoorzien: int
    leden: tuple[Lid, ...]

    @property
    def zonder(self) -> tuple[str, ...]:
        """Return the practices for which nobody may vote."""
        return tuple(lid.deelnemer.naam for lid in self.leden if lid.vertegenwoordiger is None)


def frame_on(kring_id: int, dag: date) -> Kader:
    """Return the rules and the deelnemers of this day (RG-12)."""
    versie = geldend.version_on(kring_id, dag)
    variabelen = geldend.variabelen_of(versie)
    return Kader(
        versie=versie,
        lezing=geldend.lezing_of(versie),
        weken=variabelen.weken_oproep,
        weken_onvoorzien=variabelen.weken_niet_voorzien,
        leden=tuple(members_on(kring_id, dag)),
    )


def try_date(
    kring_id: int,
    dag: date | None,
    *,
    soorten: Collection[str],
    zitting: str,
    eerste: date | None = None,
    verzonden: date | None = None,
) -> tuple[Proef, Kader]:
    """Try a convocation that is sent today, or on another day."""
    sent = verzonden or to_local(db_now()).date()
    kader = frame_on(kring_id, sent)
    proef = try_convocation(
        verzonden=sent,
        dag=dag,
        eisen=demands(soorten, zitting, weken=kader.weken, weken_onvoorzien=kader.weken_onvoorzien),
        zitting=zitting,
        soorten=soorten,
        leden=len(kader.leden),
        zonder=kader.zonder,
        eerste=eerste,
        lezing=kader.lezing,
    )
    return proef, kader


def try_meeting(vergadering: Vergadering) -> tuple[Proef, Kader]:
    """Try the convocation of this meeting as it stands; judged by the day it left, if it did."""
    points = vergadering.agendapunten.exclude(besluitsoort="")
    first = vergadering.eerste
    sent = vergadering.opgeroepen_op
    return try_date(
        vergadering.kring_id,
        vergadering.dag,
        soorten=frozenset(points.values_list("besluitsoort", flat=True)),
        zitting=vergadering.zitting,
        eerste=first.dag if first else None,
        verzonden=to_local(sent).date() if sent else None,
    )
