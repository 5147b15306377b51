"""What an action may answer instead of doing it."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied

from verslag.volledigheid import Reden


class NietDeBehandelaar(PermissionDenied):
    """Only the dentist who treated the patient writes and signs the report (§4.1)."""


class VersieConflict(Exception):
    """The report was changed meanwhile, in another window or by a correction."""


class VerslagGeweigerd(Exception):
    """The report may not be signed yet; `redenen` say why, field by field."""

    def __init__(self, redenen: Iterable[Reden]) -> None:
        self.redenen = tuple(redenen)
        super().__init__(", ".join(reden.sleutel for reden in self.redenen))


class OverdrachtGeweigerd(Exception):
    """The handover cannot go on; the text is a Dutch sentence for the person."""


class VervolgGeweigerd(Exception):
    """This cannot be done with the follow-up; `veld` is the field that the sentence stands at."""

    def __init__(self, veld: str, zin: str) -> None:
        self.veld = veld
        super().__init__(zin)


class SamenvoegenGeweigerd(Exception):
    """Two patients cannot be joined, or taken apart; the text says why and what to do."""

    def __init__(self, zin: str, *, veld: str = "") -> None:
        self.veld = veld
        super().__init__(zin)
