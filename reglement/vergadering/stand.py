"""How a running meeting stands: who is in, which point is on the table, is the quorum there."""

import hashlib
from dataclasses import dataclass

from reglement.aanwezig import Tijdvak, stretches
from reglement.besluitvorming import Quorum
from reglement.kiesregister import Lid
from reglement.models import Aanwezigheid, Agendapunt, Uitnodiging, Vergadering
from reglement.oproep import point_quorum
from reglement.vergadering.proef import Kader, frame_on


@dataclass(frozen=True)
class Plaats:
    """A deelnemer on the list of who is there."""

    lid: Lid
    antwoord: str
    tijdvakken: list[Tijdvak]

    @property
    def binnen(self) -> Aanwezigheid | None:
        """Return the line by which it is in now."""
        last = self.tijdvakken[-1] if self.tijdvakken else None
        return last.regel if last and last.tot is None else None

    @property
    def antwoord_in_woorden(self) -> str:
        return str(Uitnodiging.Antwoord(self.antwoord).label) if self.antwoord else ""


@dataclass(frozen=True)
class Puntstand:
    """A point with its quorum; `nodig` is None for a point without a decision."""

    punt: Agendapunt
    quorum: Quorum | None
    genoeg: bool

    @property
    def nu(self) -> bool:
        return self.punt.aan_de_orde_op is not None and self.punt.afgehandeld_op is None


@dataclass(frozen=True)
class Stand:
    """Everything that the screens of a meeting show, beside the panels."""

    vergadering: Vergadering
    kader: Kader
    plaatsen: list[Plaats]
    punten: list[Puntstand]

    @property
    def aanwezig(self) -> int:
        return sum(plaats.binnen is not None for plaats in self.plaatsen)

    @property
    def op_afstand(self) -> int:
        return sum(bool(p.binnen and p.binnen.op_afstand) for p in self.plaatsen)

    @property
    def leden(self) -> int:
        return len(self.plaatsen)

    @property
    def huidig(self) -> Puntstand | None:
        """Return the point on the table; after it the one that was there last."""
        tabled = [item for item in self.punten if item.punt.aan_de_orde_op]
        return max(tabled, key=lambda item: (item.nu, item.punt.aan_de_orde_op), default=None)

    @property
    def volgende(self) -> Puntstand | None:
        """Return the first point that was not on the table yet."""
        return next((item for item in self.punten if item.punt.aan_de_orde_op is None), None)

    @property
    def gevraagd(self) -> Quorum | None:
        """Return the quorum that the big number is held against: of the point, else the highest."""
        if self.huidig and self.huidig.nu:
            return self.huidig.quorum
        asked = [item.quorum for item in self.punten if item.quorum]
        return max(asked, key=lambda quorum: quorum.nodig, default=None)

    @property
    def genoeg(self) -> bool:
        return self.gevraagd is None or self.gevraagd.met_by(self.aanwezig)


def read_stand(vergadering: Vergadering) -> Stand:
    """Return how the meeting stands now. A fixed number of queries."""
    kader = frame_on(vergadering.kring_id, vergadering.dag)
    there = stretches(vergadering)
    answers = dict(
        Uitnodiging.objects.filter(vergadering=vergadering).values_list("deelnemer_id", "antwoord")
    )
    places = [
        Plaats(lid, answers.get(lid.deelnemer.pk, ""), there.get(lid.deelnemer.pk, []))
        for lid in kader.leden
    ]
    present = sum(place.binnen is not None for place in places)
    points = []
    for punt in vergadering.agendapunten.order_by("volgorde"):
        quorum = (
            point_quorum(punt.besluitsoort, vergadering.zitting, len(places), kader.lezing)
            if punt.besluitsoort
            else None
        )
        points.append(Puntstand(punt, quorum, quorum is None or quorum.met_by(present)))
    return Stand(vergadering, kader, places, points)


def state_tag(vergadering: Vergadering, panels: str, *extra: object) -> str:
    """Return a short text that changes whenever a screen of this meeting would.

    `panels` is the state of its panels (`reglement.vergaderscherm`).
    """
    parts = [vergadering.pk, vergadering.gewijzigd_op.isoformat(), vergadering.stap]
    text = "|".join(map(str, [*parts, panels, *extra]))
    return hashlib.sha256(text.encode()).hexdigest()[:24]
