"""The sentences of the explanation, each against the small case of test_uitleg."""

from dataclasses import replace
from datetime import date

import pytest

from rooster.planner.instantie import Regels
from rooster.planner.uitleg import explain
from rooster.planner.zinnen import balance_sentence, candidate_sentences
from rooster.planner.zinnen.woorden import days, listing, number
from tests.rooster.planner.test_uitleg import PLAN, _inst


def _zinnen(inst, dienst, rol, wie, **wat):
    uitleg = explain(inst, PLAN, dienst, rol)
    (kandidaat,) = [k for k in uitleg.kandidaten if k.tandarts == wie]
    return candidate_sentences(inst, uitleg, kandidaat, **wat)


def test_every_reason_is_a_sentence_of_its_own():
    inst = replace(_inst(), regels=Regels(rustdagen=4))
    assert _zinnen(inst, "za2", "dienstdoende", "A") == ["A heeft deze plaats."]
    assert _zinnen(inst, "za2", "achterwacht", "A") == [
        "A heeft bij deze dienst al de andere plaats."
    ]
    assert _zinnen(inst, "za2", "achterwacht", "B") == [
        "B hoort bij dezelfde praktijk als A, die de andere plaats heeft."
    ]
    assert _zinnen(inst, "za2", "achterwacht", "D") == [
        "D heeft 17 januari geblokkeerd.",
        "D heeft al weekenddienst op 10 januari; twee weekenden achter elkaar mag niet.",
    ]
    assert _zinnen(inst, "ma", "achterwacht", "C") == [
        "C heeft al dienst op 10 januari; tussen twee diensten horen 4 dagen rust."
    ]
    vast = replace(_inst(), vast={"ma": {"dienstdoende": "D"}})
    assert _zinnen(vast, "ma", "dienstdoende", "B") == [
        "De coördinator heeft deze plaats vastgezet op D."
    ]


@pytest.mark.parametrize(
    ("coordinator", "zin"),
    [
        (True, "D is op 17 januari vrijgesteld."),
        (False, "D is op 17 januari niet beschikbaar."),
    ],
)
def test_an_exemption_is_told_to_the_coordinator_only(coordinator, zin):
    inst = _inst()
    a, b, c, d = inst.tandartsen
    d = replace(d, reden={date(2026, 1, 17): "vrijgesteld"})
    inst = replace(inst, tandartsen=(a, b, c, d))
    assert zin in _zinnen(inst, "za2", "achterwacht", "D", coordinator=coordinator)


def test_a_weighed_candidate_says_what_would_become_worse():
    inst = _inst()
    a, b, c, d = inst.tandartsen
    b = replace(b, naam="Bea", liever_niet={date(2026, 1, 17): 2})
    a = replace(a, graag={date(2026, 1, 17): 1})
    inst = replace(inst, tandartsen=(a, b, c, d))
    assert _zinnen(inst, "za2", "dienstdoende", "B") == [
        "Met Bea op deze plaats wordt het rooster 3 punten slechter.",
        "Bea doet 17 januari liever niet (gewicht 2).",
        "A doet 17 januari graag (gewicht 1).",
    ]


def test_an_empty_place_says_what_filling_it_gives():
    plan = PLAN | {"za1": {"dienstdoende": "A", "achterwacht": None}}
    inst = _inst()
    uitleg = explain(inst, plan, "za1", "achterwacht")
    (c,) = [k for k in uitleg.kandidaten if k.tandarts == "C"]
    assert candidate_sentences(inst, uitleg, c) == [
        "Met C op deze plaats wordt het rooster 1200 punten beter.",
        "De plaats is nu leeg en zou dan bezet zijn.",
        "c komt in het weekend op 1 plaats; eerlijk is 1 tot en met 2.",
    ]
    assert balance_sentence(inst, c.balans[0]) == "C gaat van 0 naar 1 plaats; het deel is 2."


def test_words():
    assert listing(["A"]) == "A"
    assert listing(["A", "B", "C"]) == "A, B en C"
    assert listing(["A", "B", "C", "D"], 2) == "A, B en 2 anderen"
    assert number(3.96) == "4"
    assert number(3.25) == "3,2"
    assert days(date(2026, 12, 24), date(2026, 12, 28)) == "van 24 tot en met 28 december"
    assert days(date(2026, 12, 30), date(2027, 1, 2)) == "van 30 december tot en met 2 januari"
