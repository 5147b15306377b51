"""The demo's mail server takes mail over TLS only; a careful sender refuses its other modes."""

import smtplib
import socket
import ssl
import subprocess
import sys
from collections.abc import Callable, Iterator
from email import message_from_bytes
from pathlib import Path

import pytest

from spoeddienst.demo import mailserver
from spoeddienst.servers.instantie import CHECKOUT

pytestmark = pytest.mark.traag

MESSAGE = "Subject: Er staat een verslag klaar\r\n\r\nGeen gegevens.\r\n"


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[[str], int]]:
    """Return a function that starts the server in a mode and returns its port."""
    running = []

    def _start(modus: str) -> int:
        argv = [sys.executable, "-m", "spoeddienst.demo.mailserver", "--modus", modus]
        server = subprocess.Popen(
            [*argv, "--map", str(tmp_path)],
            cwd=CHECKOUT,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        running.append(server)
        port = int(server.stdout.readline().removeprefix("poort "))
        with socket.create_connection(("127.0.0.1", port)) as connection:
            assert connection.recv(4) == b"220 "
        return port

    yield _start
    for server in running:
        server.terminate()
        server.wait()
        server.stdout.close()


def deliver(port: int, ca: Path) -> None:
    context = ssl.create_default_context(cafile=ca)
    with smtplib.SMTP("localhost", port, timeout=5) as smtp:
        smtp.starttls(context=context)
        smtp.sendmail("van@spoed.example", ["aan@praktijk.example"], MESSAGE)


def test_verified_mail_is_kept(start, tmp_path):
    port = start(mailserver.GELDIG)
    deliver(port, tmp_path / "mail-ca" / "ca.pem")
    (kept,) = (tmp_path / "mail").glob("*.eml")
    message = message_from_bytes(kept.read_bytes())
    assert message["Subject"] == "Er staat een verslag klaar"
    assert message["X-Envelope-To"] == "aan@praktijk.example"
    assert (tmp_path / "mail-ca" / "server.key").stat().st_mode & 0o077 == 0


def test_plain_mail_is_refused(start, tmp_path):
    port = start(mailserver.GELDIG)
    with smtplib.SMTP("localhost", port, timeout=5) as smtp:
        with pytest.raises(smtplib.SMTPSenderRefused) as refusal:
            smtp.sendmail("van@spoed.example", ["aan@praktijk.example"], MESSAGE)
        smtp.rset()
    assert refusal.value.smtp_code == 530
    assert not list((tmp_path / "mail").glob("*.eml"))


@pytest.mark.parametrize(
    ("modus", "reason"),
    [
        (mailserver.ANDERE_NAAM, "Hostname mismatch"),
        (mailserver.VERLOPEN, "certificate has expired"),
        (mailserver.ZELF_GETEKEND, "self-signed certificate"),
    ],
)
def test_careful_sender_refuses_a_wrong_certificate(start, tmp_path, modus, reason):
    port = start(modus)
    with pytest.raises(ssl.SSLCertVerificationError, match=reason):
        deliver(port, tmp_path / "mail-ca" / "ca.pem")
    assert not list((tmp_path / "mail").glob("*.eml"))


def test_server_without_tls_offers_none(start, tmp_path):
    port = start(mailserver.ZONDER_TLS)
    with smtplib.SMTP("localhost", port, timeout=5) as smtp:
        smtp.ehlo()
        assert not smtp.has_extn("starttls")
