"""The road of a dispute (MR 11.1-11.3): which step from where, and why not."""

from itertools import product

import pytest

from reglement import geschilgang as gang
from reglement.geschilgang import Weigering, after, allowed, fold, wants_reason


def test_the_whole_road_in_order():
    steps = [gang.OVERLEG, gang.MEDIATION, gang.MEDIATION_KLAAR, gang.RECHTER, gang.OPLOSSEN]
    reached = [fold(steps[:n]) for n in range(len(steps) + 1)]
    assert reached == [
        gang.GEMELD,
        gang.IN_OVERLEG,
        gang.BIJ_MEDIATOR,
        gang.MEDIATION_GEEINDIGD,
        gang.BIJ_RECHTER,
        gang.OPGELOST,
    ]


@pytest.mark.parametrize("stap", [gang.MEDIATION, gang.RECHTER, gang.MEDIATION_KLAAR])
def test_nothing_before_the_coordinator_heard_both_sides(stap):
    refused = after(gang.GEMELD, stap)
    assert isinstance(refused, Weigering)
    assert refused.artikel == "11.1"


def test_passing_mediation_by_is_allowed_but_asks_why():
    assert after(gang.IN_OVERLEG, gang.RECHTER) == gang.BIJ_RECHTER
    assert wants_reason(gang.IN_OVERLEG, gang.RECHTER)
    assert not wants_reason(gang.MEDIATION_GEEINDIGD, gang.RECHTER)
    refused = after(gang.BIJ_MEDIATOR, gang.RECHTER)
    assert isinstance(refused, Weigering)
    assert refused.artikel == "11.2"


def test_a_solution_ends_it_from_every_open_state_and_then_nothing_more():
    states = list(gang._GANG)
    assert [after(stand, gang.OPLOSSEN) for stand in states] == [gang.OPGELOST] * len(states)
    for stand in gang.GESLOTEN:
        assert allowed(stand) == ()
        assert all(isinstance(after(stand, stap), Weigering) for stap in gang.STAPPEN)


def test_every_step_is_allowed_or_refused_with_words_and_a_refused_one_changes_nothing():
    for stappen in product(gang.STAPPEN, repeat=4):
        stand = fold(stappen)
        for stap in gang.STAPPEN:
            reached = after(stand, stap)
            assert (stap in allowed(stand)) == isinstance(reached, str)
            if isinstance(reached, Weigering):
                assert fold([*stappen, stap]) == stand
                assert reached.uitleg.endswith(".")
