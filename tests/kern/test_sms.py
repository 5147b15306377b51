"""The gateways of text and speech: what goes out, over verified TLS only, what answers mean."""

import json
import ssl
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from kern.kanalen import Later, Nooit
from kern.sms import HttpGateway, HttpSpraak, speak, speak_telefoon
from spoeddienst.demo import mailserver

pytestmark = pytest.mark.traag


@contextmanager
def running(papers, status=200, location=""):
    """Run a gateway that gives this answer to everything; yields its port and what it saw."""
    seen = []

    class Handler(BaseHTTPRequestHandler):
        def answer(self):
            length = int(self.headers.get("Content-Length", 0))
            seen.append((self.path, self.headers.get("Authorization"), self.rfile.read(length)))
            self.send_response(status)
            if location:
                self.send_header("Location", location)
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_POST = do_GET = answer  # noqa: N815  the names of the standard library

        def log_message(self, *args):
            """Keep the output of the tests clean."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(papers.certificate, papers.key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server.server_port, seen
    finally:
        server.shutdown()
        thread.join(10)
        server.server_close()


@pytest.fixture
def papers(tmp_path, monkeypatch, settings):
    """Return certificates of an authority that is trusted, and point the settings at them."""
    made = mailserver.make_papers(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(made.ca))
    settings.SMS_SLEUTEL = "de-sleutel"
    return made


def _send(settings, port, path="/sms"):
    settings.SMS_URL = f"https://localhost:{port}{path}"
    HttpGateway().send("+31612345678", "Uw code is 123456.")


def test_one_post_with_key_number_and_text(papers, settings):
    with running(papers) as (port, seen):
        _send(settings, port)
    ((path, key, body),) = seen
    assert (path, key) == ("/sms", "Bearer de-sleutel")
    assert json.loads(body) == {"to": "+31612345678", "text": "Uw code is 123456."}


def test_a_landline_is_called_and_read_to(papers, settings):
    settings.SPRAAK_SLEUTEL = "andere-sleutel"
    with running(papers) as (port, seen):
        settings.SPRAAK_URL = f"https://localhost:{port}/bel"
        HttpSpraak().send("+31302345678", f"De code is: {speak('104729')}.")
    ((path, key, body),) = seen
    assert (path, key) == ("/bel", "Bearer andere-sleutel")
    assert json.loads(body) == {
        "to": "+31302345678",
        "say": "De code is: een, nul, vier. zeven, twee, negen.",
    }


@pytest.mark.parametrize(("status", "kind"), [(422, Nooit), (503, Later), (307, Later)])
def test_a_call_is_judged_like_a_text_message(papers, settings, status, kind):
    with running(papers, status) as (port, _seen):
        settings.SPRAAK_URL = f"https://localhost:{port}/bel"
        with pytest.raises(kind, match="spraakdienst"):
            HttpSpraak().send("+31302345678", "tekst")


def test_without_its_own_address_nobody_is_called(papers, settings):
    settings.SMS_URL, settings.SPRAAK_URL = "https://localhost:1/sms", ""
    with pytest.raises(Later, match="SPOED_SPRAAK_URL"):
        HttpSpraak().send("+31302345678", "tekst")


@pytest.mark.parametrize("status", [400, 401, 404, 422])
def test_a_4xx_is_final(papers, settings, status):
    with running(papers, status) as (port, _seen), pytest.raises(Nooit, match=str(status)):
        _send(settings, port)


@pytest.mark.parametrize("status", [408, 429, 500, 503])
def test_a_busy_gateway_is_tried_again(papers, settings, status):
    with running(papers, status) as (port, _seen), pytest.raises(Later, match=str(status)):
        _send(settings, port)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_takes_key_and_number_nowhere(papers, settings, status):
    """Also the standard library takes the key along to whatever address the answer names."""
    with (
        running(papers) as (elsewhere, stolen),
        running(papers, status, f"https://localhost:{elsewhere}/") as (port, seen),
        pytest.raises(Later, match=str(status)),
    ):
        _send(settings, port)
    assert len(seen) == 1
    assert stolen == []


@pytest.mark.parametrize(
    "modus", [mailserver.ANDERE_NAAM, mailserver.VERLOPEN, mailserver.ZELF_GETEKEND]
)
def test_a_wrong_certificate_gets_nothing(tmp_path, papers, settings, monkeypatch, modus):
    wrong = mailserver.make_papers(tmp_path / modus, modus)
    monkeypatch.setenv("SSL_CERT_FILE", str(wrong.ca))
    with running(wrong) as (port, seen), pytest.raises(Later, match="sms-dienst"):
        _send(settings, port)
    assert seen == []


def test_plain_http_and_no_address_send_nothing(settings):
    for address in ("", "http://127.0.0.1:9/sms"):
        settings.SMS_URL = address
        with pytest.raises(Later, match="niet ingesteld"):
            HttpGateway().send("+31612345678", "Uw code is 123456.")


def test_an_error_names_no_number(papers, settings):
    with running(papers, 500) as (port, _seen), pytest.raises(Later) as caught:
        _send(settings, port)
    assert "612345678" not in str(caught.value)


@pytest.mark.parametrize(
    ("telefoon", "woorden"),
    [
        ("+31301234567", "nul, drie, nul. een, twee, drie. vier, vijf, zes. zeven"),
        ("+3224791111", "nul, nul, drie. twee, twee, vier. zeven, negen, een. een, een, een"),
    ],
)
def test_a_telephone_number_is_read_out_as_it_is_dialled(telefoon, woorden):
    assert speak_telefoon(telefoon) == woorden
