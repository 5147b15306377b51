"""Pick up: a code over another channel than the link, five tries, never by a GET; and reply."""

import secrets
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Coalesce, Now
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from kern import logboek, outbox
from kern.actor import Actor
from kern.dagwerk import Beurt
from kern.sms import speak
from kern.tijd import db_now
from kern.weergave import format_tijd
from verslag import zegel
from verslag.actions.taak import close_taak, open_taak
from verslag.kanalen.ophalen import close_pakket
from verslag.models import Antwoord, Overdracht, Pakket, Pakketdeel, Taak
from verslag.pakketinhoud import Pakketinhoud, Stuk

CODE_GELDIG = timedelta(minutes=15)
CODES_PER_DAG = 3
POGINGEN = 5
ANTWOORDEN = 5
"""Replies to one link: enough for a conversation, too few to fill a dossier with."""

# One statement that counts the attempt, compares and opens: of two hundred guesses at once, five
# are compared, and a right code opens once. A withdrawal that comes first wins, because the
# conditions are judged on the row as it is when the lock is held.
_TRY_CODE = """
    UPDATE verslag_pakket
    SET code_pogingen = code_pogingen + 1,
        opgehaald_op = CASE WHEN code_hash = %(code)s
            THEN coalesce(opgehaald_op, clock_timestamp()) ELSE opgehaald_op END,
        gelezen_op = CASE WHEN code_hash = %(code)s
            THEN clock_timestamp() ELSE gelezen_op END,
        code_hash = CASE WHEN code_hash = %(code)s THEN '' ELSE code_hash END
    WHERE id = %(id)s
      AND code_hash <> ''
      AND code_pogingen < %(pogingen)s
      AND code_verloopt_op > clock_timestamp()
      AND gesloten_op IS NULL
      AND gevuld_op IS NOT NULL
      AND verloopt_op > clock_timestamp()
    RETURNING code_hash = '' AS geopend
"""


def hash_code(pakket: Pakket, code: str) -> str:
    """Return the HMAC of a code; the pepper comes from the secret key, outside the database."""
    return salted_hmac(
        "verslag.ophaalcode", f"{pakket.token_hash}|{code}", algorithm="sha256"
    ).hexdigest()


@transaction.atomic
def request_code(pakket: Pakket, *, by: Actor) -> bool:
    """Send a fresh code to the phone of the recipient; at most three in 24 hours.

    A text message, or read out on a landline; never to the mailbox that has the link. Returns
    False when the day is full or the link died meanwhile. No exception: it would take the log
    line of the refusal with it.
    """
    code = f"{secrets.randbelow(10**6):06d}"
    moment = db_now()
    new_day = Q(codes_sinds__isnull=True) | Q(codes_sinds__lte=Now() - timedelta(days=1))
    updated = (
        Pakket.objects.active()
        .filter(new_day | Q(codes_verstuurd__lt=CODES_PER_DAG), pk=pakket.pk)
        .update(
            code_hash=hash_code(pakket, code),
            code_pogingen=0,
            code_verloopt_op=moment + CODE_GELDIG,
            codes_verstuurd=Case(When(new_day, then=Value(1)), default=F("codes_verstuurd") + 1),
            codes_sinds=Case(When(new_day, then=Now()), default=F("codes_sinds")),
        )
    )
    outcome = "geslaagd" if updated else "geweigerd"
    record("overdracht.code", "E", pakket, as_recipient(pakket, by), uitkomst=outcome)
    if not updated:
        return False
    outbox.enqueue_telefoon(
        kring_id=pakket.kring_id,
        sleutel=f"code|{pakket.overdracht_id or pakket.pk}|{secrets.token_hex(8)}",
        telefoon=pakket.telefoon,
        tekst=_written(code, format_tijd(moment + CODE_GELDIG)),
        gesproken=_spoken(code),
        eenmalig=True,
    )
    return True


