"""Disputes: declare one, say who hears both sides, and note each step (MR 11.1-11.3, BV-10)."""

from collections.abc import Collection
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from kern import logboek
from kern.actor import Actor
from kern.tenancy import one_at_a_time
from kern.tijd import db_now, to_local
from kern.weigering import refuse_to_come
from kring.models import Deelnemer, Gebruiker
from reglement import geschilgang
from reglement.geschillen import handlers, is_party
from reglement.models import Geschil, Geschilpartij, Geschilstap


@transaction.atomic
def declare(
    *,
    kring_id: int,
    namens: Deelnemer,
    partijen: Collection[Deelnemer],
    onderwerp: str,
    omschrijving: str,
    by: Actor,
) -> Geschil:
    """Declare that there is a dispute: from then on there is one (11.3).

    `partijen` are the practices on the other side; empty when it is with the kring as a whole.
    """
    if namens in partijen:
        raise ValidationError({"partijen": _("Je eigen praktijk is niet de andere partij.")})
    one_at_a_time("reglement.geschil", kring_id)
    nu = db_now()
    highest = Geschil.objects.filter(kring_id=kring_id).aggregate(n=Max("nummer"))["n"]
    geschil = Geschil.objects.create(
        kring_id=kring_id,
        nummer=(highest or 0) + 1,
        onderwerp=onderwerp.strip(),
        omschrijving=omschrijving.strip(),
        gemeld_door_id=by.person_id,
        namens=namens,
        gemeld_op=nu,
        laatste_stap_op=to_local(nu).date(),
    )
    Geschilpartij.objects.bulk_create(
        Geschilpartij(kring_id=kring_id, geschil=geschil, deelnemer=row) for row in partijen
    )
    _log("geschil.gemeld", "C", geschil, by)
    return geschil


@transaction.atomic
def assign(geschil: Geschil, *, behandelaar: Gebruiker, by: Actor) -> Geschil:
    """Say who hears both sides: of the bestuur or the coördinators, and no party (11.1)."""
    geschil = _lock(geschil)
    refuse_party(geschil, by)
    if behandelaar.pk not in {row.pk for row in handlers(geschil)}:
        raise ValidationError(
            {
                "behandelaar": _(
                    "Kies een coördinator of bestuurslid dat zelf geen partij is (art. 11.1)."
                )
            }
        )
    geschil.behandelaar = behandelaar
    geschil.save()
    _log("geschil.behandelaar", "U", geschil, by)
    return geschil


@transaction.atomic
def note_step(
    geschil: Geschil, *, soort: str, gedaan_op: date, tekst: str, by: Actor
) -> Geschilstap:
    """Note a step; `ValidationError` with the article when another must come first.

    Not by somebody whose practice is a party: they read along and may withdraw what they declared.
    """
    geschil = _lock(geschil)
    refuse_party(geschil, by)
    if soort == geschilgang.INTREKKEN:
        raise ValidationError({"soort": _("Intrekken doet wie het geschil meldde.")})
    return _step(geschil, soort, gedaan_op, tekst, by)


@transaction.atomic
def withdraw(geschil: Geschil, *, tekst: str, by: Actor) -> Geschilstap:
    """Let who declared it, or another of that practice, take it back."""
    geschil = _lock(geschil)
    if not is_party(geschil, by.person_id, only_declarer=True):
        raise ValidationError(_("Alleen de praktijk die het geschil meldde, trekt het in."))
    if not geschil.is_open:
        raise ValidationError(_("Dit geschil is al gesloten."))
    return _step(geschil, geschilgang.INTREKKEN, to_local(db_now()).date(), tekst, by)


def _step(geschil: Geschil, soort: str, gedaan_op: date, tekst: str, by: Actor) -> Geschilstap:
    nu = db_now()
    reached = geschilgang.after(geschil.stand, soort)
    if isinstance(reached, geschilgang.Weigering):
        raise ValidationError({"soort": f"{reached.uitleg} (art. {reached.artikel})"})
    refuse_to_come(gedaan_op=gedaan_op)
    if gedaan_op < to_local(geschil.gemeld_op).date():
        raise ValidationError({"gedaan_op": _("Op deze dag was het geschil nog niet gemeld.")})
    if geschilgang.wants_reason(geschil.stand, soort) and not tekst.strip():
        raise ValidationError(
            {
                "tekst": _(
                    "Art. 11.2 noemt eerst een mediator. Schrijf op waarom jullie die overslaan."
                )
            }
        )
    row = Geschilstap.objects.create(
        kring_id=geschil.kring_id,
        geschil=geschil,
        soort=soort,
        gedaan_op=gedaan_op,
        tekst=tekst.strip(),
        genoteerd_door_id=by.person_id,
        genoteerd_op=nu,
    )
    geschil.stand = reached
    geschil.laatste_stap_op = max(geschil.laatste_stap_op, gedaan_op)
    geschil.save()
    _log("geschil.stap", "U", geschil, by)
    return row


def refuse_party(geschil: Geschil, by: Actor) -> None:
    """`ValidationError` when this person's practice is a party."""
    if is_party(geschil, by.person_id):
        raise ValidationError(
            _(
                "Jouw praktijk is partij bij dit geschil. Laat een ander het behandelen, "
                "bijvoorbeeld de plaatsvervanger (art. 11.1)."
            )
        )


def _lock(geschil: Geschil) -> Geschil:
    return Geschil.objects.select_for_update(of=("self",)).get(pk=geschil.pk)


def _log(gebeurtenis: str, actie: str, geschil: Geschil, by: Actor) -> None:
    logboek.record(
        gebeurtenis,
        actie,
        by=by,
        kring_id=geschil.kring_id,
        object_soort="geschil",
        object_id=geschil.pk,
    )
