"""Add an attachment to the report, take it away, and hear the virus scanner out."""

import logging
import time
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Max, Sum
from django.db.models.functions import Now
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from kern import logboek, virusscan
from kern.actor import Actor
from kern.tenancy import all_kring_ids, kring_context, one_at_a_time
from kern.tijd import db_now, to_local
from verslag.actions.taak import open_taak
from verslag.actions.verslag import lock_verslag
from verslag.bestand import Bestand, BestandGeweigerd, accept
from verslag.models import Bijlage, Taak, Verslag, Verslagversie, kind_by_file

log = logging.getLogger(__name__)

PER_VERSLAG = 10
BYTES_PER_VERSLAG = 60 * 1024 * 1024
BYTES_PER_DAG = 1024 * 1024 * 1024
"""Of one kring, counted over what is kept since midnight."""
RONDE = 5.0
"""Seconds that a round of the sweeper asks for verdicts; the messages wait meanwhile."""
STILTE = 30.0
"""Seconds before a scanner that did not answer is asked again."""

_silent_until = 0.0


@dataclass(frozen=True)
class Keuring:
    """A file that may come in, and what the scanner said of it."""

    bestand: Bestand
    scan: str


def judge_upload(data: bytes, naam: str, *, size: int) -> Keuring:
    """Return what is kept of an upload, or raise `BestandGeweigerd`.

    Apart from `add_bijlage`, because decoding and scanning take seconds: no row is held meanwhile.
    """
    bestand = accept(data, naam, size=size)
    return Keuring(bestand, _scan(bestand.inhoud))


def _scan(content: bytes) -> str:
    if not virusscan.is_configured():
        return Bijlage.Scan.GEEN
    try:
        verdict = virusscan.scan(content)
    except virusscan.ScannerZwijgt:
        log.warning("No verdict of the virus scanner: the attachment goes into quarantine.")
        return Bijlage.Scan.WACHT
    if verdict == virusscan.Oordeel.BESMET:
        raise BestandGeweigerd(
            _("De virusscanner vond een virus in dit bestand. Het is niet toegevoegd.")
        )
    return Bijlage.Scan.SCHOON


@transaction.atomic
def add_bijlage(
    verslag: Verslag,
    *,
    keuring: Keuring,
    omschrijving: str,
    soort: str = "",
    by: Actor,
    venster: str = "",
) -> Bijlage:
    """Keep the attachment with the report; `BestandGeweigerd` when a quota is full.

    `soort` is what is to be seen on it (`Bijlage.Soort`); empty: what the kind of file says.

    The same file twice, as by a second click, is the attachment that exists.
    """
    verslag = lock_verslag(verslag, by)
    bestand = keuring.bestand
    existing = Bijlage.objects.current().filter(verslag=verslag, sha256=bestand.sha256).first()
    if existing:
        return existing
    # Two uploads in one kring wait for each other here: together they never pass a quota.
    one_at_a_time("bijlage", verslag.kring_id)
    _check_quota(verslag, len(bestand.inhoud))
    highest = verslag.bijlagen.aggregate(hoogste=Max("nummer"))["hoogste"]
    bijlage = Bijlage.objects.create(
        kring_id=verslag.kring_id,
        verslag=verslag,
        nummer=(highest or 0) + 1,
        naam=bestand.naam,
        omschrijving=omschrijving,
        soort=soort or kind_by_file(bestand.mimetype),
        mimetype=bestand.mimetype,
        grootte=len(bestand.inhoud),
        sha256=bestand.sha256,
        scan=keuring.scan,
        inhoud=bestand.inhoud,
        miniatuur=bestand.miniatuur,
    )
    _raise_version(verslag, venster)
    _record("bijlage.toegevoegd", "C", bijlage, verslag, by)
    return bijlage


def _check_quota(verslag: Verslag, size: int) -> None:
    kept = Bijlage.objects.current().filter(verslag=verslag)
    own = kept.aggregate(aantal=Count("pk"), bytes=Sum("grootte", default=0))
    if own["aantal"] >= PER_VERSLAG:
        raise BestandGeweigerd(
            _("Een verslag heeft hoogstens %s bijlagen. Haal er eerst een weg.") % PER_VERSLAG
        )
    if own["bytes"] + size > BYTES_PER_VERSLAG:
        raise BestandGeweigerd(
            _("De bijlagen van een verslag zijn samen hoogstens %s. Haal er eerst een weg.")
            % filesizeformat(BYTES_PER_VERSLAG)
        )
    midnight = to_local(db_now()).replace(hour=0, minute=0, second=0, microsecond=0)
    today = Bijlage.objects.filter(kring_id=verslag.kring_id, aangemaakt_op__gte=midnight)
    if today.aggregate(bytes=Sum("grootte", default=0))["bytes"] + size > BYTES_PER_DAG:
        raise BestandGeweigerd(
            _("De ruimte voor bijlagen van de kring is vandaag op. Na middernacht kan het weer.")
        )


