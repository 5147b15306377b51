"""Requests that no honest browser sends, made from a seed: the fuzzer of S35."""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import quote_from_bytes

VALUES: tuple[bytes, ...] = (
    b"",
    b" ",
    b"\x00",
    b"a\x00b",
    b"0",
    b"-1",
    b"1",
    b"9" * 19,
    b"9" * 5_000,
    str(2**63).encode(),
    b"1e999",
    b"NaN",
    b"-Infinity",
    b"true",
    b"null",
    b"a" * 65_536,
    "🦷👩‍⚕️".encode(),
    "١٢٣½²".encode(),
    "\u202e\u200b\ufeff".encode(),
    b"\xed\xa0\x80",  # a lone surrogate
    b"\xff\xfe\xfd",  # no UTF-8 at all
    b"\xc0\xaf..\xc0\xaf",
    b"'; DROP TABLE kring_kring; --",
    b"' OR '1'='1",
    b"{{7*7}}{% include 'x' %}${7*7}%s%n%(x)s",
    b"<script>alert(1)</script>",
    b"../../../../etc/passwd",
    b"=cmd|' /C calc'!A0",
    b"\r\nSet-Cookie: x=1",
    b"0000-00-00",
    b"9999-12-31T23:59",
    b"2026-02-30",
    b"2026-03-29T02:30",
    b"2026-10-25T02:30",
    b"-271821-04-20",
    b"24:00",
    b"111222333",
    b"1112.22.333",
    b"+31612345678",
    b"jan@voorbeeld.example",
    b"a@" + b"b" * 300 + b".example",
    b"00000000-0000-0000-0000-000000000000",
    b"ja",
    b"triagemedewerker",
    b"__all__",
    b"password__startswith",
    b"kring__slug",
    b"http://kwaad.example/",
    b"//kwaad.example",
    b"javascript:alert(1)",
)
NAMES = (
    *("q", "pagina", "begin", "einde", "rol", "deelnemer", "gemeld", "versie", "stand", "next"),
    *("o", "e", "p", "all", "_popup", "_to_field", "_changelist_filters", "rol__exact", "id__in"),
    *("gebruiker__password__startswith", "csrfmiddlewaretoken", "__proto__", "a[]", "a[b]"),
)
METHODS = ("PUT", "DELETE", "PATCH", "TRACE", "OPTIONS", "HEAD", "PROPFIND", "FOO")
# What a visitor can send; REMOTE_ADDR is the server's own, the way in is X-Forwarded-For.
HEADERS = (
    *("HTTP_HOST", "HTTP_REFERER", "HTTP_ORIGIN", "HTTP_X_FORWARDED_FOR", "HTTP_RANGE"),
    *("HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_HOST", "HTTP_ACCEPT", "HTTP_ACCEPT_LANGUAGE"),
    *("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_COOKIE", "HTTP_USER_AGENT"),
    *("HTTP_HX_REQUEST", "HTTP_HX_TARGET", "HTTP_HX_CURRENT_URL", "HTTP_HX_TRIGGER"),
    *("HTTP_HX_CURRENT_URL_URI_AUTOENCODED", "HTTP_AUTHORIZATION", "HTTP_CONTENT_ENCODING"),
    *("HTTP_X_HTTP_METHOD_OVERRIDE", "HTTP_EXPECT", "HTTP_TRANSFER_ENCODING"),
)
BOUNDARY = "grens"
TYPES = (
    "application/json",
    "text/plain",
    "application/xml",
    "application/x-www-form-urlencoded; charset=utf-16",
    "application/x-www-form-urlencoded; charset=bestaat-niet",
    "multipart/form-data",
    "multipart/form-data; boundary=",
    "multipart/form-data; boundary=" + "x" * 300,
    "multipart/form-data; boundary=anders",
    "",
    "\x00",
    "application/x-www-form-urlencoded",
)
_FIELD = re.compile(r"<(?:input|select|textarea|button)\b[^>]*\bname=\"([^\"]+)\"")
_PART = re.compile(r"(?<=/)[^/]+(?=/)")


