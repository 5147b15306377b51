"""The English words of the scenario tables and what they are in the law."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from reglement.besluitvorming import (
    Besluitsoort,
    Orgaan,
    Regel,
    Status,
    Stem,
    Uitkomst,
    Zitting,
)
from reglement.lezing import (
    LEESPUNTEN,
    STANDAARD,
    EigenBelang,
    Grondslag,
    Helft,
    Lezing,
    NietVoldaan,
    NieuweDeelnemer,
    Oproepvanaf,
    Opvolger,
    OpzegEinde,
    Quorummoment,
    Roostergoedkeuring,
    Telwijze,
    Toezendklok,
    VariantEen,
    Vergoedingsjaar,
    Viervergadering,
    Voorwaardelijk,
)
from reglement.termijnen import Reden
from rooster.regels import AMSTERDAM


class TabelFout(ValueError):
    """A table or a case says something that cannot be read."""


VREEMD: Final = frozenset({"complaint_start", "extension_from"})
"""Policies of later apps; a table may name them for its other cases."""

KEUZES: Final[Mapping[str, Mapping[str, Any]]] = {
    "half_plus_one": {"strict": Helft.MEER_DAN_DE_HELFT, "literal": Helft.LETTERLIJK},
    "ordinary_base": {
        "blank": Grondslag.MET_BLANCO,
        "cast": Grondslag.MET_BLANCO,
        "present": Grondslag.AANWEZIGEN,
        "for_against": Grondslag.VOOR_EN_TEGEN,
    },
    "qualified_base": {
        "blank": Grondslag.MET_BLANCO,
        "cast": Grondslag.MET_BLANCO,
        "present": Grondslag.AANWEZIGEN,
        "for_against": Grondslag.VOOR_EN_TEGEN,
    },
    "casting_conflict": {
        "deputy": EigenBelang.PLAATSVERVANGER,
        "holder": EigenBelang.HOUDER,
        "none": EigenBelang.NIEMAND,
    },
    "quorum_moment": {"vote": Quorummoment.BIJ_STEMMING, "opening": Quorummoment.BIJ_OPENING},
    "notice_counting": {"calendar": Telwijze.KALENDERDAGEN, "clear": Telwijze.VRIJE_DAGEN},
    "notice_from": {"sen": Oproepvanaf.VERZENDING, "recei": Oproepvanaf.ONTVANGST},
    "send_clock": {
        "processing": Toezendklok.VANAF_VERWERKING,
        "decision": Toezendklok.BESLUIT_14_DAGEN,
    },
    "k_meeting": {"held": Viervergadering.GEHOUDEN, "conven": Viervergadering.OPGEROEPEN},
    "conditional_status": {
        "member": Voorwaardelijk.DEELNEMER,
        "suspended": Voorwaardelijk.GESCHORST,
    },
    "not_met": {"royeerd": NietVoldaan.ROYEMENT, "continues": NietVoldaan.TERMIJN_LOOPT_DOOR},
    "resignation_end": {
        "exact": OpzegEinde.EXACTE_DAG,
        "month": OpzegEinde.MAANDEINDE,
        "roster": OpzegEinde.ROOSTEREINDE,
    },
    "new_member": {"11_5": NieuweDeelnemer.VERGADERING, "right": NieuweDeelnemer.RECHT},
    "roster_approval": {
        "round": Roostergoedkeuring.GOEDKEURINGSRONDE,
        "decision": Roostergoedkeuring.BESLUIT,
    },
    "variant_i": {"board": VariantEen.BESTUUR, "ratif": VariantEen.BEKRACHTIGING},
    "interim_term": {"full": Opvolger.VOLLE_TERMIJN, "remain": Opvolger.RESTERENDE_TERMIJN},
    "one_sided_year": {"from": Vergoedingsjaar.VANAF_DATUM, "whole": Vergoedingsjaar.HEEL_JAAR},
}
"""Per place the part of a word that tells which choice is meant; the first that is found holds."""

JA_NEE: Final = {
    "ja": True,
    "yes": True,
    "nee": False,
    "no": False,
    "betrokkene telt en stemt mee": True,
}
PUNT: Final = {punt.sleutel: punt for punt in LEESPUNTEN}

SOORTEN: Final[Mapping[str, Besluitsoort]] = {
    "adopt_rules": Besluitsoort.VASTSTELLEN,
    "adopt": Besluitsoort.VASTSTELLEN,
    "amend_rules": Besluitsoort.WIJZIGEN,
    "amend": Besluitsoort.WIJZIGEN,
    "change_rules": Besluitsoort.WIJZIGEN,
    "change_area": Besluitsoort.VERZORGINGSGEBIED,
    "area": Besluitsoort.VERZORGINGSGEBIED,
    "appoint_board": Besluitsoort.BESTUUR,
    "appoint_coordinator": Besluitsoort.COORDINATOR,
    "appoint_deputy": Besluitsoort.COORDINATOR,
    "appoint_deputy_coordinator": Besluitsoort.COORDINATOR,
    "royement": Besluitsoort.ROYEMENT,
    "conditional_royement": Besluitsoort.VOORWAARDELIJK,
    "conditional": Besluitsoort.VOORWAARDELIJK,
    "readmit": Besluitsoort.HERTOELATING,
    "readmission": Besluitsoort.HERTOELATING,
    "test_conditions": Besluitsoort.TOETS,
    "conditions_met": Besluitsoort.TOETS,
    "admit_new": Besluitsoort.TOELATING,
    "approve_roster": Besluitsoort.ROOSTER,
    "roster": Besluitsoort.ROOSTER,
}
"""A kind that is not in here is one the rules do not mention (11.5)."""

REGELS: Final = {
    "ordinary": Regel.GEWOON,
    "qualified": Regel.GEKWALIFICEERD,
    "royement": Regel.ROYEMENT,
}
ZITTINGEN: Final = {
    "first": Zitting.EERSTE,
    "second": Zitting.TWEEDE,
    "none": Zitting.ZONDER_QUORUM,
}
STEMMEN: Final = {
    "for": Stem.VOOR,
    "against": Stem.TEGEN,
    "blank": Stem.BLANCO,
    "invalid": Stem.ONGELDIG,
}
STATUSSEN: Final = {
    "member": Status.LID,
    "conditional": Status.VOORWAARDELIJK,
    "one_sided": Status.EENZIJDIG,
    "royeerd": Status.GEROYEERD,
}
"""Any other status is one that has ended, or has not begun."""

UITKOMST: Final = {
    Uitkomst.AANGENOMEN: "adopted",
    Uitkomst.VERWORPEN: "rejected",
    Uitkomst.GEEN_GELDIGE_STEMMING: "no_valid_vote",
    Uitkomst.STAKING: "tied",
}
ORGAAN: Final = {
    Orgaan.DEELNEMERS: "members",
    Orgaan.BESTUUR: "board",
    Orgaan.NIET_GENOEMD: "unlisted",
    Orgaan.GEEN: "none",
    Orgaan.BESTAAT_NIET: "not_applicable",
}
QUORUM: Final = {Zitting.EERSTE: "two_thirds", Zitting.ZONDER_QUORUM: "none", None: None}
REGEL: Final[Mapping[Regel | None, str | None]] = {
    **{regel: word for word, regel in REGELS.items()},
    None: None,
}
REDEN: Final = {
    Reden.TE_KORT: "notice_too_short",
    Reden.TE_LANG: "too_long",
    Reden.ONMOGELIJK: "impossible",
    Reden.VOORAF: "preannounced",
    Reden.ANDERE_AGENDA: "different_agenda",
    Reden.VOOR_DE_EERSTE: "before_first_meeting",
    Reden.TE_LAAT: "too_late",
    Reden.TE_VROEG: "too_early",
    Reden.NIET_SCHRIFTELIJK: "not_in_writing",
    Reden.GEEN_REDEN: "no_reasons",
    Reden.NIET_GEROYEERD: "not_royeerd",
    Reden.KAN_ELDERS: "can_participate_elsewhere",
    None: None,
}


def word(table: Mapping[str, Any], value: Any, what: str) -> Any:
    """Return what a word of the table means. Raises `TabelFout`."""
    if isinstance(value, str) and value in table:
        return table[value]
    raise TabelFout(f"{what}: {value!r} is onbekend")


def a_day(value: Any, what: str) -> date:
    """Read a day; of a moment its day in Amsterdam counts. Raises `TabelFout`."""
    try:
        moment = datetime.fromisoformat(str(value))
        return (moment.astimezone(AMSTERDAM) if moment.tzinfo else moment).date()
    except ValueError:
        raise TabelFout(f"{what}: {value!r} is geen datum") from None


def maybe_day(record: Mapping[str, Any], *names: str) -> date | None:
    """Return the day under the first of these names that holds one."""
    for name in names:
        if record.get(name) is not None:
            return a_day(record[name], name)
    return None


def a_number(value: Any, what: str) -> int:
    """Read a whole number, or how many there are in a list. Raises `TabelFout`."""
    if isinstance(value, list):
        return len(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise TabelFout(f"{what}: {value!r} is geen geheel getal")


def read_policy(policy: Mapping[str, Any], basis: Lezing = STANDAARD) -> Lezing:
    """Return the reading that a policy of a table asks for, on top of another."""
    record = basis.to_dict()
    for name, value in policy.items():
        if name in VREEMD:
            continue
        if name == "extra_holidays":
            record["extra_feestdagen"] = [str(a_day(day, name)) for day in value]
        elif name in PUNT:
            record[PUNT[name].veld] = _choice(name, value)
        else:
            raise TabelFout(f"onbekende policy: {name}")
    return Lezing.from_dict(record)


def _choice(name: str, value: Any) -> Any:
    """Read one choice; a table may explain it after a colon ("calendar: …")."""
    if isinstance(value, bool) and isinstance(PUNT[name].standaard, bool):
        return value
    if isinstance(value, str):
        text = value.split(":")[0].strip()
        found: Any
        if isinstance(PUNT[name].standaard, bool):
            found = JA_NEE.get(text)
        else:
            parts = KEUZES[name].items()
            found = next((str(choice) for part, choice in parts if part in text), None)
        if found is not None:
            return found
    raise TabelFout(f"{name}: {value!r} is onbekend")
