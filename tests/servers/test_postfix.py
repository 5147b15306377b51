"""Debian's postfix takes our mail as it is: a mail server that others wrote."""

import os
import pwd
import smtplib
import socket
import subprocess
import tempfile
from pathlib import Path

import pytest

from kern import kanalen, outbox
from spoeddienst.demo import mailserver
from spoeddienst.servers import bootstrap
from tests.machine import absent
from tests.servers.hulp import wait_for

pytestmark = pytest.mark.traag

MAIN = """
compatibility_level = 3.6
queue_directory = {map}/spool
data_directory = {map}/data
maillog_file = {map}/post.log
maillog_file_prefixes = {map}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = localhost
mydestination =
mynetworks = 127.0.0.0/8
alias_maps =
smtpd_relay_restrictions = permit_mynetworks, reject
smtpd_tls_security_level = encrypt
smtpd_tls_received_header = yes
smtpd_tls_cert_file = {papers.certificate}
smtpd_tls_key_file = {papers.key}
virtual_mailbox_domains = elders.example
virtual_mailbox_base = {map}/mail
virtual_mailbox_maps = static:bus/
virtual_minimum_uid = 1
virtual_uid_maps = static:{uid}
virtual_gid_maps = static:{gid}
"""
MASTER = """
{port} inet n - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
proxymap unix - - n - - proxymap
tlsmgr unix - - n 1000? 1 tlsmgr
anvil unix - - n - 1 anvil
virtual unix - n n - - virtual
error unix - - n - - error
retry unix - - n - - error
postlog unix-dgram n - n - 1 postlogd
"""


@pytest.fixture(scope="module")
def postfix() -> str:
    """Return the command, where it can be started."""
    if not bootstrap.has_postfix():
        absent("geen postfix, of geen root om hem te starten", promise="SPOED_POSTFIX_VERPLICHT")
    return "postfix"


@pytest.fixture
def bus(postfix, settings):
    """A postfix of its own, and the folder where it delivers."""
    with tempfile.TemporaryDirectory(prefix="postfix") as name:
        folder = Path(name)
        # Its processes are not root, and must reach their own parts.
        folder.chmod(0o755)
        owner = pwd.getpwnam("postfix")
        for part in ("spool", "data", "mail", "conf"):
            (folder / part).mkdir()
        os.chown(folder / "data", owner.pw_uid, owner.pw_gid)
        os.chown(folder / "mail", owner.pw_uid, owner.pw_gid)
        with socket.create_server(("127.0.0.1", 0)) as listener:
            port = listener.getsockname()[1]
        papers = mailserver.make_papers(folder / "papieren")
        conf = folder / "conf"
        facts = {"map": folder, "papers": papers, "port": f"127.0.0.1:{port}"}
        ids = {"uid": owner.pw_uid, "gid": owner.pw_gid}
        (conf / "main.cf").write_text(MAIN.format(**facts, **ids))
        (conf / "master.cf").write_text(MASTER.format(**facts))
        _run(postfix, "-c", conf, "start")
        try:
            wait_for(lambda: _listens(port))
            settings.SMTP_HOST, settings.SMTP_PORT = "localhost", port
            settings.SMTP_CA, settings.SMTP_USER = str(papers.ca), ""
            yield folder / "mail" / "bus"
        finally:
            _run(postfix, "-c", conf, "stop")


def _run(*command: str | Path) -> None:
    done = subprocess.run(
        [str(part) for part in command], capture_output=True, text=True, check=False, timeout=30
    )
    assert done.returncode == 0, done.stderr


def _listens(port: int) -> bool:
    with socket.socket() as one:
        return one.connect_ex(("127.0.0.1", port)) == 0


def _mail() -> bytes:
    message = outbox.envelope(
        aan="eigen@elders.example", onderwerp="Verslag van de spoedgevallendienst"
    )
    message.set_content(b"\x00\xff" * 100_000, maintype="application", subtype="pkcs7-mime")
    return message.as_bytes()


def test_postfix_takes_our_mail_over_tls_whole(bus, settings):
    mail = _mail()
    kanalen.send_mail(mail)
    wait_for(lambda: list(bus.glob("new/*")))
    (kept,) = bus.glob("new/*")
    received = kept.read_bytes()
    # A mailbox has line ends of unix; above our message stand the lines of the post itself.
    assert received.endswith(mail.replace(b"\r\n", b"\n"))
    assert b"TLSv1.3" in received.partition(b"\nFrom: ")[0]
    with smtplib.SMTP("localhost", settings.SMTP_PORT, timeout=5) as plain:
        with pytest.raises(smtplib.SMTPSenderRefused) as refusal:
            plain.sendmail("van@spoed.example", ["eigen@elders.example"], mail)
        plain.rset()
    assert refusal.value.smtp_code == 530
