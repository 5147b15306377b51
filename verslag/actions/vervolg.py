"""Follow-ups of patients without own dentist: made at signing, done or handed on (§2.2.4)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from kern import logboek, outbox
from kern.actor import Actor
from kern.tijd import db_now, to_local
from kring.models import Kring, Tandarts
from verslag.actions.fouten import NietDeBehandelaar, VervolgGeweigerd
from verslag.models import Verslag, Verslagversie, Vervolgactie
from verslag.termijn import deadline

Afloop = Vervolgactie.Afloop


def sync_vervolg(versie: Verslagversie, *, by: Actor) -> Vervolgactie | None:
    """Bring the follow-up in step with a freshly signed version; part of signing.

    Only without own dentist: otherwise the own dentist does it (§2.2.4). What was done stays done
    when a correction says the same again.
    """
    inhoud = versie.inhoud
    has_dentist = inhoud["patient"]["heeft_eigen_tandarts"] == "ja"
    rows = Vervolgactie.objects.select_for_update().filter(verslag=versie.verslag_id)
    vervolg = rows.filter(gesloten_op__isnull=True).first()
    if has_dentist or not inhoud["vervolg"].strip():
        if vervolg is not None:
            _close(vervolg, Afloop.EIGEN_TANDARTS if has_dentist else Afloop.VERVALLEN, by)
        return None
    texts = {"wat": inhoud["vervolg"], "termijn": inhoud["vervolg_termijn"]}
    if vervolg is None:
        last = rows.order_by("-gesloten_op").first()
        return None if last and _says(last, texts) else _make(versie, texts, by)
    if not _says(vervolg, texts):
        vervolg.wat, vervolg.termijn = texts["wat"], texts["termijn"]
        vervolg.uiterlijk = _deadline(versie, texts["termijn"])
        vervolg.versie = versie
        vervolg.save()
        _record("vervolg.gewijzigd", "U", vervolg, by)
    return vervolg


def _says(vervolg: Vervolgactie, texts: Mapping[str, Any]) -> bool:
    return all(getattr(vervolg, name) == text for name, text in texts.items())


def _make(versie: Verslagversie, texts: Mapping[str, Any], by: Actor) -> Vervolgactie:
    vervolg = Vervolgactie.objects.create(
        kring_id=versie.kring_id,
        verslag=versie.verslag,
        versie=versie,
        tandarts_id=versie.getekend_door_id,
        uiterlijk=_deadline(versie, texts["termijn"]),
        **texts,
    )
    _record("vervolg.aangemaakt", "C", vervolg, by)
    return vervolg


def _deadline(versie: Verslagversie, termijn: str) -> date | None:
    return deadline(termijn, to_local(versie.getekend_op).date())


def end_with_own_dentist(verslag: Verslag, *, by: Actor) -> None:
    """The report goes to the own dentist now, and the follow-up with it; part of sending."""
    open_row = Vervolgactie.objects.select_for_update().filter(
        verslag=verslag, gesloten_op__isnull=True
    )
    for vervolg in open_row:
        _close(vervolg, Afloop.EIGEN_TANDARTS, by)


@transaction.atomic
def end_vervolg(vervolg: Vervolgactie, *, afloop: str, toelichting: str, by: Actor) -> Vervolgactie:
    """Take it off the list: done, or no longer needed, with a word about what was done."""
    vervolg = _locked(vervolg, by)
    if not toelichting.strip():
        raise VervolgGeweigerd("toelichting", _("Schrijf kort op wat er is gedaan of waarom niet."))
    _close(vervolg, afloop, by, toelichting=toelichting.strip())
    return vervolg


@transaction.atomic
def hand_vervolg(
    vervolg: Vervolgactie, *, naar: Tandarts, toelichting: str, by: Actor
) -> Vervolgactie:
    """Put it on the list of a colleague in the kring, who gets a notice without patient data.

    With it comes the treatment relation: the colleague may read the dossier.
    """
    vervolg = _locked(vervolg, by)
    if naar.pk == vervolg.tandarts_id:
        raise VervolgGeweigerd("naar", _("Dit staat al op de lijst van deze tandarts."))
    if naar.gebruiker is None or not naar.actief:
        raise VervolgGeweigerd("naar", _("Deze tandarts heeft geen account om het te zien."))
    vervolg.overgenomen_van_id = vervolg.tandarts_id
    vervolg.tandarts = naar
    vervolg.toelichting = toelichting.strip()
    vervolg.overgedragen_op = db_now()
    vervolg.save()
    _notify(vervolg, naar)
    _record("vervolg.overgedragen", "U", vervolg, by)
    return vervolg


@transaction.atomic
def date_vervolg(vervolg: Vervolgactie, *, uiterlijk: date, by: Actor) -> Vervolgactie:
    """Say by which day it must be done, where the words of the report do not."""
    vervolg = _locked(vervolg, by)
    vervolg.uiterlijk = uiterlijk
    vervolg.save(update_fields=["uiterlijk", "gewijzigd_op"])
    _record("vervolg.gewijzigd", "U", vervolg, by)
    return vervolg


def _locked(vervolg: Vervolgactie, by: Actor) -> Vervolgactie:
    """Return the newest row, held; refused when it is no longer open or somebody else's."""
    Vervolgactie.objects.select_for_update().get(pk=vervolg.pk)
    vervolg = Vervolgactie.objects.select_related("tandarts", "verslag__dossier").get(pk=vervolg.pk)
    if by.gebruiker_id is not None and vervolg.tandarts.gebruiker_id != by.gebruiker_id:
        raise NietDeBehandelaar
    if vervolg.gesloten_op is not None:
        raise VervolgGeweigerd("", _("Dit vervolg is al afgesloten."))
    return vervolg


def _close(vervolg: Vervolgactie, afloop: str, by: Actor, *, toelichting: str = "") -> None:
    vervolg.afloop, vervolg.gesloten_op = afloop, db_now()
    vervolg.gesloten_door_id = by.gebruiker_id
    vervolg.toelichting = toelichting
    vervolg.save()
    _record("vervolg.gesloten", "U", vervolg, by)


def _notify(vervolg: Vervolgactie, naar: Tandarts) -> None:
    """Tell the colleague by mail that there is something; who and what stands behind the login."""
    if naar.gebruiker is None:
        return
    kring = Kring.objects.get(pk=vervolg.kring_id)
    moment = vervolg.overgedragen_op
    outbox.enqueue_mail(
        kring_id=kring.pk,
        sleutel=f"vervolg|{vervolg.pk}|{moment.isoformat() if moment else ''}",
        aan=naar.gebruiker.email,
        onderwerp=_("Een collega droeg een vervolgbehandeling aan je over"),
        tekst=_(
            "Beste collega,\n\n"
            "In de spoedgevallendienst %(kring)s staat een vervolgbehandeling op jouw lijst.\n"
            "Log in en open Mijn patiënten om te zien om wie het gaat en voor wanneer.\n"
        )
        % {"kring": kring.naam},
    )


def _record(gebeurtenis: str, actie: str, vervolg: Vervolgactie, by: Actor) -> None:
    logboek.record(
        gebeurtenis,
        actie,
        by=by,
        kring_id=vervolg.kring_id,
        object_soort="vervolgactie",
        object_id=vervolg.pk,
        patient_id=vervolg.verslag.dossier.patient_id,
    )
