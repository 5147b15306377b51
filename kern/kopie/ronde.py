"""What became of each backup and drill, and whether that is reason for an alarm.

The rounds are written as the web role, over the ordinary connection: the role of the backup may
write nothing, and the server of the drill is another one.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import Error
from django.utils import timezone
from django.utils.translation import gettext as _

from kern.kopie import KopieFout
from kern.kopie.voortgang import Report
from kern.models import Kopieronde
from kern.weergave import format_moment

MAX_AGE = timedelta(hours=26)
"""A night and some slack: later than this a backup was missed."""


@contextmanager
def recorded(soort: Kopieronde.Soort, *, report: Report) -> Iterator[Kopieronde]:
    """Yield the round to fill in, and keep it in any case; a failure goes on its way."""
    ronde = Kopieronde(soort=soort, begonnen_op=timezone.now())
    began = time.monotonic()
    try:
        yield ronde
    except BaseException as fault:
        ronde.mislukt = ronde.mislukt or [_short(fault)]
        raise
    finally:
        ronde.duur = timedelta(seconds=time.monotonic() - began)
        try:
            ronde.save(force_insert=True)
        except Error:
            # After a disaster the real database is not there; copy and drill count all the same.
            report("  … niet aangetekend: de gewone database is niet bereikbaar")


def _short(fault: BaseException) -> str:
    if isinstance(fault, KopieFout):
        return fault.kort
    return "afgebroken" if isinstance(fault, SystemExit | KeyboardInterrupt) else "onbekende fout"


@dataclass(frozen=True)
class Oordeel:
    """What the beheerder must know; `alarmen` is empty when all is well."""

    kopie: Kopieronde | None
    proef: Kopieronde | None
    beproefd: datetime | None
    alarmen: list[str]


def judge(*, nu: datetime) -> Oordeel:
    """Return the newest rounds and every reason for an alarm, the worst one first."""
    rondes = Kopieronde.objects
    kopie, proef = (
        rondes.last(soort) for soort in (Kopieronde.Soort.KOPIE, Kopieronde.Soort.PROEF)
    )
    beproefd = rondes.proved()
    alarmen = [alarm] if (alarm := age_alarm(beproefd, nu=nu)) else []
    for ronde, tekst in (
        (kopie, _("De laatste reservekopie is mislukt: %s.")),
        (proef, _("De laatste herstelproef is mislukt bij: %s.")),
    ):
        if ronde and ronde.mislukt:
            alarmen.append(tekst % ", ".join(ronde.mislukt))
    return Oordeel(kopie, proef, beproefd, alarmen)


def age_alarm(beproefd: datetime | None, *, nu: datetime) -> str:
    """Return what is wrong with the age of the last copy that was proved; empty when fresh."""
    if beproefd is None:
        return _("Er is nog nooit een reservekopie met succes beproefd.")
    if nu - beproefd > MAX_AGE:
        moment = format_moment(beproefd, nu=nu)
        return _("De laatste beproefde reservekopie is van %s: meer dan 26 uur oud.") % moment
    return ""
