"""A request of a patient: note it, know who asks, decide, give, close."""

import hashlib
from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from kern import logboek
from kern.actor import Actor
from kern.tenancy import one_at_a_time
from kern.tijd import db_now, to_local
from kern.weigering import refuse_to_come, refusing
from rechten import regels
from rechten.actions.vernietiging import propose_on_request
from rechten.lezen import given_before, living_links, newest_versions, tarief_of, term_of, whose
from rechten.models import Afgifte, Patientverzoek, Rechteninstelling
from rechten.verbeteren import ask_authors, release_authors
from triage.models import Patient
from verslag.actions import add_verklaring, withdraw_copy
from verslag.kanalen.ophalen import make_pakket
from verslag.models import Pakket, Verklaring, Verslag

Status = Patientverzoek.Status
Soort = Patientverzoek.Soort


@transaction.atomic
def note_verzoek(*, patient: Patient, gegevens: Mapping[str, Any], by: Actor) -> Patientverzoek:
    """Note a request of today or earlier.

    `gegevens`: soort, ontvangen_op (date), aanvrager, aanvrager_naam, aanvrager_adres, wens, and
    identiteit when it was checked at once. `ValidationError` at the field that stops it.
    """
    today = to_local(db_now()).date()
    refuse_to_come(ontvangen_op=gegevens["ontvangen_op"])
    objection = regels.may_ask(
        gegevens["aanvrager"], gegevens["soort"], regels.age_on(patient.geboortedatum, today)
    )
    if objection:
        raise ValidationError({"aanvrager": objection.tekst})
    one_at_a_time("rechten.verzoek", patient.kring_id)
    highest = Patientverzoek.objects.filter(kring_id=patient.kring_id).aggregate(n=Max("nummer"))
    checked = bool(gegevens.get("identiteit"))
    verzoek = Patientverzoek.objects.create(
        kring_id=patient.kring_id,
        patient=patient,
        nummer=(highest["n"] or 0) + 1,
        genoteerd_door_id=by.person_id,
        identiteit_door_id=by.person_id if checked else None,
        identiteit_op=db_now() if checked else None,
        **gegevens,
    )
    _record("verzoek.genoteerd", "C", verzoek, by)
    return verzoek


@transaction.atomic
def check_identiteit(verzoek: Patientverzoek, *, identiteit: str, by: Actor) -> Patientverzoek:
    """Note how we know who asks: the kind of document, and who looked at it."""
    verzoek = _lock(verzoek, Status.OPEN)
    verzoek.identiteit = identiteit
    verzoek.identiteit_door_id = by.person_id
    verzoek.identiteit_op = db_now()
    verzoek.save()
    _record("verzoek.identiteit", "U", verzoek, by)
    return verzoek


@transaction.atomic
def extend(verzoek: Patientverzoek, *, reden: str, by: Actor) -> Patientverzoek:
    """Give the answer two months more; the person must hear it within the first (AVG 12(3))."""
    verzoek = _lock(verzoek, Status.OPEN)
    if verzoek.verlengd_op:
        raise ValidationError(_("De termijn is al verlengd. Dat kan één keer."))
    if to_local(db_now()).date() > term_of(verzoek):
        raise ValidationError(_("De eerste termijn is voorbij. Verlengen kan alleen daarbinnen."))
    verzoek.verlengd_op = db_now()
    verzoek.verleng_reden = reden
    verzoek.save()
    _record("verzoek.verlengd", "U", verzoek, by)
    return verzoek


@transaction.atomic
def decide(
    verzoek: Patientverzoek,
    *,
    toewijzen: bool,
    weigergrond: str = "",
    motivering: str = "",
    by: Actor,
) -> Patientverzoek:
    """Grant or refuse. A refusal has a ground and a motivation, that the person reads.

    Granting a destruction proposes it; it happens when a second person agrees. Granting a
    correction asks it of the dentists who signed.
    """
    verzoek = _lock(verzoek, Status.OPEN)
    if toewijzen and not verzoek.identiteit:
        raise ValidationError(_("Stel eerst vast wie het vraagt."))
    if not toewijzen and not weigergrond:
        raise ValidationError({"weigergrond": _("Kies de grond van de weigering.")})
    if not toewijzen and not motivering.strip():
        raise ValidationError({"motivering": _("Leg uit waarom. De aanvrager leest dit.")})
    verzoek.status = Status.TOEGEWEZEN if toewijzen else Status.AFGEWEZEN
    verzoek.weigergrond = "" if toewijzen else weigergrond
    verzoek.motivering = motivering.strip()
    verzoek.besluit_op = db_now()
    verzoek.besluit_door_id = by.person_id
    if toewijzen and verzoek.soort in (Soort.AFSCHRIFT, Soort.INZAGE):
        verzoek.bedrag_cent = _fee(verzoek)
    verzoek.save()
    if toewijzen and verzoek.soort == Soort.VERNIETIGING:
        propose_on_request(verzoek, by=by)
    if toewijzen and verzoek.soort == Soort.CORRECTIE:
        ask_authors(verzoek, by=by)
    _record("verzoek.besloten", "U", verzoek, by)
    return verzoek


