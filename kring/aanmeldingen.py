"""Where a person is logged in, and the ways in which that ends (S07, S26)."""

import re
from uuid import UUID

from django.db import transaction

from kern import logboek
from kern.actor import Actor
from kern.tenancy import kring_context
from kring.models import Gebruiker, Lidmaatschap, Sessie

# In this order: Edge also calls itself Chrome, Chrome also calls itself Safari.
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox|FxiOS", "Firefox"),
    ("Chrome|CriOS|Chromium", "Chrome"),
    ("Safari", "Safari"),
)
_APPARATEN = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("CrOS", "Chromebook"),
    ("Linux", "Linux"),
)


def device_words(browserregel: str) -> str:
    """Return what a person calls this device: "Chrome op Windows". Versions are not kept."""
    browser, apparaat = (
        next((word for pattern, word in known if re.search(pattern, browserregel)), "")
        for known in (_BROWSERS, _APPARATEN)
    )
    return " op ".join(filter(None, (browser, apparaat))) or "Onbekend apparaat"


def sessions_of(gebruiker: Gebruiker):
    """Return where this person is logged in now, the last used one first."""
    return Sessie.objects.living().filter(gebruiker=gebruiker).order_by("-gezien_op")


def end_sessions(gebruiker: Gebruiker, *, behalve: str | None = "") -> int:
    """End the sessions of this person, but for the one with this key; return how many."""
    rows = Sessie.objects.filter(gebruiker=gebruiker).exclude(session_key=behalve or "")
    return rows.delete()[0]


@transaction.atomic
def end_own_sessions(*, by: Actor, nummer: UUID | None = None, behalve: str | None = "") -> int:
    """End one session of the actor, or all but the one with key `behalve`; return how many."""
    rows = Sessie.objects.filter(gebruiker_id=by.gebruiker_id)
    rows = rows.filter(nummer=nummer) if nummer else rows.exclude(session_key=behalve or "")
    ended = rows.delete()[0]
    if ended:
        record_everywhere("gebruiker.sessie_beeindigd", "D", by=by)
    return ended


def record_everywhere(gebeurtenis: str, actie: str, *, by: Actor, uitkomst="geslaagd") -> None:
    """Write one line about an account in each kring where its person has a role.

    `by` is that person. In a fixed order: each line locks the head of its log until the commit.
    """
    with kring_context(gebruiker_id=by.gebruiker_id):
        rows = list(Lidmaatschap.objects.active().filter(gebruiker_id=by.gebruiker_id))
    for kring_id in sorted({row.kring_id for row in rows}):
        actor = Actor(
            naam=by.naam,
            gebruiker_id=by.gebruiker_id,
            kring_id=kring_id,
            rollen=frozenset(row.rol for row in rows if row.kring_id == kring_id),
            doel="aanmelden",
            toegangspunt=by.toegangspunt,
            verzoek=by.verzoek,
        )
        with kring_context(kring_id, gebruiker_id=by.gebruiker_id):
            logboek.record(
                gebeurtenis,
                actie,
                by=actor,
                uitkomst=uitkomst,
                object_soort="gebruiker",
                object_id=by.gebruiker_id,
            )
