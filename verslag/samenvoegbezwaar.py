"""What other rooms have against joining two patients, or taking them apart again."""

from collections.abc import Callable

from triage.models import Patient

_others: list[Callable[[Patient, Patient], str]] = []


def register(objection: Callable[[Patient, Patient], str]) -> None:
    """Let another room object: a Dutch sentence that says what to do first, or ""."""
    _others.append(objection)


def objection_of_others(blijft: Patient, vervalt: Patient) -> str:
    """Return the first objection, or ""."""
    return next(filter(None, (other(blijft, vervalt) for other in _others)), "")
