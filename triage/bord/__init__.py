"""The board: what each open call asks for next, and how much time is left.

`sleutel` the state as one short text, `rijen` what is read and what it means, `html` the rows
written out, `stuk` the finished piece that is kept for the next who asks, `voorraad` where.
"""

from triage.bord.rijen import Bord, Rij, complaints_text, read_board
from triage.bord.sleutel import Sleutel, read_key
from triage.bord.stuk import Stuk, Vorm, make_piece

__all__ = [
    "Bord",
    "Rij",
    "Sleutel",
    "Stuk",
    "Vorm",
    "complaints_text",
    "make_piece",
    "read_board",
    "read_key",
]
