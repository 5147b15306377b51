"""The kring governs itself: its rules, its meetings in order, and what hangs on them."""

from spoeddienst.demo.gegevens.reglement import (
    deelname,
    regels,
    royement,
    taken,
    vergaderingen,
)
from spoeddienst.demo.gegevens.toneel import Toneel


def play(toneel: Toneel) -> None:
    """Play the parts in the order of the calendar: each stands on the ones before."""
    regels.play(toneel)
    vergaderingen.past(toneel)
    running = vergaderingen.call_running(toneel)
    coming = vergaderingen.plan_coming(toneel)
    # Here the other subjects put their points on the agenda.
    regels.propose(toneel, coming)
    royement.propose(toneel, coming)
    deelname.put(toneel, coming)
    vergaderingen.call_coming(toneel, coming)
    royement.react(toneel)
    vergaderingen.plan_next(toneel)
    taken.play(toneel)
    deelname.play(toneel)
    vergaderingen.hold_running(toneel, running)
