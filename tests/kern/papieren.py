"""Certificates for mail: one that fits, and every way in which one does not."""

import subprocess
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

ADRES = "eigen@elders.example"
ONS = "noreply@spoeddienst.example"


@cache
def rsa_key(bits: int = 2048, name: str = "") -> rsa.RSAPrivateKey:
    """Return one key a run for each name: making one costs a tenth of a second."""
    return rsa.generate_private_key(public_exponent=65537, key_size=bits)


def make(
    adres: str = ADRES,
    *,
    key=None,
    van: timedelta = timedelta(days=-1),
    tot: timedelta = timedelta(days=300),
    doel=ExtendedKeyUsageOID.EMAIL_PROTECTION,
    versleutelen: bool = True,
    ca: bool = False,
    in_onderwerp: bool = False,
) -> x509.Certificate:
    """Return a self-signed certificate; each argument spoils one thing."""
    key = key or rsa_key()
    now = datetime.now(UTC)
    parts = [x509.NameAttribute(NameOID.COMMON_NAME, "Eigen tandarts")]
    if in_onderwerp:
        parts.append(x509.NameAttribute(NameOID.EMAIL_ADDRESS, adres))
    name = x509.Name(parts)
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + van)
        .not_valid_after(now + tot)
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        .add_extension(_usage(versleutelen), critical=True)
    )
    if doel:
        builder = builder.add_extension(x509.ExtendedKeyUsage([doel]), critical=False)
    if not in_onderwerp:
        names = x509.SubjectAlternativeName([x509.RFC822Name(adres)])
        builder = builder.add_extension(names, critical=False)
    return builder.sign(key, hashes.SHA256())


def _usage(encrypt: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        key_encipherment=encrypt,
        content_commitment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )


def pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


def der(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.DER)


def pem_key(key) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def ec_key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def sign_as_house(settings, folder: Path, **spoiled) -> x509.Certificate:
    """Give the house its own certificate, and return it."""
    key = spoiled.setdefault("key", rsa_key(name="huis"))
    own = make(spoiled.pop("adres", ONS), **spoiled)
    settings.SMIME_CERT, settings.SMIME_KEY = str(folder / "huis.pem"), str(folder / "huis.key")
    (folder / "huis.pem").write_bytes(pem(own))
    (folder / "huis.key").write_bytes(pem_key(key))
    return own


def openssl(*args: str | Path, data: bytes = b"") -> bytes:
    """Return what the openssl of the machine makes of it; fails with what it says."""
    done = subprocess.run(
        ["openssl", *map(str, args)], input=data, capture_output=True, check=False, timeout=20
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


def open_with_openssl(mail: bytes, folder: Path, *, key=None) -> bytes:
    """Return the content of an S/MIME mail as a stranger's program reads it."""
    (folder / "ontvanger.key").write_bytes(pem_key(key or rsa_key()))
    inner = openssl("cms", "-decrypt", "-inkey", folder / "ontvanger.key", data=mail)
    huis = folder / "huis.pem"
    return openssl("cms", "-verify", "-CAfile", huis, "-purpose", "any", data=inner)
