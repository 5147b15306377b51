"""Versions of the rules with rows: the steps, the clocks, the pages."""
