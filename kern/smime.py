"""S/MIME (RFC 8551): sign inside, encrypt around, so that only the recipient reads it.

AES-256 in CBC mode with RSA key transport is what every mail program opens; CBC alone notices no
change, which is why the signature stands inside. What a certificate may be used for is decided
elsewhere, on the facts of `facts`.
"""

import logging
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import parseaddr
from functools import lru_cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.ciphers import algorithms
from cryptography.hazmat.primitives.serialization import pkcs7
from cryptography.x509.oid import ExtendedKeyUsageOID, ExtensionOID, NameOID
from django.conf import settings

log = logging.getLogger(__name__)

MAX_CERTIFICATE = 64 * 1024
"""Bytes of a certificate file that are looked at."""

_BEGIN = b"-----BEGIN "


class Onbruikbaar(ValueError):
    """This file is no certificate that we can use; the text says in Dutch what to do."""


@dataclass(frozen=True)
class Gegevens:
    """What a certificate says about itself. `bits` is 0 when the key is not RSA."""

    vingerafdruk: str
    houder: str
    adressen: frozenset[str]
    geldig_van: datetime
    geldig_tot: datetime
    bits: int
    is_voor_mail: bool


@dataclass(frozen=True)
class Ondertekenaar:
    """Our own certificate, its key, and the certificates above it."""

    certificaat: x509.Certificate
    sleutel: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
    keten: tuple[x509.Certificate, ...] = ()


def read(data: bytes) -> x509.Certificate:
    """Return the certificate of one person from a PEM or DER file; raises `Onbruikbaar`."""
    if len(data) > MAX_CERTIFICATE:
        raise Onbruikbaar("Dit bestand is te groot voor een certificaat.")
    if b"PRIVATE KEY" in data:
        raise Onbruikbaar(
            "In dit bestand zit een geheime sleutel. Die hoort alleen bij de eigenaar: vraag om "
            "het certificaat zonder sleutel."
        )
    try:
        found = (
            x509.load_pem_x509_certificates(data)
            if _BEGIN in data
            else [x509.load_der_x509_certificate(data)]
        )
        persons = [one for one in found if not _is_authority(one)]
        for one in persons:
            facts(one)
    except (ValueError, TypeError) as error:
        raise Onbruikbaar(
            "Dit is geen certificaat dat we kunnen lezen. Vraag om een bestand met .cer, .crt of "
            ".pem."
        ) from error
    if len(persons) != 1:
        raise Onbruikbaar("Zet in het bestand één certificaat: dat van de ontvanger zelf.")
    return persons[0]


def facts(certificate: x509.Certificate) -> Gegevens:
    """Return what decides whether this certificate may be used, and for whom."""
    key = certificate.public_key()
    return Gegevens(
        vingerafdruk=certificate.fingerprint(hashes.SHA256()).hex(),
        houder=_holder(certificate),
        adressen=_addresses(certificate),
        geldig_van=certificate.not_valid_before_utc,
        geldig_tot=certificate.not_valid_after_utc,
        bits=key.key_size if isinstance(key, rsa.RSAPublicKey) else 0,
        is_voor_mail=_is_for_mail(certificate),
    )


def pem_of(certificate: x509.Certificate) -> str:
    """Return the certificate as text, without anything that stood beside it in its file."""
    return certificate.public_bytes(serialization.Encoding.PEM).decode()


def can_encrypt_for(certificate: x509.Certificate) -> bool:
    """Whether the key in it does what it says: some files are well-formed and useless."""
    try:
        _encrypt(b"proef", certificate)
    except (ValueError, TypeError):
        return False
    return True


def _extension(certificate: x509.Certificate, oid: x509.ObjectIdentifier):
    try:
        return certificate.extensions.get_extension_for_oid(oid).value
    except x509.ExtensionNotFound:
        return None


def _is_authority(certificate: x509.Certificate) -> bool:
    constraints = _extension(certificate, ExtensionOID.BASIC_CONSTRAINTS)
    return constraints is not None and constraints.ca