def _fee(verzoek: Patientverzoek) -> int:
    """Return what this costs; to see all of one's own data is always free."""
    if verzoek.soort == Soort.INZAGE:
        return 0
    patient_id = whose(verzoek)
    now = [str(versie.pk) for versie in newest_versions([patient_id])]
    earlier = given_before(patient_id)
    return regels.fee_of(now, earlier, tarief_of(verzoek.kring_id))


@transaction.atomic
def keep_fingerprint(
    verzoek: Patientverzoek, *, sha256: str, versies: Collection[str], by: Actor
) -> None:
    """Keep of which bytes, and which signed versions, the files for this request were."""
    verzoek = _lock(verzoek, Status.TOEGEWEZEN)
    verzoek.bestand_sha256 = sha256
    verzoek.bestand_versies = list(versies)
    verzoek.save()
    _record("verzoek.bestand", "E", verzoek, by)


@transaction.atomic
def give(
    verzoek: Patientverzoek,
    *,
    wijze: str,
    uitgereikt_aan: str,
    identiteit: str,
    by: Actor,
) -> Afgifte:
    """Note the proof that what was made for it was given, and close the request."""
    verzoek = _lock(verzoek, Status.TOEGEWEZEN)
    if verzoek.soort not in (Soort.AFSCHRIFT, Soort.INZAGE):
        raise ValidationError(_("Bij dit verzoek is niets te geven."))
    if not verzoek.bestand_sha256:
        raise ValidationError(_("Maak eerst het bestand of de afdruk, op deze pagina."))
    return _given(
        verzoek,
        by,
        wijze=wijze,
        uitgereikt_aan=uitgereikt_aan,
        identiteit=identiteit,
        versies=verzoek.bestand_versies,
        sha256=verzoek.bestand_sha256,
    )


@transaction.atomic
def give_by_pickup(
    verzoek: Patientverzoek, *, uitgereikt_aan: str, email: str, telefoon: str, by: Actor
) -> Afgifte:
    """Let the person pick the reports up: a link by mail for each, a code on `telefoon` (E.164).

    Who asks was known at the decision; the code proves that the same person opens it.
    """
    verzoek = _lock(verzoek, Status.TOEGEWEZEN)
    if verzoek.soort != Soort.AFSCHRIFT:
        raise ValidationError(_("Alleen een afschrift van het verslag is op te halen."))
    versies = newest_versions([verzoek.patient_id])
    if not versies:
        raise ValidationError(_("Er is geen getekend verslag. Er is niets op te halen."))
    for versie in versies:
        make_pakket(
            versie,
            naam=uitgereikt_aan,
            email=email,
            telefoon=telefoon,
            voor=Pakket.Voor.PATIENT,
        )
    return _given(
        verzoek,
        by,
        wijze=Afgifte.Wijze.OPHALEN,
        uitgereikt_aan=uitgereikt_aan,
        identiteit=verzoek.identiteit,
        versies=[str(versie.pk) for versie in versies],
        # Of the texts: the package itself is sealed, and nobody but the reader knows its bytes.
        sha256=hashlib.sha256("".join(row.sha256 for row in versies).encode()).hexdigest(),
    )


@transaction.atomic
def take_back(verzoek: Patientverzoek, *, by: Actor) -> Patientverzoek:
    """Kill the links of a copy that went to a wrong mailbox or number; it can be given anew.

    What was given stays in sight: somebody may have opened it.
    """
    verzoek = _lock(verzoek, Status.AFGEHANDELD)
    links = living_links(verzoek).select_related("bericht", "versie__verslag__dossier")
    closed = [withdraw_copy(pakket, by=by) for pakket in links]
    if not any(closed):
        raise ValidationError(_("Er is geen link meer die nog werkt."))
    verzoek.status = Status.TOEGEWEZEN
    verzoek.afgehandeld_op = None
    verzoek.save()
    _record("verzoek.teruggenomen", "U", verzoek, by)
    return verzoek


