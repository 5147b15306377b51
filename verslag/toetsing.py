"""The section `verslag` of a scenario table, judged by the law of §4.

A case names some facts; the others count as complete and right. So a case says one thing only.
"""

from collections.abc import Mapping
from dataclasses import replace
from types import NoneType
from typing import Any, Final

from triage.protocol.toetsing import Omgeving, TabelFout
from triage.protocol.toetsing.lezen import a_block, a_list, a_text, of_kind, only_known, short
from verslag.volledigheid import EigenTandarts, Gegevens, judge, may_charge_copy

COMPLEET: Final = Gegevens(
    tandarts_gesproken=True,
    gezien=True,
    naam="Anna de Vries",
    adres="Lindelaan 12",
    woonplaats="Utrecht",
    bsn="111222333",
    spoedklacht="Pijn",
    bevindingen="Diepe cariës 36",
    diagnose="Pulpitis 36",
    behandeling="Pulpotomie",
    tariefcodes="X10",
    eigen_tandarts=EigenTandarts.JA,
    ontvanger_bekend=True,
    advies_eigen_tandarts=True,
    rontgen_bijgevoegd=True,
)
# The name of a fact in a table, where the report has another.
_NAMEN: Final = {
    "advies_zoek_tandarts_genoteerd": "advies_eigen_tandarts",
    "reden_geen_bsn": "geen_bsn_reden",
    "verwijzing_naar": "verwijzing",
    "vervolgbehandeling": "vervolg",
}
_JA_NEE: Final = (
    "tandarts_gesproken",
    "gezien",
    "behandeld",
    "advies_zoek_tandarts_genoteerd",
    "rontgen_gemaakt",
    "nevenbevinding_urgent",
    "nevenbevinding_gemeld",
    "uitgesteld",
)
_TEKST: Final = (
    "naam",
    "adres",
    "woonplaats",
    "bsn",
    "reden_geen_bsn",
    "spoedklacht",
    "bevindingen",
    "diagnose",
    "behandeling",
    "verwijzing_naar",
    "verwijzing_reden",
    "vervolgbehandeling",
    "vervolg_termijn",
    "uitstel_grond",
    "kanaal",
)
_LIJST: Final = ("tariefcodes", "bijlagen")
# `toestemming` may stand there and changes nothing: none is needed (§4.2).
_ANDERS: Final = ("eigen_tandarts", "toestemming", "afschrift_nummer")


class Verslag:
    """What a report needs, and which way it goes."""

    naam = "verslag"
    feiten = ("feiten",)
    verwacht: Mapping[str, tuple[type, ...]] = {
        "verslag_vereist": (bool,),
        "passantendossier": (bool,),
        "toestemming_nodig": (bool,),
        "overdracht": (str, NoneType),
        "ondertekenen_toegestaan": (bool,),
        "verzenden_toegestaan": (bool,),
        "vergoeding_toegestaan": (bool,),
        "fouten": (list,),
        "hints": (list,),
    }

    def judge(self, case: Mapping[str, Any], omgeving: Omgeving, plaats: str) -> dict[str, Any]:
        feiten = a_block(case["feiten"], f"{plaats}, feiten")
        gegevens = read_report(feiten, f"{plaats}, feiten")
        oordeel = judge(
            gegevens,
            ook_bij_alleen_gesproken=omgeving.instellingen.verslag_ook_bij_alleen_gesproken,
        )
        fouten = (*oordeel.fouten, *oordeel.verzendfouten) if oordeel.is_contact else ()
        return {
            "verslag_vereist": oordeel.verslag_vereist,
            "passantendossier": oordeel.passantendossier,
            "toestemming_nodig": oordeel.toestemming_nodig,
            "overdracht": oordeel.overdracht.value,
            "ondertekenen_toegestaan": oordeel.ondertekenen_toegestaan,
            "verzenden_toegestaan": oordeel.verzenden_toegestaan,
            "vergoeding_toegestaan": may_charge_copy(_copy_number(feiten, f"{plaats}, feiten")),
            "fouten": [reden.sleutel for reden in fouten],
            "hints": [reden.sleutel for reden in oordeel.hints],
        }


def read_report(feiten: Mapping[str, Any], plaats: str) -> Gegevens:
    """The complete report with the facts of a case; `TabelFout` for what is no fact."""
    only_known(feiten, (*_JA_NEE, *_TEKST, *_LIJST, *_ANDERS), plaats)
    values: dict[str, Any] = {}
    for name, value in feiten.items():
        field, here = _NAMEN.get(name, name), f"{plaats}, {name}"
        if name in _JA_NEE:
            values[field] = bool(of_kind(value, (bool, NoneType), here))
        elif name in _TEKST:
            values[field] = of_kind(value, (str, NoneType), here) or ""
        elif name in _LIJST:
            items = [a_text(item, here) for item in a_list(value or [], here)]
            values |= {name: " ".join(items)} if name == "tariefcodes" else {}
            values |= {"rontgen_bijgevoegd": bool(items)} if name == "bijlagen" else {}
    of_kind(feiten.get("toestemming"), (bool, NoneType), f"{plaats}, toestemming")
    if "eigen_tandarts" in feiten:
        values["eigen_tandarts"] = _own_dentist(feiten["eigen_tandarts"], plaats)
    # What comes with another fact counts as right once that fact is there.
    values.setdefault("nevenbevinding_gemeld", values.get("nevenbevinding_urgent", False))
    if values.get("uitgesteld"):
        values.setdefault("uitstel_grond", "Koorts; eerst naar de huisarts.")
    return replace(COMPLEET, **values)


def _own_dentist(value: Any, plaats: str) -> EigenTandarts:
    try:
        return EigenTandarts(value)
    except ValueError:
        keuzes = ", ".join(EigenTandarts)
        raise TabelFout(
            f"{plaats}, eigen_tandarts", f"{short(value)} is niet een van: {keuzes}"
        ) from None


def _copy_number(feiten: Mapping[str, Any], plaats: str) -> int:
    """The how-manieth copy for the patient; without one it is the first."""
    number: int | None = of_kind(
        feiten.get("afschrift_nummer"), (int, NoneType), f"{plaats}, afschrift_nummer"
    )
    if number is not None and number < 1:
        raise TabelFout(f"{plaats}, afschrift_nummer", "het eerste afschrift is nummer 1")
    return number or 1
