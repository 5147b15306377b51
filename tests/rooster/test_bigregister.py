"""The BIG register: the contract that every adapter keeps, and the service as it answers."""

import ssl
import threading
from contextlib import contextmanager
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from xml.etree import ElementTree

import pytest

from rooster.models import Bigcontrole
from rooster.ruil.bigregister import (
    CibgRegister,
    Handmatig,
    RegisterZwijgt,
    Uitslag,
    bigregister,
    read_answer,
)
from spoeddienst.demo import mailserver

NUMMER = "19012345601"
VANDAAG = date(2026, 11, 23)
GEEN = "0001-01-01T00:00:00"


def answer(*people: str) -> bytes:
    return (
        '<?xml version="1.0"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/">'
        '<s:Body><ListHcpApprox4Result xmlns="http://services.cibg.nl/ExternalUser">'
        f"<ListHcpApprox>{''.join(people)}</ListHcpApprox></ListHcpApprox4Result></s:Body>"
        "</s:Envelope>"
    ).encode()


def person(*, nummer=NUMMER, beroep="02", vanaf="2001-05-01", tot=GEEN, extra="") -> str:
    return (
        "<ListHcpApprox4><HcpNumber>1</HcpNumber><ArticleRegistration><ArticleRegistrationExtApp>"
        f"<ArticleRegistrationNumber>{nummer}</ArticleRegistrationNumber>"
        f"<ArticleRegistrationStartDate>{vanaf}</ArticleRegistrationStartDate>"
        f"<ArticleRegistrationEndDate>{tot}</ArticleRegistrationEndDate>"
        f"<ProfessionalGroupCode>{beroep}</ProfessionalGroupCode>"
        f"</ArticleRegistrationExtApp></ArticleRegistration>{extra}</ListHcpApprox4>"
    )


def measure(tot=GEEN) -> str:
    return (
        "<JudgmentProvision><JudgmentProvisionExtApp><StartDate>2020-01-01T00:00:00</StartDate>"
        f"<EndDate>{tot}</EndDate></JudgmentProvisionExtApp></JudgmentProvision>"
    )


@pytest.mark.parametrize(
    ("people", "verwacht"),
    [
        ([person()], Uitslag.INGESCHREVEN),
        ([], Uitslag.NIET),
        ([person(beroep="01")], Uitslag.NIET),
        ([person(nummer="19012345602")], Uitslag.NIET),
        ([person(tot="2026-11-22T00:00:00")], Uitslag.NIET),
        ([person(tot="2026-11-23T00:00:00")], Uitslag.INGESCHREVEN),
        ([person(vanaf="2026-11-24T00:00:00")], Uitslag.NIET),
        ([person(extra=measure())], Uitslag.BEPERKT),
        ([person(extra=measure("2021-01-01T00:00:00"))], Uitslag.INGESCHREVEN),
        ([person(beroep="01"), person()], Uitslag.INGESCHREVEN),
        ([person(nummer="9012345601")], Uitslag.NIET),
    ],
)
def test_what_an_answer_says(people, verwacht):
    assert read_answer(answer(*people), NUMMER, VANDAAG) == verwacht


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>Even geduld</html>",
        b'<!DOCTYPE x [<!ENTITY a "b">]>' + answer(person()),
        answer(person(vanaf="gisteren")),
        answer(person())[:200],
    ],
)
def test_an_answer_that_is_none_says_nothing(body):
    with pytest.raises((ValueError, ElementTree.ParseError)):
        read_answer(body, NUMMER, VANDAAG)


def test_the_outcomes_are_those_of_the_rows():
    assert {uitslag.value for uitslag in Uitslag} == set(Bigcontrole.Uitkomst.values)


@contextmanager
def service(papers, body, status=200):
    """Run the register's service with this answer; yields its address and what it was asked."""
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            length = int(self.headers.get("Content-Length", 0))
            asked.append((self.headers.get("SOAPAction"), self.rfile.read(length).decode()))
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args):
            """Keep the output of the tests clean."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(papers.certificate, papers.key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"https://localhost:{server.server_port}/", asked
    finally:
        server.shutdown()
        thread.join(10)
        server.server_close()


@pytest.fixture
def papers(tmp_path, monkeypatch):
    made = mailserver.make_papers(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(made.ca))
    return made


@pytest.mark.traag
@pytest.mark.django_db
@pytest.mark.parametrize("adapter", [Handmatig, CibgRegister])
def test_every_adapter_keeps_the_contract(adapter, papers, settings):
    with service(papers, answer(person())) as (settings.BIG_URL, asked):
        register = adapter()
        found = register.look_up(NUMMER)
    assert 0 < len(register.bron) <= Bigcontrole._meta.get_field("bron").max_length
    assert found is None or found in Uitslag
    # Nothing but the number leaves the house.
    assert all(NUMMER in vraag and "ListHcpApprox4" in actie for actie, vraag in asked)
    assert len(asked) == (adapter is CibgRegister)


@pytest.mark.traag
@pytest.mark.django_db
@pytest.mark.parametrize(("body", "status"), [(b"", 200), (b"stuk", 500), (answer(), 302)])
def test_a_service_that_fails_says_so(papers, settings, body, status):
    with (
        service(papers, body, status) as (settings.BIG_URL, _asked),
        pytest.raises(RegisterZwijgt),
    ):
        CibgRegister().look_up(NUMMER)


@pytest.mark.parametrize(
    ("url", "nummer"), [("http://localhost:1/", NUMMER), ("https://localhost:1/", "<x/>")]
)
def test_never_without_tls_and_only_for_a_number(settings, url, nummer):
    settings.BIG_URL = url
    with pytest.raises(RegisterZwijgt):
        CibgRegister().look_up(nummer)


def test_a_person_looks_unless_the_service_is_set():
    assert isinstance(bigregister(), Handmatig)