@dataclass
class Verzoek:
    """One request as WSGI sees it."""

    method: str
    path: str
    query: str = ""
    body: bytes = b""
    content_type: str = ""
    headers: dict[str, str] = field(default_factory=dict)


def _value(rng: random.Random) -> bytes:
    """Return a value; rarely one with NUL, which the house refuses before anything is read."""
    value = rng.choice(VALUES)
    return rng.choice(VALUES) if b"\x00" in value and rng.random() < 0.9 else value


def fields_of(page: str) -> list[str]:
    """Return the names of the fields on a page, so that the forms behind it are really reached."""
    return sorted(set(_FIELD.findall(page)))


def _encoded(rng: random.Random, names: list[str]) -> bytes:
    """Return a query or body; mostly short, at times with hundreds of fields."""
    number = rng.choice((0, 1, 2, 3, 5, 8, 8, 600 if rng.random() < 0.05 else 4))
    some = [rng.choice(names) for _ in range(number)]
    if rng.random() < 0.4:
        some = names  # the whole form
    pairs = [quote_from_bytes(name.encode()) + "=" + quote_from_bytes(_value(rng)) for name in some]
    text = rng.choice(("&", "&", "&", ";")).join(pairs).encode()
    # Bytes that should have been encoded, too.
    return text + rng.choice(VALUES[:32]) if rng.random() < 0.1 else text


def _multipart(rng: random.Random, names: list[str]) -> bytes:
    lines = []
    for name in names or ["x"]:
        filename = '; filename="a.pdf"' if rng.random() < 0.3 else ""
        lines += [
            f"--{BOUNDARY}".encode(),
            b"Content-Disposition: form-data; name=" + f'"{name}"{filename}'.encode(),
            b"",
            rng.choice(VALUES),
        ]
    whole = b"\r\n".join([*lines, f"--{BOUNDARY}--".encode(), b""])
    return whole[: rng.randrange(len(whole))] if rng.random() < 0.3 else whole


def _body(rng: random.Random, names: list[str]) -> tuple[bytes, str]:
    kind = rng.random()
    if kind < 0.6:
        return _encoded(rng, names), "application/x-www-form-urlencoded"
    if kind < 0.8:
        return _multipart(rng, names), f"multipart/form-data; boundary={BOUNDARY}"
    if kind < 0.9:
        return rng.choice((b'{"a": [1, {"b": null}]}', b"{", b"[" * 5_000)), "application/json"
    return rng.choice((_encoded(rng, names), *VALUES)), rng.choice(TYPES)


def make(rng: random.Random, *, url: str, methods: list[str], names: list[str]) -> Verzoek:
    """Return one request on this address; `names` are the fields that its form has."""
    method = rng.choice(methods if rng.random() < 0.85 else METHODS)
    path = url
    if rng.random() < 0.15:
        odd = quote_from_bytes(rng.choice(VALUES)[:2_000])
        parts = len(_PART.findall(url))
        chosen = rng.randrange(parts) if parts else -1
        seen = iter(range(parts))
        path = _PART.sub(lambda m: odd if next(seen) == chosen else m.group(), url)
    verzoek = Verzoek(method, path)
    if rng.random() < 0.6:
        verzoek.query = _encoded(rng, [*NAMES, *names[:3]]).decode("latin-1")
    if method not in ("GET", "HEAD"):
        verzoek.body, verzoek.content_type = _body(rng, names or list(NAMES))
    for _ in range(rng.choice((0, 0, 1, 2))):
        # As WSGI: bytes in latin-1; a server refuses line ends and NUL in a header itself.
        value = re.sub(rb"[\r\n\x00]", b"", rng.choice(VALUES))[:8_000]
        verzoek.headers[rng.choice(HEADERS)] = value.decode("latin-1")
    return verzoek


def stream(seed: int, places: list[tuple]) -> Iterator[tuple]:
    """Yield (place, request) without end; a place is (who, url, methods, names, …)."""
    rng = random.Random(seed)
    while True:
        place = rng.choice(places)
        yield place, make(rng, url=place[1], methods=place[2], names=place[3])
