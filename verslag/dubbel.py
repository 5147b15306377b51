"""Are two patients of a kring the same person? What speaks for it, and what against.

Pure: two sets of plain values in, sentences out. The software never joins anybody: a person reads
this and decides (U9).
"""

from dataclasses import dataclass
from datetime import date

from triage.zoeknaam import first_name, likeness, surname

_LIJKT = 0.6
"""Of `likeness`: "Jan de Vries" and "J. de Vries" pass, "Jan" and "Anna de Vries" do not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Persoon:
    """What is known of one patient; empty is unknown."""

    naam: str = ""
    geboortedatum: date | None = None
    postcode: str = ""
    telefoon: str = ""
    bsn: str = ""


@dataclass(frozen=True, slots=True)
class Oordeel:
    """`voor` and `tegen` are sentences; with a `bezwaar` joining is refused."""

    voor: tuple[str, ...]
    tegen: tuple[str, ...]
    bezwaar: str = ""

    @property
    def is_waarschijnlijk(self) -> bool:
        """Whether it is worth to show these two to somebody."""
        return bool(self.voor) and not self.bezwaar


def judge(een: Persoon, ander: Persoon) -> Oordeel:
    """Return what speaks for and against; each reason for it needs two facts, or the BSN."""
    alike = _named_alike(een.naam, ander.naam)
    same_birth = _same(een.geboortedatum, ander.geboortedatum)
    same_phone = _same(een.telefoon, ander.telefoon)
    voor = []
    if _same(een.bsn, ander.bsn):
        voor.append("Het BSN is hetzelfde.")
    if alike and same_birth:
        voor.append("De geboortedatum is hetzelfde en de namen lijken op elkaar.")
    if alike and same_phone:
        voor.append("Het telefoonnummer is hetzelfde en de namen lijken op elkaar.")
    if alike and _same(een.postcode, ander.postcode):
        voor.append("De postcode is hetzelfde en de namen lijken op elkaar.")
    tegen = []
    if not alike:
        tegen.append("De namen lijken niet op elkaar.")
    if een.geboortedatum and ander.geboortedatum and not same_birth:
        tegen.append("De geboortedatum verschilt: zijn het vader en zoon, of is er een typefout?")
    bezwaar = ""
    if een.bsn and ander.bsn and een.bsn != ander.bsn:
        bezwaar = (
            "De BSN's verschillen. Dan zijn het twee mensen. Klopt een van de nummers niet, "
            "verbeter dat dan eerst in het verslag."
        )
    return Oordeel(tuple(voor), tuple(tegen), bezwaar)


def _same(een, ander) -> bool:
    return bool(een) and een == ander


def _named_alike(een: str, ander: str) -> bool:
    """Twins share everything but the first name: its first letter decides."""
    first, other = first_name(een), first_name(ander)
    if first and other and first[0] != other[0]:
        return False
    same_surname = bool(surname(een)) and surname(een) == surname(ander)
    return same_surname or likeness(een, ander) >= _LIJKT
