"""The result of a vote (9.2e-f, 9.2k, 10.3-10.5)."""

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from reglement.besluitvorming.doorslag import Doorslag, casting_vote
from reglement.besluitvorming.quorum import half_plus_one, quorum, two_thirds
from reglement.besluitvorming.soorten import Regel, Stem, Uitkomst, Zitting
from reglement.lezing import STANDAARD, Grondslag, Lezing, Quorummoment


class StemmenFout(ValueError):
    """These counts cannot be: more votes than people, or a number below zero."""


@dataclass(frozen=True, slots=True)
class Stemmen:
    """The votes that were counted."""

    voor: int = 0
    tegen: int = 0
    blanco: int = 0
    ongeldig: int = 0

    @property
    def totaal(self) -> int:
        return self.voor + self.tegen + self.blanco + self.ongeldig

    def without(self, stem: Stem | None) -> "Stemmen":
        """Return the counts without one vote. Raises `StemmenFout` when there is none such."""
        if stem is None:
            return self
        counts = asdict(self)
        counts[stem.value] -= 1
        return Stemmen(**counts)


@dataclass(frozen=True, slots=True)
class Betrokkene:
    """The deelnemer that it is about: whether he is present, and what he voted if known."""

    aanwezig: bool
    stem: Stem | None = None


@dataclass(frozen=True, slots=True)
class Stemuitslag:
    """How a vote came out, with everything that is needed to compute it again (BV-11).

    `basis` is what the majority is a part of and `nodig` the votes for that it takes, also when
    there was no quorum. `staking`: as many for as against where an ordinary majority decides.
    `lezing` names the readings that the result rests on.
    """

    uitkomst: Uitkomst
    aangenomen: bool
    quorum_nodig: int
    quorum_gehaald: bool
    basis: int
    nodig: int
    voor: int
    tegen: int
    staking: bool
    doorslag: Stem | None
    regel: Regel
    zitting: Zitting
    artikel: str
    lezing: tuple[str, ...]
    uitleg: str

    def to_dict(self) -> dict[str, Any]:
        """Return plain values for a JSON column."""
        record: dict[str, Any] = {}
        for name, value in asdict(self).items():
            record[name] = value.value if isinstance(value, StrEnum) else value
        record["lezing"] = list(self.lezing)
        return record


def threshold(basis: int, regel: Regel, lezing: Lezing = STANDAARD) -> int:
    """Return how many votes for a proposal needs, of so many that count (BV-6, RY-8).

    At least one: no proposal is carried by nobody.
    """
    if regel is Regel.GEWOON:
        return half_plus_one(basis, lezing)
    return two_thirds(basis)


def judge_vote(
    *,
    leden: int,
    aanwezig: int,
    zitting: Zitting,
    regel: Regel,
    stemmen: Stemmen,
    lezing: Lezing = STANDAARD,
    bij_opening: int | None = None,
    betrokkene: Betrokkene | None = None,
    doorslag: Doorslag | None = None,
) -> Stemuitslag:
    """Return the result of a vote (BV-4 … BV-7, RY-7, RY-8).

    `aanwezig` are the deelnemers that count as present when the vote is taken (`present_count`),
    `bij_opening` those at the opening, which matters by the reading of A-7 only. Raises
    `StemmenFout` for counts that cannot be.
    """
    _check(leden, aanwezig, stemmen, betrokkene)
    vereist = quorum(leden, zitting, lezing, regel=regel)
    used = [f"helft_plus_een={vereist.lezing}"] if vereist.lezing else []
    er_zijn = aanwezig
    if bij_opening is not None and lezing.quorummoment is Quorummoment.BIJ_OPENING:
        er_zijn = bij_opening
        used.append(f"quorummoment={lezing.quorummoment.value}")
    gehaald = vereist.met_by(er_zijn)

    aantal, geldig = aanwezig, stemmen
    if betrokkene and betrokkene.aanwezig:
        used.append(f"betrokkene_stemt={'ja' if lezing.betrokkene_stemt else 'nee'}")
        if not lezing.betrokkene_stemt:
            aantal, geldig = aanwezig - 1, stemmen.without(betrokkene.stem)
    basis = _base(regel, geldig, aantal, lezing)
    nodig = threshold(basis, regel, lezing)
    if regel is Regel.GEWOON:
        used.append(f"gewone_grondslag={lezing.gewone_grondslag.value}")
        used.append(f"helft_plus_een={lezing.helft_plus_een.value}")
    elif regel is Regel.GEKWALIFICEERD:
        used.append(f"gekwalificeerde_grondslag={lezing.gekwalificeerde_grondslag.value}")

    # A tie is a matter of for against: all blank is no tie, and two thirds have none. Where a
    # reading counts blank as against there is none either: or 1-1 of 4 could be carried by the
    # casting vote, and 2-0 of 4 not.
    even = geldig.voor == geldig.tegen > 0 and basis == 2 * geldig.voor
    staking = gehaald and regel is Regel.GEWOON and even
    cast, open_ = casting_vote(doorslag or Doorslag(), lezing) if staking else (None, False)
    aangenomen = gehaald and (geldig.voor >= nodig or cast is Stem.VOOR)
    if not gehaald:
        uitkomst = Uitkomst.GEEN_GELDIGE_STEMMING
    elif aangenomen:
        uitkomst = Uitkomst.AANGENOMEN
    else:
        uitkomst = Uitkomst.STAKING if open_ else Uitkomst.VERWORPEN
    if staking and doorslag and doorslag.eigen_belang:
        used.append(f"doorslag_bij_belang={lezing.doorslag_bij_belang.value}")
    return Stemuitslag(
        uitkomst=uitkomst,
        aangenomen=aangenomen,
        quorum_nodig=vereist.nodig,
        quorum_gehaald=gehaald,
        basis=basis,
        nodig=nodig,
        voor=geldig.voor,
        tegen=geldig.tegen,
        staking=staking,
        doorslag=cast,
        regel=regel,
        zitting=zitting,
        artikel=_article(regel, zitting, staking),
        lezing=tuple(dict.fromkeys(used)),
        uitleg=_words(
            uitkomst=uitkomst,
            quorum_nodig=vereist.nodig,
            er_zijn=er_zijn,
            basis=basis,
            nodig=nodig,
            stemmen=geldig,
            staking=staking,
            cast=cast,
            regel=regel,
        ),
    )


