"""Rules that do not fit together."""

import pytest

from reglement.besluitvorming import Besluitsoort, Bestuursoptie, Meerderheidsoptie, Variant
from reglement.lezing import Lezing, VariantEen, Viervergadering
from reglement.samenhang import Regels, check_rules

A, B = Bestuursoptie.A, Bestuursoptie.B
GOED = {"bestuursoptie": B, "meerderheidsoptie": Meerderheidsoptie.A}


def codes(lezing=None, **regels):
    found = check_rules(Regels(**(GOED | regels)), lezing or Lezing())
    assert all(one.uitleg and one.artikel for one in found)
    return [one.code for one in found]


@pytest.mark.parametrize(
    ("regels", "expected"),
    [
        ({}, []),
        ({"bestuursoptie": A}, ["variant_missing"]),
        ({"bestuursoptie": A, "variant": Variant.II}, []),
        ({"bestuursoptie": A, "variant": Variant.I}, ["conflict_10_1e_variant_I"]),
        ({"variant": Variant.I}, ["variant_without_board"]),
        ({"bestuursoptie": None}, ["governance_option_missing"]),
        ({"meerderheidsoptie": None}, ["majority_option_missing"]),
        ({"meerderheidsoptie": Meerderheidsoptie.B}, ["qualified_list_empty"]),
        ({"lijst": (Besluitsoort.WIJZIGEN,)}, ["qualified_list_without_option_B"]),
        ({"oproep_weken": 3}, []),
        ({"oproep_weken": 4}, ["invite_weeks_vs_9_2k_four_weeks"]),
        ({"min_weken": 4, "max_maanden": 1}, []),
        ({"min_weken": 5, "max_maanden": 1}, ["min_weeks_exceeds_max_months"]),
        ({"min_weken": 13, "max_maanden": 3}, ["min_weeks_may_exceed_max_months"]),
        ({"min_weken": 26, "max_maanden": 6}, ["min_weeks_may_exceed_max_months"]),
        ({"richtlijn_jaar": 2021}, ["guideline_year"]),
        ({"richtlijn_jaar": 2022}, []),
        ({"open_plekken": ("9.2l-fee", "8-months")}, ["unfilled:8-months", "unfilled:9.2l-fee"]),
    ],
)
def test_what_does_not_fit_is_found(regels, expected):
    assert codes(**regels) == expected


def test_the_list_cannot_reach_what_9_2_rules_itself():
    listed = (Besluitsoort.VOORWAARDELIJK, Besluitsoort.HERTOELATING, Besluitsoort.BESTUUR)
    assert codes(meerderheidsoptie=Meerderheidsoptie.B, lijst=listed) == [
        "board_listed_without_board",
        "readmit_fixed_by_9_2k",
        "royement_fixed_by_9_2f",
    ]


def test_a_reading_can_take_a_finding_away():
    called = Lezing(viervergadering=Viervergadering.OPGEROEPEN)
    assert codes(called, oproep_weken=6) == []
    ratified = Lezing(variant_een=VariantEen.BEKRACHTIGING)
    found = check_rules(Regels(**{**GOED, "bestuursoptie": A, "variant": Variant.I}), ratified)
    assert "bekrachtigt" in found[0].uitleg


def test_only_what_cannot_be_adopted_blocks():
    blocking = {
        one.code
        for one in check_rules(
            Regels(
                bestuursoptie=A,
                meerderheidsoptie=Meerderheidsoptie.B,
                oproep_weken=6,
                min_weken=30,
                max_maanden=6,
                richtlijn_jaar=2021,
                open_plekken=("2-area",),
            )
        )
        if one.blokkeert
    }
    assert blocking == {
        "min_weeks_exceeds_max_months",
        "qualified_list_empty",
        "unfilled:2-area",
        "variant_missing",
    }
