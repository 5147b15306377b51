"""Tell people of tasks, over another channel than the one that failed: mail and text message.

Many tasks at once are one alert: in an outage of the mail server every report of the night is
given up within minutes. Nothing of a patient is in it.
"""

from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.db.models import Max, QuerySet
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bereikbaarheid.coordinatoren import coordinators_of
from kern import logboek, outbox
from kern.actor import Actor
from kern.tenancy import all_kring_ids, kring_context, one_at_a_time
from kern.tijd import db_now
from kring.models import Gebruiker, Kring
from verslag.models import Taak

ALARM = "taakalarm|"
"""How the key of an alert begins."""
RUST = timedelta(minutes=10)
"""Between two alerts of one kring, as long as nothing is urgent."""
RUST_DRINGEND = timedelta(seconds=45)
"""The same for what is urgent: a person knows within a minute (eisen/verslag.md §5, row 10)."""
DRINGEND = (
    Taak.Soort.NIET_BEZORGD,
    Taak.Soort.ADRES_FOUT,
    Taak.Soort.CODE,
    Taak.Soort.GEEN_KANAAL,
)
"""Also by text message, at any hour; the other tasks wait for somebody who reads mail."""
AUTEUR_ALLEEN = (Taak.Soort.ANTWOORD,)
"""Only the author can do something about it."""


def tell() -> int:
    """Tell of the tasks that nobody was told of; return of how many."""
    with kring_context(*all_kring_ids()):
        waiting = _untold()
        kring_ids = sorted(set(waiting.values_list("kring_id", flat=True)))
    return sum(_tell(kring_id) for kring_id in kring_ids)


def _tell(kring_id: int) -> int:
    with kring_context(kring_id):
        # Two sweepers would each send an alert about the same tasks.
        one_at_a_time("taakalarm", kring_id)
        last = Taak.objects.aggregate(last=Max("gemeld_op"))["last"]
        is_urgent = _untold().filter(soort__in=DRINGEND).exists()
        if last is not None and last > db_now() - (RUST_DRINGEND if is_urgent else RUST):
            return 0
        rows = _untold().order_by("geopend_op")
        authors = ("overdracht__versie__verslag__auteur__gebruiker", "verslag__auteur__gebruiker")
        taken = list(rows.select_related(*authors))
        if not taken:
            return 0
        kring = Kring.objects.get(pk=kring_id)
        Taak.objects.filter(pk__in=[taak.pk for taak in taken]).update(gemeld_op=Now())
        _send(kring, taken)
        # Last: it locks the head of the log.
        logboek.record(
            "taak.gemeld",
            "E",
            by=Actor.system(kring_id, "bezorger"),
            object_soort="taak",
            object_id=taken[0].pk,
        )
        return len(taken)


def _untold() -> QuerySet[Taak]:
    # An answer comes with a mail of its own.
    return Taak.objects.open().filter(gemeld_op__isnull=True).exclude(soort__in=AUTEUR_ALLEEN)


def _send(kring: Kring, taken: list[Taak]) -> None:
    key = f"{ALARM}{taken[0].pk}"
    adres = settings.ADRES + reverse("verslag:taken", kwargs={"kring": kring.slug})
    people: dict[Gebruiker, list[Taak]] = dict.fromkeys(coordinators_of(kring.pk), taken)
    for taak in taken:
        auteur = taak.auteur
        if auteur is not None and taak not in people.get(auteur, []):
            people[auteur] = [*people.get(auteur, []), taak]
    for person, own in people.items():
        outbox.enqueue_mail(
            kring_id=kring.pk,
            sleutel=f"{key}|{person.pk}",
            aan=person.email,
            onderwerp=_("Dit vraagt om een mens: %(wat)s, %(kring)s")
            % {"wat": _count(own), "kring": kring.naam},
            tekst=_(
                "Dag %(naam)s,\n\n%(regels)s\n\nWat je kunt doen, staat bij elke taak:\n%(adres)s\n"
            )
            % {"naam": person.naam, "regels": _lines(own), "adres": adres},
        )
    urgent = [taak for taak in taken if taak.soort in DRINGEND]
    if urgent and kring.telefoon_coordinator:
        words = {
            "kring": kring.naam,
            "wat": _count(urgent),
            "regels": _lines(urgent, " "),
            "adres": adres,
        }
        outbox.enqueue_telefoon(
            kring_id=kring.pk,
            sleutel=f"{key}|sms",
            telefoon=kring.telefoon_coordinator,
            tekst=_("%(kring)s: %(wat)s. %(regels)s %(adres)s") % words,
            gesproken=_(
                "Goedendag. Dit is spoedgevallendienst %(kring)s met een melding voor de "
                "coördinator: %(wat)s. Log in en open de pagina Taken. Ik herhaal: %(wat)s."
            )
            % words,
        )


def _count(taken: list[Taak]) -> str:
    return ngettext("%(n)s taak", "%(n)s taken", len(taken)) % {"n": len(taken)}


def _lines(taken: Iterable[Taak], join: str = "\n") -> str:
    """Return how many there are of each kind, the most urgent kind first."""
    counts: dict[str, int] = {}
    for taak in taken:
        counts[taak.soort] = counts.get(taak.soort, 0) + 1
    kinds = [soort for soort in Taak.Soort if soort in counts]
    return join.join(f"{counts[soort]} × {soort.label}." for soort in kinds)
