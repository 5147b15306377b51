"""Sessions in a table of our own: they end by themselves, and their owner can see and end them.

Django's documented way to widen the session table (a store with its own model) instead of
allauth.usersessions: one row is the session, its owner and its clock, so nothing can get out of
step, and no IP address or browser string is kept. See docs/besluiten/0010-wie-zit-er-achter.md.

A session lives until 20 minutes after the last sign of a person, and never longer than 12 hours
(S26). `expire_date` is that moment by the database clock; a cookie has no say in it.
"""

from datetime import timedelta

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import CreateError, UpdateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.db import IntegrityError, transaction
from django.db.models import F
from django.db.models.functions import Least, Now
from django.utils import timezone

STIL = timedelta(minutes=20)
"""Without a sign of a person."""
LANGST = timedelta(hours=12)
"""From the login: one night shift."""
STAP = timedelta(seconds=30)
"""A sign is written down at most this often: so the silence may last half a minute less."""


class SessionStore(DatabaseStore):
    """The session of one browser. `rij` is its row as it was loaded, None for a new one."""

    rij = None

    @classmethod
    def get_model_class(cls):
        from kring.models import Sessie

        return Sessie

    def _get_session_from_db(self):
        self.rij = self.model.objects.filter(
            session_key=self.session_key, expire_date__gt=Now()
        ).first()
        if self.rij is None:
            self._session_key = None
        return self.rij

    def save(self, must_create=False):
        if self.session_key is None:
            self.create()
            return
        data = self._get_session(no_load=must_create)
        values = {
            "session_data": self.encode(data),
            "gebruiker_id": data.get(SESSION_KEY),
        }
        if must_create:
            self._insert(values)
        # Only these columns: the clock of the session may have moved in another request. And a
        # session that was ended meanwhile does not come back.
        elif not self.model.objects.filter(session_key=self.session_key).update(**values):
            raise UpdateError

    def _insert(self, values: dict) -> None:
        clock = {"begonnen_op": Now(), "gezien_op": Now(), "expire_date": Now() + STIL}
        try:
            with transaction.atomic():
                self.model.objects.create(session_key=self.session_key, **values, **clock)
        except IntegrityError as error:
            raise CreateError from error

    def cycle_key(self):
        """Take a new key; the 12 hours of who is logged in already go on."""
        self._get_session()
        before = self.rij
        super().cycle_key()
        if before is not None and before.gebruiker_id:
            self._rows().update(begonnen_op=before.begonnen_op, apparaat=before.apparaat)
            self._touch()

    def touch(self) -> None:
        """Note a sign of a person: the silence starts anew."""
        self._get_session()
        if self.rij is not None and timezone.now() - self.rij.gezien_op >= STAP:
            self._touch()

    def _touch(self) -> None:
        end = Least(F("begonnen_op") + LANGST, Now() + STIL)
        self._rows().update(gezien_op=Now(), expire_date=end)

    def _rows(self):
        return self.model.objects.filter(session_key=self.session_key)
