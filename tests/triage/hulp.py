"""What the tests of the call say over and over."""

from datetime import timedelta

from kern.models import Logregel
from triage import actions

HTMX = {"HX-Request": "true"}


def text_of(response) -> str:
    return response.content.decode()


def answers(oproep, **kwargs) -> dict:
    """Return what a window posts about this call, as its page was rendered."""
    return {"versie": oproep.versie, "venster": "a" * 32, **kwargs}


def save(oproep, by, *, versie=None, venster="", omschrijving="", **antwoorden):
    return actions.save_antwoorden(
        oproep,
        antwoorden=antwoorden,
        omschrijving=omschrijving,
        versie=oproep.versie if versie is None else versie,
        venster=venster,
        by=by,
    )


def events(oproep):
    lines = Logregel.objects.filter(object_id=str(oproep.pk)).order_by("id")
    return list(lines.values_list("gebeurtenis", flat=True))


def complete(oproep, by, **gegevens):
    """Fill in the identity that a closed call needs."""
    return actions.save_patient(
        oproep,
        gegevens={
            "naam": "Jans Voorbeeld",
            "adres": "Dorpsstraat 1",
            "woonplaats": "Utrecht",
            "telefoon": "+31612345678",
            "geboortedatum": (oproep.aangenomen_op - timedelta(days=15340)).date(),
            **gegevens,
        },
        by=by,
    )
