"""Work of the sweeper's round that makes tasks of facts, closes them by facts, and tells people.

A dead letter becomes a task in the transaction that gives it up (`on_stuck`). What only time makes
(a report that nobody picked up for two working days) and what another room knows (an address that
is wrong) is looked for. All of it may be done twice, by however many sweepers: the key of a task is
unique.
"""

import re
import time
from datetime import datetime, timedelta

from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from kern.actor import Actor
from kern.feestdagen import after_workdays
from kern.models import Zending
from kern.tenancy import all_kring_ids, kring_context
from kern.tijd import db_now
from kring.actions import report_fout
from kring.models import Adreswijziging, EigenTandarts
from verslag.actions import close_taak, open_taak
from verslag.models import Overdracht, Taak, Verslag, Verslagversie
from verslag.taakpost import ALARM, tell

RUST = 5.0
"""Seconds between two looks; a round of the sweeper is a second."""
RUST_VERSTUREN = 60.0
"""Seconds between two looks for reports that can leave now: it asks every recent report."""
RECENT = timedelta(days=90)
"""Reports signed longer ago stay on the list of their author, and make no task any more."""
WERKDAGEN = 2
"""Unread for so many working days is a matter for a person."""
BATCH = 200

_ADRES = re.compile(r"antwoordt 55[0136]\b")
"""Answers of a mail server about the address itself (RFC 5321 §4.2.3)."""
_CODE = re.compile(r"code\|([0-9a-f-]{36})\|")
"""The key of a message with a code: the number of its handover."""

_next_look = _next_unsent = 0.0
Soort, Status = Taak.Soort, Zending.Status


def look() -> None:
    """Look for work, but not in every round of the sweeper."""
    global _next_look, _next_unsent  # noqa: PLW0603  facts about this process
    now = time.monotonic()
    if now < _next_look:
        return
    _next_look = now + RUST
    unsent = now >= _next_unsent
    if unsent:
        _next_unsent = now + RUST_VERSTUREN
    work(unsent=unsent)


def work(*, unsent: bool = True) -> None:
    """Open what is due, close what is over, tell of what nobody knows yet."""
    find_unread(db_now())
    find_wrong_addresses()
    if unsent:
        find_unsent()
    close_over()
    tell()


def on_stuck(zending: Zending) -> None:
    """Make a task of a message that no machine will try again."""
    if zending.sleutel.startswith(ALARM):
        # An alert that did not arrive tells of a task that is there already.
        return
    by = _system(zending.kring_id)
    reden = zending.fout or _("tegengehouden door een mens")
    soort, uitleg = Soort.NIET_BEZORGD, _("Het bericht kon niet worden bezorgd: %s.") % reden
    overdracht = _handovers().filter(bericht=zending).first()
    if overdracht and zending.status == Status.MISLUKT and _ADRES.search(zending.fout):
        soort = Soort.ADRES_FOUT
        uitleg = _("De mailserver van de ontvanger weigert dit adres: %s.") % reden
        report_fout(overdracht.ontvanger, reden=uitleg, by=by)
    elif code := _CODE.match(zending.sleutel):
        overdracht = _handovers().filter(pk=code[1]).first()
        soort = Soort.CODE
        uitleg = _("De code kon niet worden bezorgd: %s. Controleer het nummer.") % reden
    open_taak(
        kring_id=zending.kring_id,
        soort=soort,
        # Put in the queue again and given up again is new work; `hek` counts the attempts.
        sleutel=f"zending|{zending.pk}|{zending.hek}",
        by=by,
        overdracht=overdracht,
        zending=zending,
        uitleg=uitleg,
    )


def find_unread(nu: datetime) -> int:
    """Open a task for every report that waits two working days for its recipient."""
    with kring_context(*all_kring_ids()):
        rows = (
            _handovers()
            .active()
            .filter(
                opgehaald_op__isnull=True,
                bericht__status=Status.VERZONDEN,
                # Two working days are never shorter; the rest of the law is Python.
                bericht__verzonden_op__lte=nu - timedelta(days=WERKDAGEN),
            )
            # A new link asks for two working days of its own.
            .exclude(
                Exists(
                    Taak.objects.filter(
                        overdracht=OuterRef("pk"),
                        soort=Soort.ONGELEZEN,
                        geopend_op__gt=OuterRef("bericht__verzonden_op"),
                    )
                )
            )
            .order_by("bericht__verzonden_op")[:BATCH]
        )
        late = [r for r in rows if after_workdays(r.bericht.verzonden_op, WERKDAGEN) <= nu]
    for overdracht in late:
        with kring_context(overdracht.kring_id):
            open_taak(
                kring_id=overdracht.kring_id,
                soort=Soort.ONGELEZEN,
                sleutel=f"ongelezen|{overdracht.pk}|{overdracht.bericht_id}",
                by=_system(overdracht.kring_id),
                overdracht=overdracht,
                uitleg=_("Twee werkdagen na het bericht is het verslag nog niet opgehaald."),
            )
    return len(late)


