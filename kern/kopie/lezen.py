"""Opening a copy: first the whole file is proved, only then does one byte leave it."""

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from kern.kopie import KopieFout, stroom
from kern.kopie.manifest import Manifest
from kern.kopie.voortgang import Report, metered


class Kopie:
    """One file whose every byte was proved at the moment this object was made."""

    def __init__(self, path: Path, *, report: Report) -> None:
        self.path = path
        self._key = stroom.read_key(settings.KOPIE_SLEUTEL)
        with self._open() as source:
            raw, dump = self._unpack(source)
            self.size = len(raw) + sum(len(block) for block in metered(dump, "nagelezen", report))
        self.manifest = Manifest.from_bytes(raw)

    def dump(self) -> Iterator[bytes]:
        """Yield the dump; proved once more, as the file may have changed in between."""
        with self._open() as source:
            _raw, blocks = self._unpack(source)
            yield from blocks

    def _open(self) -> BinaryIO:
        try:
            return self.path.open("rb")
        except OSError as error:
            raise KopieFout(f"{self.path} is niet te lezen: {error.strerror}.") from error

    def _unpack(self, source: BinaryIO) -> tuple[bytes, Iterator[bytes]]:
        return stroom.unpack(stroom.decrypt(source, self._key))
