"""The typed variables of the rules: what may stand there, how it reads, what is still open."""

import pytest

from reglement.inhoud.plaatsen import PLAATSEN, count_places
from reglement.inhoud.soorten import Ongeldig
from reglement.inhoud.variabelen import (
    PER_SLEUTEL,
    VARIABELEN,
    VOORSTEL,
    Variabelen,
    open_variables,
)

AVOND = {"dagen": [0, 1, 2, 3], "begin": "17:00", "einde": "23:00", "dagen_later": 0}
VOL = VOORSTEL | {
    "0.naam": "Spoedzorg Vecht",
    "0.gebied": "Vechtstreek",
    "2.gebied": ["Maarssen", "Breukelen"],
    "5.avond": AVOND,
    "5.nacht": {"geen": True},
    "5.weekend": {"dagen": [4], "begin": "17:00", "einde": "08:00", "dagen_later": 3},
    "9.bedrag": 12500,
    "slot.plaats": "Maarssen",
}


def test_the_model_has_46_places_and_every_variable_fills_one_of_them():
    assert len(PLAATSEN) == 46
    own = {"0.rechtsvorm", "3.richtlijn_jaar", "4.optie", "10.optie", "10.dagen_verslag"}
    assert {sleutel for _artikel, sleutel in PLAATSEN} - {"deelnemers", "besluit"} == (
        set(PER_SLEUTEL) - own
    )


def test_an_empty_reglement_has_open_places_and_a_whole_one_has_none():
    filled, still, out = count_places({})
    assert filled == 12
    assert still + out == 34
    assert count_places(VOL)[1] == 0
    assert open_variables(VOL) == []
    assert "9.bedrag" in [var.sleutel for var in open_variables(VOORSTEL)]


def test_what_a_choice_leaves_out_is_not_open():
    assert "4.variant" not in [var.sleutel for var in open_variables(VOL)]
    with_board = VOL | {"4.optie": "A"}
    assert [var.sleutel for var in open_variables(with_board)] == [
        "4.variant",
        "4.jaren_bestuur",
    ]
    assert [var.sleutel for var in open_variables(VOL | {"10.optie": "B"})] == ["10.lijst"]


def test_a_value_of_an_option_that_is_not_chosen_does_not_hold():
    view = Variabelen(VOL | {"4.jaren_bestuur": 4, "10.lijst": ["wijzigen"]}, nummer=2)
    assert (view.jaren_bestuur, view.lijst, view.variant) == (None, (), None)
    assert not view.is_standaard
    assert Variabelen(VOORSTEL).is_standaard
    assert Variabelen(VOORSTEL).bedrag_cent is None


@pytest.mark.parametrize(
    ("sleutel", "waarde", "woorden"),
    [
        ("8.opzegmaanden", 1, "1 maand"),
        ("8.opzegmaanden", 6, "6 maanden"),
        ("4.jaren_coordinator", 3, "3 jaar"),
        ("9.bedrag", 125050, "€ 1.250,50"),
        ("9.bedrag", 0, "€ 0,00"),
        ("2.gebied", ["Maarssen", "Breukelen", "Loenen"], "Maarssen, Breukelen en Loenen"),
        ("5.nacht", {"geen": True}, "geen aparte dienst"),
        (
            "5.avond",
            AVOND,
            "begint op maandag tot en met donderdag om 17.00 uur "
            "en eindigt dezelfde dag om 23.00 uur",
        ),
        (
            "5.weekend",
            VOL["5.weekend"],
            "begint op vrijdag om 17.00 uur en eindigt maandag om 08.00 uur",
        ),
        ("8.opzegmaanden", None, ""),
    ],
)
def test_a_value_reads_as_dutch(sleutel, waarde, woorden):
    assert PER_SLEUTEL[sleutel].in_words(waarde) == woorden


@pytest.mark.parametrize(
    ("sleutel", "waarde"),
    [
        ("8.opzegmaanden", "veel"),
        ("8.opzegmaanden", 0),
        ("8.opzegmaanden", 25),
        ("9.bedrag", -1),
        ("9.bedrag", 1_000_001),
        ("9.bedrag", "125"),
        ("4.optie", "C"),
        ("10.lijst", ["wijzigen", "lunch"]),
        ("5.avond", {"dagen": [], "begin": "17:00", "einde": "23:00"}),
        ("5.avond", AVOND | {"begin": "24:00"}),
        ("5.avond", AVOND | {"einde": "17:00"}),
        ("5.avond", AVOND | {"dagen": [7]}),
        ("0.naam", "x" * 501),
    ],
)
def test_a_value_that_cannot_stand_there_is_refused_with_a_sentence(sleutel, waarde):
    with pytest.raises(Ongeldig, match=r"\w+.*\."):
        PER_SLEUTEL[sleutel].check(waarde)


def test_a_kept_value_is_clean():
    assert PER_SLEUTEL["2.gebied"].check(" Maarssen \n\nBreukelen\nMaarssen") == [
        "Maarssen",
        "Breukelen",
    ]
    assert PER_SLEUTEL["10.lijst"].check(["rooster", "wijzigen"]) == ["wijzigen", "rooster"]
    assert PER_SLEUTEL["8.opzegmaanden"].check("6") == 6
    assert PER_SLEUTEL["8.opzegmaanden"].check("") is None
    # An amount of nothing is an amount.
    assert PER_SLEUTEL["9.bedrag"].check(0) == 0
    assert not PER_SLEUTEL["9.bedrag"].is_open({"9.bedrag": 0})


def test_every_proposal_passes_its_own_check():
    assert all(var.check(var.voorstel) == var.voorstel for var in VARIABELEN)
