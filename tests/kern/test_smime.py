"""S/MIME: opened by a program that is not ours, and only by who it is for."""

import base64
import subprocess
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from cryptography.x509.oid import ExtendedKeyUsageOID

from kern import smime
from tests.kern import papieren

BRIEF = b"%PDF-1.7 \x00\xff\r\n\n\r" + bytes(range(256)) * 40


@pytest.fixture
def huis(settings, tmp_path):
    papieren.sign_as_house(settings, tmp_path)
    return smime.signer()


def _content() -> EmailMessage:
    message = EmailMessage()
    message.set_content("Geachte collega,\n\nHet verslag van Jansen – élément 11.\n")
    message.add_attachment(BRIEF, maintype="application", subtype="pdf", filename="verslag.pdf")
    return message


def _mail(der: bytes) -> bytes:
    outer = EmailMessage(policy=policy.SMTP)
    outer["Subject"] = "Verslag"
    return smime.wrap(outer, der, "enveloped-data").as_bytes()


def test_openssl_opens_and_verifies_it_byte_for_byte(huis, tmp_path):
    mail = _mail(smime.protect(_content(), certificate=papieren.make(), by=huis))
    assert b"Jansen" not in mail
    assert b"Jansen" not in base64.b64decode(mail.split(b"\r\n\r\n")[1])
    inner = message_from_bytes(papieren.open_with_openssl(mail, tmp_path), policy=policy.default)
    (pdf,) = inner.iter_attachments()
    assert pdf.get_content() == BRIEF
    assert "élément 11" in inner.get_body().get_content()


def test_it_is_aes_256(huis):
    der = smime.protect(_content(), certificate=papieren.make(), by=huis)
    shown = papieren.openssl("cms", "-cmsout", "-print", "-inform", "DER", data=der)
    assert b"aes-256-cbc" in shown
    assert b"aes-128" not in shown


def test_another_key_opens_nothing(huis, tmp_path):
    mail = _mail(smime.protect(_content(), certificate=papieren.make(), by=huis))
    with pytest.raises(AssertionError):
        papieren.open_with_openssl(mail, tmp_path, key=papieren.rsa_key(name="ander"))


def test_a_changed_byte_is_noticed(huis, tmp_path):
    """CBC lets a change through; the signature inside does not."""
    der = bytearray(smime.protect(_content(), certificate=papieren.make(), by=huis))
    der[-3000] ^= 1
    with pytest.raises(AssertionError):
        papieren.open_with_openssl(_mail(bytes(der)), tmp_path)


def test_facts_of_a_certificate():
    certificate = papieren.make("Eigen@Elders.example", in_onderwerp=True)
    read = smime.facts(smime.read(papieren.der(certificate)))
    assert read.adressen == {papieren.ADRES}
    assert read.bits == 2048
    assert read.is_voor_mail
    assert read.houder == "Eigen tandarts"
    assert read == smime.facts(smime.read(papieren.pem(certificate)))
    shown = papieren.openssl(
        "x509", "-noout", "-fingerprint", "-sha256", data=papieren.pem(certificate)
    )
    assert shown.decode().strip().replace(":", "").lower().endswith(read.vingerafdruk)


@pytest.mark.parametrize(
    ("spoiled", "wrong"),
    [
        ({"key": papieren.ec_key()}, {"bits": 0}),
        ({"doel": ExtendedKeyUsageOID.SERVER_AUTH}, {"is_voor_mail": False}),
        ({"versleutelen": False}, {"is_voor_mail": False}),
        ({"doel": None}, {"is_voor_mail": True}),
    ],
)
def test_facts_of_a_certificate_that_does_not_fit(spoiled, wrong):
    read = smime.facts(papieren.make(**spoiled))
    assert {name: getattr(read, name) for name in wrong} == wrong


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "geen certificaat"),
        (b"hallo", "geen certificaat"),
        (b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "geen certificaat"),
        (b"x" * (smime.MAX_CERTIFICATE + 1), "te groot"),
        (papieren.pem(papieren.make()) + papieren.pem_key(papieren.rsa_key()), "geheime sleutel"),
        (papieren.pem(papieren.make()) * 2, "één certificaat"),
        (papieren.pem(papieren.make(ca=True)), "één certificaat"),
    ],
)
def test_a_file_that_is_no_certificate_of_one_person(data, sentence):
    with pytest.raises(smime.Onbruikbaar, match=sentence):
        smime.read(data)


def test_the_chain_in_the_file_is_passed_over():
    own = papieren.make()
    assert smime.read(papieren.pem(papieren.make(ca=True)) + papieren.pem(own)) == own


@pytest.mark.parametrize(
    "spoiled",
    [
        {"tot": timedelta(hours=-1)},
        {"van": timedelta(days=1)},
        {"adres": "iemand@anders.example"},
    ],
)
def test_a_paper_of_our_own_that_is_not_valid_signs_nothing(settings, tmp_path, spoiled):
    papieren.sign_as_house(settings, tmp_path, **spoiled)
    assert smime.signer() is None


def test_without_paper_or_with_half_of_it_nobody_signs(settings, tmp_path):
    assert smime.signer() is None
    papieren.sign_as_house(settings, tmp_path)
    assert smime.signer() is not None
    (tmp_path / "huis.key").write_bytes(papieren.pem_key(papieren.rsa_key(name="ander")))
    assert smime.signer() is None


def test_there_is_an_openssl():
    assert subprocess.run(["openssl", "version"], check=True, capture_output=True).stdout
