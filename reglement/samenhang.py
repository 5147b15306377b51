"""Whether the choices of a reglement fit together (RG-13), before it goes to a meeting.

Pure. A finding that blocks keeps the version from being put to adoption (RG-7); the others are for
the group to know. The codes are those of the scenario tables.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from reglement.besluitvorming import Besluitsoort, Bestuursoptie, Meerderheidsoptie, Variant
from reglement.lezing import STANDAARD, Lezing, VariantEen, Viervergadering
from reglement.termijnen import add_months

RICHTLIJN_JAAR: Final = 2022
VIER: Final = 4


@dataclass(frozen=True, slots=True)
class Regels:
    """What the checks need of a version; None is not filled in (or not asked here).

    `lijst` are the decisions of 10.4 option B, `open_plekken` the keys of empty places.
    """

    bestuursoptie: Bestuursoptie | None = None
    variant: Variant | None = None
    meerderheidsoptie: Meerderheidsoptie | None = None
    lijst: tuple[Besluitsoort, ...] = ()
    oproep_weken: int | None = None
    min_weken: int | None = None
    max_maanden: int | None = None
    richtlijn_jaar: int | None = None
    open_plekken: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bevinding:
    """One thing that does not fit; `blokkeert`: it may not be put to adoption like this."""

    code: str
    blokkeert: bool
    uitleg: str
    artikel: str


def check_rules(regels: Regels, lezing: Lezing = STANDAARD) -> list[Bevinding]:
    """Return what does not fit in these rules, in the order of the codes."""
    found = [
        *_governance(regels, lezing),
        *_majority(regels),
        *_terms(regels, lezing),
        *(
            Bevinding(f"unfilled:{plek}", True, f"Nog niet ingevuld: {plek}.", plek.split("-")[0])
            for plek in regels.open_plekken
        ),
    ]
    return sorted(found, key=lambda one: one.code)


def _governance(regels: Regels, lezing: Lezing) -> list[Bevinding]:
    found = []
    if regels.bestuursoptie is None:
        words = "Kies of er een bestuur is (optie A) of alleen een coördinator (optie B)."
        found.append(Bevinding("governance_option_missing", True, words, "4.1"))
    if regels.bestuursoptie is Bestuursoptie.A and regels.variant is None:
        words = "Met een bestuur hoort een keuze: wijst het bestuur (I) of wijzen de deelnemers "
        words += "(II) de coördinator aan?"
        found.append(Bevinding("variant_missing", True, words, "4.1"))
    if regels.bestuursoptie is Bestuursoptie.B and regels.variant is not None:
        words = "Variant I en II horen bij een bestuur; zonder bestuur doen ze niets."
        found.append(Bevinding("variant_without_board", False, words, "4.1"))
    if regels.bestuursoptie is Bestuursoptie.A and regels.variant is Variant.I:
        words = "Variant I laat het bestuur de coördinator aanwijzen, 10.1e de deelnemers. "
        words += (
            "De vergadering bekrachtigt de aanwijzing."
            if lezing.variant_een is VariantEen.BEKRACHTIGING
            else "De bijzondere regel gaat voor; een bekrachtiging neemt twijfel weg."
        )
        found.append(Bevinding("conflict_10_1e_variant_I", False, words, "4.1, 10.1e"))
    return found


def _majority(regels: Regels) -> list[Bevinding]:
    found = []
    if regels.meerderheidsoptie is None:
        words = "Kies of alle besluiten met een gewone meerderheid gaan (A) of sommige met 2/3 (B)."
        found.append(Bevinding("majority_option_missing", True, words, "10.4"))
    if regels.meerderheidsoptie is Meerderheidsoptie.B and not regels.lijst:
        words = "Optie B vraagt een lijst van besluiten met twee derde. Vul de lijst of kies A."
        found.append(Bevinding("qualified_list_empty", True, words, "10.4"))
    if regels.meerderheidsoptie is Meerderheidsoptie.A and regels.lijst:
        words = "Bij optie A doet de 2/3-lijst niets. Kies optie B of haal de lijst weg."
        found.append(Bevinding("qualified_list_without_option_B", True, words, "10.4"))
    if {Besluitsoort.ROYEMENT, Besluitsoort.VOORWAARDELIJK} & set(regels.lijst):
        words = "Royement heeft in 9.2f een eigen meerderheid; op de lijst doet het niets."
        found.append(Bevinding("royement_fixed_by_9_2f", False, words, "9.2f, 10.2"))
    if {Besluitsoort.HERTOELATING, Besluitsoort.TOETS} & set(regels.lijst):
        words = "Voor hertoelating geldt 9.2k: een gewone meerderheid; op de lijst doet het niets."
        found.append(Bevinding("readmit_fixed_by_9_2k", False, words, "9.2k, 10.2"))
    if Besluitsoort.BESTUUR in regels.lijst and regels.bestuursoptie is Bestuursoptie.B:
        words = "Op de lijst staat het benoemen van een bestuur, maar deze kring heeft er geen."
        found.append(Bevinding("board_listed_without_board", False, words, "4.1, 10.4"))
    return found


def _terms(regels: Regels, lezing: Lezing) -> list[Bevinding]:
    found = []
    held = lezing.viervergadering is Viervergadering.GEHOUDEN
    if held and regels.oproep_weken is not None and regels.oproep_weken >= VIER:
        words = (
            f"Een uitnodiging gaat {regels.oproep_weken} weken vooraf, maar 9.2k vraagt een "
            "vergadering binnen vier weken. Maak de termijn korter dan vier weken."
        )
        found.append(Bevinding("invite_weeks_vs_9_2k_four_weeks", False, words, "4.2, 9.2k"))
    if regels.min_weken is not None and regels.max_maanden is not None:
        shortest, longest = _span(regels.max_maanden)
        least = timedelta(days=7 * regels.min_weken)
        if least > longest:
            words = f"{regels.min_weken} weken is langer dan {regels.max_maanden} maanden: "
            words += "geen enkele termijn voldoet."
            found.append(Bevinding("min_weeks_exceeds_max_months", True, words, "9.2h"))
        elif least > shortest:
            words = f"{regels.min_weken} weken is soms langer dan {regels.max_maanden} maanden: "
            words += "dan voldoet geen enkele termijn."
            found.append(Bevinding("min_weeks_may_exceed_max_months", False, words, "9.2h"))
    if regels.richtlijn_jaar is not None and regels.richtlijn_jaar != RICHTLIJN_JAAR:
        words = f"De richtlijn is van {RICHTLIJN_JAAR}, niet van {regels.richtlijn_jaar}."
        found.append(Bevinding("guideline_year", False, words, "3"))
    return found


@lru_cache(maxsize=32)
def _span(maanden: int) -> tuple[timedelta, timedelta]:
    """Return the shortest and the longest that so many months last."""
    begin = date(2024, 1, 1)
    starts = [begin + timedelta(days=n) for n in range(4 * 366)]
    spans = [add_months(start, maanden) - start for start in starts]
    return min(spans), max(spans)
