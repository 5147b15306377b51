"""NTA 7516 in the DNS: what a record says, and a real server that answers."""

import socket
import threading
from contextlib import contextmanager
from datetime import UTC, date, datetime

import dns.flags
import dns.message
import dns.rcode
import dns.resolver
import dns.rrset
import pytest

from kern import nta

RECORD = (
    "v=NTA7516-1;startdate=2025-03;enddate=2026-11;provider=Postdienst;ntamx=10 nta.post.example"
)


def test_a_record():
    assert nta.parse(RECORD) == nta.Vermelding(
        date(2025, 3, 1), date(2026, 11, 1), "Postdienst", ((10, "nta.post.example"),)
    )


def test_spaces_capitals_and_two_servers():
    listing = nta.parse(
        " V=nta7516-1 ; StartDate=2025-03; ENDDATE=2026-11;ntamx=20 b.example.;ntamx=10 A.example; "
    )
    assert listing.ntamx == ((10, "a.example"), (20, "b.example"))


@pytest.mark.parametrize(
    "text",
    [
        "",
        ";",
        "v=spf1 include:_spf.example -all",
        "v=NTA7516-2" + RECORD[11:],
        "startdate=2025-03;" + RECORD,
        RECORD.replace("2025-03", "2025-13"),
        RECORD.replace("2025-03", "2025"),
        RECORD.replace("2025-03", "0000-01"),
        RECORD.replace("2026-11", "2024-01"),
        RECORD.replace(";enddate=2026-11", ""),
        RECORD + ";enddate=2099-01",
        RECORD.partition(";ntamx")[0],
        RECORD.replace("10 nta", "nta"),
        RECORD.replace("10 nta", "x nta"),
        RECORD.replace("nta.post.example", "nta"),
        RECORD.replace("nta.post.example", "kwaad.example\r\nRCPT TO:<x@y>"),
    ],
)
def test_what_is_no_record_is_no_listing(text):
    assert nta.parse(text) is None


@pytest.mark.parametrize(
    ("moment", "holds"),
    [
        (datetime(2025, 2, 28, 22, 59, tzinfo=UTC), False),
        # Midnight in Amsterdam, an hour before it in UTC.
        (datetime(2025, 2, 28, 23, 0, tzinfo=UTC), True),
        (datetime(2026, 11, 30, 22, 59, tzinfo=UTC), True),
        (datetime(2026, 11, 30, 23, 0, tzinfo=UTC), False),
    ],
)
def test_the_months_are_whole_and_dutch(moment, holds):
    assert (nta.current(["v=spf1 -all", RECORD], nu=moment) is not None) is holds


def test_the_listing_that_holds_now_is_found_among_old_ones():
    old = RECORD.replace("2025-03", "2020-01").replace("2026-11", "2021-01")
    now = datetime(2026, 1, 1, tzinfo=UTC)
    assert nta.current([old, RECORD], nu=now).begin == date(2025, 3, 1)


@pytest.mark.parametrize(
    ("email", "domain"),
    [
        ("a@Praktijk.example", "praktijk.example"),
        ("a@tandärts.example", "xn--tandrts-8wa.example"),
        ("zonder", ""),
        ("a@localhost", ""),
        ("a@" + "x" * 64 + ".example", ""),
        ("a@.example", ""),
    ],
)
def test_domain_of(email, domain):
    assert nta.domain_of(email) == domain


@contextmanager
def nameserver(answer):
    """A name server on a free port; `answer` makes the reply, or None to stay silent."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    listener.bind(("127.0.0.1", 0))
    listener.settimeout(0.05)
    stop = threading.Event()

    def serve():
        while not stop.is_set():
            try:
                data, sender = listener.recvfrom(4096)
            except TimeoutError:
                continue
            reply = answer(dns.message.from_wire(data))
            if reply is not None:
                listener.sendto(reply.to_wire(), sender)

    thread = threading.Thread(target=serve)
    thread.start()
    resolver = dns.resolver.Resolver(configure=False)
    resolver.nameservers = ["127.0.0.1"]
    resolver.port = listener.getsockname()[1]
    try:
        yield nta.Dns(resolver)
    finally:
        stop.set()
        thread.join()
        listener.close()


def _reply(query, *texts, code=dns.rcode.NOERROR):
    reply = dns.message.make_response(query)
    reply.flags |= dns.flags.RA
    reply.set_rcode(code)
    if texts:
        name = query.question[0].name
        reply.answer.append(dns.rrset.from_text(name, 60, "IN", "TXT", *texts))
    return reply


def test_a_real_name_server_answers():
    """A long record comes in pieces, between records about something else."""
    pieces = f'"{RECORD[:40]}" "{RECORD[40:]}"'
    with nameserver(lambda query: _reply(query, '"v=spf1 -all"', pieces)) as dns_adapter:
        assert RECORD in dns_adapter.txt("praktijk.example")


@pytest.mark.parametrize("code", [dns.rcode.NOERROR, dns.rcode.NXDOMAIN])
def test_no_record_and_no_domain_are_answers(code):
    with nameserver(lambda query: _reply(query, code=code)) as dns_adapter:
        assert dns_adapter.txt("praktijk.example") == []


def test_a_broken_server_is_no_answer():
    broken = nameserver(lambda query: _reply(query, code=dns.rcode.SERVFAIL))
    with broken as dns_adapter, pytest.raises(nta.GeenAntwoord):
        dns_adapter.txt("praktijk.example")


def test_a_silent_server_is_left_in_time(monkeypatch):
    monkeypatch.setattr(nta, "DNS_SECONDEN", 0.2)
    with nameserver(lambda query: None) as dns_adapter, pytest.raises(nta.GeenAntwoord):
        dns_adapter.txt("praktijk.example")
