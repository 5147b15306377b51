"""The round trip holds when everything works, and names the link that broke when it does not."""

import io
import re
import subprocess
import sys
import threading
from contextlib import contextmanager
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.core.cache import cache
from django.core.wsgi import get_wsgi_application
from django.db import connection, connections

from kern import bezorging
from kern.kanalen import Later
from kern.models import Zending
from kern.tenancy import all_kring_ids, kring_context
from spoeddienst.demo import sms
from spoeddienst.demo.rondgang.nacht import Nacht
from spoeddienst.demo.rondgang.stappen import STAPPEN
from spoeddienst.demo.rondgang.tijdlijn import play
from triage.protocol import STANDAARD_REGELSET, oordeel

pytestmark = pytest.mark.traag


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True

    def process_request_thread(self, request, client_address):
        try:
            super().process_request_thread(request, client_address)
        finally:
            connections.close_all()


class _Quiet(WSGIRequestHandler):
    def log_message(self, *args):
        """Say nothing."""


@pytest.fixture
def site(geladen, django_db_blocker, settings, tmp_path):
    """The real website over HTTP, with real commits; nothing delivers mail yet."""
    settings.INSTANTIE_MAP = tmp_path
    with django_db_blocker.unblock():
        # Each code works once; a person who logged in a test ago would have to wait for the next.
        cache.clear()
        # Nor may a mail of an earlier test, with the address of its website, still be on its way.
        with kring_context(*all_kring_ids()):
            Zending.objects.filter(status=Zending.Status.KLAAR).update(
                status=Zending.Status.INGETROKKEN
            )
        server = make_server("127.0.0.1", 0, get_wsgi_application(), _Server, _Quiet)
        settings.ADRES = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield settings.ADRES
        server.shutdown()
        server.server_close()
        thread.join()
        connection.close()


@pytest.fixture
def mailserver(settings, tmp_path):
    """The demo's own mail server, with a certificate of its throw-away authority."""
    command = [sys.executable, "-m", "spoeddienst.demo.mailserver", "--map", str(tmp_path)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    settings.SMTP_HOST = "localhost"
    settings.SMTP_PORT = int(process.stdout.readline().split()[1])
    settings.SMTP_CA = str(tmp_path / "mail-ca" / "ca.pem")
    while not (tmp_path / "mail-ca" / "ca.pem").exists():
        assert process.poll() is None
    yield
    process.terminate()
    process.wait()
    process.stdout.close()


@contextmanager
def delivering():
    """Deliver the outbox in the background, as the sweeper does."""
    stop = threading.Event()

    def sweep():
        while not stop.wait(0.1):
            for zending, kring in bezorging.due():
                bezorging.deliver(zending, kring)
        connections.close_all()

    thread = threading.Thread(target=sweep, daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def run(adres: str, *, geduld: float = 15, tot: str = "") -> tuple[bool, str]:
    """Play the night, up to and including the link `tot`; return the verdict and the text."""
    names = [naam for naam, _stap in STAPPEN]
    chain = STAPPEN[: names.index(tot) + 1] if tot else STAPPEN
    out = io.StringIO()
    held = play(Nacht(adres, geduld=geduld), chain, out)
    return held, out.getvalue()


def broken_at(text: str) -> str:
    return next(line for line in text.splitlines() if line.startswith("✗"))


def test_the_whole_night_holds(site, mailserver):
    with delivering():
        held, text = run(site)
    assert held, text
    assert text.count("✓") == len(STAPPEN)
    assert "R-60" in text
    assert "§2.2.2" in text
    assert ", geopend en bevestigd" in text


def test_without_a_deliverer_the_message_is_named(site, mailserver):
    held, text = run(site, geduld=1)
    assert not held
    assert re.match(r"✗ bericht: .+ kreeg geen bericht \(gewacht: 1 s\)$", broken_at(text))


def test_without_a_mail_server_the_mail_is_named(site, settings):
    settings.SMTP_HOST, settings.SMTP_PORT = "127.0.0.1", 9
    with delivering():
        held, text = run(site, geduld=3)
    assert not held
    assert "✓ bericht: sms aan " in text
    assert broken_at(text).startswith("✗ mail: er kwam geen mail voor ")


def test_without_a_gateway_the_text_message_is_named(site, mailserver, monkeypatch):
    def down(self, telefoon, tekst):
        raise Later("sms-dienst: TimeoutError")

    monkeypatch.setattr(sms.DemoGateway, "send", down)
    with delivering():
        held, text = run(site, geduld=3)
    assert not held
    assert broken_at(text) == "✗ sms-code: er kwam geen sms met een code (gewacht: 3 s)"


def test_another_rule_than_the_guidelines_is_named(site, monkeypatch):
    (r60,) = (regel for regel in STANDAARD_REGELSET.regels if regel.id == "R-60")
    without = tuple(regel for regel in STANDAARD_REGELSET.regels if regel is not r60)
    monkeypatch.setattr(oordeel, "_phases", lambda *which: (without,))
    held, text = run(site, tot="uitkomst")
    assert not held
    assert broken_at(text).startswith("✗ uitkomst: regel R-60 sprak niet; wel ")


def test_a_letter_that_is_no_letter_is_named(site, monkeypatch):
    monkeypatch.setattr("verslag.views.verslag.pdf_of", lambda versie: b"<html>later</html>")
    with delivering():
        held, text = run(site, tot="pdf")
    assert not held
    assert broken_at(text) == "✗ pdf: wat als pdf komt, is geen pdf"


def test_a_website_that_is_down_is_named(site):
    held, text = run(site.rpartition(":")[0] + ":9", tot="inloggen")
    assert not held
    assert broken_at(text).startswith("✗ inloggen: de website antwoordt niet (")
