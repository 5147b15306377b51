"""Access rows."""

REGELS: list = []
