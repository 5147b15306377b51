"""What is decided, by whom and by which rule (4.1, 9.2, 10.1-10.4, 11.5)."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from reglement.lezing import (
    STANDAARD,
    Lezing,
    NieuweDeelnemer,
    Roostergoedkeuring,
    VariantEen,
)


class Besluitsoort(StrEnum):
    """The kinds of decision: the letters of 10.1, and what the list leaves out."""

    VASTSTELLEN = "vaststellen"
    WIJZIGEN = "wijzigen"
    VERZORGINGSGEBIED = "verzorgingsgebied"
    BESTUUR = "bestuur"
    COORDINATOR = "coordinator"
    ROYEMENT = "royement"
    VOORWAARDELIJK = "voorwaardelijk"
    HERTOELATING = "hertoelating"
    TOETS = "toets"
    TOELATING = "toelating"
    ROOSTER = "rooster"
    NIET_VOORZIEN = "niet_voorzien"
    OVERIG = "overig"


class Regel(StrEnum):
    """The majority that carries a proposal."""

    GEWOON = "gewoon"
    GEKWALIFICEERD = "gekwalificeerd"
    ROYEMENT = "royement"


class Zitting(StrEnum):
    """Which meeting of the ladder it is; a second is the last one (A-10)."""

    EERSTE = "eerste"
    TWEEDE = "tweede"
    ZONDER_QUORUM = "zonder_quorum"


class Stem(StrEnum):
    VOOR = "voor"
    TEGEN = "tegen"
    BLANCO = "blanco"
    ONGELDIG = "ongeldig"


class Uitkomst(StrEnum):
    """`STAKING`: as many for as against, and the casting vote of 10.5 is still to come."""

    AANGENOMEN = "aangenomen"
    VERWORPEN = "verworpen"
    GEEN_GELDIGE_STEMMING = "geen_geldige_stemming"
    STAKING = "staking"


class Bestuursoptie(StrEnum):
    """4.1: a bestuur (A), or only a coördinator and deputy (B)."""

    A = "A"
    B = "B"


class Variant(StrEnum):
    """4.1 option A: the bestuur (I) or the deelnemers (II) appoint the coördinator."""

    I = "I"  # noqa: E741 - the text calls it so
    II = "II"


class Meerderheidsoptie(StrEnum):
    """10.4: all decisions ordinary (A), or a list of them by two thirds (B)."""

    A = "A"
    B = "B"


class Orgaan(StrEnum):
    """Who decides.

    `NIET_GENOEMD`: the deelnemers, but 10.1 does not name it; `GEEN`: nobody has to;
    `BESTAAT_NIET`: this kring has no such decision.
    """

    DEELNEMERS = "deelnemers"
    BESTUUR = "bestuur"
    NIET_GENOEMD = "niet_genoemd"
    GEEN = "geen"
    BESTAAT_NIET = "bestaat_niet"


LETTER = {
    Besluitsoort.VASTSTELLEN: "a",
    Besluitsoort.WIJZIGEN: "b",
    Besluitsoort.VERZORGINGSGEBIED: "c",
    Besluitsoort.BESTUUR: "d",
    Besluitsoort.COORDINATOR: "e",
    Besluitsoort.ROYEMENT: "f",
    Besluitsoort.VOORWAARDELIJK: "f",
    Besluitsoort.HERTOELATING: "g",
}
"""Where a kind stands in 10.1."""

EIGEN_REGEL = frozenset(
    {
        Besluitsoort.ROYEMENT,
        Besluitsoort.VOORWAARDELIJK,
        Besluitsoort.HERTOELATING,
        Besluitsoort.TOETS,
    }
)
"""Kinds that 9.2 rules itself: the 2/3 list of 10.4 does not reach them (10.2)."""


@dataclass(frozen=True, slots=True)
class Bevoegd:
    """Who decides, by which majority, and with which quorum in the first and second meeting.

    Without a vote of the deelnemers (`orgaan` not DEELNEMERS or NIET_GENOEMD) the rule is None.
    """

    orgaan: Orgaan
    regel: Regel | None
    eerste_zitting: Zitting | None
    tweede_mogelijk: bool
    artikel: str
    uitleg: str
    waarschuwing: str = ""


def decision_body(
    soort: Besluitsoort,
    *,
    bestuursoptie: Bestuursoptie,
    meerderheidsoptie: Meerderheidsoptie = Meerderheidsoptie.A,
    variant: Variant | None = None,
    lijst: Collection[Besluitsoort] = (),
    lezing: Lezing = STANDAARD,
) -> Bevoegd:
    """Return who decides about this kind of thing, and how (BV-2, BV-3, BV-6, BV-9)."""
    if soort in EIGEN_REGEL:
        return _own_rule(soort)
    if soort is Besluitsoort.BESTUUR and bestuursoptie is Bestuursoptie.B:
        return Bevoegd(
            Orgaan.BESTAAT_NIET,
            None,
            None,
            False,
            "4.1 optie B",
            "Deze kring heeft geen bestuur maar alleen een coördinator.",
        )
    if soort is Besluitsoort.COORDINATOR and (
        bestuursoptie is Bestuursoptie.A and variant is Variant.I
    ):
        return _variant_one(meerderheidsoptie, lijst, lezing)
    if soort is Besluitsoort.TOELATING and lezing.nieuwe_deelnemer is NieuweDeelnemer.RECHT:
        return Bevoegd(
            Orgaan.GEEN,
            None,
            None,
            False,
            "par. 5.2.1",
            "Wie aan de voorwaarden van par. 5.2.1 voldoet, mag meedoen. Daar is geen besluit "
            "voor nodig.",
        )
    if (
        soort is Besluitsoort.ROOSTER
        and lezing.roostergoedkeuring is Roostergoedkeuring.GOEDKEURINGSRONDE
    ):
        return Bevoegd(
            Orgaan.NIET_GENOEMD,
            None,
            None,
            False,
            "4.2",
            "De deelnemers keuren het rooster goed in een goedkeuringsronde, zonder vergadering.",
        )
    return _by_vote(soort, meerderheidsoptie, lijst)


def _own_rule(soort: Besluitsoort) -> Bevoegd:
    if soort in (Besluitsoort.ROYEMENT, Besluitsoort.VOORWAARDELIJK):
        return Bevoegd(
            Orgaan.DEELNEMERS,
            Regel.ROYEMENT,
            Zitting.EERSTE,
            True,
            "9.2e, 9.2f, 10.1f",
            "Royement heeft een eigen regel: van wie aanwezig is, stemt minstens twee derde voor.",
        )
    return Bevoegd(
        Orgaan.DEELNEMERS,
        Regel.GEWOON,
        Zitting.ZONDER_QUORUM,
        False,
        "9.2k, 10.1g" if soort is Besluitsoort.HERTOELATING else "9.2j, 9.2k",
        "Voor deze vergadering geldt geen quorum; een gewone meerderheid beslist.",
    )


def _variant_one(
    meerderheidsoptie: Meerderheidsoptie, lijst: Collection[Besluitsoort], lezing: Lezing
) -> Bevoegd:
    warning = (
        "Variant I van 4.1 laat het bestuur aanwijzen, 10.1e laat de deelnemers benoemen. "
        "De bijzondere regel gaat voor; laat de vergadering het zo nodig bekrachtigen."
    )
    if lezing.variant_een is VariantEen.BEKRACHTIGING:
        vote = _by_vote(Besluitsoort.COORDINATOR, meerderheidsoptie, lijst)
        return Bevoegd(
            Orgaan.DEELNEMERS,
            vote.regel,
            vote.eerste_zitting,
            True,
            "4.1 variant I, 10.1e",
            "Het bestuur wijst aan en de deelnemers bekrachtigen dat.",
            warning,
        )
    return Bevoegd(
        Orgaan.BESTUUR,
        None,
        None,
        False,
        "4.1 variant I",
        "Het bestuur wijst de coördinator en de plaatsvervanger uit zijn midden aan.",
        warning,
    )


def _by_vote(
    soort: Besluitsoort, meerderheidsoptie: Meerderheidsoptie, lijst: Collection[Besluitsoort]
) -> Bevoegd:
    listed = meerderheidsoptie is Meerderheidsoptie.B and soort in lijst
    letter = LETTER.get(soort)
    return Bevoegd(
        Orgaan.DEELNEMERS if letter else Orgaan.NIET_GENOEMD,
        Regel.GEKWALIFICEERD if listed else Regel.GEWOON,
        Zitting.EERSTE,
        True,
        f"10.1{letter}, 10.3, 10.4" if letter else "11.5, 10.3",
        "Dit besluit staat op de 2/3-lijst van het reglement."
        if listed
        else "Een gewone meerderheid van de stemmen beslist.",
        "" if letter else "10.1 noemt dit besluit niet: de regel van 11.5 geldt, en 10.3 ook.",
    )
