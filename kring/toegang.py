"""Access rows of the kring app."""

from kern.toegang import LID, regel

REGELS = [
    regel("kring:start", LID, object="kring"),
]
