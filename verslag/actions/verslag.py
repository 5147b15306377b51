"""Write and sign the report."""

from datetime import datetime

from django.db import models, transaction
from django.db.models import Max

from kern import logboek
from kern.actor import Actor
from kern.outbox import hint_worker
from kern.tijd import db_now
from kring.models import Tandarts
from triage.actions import mark_gezien
from triage.models import JaNeeOnbekend, Oproep, Patient
from verslag import gebit, momentopname, tarief, volledigheid
from verslag.actions.fouten import NietDeBehandelaar, VersieConflict, VerslagGeweigerd
from verslag.actions.overdracht import hand_over
from verslag.actions.vervolg import sync_vervolg
from verslag.models import Bijlage, Passantendossier, Versiebijlage, Verslag, Verslagversie
from verslag.prefill import prefill
from verslag.querysets import calls_of

PATIENTVELDEN = (
    "naam",
    "geboortedatum",
    "adres",
    "postcode",
    "woonplaats",
    "telefoon",
    "bsn",
    "heeft_eigen_tandarts",
    "eigen_tandarts",
)
VERSLAGVELDEN = (
    "geen_bsn_reden",
    "verwijzing",
    "advies_eigen_tandarts",
    "gebit",
    *momentopname.FEITEN,
    *momentopname.TEKSTVELDEN,
)
PATIENT_ONTBREEKT = volledigheid.Reden(
    "patient_ontbreekt",
    "naam",
    "Er zijn nog geen patiëntgegevens bij deze oproep. Vraag de triagemedewerker ze in te vullen.",
    "§4.1",
)
PATIENT_VERWISSELD = volledigheid.Reden(
    "patient_verwisseld",
    "naam",
    "Bij deze oproep staat nu een andere patiënt. Open het verslag opnieuw vanuit Mijn patiënten.",
    "§4.1",
)
BIJLAGE_BESMET = volledigheid.Reden(
    "bijlage_besmet", "bestand", "In een bijlage zit een virus. Haal die bijlage weg.", "§4.2"
)
REDEN_ONTBREEKT = volledigheid.Reden(
    "reden_correctie_ontbreekt", "reden", "Schrijf op waarom je het verslag verbetert.", "§4.1"
)


@transaction.atomic
def open_verslag(oproep: Oproep, *, by: Actor) -> Verslag:
    """Return the report of a call; made and filled from the call the first time."""
    # The lock makes two clicks one report, and one dossier.
    oproep = Oproep.objects.select_for_update(no_key=True).get(pk=oproep.pk)
    auteur = _author_of(oproep, by)
    existing = Verslag.objects.select_related("dossier").filter(oproep=oproep).first()
    if existing and (existing.dossier.patient_id == oproep.patient_id or _is_signed(existing)):
        return existing
    if oproep.patient is None:
        raise VerslagGeweigerd([PATIENT_ONTBREEKT])
    dossier, _made = Passantendossier.objects.get_or_create(
        patient=oproep.patient, defaults={"kring_id": oproep.kring_id}
    )
    if existing:
        # The triage chose another patient meanwhile; the draft goes along.
        return _move_draft(existing, dossier, by)
    verslag = Verslag.objects.create(
        kring_id=oproep.kring_id, dossier=dossier, oproep=oproep, auteur=auteur, **prefill(oproep)
    )
    _record("verslag.aangemaakt", "C", verslag, by)
    return verslag


def _is_signed(verslag: Verslag) -> bool:
    return verslag.versies.exists()


def _move_draft(verslag: Verslag, dossier: Passantendossier, by: Actor) -> Verslag:
    verslag.dossier = dossier
    verslag.versie += 1
    verslag.save(update_fields=["dossier", "versie", "gewijzigd_op"])
    _record("verslag.verplaatst", "U", verslag, by)
    return verslag