def find_wrong_addresses() -> int:
    """Open a task for every address that somebody called wrong, unless a report brought it up."""
    with kring_context(*all_kring_ids()):
        rows = list(
            EigenTandarts.objects.filter(controle=EigenTandarts.Controle.FOUT)
            .exclude(taken__soort=Soort.ADRES_FOUT, taken__gesloten_op__isnull=True)
            .order_by("pk")[:BATCH]
        )
        told = {
            row.eigen_tandarts_id: row
            for row in Adreswijziging.objects.filter(
                eigen_tandarts__in=rows, wat=Adreswijziging.Wat.FOUT_GEMELD
            ).order_by("gedaan_op")
        }
    for row in rows:
        step = told.get(row.pk)
        with kring_context(row.kring_id):
            open_taak(
                kring_id=row.kring_id,
                soort=Soort.ADRES_FOUT,
                sleutel=f"adres|{row.pk}|{step.pk if step else ''}",
                by=_system(row.kring_id),
                ontvanger=row,
                uitleg=_("Er is gemeld dat dit adres niet klopt."),
            )
    return len(rows)


def find_unsent() -> int:
    """Open a task for every signed report that waited for an own dentist, now there is one.

    Whoever filled it in, at the desk or in the file: the author may be at home by then, and nobody
    else sends a report (§4.2).
    """
    # From the versions without a handover, which are few; `never_sent` asks it of every report.
    newer = Verslagversie.objects.filter(verslag=OuterRef("verslag"), nummer__gt=OuterRef("nummer"))
    told = Taak.objects.filter(verslag=OuterRef("verslag"), soort=Soort.VERSTUREN)
    patient = "verslag__dossier__patient"
    with kring_context(*all_kring_ids()):
        rows = list(
            Verslagversie.objects.filter(
                ~Exists(Overdracht.objects.filter(versie=OuterRef("pk"))),
                ~Exists(newer),
                ~Exists(told.filter(geopend_op__gte=OuterRef("getekend_op"))),
                getekend_op__gte=Now() - RECENT,
                verslag__getekend_bij=F("verslag__versie"),
                **{f"{patient}__heeft_eigen_tandarts": "ja"},
                **{f"{patient}__eigen_tandarts__isnull": False},
            )
            .select_related(f"{patient}__eigen_tandarts")
            .order_by("getekend_op")[:BATCH]
        )
    for versie in rows:
        with kring_context(versie.kring_id):
            open_taak(
                kring_id=versie.kring_id,
                soort=Soort.VERSTUREN,
                sleutel=f"versturen|{versie.pk}",
                by=_system(versie.kring_id),
                verslag=versie.verslag,
                uitleg=_("Een getekend verslag wachtte op de eigen tandarts. Die is nu bekend."),
            )
    return len(rows)


def close_over() -> int:
    """Close every open task whose cause is gone; return how many."""
    of_message = Q(soort__in=(Soort.NIET_BEZORGD, Soort.ADRES_FOUT, Soort.CODE))
    arrived = Q(zending__status=Status.VERZONDEN) | Q(
        ~Q(soort=Soort.CODE), overdracht__bericht__status=Status.VERZONDEN
    )
    # A link that was picked up after all still lacks what came later.
    over = Q(overdracht__ingetrokken_op__isnull=False) | ~Q(soort=Soort.BIJLAGE) & Q(
        overdracht__opgehaald_op__gte=F("geopend_op")
    )
    again = Q(
        soort__in=(Soort.ONGELEZEN, Soort.BIJLAGE),
        overdracht__bericht__verzonden_op__gt=F("geopend_op"),
    )
    waits = Verslag.objects.never_sent().filter(pk=OuterRef("verslag"))
    sent = Q(soort=Soort.VERSTUREN) & ~Exists(waits)
    newer = Verslagversie.objects.filter(
        verslag=OuterRef("verslag"), getekend_op__gt=OuterRef("geopend_op")
    )
    corrected = Q(soort=Soort.VERBETEREN) & Exists(newer)
    mended = Q(soort=Soort.ADRES_FOUT, overdracht__isnull=True) & ~Q(
        ontvanger__controle=EigenTandarts.Controle.FOUT
    )
    with kring_context(*all_kring_ids()):
        rows = list(
            Taak.objects.open()
            .filter(
                of_message & arrived
                | ~Q(soort=Soort.ANTWOORD) & over
                | again
                | mended
                | sent
                | corrected
            )
            .values_list("kring_id", "sleutel")[:BATCH]
        )
    closed = 0
    for kring_id, sleutel in rows:
        with kring_context(kring_id):
            closed += close_taak(kring_id=kring_id, sleutel=sleutel, by=_system(kring_id))
    return closed


def _handovers():
    return Overdracht.objects.select_related(
        "bericht", "ontvanger", "versie__verslag__dossier__patient"
    )


def _system(kring_id: int) -> Actor:
    return Actor.system(kring_id, "bezorger")
