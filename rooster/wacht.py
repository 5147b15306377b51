"""The watch: who is on duty at a moment and who comes after (§3.1.1)."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from kring.models import Tandarts
from rooster.models import Dienst, Dienstplaats


@dataclass(frozen=True)
class Dienstkaart:
    """What the duty card shows: the running duty, its two dentists, and the next duty."""

    moment: datetime
    nu: Dienst | None
    straks: Dienst | None

    @property
    def niemand(self) -> bool:
        """Whether no dentist is on duty at this moment: the red bar."""
        return self.dienstdoende is None

    @property
    def dienstdoende(self) -> Tandarts | None:
        return self.nu.dienstdoende if self.nu else None

    @property
    def achterwacht(self) -> Tandarts | None:
        return self.nu.achterwacht if self.nu else None

    @property
    def telefoon(self) -> str:
        """The number at which the dienstdoende is reached, E.164; empty when nobody is on duty."""
        return self.dienstdoende.telefoon if self.dienstdoende else ""

    @property
    def telefoon_achterwacht(self) -> str:
        return self.achterwacht.telefoon if self.achterwacht else ""


def watches(moment: datetime, aantal: int, *, kring_id: int | None = None) -> list[Dienst]:
    """Return the running duty, if any, and those after it: `aantal` at most, in two queries."""
    diensten = Dienst.objects.not_over_at(moment).with_places()
    if kring_id is not None:
        # Needed only where several kringen are visible at once.
        diensten = diensten.filter(kring_id=kring_id)
    return list(diensten[:aantal])


def duty_card(moment: datetime, *, kring_id: int | None = None) -> Dienstkaart:
    """Return the duty card of a moment, in two queries whatever the roster holds."""
    return card_of(moment, watches(moment, 2, kring_id=kring_id))


def card_of(moment: datetime, diensten: list[Dienst]) -> Dienstkaart:
    """Return the duty card from the outcome of `watches`."""
    nu = next((dienst for dienst in diensten if dienst.begin <= moment), None)
    straks = next((dienst for dienst in diensten if dienst.begin > moment), None)
    return Dienstkaart(moment, nu, straks)


VOORUIT = timedelta(days=7)
"""How far a board looks for the next duty."""


@dataclass(frozen=True)
class Naam:
    """A dentist on duty as a board shows them; `telefoon` is E.164."""

    naam: str
    telefoon: str
    gebruiker_id: int | None


@dataclass
class Wacht:
    """One duty as plain values, for pages that show those of several kringen at once."""

    begin: datetime
    einde: datetime
    plaatsen: dict[str, Naam] = field(default_factory=dict)

    @property
    def dienstdoende(self) -> Naam | None:
        return self.plaatsen.get(Dienstplaats.Rol.DIENSTDOENDE)

    @property
    def achterwacht(self) -> Naam | None:
        return self.plaatsen.get(Dienstplaats.Rol.ACHTERWACHT)


def watches_by_kring(moment: datetime) -> dict[int, list[Wacht]]:
    """Return the running duty and those of the coming days of every open kring, in one query."""
    rows = (
        Dienst.objects.not_over_at(moment)
        .filter(begin__lt=moment + VOORUIT)
        .values_list(
            *("kring_id", "pk", "begin", "einde", "plaatsen__rol", "plaatsen__tandarts__naam"),
            *("plaatsen__tandarts__telefoon", "plaatsen__tandarts__gebruiker_id"),
        )
    )
    found: dict[int, dict] = {}
    for kring_id, pk, begin, einde, rol, *naam in rows:
        wacht = found.setdefault(kring_id, {}).setdefault(pk, Wacht(begin, einde))
        if rol:
            wacht.plaatsen[rol] = Naam(*naam)
    return {kring_id: list(wachten.values()) for kring_id, wachten in found.items()}


def places_at(moment: datetime, *, kring_id: int) -> list[Dienstplaats]:
    """Return the places of the duty that runs at a moment, dienstdoende first; one query."""
    return list(
        Dienstplaats.objects.filter(kring_id=kring_id, begin__lte=moment, einde__gt=moment)
        .select_related("tandarts__gebruiker")
        .order_by("-rol")
    )
