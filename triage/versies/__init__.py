"""Reading versions of the protocol: the list, the page in words, what changes, tables, replay.

Reads only; the steps in the life of a version are in `triage.actions.versies`.
"""
