"""Everyone who may come to a door: each role in each state, and the odd ones out."""

from dataclasses import dataclass, field

from django.test import Client

from kern.bewijs import SECOND_FACTOR, prove
from tests import factories
from verslag.ophaalsessie import SLEUTEL

ROLLEN = {
    "TR": "triagemedewerker",
    "TA": "tandarts",
    "CO": "coordinator",
    "VE": "vertegenwoordiger",
    "BE": "beheerder",
    "FG": "fg",
}
STATES = ("actief", "elders", "uitgenodigd", "beeindigd")
"""Of a membership: active in the own kring, active in the other one only, invited, ended."""


@dataclass(frozen=True)
class Persoon:
    """One person of the matrix; `actief` are the active roles per slug of a kring."""

    groep: str
    code: str = ""
    actief: dict[str, frozenset[str]] = field(default_factory=dict)
    gebruiker: object = None
    # "vers" (in the last quarter of an hour), "oud", or "" (none).
    tweede_factor: str = "vers"
    is_auteur: bool = False

    @property
    def naam(self) -> str:
        return f"{self.groep}:{self.code}" if self.code else self.groep


def _join(gebruiker, kring, rollen, praktijken, status="actief"):
    for rol in rollen:
        # Each practice has at most one representative.
        praktijk = factories.DeelnemerFactory(kring=kring) if rol == "vertegenwoordiger" else None
        praktijken.append(praktijk)
        factories.LidmaatschapFactory(
            kring=kring, gebruiker=gebruiker, rol=rol, status=status, deelnemer=praktijk
        )
    if "tandarts" in rollen:
        return factories.TandartsFactory(kring=kring, gebruiker=gebruiker)
    return None


def cast(own, other) -> tuple[list[Persoon], object, object]:
    """Return everyone, and the two dentists (own kring, other kring) who own the objects."""
    personen: list[Persoon] = []
    praktijken: list = []
    tandartsen = {}
    for state in STATES:
        for code, rol in ROLLEN.items():
            kring = other if state == "elders" else own
            status = "actief" if state in ("actief", "elders") else state
            gebruiker = factories.GebruikerFactory(naam=f"{state} {rol}")
            tandarts = _join(gebruiker, kring, [rol], praktijken, status)
            tandartsen[state, code] = tandarts
            actief = {kring.slug: frozenset({rol})} if status == "actief" else {}
            personen.append(
                Persoon(
                    state, code, actief, gebruiker, is_auteur=status == "actief" and bool(tandarts)
                )
            )
    personen += _others(own, other, praktijken)
    return personen, tandartsen["actief", "TA"], tandartsen["elders", "TA"]


def _others(own, other, praktijken) -> list[Persoon]:
    """Return a colleague of the treating dentist, whoever has two kringen, and who has nothing."""
    alle = frozenset(ROLLEN.values())
    collega, overal, half, old = (
        factories.GebruikerFactory(naam=naam) for naam in ("collega", "overal", "zonder2e", "oud2e")
    )
    _join(collega, own, ["tandarts"], praktijken)
    _join(overal, own, ["vertegenwoordiger"], praktijken)
    _join(overal, other, sorted(alle), praktijken)
    _join(half, own, sorted(alle), praktijken)
    _join(old, own, sorted(alle), praktijken)
    return [
        Persoon("collega", actief={own.slug: frozenset({"tandarts"})}, gebruiker=collega),
        Persoon(
            "overal",
            actief={own.slug: frozenset({"vertegenwoordiger"}), other.slug: alle},
            gebruiker=overal,
        ),
        Persoon("zonder2e", actief={own.slug: alle}, gebruiker=half, tweede_factor=""),
        Persoon("oud2e", actief={own.slug: alle}, gebruiker=old, tweede_factor="oud"),
        Persoon("ophaler"),
        Persoon("niemand"),
    ]


def client_of(persoon: Persoon, overdracht) -> Client:
    """Return a client of this person; not that of `als`, whose work the savepoint does already."""
    client = Client()
    if persoon.gebruiker is not None:
        client.force_login(persoon.gebruiker)
    session = client.session
    if persoon.groep == "ophaler":
        session[SLEUTEL] = {str(overdracht.pakketten.get().pk): 2**33}
    elif persoon.gebruiker is not None and persoon.tweede_factor:
        prove(session)
        if persoon.tweede_factor == "oud":
            session[SECOND_FACTOR] -= 3600
    session.save()
    return client
