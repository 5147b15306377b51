"""Once a day: who must hear of a duty that opens, ends today, or was passed by a week ago.

One letter a person, whatever the number of duties. Who was given a duty hears of it; once it is
late the coördinator, who answers for it, hears of it as well.
"""

from collections import defaultdict
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kern import outbox
from kern.dagwerk import Beurt as Dagbeurt
from kern.toegang import Rol
from kern.weergave import format_datum
from kring.models import Gebruiker, Kring, Lidmaatschap
from reglement.jaarwiel.instellingen import Taken, tasks_of
from reglement.jaarwiel.regels import Beurt, reminders
from reglement.jaarwiel.rijen import turns_near

NAAM = "jaarwiel"
UUR = 8


def remind(werk: Dagbeurt) -> None:
    """Write to whoever has something to do; nothing when nothing changed since the last time."""
    kring = Kring.objects.get(pk=werk.kring_id)
    tasks = tasks_of(kring.pk)
    due = [
        beurt
        for beurt in turns_near(kring, werk.dag, tasks)
        if reminders(beurt, werk.vorige, werk.dag)
    ]
    if not due:
        return
    for person, beurten in _by_person(kring.pk, tasks, due, werk.dag).items():
        _write(kring, person, beurten, werk.dag)


def _by_person(
    kring_id: int, tasks: Taken, due: list[Beurt], dag: date
) -> dict[Gebruiker, list[Beurt]]:
    rows = Lidmaatschap.objects.active().filter(kring_id=kring_id)
    members = list(rows.select_related("gebruiker").order_by("gebruiker_id"))
    active = {row.gebruiker_id for row in members}
    coordinators = [row.gebruiker for row in members if row.rol == Rol.COORDINATOR]
    found: dict[Gebruiker, list[Beurt]] = defaultdict(list)
    for beurt in due:
        task = tasks.of(beurt.sleutel)
        helper = task.gedelegeerd_aan if task else None
        # Who left the kring does it no more; a dispute is never given away.
        if helper is None or helper.pk not in active or beurt.vertrouwelijk:
            people = coordinators
        elif beurt.uiterlijk < dag:
            people = [helper, *(row for row in coordinators if row != helper)]
        else:
            people = [helper]
        for person in people:
            found[person].append(beurt)
    return found


def _write(kring: Kring, person: Gebruiker, beurten: list[Beurt], dag: date) -> None:
    lines = "\n".join(
        f"- {beurt.titel}: "
        + (_("moest uiterlijk %s") if beurt.uiterlijk < dag else _("uiterlijk %s"))
        % format_datum(beurt.uiterlijk)
        for beurt in beurten
    )
    link = settings.ADRES + reverse("reglement:jaarwiel", kwargs={"kring": kring.slug})
    outbox.enqueue_mail(
        kring_id=kring.pk,
        sleutel=f"jaarwiel|{dag}|{person.pk}",
        aan=person.email,
        onderwerp=ngettext(
            "Jaarwiel %(kring)s: %(aantal)s taak",
            "Jaarwiel %(kring)s: %(aantal)s taken",
            len(beurten),
        )
        % {"kring": kring.naam, "aantal": len(beurten)},
        tekst=_(
            "Dag %(naam)s,\n\nIn %(kring)s vraagt dit je aandacht:\n\n%(regels)s\n\n"
            "Is het gedaan? Noteer dat met waar het uit blijkt:\n\n%(link)s\n"
        )
        % {"naam": person.naam, "kring": kring.naam, "regels": lines, "link": link},
    )
