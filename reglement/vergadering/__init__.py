"""Meetings apart from rows and requests: what is tried, written to people, and put on paper."""