def _given(verzoek: Patientverzoek, by: Actor, **fields: Any) -> Afgifte:
    afgifte = Afgifte.objects.create(
        kring_id=verzoek.kring_id,
        verzoek=verzoek,
        door_id=by.person_id,
        gegeven_op=db_now(),
        **fields,
    )
    _close(verzoek)
    _record("verzoek.gegeven", "E", verzoek, by)
    return afgifte


@transaction.atomic
def finish(verzoek: Patientverzoek, *, by: Actor) -> Patientverzoek:
    """Close a granted correction: the report says it now."""
    verzoek = _lock(verzoek, Status.TOEGEWEZEN)
    if verzoek.soort != Soort.CORRECTIE:
        raise ValidationError(_("Dit verzoek sluit vanzelf als het is uitgevoerd."))
    _close(verzoek)
    release_authors(verzoek, by=by)
    _record("verzoek.afgehandeld", "U", verzoek, by)
    return verzoek


@transaction.atomic
def add_statement(
    verzoek: Patientverzoek, *, tekst: str, verslag: UUID | None = None, by: Actor
) -> Verklaring:
    """Put the own words of the patient with the file, also when correction was refused.

    `verslag` is the report they are about, None the whole file (BW 7:454 lid 2).
    """
    verzoek = _lock(verzoek, Status.OPEN, Status.TOEGEWEZEN, Status.AFGEWEZEN, Status.AFGEHANDELD)
    if verzoek.soort != Soort.CORRECTIE:
        raise ValidationError(_("Een eigen verklaring hoort bij een verzoek om verbetering."))
    if not verzoek.identiteit:
        raise ValidationError(_("Stel eerst vast wie het vraagt."))
    patient = Patient.objects.get(pk=whose(verzoek))
    report = None
    if verslag is not None:
        report = Verslag.objects.filter(pk=verslag, dossier__patient=patient).first()
        if report is None:
            raise ValidationError({"verslag": _("Dit verslag is niet van deze patiënt.")})
    return add_verklaring(
        patient,
        tekst=tekst,
        gegeven_op=to_local(db_now()).date(),
        verslag=report,
        verzoek_nummer=verzoek.nummer,
        by=by,
    )


@transaction.atomic
def withdraw(verzoek: Patientverzoek, *, by: Actor) -> Patientverzoek:
    """The person does not ask it any more; a destruction that was not agreed to is off as well."""
    verzoek = _lock(verzoek, Status.OPEN, Status.TOEGEWEZEN)
    pending = verzoek.vernietigingen.select_for_update().filter(uitgevoerd_op__isnull=True)
    if any(row.is_bevestigd for row in pending):
        raise ValidationError(_("De vernietiging is al definitief."))
    pending.delete()
    verzoek.status = Status.INGETROKKEN
    verzoek.afgehandeld_op = db_now()
    verzoek.save()
    release_authors(verzoek, by=by)
    _record("verzoek.ingetrokken", "U", verzoek, by)
    return verzoek


@transaction.atomic
def set_fee(*, kring_id: int, tarief_cent: int, by: Actor) -> Rechteninstelling:
    """Set what a further copy costs in this kring."""
    with refusing(Rechteninstelling, velden={"rechteninstelling_redelijk": "tarief"}):
        row, _made = Rechteninstelling.objects.update_or_create(
            kring_id=kring_id, defaults={"tarief_cent": tarief_cent}
        )
    logboek.record(
        "rechten.instelling",
        "U",
        by=by,
        kring_id=kring_id,
        object_soort="instelling",
        object_id=row.pk,
    )
    return row


def _lock(verzoek: Patientverzoek, *statuses: str) -> Patientverzoek:
    """Return the request, locked; `ValidationError` when it is past this step."""
    verzoek = Patientverzoek.objects.select_for_update().get(pk=verzoek.pk)
    if verzoek.status not in statuses:
        raise ValidationError(
            _("Dit verzoek is %s. Kijk op de pagina wat nog kan.") % verzoek.get_status_display()
        )
    return verzoek


def _close(verzoek: Patientverzoek) -> None:
    verzoek.status = Status.AFGEHANDELD
    verzoek.afgehandeld_op = db_now()
    verzoek.save()


def _record(gebeurtenis: str, actie: str, verzoek: Patientverzoek, by: Actor) -> None:
    logboek.record(
        gebeurtenis,
        actie,
        by=by,
        kring_id=verzoek.kring_id,
        object_soort="patientverzoek",
        object_id=verzoek.pk,
        patient_id=verzoek.patient_id,
    )
