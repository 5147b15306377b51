"""The choices, and the `Lezing` that holds one of each."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Any, Final, get_type_hints


class LezingFout(ValueError):
    """A stored reading has a field or a value that this release does not know."""


class Helft(StrEnum):
    """A-1: the number that "de helft plus één" is."""

    MEER_DAN_DE_HELFT = "meer_dan_de_helft"
    LETTERLIJK = "letterlijk"


class Grondslag(StrEnum):
    """A-2, A-4: what a majority of votes is a part of."""

    VOOR_EN_TEGEN = "voor_en_tegen"
    MET_BLANCO = "met_blanco"
    AANWEZIGEN = "aanwezigen"


class EigenBelang(StrEnum):
    """A-6: who has the casting vote when its holder has an interest of his own."""

    PLAATSVERVANGER = "plaatsvervanger"
    HOUDER = "houder"
    NIEMAND = "niemand"


class Quorummoment(StrEnum):
    """A-7: when enough deelnemers must be there."""

    BIJ_STEMMING = "bij_stemming"
    BIJ_OPENING = "bij_opening"


class Telwijze(StrEnum):
    """A-9: whether the first and the last day of a notice count."""

    KALENDERDAGEN = "kalenderdagen"
    VRIJE_DAGEN = "vrije_dagen"


class Oproepvanaf(StrEnum):
    """A-9: the day from which a notice runs."""

    VERZENDING = "verzending"
    ONTVANGST = "ontvangst"


class Toezendklok(StrEnum):
    """A-15: from when the second clock of 10.7 runs."""

    VANAF_VERWERKING = "vanaf_verwerking"
    BESLUIT_14_DAGEN = "besluit_14_dagen"


class Viervergadering(StrEnum):
    """A-14: what must have happened within the four weeks of 9.2k."""

    GEHOUDEN = "gehouden"
    OPGEROEPEN = "opgeroepen"


class Voorwaardelijk(StrEnum):
    """A-12: what a practice is during the term of a conditional royement."""

    DEELNEMER = "deelnemer"
    GESCHORST = "geschorst"


class NietVoldaan(StrEnum):
    """A-13: what follows when the conditions are judged not to be met before the term ends."""

    ROYEMENT = "royement"
    TERMIJN_LOOPT_DOOR = "termijn_loopt_door"


class OpzegEinde(StrEnum):
    """A-20: the day on which a resignation takes effect."""

    EXACTE_DAG = "exacte_dag"
    MAANDEINDE = "maandeinde"
    ROOSTEREINDE = "roostereinde"


class NieuweDeelnemer(StrEnum):
    """A-17: who decides about a new practice."""

    VERGADERING = "vergadering"
    RECHT = "recht"


class Roostergoedkeuring(StrEnum):
    """A-18: how the deelnemers approve the roster of 4.2."""

    GOEDKEURINGSRONDE = "goedkeuringsronde"
    BESLUIT = "besluit"


class VariantEen(StrEnum):
    """A-3: who appoints the coördinator when variant I meets 10.1e."""

    BESTUUR = "bestuur"
    BEKRACHTIGING = "bekrachtiging"


class Opvolger(StrEnum):
    """A-19: the term of someone who takes over halfway."""

    VOLLE_TERMIJN = "volle_termijn"
    RESTERENDE_TERMIJN = "resterende_termijn"


class Vergoedingsjaar(StrEnum):
    """A-21: the duties that count in the year of a one-sided admission."""

    VANAF_DATUM = "vanaf_datum"
    HEEL_JAAR = "heel_jaar"


@dataclass(frozen=True, slots=True)
class Lezing:
    """The choices of one version of a reglement; every field has its `Leespunt`."""

    helft_plus_een: Helft = Helft.MEER_DAN_DE_HELFT
    gewone_grondslag: Grondslag = Grondslag.VOOR_EN_TEGEN
    gekwalificeerde_grondslag: Grondslag = Grondslag.VOOR_EN_TEGEN
    betrokkene_stemt: bool = True
    doorslag_bij_belang: EigenBelang = EigenBelang.PLAATSVERVANGER
    quorummoment: Quorummoment = Quorummoment.BIJ_STEMMING
    volmacht: bool = False
    telwijze: Telwijze = Telwijze.KALENDERDAGEN
    oproep_vanaf: Oproepvanaf = Oproepvanaf.VERZENDING
    tweede_vooraf: bool = False
    termijnenwet: bool = False
    extra_feestdagen: tuple[date, ...] = ()
    toezendklok: Toezendklok = Toezendklok.VANAF_VERWERKING
    viervergadering: Viervergadering = Viervergadering.GEHOUDEN
    voorwaardelijk: Voorwaardelijk = Voorwaardelijk.DEELNEMER
    niet_voldaan: NietVoldaan = NietVoldaan.ROYEMENT
    opzeg_einde: OpzegEinde = OpzegEinde.EXACTE_DAG
    nieuwe_deelnemer: NieuweDeelnemer = NieuweDeelnemer.VERGADERING
    roostergoedkeuring: Roostergoedkeuring = Roostergoedkeuring.GOEDKEURINGSRONDE
    variant_een: VariantEen = VariantEen.BESTUUR
    opvolger: Opvolger = Opvolger.VOLLE_TERMIJN
    vergoedingsjaar: Vergoedingsjaar = Vergoedingsjaar.VANAF_DATUM
    opnieuw_tekenen: bool = True

    def to_dict(self) -> dict[str, Any]:
        """Return plain values for a JSON column; days as text."""
        record = {field.name: getattr(self, field.name) for field in fields(self)}
        record["extra_feestdagen"] = [dag.isoformat() for dag in self.extra_feestdagen]
        return {name: str(v) if isinstance(v, StrEnum) else v for name, v in record.items()}

    @classmethod
    def from_dict(cls, record: Mapping[str, Any]) -> "Lezing":
        """Read a stored reading; what is not in it has the default.

        Raises `LezingFout` for a field or value that does not exist: guessing would judge a
        decision by rules that nobody chose.
        """
        kinds, values = get_type_hints(cls), dict[str, Any]()
        for name, value in record.items():
            if name not in kinds:
                raise LezingFout(f"onbekende lezing: {name}")
            values[name] = _parse(name, value, kinds[name])
        return cls(**values)


def _parse(name: str, value: Any, kind: Any) -> Any:
    if name == "extra_feestdagen":
        return _days(value)
    if kind is bool:
        known = {True: True, False: False, "ja": True, "nee": False}
        if isinstance(value, bool | str) and value in known:
            return known[value]
    elif isinstance(value, str) and value in {str(choice) for choice in kind}:
        return kind(value)
    raise LezingFout(f"{name}: {value!r} is geen keuze")


def _days(value: Any) -> tuple[date, ...]:
    try:
        return tuple(sorted({date.fromisoformat(str(day)) for day in value}))
    except (TypeError, ValueError) as error:
        raise LezingFout(f"extra_feestdagen: {error}") from None


STANDAARD: Final = Lezing()
