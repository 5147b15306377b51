"""The channels a zending leaves by. An adapter raises `Later` or `Nooit`, or returns."""

import json
import smtplib
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from email import message_from_bytes
from email.utils import parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.module_loading import import_string

from kern import lijn
from kern.models import Zending

# Seconds; shorter than the lease, so that a hanging server never causes a second sender.
SMTP_TIMEOUT = 10
"""For every silence of the server."""
SMTP_TOTAL = 12
"""For all of it, also of a server that says one letter at a time; besides the size."""
TRAAGST = 250_000
"""Bytes a second of the slowest line that a large report may go over."""

ACCEPTED = 250


def extra_time(body: bytes) -> float:
    """Return the seconds that a message of this size may take besides; for the lease as well."""
    return len(body) / TRAAGST


class Later(Exception):
    """Not accepted now; worth another attempt. The text holds no recipient and no content."""


class Onbekend(Later):
    """The connection broke while the message was on its way: it may have been taken in."""


class Nooit(Exception):
    """Refused for good: a person has to look at it."""


@dataclass(frozen=True)
class Postbode:
    """A mail server that takes our mail: where it is, whom it trusts, who we are to it."""

    host: str
    port: int
    ca: str = ""
    user: str = ""
    password: str = ""
    certificaat: str = ""
    sleutel: str = ""

    def tls_context(self) -> ssl.SSLContext:
        """Return how its certificate is judged, and the one that we show, if any."""
        context = ssl.create_default_context(cafile=self.ca or None)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        if self.certificaat:
            context.load_cert_chain(self.certificaat, self.sleutel)
        return context


def send_mail(body: bytes) -> None:
    """Hand a notice, or what only its recipient can open, to our own mail server."""
    _send(
        body,
        Postbode(
            settings.SMTP_HOST,
            settings.SMTP_PORT,
            settings.SMTP_CA,
            settings.SMTP_USER,
            settings.SMTP_PASSWORD,
        ),
    )


def send_nta(body: bytes) -> None:
    """Hand a readable report to the certified relay; without a relay it waits for a person.

    Never to our own mail server: that would be ordinary mail.
    """
    if not settings.NTA_HOST:
        raise Later("SPOED_NTA_HOST is niet ingesteld")
    _send(
        body,
        Postbode(
            settings.NTA_HOST,
            settings.NTA_PORT,
            settings.NTA_CA,
            settings.NTA_USER,
            settings.NTA_PASSWORD,
            settings.NTA_CERT,
            settings.NTA_KEY,
        ),
    )


def _send(body: bytes, postbode: Postbode) -> None:
    """Hand the bytes over by STARTTLS with a verified certificate, or not at all.

    A TLS fault is `Later`, never a reason to go on without: a plain fall-back is forbidden
    (NTA 7516 §6.1.2) and a wrong certificate may be someone in between.
    """
    try:
        _hand_over(body, postbode)
    except (
        smtplib.SMTPRecipientsRefused,
        smtplib.SMTPSenderRefused,
        smtplib.SMTPDataError,
    ) as error:
        code = _code(error)
        raise (Nooit if code >= 500 else Later)(f"mailserver antwoordt {code}") from error
    except smtplib.SMTPException as error:
        raise Later(f"mailserver: {type(error).__name__}") from error
    except ssl.SSLError as error:
        raise Later(f"TLS: {error.reason or type(error).__name__}") from error
    except OSError as error:
        raise Later(f"geen verbinding: {type(error).__name__}") from error


class _Smtp(smtplib.SMTP):
    """`line` makes its connection, and breaks it in time."""

    def __init__(self, *args, line: lijn.Lijn, **kwargs) -> None:
        self._line = line
        super().__init__(*args, **kwargs)

    def _get_socket(self, host: str, port: int, timeout: float):
        return self._line.connect((host, port), timeout, self.source_address)

    def data(self, msg: bytes | str) -> tuple[int, bytes]:
        """Send the message; a server that never answers may have it all the same.

        So may one that answers something else than yes, later or no.
        """
        try:
            code, answer = super().data(msg)
        except smtplib.SMTPDataError:
            raise  # an OSError too, but of before the first byte
        except (smtplib.SMTPServerDisconnected, OSError) as error:
            raise Onbekend(f"geen antwoord: {type(error).__name__}") from error
        if code != ACCEPTED and code // 100 not in (4, 5):
            raise Onbekend(f"onbegrijpelijk antwoord: {code}")
        return code, answer


def _hand_over(body: bytes, postbode: Postbode) -> None:
    with lijn.within(SMTP_TOTAL + extra_time(body)) as line:
        _talk(body, postbode, line)


def _talk(body: bytes, postbode: Postbode, line: lijn.Lijn) -> None:
    message = message_from_bytes(body)
    # Our own name from the settings: asking the machine for it can hang on a broken DNS.
    ourselves = urlsplit(settings.ADRES).hostname
    server = _Smtp(
        postbode.host,
        postbode.port,
        local_hostname=ourselves,
        timeout=SMTP_TIMEOUT,
        line=line,
    )
    try:
        server.starttls(context=postbode.tls_context())
        if postbode.user:
            server.login(postbode.user, postbode.password)
        server.sendmail(_address(message["From"]), [_address(message["To"])], body)
        # Accepted is accepted: a server that says goodbye badly must not cause a repeat.
        with suppress(smtplib.SMTPException, OSError):
            server.quit()
    finally:
        server.close()


def _address(header: str) -> str:
    return parseaddr(header)[1]


def _code(error) -> int:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return max(code for code, _text in error.recipients.values())
    return error.smtp_code


def send_sms(body: bytes) -> None:
    """Hand a text message to the gateway of the settings."""
    data = json.loads(body)
    import_string(settings.SMS_ADAPTER)().send(data["telefoon"], data["tekst"])


def send_spraak(body: bytes) -> None:
    """Have the telephone gateway of the settings call a number and read the text out."""
    data = json.loads(body)
    import_string(settings.SPRAAK_ADAPTER)().send(data["telefoon"], data["tekst"])


CHANNELS: dict[str, Callable[[bytes], None]] = {
    Zending.Soort.MAIL: send_mail,
    Zending.Soort.NTA: send_nta,
    Zending.Soort.SMS: send_sms,
    Zending.Soort.SPRAAK: send_spraak,
}