@transaction.atomic
def save_verslag(
    verslag: Verslag,
    *,
    gegevens: dict,
    versie: int,
    by: Actor,
    venster: str = "",
    patient_stand: str | None = None,
) -> Verslag:
    """Save the text, and what the dentist corrected in the identity of the patient.

    `versie` is the one the writer started from, `patient_stand` the `stand_of_patient` that the
    writer saw; `VersieConflict` when one of them is no longer the newest and something of it would
    be overwritten, unless this very window wrote the newest.
    """
    verslag = lock_verslag(verslag, by)
    is_own = bool(venster) and venster == verslag.venster
    if verslag.versie != versie and not is_own:
        raise VersieConflict
    seen = {patient_stand, _iso(verslag.patient_stand) if is_own else None}
    unknown = set(gegevens) - {*PATIENTVELDEN, *VERSLAGVELDEN}
    if unknown:
        raise ValueError(f"unknown fields: {', '.join(sorted(unknown))}")
    patient_changed = _save_patient(verslag, gegevens, by, seen=seen if patient_stand else None)
    if "gebit" in gegevens:
        gegevens = {**gegevens, "gebit": gebit.normalise(gegevens["gebit"])}
    changed = _assign(verslag, gegevens, VERSLAGVELDEN)
    if "tariefcodes" in changed:
        tabel = momentopname.tariff_table(verslag)
        changed += _assign(
            verslag, {"tarieven": tarief.lines(verslag.tariefcodes, tabel)}, ("tarieven",)
        )
    if changed or patient_changed:
        verslag.versie += 1
        verslag.venster = venster
        if patient_changed:
            verslag.patient_stand = verslag.dossier.patient.gewijzigd_op
        elif not is_own:
            verslag.patient_stand = None
        fields = [*changed, "versie", "venster", "patient_stand", "gewijzigd_op"]
        verslag.save(update_fields=fields)
        _record("verslag.opgeslagen", "U", verslag, by)
    return verslag


@transaction.atomic
def sign_verslag(
    verslag: Verslag,
    *,
    by: Actor,
    reden: str = "",
    versie: int | None = None,
    patient_stand: str = "",
) -> Verslagversie:
    """Sign: an immutable version, its handover, the log lines; all of it or nothing.

    Signing the same text twice gives the version that exists: a second click, or fifty at once,
    never makes a second report. Another text than the last version is a correction and needs a
    reason. `versie` is the text that was read back and `patient_stand` the `stand_of_patient` above
    it: `VersieConflict` when one of them changed since.
    """
    verslag = lock_verslag(verslag, by)
    # Read once and not locked: this very row is compared and signed, and the triage locks a call
    # before its patient, where signing would do so after.
    patient = Patient.objects.get(pk=verslag.dossier.patient_id)
    verslag.dossier.patient = patient
    if versie is not None and verslag.versie != versie:
        raise VersieConflict
    if patient_stand and patient_stand != stand_of_patient(patient):
        raise VersieConflict
    oordeel = momentopname.judge(verslag)
    text = momentopname.snapshot(verslag)
    last = verslag.versies.last()
    if last and momentopname.is_same_text(last.inhoud, text):
        # Also after a change that was undone: there is nothing left to sign.
        Verslag.objects.filter(pk=verslag.pk).update(getekend_bij=verslag.versie)
        return last
    redenen = list(oordeel.fouten)
    if last is None and verslag.oproep.patient_id != verslag.dossier.patient_id:
        redenen.append(PATIENT_VERWISSELD)
    if last is not None and not reden.strip():
        redenen.append(REDEN_ONTBREEKT)
    if verslag.bijlagen.current().filter(scan=Bijlage.Scan.BESMET).exists():
        redenen.append(BIJLAGE_BESMET)
    if redenen:
        raise VerslagGeweigerd(redenen)
    signed = _new_version(verslag, text, reden.strip() if last else "")
    Verslag.objects.filter(pk=verslag.pk).update(getekend_bij=verslag.versie)
    _record("verslag.getekend", "C", verslag, by, signed)
    if verslag.gezien:
        # The board must not keep waiting for someone whose treatment is on paper.
        mark_gezien(verslag.oproep, by=by)
    hand_over(signed, replaces=last, by=by)
    sync_vervolg(signed, by=by)
    _make_pdf_after_commit(signed)
    return signed


