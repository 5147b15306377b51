"""Model fields that are unreadable in the database itself (S11, docs/besluiten/0012).

A row reads and writes plain values; the column holds what `kern.crypto` made of them, bound to
table, column, row and kring. A value is opened when it is first touched, so a list that does not
show it does not pay for it. What goes around the row (`update`, `bulk_update`, a filter) raises:
it could only write plain text or compare ciphertext. An empty text is sealed like any other, so
that nobody can blank a field unseen.

The primary key must be known before the insert: a UUID made here, as in `KringModel`.
"""

import json
from typing import Any

from django import forms
from django.core import checks
from django.core.exceptions import FieldError
from django.db import models
from django.db.models.query_utils import DeferredAttribute

from kern import crypto


class Gesloten:
    """A value as the database gave it; only its row can open it."""

    __slots__ = ("inhoud",)

    def __init__(self, inhoud: bytes) -> None:
        self.inhoud = inhoud

    def __str__(self) -> str:
        raise TypeError("a sealed value is opened by its row, not by values() or an annotation")

    def __repr__(self) -> str:
        return "<verzegeld>"


class _Gezegeld(bytes):
    """Made by `pre_save` alone: the proof that a value was sealed for its own place."""


class OpentBijGebruik(DeferredAttribute):
    """Opens the value of a row at the first touch, and keeps the plain one on the row."""

    def __get__(self, instance, cls=None):
        value = super().__get__(instance, cls)
        if isinstance(value, Gesloten):
            value = instance.__dict__[self.field.attname] = self.field.unseal(instance, value)
        return value

    def __set__(self, instance, value):
        # Also makes Python ask `__get__` when the row holds the value already.
        instance.__dict__[self.field.attname] = value


class Versleuteld(models.Field):
    """Base of the fields below: how a value becomes bytes, and in which place it is sealed."""

    descriptor_class = OpentBijGebruik

    def get_internal_type(self):
        return "BinaryField"

    def to_bytes(self, value: Any) -> bytes:
        if not isinstance(value, str):
            raise TypeError(f"{self} takes a str, not {type(value).__name__}")
        return value.encode()

    def from_bytes(self, plain: bytes) -> Any:
        return plain.decode()

    def seal(self, value: Any, *, pk, kring_id) -> bytes:
        """Return what the column holds for this value, bound to this very row."""
        return crypto.seal(self.to_bytes(value), place=self._place(pk, kring_id))

    def unseal(self, instance, value: Gesloten) -> Any:
        place = self._place(instance.pk, instance.kring_id)
        return self.from_bytes(crypto.unseal(value.inhoud, place=place))

    def _place(self, pk, kring_id) -> str:
        """Return what binds a value to its row; `kern.verzegeld` says the same in SQL."""
        if pk is None or kring_id is None:
            raise ValueError(f"{self} needs the key and the kring of its row before it is sealed")
        return f"{self.model._meta.db_table}.{self.column}|{pk}|{kring_id}"

    def pre_save(self, model_instance, add):
        """Return the sealed value; an unopened one is opened first, so the newest key seals it."""
        value = getattr(model_instance, self.attname)
        return _Gezegeld(self.seal(value, pk=model_instance.pk, kring_id=model_instance.kring_id))

    def from_db_value(self, value, expression, connection):
        return None if value is None else Gesloten(bytes(value))

    def get_db_prep_save(self, value, connection):
        if not isinstance(value, _Gezegeld):
            raise TypeError(f"{self} is sealed per row: use save() or bulk_create()")
        return connection.Database.Binary(bytes(value))

    def get_db_prep_value(self, value, connection, prepared=False):
        return self.get_db_prep_save(value, connection)

    def get_lookup(self, lookup_name):
        raise FieldError(f"{self} is sealed: its column cannot be searched ({lookup_name})")

    def get_transform(self, lookup_name):
        raise FieldError(f"{self} is sealed: its column cannot be searched ({lookup_name})")

    def check(self, **kwargs):
        return [*super().check(**kwargs), *self._check_place()]

    def _check_place(self):
        pk, names = self.model._meta.pk, {field.name for field in self.model._meta.fields}
        if not (pk.has_default() and "kring" in names):
            yield checks.Error(
                "Een verzegeld veld vraagt een rij met kring en een zelfgemaakte sleutel (UUID).",
                obj=self,
                id="kern.E020",
            )
        if self.null or self.unique or self.db_index:
            yield checks.Error(
                "Een verzegeld veld is niet leeg (null), uniek of geïndexeerd.",
                obj=self,
                id="kern.E021",
            )


class TekstFormField(forms.CharField):
    """Text of more lines, that end the same whoever sent them.

    A browser sends CRLF for a pressed button and a script LF: else autosave changes a text.
    """

    def to_python(self, value):
        return super().to_python(value).replace("\r\n", "\n").replace("\r", "\n")


class VersleuteldTekst(Versleuteld, models.TextField):
    """Free text; `max_length` bounds what is typed, as in `VrijeTekstField`."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", 4000)
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": TekstFormField, **kwargs})


class VersleuteldeRegel(Versleuteld, models.CharField):
    """One line of text."""


class VersleuteldBinair(Versleuteld, models.BinaryField):
    """The bytes of a file."""

    def to_bytes(self, value: Any) -> bytes:
        if not isinstance(value, bytes | bytearray | memoryview):
            raise TypeError(f"{self} takes bytes, not {type(value).__name__}")
        return bytes(value)

    def from_bytes(self, plain: bytes) -> bytes:
        return plain


class VersleuteldJson(Versleuteld, models.Field):
    """A plain JSON value; the order of its keys is kept."""

    def to_bytes(self, value: Any) -> bytes:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()

    def from_bytes(self, plain: bytes) -> Any:
        return json.loads(plain)


class BlindeIndex(models.CharField):
    """Finds rows with an equal sealed value, within one kring: a keyed hash of the field `van`.

    Filled when the row is saved; empty when the value is. Ask with `value_for`.
    """

    def __init__(self, *args, van: str, **kwargs):
        self.van = van
        kwargs |= {"max_length": 64, "editable": False, "blank": True, "default": ""}
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        for fixed in ("max_length", "editable", "blank", "default"):
            kwargs.pop(fixed, None)
        return name, path, args, {**kwargs, "van": self.van}

    def value_for(self, text: str, kring_id: int) -> str:
        """Return the index of a plain value in a kring."""
        if not text:
            return ""
        table = self.model._meta.db_table
        return crypto.blind_index(text, place=f"{table}.{self.van}|{kring_id}")

    def pre_save(self, model_instance, add):
        value = self.value_for(getattr(model_instance, self.van), model_instance.kring_id)
        setattr(model_instance, self.attname, value)
        return value
