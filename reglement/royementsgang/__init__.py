"""Royement as a guarded walk (9.1, 9.2, RY-1 … RY-15).

Pure: what happened goes in, in order; where the file stands comes out, what was refused and why,
and what is lawful now. Nothing is remembered besides the events: the same events always give the
same standing, and what the law lets happen in either order (hearing and announcing) gives the same
standing in both.
"""

from reglement.royementsgang.gang import fold
from reglement.royementsgang.soorten import (
    Fase,
    Gebeurtenis,
    Grond,
    Reden,
    Soort,
    Stand,
    Voorstel,
    Weigering,
)

__all__ = [
    "Fase",
    "Gebeurtenis",
    "Grond",
    "Reden",
    "Soort",
    "Stand",
    "Voorstel",
    "Weigering",
    "fold",
]
