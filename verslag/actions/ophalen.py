"""Pick up the report: a code over another channel than the link, five tries, never by a GET."""

import secrets
from dataclasses import replace
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Now
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from kern import outbox
from kern.actor import Actor
from kern.tijd import db_now
from kern.weergave import format_tijd
from verslag.actions.overdracht import record
from verslag.models import Overdracht, Verslagversie

CODE_GELDIG = timedelta(minutes=15)
CODES_PER_DAG = 3
POGINGEN = 5

# One statement that counts the attempt, compares and opens: of two hundred guesses at once, five
# are compared, and a right code opens once. A withdrawal that comes first wins, because the
# conditions are judged on the row as it is when the lock is held.
_TRY_CODE = """
    UPDATE verslag_overdracht
    SET code_pogingen = code_pogingen + 1,
        opgehaald_op = CASE WHEN code_hash = %(code)s
            THEN coalesce(opgehaald_op, clock_timestamp()) ELSE opgehaald_op END,
        code_hash = CASE WHEN code_hash = %(code)s THEN '' ELSE code_hash END
    WHERE id = %(id)s
      AND code_hash <> ''
      AND code_pogingen < %(pogingen)s
      AND code_verloopt_op > clock_timestamp()
      AND ingetrokken_op IS NULL
      AND verloopt_op > clock_timestamp()
    RETURNING code_hash = '' AS geopend, code_pogingen
"""


def hash_code(overdracht: Overdracht, code: str) -> str:
    """Return the HMAC of a code; the pepper comes from the secret key, outside the database."""
    return salted_hmac(
        "verslag.ophaalcode", f"{overdracht.token_hash}|{code}", algorithm="sha256"
    ).hexdigest()


@transaction.atomic
def request_code(overdracht: Overdracht, *, by: Actor) -> bool:
    """Send a fresh code to the phone of the recipient; at most three in 24 hours.

    Returns False when the day is full or the link died meanwhile. No exception: it would take
    the log line of the refusal with it.
    """
    code = f"{secrets.randbelow(10**6):06d}"
    moment = db_now()
    new_day = Q(codes_sinds__isnull=True) | Q(codes_sinds__lte=Now() - timedelta(days=1))
    updated = (
        Overdracht.objects.active()
        .filter(new_day | Q(codes_verstuurd__lt=CODES_PER_DAG), pk=overdracht.pk)
        .update(
            code_hash=hash_code(overdracht, code),
            code_pogingen=0,
            code_verloopt_op=moment + CODE_GELDIG,
            codes_verstuurd=Case(When(new_day, then=Value(1)), default=F("codes_verstuurd") + 1),
            codes_sinds=Case(When(new_day, then=Now()), default=F("codes_sinds")),
        )
    )
    outcome = "geslaagd" if updated else "geweigerd"
    record("overdracht.code", "E", overdracht, as_recipient(overdracht, by), uitkomst=outcome)
    if not updated:
        return False
    outbox.enqueue_sms(
        kring_id=overdracht.kring_id,
        sleutel=f"code|{overdracht.pk}|{secrets.token_hex(8)}",
        telefoon=overdracht.telefoon,
        tekst=_("Uw code is %(code)s. Geldig tot %(tijd)s. Geef deze code aan niemand door.")
        % {"code": code, "tijd": format_tijd(moment + CODE_GELDIG)},
    )
    return True


def open_overdracht(overdracht: Overdracht, *, code: str, by: Actor) -> Verslagversie | None:
    """Return the report when the code is right, else None. The attempt counts either way."""
    with transaction.atomic():
        values: dict[str, str | int] = {
            "id": str(overdracht.pk),
            "code": hash_code(overdracht, code),
            "pogingen": POGINGEN,
        }
        with connection.cursor() as cursor:
            cursor.execute(_TRY_CODE, values)
            row = cursor.fetchone()
        opened = bool(row and row[0])
        record(
            "overdracht.opgehaald",
            "R",
            overdracht,
            as_recipient(overdracht, by),
            uitkomst="geslaagd" if opened else "geweigerd",
        )
    return overdracht.versie if opened else None


def as_recipient(overdracht: Overdracht, by: Actor) -> Actor:
    """Return the actor of the pick-up page: who the link was sent to, as far as we know."""
    if by.gebruiker_id is not None:
        return by
    return replace(by, naam=f"{overdracht.naam} (via de ophaalpagina)"[:200])
