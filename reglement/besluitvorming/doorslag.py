"""Who breaks a tie (10.5, A-6)."""

from dataclasses import dataclass

from reglement.besluitvorming.soorten import Bestuursoptie, Stem
from reglement.lezing import STANDAARD, EigenBelang, Lezing


@dataclass(frozen=True, slots=True)
class Doorslag:
    """The casting vote as it was given: by its holder, and by the deputy.

    `eigen_belang`: the holder has an interest of his own in this decision. None: not given (yet).
    """

    stem: Stem | None = None
    eigen_belang: bool = False
    stem_plaatsvervanger: Stem | None = None


@dataclass(frozen=True, slots=True)
class Doorslaghouder:
    """Who has the casting vote. `functie` is "voorzitter", "coordinator" or "" (nobody).

    `plaatsvervanger`: it is not the holder of that office who casts it but who replaces him.
    """

    functie: str
    plaatsvervanger: bool
    artikel: str
    uitleg: str


def casting_holder(
    bestuursoptie: Bestuursoptie, *, eigen_belang: bool = False, lezing: Lezing = STANDAARD
) -> Doorslaghouder:
    """Return who decides when votes are equal (BV-7): the chair of the bestuur or the coördinator.

    One who has an interest of his own makes way, by the default reading, for his deputy.
    """
    chair = bestuursoptie is Bestuursoptie.A
    functie = "voorzitter" if chair else "coordinator"
    name = "de voorzitter van het bestuur" if chair else "de coördinator"
    artikel = f"10.5, 4.1 optie {bestuursoptie.value}"
    if not eigen_belang or lezing.doorslag_bij_belang is EigenBelang.HOUDER:
        words = f"Bij een gelijke stand beslist {name}."
        return Doorslaghouder(functie, False, artikel, words)
    if lezing.doorslag_bij_belang is EigenBelang.PLAATSVERVANGER:
        words = f"Bij een gelijke stand beslist wie {name} vervangt, want die heeft zelf belang."
        return Doorslaghouder(functie, True, artikel, words)
    words = f"Niemand geeft de doorslag, want {name} heeft zelf belang."
    return Doorslaghouder("", False, artikel, words)


def casting_vote(doorslag: Doorslag, lezing: Lezing) -> tuple[Stem | None, bool]:
    """Return the casting vote that counts, and whether one can still come."""
    if not doorslag.eigen_belang or lezing.doorslag_bij_belang is EigenBelang.HOUDER:
        given = doorslag.stem
    elif lezing.doorslag_bij_belang is EigenBelang.PLAATSVERVANGER:
        given = doorslag.stem_plaatsvervanger
    else:
        return None, False
    return (given, False) if given in (Stem.VOOR, Stem.TEGEN) else (None, True)
