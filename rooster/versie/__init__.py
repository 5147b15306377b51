"""Versions: a roster as it was proposed, what differs, and what became of a duty (RO-7)."""
