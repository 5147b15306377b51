"""How many deelnemers must be there (9.2e, 9.2k, 10.3)."""

from dataclasses import dataclass

from reglement.besluitvorming.soorten import Regel, Zitting
from reglement.lezing import STANDAARD, Helft, Lezing


def half_plus_one(aantal: int, lezing: Lezing = STANDAARD) -> int:
    """Return "de helft plus één" of a number (A-1).

    The smallest whole number above the half, or by the letter the smallest that is at least the
    half and one more. They differ by one at odd numbers.
    """
    if lezing.helft_plus_een is Helft.LETTERLIJK:
        return (aantal + 3) // 2
    return aantal // 2 + 1


def two_thirds(aantal: int) -> int:
    """Return the smallest whole number that is at least two thirds of a number, and at least 1."""
    return max(1, -(-2 * aantal // 3))


@dataclass(frozen=True, slots=True)
class Quorum:
    """How many of `leden` must be present; `lezing` names the reading that made the number."""

    leden: int
    nodig: int
    artikel: str
    lezing: str
    uitleg: str

    @property
    def haalbaar(self) -> bool:
        """Whether the deelnemers could reach it at all: by the letter one deelnemer needs two."""
        return self.nodig <= self.leden

    def met_by(self, aanwezig: int) -> bool:
        return aanwezig >= self.nodig


def quorum(
    leden: int,
    zitting: Zitting,
    lezing: Lezing = STANDAARD,
    *,
    regel: Regel = Regel.GEWOON,
) -> Quorum:
    """Return the quorum of a meeting of a kring with so many deelnemers (BV-4, BV-5, RY-7).

    Raises `ValueError` for a negative number.
    """
    if leden < 0:
        raise ValueError("leden < 0")
    artikel = "9.2e" if regel is Regel.ROYEMENT else "10.3"
    if zitting is Zitting.ZONDER_QUORUM:
        return Quorum(leden, 0, "9.2k", "", "Voor deze vergadering geldt geen quorum.")
    if zitting is Zitting.EERSTE:
        nodig = two_thirds(leden)
        uitleg = f"Twee derde van {leden} deelnemers: er moeten er {nodig} aanwezig zijn."
        return Quorum(leden, nodig, artikel, "", uitleg)
    nodig = half_plus_one(leden, lezing)
    uitleg = f"De helft plus één van {leden} deelnemers: er moeten er {nodig} aanwezig zijn."
    return Quorum(leden, nodig, artikel, lezing.helft_plus_een.value, uitleg)


def second_meeting_helps(
    leden: int, lezing: Lezing = STANDAARD, *, regel: Regel = Regel.GEWOON
) -> bool:
    """Return whether a second meeting needs fewer deelnemers than the first (3.2)."""
    second = quorum(leden, Zitting.TWEEDE, lezing, regel=regel)
    return second.nodig < quorum(leden, Zitting.EERSTE, lezing, regel=regel).nodig


@dataclass(frozen=True, slots=True)
class Opkomst:
    """Who counts as present, and who came without counting."""

    aanwezig: int
    op_afstand_geweigerd: int
    volmacht_geweigerd: int
    uitleg: str


def present_count(
    *,
    in_de_zaal: int,
    op_afstand: int = 0,
    volmachten: int = 0,
    afstand_in_oproep: bool = False,
    lezing: Lezing = STANDAARD,
) -> Opkomst:
    """Return how many deelnemers count as present (A-8).

    From afar only when the convocation said so; by proxy only when the reading allows it.
    """
    afar = op_afstand if afstand_in_oproep else 0
    proxy = volmachten if lezing.volmacht else 0
    words = []
    if op_afstand > afar:
        words.append("Meedoen op afstand stond niet in de oproep en telt niet mee.")
    if volmachten > proxy:
        words.append("Een volmacht telt niet mee: de vertegenwoordiger stemt zelf.")
    return Opkomst(
        in_de_zaal + afar + proxy, op_afstand - afar, volmachten - proxy, " ".join(words)
    )
