"""Certificates for encrypted mail, made here: of the demo, and of an invented own dentist."""

import os
from datetime import UTC, datetime, timedelta
from email.utils import parseaddr
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from django.conf import settings

_NOT_THESE = (
    *("content_commitment", "data_encipherment", "key_agreement", "key_cert_sign", "crl_sign"),
    *("encipher_only", "decipher_only"),
)


def ensure_signer() -> None:
    """Make the certificate with which this demo signs its mail, unless it is there."""
    if not settings.SMIME_CERT or Path(settings.SMIME_CERT).exists():
        return
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = _certificate(parseaddr(settings.SMTP_FROM)[1], "Spoeddienst demo", key)
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    _write(Path(settings.SMIME_KEY), private)
    _write(Path(settings.SMIME_CERT), _pem(certificate))


def certificate_for(email: str, naam: str) -> bytes:
    """Return a certificate (PEM) of this mailbox; nobody keeps the key that would read its mail."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return _pem(_certificate(email, naam, key))


def _certificate(email: str, naam: str, key) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, naam)])
    now = datetime.now(UTC)
    usage = x509.KeyUsage(
        digital_signature=True, key_encipherment=True, **dict.fromkeys(_NOT_THESE, False)
    )
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=30))
        .not_valid_after(now + timedelta(days=700))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(
            x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]), critical=False
        )
        .add_extension(x509.SubjectAlternativeName([x509.RFC822Name(email)]), critical=False)
        .sign(key, hashes.SHA256())
    )


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
