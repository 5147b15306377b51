"""Tenancy: a kring sees its own rows and nothing else, whatever the view forgets.

PostgreSQL holds the line with row-level security on `app.kringen`. That setting is always LOCAL
to the transaction: set on the session, a pooled connection would show the next request the rows
of the previous kring. Without it (or outside a transaction) every table is empty: fail closed.
"""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection, models, transaction

_SETTINGS = ("app.kringen", "app.gebruiker")


class KringModel(models.Model):
    """A row that belongs to one kring. Its migration adds `kern.migraties.Beveilig`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kring = models.ForeignKey(
        settings.KRING_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="kring"
    )
    aangemaakt_op = models.DateTimeField(auto_now_add=True, verbose_name="aangemaakt op")
    gewijzigd_op = models.DateTimeField(auto_now=True, verbose_name="gewijzigd op")

    class Meta:
        abstract = True


def _read_settings() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting(%s, true), current_setting(%s, true)", list(_SETTINGS)
        )
        return [value or "" for value in cursor.fetchone()]


def _write_settings(values: list[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config(%s, %s, true), set_config(%s, %s, true)",
            [_SETTINGS[0], values[0], _SETTINGS[1], values[1]],
        )


def set_context(kring_ids: list[int], gebruiker_id: int | None = None) -> None:
    """Open these kringen (and the user's own memberships) until the transaction ends."""
    _write_settings([",".join(map(str, kring_ids)), str(gebruiker_id or "")])


@contextmanager
def kring_context(*kring_ids: int, gebruiker_id: int | None = None) -> Iterator[None]:
    """Run the block in a transaction that sees exactly these kringen.

    Restores the surrounding context: a LOCAL setting survives the release of a savepoint and
    would leak into the outer transaction.
    """
    with transaction.atomic():
        nested = len(connection.savepoint_ids) > 0
        before = _read_settings() if nested else None
        set_context(list(kring_ids), gebruiker_id)
        yield
        # After an exception the savepoint is rolled back, and the setting with it.
        if before is not None:
            _write_settings(before)


def one_at_a_time(work: str, kring_id: int) -> None:
    """Wait until nobody else in this kring is at this work; held until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s), %s)", [work, kring_id])


def all_kring_ids() -> list[int]:
    """Return every kring: for the sweeper and other work of the house, never for a request."""
    from django.apps import apps

    return list(apps.get_model(settings.KRING_MODEL).objects.values_list("pk", flat=True))
