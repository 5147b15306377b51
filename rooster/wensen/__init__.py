"""Wishes of the dentists for one period: the law, the calendar, and who answered (§5.4)."""
