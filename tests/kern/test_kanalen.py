"""Mail leaves over verified TLS or not at all; measured on real servers, good and bad."""

import asyncio
import smtplib
import socket
import ssl
import threading
from contextlib import contextmanager
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY

import pytest
from aiosmtpd.smtp import SMTP
from cryptography.x509.oid import ExtendedKeyUsageOID
from django.conf import settings as django_settings

from kern import kanalen
from kern.kanalen import Later, Nooit, Onbekend
from spoeddienst.demo import mailserver
from tests.kern import papieren

pytestmark = pytest.mark.traag
BAD = [
    mailserver.ANDERE_NAAM,
    mailserver.VERLOPEN,
    mailserver.ZELF_GETEKEND,
    mailserver.OUDE_TLS,
    mailserver.ZONDER_TLS,
]


class Ontvanger:
    """Accepts everything, also without TLS, and keeps what it saw; `antwoord` overrules."""

    def __init__(self, **antwoord):
        self.antwoord = antwoord
        self.berichten = []
        self.afzenders = []

    async def handle_MAIL(self, server, session, envelope, address, options):  # noqa: N802
        self.afzenders.append(address)
        envelope.mail_from = address
        return self.antwoord.get("mail", "250 OK")

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        envelope.rcpt_tos.append(address)
        return self.antwoord.get("rcpt", "250 OK")

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        self.berichten.append((envelope.original_content, session.ssl is not None))
        return self.antwoord.get("data", "250 OK")

    async def handle_QUIT(self, server, session, envelope):  # noqa: N802
        return self.antwoord.get("quit", "221 dag")


@contextmanager
def running(ontvanger, tls):
    """Run a server on a free port; yields the port."""
    listener = socket.create_server(("127.0.0.1", 0))
    loop = asyncio.new_event_loop()

    async def serve():
        server = await loop.create_server(
            lambda: SMTP(ontvanger, hostname="localhost", tls_context=tls), sock=listener
        )
        ready.set()
        async with server:
            await stop.wait()

    ready, stop = threading.Event(), asyncio.Event()
    thread = threading.Thread(target=lambda: loop.run_until_complete(serve()))
    thread.start()
    assert ready.wait(10)
    try:
        yield listener.getsockname()[1]
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(10)
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()


@pytest.fixture
def mail():
    message = EmailMessage(policy=SMTP_POLICY)
    message["From"] = "Spoeddienst <noreply@spoeddienst.example>"
    message["To"] = "Eigen tandarts <eigen@elders.example>"
    message["Subject"] = "Verslag"
    message["Message-ID"] = "<vast@spoeddienst>"
    message.set_content("Er staat een verslag klaar.")
    return message.as_bytes()


@pytest.fixture
def post(settings, tmp_path):
    """Return a way to run a server in a mode, with the settings pointing at it."""

    @contextmanager
    def build(modus=mailserver.GELDIG, *, klant_ca=None, **antwoord):
        ontvanger = Ontvanger(**antwoord)
        papers = mailserver.make_papers(tmp_path / modus, modus)
        tls = None if modus == mailserver.ZONDER_TLS else mailserver._tls(papers, modus)
        if klant_ca:
            tls.verify_mode = ssl.CERT_REQUIRED
            tls.load_verify_locations(klant_ca)
        with running(ontvanger, tls) as port:
            settings.SMTP_HOST, settings.SMTP_PORT = "localhost", port
            settings.SMTP_CA = str(papers.ca)
            settings.SMTP_USER = ""
            settings.NTA_HOST, settings.NTA_PORT = "localhost", port
            settings.NTA_CA = str(papers.ca)
            yield ontvanger

    return build


def test_a_good_server_gets_exactly_the_bytes_over_tls(post, mail):
    with post() as ontvanger:
        kanalen.send_mail(mail)
        kanalen.send_mail(mail)
    assert ontvanger.berichten == [(mail, True), (mail, True)]
    assert ontvanger.afzenders[0] == "noreply@spoeddienst.example"


@pytest.mark.parametrize("send", [kanalen.send_mail, kanalen.send_nta])
@pytest.mark.parametrize("modus", BAD)
def test_a_bad_server_gets_nothing(post, mail, modus, send):
    """Not one byte of the message, and not even the address of the sender."""
    with post(modus) as ontvanger, pytest.raises(Later):
        send(mail)
    assert ontvanger.berichten == []
    assert ontvanger.afzenders == []


def test_older_than_tls_1_2_is_not_spoken_whatever_the_machine_allows():
    """Said by us, not left to the version of Python or to the openssl.cnf of the machine."""
    context = kanalen.Postbode("post.example", 587).tls_context()
    assert context.minimum_version == ssl.TLSVersion.TLSv1_2
    assert (context.verify_mode, context.check_hostname) == (ssl.CERT_REQUIRED, True)


@pytest.mark.parametrize("send", [kanalen.send_mail, kanalen.send_nta])
def test_a_server_that_speaks_tls_1_2_and_no_better_gets_it(post, mail, send, monkeypatch):
    spoken = []
    make = mailserver._tls

    def only(papers, modus):
        context = make(papers, modus)
        context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1_2
        return context

    talk = kanalen._Smtp.data

    def data(server, body):
        spoken.append(server.sock.version())
        return talk(server, body)

    monkeypatch.setattr(mailserver, "_tls", only)
    monkeypatch.setattr(kanalen._Smtp, "data", data)
    with post() as ontvanger:
        send(mail)
    assert ontvanger.berichten == [(mail, True)]
    assert spoken == ["TLSv1.2"]


