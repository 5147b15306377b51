"""The sections of a table: how a case is read, and what the protocol makes of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from types import NoneType
from typing import Any, Final, Protocol

from triage.protocol.afronden import Procesoordeel, judge_process
from triage.protocol.feiten import Feiten
from triage.protocol.instellingen import Instellingen
from triage.protocol.lezing import Lezing
from triage.protocol.toetsing.feiten import read_facts, read_process
from triage.protocol.toetsing.lezen import TabelFout, a_block
from triage.protocol.uitkomst import Uitkomst
from triage.protocol.validatie import validate


@dataclass(frozen=True, slots=True)
class Omgeving:
    """What a case is judged with besides its own facts."""

    lezing: Lezing
    feestdagen: Callable[[datetime], frozenset[date]]
    basis: Mapping[str, Any]

    @property
    def instellingen(self) -> Instellingen:
        return self.lezing.instellingen


class Onderdeel(Protocol):
    """One section of a table, under its key in the file.

    ``feiten`` are the keys of a case that hold its facts, ``verwacht`` the JSON types that each
    expected value may have; ``judge`` finds a value for every one of them.  ``judge`` raises
    ``TabelFout`` for facts that are no facts.
    """

    @property
    def naam(self) -> str: ...

    @property
    def feiten(self) -> tuple[str, ...]: ...

    @property
    def verwacht(self) -> Mapping[str, tuple[type, ...]]: ...

    def judge(
        self, case: Mapping[str, Any], omgeving: Omgeving, plaats: str
    ) -> Mapping[str, Any]: ...


_TEKST, _GETAL, _JA_NEE, _LIJST = (str, NoneType), (int, NoneType), (bool,), (list,)
_UITKOMST: Final[Mapping[str, tuple[type, ...]]] = {
    "contact_tandarts": (str,),
    "contact_verplicht": _JA_NEE,
    "urgentie": (str,),
    "moet_gezien": (str,),
    "zien_binnen_min": _GETAL,
    "streef_zien_binnen_min": _GETAL,
    "termijn_zekerheid": _TEKST,
    "terugbel_minuten": _GETAL,
    "terugbel_timers": _LIJST,
    "adviezen": _LIJST,
    "melden_agressie": _JA_NEE,
    "vlaggen": _LIJST,
    "regels": _LIJST,
    "reden_paragrafen": (dict,),
}


def outcome_values(uitkomst: Uitkomst) -> dict[str, Any]:
    """An outcome in the words of a table."""
    return {
        **{key: getattr(uitkomst, key) for key in _UITKOMST if key != "reden_paragrafen"},
        "regels": uitkomst.regel_ids,
        "reden_paragrafen": {regel.id: regel.paragraaf for regel in uitkomst.regels},
    }


def _facts(case: Mapping[str, Any], omgeving: Omgeving, plaats: str) -> Feiten:
    verschil = a_block(case["verschil_met_basis"], f"{plaats}, verschil_met_basis")
    return read_facts({**omgeving.basis, **verschil}, f"{plaats}, verschil_met_basis")


class Triage:
    """What the protocol says about a contact."""

    naam = "triage"
    feiten = ("verschil_met_basis",)
    verwacht = _UITKOMST

    def judge(self, case: Mapping[str, Any], omgeving: Omgeving, plaats: str) -> dict[str, Any]:
        facts = _facts(case, omgeving, plaats)
        return outcome_values(omgeving.lezing.evaluate(facts, omgeving.feestdagen(facts.tijdstip)))


class Validatie(Triage):
    """What is wrong with an intake; the advice is there all the same."""

    naam = "validatie"
    verwacht: Mapping[str, tuple[type, ...]] = {
        **_UITKOMST,
        "validatie_fouten": _LIJST,
        "afronden_toegestaan": _JA_NEE,
        "advies_en_contact_geblokkeerd": _JA_NEE,
    }

    def judge(self, case: Mapping[str, Any], omgeving: Omgeving, plaats: str) -> dict[str, Any]:
        facts = _facts(case, omgeving, plaats)
        faults = validate(facts, omgeving.instellingen)
        return {
            **super().judge(case, omgeving, plaats),
            "validatie_fouten": faults,
            "afronden_toegestaan": not faults,
            # The outcome above was found with these faults there: nothing holds it back.
            "advies_en_contact_geblokkeerd": False,
        }


class Proces:
    """What must happen after triage before a call is closed."""

    naam = "proces"
    feiten = ("feiten",)
    verwacht: Mapping[str, tuple[type, ...]] = {
        "afronden_toegestaan": _JA_NEE,
        "fouten": _LIJST,
        "escaleer_naar": _TEKST,
        "terugbel_minuten": _GETAL,
        "zien_binnen_min_rest": _GETAL,
        "wachtrij": _TEKST,
        "waarschuwing": _TEKST,
    }

    def judge(self, case: Mapping[str, Any], omgeving: Omgeving, plaats: str) -> dict[str, Any]:
        facts = read_process(case["feiten"], f"{plaats}, feiten")
        oordeel = judge_process(facts, omgeving.instellingen)
        return {item.name: getattr(oordeel, item.name) for item in fields(Procesoordeel)}


_ONDERDELEN: Final[dict[str, Onderdeel]] = {}


def register(onderdeel: Onderdeel) -> None:
    """Add a section; a higher room registers its own when the program starts."""
    _ONDERDELEN[onderdeel.naam] = onderdeel


def sections() -> Mapping[str, Onderdeel]:
    """The known sections by their key in a file."""
    return dict(_ONDERDELEN)


for _onderdeel in (Triage(), Validatie(), Proces()):
    register(_onderdeel)

__all__ = ["Omgeving", "Onderdeel", "TabelFout", "register", "sections"]
