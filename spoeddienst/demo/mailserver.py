"""A mail server that takes mail only over TLS and keeps each message as a file.

The demo runs it with a certificate of a throw-away authority of its own, so that the product
verifies the server exactly as it must in production. The other modes are the servers that the
product must refuse; the tests start those.
"""

import argparse
import asyncio
import datetime as dt
import ipaddress
import os
import secrets
import signal
import socket
import ssl
import sys
import warnings
from dataclasses import dataclass
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

GELDIG = "geldig"
ANDERE_NAAM = "andere-naam"
VERLOPEN = "verlopen"
ZELF_GETEKEND = "zelf-getekend"
OUDE_TLS = "oude-tls"
ZONDER_TLS = "zonder-tls"
MODI = (GELDIG, ANDERE_NAAM, VERLOPEN, ZELF_GETEKEND, OUDE_TLS, ZONDER_TLS)

MAX_BYTES = 1_000_000


@dataclass(frozen=True)
class Papers:
    """The files of one certificate: what the server shows, and what a client should trust."""

    ca: Path
    certificate: Path
    key: Path


def make_papers(folder: Path, modus: str = GELDIG) -> Papers:
    """Make a fresh authority and a certificate that fits the mode."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    now = dt.datetime.now(dt.UTC)
    ca_key = ec.generate_private_key(ec.SECP256R1())
    ca_name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Spoeddienst wegwerp-CA")])
    ca = (
        _builder(
            ca_name, ca_name, ca_key, now - dt.timedelta(hours=1), now + dt.timedelta(days=365)
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(sign_certificates=True), critical=True)
        .sign(ca_key, hashes.SHA256())
    )
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = _leaf(key, ca_key, ca_name, now, modus)
    papers = Papers(folder / "ca.pem", folder / "server.pem", folder / "server.key")
    _write(papers.key, _pem_key(key), mode=0o600)
    _write(papers.certificate, certificate.public_bytes(serialization.Encoding.PEM))
    # Last: whoever sees the new authority can connect to a server that shows its certificate.
    _write(papers.ca, ca.public_bytes(serialization.Encoding.PEM))
    return papers


def _leaf(
    key: ec.EllipticCurvePrivateKey,
    ca_key: ec.EllipticCurvePrivateKey,
    ca_name: x509.Name,
    now: dt.datetime,
    modus: str,
) -> x509.Certificate:
    host = "post.elders.example" if modus == ANDERE_NAAM else "localhost"
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    names: list[x509.GeneralName] = [x509.DNSName(host)]
    if modus != ANDERE_NAAM:
        names.append(x509.IPAddress(ipaddress.ip_address("127.0.0.1")))
    begin, end = now - dt.timedelta(hours=1), now + dt.timedelta(days=365)
    if modus == VERLOPEN:
        begin, end = now - dt.timedelta(days=30), now - dt.timedelta(days=1)
    self_signed = modus == ZELF_GETEKEND
    return (
        _builder(name, name if self_signed else ca_name, key, begin, end)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(sign_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(
                (key if self_signed else ca_key).public_key()
            ),
            critical=False,
        )
        .sign(key if self_signed else ca_key, hashes.SHA256())
    )


def _builder(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    begin: dt.datetime,
    end: dt.datetime,
) -> x509.CertificateBuilder:
    public = key.public_key()
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(begin)
        .not_valid_after(end)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
    )


def _usage(*, sign_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not sign_certificates,
        key_cert_sign=sign_certificates,
        crl_sign=sign_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _pem_key(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def _write(path: Path, data: bytes, mode: int = 0o644) -> None:
    """Write a whole file at once: a reader sees the old one or the new one."""
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "wb") as file:
        file.write(data)
    fresh.replace(path)


class KeepAsFiles:
    """Stores each accepted message as .eml, with recipients and transport in its head."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    async def handle_DATA(  # noqa: N802 (aiosmtpd looks for this name)
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        moment = dt.datetime.now(dt.UTC).strftime("%Y%m%dT%H%M%S%f")
        head = "".join(f"X-Envelope-To: {to}\r\n" for to in envelope.rcpt_tos)
        head += f"X-Ontvangen-Over: {_transport(session)}\r\n"
        content = envelope.original_content or b""
        _write(self.folder / f"{moment}-{secrets.token_hex(3)}.eml", head.encode() + content, 0o600)
        return "250 2.0.0 bewaard"


def _transport(session: Session) -> str:
    """Return the TLS version and cipher of this delivery, for whoever wants proof afterwards."""
    name, version, _bits = (session.ssl or {}).get("cipher") or ("", "zonder TLS", 0)
    return f"{version} {name}".strip()


def _tls(papers: Papers, modus: str = GELDIG) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if modus == OUDE_TLS:
        speak_old(context)
    context.load_cert_chain(papers.certificate, papers.key)
    return context


def speak_old(context: ssl.SSLContext) -> None:
    """Have it speak TLS 1.1 and nothing better, as a server that nobody updates."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1_1
    # OpenSSL 3 has no cipher for it above this level.
    context.set_ciphers("ALL:@SECLEVEL=0")


async def serve(listener: socket.socket, folder: Path, modus: str = GELDIG) -> None:
    """Take mail on this socket until the task is cancelled."""
    secure = modus != ZONDER_TLS
    tls = _tls(make_papers(folder / "mail-ca", modus), modus) if secure else None
    handler = KeepAsFiles(folder / "mail")
    server = await asyncio.get_running_loop().create_server(
        lambda: SMTP(
            handler,
            hostname="localhost",
            ident="Spoeddienst demo",
            tls_context=tls,
            require_starttls=secure,
            data_size_limit=MAX_BYTES,
            enable_SMTPUTF8=True,
        ),
        sock=listener,
    )
    async with server:
        await server.serve_forever()


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--map", type=Path, required=True, help="here come mail/ and mail-ca/")
    parser.add_argument("--fd", type=int, help="a listening socket of the parent process")
    parser.add_argument("--poort", type=int, default=0, help="without --fd: a port on 127.0.0.1")
    parser.add_argument(
        "--modus", choices=MODI, default=os.environ.get("SPOED_MAILSERVER_MODUS", GELDIG)
    )
    options = parser.parse_args(argv)
    if options.fd is not None:
        listener = socket.socket(fileno=options.fd)
    else:
        listener = socket.create_server(("127.0.0.1", options.poort))
    print(f"poort {listener.getsockname()[1]}", flush=True)  # noqa: T201 (the tests read it)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    asyncio.run(serve(listener, options.map, options.modus))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
