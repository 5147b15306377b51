"""What another reading would have given, and what numbers give away (§9.2 of the requirements)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from reglement.besluitvorming.doorslag import Doorslag
from reglement.besluitvorming.soorten import Regel, Stem, Uitkomst, Zitting
from reglement.besluitvorming.uitslag import Betrokkene, Stemmen, Stemuitslag, judge_vote
from reglement.lezing import LEESPUNT, STANDAARD, Keuze, Leespunt, Lezing

WEINIG: Final = 5
"""With fewer voters than this a count is easily traced to people (BV-12)."""

WOORD: Final = {
    Uitkomst.AANGENOMEN: "aangenomen",
    Uitkomst.VERWORPEN: "verworpen",
    Uitkomst.GEEN_GELDIGE_STEMMING: "geen geldige stemming",
    Uitkomst.STAKING: "een gelijke stand",
}


@dataclass(frozen=True, slots=True)
class AndereUitkomst:
    """A reading that was not chosen and that gives another result."""

    leespunt: Leespunt
    keuze: Keuze
    uitslag: Stemuitslag
    uitleg: str


@dataclass(frozen=True, slots=True)
class Kantelpunt:
    """A result that two readings judge differently, found before the vote; with one example."""

    leespunt: Leespunt
    keuze: Keuze
    voorbeeld: Stemmen
    nu: Stemuitslag
    dan: Stemuitslag
    uitleg: str


def other_readings(*, lezing: Lezing = STANDAARD, **vote: Any) -> list[AndereUitkomst]:
    """Return every single other reading by which this vote comes out differently.

    Takes what `judge_vote` takes.
    """
    now = judge_vote(lezing=lezing, **vote)
    found = []
    for punt in _that_matter(
        vote["regel"],
        vote["zitting"],
        vote.get("bij_opening"),
        vote.get("betrokkene"),
        vote.get("doorslag"),
    ):
        for keuze, other in punt.others(lezing):
            then = judge_vote(lezing=other, **vote)
            if then.uitkomst is not now.uitkomst:
                words = (
                    f"Bij '{keuze.label}' ({punt.nummer}) was dit {WOORD[then.uitkomst]} "
                    f"in plaats van {WOORD[now.uitkomst]}."
                )
                found.append(AndereUitkomst(punt, keuze, then, words))
    return found


def turning_points(
    *,
    leden: int,
    aanwezig: int,
    zitting: Zitting,
    regel: Regel,
    lezing: Lezing = STANDAARD,
    bij_opening: int | None = None,
    betrokkene_aanwezig: bool = False,
    eigen_belang: bool = False,
) -> list[Kantelpunt]:
    """Return, before the vote, the readings that can change its result, each with an example.

    The warning that the people in the room get while they can still talk about it. The subject is
    taken to vote against, the casting vote to be for.
    """
    doorslag = Doorslag(Stem.VOOR, eigen_belang) if eigen_belang else None
    betrokkene = Betrokkene(True, Stem.TEGEN) if betrokkene_aanwezig else None
    found = []
    for punt in _that_matter(regel, zitting, bij_opening, betrokkene, doorslag):
        for keuze, other in punt.others(lezing):
            for stemmen in _possible(aanwezig):
                if betrokkene and not stemmen.tegen:
                    continue
                vote: dict[str, Any] = {
                    "leden": leden,
                    "aanwezig": aanwezig,
                    "zitting": zitting,
                    "regel": regel,
                    "stemmen": stemmen,
                    "bij_opening": bij_opening,
                    "betrokkene": betrokkene,
                    "doorslag": doorslag,
                }
                now, then = judge_vote(lezing=lezing, **vote), judge_vote(lezing=other, **vote)
                if now.uitkomst is not then.uitkomst:
                    words = _example(
                        punt=punt,
                        keuze=keuze,
                        stemmen=stemmen,
                        now=now,
                        then=then,
                        lezing=lezing,
                    )
                    found.append(Kantelpunt(punt, keuze, stemmen, now, then, words))
                    break
    return found


def _that_matter(
    regel: Regel,
    zitting: Zitting,
    bij_opening: int | None,
    betrokkene: Betrokkene | None,
    doorslag: Doorslag | None,
) -> Iterator[Leespunt]:
    if regel is Regel.GEWOON or zitting is Zitting.TWEEDE:
        yield LEESPUNT["helft_plus_een"]
    if regel is Regel.GEWOON:
        yield LEESPUNT["gewone_grondslag"]
    if regel is Regel.GEKWALIFICEERD:
        yield LEESPUNT["gekwalificeerde_grondslag"]
    if betrokkene and betrokkene.aanwezig:
        yield LEESPUNT["betrokkene_stemt"]
    if doorslag and doorslag.eigen_belang:
        yield LEESPUNT["doorslag_bij_belang"]
    if bij_opening is not None:
        yield LEESPUNT["quorummoment"]


def _possible(aanwezig: int) -> Iterator[Stemmen]:
    """Give the ways in which so many can vote, the likely ones first.

    Everyone votes, the closest counts first; then some blank; then some who do not vote. A blank
    and a missing vote differ for one base only, so they are never mixed.
    """
    for rest in range(aanwezig + 1):
        cast = aanwezig - rest
        for voor in sorted(range(cast + 1), key=lambda n: abs(2 * n - cast - 1)):
            yield Stemmen(voor, cast - voor, blanco=rest)
    for cast in range(aanwezig - 1, 0, -1):
        for voor in range(cast, -1, -1):
            yield Stemmen(voor, cast - voor)


def _example(
    *,
    punt: Leespunt,
    keuze: Keuze,
    stemmen: Stemmen,
    now: Stemuitslag,
    then: Stemuitslag,
    lezing: Lezing,
) -> str:
    if now.quorum_gehaald != then.quorum_gehaald:
        holds = "wel" if now.quorum_gehaald else "niet"
        other = "niet" if now.quorum_gehaald else "wel"
        return f"Er kan nu {holds} gestemd worden; bij '{keuze.label}' ({punt.nummer}) {other}."
    blank = f" en {stemmen.blanco} blanco" if stemmen.blanco else ""
    chosen = punt.choice(lezing).label
    return (
        f"Bijvoorbeeld {stemmen.voor} voor, {stemmen.tegen} tegen{blank}: "
        f"{WOORD[now.uitkomst]} ('{chosen}'), maar {WOORD[then.uitkomst]} bij "
        f"'{keuze.label}' ({punt.nummer})."
    )


@dataclass(frozen=True, slots=True)
class Geheimwaarschuwing:
    """Why a secret vote is not secret. `code`: een, weinig, eenstemmig, op_een_na."""

    code: str
    uitleg: str


def secrecy_warning(kiezers: int, stemmen: Stemmen | None = None) -> list[Geheimwaarschuwing]:
    """Return what the numbers give away, before (without `stemmen`) or after a secret vote.

    `kiezers` are those who may vote before it, or who did vote after it (BV-12).
    """
    found = []
    if kiezers == 1:
        found.append(Geheimwaarschuwing("een", "Er is één kiezer: die stem is voor ieder bekend."))
    elif kiezers < WEINIG:
        words = (
            f"Er zijn maar {kiezers} kiezers: uit de aantallen is snel af te leiden wie wat stemde."
        )
        found.append(Geheimwaarschuwing("weinig", words))
    if stemmen is None or kiezers <= 1:
        return found
    most = max(stemmen.voor, stemmen.tegen, stemmen.blanco, stemmen.ongeldig)
    if most and most == stemmen.totaal:
        words = "Iedereen stemde hetzelfde: daarmee is van ieder bekend wat hij stemde."
        found.append(Geheimwaarschuwing("eenstemmig", words))
    elif most == stemmen.totaal - 1:
        words = "Eén stem wijkt af: wie die uitbracht, weet nu wat alle anderen stemden."
        found.append(Geheimwaarschuwing("op_een_na", words))
    return found
