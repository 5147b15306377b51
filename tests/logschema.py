"""What a line of the access log may hold (S13): strict, so that no content fits in any field."""

import ipaddress
import re

from stdnum.nl import bsn

from kern import gebeurtenissen
from kern.actor import INTERN
from kern.logboek import ONBEKEND
from kern.models import Logregel
from kern.toegang import Doel, Rol

_ROLLEN = {*Rol.values, "systeem"}
_VERZOEK = re.compile(r"(GET|HEAD|POST) [a-z_]+(:[a-z_]+)* [0-9a-f]{12}")
_SOORT = re.compile(r"[a-z]{3,40}")
_OBJECT = re.compile(r"[0-9]{1,19}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{64}")
_TABEL = re.compile(r"[0-9a-f]{12}")
_NEGEN_CIJFERS = re.compile(r"(?<!\d)\d{9}(?!\d)")


def problems(line: Logregel) -> list[str]:
    """Return what is wrong with a line that the product is about to write."""
    checks = {
        "gebeurtenis": line.gebeurtenis in gebeurtenissen.table(),
        "actie": line.actie in Logregel.Actie.values,
        "uitkomst": line.uitkomst in Logregel.Uitkomst.values,
        "kring": isinstance(line.kring_id, int),
        "gebruiker_naam": 0 < len(line.gebruiker_naam) <= 200,
        "gebruiker_id": line.gebruiker_id is None or line.gebruiker_id > 0,
        "rollen": set(filter(None, line.rollen.split(","))) <= _ROLLEN,
        "doel": line.doel in Doel.values,
        "toegangspunt": _is_access_point(line),
        "verzoek": not line.verzoek or bool(_VERZOEK.fullmatch(line.verzoek)),
        "object_soort": not line.object_soort or bool(_SOORT.fullmatch(line.object_soort)),
        "object_id": not line.object_id or bool(_OBJECT.fullmatch(line.object_id)),
        "object": bool(line.object_soort) or not line.object_id,
        "namens": bool(line.namens_naam) or line.namens_id is None,
        "toegangstabel": bool(_TABEL.fullmatch(line.toegangstabel)),
        "bsn": not _holds_bsn(line),
    }
    return [f"{line.gebeurtenis}: {name}" for name, right in checks.items() if not right]


def _is_access_point(line: Logregel) -> bool:
    """A person comes from a network address; only the house itself works from within."""
    if line.toegangspunt == INTERN:
        return line.gebruiker_id is None
    if line.toegangspunt == ONBEKEND:
        # Only Client.force_login, which makes a request without any address.
        return line.gebeurtenis == "gebruiker.aangemeld"
    try:
        ipaddress.ip_address(line.toegangspunt)
    except ValueError:
        return False
    return True


def _holds_bsn(line: Logregel) -> bool:
    text = " ".join(
        [line.gebruiker_naam, line.namens_naam, line.rollen, line.doel, line.object_soort]
    )
    return any(bsn.is_valid(digits) for digits in _NEGEN_CIJFERS.findall(text))
