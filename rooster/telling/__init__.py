"""Counting duties: the law and the rows (RO-10)."""
