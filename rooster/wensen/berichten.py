"""The mail that asks for wishes: one letter for each mailbox, however many dentists it is about."""

from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from kern import outbox
from kern.toegang import Rol
from kern.weergave import format_datum
from kring.models import Kring, Lidmaatschap, Tandarts
from rooster.models import Roosterperiode


def ask(periode: Roosterperiode, tandartsen: Iterable[Tandarts], dag: date) -> int:
    """Ask these dentists for their wishes; return how many letters that made.

    Who has no account is asked through the representative of the practice, and a practice without
    one through its own mailbox. The day is in the key of the outbox: never two on one day.
    """
    kring = Kring.objects.get(pk=periode.kring_id)
    letters = _by_mailbox(periode.kring_id, tandartsen)
    for aan, (naam, about) in letters.items():
        outbox.enqueue_mail(
            kring_id=periode.kring_id,
            sleutel=f"wensen|{periode.pk}|{about[0].pk}|{dag.isoformat()}",
            aan=aan,
            onderwerp=_("Geef je wensen op voor %(periode)s") % {"periode": periode.naam},
            tekst=_text(kring, periode, naam, about),
        )
    return len(letters)


def _by_mailbox(
    kring_id: int, tandartsen: Iterable[Tandarts]
) -> dict[str, tuple[str, list[Tandarts]]]:
    """Return for each address who is greeted, and about which dentists."""
    speaking = Lidmaatschap.objects.active().filter(kring_id=kring_id, rol=Rol.VERTEGENWOORDIGER)
    representative = {
        row.deelnemer_id: row.gebruiker for row in speaking.select_related("gebruiker")
    }
    letters: dict[str, tuple[str, list[Tandarts]]] = {}
    for tandarts in tandartsen:
        person = tandarts.gebruiker
        if person is None or not person.is_active:
            person = representative.get(tandarts.deelnemer_id)
        aan = person.email if person else tandarts.deelnemer.email
        naam = person.naam if person else tandarts.deelnemer.naam
        letters.setdefault(aan, (naam, []))[1].append(tandarts)
    return letters


def _text(kring: Kring, periode: Roosterperiode, naam: str, about: list[Tandarts]) -> str:
    others = [tandarts.naam for tandarts in about if tandarts.naam != naam]
    values = {
        "naam": naam,
        "kring": kring.naam,
        "periode": periode.naam,
        "tot": format_datum(periode.wensen_tot),
        "wie": ", ".join(others),
        "link": settings.ADRES + reverse("rooster:wensen", kwargs={"kring": kring.slug}),
    }
    about_whom = _("\nHet gaat om: %(wie)s.\n") % values if others else ""
    return (
        _(
            "Dag %(naam)s,\n\nWanneer kun je geen dienst doen, wanneer liever niet, en wanneer "
            "juist graag? Geef het op voor %(periode)s van %(kring)s. Dat kan tot en met "
            "%(tot)s.\n"
        )
        % values
        + about_whom
        + _("\n%(link)s\n\nHeb je geen wensen? Dien dan een lege lijst in; dan weten we dat.\n")
        % values
    )
