"""Versions of the rules as a page, a letter and a clock need them: reading, no change of state."""