def _is_for_mail(certificate: x509.Certificate) -> bool:
    """Whether its key may be used to encrypt mail; an extension that is absent forbids nothing."""
    usage = _extension(certificate, ExtensionOID.KEY_USAGE)
    purposes = _extension(certificate, ExtensionOID.EXTENDED_KEY_USAGE)
    mail = {ExtendedKeyUsageOID.EMAIL_PROTECTION, ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE}
    return (usage is None or usage.key_encipherment) and (
        purposes is None or bool(mail & set(purposes))
    )


def _addresses(certificate: x509.Certificate) -> frozenset[str]:
    names = _extension(certificate, ExtensionOID.SUBJECT_ALTERNATIVE_NAME)
    found = [] if names is None else names.get_values_for_type(x509.RFC822Name)
    subject = certificate.subject.get_attributes_for_oid(NameOID.EMAIL_ADDRESS)
    found += [str(attribute.value) for attribute in subject]
    return frozenset(address.strip().lower() for address in found)


def _holder(certificate: x509.Certificate) -> str:
    names = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(names[0].value) if names else ""


def signer() -> Ondertekenaar | None:
    """Return who signs our mail; None when there is no certificate, or none that is valid now."""
    if not (settings.SMIME_CERT and settings.SMIME_KEY):
        return None
    paths = Path(settings.SMIME_CERT), Path(settings.SMIME_KEY)
    try:
        found = _read_signer(*paths, *(os.stat(path).st_mtime_ns for path in paths))
    except (OSError, ValueError, TypeError) as error:
        log.warning("The certificate of our own mail cannot be used (%s).", type(error).__name__)
        return None
    own = facts(found.certificaat)
    # Our own paper, judged by our own machine: whoever turns its clock can turn anything.
    valid = own.geldig_van <= datetime.now(UTC) <= own.geldig_tot
    return found if valid and parseaddr(settings.SMTP_FROM)[1].lower() in own.adressen else None


@lru_cache(maxsize=4)
def _read_signer(certificate: Path, key: Path, *changed: int) -> Ondertekenaar:
    own, *chain = x509.load_pem_x509_certificates(certificate.read_bytes())
    private = serialization.load_pem_private_key(key.read_bytes(), password=None)
    if not isinstance(private, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise TypeError("RSA or EC")
    if private.public_key() != own.public_key():
        raise ValueError("not a pair")
    return Ondertekenaar(own, private, tuple(chain))


def protect(content: EmailMessage, *, certificate: x509.Certificate, by: Ondertekenaar) -> bytes:
    """Return the bytes of smime.p7m (DER): the content, signed by us and then encrypted.

    The content must say its own type; its headers From, To and Subject belong outside.
    """
    return _encrypt(_sign(content.as_bytes(policy=SMTP), by), certificate)


def _sign(content: bytes, by: Ondertekenaar) -> bytes:
    builder = pkcs7.PKCS7SignatureBuilder().set_data(content)
    builder = builder.add_signer(by.certificaat, by.sleutel, hashes.SHA256())
    for above in by.keten:
        builder = builder.add_certificate(above)
    # Binary: the content has its line ends already, and an image is not text.
    signed = builder.sign(serialization.Encoding.DER, [pkcs7.PKCS7Options.Binary])
    return wrap(EmailMessage(policy=SMTP), signed, "signed-data").as_bytes()


def _encrypt(content: bytes, certificate: x509.Certificate) -> bytes:
    builder = pkcs7.PKCS7EnvelopeBuilder().set_data(content).add_recipient(certificate)
    # Without this line it is AES-128.
    builder = builder.set_content_encryption_algorithm(algorithms.AES256)
    return builder.encrypt(serialization.Encoding.DER, [pkcs7.PKCS7Options.Binary])


def wrap(message: EmailMessage, der: bytes, smime_type: str) -> EmailMessage:
    """Make these bytes the content of the message, as RFC 8551 §3.2 names it; return it."""
    message.set_content(
        der,
        maintype="application",
        subtype="pkcs7-mime",
        cte="base64",
        disposition="attachment",
        filename="smime.p7m",
        params={"smime-type": smime_type, "name": "smime.p7m"},
    )
    return message
