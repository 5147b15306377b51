"""The document of a signed version, and a server that takes it."""

import base64
import hashlib
import json

import pytest

from kern.kanalen import Later, Nooit
from spoeddienst.demo import mailserver
from tests.factories import BijlageFactory
from tests.kern.test_sms import papers, running  # noqa: F401 (fixture)
from tests.verslag.conftest import KANARIE
from tests.verslag.fhir.test_document import of
from verslag import actions, pdf
from verslag.fhir.invarianten import check
from verslag.fhir_uit import FhirOngeldig, FhirServer, fhir_of, filename
from verslag.models import Bijlage
from verslag.models.bijlage import BijlageVervangen


@pytest.fixture(autouse=True)
def fake_render(monkeypatch):
    monkeypatch.setattr(pdf, "render", lambda versie: b"%PDF-proef")


@pytest.fixture
def signed(kring, verslag, by):
    BijlageFactory(kring=kring, verslag=verslag, nummer=1)
    BijlageFactory(kring=kring, verslag=verslag, nummer=2, inhoud=b"dicht", scan=Bijlage.Scan.WACHT)
    return actions.sign_verslag(verslag, by=by)


def test_a_signed_report_becomes_a_document_without_faults(signed):
    content = fhir_of(signed)
    bundle = json.loads(content)
    assert check(bundle) == []
    assert of(bundle, "Patient")[0]["name"][0]["text"] == KANARIE["naam"]
    assert bundle["timestamp"] == signed.inhoud["getekend_op"]
    assert fhir_of(signed) == content, "the same bytes, so that a repeat is a repeat"
    assert KANARIE["naam"] not in filename(signed)


def test_it_holds_the_letter_and_what_may_be_read(signed):
    rows = of(json.loads(fhir_of(signed)), "DocumentReference")
    data = [base64.b64decode(row["content"][0]["attachment"]["data"]) for row in rows]
    photo = Bijlage.objects.get(nummer=1).inhoud
    assert data == [b"%PDF-proef", photo], "without the one in quarantine"


def test_a_replaced_attachment_stops_it(signed):
    row = signed.inhoud["bijlagen"][0]
    row["sha256"] = hashlib.sha256(b"iets anders").hexdigest()
    with pytest.raises(BijlageVervangen):
        fhir_of(signed)


def test_a_document_with_faults_does_not_leave(signed):
    signed.inhoud["patient"]["bsn"] = "111222334"
    signed.inhoud["patient"]["geboortedatum"] = "17-05-1984"
    with pytest.raises(FhirOngeldig, match="bsn") as caught:
        fhir_of(signed)
    assert "111222334" not in str(caught.value)
    assert "17-05" not in str(caught.value)


DOCUMENT = b'{"resourceType":"Bundle"}'


@pytest.mark.traag
def test_one_post_with_key_and_document(papers):  # noqa: F811
    with running(papers, 201) as (port, seen):
        FhirServer(f"https://localhost:{port}/fhir", "de-sleutel").send(DOCUMENT)
    assert seen == [("/fhir", "Bearer de-sleutel", DOCUMENT)]


@pytest.mark.traag
@pytest.mark.parametrize(
    ("status", "error"), [(400, Nooit), (422, Nooit), (429, Later), (503, Later), (307, Later)]
)
def test_what_its_answers_mean(papers, status, error):  # noqa: F811
    with running(papers, status, "https://localhost:1/") as (port, seen):
        with pytest.raises(error, match=str(status)):
            FhirServer(f"https://localhost:{port}/fhir", "s").send(DOCUMENT)
        assert len(seen) == 1


@pytest.mark.traag
def test_a_wrong_certificate_gets_nothing(tmp_path, papers, monkeypatch):  # noqa: F811
    wrong = mailserver.make_papers(tmp_path / "anders", mailserver.ANDERE_NAAM)
    monkeypatch.setenv("SSL_CERT_FILE", str(wrong.ca))
    with running(wrong) as (port, seen), pytest.raises(Later, match="fhir-server"):
        FhirServer(f"https://localhost:{port}/fhir", "s").send(DOCUMENT)
    assert seen == []


@pytest.mark.traag
def test_an_authority_of_its_own_is_trusted_and_no_other(tmp_path, papers):  # noqa: F811
    """`papers` is what the machine trusts; here only the other one counts."""
    own = mailserver.make_papers(tmp_path / "eigen")
    ca = own.ca.read_text()
    with running(own) as (port, seen):
        FhirServer(f"https://localhost:{port}/fhir", "s", ca).send(DOCUMENT)
        with pytest.raises(Later, match="fhir-server"):
            FhirServer(f"https://localhost:{port}/fhir", "s").send(DOCUMENT)
    assert len(seen) == 1
    with running(papers) as (port, seen), pytest.raises(Later, match="fhir-server"):
        FhirServer(f"https://localhost:{port}/fhir", "s", ca).send(DOCUMENT)
    assert seen == []


@pytest.mark.parametrize("address", ["", "http://127.0.0.1:9/fhir"])
def test_plain_http_and_no_address_send_nothing(settings, address):
    settings.FHIR_URL = address
    with pytest.raises(Later, match="niet ingesteld"):
        FhirServer().send(DOCUMENT)
