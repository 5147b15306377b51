"""The channels a zending leaves by. An adapter raises `Later` or `Nooit`, or returns."""

import json
import smtplib
import ssl
from collections.abc import Callable
from contextlib import suppress
from email import message_from_bytes
from email.utils import parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.module_loading import import_string

from kern.models import Zending

# Seconds; shorter than the lease, so that a hanging server never causes a second sender.
SMTP_TIMEOUT = 10


class Later(Exception):
    """Not accepted now; worth another attempt. The text holds no recipient and no content."""


class Nooit(Exception):
    """Refused for good: a person has to look at it."""


def _tls_context() -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=settings.SMTP_CA or None)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def send_mail(body: bytes) -> None:
    """Hand the bytes to the mail server over STARTTLS with a verified certificate, or not at all.

    A TLS fault is `Later`, never a reason to go on without: a plain fall-back is forbidden
    (NTA 7516 §6.1.2) and a wrong certificate may be someone in between.
    """
    try:
        _hand_over(body)
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


def _hand_over(body: bytes) -> None:
    message = message_from_bytes(body)
    # Our own name from the settings: asking the machine for it can hang on a broken DNS.
    ourselves = urlsplit(settings.ADRES).hostname
    server = smtplib.SMTP(
        settings.SMTP_HOST, settings.SMTP_PORT, local_hostname=ourselves, timeout=SMTP_TIMEOUT
    )
    try:
        server.starttls(context=_tls_context())
        if settings.SMTP_USER:
            server.login(settings.SMTP_USER, settings.SMTP_PASSWORD)
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
    Zending.Soort.SMS: send_sms,
    Zending.Soort.SPRAAK: send_spraak,
}
