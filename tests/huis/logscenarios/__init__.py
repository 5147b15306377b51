"""What must stand in the log after each thing that a person can do (S14).

One row is one request and exactly the lines that it leaves, in order: (event, action, outcome,
about a patient). Every route for care in the access table has a row, per method; a page that shows
a patient without a line cannot hide here, because an empty list has to give its reason.
"""

from tests.huis.logscenarios import kring, rechten, toezicht, triage, verslag
from tests.huis.logscenarios.regels import Line, Scenario, line

__all__ = ["SCENARIOS", "Line", "Scenario", "line"]

SCENARIOS = [
    *triage.SCENARIOS,
    *verslag.SCENARIOS,
    *kring.SCENARIOS,
    *toezicht.SCENARIOS,
    *rechten.SCENARIOS,
]
