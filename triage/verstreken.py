"""Tell the desk, once, of every clock that has run out: work of the sweeper's round (U7, T-20).

Nothing waits in a queue for its moment: a clock is a row, and the database says which rows are
over. So a night without worker, broker or sweeper costs a notice its punctuality and nothing else:
the pages show by themselves what is overdue, and the first round afterwards tells the rest.

The notice and the mark `gemeld_op` are one transaction. Killed halfway it was never told and the
next round does it; a second sweeper passes over the row that the first one holds.
"""

import logging
from uuid import UUID

from django.conf import settings
from django.db import Error
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kern import logboek, outbox
from kern.actor import Actor
from kern.tenancy import all_kring_ids, kring_context
from triage.models import Termijn

log = logging.getLogger(__name__)

BATCH = 100
"""Notices in one round: a message in the outbox waits no longer for these."""

WACHTER = "wachter"
"""Who acts in the log when time itself does."""

WAT = {
    Termijn.Soort.CONTACT_TANDARTS: gettext_lazy("De tandarts is nog niet gesproken."),
    Termijn.Soort.ZIEN: gettext_lazy("De patiënt had nu gezien moeten zijn."),
    Termijn.Soort.TERUGBELLEN: gettext_lazy("De patiënt belde niet terug. Bel zelf."),
    Termijn.Soort.BLOEDING: gettext_lazy("De patiënt bloedt al een uur. Bel zelf."),
}
"""What is overdue, to somebody who reads nothing else."""


def tell_overdue() -> int:
    """Tell of the clocks that ran out untold; return of how many."""
    with kring_context(*all_kring_ids()):
        rows = Termijn.objects.untold().order_by("vervalt_op").values_list("pk", "kring_id")
        waiting = list(rows[:BATCH])
    told = 0
    for termijn_id, kring_id in waiting:
        try:
            told += _tell(termijn_id, kring_id)
        except Error:
            raise
        except Exception:
            # One that cannot be told is no reason to keep silent about the others.
            log.exception("Notice of term %s failed.", termijn_id)
    return told


def _tell(termijn_id: UUID, kring_id: int) -> bool:
    """Tell of one clock, unless it was closed or told meanwhile, or is in other hands."""
    with kring_context(kring_id):
        free = Termijn.objects.untold().select_for_update(skip_locked=True, of=("self",))
        termijn = free.select_related("oproep", "kring").filter(pk=termijn_id).first()
        if termijn is None:
            return False
        Termijn.objects.filter(pk=termijn.pk).update(gemeld_op=Now(), gewijzigd_op=Now())
        _send(termijn)
        # Last: it locks the head of the log.
        logboek.record(
            "oproep.terugbellen_door_dienst"
            if termijn.soort == Termijn.Soort.TERUGBELLEN
            else "termijn.verstreken",
            "E",
            by=Actor.system(kring_id, WACHTER),
            object_soort="oproep",
            object_id=termijn.oproep_id,
            patient_id=termijn.oproep.patient_id,
        )
        return True


def _send(termijn: Termijn) -> None:
    """Put the notice in the outbox, for a desk that gave an address; of the patient nothing."""
    kring, key = termijn.kring, f"termijn|{termijn.pk}"
    wat = {
        "wat": WAT[termijn.soort],
        "nummer": termijn.oproep.nummer,
        "kring": kring.naam,
        "bord": settings.ADRES + reverse("triage:bord", kwargs={"kring": kring.slug}),
    }
    if kring.meldmail_triage:
        outbox.enqueue_mail(
            kring_id=kring.pk,
            sleutel=f"{key}|mail",
            aan=kring.meldmail_triage,
            onderwerp=_("Te laat: oproep %(nummer)s, %(kring)s") % wat,
            tekst=_("Oproep %(nummer)s van %(kring)s: %(wat)s\n\nNaar het bord: %(bord)s\n") % wat,
        )
    if kring.meldtelefoon_triage:
        outbox.enqueue_telefoon(
            kring_id=kring.pk,
            sleutel=f"{key}|sms",
            telefoon=kring.meldtelefoon_triage,
            tekst=_("Te laat: oproep %(nummer)s, %(kring)s. %(wat)s %(bord)s") % wat,
            gesproken=_(
                "Goedendag. Dit is spoedgevallendienst %(kring)s. Oproep %(nummer)s is te laat. "
                "%(wat)s Kijk op het bord. Ik herhaal: oproep %(nummer)s is te laat. %(wat)s"
            )
            % wat,
        )