@transaction.atomic
def remove_bijlage(bijlage: Bijlage, *, by: Actor, venster: str = "") -> None:
    """Take an attachment away from the report as it is being written.

    One that was signed stays with that version for ever; it only does not come along any more.
    """
    verslag = lock_verslag(bijlage.verslag, by)
    bijlage = Bijlage.objects.select_for_update().get(pk=bijlage.pk)
    _record("bijlage.weggehaald", "D", bijlage, verslag, by)
    if bijlage.in_versies.exists():
        Bijlage.objects.filter(pk=bijlage.pk).update(weggelaten=True)
    else:
        bijlage.delete()
    _raise_version(verslag, venster)


def _raise_version(verslag: Verslag, venster: str) -> None:
    """The report says something else now: who read it back has to read it again."""
    verslag.versie += 1
    verslag.venster = venster
    verslag.save(update_fields=["versie", "venster", "gewijzigd_op"])


def scan_waiting() -> int:
    """Ask the scanner about what is in quarantine, over all kringen; return how many left it.

    A file without a verdict goes to the back: one that clamd cannot read holds up no other.
    """
    global _silent_until  # noqa: PLW0603  a fact about this process
    if not virusscan.is_configured() or time.monotonic() < _silent_until:
        return 0
    with kring_context(*all_kring_ids()):
        waiting = Bijlage.objects.filter(scan=Bijlage.Scan.WACHT).order_by("gewijzigd_op")
        rows = list(waiting.values_list("pk", "kring_id")[:20])
    done, until = 0, time.monotonic() + RONDE
    for pk, kring_id in rows:
        if time.monotonic() > until:
            break
        try:
            done += _scan_again(pk, kring_id)
        except virusscan.ScannerZwijgt:
            _silent_until = time.monotonic() + STILTE
            with kring_context(kring_id):
                Bijlage.objects.filter(pk=pk).update(gewijzigd_op=Now())
            break
    return done


def _scan_again(pk: UUID, kring_id: int) -> int:
    """Hear the verdict outside a transaction, then write it down."""
    with kring_context(kring_id):
        bijlage = Bijlage.objects.filter(pk=pk).first()
        content = bytes(bijlage.inhoud) if bijlage else b""
    if bijlage is None:
        return 0
    verdict = virusscan.scan(content)
    with kring_context(kring_id):
        updated = Bijlage.objects.filter(pk=pk, scan=Bijlage.Scan.WACHT).update(scan=verdict.value)
        if updated:
            verslag = Verslag.objects.select_related("dossier").get(pk=bijlage.verslag_id)
            _record(
                "bijlage.gescand",
                "U",
                bijlage,
                verslag,
                Actor.system(kring_id, "virusscan"),
                uitkomst="geslaagd" if verdict == virusscan.Oordeel.SCHOON else "geweigerd",
            )
            _tell_author(bijlage, verslag, is_schoon=verdict == virusscan.Oordeel.SCHOON)
    return updated


def _tell_author(bijlage: Bijlage, verslag: Verslag, *, is_schoon: bool) -> None:
    """Make a task of a verdict that came too late for what was signed or sent."""
    versie = Verslagversie.objects.filter(verslag=verslag).last()
    if versie is None or not versie.met_bijlagen.filter(bijlage=bijlage).exists():
        return
    sent = versie.overdrachten.filter(ingetrokken_op__isnull=True).order_by("aangemaakt_op").last()
    # A package that is not filled yet takes the attachment along by itself.
    left = sent is not None and (
        sent.overhandigd_op is not None or sent.pakketten.filter(gevuld_op__isnull=False).exists()
    )
    if is_schoon and not left:
        return
    open_taak(
        kring_id=verslag.kring_id,
        soort=Taak.Soort.BIJLAGE,
        sleutel=f"bijlage|{bijlage.pk}",
        by=Actor.system(verslag.kring_id, "virusscan"),
        overdracht=sent,
        verslag=verslag,
        uitleg=_("Bijlage %s is gecontroleerd nadat het verslag was verstuurd.") % bijlage.nummer
        if is_schoon
        else _("In bijlage %s zit een virus. Ze wordt niet verstuurd.") % bijlage.nummer,
    )


def _record(
    gebeurtenis: str,
    actie: str,
    bijlage: Bijlage,
    verslag: Verslag,
    by: Actor,
    *,
    uitkomst: str = "geslaagd",
) -> None:
    logboek.record(
        gebeurtenis,
        actie,
        by=by,
        kring_id=verslag.kring_id,
        object_soort="bijlage",
        object_id=bijlage.pk,
        patient_id=verslag.dossier.patient_id,
        uitkomst=uitkomst,
    )
