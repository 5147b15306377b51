"""A server that talks without end, and one that talks slowly, is left in time."""

import contextlib
import socket
import ssl
import threading

import pytest

from kern import https, kanalen, lijn
from kern.kanalen import Later
from spoeddienst.demo import mailserver

pytestmark = pytest.mark.traag
BETWEEN = 0.1
"""Seconds between two letters: each comes well within the time-out."""


@contextlib.contextmanager
def dripping(begin: bytes, letter: bytes, tls: ssl.SSLContext | None = None):
    """Run a server that says `begin`, and then one letter after the other; yields its port."""
    stop = threading.Event()
    listener = socket.create_server(("127.0.0.1", 0))

    def serve():
        with (
            contextlib.suppress(OSError),
            listener,
            listener.accept()[0] as plain,
            tls.wrap_socket(plain, server_side=True) if tls else plain as connection,
        ):
            connection.sendall(begin)
            while not stop.wait(BETWEEN):
                connection.sendall(letter)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        stop.set()
        thread.join(10)


@pytest.fixture
def trusted(tmp_path):
    """Return what a server shows, and what its client trusts."""
    papers = mailserver.make_papers(tmp_path)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(papers.certificate, papers.key)
    return tls, ssl.create_default_context(cafile=papers.ca)


def test_a_mail_server_that_says_one_letter_at_a_time_is_left(settings, monkeypatch):
    monkeypatch.setattr(kanalen, "SMTP_TOTAL", 0.5)
    with dripping(b"220 ", b"a") as port:
        settings.SMTP_HOST, settings.SMTP_PORT = "127.0.0.1", port
        with pytest.raises(Later):
            kanalen.send_mail(b"From: a@b.example\r\nTo: c@d.example\r\n\r\nx")


def test_a_service_that_says_one_letter_at_a_time_is_left(trusted):
    tls, trust = trusted
    with (
        dripping(b"HTTP/1.1 200 OK\r\nX-Kop: ", b"a", tls) as port,
        pytest.raises(OSError, match=r"did not end"),
    ):
        https.ask(f"https://localhost:{port}/", data=b"{}", context=trust, timeout=0.5)


def test_garbage_is_no_answer(trusted):
    tls, trust = trusted
    with dripping(b"250 prima!\r\n" * 3, b"", tls) as port, pytest.raises(OSError, match="Bad"):
        https.ask(f"https://localhost:{port}/", context=trust)


def test_breaking_it_lets_nothing_out_in_the_clear(trusted):
    """The second handle is on the connection, not on its encryption."""
    tls, trust = trusted
    with (
        dripping(b"a", b"a", tls) as port,
        lijn.within(0.3) as grens,
        trust.wrap_socket(
            grens.connect(("localhost", port), 5), server_hostname="localhost"
        ) as line,
    ):
        with contextlib.suppress(OSError):
            while line.recv(100):
                """Until it is broken."""
        with pytest.raises(OSError, match=r"Broken pipe|EOF|shut"):
            line.sendall(b"geheim")


def test_in_time_it_is_an_ordinary_connection():
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        lijn.within(30) as grens,
        grens.connect(listener.getsockname(), 5) as line,
        listener.accept()[0] as other,
    ):
        line.sendall(b"dag")
        assert other.recv(10) == b"dag"


def test_too_late_is_also_too_late_to_connect():
    with socket.create_server(("127.0.0.1", 0)) as listener, lijn.within(0.05) as grens:
        for _time in range(2):
            # The first is broken when the time is over, the second at once.
            with grens.connect(listener.getsockname(), 5) as line, listener.accept()[0]:
                assert line.recv(1) == b""