def _check(leden: int, aanwezig: int, stemmen: Stemmen, betrokkene: Betrokkene | None) -> None:
    counts = (leden, aanwezig, stemmen.voor, stemmen.tegen, stemmen.blanco, stemmen.ongeldig)
    if min(counts) < 0:
        raise StemmenFout("Een aantal kan niet onder nul zijn.")
    if stemmen.totaal > aanwezig:
        raise StemmenFout(f"Er zijn {stemmen.totaal} stemmen en {aanwezig} aanwezigen.")
    if betrokkene is None:
        return
    if betrokkene.aanwezig and not aanwezig:
        raise StemmenFout("De betrokkene is aanwezig, maar er is niemand.")
    if betrokkene.stem is not None and not betrokkene.aanwezig:
        raise StemmenFout("De betrokkene stemt, maar is niet aanwezig.")
    if betrokkene.stem is not None and getattr(stemmen, betrokkene.stem.value) < 1:
        raise StemmenFout("De stem van de betrokkene zit niet in de telling.")


def _base(regel: Regel, stemmen: Stemmen, aanwezig: int, lezing: Lezing) -> int:
    if regel is Regel.ROYEMENT:
        return aanwezig
    gewoon = regel is Regel.GEWOON
    grondslag = lezing.gewone_grondslag if gewoon else lezing.gekwalificeerde_grondslag
    if grondslag is Grondslag.AANWEZIGEN:
        return aanwezig
    blank = stemmen.blanco if grondslag is Grondslag.MET_BLANCO else 0
    return stemmen.voor + stemmen.tegen + blank


def _article(regel: Regel, zitting: Zitting, staking: bool) -> str:
    if regel is Regel.ROYEMENT:
        return "9.2e, 9.2f"
    if zitting is Zitting.ZONDER_QUORUM:
        articles = "9.2k"
    else:
        articles = "10.3, 10.4" + (" optie B" if regel is Regel.GEKWALIFICEERD else "")
    return f"{articles}, 10.5" if staking else articles


def _words(
    *,
    uitkomst: Uitkomst,
    quorum_nodig: int,
    er_zijn: int,
    basis: int,
    nodig: int,
    stemmen: Stemmen,
    staking: bool,
    cast: Stem | None,
    regel: Regel,
) -> str:
    if uitkomst is Uitkomst.GEEN_GELDIGE_STEMMING:
        return (
            f"Er waren {er_zijn} deelnemers en er zijn er {quorum_nodig} nodig: "
            "er kan niet geldig gestemd worden."
        )
    if uitkomst is Uitkomst.STAKING:
        return f"Gelijke stand, {stemmen.voor} tegen {stemmen.tegen}: de doorslag moet nog komen."
    if staking and cast:
        result = "aangenomen" if cast is Stem.VOOR else "verworpen"
        return (
            f"Gelijke stand, {stemmen.voor} tegen {stemmen.tegen}; "
            f"met de doorslaggevende stem {result}."
        )
    if staking:
        return (
            f"Gelijke stand, {stemmen.voor} tegen {stemmen.tegen}, en niemand geeft de doorslag: "
            "verworpen."
        )
    if not stemmen.voor and not stemmen.tegen:
        return "Niemand stemde voor of tegen: er is geen besluit en ook geen gelijke stand."
    what = "aanwezigen" if regel is Regel.ROYEMENT else "stemmen die tellen"
    return (
        f"{stemmen.voor} voor; nodig waren er {nodig} van {basis} {what}: "
        f"{'aangenomen' if uitkomst is Uitkomst.AANGENOMEN else 'verworpen'}."
    )