def _written(code: str, tijd: str) -> str:
    return _("Uw code is %(code)s. Geldig tot %(tijd)s. Geef deze code aan niemand door.") % {
        "code": code,
        "tijd": tijd,
    }


def _spoken(code: str) -> str:
    return _(
        "Goedendag. Dit is de spoedgevallendienst met uw code om een bericht te openen. "
        "De code is: %(code)s. Ik herhaal: %(code)s. De code werkt een kwartier."
    ) % {"code": speak(code)}


@transaction.atomic
def open_pakket(pakket: Pakket, *, code: str, by: Actor) -> bool:
    """Whether the code is right and the package open. The attempt counts either way."""
    if pakket.overdracht_id:
        # First the handover, then its package: who withdraws takes them in the same order.
        Overdracht.objects.select_for_update(no_key=True).get(pk=pakket.overdracht_id)
    values: dict[str, str | int] = {
        "id": str(pakket.pk),
        "code": hash_code(pakket, code),
        "pogingen": POGINGEN,
    }
    with connection.cursor() as cursor:
        cursor.execute(_TRY_CODE, values)
        row = cursor.fetchone()
    opened = bool(row and row[0])
    if opened and pakket.overdracht_id:
        Overdracht.objects.filter(pk=pakket.overdracht_id).update(
            opgehaald_op=Coalesce("opgehaald_op", Now()), gelezen_op=Now(), gewijzigd_op=Now()
        )
    outcome = "geslaagd" if opened else "geweigerd"
    record("overdracht.opgehaald", "R", pakket, as_recipient(pakket, by), uitkomst=outcome)
    return opened


def contents_of(pakket: Pakket, token: str) -> Pakketinhoud:
    """Return the signed text and the list of files, out of the package itself."""
    return Pakketinhoud.from_bytes(_part(pakket, token, 0))


@transaction.atomic
def take_out(pakket: Pakket, token: str, stukken: list[Stuk], *, by: Actor) -> list[bytes]:
    """Return the bytes of these files out of the package: the recipient takes them home."""
    contents = [_part(pakket, token, stuk.deel) for stuk in stukken]
    _set_first(Pakket, pakket.pk)
    if pakket.overdracht_id:
        _set_first(Overdracht, pakket.overdracht_id)
    for stuk in stukken:
        record(f"overdracht.{stuk.soort}", "E", pakket, as_recipient(pakket, by))
    return contents


def _set_first(model: type[Pakket] | type[Overdracht], pk: UUID) -> None:
    model._default_manager.filter(pk=pk, gedownload_op__isnull=True).update(gedownload_op=Now())


def _part(pakket: Pakket, token: str, nummer: int) -> bytes:
    """Return one part; `Pakketdeel.DoesNotExist` when the package was closed meanwhile."""
    sealed = Pakketdeel.objects.get(pakket=pakket, nummer=nummer).inhoud
    return zegel.unseal(token, sealed, deel=nummer)


@transaction.atomic
def finish_pakket(pakket: Pakket, *, by: Actor) -> bool:
    """The recipient kept it and has this copy destroyed; the link dies with it."""
    if pakket.overdracht_id:
        Overdracht.objects.select_for_update(no_key=True).get(pk=pakket.overdracht_id)
    closed = close_pakket(pakket, Pakket.Einde.ONTVANGER)
    if closed:
        record("overdracht.verwijderd", "D", pakket, as_recipient(pakket, by))
    return closed


@transaction.atomic
def withdraw_copy(pakket: Pakket, *, by: Actor) -> bool:
    """Destroy what a patient would pick up; False when that was done. A handover has its own way.

    A code that arrives at the same moment loses: it asks whether the package is closed.
    """
    closed = pakket.overdracht_id is None and close_pakket(pakket, Pakket.Einde.INGETROKKEN)
    if closed:
        record("overdracht.ingetrokken", "U", pakket, by)
    return closed


