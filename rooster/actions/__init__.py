"""The only door for a change of the roster. What cannot be is a `ValidationError` by field."""

from rooster.actions.dienst import change_dienst, plan_dienst, remove_dienst

__all__ = ["change_dienst", "plan_dienst", "remove_dienst"]