def _new_version(verslag: Verslag, text: dict, reden: str) -> Verslagversie:
    nummer = (verslag.versies.aggregate(hoogste=Max("nummer"))["hoogste"] or 0) + 1
    moment = db_now()
    inhoud = momentopname.sign(text, nummer=nummer, reden=reden, moment=moment)
    versie = Verslagversie.objects.create(
        kring_id=verslag.kring_id,
        verslag=verslag,
        nummer=nummer,
        inhoud=inhoud,
        sha256=momentopname.fingerprint(inhoud),
        getekend_op=moment,
        getekend_door=verslag.auteur,
        reden=reden,
    )
    Versiebijlage.objects.bulk_create(
        Versiebijlage(kring_id=verslag.kring_id, versie=versie, bijlage_id=bijlage["id"])
        for bijlage in text["bijlagen"]
    )
    return versie


def _make_pdf_after_commit(versie: Verslagversie) -> None:
    from verslag.tasks import maak_pdf

    transaction.on_commit(lambda: hint_worker(maak_pdf, versie.pk, versie.kring_id))


def lock_verslag(verslag: Verslag, by: Actor) -> Verslag:
    """Return the newest row, held until the end of the transaction, with all it names."""
    # The call first, as in `open_verslag`: the same order everywhere, so nobody waits in a circle.
    Oproep.objects.select_for_update(no_key=True).get(pk=verslag.oproep_id)
    Verslag.objects.select_for_update(no_key=True).get(pk=verslag.pk)
    verslag = Verslag.objects.with_letterhead().get(pk=verslag.pk)
    _require_author(verslag.auteur, by)
    return verslag


def _author_of(oproep: Oproep, by: Actor) -> Tandarts:
    """Return the dentist who reports on the call: the actor, or for the system the one treating."""
    if by.gebruiker_id is None:
        if oproep.behandelaar is None:
            raise NietDeBehandelaar
        return oproep.behandelaar
    tandarts = Tandarts.objects.filter(gebruiker_id=by.gebruiker_id).first()
    if tandarts is None or not calls_of(tandarts).filter(pk=oproep.pk).exists():
        raise NietDeBehandelaar
    return tandarts


def _require_author(auteur: Tandarts, by: Actor) -> None:
    if by.gebruiker_id is not None and auteur.gebruiker_id != by.gebruiker_id:
        raise NietDeBehandelaar


def _assign(row: models.Model, gegevens: dict, fields: tuple[str, ...]) -> list[str]:
    """Set what differs; return the names of the changed fields."""
    changed = [name for name in fields if name in gegevens and getattr(row, name) != gegevens[name]]
    for name in changed:
        setattr(row, name, gegevens[name])
    return changed


def stand_of_patient(patient: Patient) -> str:
    """Return what tells whether somebody wrote in this row since."""
    return _iso(patient.gewijzigd_op)


def _iso(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""


def _save_patient(verslag: Verslag, gegevens: dict, by: Actor, *, seen: set | None) -> bool:
    """Correct the identity: the dentist sees the patient, the triage only heard a voice."""
    # Not against those who only point at the row, as in the triage.
    patient = Patient.objects.select_for_update(no_key=True).get(pk=verslag.dossier.patient_id)
    is_news = seen is not None and stand_of_patient(patient) not in seen
    gegevens = dict(gegevens)
    if gegevens.get("heeft_eigen_tandarts", JaNeeOnbekend.JA) != JaNeeOnbekend.JA:
        gegevens["eigen_tandarts"] = None
    changed = _assign(patient, gegevens, PATIENTVELDEN)
    if changed and is_news:
        raise VersieConflict
    if changed:
        patient.save(update_fields=[*changed, "gewijzigd_op"])
        logboek.record(
            "patient.gewijzigd",
            "U",
            by=by,
            kring_id=verslag.kring_id,
            object_soort="patient",
            object_id=patient.pk,
            patient_id=patient.pk,
        )
    verslag.dossier.patient = patient
    return bool(changed)


def _record(
    gebeurtenis: str,
    actie: str,
    verslag: Verslag,
    by: Actor,
    versie: Verslagversie | None = None,
) -> None:
    row = versie or verslag
    logboek.record(
        gebeurtenis,
        actie,
        by=by,
        kring_id=verslag.kring_id,
        object_soort=str(row._meta.model_name),
        object_id=row.pk,
        patient_id=verslag.dossier.patient_id,
    )