@transaction.atomic
def reply(pakket: Pakket, *, tekst: str, by: Actor) -> Antwoord | None:
    """Keep what the own dentist writes back, sealed, and tell the author that there is something.

    None when the link has had its replies, or is one for a patient.
    """
    handover = pakket.overdracht
    if handover is None:
        return None
    Overdracht.objects.select_for_update(no_key=True).get(pk=handover.pk)
    if pakket.antwoorden.count() >= ANTWOORDEN:
        return None
    antwoord = Antwoord.objects.create(
        kring_id=pakket.kring_id, overdracht=handover, pakket=pakket, tekst=tekst
    )
    _tell_author(antwoord)
    open_taak(
        kring_id=pakket.kring_id,
        soort=Taak.Soort.ANTWOORD,
        sleutel=_cause(antwoord),
        overdracht=pakket.overdracht,
        by=Actor.system(pakket.kring_id, "ophaalpagina"),
    )
    record("overdracht.antwoord", "C", pakket, as_recipient(pakket, by))
    return antwoord


def _cause(antwoord: Antwoord) -> str:
    return f"antwoord|{antwoord.pk}"


def _tell_author(antwoord: Antwoord) -> None:
    """A mail without a word of it: what and where, nothing about whom (S31)."""
    auteur = antwoord.overdracht.versie.verslag.auteur
    if auteur.gebruiker is None:
        return
    outbox.enqueue_mail(
        kring_id=antwoord.kring_id,
        sleutel=_cause(antwoord),
        aan=auteur.gebruiker.email,
        onderwerp=_("Antwoord op een verslag van je dienst"),
        tekst=_(
            "Hallo,\n\nEen eigen tandarts heeft geantwoord op een verslag van jou. Log in en open "
            "het verslag om het antwoord te lezen.\n\nSpoeddienst\n"
        ),
    )


@transaction.atomic
def mark_read(antwoord: Antwoord, *, by: Actor) -> bool:
    """The author read the reply; False when that was noted already."""
    updated = Antwoord.objects.filter(pk=antwoord.pk, gelezen_op__isnull=True).update(
        gelezen_op=Now(), gewijzigd_op=Now()
    )
    if updated:
        close_taak(
            kring_id=antwoord.kring_id,
            sleutel=_cause(antwoord),
            by=by,
            oplossing=Taak.Oplossing.GELEZEN,
        )
        logboek.record(
            "antwoord.gelezen",
            "R",
            by=by,
            kring_id=antwoord.kring_id,
            object_soort="antwoord",
            object_id=antwoord.pk,
            patient_id=antwoord.overdracht.versie.verslag.dossier.patient_id,
        )
    return bool(updated)


def close_expired(beurt: Beurt) -> None:
    """Destroy the content of every link that ran out (S38): daily work, for one kring."""
    by = Actor.system(beurt.kring_id, "bewaartermijn")
    expired = list(
        Pakket.objects.filter(gesloten_op__isnull=True, verloopt_op__lte=Now()).select_related(
            "bericht", "overdracht", "versie__verslag__dossier"
        )
    )
    for pakket in expired:
        if close_pakket(pakket, Pakket.Einde.VERLOPEN):
            record("overdracht.vernietigd", "D", pakket, by)


def record(
    gebeurtenis: str, actie: str, pakket: Pakket, by: Actor, *, uitkomst: str = "geslaagd"
) -> None:
    """Write the log line of a pick-up."""
    is_copy = pakket.overdracht_id is None
    logboek.record(
        gebeurtenis,
        actie,
        by=by,
        kring_id=pakket.kring_id,
        object_soort="pakket" if is_copy else "overdracht",
        object_id=pakket.pk if is_copy else pakket.overdracht_id,
        patient_id=pakket.versie.verslag.dossier.patient_id,
        uitkomst=uitkomst,
    )


def as_recipient(pakket: Pakket, by: Actor) -> Actor:
    """Return the actor of the pick-up page: who the link was sent to, as far as we know."""
    if by.gebruiker_id is not None:
        return by
    return replace(by, naam=f"{pakket.naam} (via de ophaalpagina)"[:200])
