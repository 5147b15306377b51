"""The only door for a change of the roster. What cannot be is a `ValidationError` by field."""

from rooster.actions.dienst import change_dienst, plan_dienst, remove_dienst
from rooster.actions.wijziging import record_wijziging, record_wijzigingen, snapshot

__all__ = [
    "change_dienst",
    "plan_dienst",
    "record_wijziging",
    "record_wijzigingen",
    "remove_dienst",
    "snapshot",
]
