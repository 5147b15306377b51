"""Who gets a letter to all who take part, and how it reads."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from kern.outbox import is_mailable
from kern.tijd import db_now, to_local
from kring.models import Kring, Tandarts
from reglement.kiesregister import members_on
from reglement.models import Rondschrijven


@dataclass(frozen=True)
class Adres:
    naam: str
    email: str
    praktijk: str
    deelnemer_id: UUID | None


@dataclass(frozen=True)
class Adressen:
    """Who gets it, and the practices that nobody speaks for: those are left out, and named."""

    adressen: list[Adres]
    zonder: list[str]


def addressees(kring_id: int, aan: str) -> Adressen:
    """Return who gets a letter now, each address once, by name."""
    found: dict[str, Adres] = {}
    silent = []
    for lid in members_on(kring_id, to_local(db_now()).date()):
        speaker = lid.vertegenwoordiger
        if speaker is None or not is_mailable(speaker.email):
            silent.append(lid.deelnemer.naam)
            continue
        found.setdefault(
            speaker.email.lower(),
            Adres(speaker.naam, speaker.email, lid.deelnemer.naam, lid.deelnemer.pk),
        )
    if aan == Rondschrijven.Aan.IEDEREEN:
        rows = Tandarts.objects.filter(
            kring_id=kring_id, actief=True, gebruiker__is_active=True, deelnemer__actief=True
        )
        for tandarts in rows.select_related("gebruiker", "deelnemer"):
            person = tandarts.gebruiker
            if person and is_mailable(person.email):
                found.setdefault(
                    person.email.lower(),
                    Adres(person.naam, person.email, tandarts.deelnemer.naam, None),
                )
    return Adressen(sorted(found.values(), key=lambda row: row.naam.lower()), silent)


def compose(kring: Kring, naam: str, tekst: str, *, afzender: str, antwoord: str) -> str:
    """Return the letter as one person reads it."""
    return _(
        "Dag %(naam)s,\n\n%(tekst)s\n\nGroet,\n%(afzender)s\n%(kring)s\n\n"
        "Antwoorden op deze mail komen niet aan. Mail naar %(antwoord)s.\n"
    ) % {
        "naam": naam,
        "tekst": tekst,
        "afzender": afzender,
        "kring": kring.naam,
        "antwoord": antwoord,
    }