def test_the_old_server_works_for_who_speaks_its_language(post, mail):
    """It is the age of its TLS that we refuse, not a server that is broken."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    mailserver.speak_old(context)
    with post(mailserver.OUDE_TLS) as ontvanger:
        port = django_settings.SMTP_PORT
        with smtplib.SMTP("localhost", port, timeout=5) as server:
            server.starttls(context=context)
            assert server.sock.version() == "TLSv1.1"
            server.sendmail("van@spoed.example", ["aan@elders.example"], mail)
    assert len(ontvanger.berichten) == 1


def test_the_relay_gets_exactly_the_bytes_over_tls(post, mail):
    with post() as ontvanger:
        kanalen.send_nta(mail)
    assert ontvanger.berichten == [(mail, True)]


def test_a_relay_may_ask_who_we_are(post, mail, settings, tmp_path):
    """With a certificate of our own, and still looking at its."""
    ours, key = tmp_path / "wij.pem", tmp_path / "wij.key"
    paper = papieren.make("spoeddienst", doel=ExtendedKeyUsageOID.CLIENT_AUTH)
    ours.write_bytes(papieren.pem(paper))
    key.write_bytes(papieren.pem_key(papieren.rsa_key()))
    settings.NTA_CERT, settings.NTA_KEY = str(ours), str(key)
    with post(klant_ca=ours) as ontvanger:
        kanalen.send_nta(mail)
    assert ontvanger.berichten == [(mail, True)]
    with post(mailserver.ANDERE_NAAM, klant_ca=ours) as ontvanger, pytest.raises(Later):
        kanalen.send_nta(mail)
    assert ontvanger.berichten == []


def test_a_relay_that_does_not_know_us_gets_nothing(post, mail, tmp_path):
    ours = mailserver.make_papers(tmp_path / "wij")
    with post(klant_ca=ours.ca) as ontvanger, pytest.raises(Later):
        kanalen.send_nta(mail)
    assert ontvanger.berichten == []


def test_without_a_relay_the_report_goes_nowhere_else(post, mail, settings):
    """Not even to our own mail server, which would take it."""
    with post() as ontvanger:
        settings.NTA_HOST = ""
        with pytest.raises(Later, match="SPOED_NTA_HOST"):
            kanalen.send_nta(mail)
    assert ontvanger.berichten == []


@pytest.mark.parametrize("step", ["mail", "rcpt", "data"])
def test_a_5xx_is_final(post, mail, step):
    with post(**{step: "550 5.1.1 onbekend"}), pytest.raises(Nooit, match="550"):
        kanalen.send_mail(mail)


@pytest.mark.parametrize("step", ["mail", "rcpt", "data"])
def test_a_4xx_is_tried_again(post, mail, step):
    with post(**{step: "451 4.3.0 straks"}), pytest.raises(Later, match="451"):
        kanalen.send_mail(mail)


@pytest.mark.parametrize("answer", ["prima hoor", "252 misschien", "354 ga door", "999 ?"])
def test_an_answer_that_says_neither_yes_nor_no_is_unknown(post, mail, answer):
    """The message is out of our hands: it may have been taken in."""
    with post(data=answer) as ontvanger, pytest.raises(Onbekend):
        kanalen.send_mail(mail)
    assert len(ontvanger.berichten) == 1


@pytest.mark.parametrize(("code", "error"), [(554, Nooit), (451, Later)])
def test_a_server_that_does_not_want_to_hear_it_knows_nothing_of_it(post, mail, code, error):
    """Refused at the word DATA: not a byte of the message left, so nothing is unknown."""
    with post() as ontvanger, pytest.MonkeyPatch.context() as patch:
        # aiosmtpd calls this for every command; the message itself never comes.
        patch.setattr(SMTP, "smtp_DATA", lambda server, arg: server.push(f"{code} nu niet"))
        with pytest.raises(error, match=str(code)) as caught:
            kanalen.send_mail(mail)
    assert not isinstance(caught.value, Onbekend)
    assert ontvanger.berichten == []


def test_a_yes_with_anything_behind_it_is_a_yes(post, mail):
    with post(data="250-\x00\x1b[2J <script>\r\n250 ???") as ontvanger:
        kanalen.send_mail(mail)
    assert len(ontvanger.berichten) == 1


def test_a_bad_goodbye_is_no_reason_to_send_again(post, mail):
    with post(quit="451 blijf nog even") as ontvanger:
        kanalen.send_mail(mail)
    assert len(ontvanger.berichten) == 1


def test_no_server_is_tried_again(settings, mail):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    settings.SMTP_HOST, settings.SMTP_PORT, settings.SMTP_CA = "localhost", port, ""
    with pytest.raises(Later, match="geen verbinding"):
        kanalen.send_mail(mail)


def test_a_hanging_server_is_left_in_time(settings, mail, monkeypatch):
    monkeypatch.setattr(kanalen, "SMTP_TIMEOUT", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        settings.SMTP_HOST, settings.SMTP_PORT = "127.0.0.1", listener.getsockname()[1]
        with pytest.raises(Later):
            kanalen.send_mail(mail)


def test_the_whole_conversation_is_shorter_than_the_lease(settings):
    assert settings.OUTBOX_LEASE > kanalen.SMTP_TOTAL >= kanalen.SMTP_TIMEOUT


def test_a_refusal_names_no_address(post, mail):
    with post(rcpt="550 5.1.1 <eigen@elders.example> onbekend"), pytest.raises(Nooit) as caught:
        kanalen.send_mail(mail)
    assert "elders" not in str(caught.value)
