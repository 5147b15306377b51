"""Which mail domains take NTA 7516: what their DNS says, read by pure functions.

A domain says so in a TXT record: `v=NTA7516-1;startdate=2024-01;enddate=2026-12;provider=X;
ntamx=10 mail.example`. It only chooses a channel: what leaves, leaves through the relay of the
settings, so a forged answer sends nothing elsewhere.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

from kern.tijd import to_local

if TYPE_CHECKING:
    import dns.resolver

VERSIE = "nta7516-1"
DNS_SECONDEN = 4.0
"""For the whole question, with its retries."""

_HOST = re.compile(r"(?=.{1,253}$)([a-z0-9_]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")


@dataclass(frozen=True)
class Vermelding:
    """What a domain says of itself: from the first day of a month through the last of another."""

    begin: date
    einde: date
    aanbieder: str
    ntamx: tuple[tuple[int, str], ...] = field(default=())

    def holds_on(self, dag: date) -> bool:
        """Whether the domain takes NTA 7516 on this day; months are whole."""
        month = dag.replace(day=1)
        return self.begin <= month <= self.einde


class GeenAntwoord(Exception):
    """The DNS did not answer: nothing is known, which is not the same as "no"."""


def domain_of(email: str) -> str:
    """Return the domain of an address as the DNS writes it, or "" when it has none."""
    domain = email.rpartition("@")[2].strip().rstrip(".").lower()
    try:
        ascii_domain = domain.encode("idna").decode()
    except UnicodeError:
        return ""
    return ascii_domain if _HOST.fullmatch(ascii_domain) else ""


def parse(text: str) -> Vermelding | None:
    """Return what one TXT record says; None when it is not of NTA 7516, or not well-formed."""
    parts = [part.partition("=") for part in text.strip().strip(";").split(";")]
    pairs = [(key.strip().lower(), value.strip()) for key, _is, value in parts]
    if (pairs[0][0], pairs[0][1].lower()) != ("v", VERSIE):
        return None
    facts = dict(pairs)
    hosts = [_ntamx(value) for key, value in pairs if key == "ntamx"]
    twice = len(facts) != len(pairs) - max(len(hosts) - 1, 0)
    begin, end = _month(facts.get("startdate", "")), _month(facts.get("enddate", ""))
    if twice or begin is None or end is None or end < begin or not hosts or None in hosts:
        return None
    servers = tuple(sorted(host for host in hosts if host))
    return Vermelding(begin, end, facts.get("provider", "")[:80], servers)


def current(records: Iterable[str], *, nu: datetime) -> Vermelding | None:
    """Return the listing that holds now, among all TXT records of a domain."""
    today = to_local(nu).date()
    listings = [listing for text in records if (listing := parse(text))]
    return next((listing for listing in listings if listing.holds_on(today)), None)


def _month(text: str) -> date | None:
    if not re.fullmatch(r"[0-9]{4}-(0[1-9]|1[0-2])", text) or text.startswith("0000"):
        return None
    return date(int(text[:4]), int(text[5:]), 1)


def _ntamx(text: str) -> tuple[int, str] | None:
    priority, _space, host = text.strip().partition(" ")
    host = host.strip().rstrip(".").lower()
    if not re.fullmatch(r"[0-9]{1,5}", priority) or not _HOST.fullmatch(host):
        return None
    return int(priority), host


class Dns:
    """The real DNS, through the resolvers of the machine."""

    def __init__(self, resolver: "dns.resolver.Resolver | None" = None) -> None:
        self._resolver = resolver

    def txt(self, domain: str) -> list[str]:
        """Return every TXT record of a domain; none is an answer too. Raises `GeenAntwoord`."""
        # Here, because only a question to the DNS needs it and every process would load it.
        import dns.exception
        import dns.resolver

        try:
            resolver = self._resolver or dns.resolver.Resolver()
            answer = resolver.resolve(domain, "TXT", lifetime=DNS_SECONDEN, search=False)
        except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
            return []
        except (dns.exception.DNSException, OSError) as error:
            raise GeenAntwoord(type(error).__name__) from error
        # A long record comes in pieces, which belong together without anything in between.
        return [b"".join(row.strings).decode("utf-8", "replace") for row in answer]
